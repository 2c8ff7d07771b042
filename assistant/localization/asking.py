"""What is asked of the model for some segments, and what is read from its reply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from assistant.gateway.port import Message, ModelReply, ModelRequest
from assistant.gateway.reply import read_object, without_thinking
from knowledge.domain.locale import Locale
from prompts.loader import SHARED
from prompts.rendering import Prompts

SEED = 7
_ROOM = 60
"""Tokens for the frame of a reply."""


@dataclass(frozen=True, slots=True)
class Item:
    """A text to be translated. `previous` and `findings` are those of a try that is to be mended; `context` is where
    the text stands (`is_note`: a note for translators; else a key of the file); `terms` and `examples` are for this
    text."""

    id: str
    text: str
    context: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    examples: Sequence[tuple[str, str]] = ()
    previous: str = ""
    findings: Sequence[str] = ()
    is_note: bool = False

    def may_be_said(self) -> Iterator[str]:
        """What a translation may hold of what stands in the prompt. A key in several words may be the text itself in
        the other language."""
        yield from (self.text, self.previous, *self.terms, *self.terms.values(), *chain.from_iterable(self.examples))
        if not self.is_note and " " in self.context:
            yield self.context


def writes_plainly(model: str) -> bool:
    """Whether the model of that name is asked for a single text as it is, not as JSON. Within JSON a small model
    avoids quotation marks, loses clauses, and now and then gives the text back as it was."""
    return model == "local"


def request_for(
    items: Sequence[Item],
    source: Locale,
    target: Locale,
    style: Sequence[str] = (),
    temperature: float = 0.0,
    *,
    plain: bool = False,
) -> ModelRequest:
    """The request for these items: one text asks for `text` (`plain`: for the translation and nothing else), several
    for a list of `items`."""
    plain = plain and len(items) == 1
    language = "zh" if target.language == "zh" else "en"
    names = {"language": target.name(language), "source_language": source.name(language)}
    terms = {term: form for item in items for term, form in item.terms.items()}
    values: dict[str, Any] = {
        **names,
        "items": [
            {"id": i.id, "text": i.text, "context": i.context, "previous": i.previous, "findings": list(i.findings)}
            for i in items
        ],
        "terms": [{"term": term, "form": form} for term, form in terms.items()],
        "examples": [{"source": s, "target": t} for item in items for s, t in item.examples],
        "plain": plain,
    }
    one = None if plain else _ONE
    return ModelRequest(
        messages=[
            Message("system", _system(language, tuple(style), *names.values(), plain)),
            Message("user", _prompts().render("section", language, values, "segments")),
        ],
        schema=one if len(items) == 1 else _many([item.id for item in items]),
        max_tokens=_ROOM * len(items) + sum(_length(item.text) for item in items),
        temperature=temperature,
        seed=SEED,
    )


def texts_in(reply: ModelReply, items: Sequence[Item]) -> dict[str, str]:
    """The translations by item id. An item that the reply gives twice in two ways counts as not given."""
    data = reply.data
    if len(items) == 1:
        text = data.get("text") if data else _plain_text(reply.text, items[0])
        return {items[0].id: text.strip()} if isinstance(text, str) and text.strip() else {}
    found: dict[str, set[str]] = {}
    known = {item.id for item in items}
    given = data.get("items")
    for one in given if isinstance(given, list) else ():
        if isinstance(one, dict) and str(one.get("id")) in known and str(one.get("text", "")).strip():
            found.setdefault(str(one["id"]), set()).add(str(one["text"]).strip())
    return {id_: texts.pop() for id_, texts in found.items() if len(texts) == 1}


_LABEL = re.compile(r"\s*(?:译文|翻译|[\w ]{0,24}\b[Tt]ranslation(?: in [\w ]{2,24})?)[:：]\s*")


def _plain_text(text: str, item: Item) -> str:
    """The translation in a reply that is no JSON: without a label, empty where it has more lines than were asked for. A
    model that answers in JSON all the same is understood."""
    text = without_thinking(text).strip()
    try:
        return str(read_object(text, _ONE)["text"])
    except ValueError:
        pass
    if not _LABEL.match(item.text):
        text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    return text if text.count("\n") <= item.text.count("\n") else ""


_MARK = re.compile(r"\{\w+\}|</?\w+>")
_ECHO = {True: 8, False: 24}
"""Letters in a row (in a script that counts characters, and in others) that are no chance."""


def said_back(text: str, request: ModelRequest, items: Sequence[Item]) -> bool:
    """True when `text` holds a piece of what the model was told beside the texts: it repeats its orders."""
    orders = " ".join(" ".join(message.content for message in request.messages).split())
    given = [" ".join(words.split()) for one in items for words in one.may_be_said()]
    said = " ".join(_MARK.sub(" ", text).split())
    if any(said == one.context for one in items) and said not in given:
        return True
    allowed = " ".join(given)
    length = _ECHO[any(ord(letter) > 0x2E80 for letter in said)]
    pieces = (said[at : at + length] for at in range(len(said) - length + 1))
    return any(piece in orders and piece not in allowed for piece in pieces)


def held_to(request: ModelRequest, pattern: str) -> ModelRequest:
    """The same request for one text, which must have this form."""
    return replace(request, schema=_ONE | {"properties": {"text": {"type": "string", "pattern": pattern}}})


_ONE: dict[str, Any] = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


def _many(ids: Sequence[str]) -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": {"id": {"type": "string", "enum": list(ids)}, "text": {"type": "string"}},
        "required": ["id", "text"],
        "additionalProperties": False,
    }
    items = {"type": "array", "items": item, "minItems": len(ids), "maxItems": len(ids)}
    return {"type": "object", "properties": {"items": items}, "required": ["items"], "additionalProperties": False}


def _length(text: str) -> int:
    """Tokens that a translation of `text` may take: a Chinese letter gives about a word, a word about two tokens."""
    east = sum(1 for letter in text if ord(letter) > 0x2E80)
    return 3 * east + (len(text) - east)


@lru_cache(maxsize=1)
def _prompts() -> Prompts:
    return Prompts(SHARED, SHARED)


@lru_cache(maxsize=64)
def _system(language: str, style: tuple[str, ...], target: str, source: str, plain: bool) -> str:
    values = {"language": target, "source_language": source, "style": list(style), "plain": plain}
    return _prompts().render("system", language, values, "segments")
