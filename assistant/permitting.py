"""What customers consent to: put on record, and taken back, with what that reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.locale import parse_locale
from knowledge.domain.text import clean
from knowledge.records import Customer, Level, Permission, Use
from knowledge.sheets.row_entry import checked_id

if TYPE_CHECKING:
    from assistant.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent to one or several uses. Empty `markets` or `channels`: all; `until` is its last day, None: until it is
    taken back."""

    uses: tuple[Use, ...]
    level: Level
    consented_by: str
    markets: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    until: date | None = None
    consented_on: date | None = None
    evidence: str = ""

    @property
    def permissions(self) -> list[Permission]:
        return [
            Permission(
                use, self.level, self.markets, self.channels, self.until, self.consented_by, self.consented_on,
                self.evidence,
            )
            for use in dict.fromkeys(self.uses)
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many permissions were withdrawn, and how many drafts are stale now."""

    customer: str
    withdrawn: int
    stale: int

    def to_json(self) -> dict[str, Any]:
        return {"customer": self.customer, "withdrawn": self.withdrawn, "stale": self.stale}


def describe(
    workspace: Workspace,
    customer_id: str,
    *,
    names: Mapping[str, str],
    aliases: Mapping[str, str],
    other_names: Sequence[str],
    segment: str,
    by: str,
) -> Customer:
    """Make a customer, or write anew what it is called; its permissions stay.

    `names` and `aliases` are texts by locale. Raises `InputError` for a bad id or locale, or without any name.
    """
    if not customer_there(workspace, customer_id).names:
        try:
            checked_id(customer_id)
        except ValueError as error:
            raise InputError(f"id: {error}") from None
    named = _by_locale("names", names)
    if not named:
        raise InputError(f"names: customer '{customer_id}' needs at least one, such as zh-CN=申特电梯集团")
    others = tuple(dict.fromkeys(filter(None, (_line(other) for other in other_names))))
    customer = Customer(customer_id, named, others, _by_locale("aliases", aliases), _line(segment))
    return workspace.library.customers.describe(customer, by=by, now=workspace.settings.now())


def permit(workspace: Workspace, customer: str, consent: Consent, *, by: str) -> Customer:
    """Put a consent on record, beside those there are; of several that cover a case the narrowest holds.

    Raises `NotFound` for an unknown customer, `InputError` for one that has run out or stands there already.
    """
    library, now = workspace.library, workspace.settings.now()
    if not consent.uses:
        raise InputError(f"uses: name at least one of {', '.join(Use)}")
    if not consent.consented_by.strip():
        raise InputError("consented_by: say who consented for the customer")
    if consent.until is not None and consent.until < now.date():
        raise InputError(
            f"until: {consent.until} lies in the past; a permission that has run out permits nothing, give another day"
        )
    found = library.customer_called(customer)
    library.customers.permit({found.id: consent.permissions}, by=by, now=now)
    return library.customers.get(found.id)


def take_back(workspace: Workspace, customer: str, use: Use | None, *, by: str, reason: str = "") -> TakenBack:
    """Withdraw a customer's permissions (all, or those of one use). Raises `NotFound`."""
    found = workspace.library.customer_called(customer)
    count = workspace.library.withdraw(found.id, use, by=by, reason=reason)
    stale = sum(bool(draft.stale) for draft in workspace.recall.of_customer(found.id))
    return TakenBack(found.id, count, stale)


def customer_there(workspace: Workspace, customer_id: str) -> Customer:
    """The customer of this id, or an empty one to be made."""
    try:
        return workspace.library.customers.get(customer_id)
    except NotFound:
        return Customer(customer_id, {})


def _by_locale(what: str, given: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for locale, text in given.items():
        try:
            tag = parse_locale(locale).tag
        except InputError as error:
            raise InputError(f"{what}: {error}") from None
        if _line(text):
            found[tag] = _line(text)
    return found


def _line(text: str) -> str:
    return " ".join(clean(text).split())
