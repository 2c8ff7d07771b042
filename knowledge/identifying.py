"""What gives a customer away although its name is not written: who spoke for it, its project, its site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from knowledge.gate import SITE_FIELDS, Gate, quotes_of
from knowledge.lexicon import Identifying, Trace
from knowledge.naming.speakers import consenting, person_in
from knowledge.records import Customer, EntryVersion

PROJECT_FIELDS = ("project_name", "project", "项目名称")
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)


def identifying(entries: Iterable[EntryVersion], customers: Sequence[Customer], gate: Gate) -> Iterator[Identifying]:
    """For each customer that the gate's scope may not name: its speakers, who consented, its projects, its hosts.

    A person who also speaks for a customer that may be named, or for nobody in particular, gives nobody away.
    """
    about: dict[str, dict[str, EntryVersion]] = {}
    free: set[str] = set()
    for entry in entries:
        if entry.customer:
            about.setdefault(entry.customer, {})[entry.entry_id] = entry
        elif entry.kind in ("people", "person", "contact"):
            free |= set(_names(entry.fields.get("name")))
    for customer in customers:
        if gate.may_name(customer.id):
            told = about.get(customer.id, {}).values()
            free |= {name for entry in told for quote in quotes_of(entry) for name in _names(quote.get("speaker"))}
            free |= {name for person in consenting(customer) for name in person.names}
    for customer in customers:
        if not gate.may_name(customer.id):
            own = about.get(customer.id, {})
            for trace, spelled in _traces(customer, own.values(), gate):
                kept = tuple(dict.fromkeys(one for one in spelled if one not in free))
                if kept:
                    aliases = tuple(dict.fromkeys(customer.aliases.values()))
                    yield Identifying(trace, customer.id, kept, aliases, frozenset(own))


def _traces(customer: Customer, own: Iterable[EntryVersion], gate: Gate) -> Iterator[tuple[Trace, Sequence[str]]]:
    for entry in own:
        for quote in quotes_of(entry):
            yield Trace.SPEAKER, _names(quote.get("speaker"))
        for key in PROJECT_FIELDS:
            project = str(entry.fields.get(key) or "").strip()
            if project and any(naming.customer == customer.id for naming in gate.names.find(project)):
                yield Trace.PROJECT, (project,)
        for key, value in entry.fields.items():
            if key.lower() in SITE_FIELDS:
                yield Trace.HOST, tuple(host for one in _texts(value) if (host := host_of(one)))
    for person in consenting(customer):
        yield Trace.CONSENT, person.names


def host_of(address: str) -> str:
    """The host of a URL or mail address in small letters and without `www.`; empty when there is none."""
    found = _HOST.match(address.strip())
    return found[1].lower() if found else ""


def _names(value: Any) -> tuple[str, ...]:
    person = person_in(str(value or ""))
    return person.names if person else ()


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value] if isinstance(value, list | tuple) else []
