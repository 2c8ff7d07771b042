"""A text of a given length, put together by program from the approved sentences of its evidence.

For parts whose length is `strict`: a blurb of 100 characters is not one of 130. Each passage of the evidence tells one
thing (who, what troubled them, what was done, what came of it); the first sentence of a passage comes before its others
may, results count most, and shorter forms of a sentence stand in where the whole one does not fit. Of all texts within
the range the one worth most is taken; where there is none, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.claims.quantities import quantities
from assistant.draft import Evidence
from assistant.writing.context import Desk
from assistant.writing.selection import Unit, units
from assistant.writing.shortening import changes, for_readers, forms
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale, detect_language
from knowledge.domain.text import length
from knowledge.domain.words import Words
from knowledge.lexicon import NameKind
from prompts.section import Range

FIRST_PERSON = re.compile(r"我们|我公司|我司|本公司|我方|\b(?:we|our|ours|us|I|my)\b")
_NEEDS_PREVIOUS = re.compile(
    r"^(?:随后|其间|期间|同时|最后|之后|接着|另外|此外|对此|为此|后来"
    r"|(?:Then|After that|Meanwhile|Even so|In addition|Also|Finally|However|Later)\b)"
)
_AIM = re.compile(r"目标|(?<!非)计划|预计|力争|\b(?:target|goal|aims? to|plans? to|expect)", re.IGNORECASE)
_CAVEAT = re.compile(r"尚未|仅为|不包括|其余|\b(?:only|not (?:been|yet)|excluding|the other)\b", re.IGNORECASE)
_THE_CUSTOMER = Words(zh="该客户", en="the customer")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of the text, as it stands there, and the evidence it comes from."""

    evidence: Evidence
    text: str


@dataclass(frozen=True, slots=True)
class _Choice:
    worth: float
    pieces: tuple[Piece, ...]


_Table = dict[int, _Choice]
"""The best choice for each length."""


def fitted(evidence: Sequence[Evidence], desk: Desk, limits: Range) -> list[Piece]:
    """The sentences of the text in reading order; empty when none within `limits` can be made."""
    aliases = _aliases(evidence, desk)
    # Chinese bears the alias in every sentence where the text is too short otherwise; "a company" twice is two of them.
    for called in dict.fromkeys((aliases, ())) if desk.language == "zh" else (aliases,):
        fitting = [
            choice
            for table in _tables(evidence, desk, called, limits.most)
            for size, choice in table.items()
            if size >= limits.least
        ]
        if fitting:
            return list(max(fitting, key=lambda choice: choice.worth).pieces)
    return []


def longest(evidence: Sequence[Evidence], desk: Desk, limits: Range) -> int:
    """The length of the longest text that can be made within the upper limit."""
    tables = _tables(evidence, desk, _aliases(evidence, desk), limits.most)
    return max((size for table in tables for size in table), default=0)


def _tables(evidence: Sequence[Evidence], desk: Desk, aliases: Sequence[str], most: int) -> Iterator[_Table]:
    """The texts that open with each of the passages; the one that opens introduces the customer."""
    passages = [found for piece in evidence if (found := _usable(piece, desk))]
    for start in range(len(passages)):
        opening = passages[start][0].text.casefold()
        named = [alias for alias in aliases if alias.casefold() in opening]
        sums: _Table = {0: _Choice(0, ())}
        for number, found in enumerate(passages[start:]):
            options = _options(found, desk, named, opening=number == 0, most=most)
            made: _Table = {}
            for size, choice in sums.items():
                for more_size, more in options.items():
                    _keep(made, size + more_size, choice, more, most)
            sums = made
        yield sums


def _usable(piece: Evidence, desk: Desk) -> list[Unit]:
    """What a reader outside may see of a passage, in the draft's language, in the third person."""
    kept = []
    for unit in units([piece]):
        said = tuple(text for sentence in unit.sentences if (text := for_readers(sentence)))
        text = " ".join(said)
        if said and not FIRST_PERSON.search(text) and detect_language(text) in (None, desk.language):
            kept.append(Unit(piece, said, unit.order))
    return kept


def _options(passage: Sequence[Unit], desk: Desk, named: Sequence[str], *, opening: bool, most: int) -> _Table:
    """What may be taken of a passage, by length: nothing (unless it opens the text), or its first unit and others."""
    tells = any(changes(unit.text, desk.language) for unit in passage)
    after_taken: _Table = {}
    after_left: _Table = {}
    for number, unit in enumerate(passage):
        said = [_Choice(_worth(unit, text, number, tells, desk), (Piece(unit.evidence, text),))
                for text in _texts(unit, desk, named, keep_first=opening and number == 0)]  # fmt: skip
        if number == 0:
            after_taken = _joined({0: _Choice(0, ())}, said, desk.locale, most)
            continue
        before = [after_taken] if _NEEDS_PREVIOUS.match(unit.text) else [after_taken, after_left]
        taken = _merged(*(_joined(table, said, desk.locale, most) for table in before))
        after_left = _merged(after_taken, after_left)
        after_taken = taken
    anything = _merged(after_taken, after_left)
    return anything if opening else _merged(anything, {0: _Choice(0, ())})


def _texts(unit: Unit, desk: Desk, named: Sequence[str], *, keep_first: bool) -> list[str]:
    """The forms of a unit; a customer under its alias is introduced once and then is "the customer"."""
    joint = "" if desk.locale.counts_characters else " "
    rest = unit.sentences[1:]
    return [
        _the_customer(joint.join((form, *rest)), named, desk, keep_first=keep_first)
        for form in forms(unit.sentences[0], desk.language)
    ]


def _the_customer(text: str, named: Sequence[str], desk: Desk, *, keep_first: bool) -> str:
    words = _THE_CUSTOMER.of(desk.language)
    for alias in named:
        first = text.casefold().find(alias.casefold())
        kept = first + len(alias) if keep_first and first >= 0 else 0
        text = text[:kept] + re.sub(
            re.escape(alias),
            lambda found: words[:1].upper() + words[1:] if found[0][:1].isupper() else words,
            text[kept:],
            flags=re.IGNORECASE,
        )
    return text


def _aliases(evidence: Iterable[Evidence], desk: Desk) -> tuple[str, ...]:
    """What the customers of the evidence are called where their names may not stand."""
    gate = desk.library.gate(desk.brief.scope())
    found = []
    for entry_id, version in dict.fromkeys((e.entry_id, e.version) for e in evidence if e.entry_id):
        customer = desk.library.entries.get(str(entry_id), version).customer
        alias = gate.alias(customer, desk.brief.locale) if customer else None
        found += [alias] if alias else []
    return tuple(found)


def _worth(unit: Unit, text: str, number: int, tells: bool, desk: Desk) -> float:
    """What a unit adds: its passage's subject, results, products, figures, what limits them; an aim is no result."""
    figures = min(len(quantities(text)), 2)
    told = changes(text, desk.language)
    first = 6.0 + (6.0 if told else 0.0) + (5.0 if _names_product(text, desk) else 0.0)
    return (
        (first if number == 0 else 0.6)
        + 2.0 * told
        + 0.4 * figures
        + (2.0 if tells and number and _CAVEAT.search(text) else 0.0)
        - (6.0 if _AIM.search(text) else 0.0)
        + 0.3 * (length(text, desk.locale) / max(length(unit.text, desk.locale), 1))
        - 0.05 * number
    )


def _names_product(text: str, desk: Desk) -> bool:
    found = desk.standards.lexicon.spellings.find(fold(text))
    return any(occurrence.name.kind is NameKind.PRODUCT for occurrence in found)


def _joined(table: _Table, said: Sequence[_Choice], locale: Locale, most: int) -> _Table:
    """Each choice of the table followed by each of `said`."""
    made: _Table = {}
    for size, choice in table.items():
        for more in said:
            _keep(made, size + _size(more, locale), choice, more, most)
    return made


def _keep(made: _Table, size: int, choice: _Choice, more: _Choice, most: int) -> None:
    if size > most:
        return
    worth = choice.worth + more.worth
    if size not in made or worth > made[size].worth:
        made[size] = _Choice(worth, choice.pieces + more.pieces)


def _merged(*tables: _Table) -> _Table:
    made: _Table = {}
    for table in tables:
        for size, choice in table.items():
            if size not in made or choice.worth > made[size].worth:
                made[size] = choice
    return made


def _size(choice: _Choice, locale: Locale) -> int:
    return sum(length(piece.text, locale) for piece in choice.pieces)
