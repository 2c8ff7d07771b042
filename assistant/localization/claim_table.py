"""The claim table of a source and its target: each claim of the source, and whether and where the target has it.

Computed by program, by value and by known forms. What it cannot find and cannot rule out is `unclear`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.carried import CarriedClaim, Survival
from assistant.localization.checks.base import Pair
from assistant.localization.checks.facts import Reading
from assistant.localization.checks.figure_match import is_vague
from assistant.localization.checks.names import letter_by_letter, spelled, written
from assistant.localization.checks.term_places import places
from assistant.localization.claim_statements import statements
from assistant.localization.term_forms import cell_in, ways
from knowledge.domain.finding import Span
from knowledge.domain.quantity import Kind, Quantity
from knowledge.domain.words import Words

_KINDS = {
    Kind.DATE: "date",
    Kind.TIME: "date",
    Kind.MONEY: "money",
    Kind.PERCENT: "percent",
    Kind.PERCENTAGE_POINT: "percent",
}
_OTHERWISE = Words(zh="以别的写法出现", en="said in another form")
_VAGUE = Words(zh="译文里没有找到；这样的数也可能换了说法", en="not found; such a number may be said in other words")
_GONE = Words(zh="译文里没有", en="the target does not have it")
_SWAPPED = Words(zh="前后颠倒了", en="the two have changed places")
_QUALIFIER = Words(zh="限定词变了", en="the qualifier is another")
_CURRENCY = Words(zh="币种变了", en="the currency is another")
_OTHER = Words(zh="成了另一个数", en="it became another figure")
_OTHER_WORDS = Words(
    zh="没有用术语表的译法；可能换了说法", en="not in the form of the glossary; perhaps in other words"
)
_NO_FORM = Words(zh="没有已知译法，译文里也没有原文写法", en="no form is known, and the source form is not there")


def claim_table(pair: Pair, language: str) -> list[CarriedClaim]:
    """The claims of the source in its order. Spans count in `str(pair.source)` and `str(pair.target)`; notes are in
    `language`."""
    rows = [(row, note) for part in (_figures(pair), _names(pair), statements(pair)) for row, note in part]
    told = [replace(row, note=note.of(language)) if note else row for row, note in rows]
    return sorted(told, key=lambda row: (row.span.start, -row.span.end))


Row = tuple[CarriedClaim, Words | None]


def _figures(pair: Pair) -> Iterator[Row]:
    figures = pair.facts.figures
    kept = {id(known): said for known, said in figures.kept}
    other = {id(known): (said, _QUALIFIER) for known, said in figures.qualifiers}
    other |= {id(known): (said, _CURRENCY) for known, said in figures.currencies}
    missing = {id(known) for known in figures.missing}
    added = list(figures.added)
    swapped = {(q.value, q.unit) for both in figures.swapped for q in both}
    for known in pair.facts.source.figures:
        row = _row(pair, _KINDS.get(known.kind, "quantity"), known.span)
        if id(known) in kept and (known.value, known.unit) in swapped:
            yield _said(pair, row, Survival.CHANGED, kept[id(known)].span), _SWAPPED
        elif id(known) in kept:
            yield _said(pair, row, Survival.KEPT, kept[id(known)].span), None
        elif id(known) in other:
            said, note = other[id(known)]
            yield _said(pair, row, Survival.CHANGED, said.span), note
        elif id(known) in missing:
            instead = _instead(known, added)
            if instead is None:
                yield replace(row, survival=Survival.MISSING), _GONE
            else:
                yield _said(pair, row, Survival.CHANGED, instead.span), _OTHER
        elif is_vague(known):
            yield row, _VAGUE
        else:
            yield replace(row, survival=Survival.KEPT), _OTHERWISE
    for digits in figures.digits_missing:
        at = pair.facts.source.text.find(digits)
        if at >= 0:
            yield replace(_row(pair, "quantity", Span(at, at + len(digits))), survival=Survival.MISSING), _GONE


def _instead(known: Quantity, added: list[Quantity]) -> Quantity | None:
    """The figure that stands in its place: of its kind, and of no source; taken from `added`."""
    found = next((q for q in added if q.kind is known.kind), None)
    if found is not None:
        added[:] = [q for q in added if q is not found]
    return found


def _names(pair: Pair) -> Iterator[Row]:
    """Names and terms by their known forms, each once; models and standards letter by letter."""
    source, target = pair.facts.source, pair.facts.target
    forms = {name: form for name, form in pair.names.items() if name}
    stay = {term.term for term in pair.terms if term.do_not_translate}
    terms = {cell_in(t, pair.source_locale): cell_in(t, pair.target_locale) for t in pair.terms}
    forms |= {name: form for name, form in terms.items() if name and form}
    taken: list[Span] = []
    for name, form in sorted(forms.items(), key=lambda item: -len(item[0])):
        for place in places(name, source.text, source.language):
            if any(place.overlaps(other) for other in taken):
                continue
            taken.append(place)
            free = name in terms and name not in stay
            yield _name(pair, place, form, name, "term" if free else "name")
            break
    for token in letter_by_letter(source):
        at = source.text.find(token)
        place = Span(at, at + len(token))
        if at >= 0 and not any(place.overlaps(other) for other in taken):
            taken.append(place)
            row = _row(pair, "name", place)
            said = spelled(token, target.text)
            if said is None:
                yield replace(row, survival=Survival.MISSING), _GONE
            else:
                yield _said(pair, row, Survival.KEPT, said), None


def _name(pair: Pair, place: Span, form: str, name: str, kind: str) -> Row:
    target = pair.facts.target
    row = _row(pair, kind, place)
    known = [way for one in ways(form) for way in written(one)]
    found = next((said for way in known or [name] for said in places(way, target.text, target.language)), None)
    if found is not None:
        return _said(pair, row, Survival.KEPT, found), None
    if kind == "term":
        return row, _OTHER_WORDS
    return (replace(row, survival=Survival.MISSING), _GONE) if form else (row, _NO_FORM)


def _row(pair: Pair, kind: str, span: Span) -> CarriedClaim:
    """A row that says nothing of the target yet; `span` counts in the source as it is read."""
    source: Reading = pair.facts.source
    place = source.place(span.start, span.end)
    return CarriedClaim(kind, Survival.UNCLEAR, place.of(str(pair.source)), place)


def _said(pair: Pair, row: CarriedClaim, survival: Survival, span: Span) -> CarriedClaim:
    place = pair.facts.target.place(span.start, span.end)
    return replace(row, survival=survival, said=place.of(str(pair.target)), said_at=place)
