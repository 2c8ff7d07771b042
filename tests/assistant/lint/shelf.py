"""Small libraries for lint: entries with only what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from assistant.lint.finding import LintFinding
from assistant.lint.library import lint_library
from knowledge.records import Audience, Customer, EntryVersion, Level, Permission, State, Use

TODAY = date(2026, 11, 1)
OLD = TODAY - timedelta(days=10)


def entry(entry_id: str, text: str, kind: str = "company", locale: str = "zh-CN", **more: Any) -> EntryVersion:
    """An approved public entry with an owner."""
    given: dict[str, Any] = {
        "version": 1,
        "title": f"标题 {entry_id}",
        "state": State.APPROVED,
        "audience": Audience.PUBLIC,
        "owner": "市场部",
    }
    return EntryVersion(entry_id=entry_id, kind=kind, locale=locale, text=text, **{**given, **more})


def customer(
    customer_id: str, *names: str, alias: str = "", alias_en: str = "", level: Level = Level.PUBLIC
) -> Customer:
    """A customer with permissions for everything at one level."""
    aliases = {tag: text for tag, text in (("zh-CN", alias), ("en", alias_en)) if text}
    permissions = tuple(Permission(use, level) for use in (Use.NAME, Use.QUOTE, Use.FIGURES))
    return Customer(customer_id, {"zh-CN": names[0]}, tuple(names[1:]), aliases, "", permissions)


def lint(rule: str, entries: Sequence[EntryVersion], customers: Sequence[Customer] = ()) -> list[LintFinding]:
    """The findings of one rule. Every span is where its words stand."""
    found = lint_library(entries, customers, (), TODAY, rules=[rule])
    texts = {(e.entry_id, e.version): e.text for e in entries}
    for finding in found:
        assert finding.rule == rule
        assert finding.places
        for place in finding.places:
            assert (place.entry_id, place.version) in texts
            if place.span:
                assert place.span.of(texts[(place.entry_id, place.version)]) == place.words
    return found


def words(found: Sequence[LintFinding]) -> list[tuple[str, ...]]:
    """Of each finding the words of its first two places, in their order by entry."""
    return sorted(tuple(place.words for place in finding.places[:2]) for finding in found)
