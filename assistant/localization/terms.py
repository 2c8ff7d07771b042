"""The glossary terms that occur in a text, with their forms in the target locale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.localization.term_forms import form_in, forms_in, inflected
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale, parse_locale
from knowledge.records import Term

_EAST = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_LATIN = re.compile(rf"[^\W{_EAST}]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SPACES = {ord("-"): " ", ord("\n"): " ", ord("\t"): " "}


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term where it stands in a text: `said` as the text has it, `form` as the target locale writes it.

    `stays` says that it is not translated; `forbidden` is what must not be written instead.
    """

    term: Term
    span: Span
    said: str
    form: str
    stays: bool
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A form of a term, folded. `exact` is how it must be written where capitals count (empty: they do not); of an
    acronym the first `capitals` letters are capitals."""

    folded: str
    exact: str
    capitals: int
    term: Term
    form: str

    def is_written(self, said: str) -> bool:
        """Whether the capitals are right."""
        return (not self.exact or said == self.exact) and (not self.capitals or said[: self.capitals].isupper())


class TermFinder:
    """Finds the terms of a glossary that have a form in the target locale. Made once for many texts.

    Of two terms that are spelled the same the first one counts. Latin words are whole words with their usual plurals,
    capitals aside unless the term says otherwise or is an acronym (IT is not it); a Chinese term does not begin or end
    inside a word.
    """

    def __init__(self, glossary: Iterable[Term], source: Locale, target: Locale) -> None:
        self._cuts_words = source.language == "zh"
        starts: dict[str, dict[str, _Spelling]] = {}
        for spelling in _spellings(glossary, source, target):
            first = _first(spelling.folded)
            starts.setdefault(first, {}).setdefault(f"{spelling.folded}\0{spelling.exact}", spelling)
        self._starts = {key: tuple(found.values()) for key, found in starts.items()}
        letters = "".join(re.escape(key) for key in starts if not _LATIN.match(key))
        self._start = re.compile(rf"[^\W{_EAST}]+" + (f"|[{letters}]" if letters else ""))

    def find(self, text: str) -> list[TermUse]:
        """The terms of `text` in order, the longest where they overlap."""
        if not self._starts:
            return []
        folded = _folded(text)
        there = sorted(self._places(text, folded), key=lambda place: place[0] - place[1])
        if self._cuts_words and there:
            there = _whole_words(text, there)
        found: list[TermUse] = []
        taken: list[Span] = []
        for start, end, spelling in there:
            span = Span(start, end)
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                found.append(_use(spelling, span, text))
        return sorted(found, key=lambda use: use.span.start)

    def _places(self, text: str, folded: str) -> Iterator[tuple[int, int, _Spelling]]:
        for start in self._start.finditer(folded):
            for spelling in self._starts.get(start.group(), ()):
                at, end = start.start(), start.start() + len(spelling.folded)
                if folded.startswith(spelling.folded, at) and _ends(folded, end) and spelling.is_written(text[at:end]):
                    yield at, end, spelling


def merged(given: Iterable[Term], workspace: Iterable[Term]) -> tuple[Term, ...]:
    """One glossary: the terms given with a job, then those of the workspace that are none of them."""
    first = tuple(given)
    known = {_key(term) for term in first}
    return (*first, *(term for term in workspace if _key(term) not in known))


def read_terms(path: Path) -> tuple[Term, ...]:
    """The terms of a glossary file (CSV, TSV, XLSX). Raises `InputError` or `UnreadableFile` naming the row."""
    from knowledge.sheets.glossary import read_glossary

    return tuple(read_glossary(path))


def term_from_json(data: Mapping[str, Any]) -> Term:
    """The term that `knowledge.json_records.term_json` wrote."""
    return Term(**{**data, "forbidden": tuple(data.get("forbidden", ()))})


# --- inside ----------------------------------------------------------------------------------------------------------


def _key(term: Term) -> tuple[str, str]:
    return fold(term.term), parse_locale(term.locale).language


def _spellings(glossary: Iterable[Term], source: Locale, target: Locale) -> Iterator[_Spelling]:
    for term in glossary:
        form = form_in(term, target)
        for base in forms_in(term, source) if form else ():
            if len(base) < 2 and _HAN.match(base):
                continue  # 云 is a part of too many words
            capitals = len(base) if base.isascii() and base.isupper() and len(base) > 1 else 0
            for written in inflected(base, source.language):
                exact = written if term.case_rule == "exact" else ""
                yield _Spelling(_folded(written), exact, capitals, term, form)


def _folded(text: str) -> str:
    """Comparable, every place kept; `control-plane` is written as `control plane`, too."""
    return fold(text).translate(_SPACES)


def _first(folded: str) -> str:
    """The first word of a spelling, or its first letter where a script has no spaces."""
    found = re.match(rf"[^\W{_EAST}]+", folded)
    return found.group() if found else folded[:1]


def _ends(folded: str, end: int) -> bool:
    """False inside a Latin word."""
    return end >= len(folded) or not (_LATIN.match(folded[end - 1]) and _LATIN.match(folded[end]))


def _whole_words(text: str, there: list[tuple[int, int, _Spelling]]) -> list[tuple[int, int, _Spelling]]:
    """Without those that begin or end inside a Chinese word: 控制面 is not in 控制面板."""
    from assistant.claims.names.han import cut

    words = cut(text)
    edges = {at for _, _, at in words} | {len(text)}
    return [
        (start, end, spelling)
        for start, end, spelling in there
        if not words or {start, end} <= edges or not _HAN.search(text[start:end])
    ]


def _use(spelling: _Spelling, span: Span, text: str) -> TermUse:
    term = spelling.term
    forbidden = tuple(variant for variant in term.forbidden if variant and variant != spelling.form)
    return TermUse(term, span, span.of(text), spelling.form, term.do_not_translate, forbidden)
