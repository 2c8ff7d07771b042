"""Customers and glossary of a folder against those of the library: what is to be written. Nothing is withdrawn twice,
and what was withdrawn meanwhile is not granted anew by an older file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.folder.names import CUSTOMERS, GLOSSARY
from knowledge.importing import ImportItem, Status
from knowledge.records import Customer, Permission, Term
from knowledge.registers import read_customers, read_glossary


@dataclass(frozen=True, slots=True)
class Registers:
    """What of the two files is to be saved, and a line for each file."""

    customers: tuple[Customer, ...]
    terms: tuple[Term, ...]
    items: tuple[ImportItem, ...]


def read_registers(
    path: Path, customers: Sequence[Customer], terms: Sequence[Term], *, trust: bool, today: date
) -> Registers:
    """Both files, read and compared; a missing one changes nothing. Raises `InputError` for the first mistake.

    Without trust a file adds customers (without permissions) and terms, and changes none that are there.
    """
    items: list[ImportItem] = []
    wanted: list[Customer] = []
    new_terms: list[Term] = []
    if (path / CUSTOMERS).is_file():
        wanted, item = _customers(read_customers(path / CUSTOMERS, today), customers, trust)
        items.append(item)
    if (path / GLOSSARY).is_file():
        new_terms, item = _terms(_glossary(path / GLOSSARY), terms, trust)
        items.append(item)
    return Registers(tuple(wanted), tuple(new_terms), tuple(items))


def _glossary(path: Path) -> list[Term]:
    # A library without terms has a file with headings only.
    return read_glossary(path) if path.read_bytes().strip().count(b"\n") else []


def _customers(found: Sequence[Customer], there: Sequence[Customer], trust: bool) -> tuple[list[Customer], ImportItem]:
    known = {customer.id: customer for customer in there}
    new: list[Customer] = []
    changes: list[Customer] = []
    kept_withdrawn = withheld = 0
    for customer in found:
        old = known.get(customer.id)
        if old is None:
            withheld += 0 if trust else bool(customer.permissions)
            new.append(customer if trust else replace(customer, permissions=()))
            continue
        merged, taken_back = _merged(customer, old)
        if not _same_customer(merged, old):
            changes.append(merged)
        kept_withdrawn += taken_back
    notes = []
    if kept_withdrawn:
        notes.append(f"{_count(kept_withdrawn, 'permission')} withdrawn meanwhile stay withdrawn")
    if withheld:
        notes.append(f"permissions of {_count(withheld, 'customer')} left out; they come in with trust only")
    item = _item(CUSTOMERS, len(found), len(new), len(changes), trust, notes)
    return [*new, *(changes if trust else ())], item


def _merged(found: Customer, old: Customer) -> tuple[Customer, int]:
    """The customer as the file has it, but with what the library knows of permissions that were withdrawn since."""
    withdrawn = {_granted(p): p for p in old.permissions if p.withdrawn_on is not None}
    active = {_granted(p) for p in old.permissions if p.withdrawn_on is None}
    permissions: list[Permission] = []
    taken_back = 0
    for permission in found.permissions:
        granted = _granted(permission)
        if permission.withdrawn_on is None and granted in withdrawn and granted not in active:
            permission = withdrawn[granted]
            taken_back += 1
        permissions.append(permission)
    return replace(found, permissions=tuple(permissions)), taken_back


def _granted(permission: Permission) -> Permission:
    return replace(permission, withdrawn_on=None, withdrawn_at=None, withdrawn_by="", reason="")


def _same_customer(found: Customer, old: Customer) -> bool:
    """True when saving would change nothing: withdrawn permissions stay on record whatever a file says."""
    wanted = [replace(p, withdrawn_at=None) for p in found.permissions]
    there = [replace(p, withdrawn_at=None) for p in old.permissions]
    return (
        replace(found, permissions=()) == replace(old, permissions=())
        and all(permission in there for permission in wanted)
        and all(permission in wanted for permission in there if permission.withdrawn_on is None)
    )


def _terms(found: Sequence[Term], there: Sequence[Term], trust: bool) -> tuple[list[Term], ImportItem]:
    known = {(term.term, term.locale): term for term in there}
    new = [term for term in found if (term.term, term.locale) not in known]
    changes = [term for term in found if known.get((term.term, term.locale), term) != term]
    return [*new, *(changes if trust else ())], _item(GLOSSARY, len(found), len(new), len(changes), trust, [])


def _item(name: str, found: int, new: int, changes: int, trust: bool, notes: list[str]) -> ImportItem:
    if changes and not trust:
        notes.append(f"{changes} differ from the library and were left as they are there; change them with trust")
    saved = new + (changes if trust else 0)
    status = Status.UNCHANGED if not saved else Status.NEW if new == found else Status.CHANGED
    said = f"{found} in all, {new} new, {changes if trust else 0} changed"
    return ImportItem(name, status, message="; ".join((said, *notes)))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
