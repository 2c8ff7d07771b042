"""Which drafts no longer hold, and why.

A draft is stale when its newest version uses what is not the line today: an entry that has expired or was retired, a
version whose figures, dates or quotes a newer one changed, a customer who no longer permits it. Nothing has to run for
that: it follows from the library as it stands and from the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select

from knowledge.clearance import Clearance
from knowledge.domain.errors import Conflict
from knowledge.domain.words import Words
from knowledge.library import Library
from knowledge.records import Audience, Level, Scope, State, Use
from knowledge.store.passages import batches
from knowledge.store.repository import Repository
from knowledge.store.schema import CustomerUseRow, DraftRow, EntryRow, EntryVersionRow, UseRow


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a draft no longer holds. `cause` is expired, retired, changed or permission; `subject` an entry or a
    customer; `used` and `now` are versions of the entry."""

    cause: str
    subject: str
    words: Words
    used: int | None = None
    now: int | None = None

    def to_json(self, language: str = "en") -> dict[str, Any]:
        return {
            "cause": self.cause,
            "subject": self.subject,
            "used": self.used,
            "now": self.now,
            "message": self.words.of(language),
        }


class EntryNow(NamedTuple):
    """An entry version that a draft used, and the approved version as it stands today."""

    state: str
    facts: str
    line: int | None
    line_facts: str
    line_until: date | None


Wanted = Collection[str] | Select[Any] | None
"""Drafts by id, by a SELECT of ids, or (None) all."""

_Use = type[UseRow] | type[CustomerUseRow]
_ENTRY = (UseRow.entry_id, UseRow.entry_version)
_CUSTOMER = (CustomerUseRow.customer_id, CustomerUseRow.named, CustomerUseRow.quoted)


class Staleness(Repository):
    """Asks for one library which drafts no longer hold."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.database, library.workspace)
        self._library = library

    def of(self, drafts: Wanted = None, version: int | None = None) -> dict[str, tuple[Reason, ...]]:
        """Why each of these drafts no longer holds; those that hold are left out. Asked of the newest version unless
        one is given."""
        reasons: dict[str, list[Reason]] = defaultdict(list)
        for draft_id, reason in (*self._by_entries(drafts, version), *self._by_customers(drafts, version)):
            reasons[draft_id].append(reason)
        return {draft_id: tuple(dict.fromkeys(found)) for draft_id, found in reasons.items()}

    def refuse(self, draft_id: str, version: int | None = None) -> None:
        """Raises `Conflict` when the draft must not leave before it was checked again and mended."""
        reasons = self.of([draft_id], version).get(draft_id)
        if reasons:
            told = "; ".join(reason.words.of("en") for reason in reasons)
            raise Conflict(
                f"draft '{draft_id}' is stale: {told}; check it again with `koujing drafts check {draft_id}` and mend "
                "what it finds"
            )

    def _by_entries(self, drafts: Wanted, version: int | None) -> Iterator[tuple[str, Reason]]:
        """First which versions are used at all, which are few; then who uses those that do not hold."""
        today = self._library.now().date()
        used = {(entry_id, number) for entry_id, number in self._uses(UseRow, _ENTRY, drafts, version, distinct=True)}
        for (entry_id, number), now in self.entries_now(used).items():
            reason = why_entry((entry_id, number), now, today)
            if reason is not None:
                alike = and_(UseRow.entry_id == entry_id, UseRow.entry_version == number)
                for (draft_id,) in self._uses(UseRow, (UseRow.draft_id,), drafts, version, alike):
                    yield draft_id, reason

    def entries_now(self, used: Set[tuple[str, int]]) -> dict[tuple[str, int], EntryNow]:
        """Entry versions beside the approved version of each as it stands today; unknown ones are left out."""
        columns = (
            EntryVersionRow.entry_id,
            EntryVersionRow.version,
            EntryVersionRow.state,
            EntryVersionRow.facts,
            EntryVersionRow.valid_until,
            EntryRow.approved_version,
        )
        statement = (
            select(*columns)
            .join(EntryRow, _head())
            .where(
                EntryVersionRow.workspace == self.workspace,
                or_(
                    EntryVersionRow.version == EntryRow.approved_version,
                    EntryVersionRow.version.in_({version for _, version in used}),
                ),
            )
        )
        parts = batches(sorted({entry_id for entry_id, _ in used}))
        with self.reading() as session:
            rows = [row for p in parts for row in session.execute(statement.where(EntryVersionRow.entry_id.in_(p)))]
        stood = {
            (entry_id, version): (state, facts, until, line) for entry_id, version, state, facts, until, line in rows
        }
        now = {}
        for entry_id, version in used & stood.keys():
            state, facts, _, line = stood[entry_id, version]
            _, line_facts, line_until, _ = stood[entry_id, line] if line else ("", "", None, None)
            now[entry_id, version] = EntryNow(state, facts, line, line_facts, line_until)
        return now

    def _by_customers(self, drafts: Wanted, version: int | None) -> Iterator[tuple[str, Reason]]:
        columns = (*_CUSTOMER, DraftRow.audience, DraftRow.market, DraftRow.channel)
        for use in self._uses(CustomerUseRow, columns, drafts, version, distinct=True):
            reason = self._not_permitted(*use)
            if reason is not None:
                alike = and_(*(column.is_not_distinct_from(value) for column, value in zip(columns, use, strict=True)))
                for (draft_id,) in self._uses(CustomerUseRow, (CustomerUseRow.draft_id,), drafts, version, alike):
                    yield draft_id, reason

    def _not_permitted(
        self, customer_id: str, named: bool, quoted: bool, audience: str, market: str | None, channel: str | None
    ) -> Reason | None:
        """What of a customer a draft for this circle says and may not say today."""
        scope = Scope(audience=Audience(audience), market=market, channel=channel)
        if scope.audience is Audience.INTERNAL:
            return None
        return why_customer(customer_id, self._library.clearance(customer_id, scope), named, quoted)

    def _uses(
        self,
        use: _Use,
        columns: Sequence[Any],
        drafts: Wanted,
        version: int | None,
        alike: ColumnElement[bool] | None = None,
        *,
        distinct: bool = False,
    ) -> list[Any]:
        """Columns of the uses of these drafts, of those that are `alike` when that is asked for."""
        statement = select(*columns).join(DraftRow, _draft_of(use, version)).where(use.workspace == self.workspace)
        if alike is not None:
            statement = statement.where(alike)
        if distinct:
            statement = statement.distinct()
        parts: list[Any] = [statement]
        if isinstance(drafts, Select):
            parts = [statement.where(use.draft_id.in_(drafts))]
        elif drafts is not None:
            parts = [statement.where(use.draft_id.in_(part)) for part in batches(sorted(drafts))]
        with self.reading() as session:
            return list(dict.fromkeys(tuple(row) for part in parts for row in session.execute(part)))


def _draft_of(use: _Use, version: int | None) -> ColumnElement[bool]:
    """Joins a use to the draft whose newest version (or the one given) it is of."""
    return and_(
        DraftRow.workspace == use.workspace,
        DraftRow.id == use.draft_id,
        use.draft_version == (DraftRow.version if version is None else version),
    )


def _head() -> ColumnElement[bool]:
    return and_(EntryRow.workspace == EntryVersionRow.workspace, EntryRow.id == EntryVersionRow.entry_id)


def why_customer(customer_id: str, clearance: Clearance | None, named: bool, quoted: bool) -> Reason | None:
    """Why a text that speaks of a customer no longer holds under this clearance; None when it does."""
    if clearance is None or clearance.name is Level.INTERNAL:
        words = Words(zh=f"客户 {customer_id} 已不允许对外提及", en=f"customer {customer_id} may not be spoken of")
    elif named and clearance.name is not Level.PUBLIC:
        words = Words(zh=f"客户 {customer_id} 已不允许具名", en=f"customer {customer_id} may no longer be named")
    elif quoted and not clearance.allows(Use.QUOTE):
        words = Words(zh=f"客户 {customer_id} 的引语许可已失效", en=f"customer {customer_id} may not be quoted")
    elif not clearance.allows(Use.FIGURES):
        words = Words(
            zh=f"客户 {customer_id} 的数据许可已失效", en=f"figures of customer {customer_id} may not be used"
        )
    else:
        return None
    return Reason("permission", customer_id, words)


def why_entry(used: tuple[str, int], now: EntryNow, today: date) -> Reason | None:
    """Why a text that used this version no longer holds; None when it does. A newer version that says the same
    figures, dates and quotes changes nothing; a version that was never approved is the business of a check."""
    entry_id, version = used
    if now.line is None:
        if now.state != State.RETIRED:
            return None
        words = Words(zh=f"条目 {entry_id} 已退役", en=f"entry {entry_id} is retired")
        return Reason("retired", entry_id, words, version)
    if now.line_until is not None and today > now.line_until:
        words = Words(
            zh=f"条目 {entry_id} 已于 {now.line_until} 到期", en=f"entry {entry_id} expired on {now.line_until}"
        )
        return Reason("expired", entry_id, words, version, now.line)
    if now.line > version and (not now.facts or now.facts != now.line_facts):
        words = Words(
            zh=f"条目 {entry_id} 第 {now.line} 版的数字、日期或引语与所用的第 {version} 版不同",
            en=f"version {now.line} of entry {entry_id} says other figures, dates or quotes than version {version}, "
            "which was used",
        )
        return Reason("changed", entry_id, words, version, now.line)
    return None
