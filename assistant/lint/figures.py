"""The figures of an entry with what they are said of: whose, of which product, which measure, which side of a change,
which period. From the text, by the claim engine's contexts, and from the fields that hold the same facts as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.claims.figures.contexts import NEAR, Context, contexts_of
from assistant.claims.quantities import quantities
from assistant.lint.concepts import concept_beside, concept_of_field
from assistant.lint.finding import Place, at, whole
from assistant.lint.masking import mask, measure_words, telling
from assistant.lint.periods import Period, is_period, period_in, period_of
from assistant.lint.subjects import OWN, Subjects
from assistant.lint.view import LintView, language
from knowledge.domain.quantity import Kind, Quantity
from knowledge.records import EntryVersion

HISTORY = frozenset({"milestone"})
"""Kinds that tell what was: their figures are those of their day."""

_CODE = re.compile(r"[a-z]+-?\d+[a-z]*")
_COUNTER = re.compile(r"\s?[多余]?([\u4e00-\u9fff])")
_PILOT = re.compile(r"试点|试用|试运行|\bpilot|\btrial", re.IGNORECASE)
_SKIPPED = frozenset({Kind.DATE, Kind.TIME, Kind.ORDINAL})
_FRAMES = frozenset({"period", "as_of", "scope", "date", "when", "phone", "email", "address"})
_NAMED_UNIT = re.compile(r"^([A-Z]{3}|US\$|€|£|\$|¥) ?(.*)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one entry. `words` say what is measured (names, figures and filler left out), `subject` whose it
    is, `product` of which product, `concept` which of the common measures; `counter` is the Chinese classifier behind
    it. `partner` is the figure at the other end of its change."""

    entry: EntryVersion
    quantity: Quantity
    language: str
    place: Place
    subject: str
    words: frozenset[str]
    product: str = ""
    concept: str = ""
    counter: str = ""
    role: str = ""
    partner: Quantity | None = None
    period: Period = field(default_factory=Period)
    aim: bool = False
    pilot: bool = False
    codes: frozenset[str] = frozenset()

    @property
    def lasting(self) -> bool:
        """True for one end of a change: the result of a project stays what it was."""
        return self.partner is not None

    @property
    def in_text(self) -> bool:
        return self.place.span is not None


def figures_of(entry: EntryVersion, view: LintView, subjects: Subjects) -> tuple[Figure, ...]:
    """Every figure of an entry that can be compared, those of the text first."""
    return (*figures_in_text(entry, view, subjects), *figures_in_fields(entry, language(entry)))


# --- text ------------------------------------------------------------------------------------------------------------


def figures_in_text(
    entry: EntryVersion, view: LintView, subjects: Subjects, *, dates: bool = False
) -> Iterator[Figure]:
    """The figures of a text; with `dates` its dates and lengths of time, too, which say when."""
    reading, day = view.reading(entry), _day_of(entry)
    skipped = _SKIPPED - {Kind.DATE} if dates else _SKIPPED
    for context in contexts_of(mask(reading, subjects.names_in(entry))):
        quantity = context.quantity
        start, end = _in_sentence(context)
        concept = concept_beside(context.sentence.text, start, end, quantity.kind)
        if (quantity.kind in skipped and not concept) or (not dates and is_period(context.sentence, quantity)):
            continue
        subject, product = subjects.of(entry, context)
        words = telling(word for word, weight in context.weights.items() if weight == NEAR)
        period = period_of(context.sentence, quantity)
        counter = _COUNTER.match(reading.text, quantity.span.end) if reading.language == "zh" else None
        yield Figure(
            entry, quantity, reading.language, at(entry, quantity.span),
            subject, words, "" if concept else product, concept,
            counter[1] if counter else "", context.role, context.partner,
            period if period.dates or not day.dates else Period(day.dates, period.lengths),
            context.aim, bool(_PILOT.search(context.sentence.text)), _codes(context),
        )  # fmt: skip


def _in_sentence(context: Context) -> tuple[int, int]:
    start = context.sentence.span.start
    return max(0, context.quantity.span.start - start), max(0, context.quantity.span.end - start)


def _codes(context: Context) -> frozenset[str]:
    """Model numbers beside the figure: what is said of the R200 is not said of the R300."""
    return frozenset(word for word, weight in context.weights.items() if weight == NEAR and _CODE.fullmatch(word))


def _day_of(entry: EntryVersion) -> Period:
    """The day of a piece of history."""
    if entry.kind not in HISTORY:
        return Period()
    said = next((str(entry.fields[key]) for key in ("date", "when") if entry.fields.get(key)), entry.title)
    found = quantities(said, language(entry))
    return Period(tuple(q.date for q in found if q.date is not None and q.date.year is not None))


# --- fields ----------------------------------------------------------------------------------------------------------


def figures_in_fields(entry: EntryVersion, tongue: str) -> Iterator[Figure]:
    """The figures of result records, and those in fields that are named after what every company says of itself."""
    subject = f"customer:{entry.customer}" if entry.customer else OWN
    for key, value in entry.fields.items():
        if isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, Mapping) and item.get("measure"):
                    yield from _of_result(entry, tongue, f"{key}[{number}]", item, subject)
        elif isinstance(value, str | int | float) and (concept := concept_of_field(key)):
            said = quantities(str(value), tongue)
            as_of = str(entry.fields.get("as_of") or "")
            year = re.search(r"(?:19|20)\d\d$", key)
            period = period_in(quantities(f"{year.group()} 年" if year else as_of, "zh" if year else tongue), as_of)
            if len(said) == 1 and (said[0].kind is Kind.DATE) == (concept == "founded"):
                place = whole(entry, key, str(value))
                yield Figure(
                    entry, said[0], tongue, place, subject, frozenset(), concept=concept,
                    period=Period() if concept == "founded" else period,
                )  # fmt: skip


def _of_result(entry: EntryVersion, tongue: str, path: str, item: Mapping[str, Any], subject: str) -> Iterator[Figure]:
    """The two figures of a result record: measure, before, after, unit, period."""
    customer = str(item.get("customer") or "")
    words = measure_words(str(item["measure"]), tongue)
    period = period_in(quantities(str(item.get("period") or ""), tongue), "")
    ends = {key: _with_unit(item.get(key), str(item.get("unit") or ""), tongue) for key in ("before", "after")}
    for key, other, role in (("before", "after", "from"), ("after", "before", "to")):
        quantity = ends[key]
        if quantity is not None:
            yield Figure(
                entry, quantity, tongue, whole(entry, f"{path}.{key}", str(item.get(key))),
                f"customer:{customer}" if customer else subject, words, role=role, partner=ends[other], period=period,
                pilot=bool(_PILOT.search(str(item.get("period") or "") + str(item["measure"]))),
            )  # fmt: skip


def _with_unit(value: Any, unit: str, tongue: str) -> Quantity | None:
    """The quantity of a cell with its unit, which may be `万元` behind it or `RMB million` around it."""
    text = str(value if value is not None else "").strip()
    if not text or isinstance(value, bool):
        return None
    named = _NAMED_UNIT.match(unit)
    spelled = [f"{named[1]} {text} {named[2]}".strip()] if named else [f"{text} {unit}".strip()]
    for candidate in (*([text] if unit == "%" and "%" in text else spelled), text):
        found = quantities(candidate, tongue)
        if len(found) == 1 and found[0].date is None:
            return found[0]
    return None
