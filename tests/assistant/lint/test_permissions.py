"""Permissions that run out or were withdrawn, and the entries that need them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from shelf import TODAY, customer, entry, lint

from knowledge.domain.finding import Severity
from knowledge.records import Audience, Level, Permission, Use

OPEN = customer("jilan", "济澜水务集团", "济澜水务", "Jilan Water", alias="华中某城市供水企业")
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
QUOTES = {"quotes": [{"text": "每一度电都说得清。", "speaker": "段文清", "approved": True}]}
UNAPPROVED = {"quotes": [{"text": "每一度电都说得清。", "speaker": "段文清", "approved": False}]}
PLAIN = entry("plain", "济澜水务是我们的客户。", customer="jilan")
FIGURES = entry("figures", "济澜水务有 58 座泵站。", kind="case", customer="jilan")
DATED = entry("dated", "济澜水务 2025 年 6 月上线。", kind="milestone", customer="jilan")
QUOTED = entry("quoted", "济澜水务是我们的客户。“每一度电都说得清。”", customer="jilan", fields=QUOTES)
WAITING = entry("waiting", "济澜水务是我们的客户。", customer="jilan", fields=UNAPPROVED)


@pytest.mark.parametrize(
    ("permissions", "severity"),
    [
        ([Permission(Use.NAME, Level.PUBLIC)], None),
        ([Permission(Use.NAME, Level.PUBLIC, until=TODAY + timedelta(days=31))], None),
        ([Permission(Use.NAME, Level.PUBLIC, until=TODAY + timedelta(days=30))], Severity.WARNING),
        ([Permission(Use.NAME, Level.PUBLIC, until=TODAY)], Severity.WARNING),
        ([Permission(Use.NAME, Level.PUBLIC, until=TODAY - timedelta(days=1))], Severity.ERROR),
        ([Permission(Use.NAME, Level.PUBLIC, withdrawn_on=TODAY)], Severity.ERROR),
        ([Permission(Use.NAME, Level.PUBLIC, until=TODAY), Permission(Use.NAME, Level.PUBLIC)], None),
        ([Permission(Use.NAME, Level.PUBLIC, until=TODAY), Permission(Use.NAME, Level.ALIAS)], Severity.WARNING),
        ([Permission(Use.NAME, Level.PUBLIC, withdrawn_on=TODAY), Permission(Use.NAME, Level.ALIAS)], None),
        (
            [
                Permission(Use.NAME, Level.PUBLIC, withdrawn_on=TODAY),
                Permission(Use.NAME, Level.ALIAS, until=TODAY - timedelta(days=1)),
            ],
            Severity.ERROR,
        ),
        ([Permission(Use.NAME, Level.PUBLIC, withdrawn_on=TODAY), Permission(Use.NAME, Level.PUBLIC)], None),
        ([Permission(Use.NAME, Level.ALIAS)], None),
        ([Permission(Use.NAME, Level.INTERNAL)], Severity.ERROR),
        ([], Severity.ERROR),
    ],
)
def test_permissions_that_end(permissions: list[Permission], severity: Severity | None) -> None:
    case = entry("case", "济澜水务有 58 座泵站。", kind="case", customer="jilan")
    found = lint("permission_ends", [case], [replace(OPEN, permissions=tuple(permissions))])

    assert [f.severity for f in found] == ([severity] if severity else [])
    inside = replace(case, audience=Audience.INTERNAL)
    assert not lint("permission_ends", [inside], [replace(OPEN, permissions=tuple(permissions))])


NAME = Permission(Use.NAME, Level.PUBLIC)


@pytest.mark.parametrize(
    ("permission", "entries"),
    [
        (Permission(Use.QUOTE, Level.PUBLIC, withdrawn_on=YESTERDAY), ["quoted"]),
        (Permission(Use.QUOTE, Level.PUBLIC, until=YESTERDAY), ["quoted"]),
        (Permission(Use.FIGURES, Level.PUBLIC, withdrawn_on=YESTERDAY), ["figures"]),
        (Permission(Use.FIGURES, Level.PUBLIC, until=TOMORROW), ["figures"]),
        (Permission(Use.NAME, Level.PUBLIC, until=TOMORROW), ["dated", "figures", "plain", "quoted", "waiting"]),
        (Permission(Use.VISIT, Level.PUBLIC, withdrawn_on=YESTERDAY), []),
    ],
)
def test_only_entries_that_need_the_use_are_named(permission: Permission, entries: list[str]) -> None:
    given = (permission,) if permission.use is Use.NAME else (NAME, permission)
    found = lint("permission_ends", [PLAIN, FIGURES, DATED, QUOTED, WAITING], [replace(OPEN, permissions=given)])

    assert sorted(entry_id for f in found for entry_id in f.entries) == entries


def test_a_withdrawn_use_that_no_entry_needs_is_not_told() -> None:
    """A new grant after a withdrawal: the quote stays withdrawn, and no entry holds one any more."""
    permissions = (
        Permission(Use.NAME, Level.PUBLIC, withdrawn_on=YESTERDAY),
        Permission(Use.QUOTE, Level.PUBLIC, until=TOMORROW, withdrawn_on=YESTERDAY),
        NAME,
    )
    customers = [replace(OPEN, permissions=permissions)]

    assert lint("permission_ends", [PLAIN, FIGURES, WAITING], customers) == []
    assert [f.entries for f in lint("permission_ends", [PLAIN, QUOTED], customers)] == [("quoted",)]


@pytest.mark.parametrize(
    ("permissions", "zh", "en"),
    [
        ([Permission(Use.QUOTE, Level.PUBLIC, withdrawn_on=YESTERDAY)], "已于 2026-10-31 撤回", "was withdrawn on 2026-10-31"),
        (
            [Permission(Use.QUOTE, Level.PUBLIC, until=TOMORROW, withdrawn_on=YESTERDAY)],
            "已于 2026-10-31 撤回", "was withdrawn on 2026-10-31",
        ),
        (
            [Permission(Use.QUOTE, Level.PUBLIC, until=YESTERDAY, withdrawn_on=TODAY)],
            "已于 2026-10-31 终止", "ended on 2026-10-31",
        ),
        (
            [
                Permission(Use.QUOTE, Level.PUBLIC, until=YESTERDAY - timedelta(days=300)),
                Permission(Use.QUOTE, Level.PUBLIC, withdrawn_on=YESTERDAY),
            ],
            "已于 2026-10-31 撤回", "was withdrawn on 2026-10-31",
        ),
        (
            [
                Permission(Use.QUOTE, Level.PUBLIC, withdrawn_on=YESTERDAY - timedelta(days=300)),
                Permission(Use.QUOTE, Level.PUBLIC, until=TOMORROW),
            ],
            "将于 2026-11-02 到期", "ends on 2026-11-02",
        ),
    ],
)  # fmt: skip
def test_withdrawn_and_ended_are_told_apart(permissions: list[Permission], zh: str, en: str) -> None:
    (found,) = lint("permission_ends", [QUOTED], [replace(OPEN, permissions=(NAME, *permissions))])

    assert zh in found.message.zh
    assert en in found.message.en
