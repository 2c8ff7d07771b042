"""The figures in the fields of an entry, read like those of its text: each with what it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.claims.quantities import match_of, quantities
from assistant.lint.concepts import concept_of_field
from assistant.lint.figures import Figure, figures_in_fields, figures_in_text
from assistant.lint.subjects import Subjects
from assistant.lint.view import LintView, language, strings
from knowledge.domain.locale import detect_language
from knowledge.domain.quantity import Kind, Match, Quantity, same_value
from knowledge.records import EntryVersion

_NO_STATEMENT = frozenset(
    "translation translations source sources evidence number id phone email address url website events period "
    "scope speaker 编号 来源 电话 邮箱 地址 网址".split()
)
"""Keys of what is no statement of the entry, or is one in another language."""
_KEY = re.compile(r"[^.\[\]]+")


@dataclass(frozen=True, slots=True)
class FieldFigure:
    """A figure of a field. `path` is its place and `words` what stands there; `beside` are all quantities that stand
    there. `field` is the field it belongs to, for a cell of a result record the record: `result`, `results[0]`."""

    path: str
    words: str
    figure: Figure
    beside: tuple[Quantity, ...]
    field: str

    @property
    def in_prose(self) -> bool:
        """True when it stands in words, which say what it is said of."""
        return self.figure.in_text


def figures_missing(entry: EntryVersion, view: LintView, subjects: Subjects) -> Iterator[FieldFigure]:
    """The figures in the fields of any version that its text has nowhere, those of sentences first."""
    tongue, there = language(entry), view.reading(entry).quantities
    for path, value in strings(_without_records(entry.fields)):
        keys = _KEY.findall(path)
        if not _NO_STATEMENT.isdisjoint(keys) or concept_of_field(keys[0]):
            continue
        said = quantities(value, tongue)
        missing = {q.span for q in said if not any(stands(q, t, in_prose=True) for t in there)}
        if not missing or detect_language(value) not in (None, tongue):
            continue
        told = replace(entry, entry_id=f"{entry.entry_id}#{path}", text=value, fields={})
        for figure in figures_in_text(told, view, subjects, dates=True):
            if figure.quantity.span in missing:
                yield FieldFigure(path, value, figure, said, path)
    for figure in figures_in_fields(entry, tongue):
        place = figure.place
        if any(stands(figure.quantity, t, in_prose=False) for t in there):
            continue
        ends = tuple(q for q in (figure.quantity, figure.partner) if q is not None)
        record = place.field.rpartition(".")[0]
        yield FieldFigure(place.field, place.words, figure, ends, record or place.field)


def stands(quantity: Quantity, there: Quantity, *, in_prose: bool) -> bool:
    """True when a quantity has the value of another one, however it is qualified.

    A bare number of a cell goes with any unit, since the record may have it in its head; 7 lines are not 7 days. A date
    goes with one that is told more or less precisely.
    """
    if quantity.date is not None and there.date is not None:
        return quantity.date.agrees_with(there.date)
    loose = not (in_prose and quantity.kind is Kind.NUMBER and not quantity.unit)
    if match_of(quantity, there) in (Match.SAME, Match.QUALIFIER_CHANGED):
        return True
    return any(same_value(a, b, loose=loose) for a, b in ((quantity, there), (there, quantity)))


def _without_records(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields without the result records, whose cells are figures without a sentence."""
    return {
        key: [None if isinstance(item, Mapping) and item.get("measure") else item for item in value]
        if isinstance(value, list)
        else value
        for key, value in fields.items()
    }
