"""What a change would turn stale, told before it is made: approving a version, retiring an entry, a withdrawal.

Only what would be new is told: a draft that no longer holds for the same reason already is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from assistant.recall import Affected, Export, Recall
from assistant.staleness import EntryNow, Reason, why_customer, why_entry
from knowledge.clearance import effective
from knowledge.facts import facts_of
from knowledge.library import Library
from knowledge.records import Audience, Customer, EntryVersion, Permission, Scope, State, Use
from knowledge.store.repository import Repository
from knowledge.store.schema import CustomerUseRow, DraftRow, UseRow


@dataclass(frozen=True, slots=True)
class Turned:
    """A draft that would no longer hold, and the files of it that have left and would say what no longer holds.

    `draft_turns` is False when only a file of an older version is reached.
    """

    draft: Affected
    reason: Reason
    draft_turns: bool
    exports: tuple[Export, ...] = ()

    def to_json(self, language: str = "en") -> dict[str, Any]:
        return {
            **self.draft.to_json(),
            "turns_stale": self.draft_turns,
            "reason": self.reason.to_json(language),
            "exports": [
                {**export._asdict(), "at": f"{export.at.isoformat(timespec='seconds')}Z"} for export in self.exports
            ],
        }


_Why = Callable[[Any], tuple[Reason | None, Reason | None]]
"""For one use of a draft version: why it does not hold today, and why it would not hold after the change."""


class ChangePreview(Repository):
    """Asks for one library what a change would reach. Nothing is written."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.database, library.workspace)
        self._library = library
        self._recall = Recall(library)

    def of_version(self, version: EntryVersion) -> list[Turned]:
        """When this version became the agreed line. One that is not stored yet (an edit) counts as the next.

        Raises `NotFound` for an entry that there is none of.
        """
        facts = version.facts or facts_of(version.text, version.fields)
        newest = self._library.entries.newest(version.entry_id).version
        stored = version.version if version.created_at is not None else newest + 1
        after = EntryNow(str(State.APPROVED), facts, stored, facts, version.valid_until)
        return self._of_entry(version.entry_id, after)

    def of_retiring(self, entry_id: str) -> list[Turned]:
        """When the entry were retired. Raises `NotFound`."""
        return self._of_entry(entry_id, EntryNow(str(State.RETIRED), "", None, "", None))

    def of_withdrawal(self, customer_id: str, use: Use | None = None) -> list[Turned]:
        """When the customer took back its permissions (all, or those of one use). Raises `NotFound`."""
        customer, today = self._library.customers.get(customer_id), self._today()
        return self.of_permissions(
            customer,
            [
                replace(p, withdrawn_on=today) if p.withdrawn_on is None and use in (None, p.use) else p
                for p in customer.permissions
            ],
        )

    def of_permissions(self, customer: Customer, permissions: Iterable[Permission]) -> list[Turned]:
        """When these were all permissions of a customer."""
        after, today = replace(customer, permissions=tuple(permissions)), self._today()

        def why(use: Any) -> tuple[Reason | None, Reason | None]:
            _, _, named, quoted, audience, market, channel = use
            scope = Scope(audience=Audience(audience), market=market, channel=channel)
            if scope.audience is Audience.INTERNAL:
                return None, None
            is_now, then = (
                why_customer(customer.id, effective(c, scope, today), named, quoted) for c in (customer, after)
            )
            return is_now, then

        columns = (CustomerUseRow.named, CustomerUseRow.quoted, DraftRow.audience, DraftRow.market, DraftRow.channel)
        return self._turned(
            self._recall.of_customer(customer.id),
            self._uses(CustomerUseRow, CustomerUseRow.customer_id == customer.id, *columns),
            why,
        )

    def _of_entry(self, entry_id: str, after: EntryNow) -> list[Turned]:
        drafts, today = self._recall.of_entry(entry_id), self._today()
        stood = {version.version: version for version in self._library.entries.versions(entry_id)}
        line = next((v for v in stood.values() if v.state is State.APPROVED), None)

        def why(use: Any) -> tuple[Reason | None, Reason | None]:
            used = stood.get(use[2])
            if used is None:
                return None, None
            head = (line.version, line.facts, line.valid_until) if line else (None, "", None)
            is_now = EntryNow(str(used.state), used.facts, *head)
            then = after._replace(facts=used.facts)
            return why_entry((entry_id, used.version), is_now, today), why_entry((entry_id, used.version), then, today)

        return self._turned(drafts, self._uses(UseRow, UseRow.entry_id == entry_id, UseRow.entry_version), why)

    def _turned(self, drafts: list[Affected], uses: list[Any], why: _Why) -> list[Turned]:
        found: list[Turned] = []
        for draft in drafts:
            reached: dict[int, Reason] = {}
            for use in uses:
                if use[0] == draft.draft_id:
                    before, after = why(use)
                    if after is not None and before is None:
                        reached[use[1]] = after
            turns = draft.version in reached and draft.uses_now
            exports = tuple(export for export in draft.exports if export.draft_version in reached)
            if turns or exports:
                reason = reached[draft.version if turns else exports[-1].draft_version]
                found.append(Turned(draft, reason, turns, exports))
        return found

    def _uses(self, use: type[UseRow] | type[CustomerUseRow], about: Any, *columns: Any) -> list[Any]:
        """The uses of every draft version: draft, version, and these columns."""
        of_draft = and_(DraftRow.workspace == use.workspace, DraftRow.id == use.draft_id)
        statement = (
            select(use.draft_id, use.draft_version, *columns)
            .join(DraftRow, of_draft)
            .where(use.workspace == self.workspace, about)
        )
        with self.reading() as session:
            return [tuple(row) for row in session.execute(statement)]

    def _today(self) -> date:
        return self._library.now().date()
