"""Customers as a sheet: one a row, names and aliases in a column for each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.domain.locale import parse_locale
from knowledge.records import Customer
from knowledge.sheets.cells import list_cell, parse_list, text_cell
from knowledge.sheets.headings import Headings, named
from knowledge.sheets.known_customers import KnownCustomers, new_customer
from knowledge.sheets.register_rows import Cells, RegisterPlan, planned
from knowledge.sheets.row_entry import checked_id
from knowledge.sheets.table import read_table
from knowledge.sheets.writing import write_rows

NAME, ALIAS = "name_", "alias_"

_NAMES = named((
    ("id", "id|编号|客户编号|客户标识|customer id"),
    ("name", "name|名称|客户名称|客户|公司名称|customer|customer name"),
    ("alias", "alias|代称|化名|对外称呼"),
    ("other_names", "other_names|其他叫法|其他名称|别名|曾用名|简称|other names|also known as"),
    ("segment", "segment|客户分级|分级|客户级别"),
    ("name_zh-CN", "中文名称|中文名|客户中文名称|name (zh)|chinese name"),
    ("name_en", "英文名称|英文名|客户英文名称|name (en)|english name"),
    ("alias_zh-CN", "中文代称|alias (zh)|chinese alias"),
    ("alias_en", "英文代称|alias (en)|english alias"),
))  # fmt: skip
_LOCALISED = re.compile(
    r"^\s*(name|alias|名称|代称)[_ ]([A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?)\s*$",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def _localised(heading: str) -> str | None:
    """`name_de`, `alias_pt-BR`, 名称_de: a name or alias in the locale behind the mark."""
    found = _LOCALISED.match(heading)
    if found is None:
        return None
    start = NAME if found[1].lower() in ("name", "名称") else ALIAS
    return start + parse_locale(found[2]).tag


CUSTOMERS = Headings(_NAMES, _localised)
"""A name under 名称 is Chinese when it has Chinese characters and English otherwise; `name_de` says it."""


def plan_customers(
    path: Path,
    existing: Iterable[Customer] = (),
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> RegisterPlan[Customer]:
    """The customers of a sheet, ready to be saved, with everything that is wrong with it row by row.

    A row without an id belongs to the customer who is called so already; else its id is made. What has no column stays
    as it is, permissions above all. Raises as `read_table` does.
    """
    table = read_table(path, CUSTOMERS, sheet=sheet, mapping=mapping)
    known = {customer.id: customer for customer in existing}
    reader = _Reader(known, KnownCustomers(known.values()))
    return planned(table, reader.take)


class _Reader:
    """Rows to customers; remembers which rows have spoken of whom."""

    def __init__(self, known: Mapping[str, Customer], names: KnownCustomers) -> None:
        self._known, self._names = known, names
        self._rows: dict[str, int] = {}
        self._called: dict[str, tuple[str, int]] = {}

    def take(self, cells: Cells) -> Customer:
        has = cells.table.column
        names = _texts(cells, "name", NAME)
        given = cells.parsed("id", checked_id, "")
        customer_id = given or self._id_by_name(cells, names)
        before = self._known.get(customer_id, Customer(id=customer_id, names={}))
        customer = replace(
            before,
            names={**_kept(cells, before.names, NAME), **names},
            aliases={**_kept(cells, before.aliases, ALIAS), **_texts(cells, "alias", ALIAS)},
            other_names=cells.parsed("other_names", _listed, ()) if has("other_names") else before.other_names,
            segment=cells.text("segment") if has("segment") else before.segment,
        )
        if not customer.names and not cells.problems:
            cells.say(None, "it has no name; write one under 名称 or name")
        self._refuse_doubles(cells, customer)
        return customer

    def _id_by_name(self, cells: Cells, names: Mapping[str, str]) -> str:
        found: set[str] = set()
        for name in names.values():
            try:
                customer = self._names.called(name)  # a register may well know two legal forms apart
            except ValueError as error:
                cells.say(None, str(error))
                continue
            found |= {customer.id} if customer else set()
        if len(found) > 1:
            cells.say(None, f"its names belong to {' and '.join(sorted(found))}; write the id of the one that is meant")
        first = next(iter(names.items()), None)
        return next(iter(found), new_customer(first[1], first[0]).id if first else "")

    def _refuse_doubles(self, cells: Cells, customer: Customer) -> None:
        if not customer.id:
            return
        earlier = self._rows.setdefault(customer.id, cells.row.number)
        if earlier != cells.row.number:
            said = f"row {earlier} speaks of the customer '{customer.id}' already; keep one of the two"
            cells.say(cells.table.column("id"), said)
        for name in customer.spellings():
            other, row = self._called.setdefault(name, (customer.id, cells.row.number))
            if other != customer.id:
                cells.say(None, f"'{name}' is the customer of row {row}, too; a name must lead to one customer")


def _texts(cells: Cells, plain: str, start: str) -> dict[str, str]:
    """Texts by locale: those of columns that say theirs, and the plain one by its script."""
    found = {
        column.field.removeprefix(start): cells.text(column.field)
        for column in cells.table.columns
        if column.field and column.field.startswith(start)
    }
    text = cells.text(plain)
    if text:
        found.setdefault("zh-CN" if _HAN.search(text) else "en", text)
    return {locale: said for locale, said in found.items() if said}


def _kept(cells: Cells, before: Mapping[str, str], start: str) -> dict[str, str]:
    """What there was in locales that have no column here."""
    return {locale: text for locale, text in before.items() if cells.table.column(f"{start}{locale}") is None}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(parse_list(text))


def write_customers(customers: Sequence[Customer], path: Path, *, language: str = "en") -> None:
    """Write customers as XLSX or CSV, by the suffix; permissions have a sheet of their own. Reading the file gives the
    same customers without their permissions. Raises `InputError` for another suffix."""
    names = sorted({locale for customer in customers for locale in customer.names})
    aliases = sorted({locale for customer in customers for locale in customer.aliases})
    zh = language == "zh"
    heads = [
        "编号" if zh else "id",
        *(f"{'名称_' if zh else NAME}{locale}" for locale in names),
        *(f"{'代称_' if zh else ALIAS}{locale}" for locale in aliases),
        "其他叫法" if zh else "other_names",
        "客户分级" if zh else "segment",
    ]
    rows = (
        [
            customer.id,
            *(_cell(customer.names.get(locale, "")) for locale in names),
            *(_cell(customer.aliases.get(locale, "")) for locale in aliases),
            list_cell(customer.other_names) if customer.other_names else "",
            _cell(customer.segment),
        ]
        for customer in customers
    )
    write_rows(path, "客户" if zh else "customers", heads, rows)


def _cell(text: str) -> str:
    return text_cell(text) if text else ""
