"""Lint of a whole library."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from assistant.lint.finding import LintFinding
from assistant.lint.registry import BY_ID, RULES
from assistant.lint.view import LintView
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Severity
from knowledge.records import Customer, EntryVersion, Term

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def lint_library(
    entries: Iterable[EntryVersion],
    customers: Iterable[Customer],
    terms: Iterable[Term],
    today: date,
    *,
    rules: Collection[str] = (),
    kinds: Collection[str] = (),
    entry_ids: Collection[str] = (),
) -> list[LintFinding]:
    """What is wrong in the library on a day, errors first, then by rule.

    `entries` are the newest and the approved versions; with all versions, facts of replaced ones are found too. `rules`
    restricts to these rules; `kinds` and `entry_ids` to findings that touch an entry of these kinds or ids (all entries
    are compared either way). Raises `InputError` for a rule that does not exist.
    """
    unknown = sorted(set(rules) - set(BY_ID))
    if unknown:
        raise InputError(f"no lint rule is called '{unknown[0]}'; there are {', '.join(BY_ID)}")
    view = LintView(entries, customers, terms, today)
    wanted = [rule for rule in RULES if not rules or rule.id in rules]
    found = [finding for rule in wanted for finding in rule.look(view)]
    kind_of = {entry_id: versions[-1].kind for entry_id, versions in view.versions.items()}
    kept = [
        finding
        for finding in found
        if (not kinds or any(kind_of.get(entry_id) in kinds for entry_id in finding.entries))
        and (not entry_ids or any(entry_id in entry_ids for entry_id in finding.entries))
    ]
    return sorted(kept, key=lambda finding: _ORDER.index(finding.severity))
