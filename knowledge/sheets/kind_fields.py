"""The fields of a kind as columns of a sheet: headings, cells, and the value of a cell, each way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from knowledge.kinds import (
    FieldDeclaration,
    Kind,
    Target,
    check_fields,
    columns,
    heading_of,
    kind_named,
    label_of,
)
from knowledge.sheets.cells import JSON, json_cell, parse_json, parse_records, record_lines, word
from knowledge.sheets.grid import cell_text
from knowledge.sheets.headings import Headings

ENTRY = "@"
"""Before the name of a column of the entry itself: an entry's title is `@title`, a contact's job is `title`."""

OTHER = "fields."
"""Before the name of a field that the kind does not declare, in a heading."""

ENTRY_COLUMNS = (
    "id", "title", "locale", "customer", "owner", "audience", "markets", "review_due", "valid_until", "translates",
)  # fmt: skip
"""In the order in which they are written; the fields follow, the text comes last."""

TEXT = f"{ENTRY}text"
_TRANSLATES = ("译自", "原文编号", "translates", "translation of")
# Only a day makes `+60d` another value; what a cell says must not hang on when it is asked.
_ANY_DAY = date(2000, 1, 1)


def kind_headings(kind: str) -> Headings:
    """Every heading of the kind, its fields' first; columns of the entry are marked with `@`."""
    declared = kind_named(kind)
    names: dict[str, str] = {}
    for field in declared.fields:
        for written in (field.label.zh, field.label.en, *field.headings.all(), field.name):
            names.setdefault(written, field.name)
    for name, column in columns().items():
        for written in (column.label.zh, column.label.en, *column.headings.all(), name):
            names.setdefault(written, f"{ENTRY}{name}")
    names |= dict.fromkeys(_TRANSLATES, f"{ENTRY}translates")
    return Headings(names, lambda heading: _found(declared, heading))


def _found(kind: Kind, heading: str) -> str | None:
    if heading.startswith(OTHER) and len(heading) > len(OTHER):
        return heading.removeprefix(OTHER)
    target = heading_of(kind, heading)
    return None if target is None else f"{ENTRY}{target.name}" if target.is_column else target.name


@lru_cache(maxsize=1024)
def heading(kind: str, name: str, language: str) -> str:
    """The heading to write above a field or (`@title`) a column of the entry: the first that leads back to it."""
    known = kind_headings(kind)
    return next(written for written in _written(kind, name, language) if known.field_of(written) == name)


def _written(kind: str, name: str, language: str) -> Iterator[str]:
    """The label first. A kind may have given an entry's usual heading to a field: a certificate has its own 编号."""
    if name == f"{ENTRY}translates":
        yield _TRANSLATES[0] if language == "zh" else "Translation of"
    elif name.startswith(ENTRY):
        column = columns()[name.removeprefix(ENTRY)]
        yield label_of(kind, Target(name.removeprefix(ENTRY), is_column=True), language)
        yield from column.headings.all() if language == "zh" else (*column.headings.en, *column.headings.zh)
    elif kind_named(kind).field(name):
        yield label_of(kind, Target(name), language)
    yield f"{OTHER}{name}"


def parse_field(kind: str, name: str, text: str) -> Any:
    """What a filled cell says, to be checked with the other fields. Raises `ValueError` with what is wrong."""
    if text.startswith(JSON):
        return parse_json(text)
    declared = kind_named(kind).field(name)
    if declared is None or declared.type != "records":
        return text
    keys = _keys(kind, name)
    try:
        return parse_records(text, keys)
    except ValueError:
        # A record that one sub-field stands for may be written as that alone, one on each line.
        if declared.plain and not any(_has_key(line, keys) for line in text.split("\n")):
            return [line.strip() for line in text.split("\n") if line.strip()]
        raise


def field_cell(kind: str, name: str, value: Any, language: str) -> str:
    """A cell that says `value`: readable where it comes back exactly, else as `json:`."""
    declared = kind_named(kind).field(name)
    cell = _readable(declared, value, language)
    if cell and cell_text(cell) == cell and not cell.startswith(JSON):
        try:
            # A field that is not declared is kept as it comes: its text must be one.
            parsed = parse_field(kind, name, cell)
            if same(kind, name, parsed, value) if declared else parsed == value:
                return cell
        except ValueError:
            pass
    return json_cell(value)


def same(kind: str, name: str, first: Any, second: Any) -> bool:
    """True when two values of a field are one once they are checked."""
    return bool(_checked(kind, name, first) == _checked(kind, name, second))


def _checked(kind: str, name: str, value: Any) -> Any:
    return check_fields(kind_named(kind), {name: value}, _ANY_DAY).fields.get(name)


def _readable(declared: FieldDeclaration | None, value: Any, language: str) -> str | None:
    if isinstance(value, list) and declared is not None and declared.type == "records":
        return record_lines(value, {sub.name: sub.label.of(language) for sub in declared.fields}, language)
    if isinstance(value, list):
        return "|".join(value) if all(isinstance(item, str) for item in value) else None
    if isinstance(value, Mapping):
        pairs = {str(key): word(inner, language) for key, inner in value.items()}
        return "\n".join(f"{key}: {text}" for key, text in pairs.items()) if all(pairs.values()) else None
    return word(value, language)


@lru_cache(maxsize=256)
def _keys(kind: str, name: str) -> Mapping[str, str]:
    declared = kind_named(kind).field(name)
    assert declared is not None
    return {written: sub.name for sub in declared.fields for written in sub.written()}


def _has_key(line: str, keys: Mapping[str, str]) -> bool:
    try:
        return bool(parse_records(line, keys))
    except ValueError:
        return False
