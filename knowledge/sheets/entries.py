"""Entries of one kind as a sheet: what they are, every field, and the text where it was written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge.domain.errors import InputError
from knowledge.kinds import body_of, kind_named
from knowledge.records import Customer, EntryVersion
from knowledge.sheets import words
from knowledge.sheets.cells import json_cell, list_cell, text_cell
from knowledge.sheets.kind_fields import ENTRY, ENTRY_COLUMNS, TEXT, field_cell, heading
from knowledge.sheets.known_customers import KnownCustomers
from knowledge.sheets.writing import write_rows


def write_entries(
    entries: Sequence[EntryVersion],
    kind: str,
    path: Path,
    *,
    language: str = "zh",
    customers: Iterable[Customer] = (),
) -> None:
    """Write entries of `kind` as XLSX or CSV, by the suffix, under Chinese or (`en`) English headings.

    Reading the file gives the same entries as drafts: state, version and who approved them are not in a sheet.
    `customers` give the names to write; without them the ids stand there. Raises `InputError` for an entry of another
    kind, another suffix, and what no cell of Excel can hold.
    """
    kind_named(kind)
    stranger = next((entry for entry in entries if entry.kind != kind), None)
    if stranger is not None:
        raise InputError(f"'{stranger.entry_id}' is of kind {stranger.kind}; one sheet holds entries of one kind")
    names = KnownCustomers(customers)
    declared = [field.name for field in kind_named(kind).fields]
    others = sorted({name for entry in entries for name in entry.fields} - set(declared))
    fields = [*declared, *others]
    columns = [*(f"{ENTRY}{name}" for name in ENTRY_COLUMNS), *fields, TEXT]
    rows = ([*_of_entry(e, names, language), *_of_fields(e, fields, language), _text(e)] for e in entries)
    write_rows(path, kind_named(kind).name.of(language), [heading(kind, name, language) for name in columns], rows)


def _of_entry(entry: EntryVersion, names: KnownCustomers, language: str) -> Iterator[str]:
    audience = words.AUDIENCES[entry.audience].split("|")[0] if language == "zh" else entry.audience.value
    cells = {
        "id": entry.entry_id,
        "title": text_cell(entry.title),
        "locale": entry.locale,
        "customer": names.cell(entry.customer, entry.locale) if entry.customer else "",
        "owner": text_cell(entry.owner) if entry.owner else "",
        "audience": audience,
        "markets": list_cell(entry.markets) if entry.markets else "",
        "review_due": str(entry.review_due or ""),
        "valid_until": str(entry.valid_until or ""),
        "translates": entry.translates or "",
    }
    return (cells[name] for name in ENTRY_COLUMNS)


def _of_fields(entry: EntryVersion, fields: Sequence[str], language: str) -> Iterator[str]:
    for name in fields:
        value = entry.fields.get(name)
        yield "" if value is None else field_cell(entry.kind, name, value, language)


def _text(entry: EntryVersion) -> str:
    """The text without its last line end, or nothing where the fields make it."""
    body = entry.body or entry.text
    if not body or body == f"{body_of(entry.kind, entry.fields, entry.locale)}\n":
        return ""
    plain = body[:-1]
    cell = text_cell(plain) if plain else ""
    return cell if body.endswith("\n") and cell == plain else json_cell(body)
