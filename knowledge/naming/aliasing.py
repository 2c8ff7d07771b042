"""Aliases in the place of names, so that the sentence stays one: article, possessive, capital, no alias twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.domain.finding import Span
from knowledge.naming.customer_names import Naming
from knowledge.naming.letters import is_ideograph

_ARTICLES: Mapping[str, str] = {
    "en": "the|an|a",
    "de": "der|die|das|dem|den|des|einem|einen|einer|eines|eine|ein",
    "fr": "les|le|la|une|un",
    "es": "las|los|el|la|una|un",
    "pt": "os|as|uma|um|o|a",
    "it": "gli|il|lo|la|le|i|una|uno|un",
}
_POSSESSIVE = re.compile(r"['’‘](?:[sS](?![A-Za-zÀ-ɏ])|(?!\w))")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”’)]?\s+|\n)[\s\"“‘(*•>#-]*$")
_OPENING = re.compile(r"\s*[（(\[【]\s*(?:(?:以下)?简称|下称|英文名?|hereinafter|formerly|short)?[\s:：“\"「]*$")
_CLOSING = re.compile(r"[”\"」]?\s*[）)\]】]")
_GOES_ON = re.compile(r"[”\"」]?\s*[，,;；、:：]\s*")
_BETWEEN = re.compile(r"[^\S\n]*(?:[/／·|][^\S\n]*)?")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text, and what belongs in its place."""

    span: Span
    text: str


def edit_for(text: str, naming: Naming, alias: str, locale: str) -> Edit:
    """The alias in the place of one name; the span takes in an article before it, or a possessive behind it, that
    would not fit."""
    language = locale.split("-", 1)[0]
    start, end = naming.span.start, naming.span.end
    own = _article(language).match(alias) if language in _ARTICLES else None
    if own:
        before = re.search(rf"(?<!\w)(?:{_ARTICLES[language]})\s+$", text[max(0, start - 12) : start], re.IGNORECASE)
        start -= len(before.group()) if before else 0
    possessive = _POSSESSIVE.match(text, end)
    if possessive:
        alias, end = _with_possessive(text, alias, language, possessive)
    if _SENTENCE_START.search(text[max(0, start - 40) : start]):
        alias = alias[:1].upper() + alias[1:]
    if alias and is_ideograph(alias[0]) and _is_between_ideographs(text, start, -1):
        start -= 1
    if alias and is_ideograph(alias[-1]) and _is_between_ideographs(text, end, 1):
        end += 1
    return Edit(Span(start, end), alias)


def with_aliases(text: str, namings: Sequence[tuple[Naming, str]], locale: str) -> str:
    """`text` with each name, given in order and without overlaps, by its alias. Spellings of one customer side by side,
    as in 申特电梯集团（Shente Elevator Group）, become one alias."""
    made: list[Edit] = []
    last: Naming | None = None
    for naming, alias in namings:
        edit = edit_for(text, naming, alias, locale)
        beside = last and last.customer == naming.customer and _beside(text, last.span.end, edit.span)
        if made and beside:
            start = max(beside.start, made[-1].span.end)
            made.append(Edit(Span(start, max(beside.end, start)), ""))
        else:
            start = max(edit.span.start, made[-1].span.end if made else 0)
            made.append(Edit(Span(start, edit.span.end), edit.text))
        last = naming
    pieces, end = [], 0
    for edit in made:
        pieces += [text[end : edit.span.start], edit.text]
        end = edit.span.end
    return "".join([*pieces, text[end:]])


def _beside(text: str, end: int, span: Span) -> Span | None:
    """What goes when the name at `span` only repeats the one that ends at `end`."""
    between = text[end : span.start]
    if _BETWEEN.fullmatch(between):
        return Span(end, span.end)
    opening = _OPENING.fullmatch(between)
    if opening is None:
        return None
    if closing := _CLOSING.match(text, span.end):
        return Span(end, closing.end())
    if goes_on := _GOES_ON.match(text, span.end):
        return Span(end + len(between.rstrip()), goes_on.end())
    return None


def _article(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_ARTICLES[language]})\s", re.IGNORECASE)


def _with_possessive(text: str, alias: str, language: str, found: re.Match[str]) -> tuple[str, int]:
    end = found.end()
    if language in ("zh", "ja"):
        mark = "的" if language == "zh" else "の"
        after = re.compile(r" ?").match(text, end)
        end = after.end() if after else end
        return (alias if text.startswith(mark, end) else alias + mark), end
    if language == "en":
        alias += "’s" if "’" in found.group() else "'s"
    return alias, end


def _is_between_ideographs(text: str, place: int, step: int) -> bool:
    """True for the blank that parted a Latin name from the ideographs around it."""
    blank, beyond = (place - 1, place - 2) if step < 0 else (place, place + 1)
    return 0 <= beyond < len(text) and text[blank] == " " and is_ideograph(text[beyond])
