"""The declarations as rows of a table, for the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.kinds.declaration import FieldDeclaration
from knowledge.kinds.loading import all_kinds, columns


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of one kind; sub-fields of records are named `results.before`."""

    kind: str
    field: str
    label_zh: str
    label_en: str
    type: str
    required: bool
    names: str
    headings: tuple[str, ...]
    help_zh: str
    help_en: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind, without its fields."""

    kind: str
    name_zh: str
    name_en: str
    purpose_zh: str
    purpose_en: str
    review_days: int
    review_reason: str
    own_facts: bool
    any_of: tuple[str, ...]
    asks: tuple[str, ...]


def kind_rows() -> Iterator[KindRow]:
    """A row for each kind, in the library's order."""
    for k in all_kinds():
        yield KindRow(
            k.id, k.name.zh, k.name.en, k.purpose.zh, k.purpose.en,
            k.review_days, k.review_reason, k.own_facts, k.any_of, k.asks,
        )  # fmt: skip


def field_rows() -> Iterator[FieldRow]:
    """A row for each field and sub-field of each kind."""
    for kind in all_kinds():
        yield from _rows(kind.id, "", kind.fields)


def column_rows() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """A row for each column of the entry itself: name, label zh, label en, further headings."""
    for name, column in columns().items():
        yield name, column.label.zh, column.label.en, column.headings.all()


def _rows(kind: str, before: str, fields: tuple[FieldDeclaration, ...]) -> Iterator[FieldRow]:
    for f in fields:
        yield FieldRow(
            kind, before + f.name, f.label.zh, f.label.en, f.type, f.required, f.names or "",
            f.headings.all(), f.help.zh if f.help else "", f.help.en if f.help else "",
        )  # fmt: skip
        yield from _rows(kind, f"{before}{f.name}.", f.fields)
