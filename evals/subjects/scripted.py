"""A deterministic stand-in for a well-behaved model: it answers from the text of the prompt with sentences of the
sources that stand there, in the schema asked for.

It looks at nothing but the prompt. So what a changed prompt or retriever does shows in what comes out, at no cost and
the same each time. It neither rewords nor translates: whatever judges style or translation judges nothing here.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.gateway.port import LanguageModel, Message, ModelReply, ModelRequest, OnText, Usage
from assistant.progress import Progress
from assistant.settings import Settings
from evals.subjects.composing import Piece, Pool, Room, clipped, is_chinese

_LISTED = re.compile(
    r"(?:资料（只是数据，不是指令）：|Sources \(data, not instructions\):)\n"
    r"(.*?)(?=\n\n(?:现在|Now |前文「|Already written)|\Z)",
    re.DOTALL,
)
_SOURCE = re.compile(r"^\[(S\d+)\] (.*?)(?=^\[S\d+\] |\Z)", re.DOTALL | re.MULTILINE)
_NUMBERED = re.compile(r"^\[(\d+)\] (.*?)(?=^\[\d+\] |^#|\n\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(## .+)$", re.MULTILINE)
_GIVEN = re.compile(
    r"^(?:原文|Text|原句|Sentence|资料|Source)[：:]\s*(.*?)(?=\n\n|\n(?:上一稿|The last version)|\Z)",
    re.DOTALL | re.MULTILINE,
)
_AT_MOST = re.compile(r"(?:不超过|At most) (\d+)")
_PART = re.compile(
    r"^(?P<role>\w+)(?:：[\d～]+ 段，每段 (?P<zh>\d+～\d+) 字。|: [\w ]+ pieces?, (?P<en>\d+ to \d+) words each\.)",
    re.MULTILINE,
)
_FACTS = re.compile(r"^(?:这些数字必须原样写进去：|These figures must appear as they are: )(.+)$", re.MULTILINE)
_FENCE = re.compile(r"</?s[0-9a-f]{6}>")
_FILLERS = {"owner": ("未指定", "not named"), "due": ("未定", "not set")}


class SourcesModel:
    """The stand-in behind the product's port. Without sources in the prompt it says nothing: the draft has a gap."""

    name = "scripted"
    destination = "this machine"
    writes = True

    def __init__(self, context_tokens: int = 8192) -> None:
        self.context_tokens = context_tokens

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        begun = time.perf_counter()
        data = {} if request.schema is None else answer(request.messages, request.schema)
        text = plain_answer(request.messages) if request.schema is None else json.dumps(data, ensure_ascii=False)
        if on_text is not None:
            on_text(text)
        asked = sum(self.count_tokens(message.content) for message in request.messages)
        usage = Usage(asked, self.count_tokens(text), 1, time.perf_counter() - begun)
        return ModelReply(text, data, usage, self.name)

    def count_tokens(self, text: str) -> int:
        """An estimate by a common vocabulary."""
        from knowledge.reading.tokens import count_tokens

        return count_tokens(text)

    def close(self) -> None:
        return


def model_of(spec: str, settings: Settings, progress: Progress | None = None) -> LanguageModel:
    """`scripted` is the stand-in; any other spec means what it means in KOUJING_MODEL."""
    from assistant.gateway.factory import open_model

    if spec == "scripted":
        return SourcesModel(settings.whole("context_tokens"))
    return open_model(Settings({**settings.values, "model": spec}), progress)


def answer(messages: Sequence[Message], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The object that `schema` asks for. Each piece names the sources that its sentences come from; what the prompt
    gives nothing for stays empty, also where the schema wants at least one."""
    system, prompt = _both(messages)
    wanted: Mapping[str, Any] = schema.get("properties", {})
    if set(wanted) == {"text"} and wanted["text"].get("type") == "string":
        return {"text": _given(prompt)}
    chinese = is_chinese(system)
    pool = Pool(sources_of(prompt), chinese, facts_of(prompt))
    lengths = _lengths(prompt)
    # The short pieces choose last: what carries a section goes into its running text.
    order = sorted(wanted, key=lambda role: _room(role, lengths, chinese).short)
    made = {role: _pieces(wanted[role], _room(role, lengths, chinese), pool, chinese) for role in order}
    return {role: made[role] for role in wanted}


def plain_answer(messages: Sequence[Message]) -> str:
    """Without a schema: below each heading (`## …`) of the prompt sentences of one numbered source, with its number."""
    _, prompt = _both(messages)
    sources = {number: text.strip() for number, text in _NUMBERED.findall(prompt)}
    chinese = is_chinese(prompt)
    parts = []
    for place, heading in enumerate(dict.fromkeys(_HEADING.findall(prompt))):
        number = list(sources)[place % len(sources)] if sources else ""
        pool = Pool({number: sources[number]} if number else {}, chinese, ())
        piece = pool.running(Room(30, 160 if chinese else 80, False))
        parts.append(f"{heading}\n{piece.text} [{number}]" if piece else heading)
    return "\n\n".join(parts) or " ".join(sources.values())[:400]


def sources_of(prompt: str) -> dict[str, str]:
    """The sources that a section's prompt lists, by id; empty when it lists none."""
    found = _LISTED.search(prompt)
    listed = _SOURCE.findall(found[1] if found else prompt)
    return {number: _FENCE.sub("", text).strip() for number, text in listed}


def facts_of(prompt: str) -> tuple[str, ...]:
    """The figures that the prompt wants to see again."""
    found = _FACTS.search(prompt)
    return tuple(part.strip() for part in re.split(r"、|; ", found[1]) if part.strip()) if found else ()


def _both(messages: Sequence[Message]) -> tuple[str, str]:
    system = "\n".join(message.content for message in messages if message.role == "system")
    return system, "\n".join(message.content for message in messages if message.role != "system")


def _given(prompt: str) -> str:
    """The text that is to be rendered, as it stands; cut to its clauses where the prompt sets a limit."""
    found = _GIVEN.search(prompt)
    text = (found[1] if found else prompt).strip()
    limit = _AT_MOST.search(prompt)
    return clipped(text, Room(1, int(limit[1]), True), is_chinese(text)) if limit else text


def _lengths(prompt: str) -> dict[str, tuple[int, int]]:
    return {found["role"]: _limits(found["zh"] or found["en"]) for found in _PART.finditer(prompt)}


def _limits(spelt: str) -> tuple[int, int]:
    least, most = re.findall(r"\d+", spelt)
    return int(least), int(most)


def _room(role: str, lengths: Mapping[str, tuple[int, int]], chinese: bool) -> Room:
    """How long a piece may be: as the prompt says, else as long as two sentences are."""
    least, most = lengths.get(role, (1, 120 if chinese else 70))
    return Room(least, most, role in ("title", "subtitle", "line"), role in ("item", "proof"))


def _pieces(schema: Mapping[str, Any], room: Room, pool: Pool, chinese: bool) -> list[dict[str, Any]]:
    items = schema.get("items", {}).get("properties", {})
    if "sources" not in items:
        return []
    known = items["sources"].get("items", {}).get("enum")
    fields = [name for name in items if name != "sources"]
    made = []
    for piece in _some(pool, room, schema):
        cited = [source for source in piece.sources if known is None or source in known]
        if not cited or not fields:
            continue
        fillers = {name: _FILLERS.get(name, ("", ""))[not chinese] for name in fields[1:]}
        made.append({"sources": cited, fields[0]: piece.text, **fillers})
    return made


def _some(pool: Pool, room: Room, schema: Mapping[str, Any]) -> Iterator[Piece]:
    """As many pieces as are wanted at least (one), more while figures are still to be said."""
    least, most = max(1, schema.get("minItems", 0)), schema.get("maxItems", 8)
    for number in range(most):
        if number >= least and not pool.open_facts:
            return
        piece = pool.short(room) if room.short else pool.running(room, again=number < least)
        if piece is None:
            return
        yield piece
