"""A sheet into the library: its good rows in one transaction, each bad row told by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.domain.errors import InputError
from knowledge.records import State
from knowledge.sheets.kind_fields import kind_headings
from knowledge.sheets.plan import Plan
from knowledge.sheets.planning import Defaults, plan_entries
from knowledge.sheets.table import SUFFIXES, read_table
from knowledge.shelving import OnStep, Shelf, ToShelve

if TYPE_CHECKING:
    from knowledge.store.customers import Customers
    from knowledge.store.entries import Stored

SHEETS = SUFFIXES
"""Files whose rows can be entries."""


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How a sheet is read. `columns` gives what columns of other names are; `new_customers` makes a customer without
    any permission of a name that nobody is called by; `strict` imports nothing when any row is refused."""

    kind: str
    defaults: Defaults = field(default_factory=Defaults)
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    new_customers: bool = False
    strict: bool = False
    state: State = State.DRAFT


@dataclass(frozen=True, slots=True)
class SheetImport:
    """What was planned, and what of it is in the library now."""

    plan: Plan
    stored: tuple[Stored, ...]


def plan_sheet(shelf: Shelf, customers: Customers, path: Path, options: SheetOptions) -> Plan:
    """What an import would do. Raises `UnreadableFile`, or `InputError` when no known headings are found."""
    table = read_table(path, kind_headings(options.kind), sheet=options.sheet, mapping=options.columns)
    return plan_entries(
        table,
        options.kind,
        options.defaults,
        shelf.now().date(),
        shelf.entries.latest(),
        customers=customers.all(),
        new_customers=options.new_customers,
    )


def import_sheet(
    shelf: Shelf,
    customers: Customers,
    path: Path,
    options: SheetOptions,
    by: str,
    on_step: OnStep = lambda done, of: None,
) -> SheetImport:
    """Import the rows that can be taken, all together or, when that fails, none.

    Raises as `plan_sheet`, and `InputError` when the sheet as a whole cannot be taken, or (`strict`) when a row cannot.
    """
    plan = plan_sheet(shelf, customers, path, options)
    if plan.blocked or (options.strict and plan.refused):
        raise InputError(f"{plan.problems[0].line}; nothing was imported")
    if plan.customers:
        customers.save(plan.customers, by=by, now=shelf.now())
    items = [
        ToShelve(replace(item.version, state=options.state), item.document, item.after or 0) for item in plan.planned
    ]
    stored = shelf.shelve(items, by, reason=f"{path.name}, {plan.table.sheet}".rstrip(", "), on_step=on_step)
    return SheetImport(plan, tuple(stored))
