"""Which drafts no longer hold, and why.

A draft is stale when its newest version uses what is not the line today: an entry that has expired or was retired, a
version whose figures, dates or quotes a newer one changed, a customer who no longer permits it. Nothing has to run for
that: it follows from the library as it stands and from the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from knowledge.domain.errors import Conflict
from knowledge.library import Library
from knowledge.records import Audience, Level, Scope, State
from knowledge.store.passages import batches
from knowledge.store.repository import Repository
from knowledge.store.schema import CustomerUseRow, DraftRow, EntryRow, EntryVersionRow, UseRow
from prompts.template import Words


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


class _EntryNow(NamedTuple):
    """An entry version that a draft used, and the approved version as it stands today."""

    state: str
    facts: str
    line: int | None
    line_facts: str
    line_until: date | None


class Staleness(Repository):
    """Asks for one library which drafts no longer hold."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.database, library.workspace)
        self._library = library

    def of(self, draft_ids: Collection[str] | None = None) -> dict[str, tuple[Reason, ...]]:
        """Why the newest version of each of these drafts (None: of all) no longer holds; those that hold are left
        out."""
        reasons: dict[str, list[Reason]] = defaultdict(list)
        for draft_id, reason in (*self._by_entries(draft_ids), *self._by_customers(draft_ids)):
            reasons[draft_id].append(reason)
        return {draft_id: tuple(dict.fromkeys(found)) for draft_id, found in reasons.items()}

    def refuse(self, draft_id: str) -> None:
        """Raises `Conflict` when the draft must not leave before it was checked again and mended."""
        reasons = self.of([draft_id]).get(draft_id)
        if reasons:
            told = "; ".join(reason.words.of("en") for reason in reasons)
            raise Conflict(
                f"draft '{draft_id}' is stale: {told}; check it again with `koujing drafts check {draft_id}` and mend "
                "what it finds"
            )

    def _by_entries(self, draft_ids: Collection[str] | None) -> Iterator[tuple[str, Reason]]:
        today = self._library.now().date()
        newest = and_(
            DraftRow.workspace == UseRow.workspace,
            DraftRow.id == UseRow.draft_id,
            DraftRow.version == UseRow.draft_version,
        )
        statement = (
            select(UseRow.draft_id, UseRow.entry_id, UseRow.entry_version)
            .join(DraftRow, newest)
            .where(UseRow.workspace == self.workspace)
        )
        used = self._in_parts(statement, UseRow.draft_id, draft_ids)
        states = self._entries_now({(entry_id, version) for _, entry_id, version in used})
        reasons = {key: _why(key, now, today) for key, now in states.items()}
        for draft_id, entry_id, version in used:
            reason = reasons.get((entry_id, version))
            if reason is not None:
                yield draft_id, reason

    def _entries_now(self, used: set[tuple[str, int]]) -> dict[tuple[str, int], _EntryNow]:
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
        rows = self._in_parts(statement, EntryVersionRow.entry_id, {entry_id for entry_id, _ in used})
        known = {(entry_id, version): rest for entry_id, version, *rest in rows}
        now = {}
        for key in used & known.keys():
            state, facts, _, line = known[key]
            _, line_facts, line_until, _ = known[key[0], line] if line else ("", "", None, None)
            now[key] = _EntryNow(state, facts, line, line_facts, line_until)
        return now

    def _by_customers(self, draft_ids: Collection[str] | None) -> Iterator[tuple[str, Reason]]:
        newest = and_(
            DraftRow.workspace == CustomerUseRow.workspace,
            DraftRow.id == CustomerUseRow.draft_id,
            DraftRow.version == CustomerUseRow.draft_version,
        )
        uses = (CustomerUseRow.draft_id, CustomerUseRow.customer_id, CustomerUseRow.named, CustomerUseRow.quoted)
        statement = (
            select(*uses, DraftRow.audience, DraftRow.market, DraftRow.channel)
            .join(DraftRow, newest)
            .where(CustomerUseRow.workspace == self.workspace)
        )
        seen: dict[tuple[Any, ...], Reason | None] = {}
        for draft_id, *use in self._in_parts(statement, CustomerUseRow.draft_id, draft_ids):
            key = tuple(use)
            if key not in seen:
                seen[key] = self._not_permitted(*use)
            reason = seen[key]
            if reason is not None:
                yield draft_id, reason

    def _not_permitted(
        self, customer_id: str, named: bool, quoted: bool, audience: str, market: str | None, channel: str | None
    ) -> Reason | None:
        """What of a customer a draft for this circle says and may not say today."""
        scope = Scope(audience=Audience(audience), market=market, channel=channel)
        if scope.audience is Audience.INTERNAL:
            return None
        clearance = self._library.clearance(customer_id, scope)
        if clearance is None or clearance.name is Level.INTERNAL:
            words = Words(zh=f"客户 {customer_id} 已不允许对外提及", en=f"customer {customer_id} may not be spoken of")
        elif named and clearance.name is not Level.PUBLIC:
            words = Words(zh=f"客户 {customer_id} 已不允许具名", en=f"customer {customer_id} may no longer be named")
        elif quoted and not clearance.quote:
            words = Words(zh=f"客户 {customer_id} 的引语许可已失效", en=f"customer {customer_id} may not be quoted")
        elif not clearance.figures:
            words = Words(
                zh=f"客户 {customer_id} 的数据许可已失效", en=f"figures of customer {customer_id} may not be used"
            )
        else:
            return None
        return Reason("permission", customer_id, words)

    def _in_parts(self, statement: Any, column: ColumnElement[Any] | Any, wanted: Collection[str] | None) -> list[Any]:
        parts: Sequence[Any] = (
            [statement] if wanted is None else [statement.where(column.in_(p)) for p in batches(sorted(wanted))]
        )
        with self.reading() as session:
            return [row for part in parts for row in session.execute(part)]


def _head() -> ColumnElement[bool]:
    return and_(EntryRow.workspace == EntryVersionRow.workspace, EntryRow.id == EntryVersionRow.entry_id)


def _why(used: tuple[str, int], now: _EntryNow, today: date) -> Reason | None:
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
