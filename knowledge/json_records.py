"""Entries, customers, permissions and terms as JSON has them: one form for the command line, the service and pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from knowledge.records import Customer, EntryVersion, Permission, Term


def day_text(day: date | None) -> str | None:
    """A day as JSON has it."""
    return day.isoformat() if day else None


def moment_text(moment: datetime | None) -> str | None:
    """A moment in UTC as JSON has it."""
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else None


def entry_listed(entry: EntryVersion, today: date) -> dict[str, Any]:
    """An entry as the contract lists it."""
    return {
        "id": entry.entry_id,
        "kind": entry.kind,
        "title": entry.title,
        "locale": entry.locale,
        "state": str(entry.state_on(today)),
        "audience": str(entry.audience),
        "version": entry.version,
        "review_due": day_text(entry.review_due),
        "valid_until": day_text(entry.valid_until),
        "owner": entry.owner,
        "customer": entry.customer,
        "markets": list(entry.markets),
    }


def entry_whole(entry: EntryVersion, today: date) -> dict[str, Any]:
    """An entry version with its text and its life."""
    return {
        **entry_listed(entry, today),
        "text": entry.text,
        "body": entry.body,
        "fields": dict(entry.fields),
        "source": entry.source,
        "translates": entry.translates,
        "created_by": entry.created_by,
        "approved_by": entry.approved_by,
        "approved_at": moment_text(entry.approved_at),
    }


def versions_listed(versions: Iterable[EntryVersion], today: date) -> list[dict[str, Any]]:
    """The versions of an entry: state, who made and who approved each, when."""
    return [
        {
            "version": version.version,
            "state": str(version.state_on(today)),
            "created_by": version.created_by,
            "created_at": moment_text(version.created_at),
            "approved_by": version.approved_by,
            "approved_at": moment_text(version.approved_at),
            "ended_at": moment_text(version.ended_at),
        }
        for version in versions
    ]


def customer_json(customer: Customer) -> dict[str, Any]:
    """A customer with every permission it ever gave."""
    return {
        "id": customer.id,
        "names": dict(customer.names),
        "other_names": list(customer.other_names),
        "aliases": dict(customer.aliases),
        "segment": customer.segment,
        "permissions": [permission_json(permission) for permission in customer.permissions],
    }


def permission_json(permission: Permission) -> dict[str, Any]:
    """A permission, withdrawn or not."""
    return {
        "use": str(permission.use),
        "level": str(permission.level),
        "markets": list(permission.markets),
        "channels": list(permission.channels),
        "until": day_text(permission.until),
        "consented_by": permission.consented_by,
        "consented_on": day_text(permission.consented_on),
        "evidence": permission.evidence,
        "withdrawn_on": day_text(permission.withdrawn_on),
        "withdrawn_by": permission.withdrawn_by,
        "reason": permission.reason,
    }


def term_json(term: Term) -> dict[str, Any]:
    """A term of the glossary."""
    return {
        "term": term.term,
        "locale": term.locale,
        "translations": dict(term.translations),
        "part_of_speech": term.part_of_speech,
        "do_not_translate": term.do_not_translate,
        "forbidden": list(term.forbidden),
        "case_rule": term.case_rule,
        "note": term.note,
    }
