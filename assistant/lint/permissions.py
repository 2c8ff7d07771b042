"""Permissions that run out or were withdrawn, with the approved entries for which they are needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.lint.finding import LintFinding, whole
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.words import Words
from knowledge.gate import quotes_of
from knowledge.records import Audience, Customer, EntryVersion, Level, Permission, Use

SOON = timedelta(days=30)
_USES = {Use.NAME: "名称", Use.QUOTE: "引语", Use.FIGURES: "数字"}


class PermissionEnds(LintRule):
    """A customer with approved public entries whose permission has run out, was withdrawn, or ends within 30 days.

    Each use is told with the entries that need it: for quotes those with an approved one, for figures those with
    figures. Of a use that no entry needs any more nothing is told, nor of a name that was withdrawn where the alias may
    stand in its place.
    """

    id = "permission_ends"
    severity = Severity.WARNING
    title = Words(zh="客户许可到期或撤回", en="Customer permission runs out or was withdrawn")
    remedy = Words(
        zh="向客户续签许可，或停用、改写相关条目",
        en="renew the permission with the customer, or retire or rewrite the entries",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        by: dict[str, list[EntryVersion]] = defaultdict(list)
        for entry in view.current:
            if entry.customer in view.customers and entry.audience is Audience.PUBLIC:
                by[entry.customer].append(entry)
        for customer_id, entries in by.items():
            customer = view.customers[customer_id]
            if not any(p.use is Use.NAME and p.level is not Level.INTERNAL for p in customer.permissions):
                yield self.finding(
                    f"客户 {customer_id} 没有任何对外许可，却有已批准的公开条目",
                    f"customer {customer_id} has given no permission for public use, and has approved public entries",
                    [whole(entry) for entry in entries], severity=Severity.ERROR,
                )  # fmt: skip
                continue
            for use in _USES:
                needing = [entry for entry in entries if _needs(entry, use, view)]
                if needing and (last := _ending(customer, use, view.today)):
                    yield self._told(customer_id, last, view.today, needing)

    def _told(self, customer: str, last: Permission, today: date, entries: Sequence[EntryVersion]) -> LintFinding:
        use, use_zh, places = last.use, _USES[last.use], [whole(entry) for entry in entries]
        if (day := _withdrawn(last)) is not None:
            return self.finding(
                f"客户 {customer} 的{use_zh}许可已于 {day} 撤回，仍有已批准的公开条目",
                f"the permission of customer {customer} for {use} was withdrawn on {day}; approved public entries "
                "remain",
                places, severity=Severity.ERROR,
            )  # fmt: skip
        if last.until is not None and last.until < today:
            return self.finding(
                f"客户 {customer} 的{use_zh}许可已于 {last.until} 终止，仍有已批准的公开条目",
                f"the permission of customer {customer} for {use} ended on {last.until}; approved public entries "
                "remain",
                places, severity=Severity.ERROR,
            )  # fmt: skip
        return self.finding(
            f"客户 {customer} 的{use_zh}许可将于 {last.until} 到期",
            f"the permission of customer {customer} for {use} ends on {last.until}", places,
        )  # fmt: skip


def _needs(entry: EntryVersion, use: Use, view: LintView) -> bool:
    """True when the entry cannot be used in full without this permission."""
    if use is Use.QUOTE:
        return any(str(quote.get("approved")).lower() in ("true", "yes") for quote in quotes_of(entry))
    if use is Use.FIGURES:
        return bool(entry.fields.get("results")) or any(q.date is None for q in view.reading(entry).quantities)
    return True


def _ending(customer: Customer, use: Use, today: date) -> Permission | None:
    """The permission that held longest, when it has ended or ends soon; None when one lasts, or none was ever given."""
    given = [p for p in customer.permissions if p.use is use and p.level is not Level.INTERNAL]
    if use is Use.NAME:
        public = [p for p in given if p.level is Level.PUBLIC]
        alias = any(p.level is Level.ALIAS and _holds(p, today) for p in given)
        # An alias needs no renewal where the name was never public; where the name ran out, that is what is told. When
        # it was withdrawn and the alias allowed, everything is said that the customer allows.
        if alias and public and all(_withdrawn(p) for p in public):
            return None
        given = public or given
    if not given or any(_lasts(p, today) for p in given):
        return None
    return max(given, key=_last_day)


def _holds(permission: Permission, today: date) -> bool:
    return permission.withdrawn_on is None and (permission.until is None or permission.until >= today)


def _lasts(permission: Permission, today: date) -> bool:
    return permission.withdrawn_on is None and (permission.until is None or permission.until > today + SOON)


def _withdrawn(permission: Permission) -> date | None:
    """The day of its withdrawal; None for one that had run out before."""
    day, until = permission.withdrawn_on, permission.until
    return None if day is None or (until is not None and until < day) else day


def _last_day(permission: Permission) -> date:
    """The last day on which it held, of one that does not last."""
    day = _withdrawn(permission)
    return day - timedelta(days=1) if day is not None else permission.until or date.max
