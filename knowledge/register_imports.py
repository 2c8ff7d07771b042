"""Customers, permissions and terms from files that somebody sent: what of a file would be taken, and taking it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.domain.errors import InputError
from knowledge.registers import read_customers
from knowledge.sheets import Problem, plan_customers, plan_permissions, plan_terms, to_permit

if TYPE_CHECKING:
    from knowledge.library import Library

YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """What a file gives. `taken` are customers or terms, of permissions a customer for each; `mapping` says which
    column goes where, empty for YAML."""

    taken: tuple[str, ...]
    refused: int = 0
    problems: Sequence[Problem] = ()
    notes: Sequence[Problem] = ()
    mapping: Sequence[dict[str, Any]] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "taken": list(self.taken),
            "refused": self.refused,
            "problems": [problem.to_json() for problem in self.problems],
            "notes": [note.to_json() for note in self.notes],
            "mapping": list(self.mapping),
        }


def import_customers(library: Library, path: Path, *, by: str, preview: bool = False) -> RegisterImport:
    """Customers from YAML (with permissions: what is not in it is withdrawn) or a sheet (names and aliases).

    A sheet with a wrong row, or a wrong YAML file, is not taken at all. Raises `InputError` for what cannot be read.
    """
    customers, now = library.customers, library.now()
    existing = customers.all()
    if path.suffix.lower() in YAML:
        read = read_customers(path, now.date(), existing)
        found = RegisterImport(tuple(customer.id for customer in read))
    else:
        plan = plan_customers(path, existing)
        read = list(plan.records)
        taken = tuple(customer.id for customer in read)
        found = RegisterImport(taken, plan.refused, plan.problems, plan.notes, plan.preview()["mapping"])
    return found if preview else _whole(found, lambda: customers.save(read, by=by, now=now))


def import_permissions(library: Library, path: Path, *, by: str, preview: bool = False) -> RegisterImport:
    """Permissions from a sheet: good rows are taken, each wrong one is told. Raises `InputError` for no such sheet."""
    plan = plan_permissions(path, library.customers.all(), library.now().date())
    given = {} if plan.blocked else to_permit(plan)
    if not preview:
        library.customers.permit(given, by=by, now=library.now())
    taken = tuple(customer for customer, permissions in given.items() for _ in permissions)
    return RegisterImport(taken, plan.refused, plan.problems, plan.notes, plan.preview()["mapping"])


def import_terms(library: Library, path: Path, *, by: str, preview: bool = False) -> RegisterImport:
    """Terms from CSV or XLSX, all of them or none. Raises `InputError` for no such sheet."""
    plan = plan_terms(path)
    taken = tuple(f"{term.term} ({term.locale})" for term in plan.records)
    found = RegisterImport(taken, plan.refused, plan.problems, plan.notes, plan.preview()["mapping"])
    return found if preview else _whole(found, lambda: library.glossary.save(plan.records, by=by, now=library.now()))


def _whole(found: RegisterImport, save: Callable[[], object]) -> RegisterImport:
    """Save, or raise `InputError` with every problem when there is one."""
    if found.problems:
        more = f" (and {len(found.problems) - 1} more)" if len(found.problems) > 1 else ""
        error = InputError(f"{found.problems[0].line}{more}; nothing was imported")
        error.errors = tuple((problem.place, problem.message) for problem in found.problems)
        raise error
    save()
    return found
