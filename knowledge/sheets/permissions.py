"""Permissions as a sheet: who consented to what, in which markets and channels, until when, proved by what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.records import Customer, Level, Permission, Use
from knowledge.sheets import words
from knowledge.sheets.cells import list_cell, parse_day, text_cell
from knowledge.sheets.headings import Headings, named
from knowledge.sheets.known_customers import KnownCustomers
from knowledge.sheets.register_rows import Cells, RegisterPlan, planned
from knowledge.sheets.table import read_table
from knowledge.sheets.writing import write_rows

_NAMES = named((
    ("customer", "customer|客户|客户名称|客户编号|customer name|customer id"),
    ("use", "use|用途|许可用途|使用方式|uses"),
    ("level", "level|级别|许可级别|公开级别"),
    ("markets", "markets|市场|适用市场|market"),
    ("channels", "channels|渠道|适用渠道|channel"),
    ("until", "until|有效期至|有效期|到期日|截止日期|valid until|expires"),
    ("consented_by", "consented_by|同意人|授权人|签署人|consented by"),
    ("consented_on", "consented_on|同意日期|授权日期|签署日期|consented on"),
    ("evidence", "evidence|证明文件|授权文件|证明|附件|proof"),
    ("withdrawn_on", "withdrawn_on|撤回日期|withdrawn on"),
    ("withdrawn_by", "withdrawn_by|撤回人|withdrawn by"),
    ("reason", "reason|撤回原因"),
))  # fmt: skip
PERMISSIONS = Headings(_NAMES)

_COLUMNS = tuple(dict.fromkeys(_NAMES.values()))


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """What one row consents to: a permission for each of its uses. `known` are those already on record."""

    row: int
    customer_id: str
    permissions: tuple[Permission, ...]
    known: tuple[Permission, ...] = ()


def plan_permissions(
    path: Path,
    customers: Iterable[Customer],
    today: date,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> RegisterPlan[PermissionRow]:
    """The permissions of a sheet, with everything that is wrong with it row by row. The customer must be known.

    A row may name several uses (名称、标识). Raises as `read_table` does.
    """
    table = read_table(path, PERMISSIONS, sheet=sheet, mapping=mapping)
    return planned(table, _Reader(customers, today).take)


def to_permit(plan: RegisterPlan[PermissionRow]) -> dict[str, list[Permission]]:
    """The permissions that are not on record yet, by customer, in the order of their rows."""
    found: dict[str, list[Permission]] = {}
    for row in plan.records:
        if row.permissions:
            found.setdefault(row.customer_id, []).extend(row.permissions)
    return found


class _Reader:
    """Rows to permissions; remembers what each row has permitted, since two that differ cannot both hold."""

    def __init__(self, customers: Iterable[Customer], today: date) -> None:
        everyone = list(customers)
        self._names, self._today = KnownCustomers(everyone), today
        self._there = {c.id: {replace(p, withdrawn_at=None) for p in c.permissions} for c in everyone}
        self._rows: dict[tuple[object, ...], int] = {}

    def take(self, cells: Cells) -> PermissionRow:
        customer = cells.required("customer", self._customer, None, "write the name or id of a known customer")
        no_use: tuple[Use, ...] = ()
        uses = cells.required("use", _uses, no_use, f"write one of {', '.join(Use)}")
        level = cells.required("level", _level, Level.INTERNAL, f"write one of {', '.join(Level)}")
        common = Permission(
            use=Use.NAME,
            level=level,
            markets=cells.parsed("markets", words.markets, ()),
            channels=cells.parsed("channels", words.channels, ()),
            until=cells.parsed("until", self._day, None),
            consented_by=cells.text("consented_by"),
            consented_on=cells.parsed("consented_on", self._day, None),
            evidence=cells.text("evidence"),
            withdrawn_on=cells.parsed("withdrawn_on", self._day, None),
            withdrawn_by=cells.text("withdrawn_by"),
            reason=cells.text("reason"),
        )
        self._check_days(cells, common)
        permissions = tuple(replace(common, use=use) for use in uses)
        if customer is None:
            return PermissionRow(cells.row.number, "", ())
        for permission in permissions:
            self._refuse_double(cells, customer.id, permission)
        there = self._there.get(customer.id, set())
        return PermissionRow(
            cells.row.number,
            customer.id,
            tuple(p for p in permissions if p not in there),
            tuple(p for p in permissions if p in there),
        )

    def _customer(self, text: str) -> Customer | None:
        customer = self._names.find(text)
        if customer is None:
            raise ValueError(f"no customer is called '{text}'; check the name, or import the customer first")
        return customer

    def _day(self, text: str) -> date | None:
        return parse_day(text, self._today)

    def _check_days(self, cells: Cells, permission: Permission) -> None:
        given, until = permission.consented_on, permission.until
        if given and given > self._today:
            cells.say(cells.table.column("consented_on"), f"{given} is still to come; write the day of the consent")
        if given and until and until < given:
            cells.say(cells.table.column("until"), f"{until} is before the consent of {given}; mend one of the two")

    def _refuse_double(self, cells: Cells, customer_id: str, permission: Permission) -> None:
        key = (customer_id, permission.use, permission.markets, permission.channels, permission.withdrawn_on)
        earlier = self._rows.setdefault(key, cells.row.number)
        if earlier != cells.row.number:
            said = f"row {earlier} speaks of {permission.use} of '{customer_id}' in the same markets and channels"
            cells.say(cells.table.column("use"), f"{said}; keep one of the two")


def _uses(text: str) -> tuple[Use, ...]:
    return tuple(dict.fromkeys(words.choose(word, words.USES) for word in words.items(text)))


def _level(text: str) -> Level:
    return words.choose(text, words.LEVELS)


def write_permissions(customers: Sequence[Customer], path: Path, *, language: str = "en") -> None:
    """Write every permission of every customer, withdrawn ones, too, as XLSX or CSV. Reading the file gives the same
    permissions. Raises `InputError` for another suffix."""
    zh = language == "zh"
    heads = [next(h for h, field in _NAMES.items() if field == name and (not zh or not h.isascii()))
             for name in _COLUMNS]  # fmt: skip
    rows = (_row(customer.id, permission, zh) for customer in customers for permission in customer.permissions)
    write_rows(path, "许可" if zh else "permissions", heads, rows)


def _row(customer_id: str, p: Permission, zh: bool) -> list[str]:
    uses, levels = words.USES[p.use].split("|")[0], words.LEVELS[p.level].split("|")[0]
    return [
        customer_id,
        uses if zh else p.use.value,
        levels if zh else p.level.value,
        list_cell(p.markets) if p.markets else "",
        list_cell(p.channels) if p.channels else "",
        str(p.until or ""),
        _text(p.consented_by),
        str(p.consented_on or ""),
        _text(p.evidence),
        str(p.withdrawn_on or ""),
        _text(p.withdrawn_by),
        _text(p.reason),
    ]


def _text(text: str) -> str:
    return text_cell(text) if text else ""
