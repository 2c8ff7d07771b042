"""What needs somebody: reviews that are due, entries and permissions that run out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.records import Customer, EntryVersion


@dataclass(frozen=True, slots=True)
class Due:
    """One line of the list. `what` is review, expiry or permission; `subject_id` an entry's or a customer's id."""

    what: str
    subject_id: str
    title: str
    owner: str
    day: date

    def words(self, today: date) -> str:
        """What is due, in words."""
        over = self.day < today
        return {
            "review": "review overdue" if over else "review due",
            "expiry": "expired" if over else "expires",
        }.get(self.what, f"{self.what.partition(':')[2]} permission {'ran' if over else 'runs'} out")

    def to_json(self) -> dict[str, Any]:
        what, _, use = self.what.partition(":")
        return {
            "what": what,
            "use": use or None,
            "id": self.subject_id,
            "title": self.title,
            "owner": self.owner,
            "day": self.day.isoformat(),
        }


def due_list(line: Iterable[EntryVersion], customers: Iterable[Customer], today: date, until: date) -> list[Due]:
    """What of the approved entries and the permissions in force is due by `until`, the earliest first.

    An entry that has expired needs no review; a permission that ran out is told while no other of its use is in force.
    """
    return sorted(
        [*_of_entries(line, today, until), *_of_customers(customers, today, until)],
        key=lambda item: (item.day, item.subject_id, item.what),
    )


def _of_entries(line: Iterable[EntryVersion], today: date, until: date) -> Iterator[Due]:
    for entry in line:
        if entry.valid_until is not None and entry.valid_until <= until:
            yield Due("expiry", entry.entry_id, entry.title, entry.owner, entry.valid_until)
        if entry.review_due is not None and entry.review_due <= until and not entry.expired(today):
            yield Due("review", entry.entry_id, entry.title, entry.owner, entry.review_due)


def _of_customers(customers: Iterable[Customer], today: date, until: date) -> Iterator[Due]:
    for customer in customers:
        given = [permission for permission in customer.permissions if permission.withdrawn_on is None]
        for use in dict.fromkeys(permission.use for permission in given):
            ends = [permission.until for permission in given if permission.use is use]
            last = None if None in ends else max(end for end in ends if end)
            if last is not None and last <= until:
                name = next(iter(customer.names.values()), customer.id)
                yield Due(f"permission:{use}", customer.id, name, "", last)
