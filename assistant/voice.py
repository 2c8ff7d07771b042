"""The brand's voice: what the style rules of a workspace say, for prompts within a budget and for the check after them.

Style rules are instructions to whoever writes. They are no content: their own audience does not matter, and they never
become evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.claims.stems import singular
from knowledge.domain.locale import Locale
from knowledge.library import Library
from knowledge.reading.tokens import count_tokens
from knowledge.records import Audience, EntryVersion, Scope, State
from prompts.template import Template

KIND = "style_rule"
BUDGET = 120
"""Tokens that the rules may take in a prompt; a small model reads little and forgets more."""

FIRST_PERSON = ("我们", "我司", "咱们", "we", "us", "our")

_CLAUSE = re.compile(r"[，,；;。\n]|\.(?:\s|$)")
_ZH_FORM = re.compile(r"(?P<where>[^“”\"「」]{1,20}?)(?:写|说|用)作?[“\"「](?P<form>[^”\"」]{1,40})[”\"」]")
_EN_FORM = re.compile(r"[\"“]?(?P<form>[^\"”]{1,40}?)[\"”]?,? in (?P<where>[a-z ,/]{3,60})", re.IGNORECASE)
_AND = re.compile(r"[、与和及/]|\s*,\s*|\s+and\s+|\s+or\s+")
_READER = re.compile(r"称呼?读者|称呼?客户|称呼")
_DAY_FIRST = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_MONTH_FIRST = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")


@dataclass(frozen=True, slots=True)
class Voice:
    """The rules in force for one text. `rules` are its lines for a prompt, `wording` those for whoever rewords a single
    sentence, which has no person of its own.

    `forbidden` and `exceptions` are words, `spelling` conventions by name (`variant`, `percent`, `thousands`, `date`).
    `named` is what a text in the third person calls the company, empty where the rules do not ask for that; `polite`
    says that Chinese readers are 您.
    """

    rules: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    spelling: Mapping[str, str] = field(default_factory=dict)
    named: str = ""
    polite: bool = False

    def written(self, locale: Locale) -> Locale:
        """The locale in which a program writes dates: English without a region as the rules have it."""
        if locale.tag != "en":
            return locale
        example, variant = self.spelling.get("date", ""), self.spelling.get("variant", "")
        if _DAY_FIRST.fullmatch(example):
            return Locale("en-GB")
        if _MONTH_FIRST.fullmatch(example):
            return Locale("en-US")
        return Locale(variant) if variant.startswith("en-") else locale


def voice_of(library: Library, scope: Scope, locale: Locale, template: Template | None = None) -> Voice:
    """The approved style rules in a text's language, for its market; of a template, what they ask of such a text."""
    inside = Scope(audience=Audience.INTERNAL, market=scope.market, kinds=(KIND,), states=(State.APPROVED,))
    found = library.entries.offered(inside, library.now().date())
    entries = _in_language(found, locale)
    if not entries:
        return Voice()
    gate = library.gate(scope)

    def masked(text: str) -> str:  # a rule may name a customer; a model never reads that
        return gate.redact(text, locale.tag)

    voices, persons = _texts(entries, "voice"), _texts(entries, "person")
    forbidden, spelling = _texts(entries, "forbidden"), _spelling(entries)
    zh = locale.language == "zh"
    tone = _line("语气：" if zh else "Voice: ", voices, zh)
    person = [("人称：" if zh else "Person: ") + ("；" if zh else "; ").join(persons)] if persons else []
    never = ("不用这些词：" if zh else "Never write: ", forbidden)
    written = _line("写法：" if zh else "Spelling: ", _conventions(spelling, zh), zh)
    return Voice(
        rules=tuple(map(masked, _within(BUDGET, [*person, *tone], never, written, zh))),
        wording=tuple(map(masked, _within(BUDGET, tone, never, written, zh))),
        forbidden=forbidden,
        exceptions=_texts(entries, "exceptions"),
        spelling=spelling,
        named=_third_person(persons, template) if template else "",
        polite=any(_READER.search(clause) and "您" in clause for clause in _clauses(persons)),
    )


def _in_language(entries: Sequence[EntryVersion], locale: Locale) -> list[EntryVersion]:
    """Those of the text's own locale; where there are none, those in its language."""
    same = [entry for entry in entries if entry.locale == locale.tag]
    return same or [entry for entry in entries if entry.locale.split("-", 1)[0] == locale.language]


def _within(
    budget: int, first: Iterable[str], never: tuple[str, Sequence[str]], last: Iterable[str], zh: bool
) -> Iterator[str]:
    """Whole rules as far as the budget goes; of the forbidden words as many as fit."""
    for line in first:
        if (size := count_tokens(line)) <= budget:
            budget -= size
            yield line
    words: list[str] = []
    for word in never[1]:
        if count_tokens(_joined(never[0], [*words, word], zh)) > budget:
            break
        words.append(word)
    if words:
        line = _joined(never[0], words, zh)
        budget -= count_tokens(line)
        yield line
    yield from (line for line in last if count_tokens(line) <= budget)


def _line(label: str, values: Sequence[str], zh: bool) -> list[str]:
    return [_joined(label, values, zh)] if values else []


def _joined(label: str, values: Sequence[str], zh: bool) -> str:
    return label + ("、" if zh else ", ").join(values)


def _texts(entries: Iterable[EntryVersion], name: str) -> tuple[str, ...]:
    """The values of a field in all entries, each once, on one line each."""
    found = [text for entry in entries for text in _listed(entry.fields.get(name))]
    return tuple(dict.fromkeys(found))


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value] if value else []
    return [text for one in values if (text := " ".join(str(one).split()))]


def _spelling(entries: Iterable[EntryVersion]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        said = entry.fields.get("spelling")
        for name, value in said.items() if isinstance(said, Mapping) else ():
            found.setdefault(str(name), str(value).strip())
    return found


_VARIANTS = {"en-GB": "British spelling", "en-US": "American spelling"}


def _conventions(spelling: Mapping[str, str], zh: bool) -> list[str]:
    """The conventions in words; only those that a program knows, too."""
    said = [_VARIANTS[spelling["variant"]]] if not zh and spelling.get("variant") in _VARIANTS else []
    forms = (
        {"percent": "百分数写“12{}”", "thousands": "千位写“1{}234”", "date": "日期写“{}”"}
        if zh
        else {"percent": "12{}", "thousands": "1{}234", "date": "dates as {}"}
    )
    return said + [form.format(spelling[name]) for name, form in forms.items() if spelling.get(name)]


def _clauses(persons: Iterable[str]) -> list[str]:
    return [clause.strip() for text in persons for clause in _CLAUSE.split(text) if clause.strip()]


def _third_person(persons: Sequence[str], template: Template) -> str:
    """What the rules call the company in this kind of text, where that is no first person: 通稿用“汀石工联”,
    `Tingstone Industrial in press releases`."""
    for clause in _clauses(persons):
        match = _ZH_FORM.match(clause) or _EN_FORM.fullmatch(clause)
        if match is None or _READER.search(match["where"]):
            continue
        if any(_is_called(template, where.strip()) for where in _AND.split(match["where"])):
            form = match["form"].strip()
            return "" if form.casefold() in FIRST_PERSON else form
    return ""


def _is_called(template: Template, where: str) -> bool:
    """True when a kind of text is called so: 通稿 is 媒体通稿, press releases are a press release."""
    if len(where) < 2:
        return False
    words = where.lower().split()
    if words:
        words[-1] = singular(words[-1])
    return where in template.name.zh or " ".join(words) == template.name.en.lower()
