"""What is not the line any more and is still told: figures of expired and retired entries, references to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.claims.quantities import match_of
from assistant.lint.comparing import FEWEST, at_odds, significant
from assistant.lint.figures import HISTORY, Figure
from assistant.lint.finding import LintFinding, whole
from assistant.lint.ledger import FigureLedger
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView, overlap, strings
from knowledge.domain.finding import Severity
from knowledge.domain.quantity import Match
from knowledge.domain.words import Words
from knowledge.records import EntryVersion, State

REFERENCES = frozenset(
    "source sources see see_also proof proofs evidence related entry entries case cases cites".split()
)
"""Fields whose values name other entries."""
_PAST_ON_PURPOSE = frozenset({"replaces", "supersedes", "replaced", "previous"})
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_LAST_KEY = re.compile(r"([^.\[\]]+)(?:\[\d+\])*$")


class ExpiredCited(LintRule):
    """An approved entry that repeats a figure which only an expired, retired or replaced entry stands for, or that
    refers to such an entry or to none at all."""

    id = "expired_cited"
    severity = Severity.ERROR
    title = Words(zh="引用了过期的说法", en="Expired facts cited")
    remedy = Words(
        zh="换成现行口径，或续期、重新批准被引用的条目",
        en="use the current line, or renew the entry that is referred to",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        ledger = FigureLedger.of(view)
        seen: set[tuple[object, ...]] = set()
        for past in view.past:
            for old in ledger.figures(past):
                if old.in_text and not old.aim and _telling(old):
                    for finding, key in self._repeated(old, ledger, view):
                        if key not in seen:
                            seen.add(key)
                            yield finding
        yield from self._references(view)

    def _repeated(
        self, old: Figure, ledger: FigureLedger, view: LintView
    ) -> Iterator[tuple[LintFinding, tuple[object, ...]]]:
        alike = [f for f in ledger.alike(old) if ledger.measures.same_measure(f, old)]
        told = [f for f in alike if match_of(f.quantity, old.quantity) is Match.SAME]
        successor = view.line.get(old.entry.entry_id)
        if not told or any(f.entry is successor for f in told):
            return
        newer = [f for f in alike if at_odds(f, old) and _replaces(f, old, view)]
        for figure in told:
            if not figure.in_text or figure.entry.kind in HISTORY or not overlap(figure.entry, old.entry):
                continue
            rival = next((f for f in newer if f.entry is not figure.entry), None)
            alone = successor is None and not figure.entry.customer and len({view.group(f.entry) for f in told}) == 1
            if rival is None and not (alone and significant(old.quantity) > 1):
                continue
            state, said = _state(old.entry, view), figure.quantity.text
            now = Words(zh="", en="")
            if rival:
                now = Words(zh=f"，现行说法是“{rival.quantity.text}”", en=f"; the line is now '{rival.quantity.text}'")
            yield self.finding(
                f"“{said}”出自{state.zh}条目 {old.entry.entry_id}{now.zh}",
                f"'{said}' is what the {state.en} entry {old.entry.entry_id} said{now.en}",
                [figure.place, old.place, *([rival.place] if rival else [])],
                severity=None if rival else Severity.WARNING,
            ), (figure.place, old.entry.entry_id, old.quantity.value)  # fmt: skip

    def _references(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            for path, value in strings(entry.fields):
                key = found[1] if (found := _LAST_KEY.search(path)) else path
                known = value in view.versions
                if key in _PAST_ON_PURPOSE or value == entry.entry_id or value in view.line:
                    continue
                if known or (key in REFERENCES and _ID.fullmatch(value)):
                    yield self._refers(entry, path, value, view)
            target = entry.translates
            if target and target not in view.line and _is_past(target, view):
                yield self._refers(entry, "translates", target, view)

    def _refers(self, entry: EntryVersion, path: str, target: str, view: LintView) -> LintFinding:
        versions = view.versions.get(target)
        if not versions:
            return self.finding(
                f"{path} 指向不存在的条目 {target}", f"{path} names the entry {target}, which does not exist",
                [whole(entry, path, target)],
            )  # fmt: skip
        state = _state(versions[-1], view)
        return self.finding(
            f"{path} 指向{state.zh}条目 {target}", f"{path} names the entry {target}, which is {state.en}",
            [whole(entry, path, target), whole(versions[-1])],
        )  # fmt: skip


def _telling(figure: Figure) -> bool:
    """True for a figure that can be known again by what it is said of."""
    return bool(figure.concept) or len(figure.words) >= FEWEST.get(figure.language, 2)


def _replaces(newer: Figure, old: Figure, view: LintView) -> bool:
    """True when the newer figure stands in the old one's place: of the same period, or a count as of a later day."""
    if not newer.period.clashes_with(old.period, view.today, lasting=newer.lasting):
        return True
    counted = [day for day in old.period.dates if day.month is not None]
    return bool(counted) and len(counted) == len(old.period.dates) and not old.period.lengths


def _is_past(entry_id: str, view: LintView) -> bool:
    """True for an entry that is gone or was said once; a draft that comes later is none."""
    versions = view.versions.get(entry_id)
    return not versions or versions[-1].state_on(view.today) in (State.EXPIRED, State.RETIRED)


def _state(entry: EntryVersion, view: LintView) -> Words:
    last = entry.state_on(view.today)
    if last is State.APPROVED:
        return Words(zh="已被新版本取代的", en="replaced")
    return {
        State.EXPIRED: Words(zh="已过期的", en="expired"),
        State.RETIRED: Words(zh="已停用的", en="retired"),
    }.get(last, Words(zh="尚未批准的", en="not approved"))
