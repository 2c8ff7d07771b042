"""Rulings on checks: another severity or off, with a reason; the newest holds, all stay readable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from databases import database_at
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from assistant.checking import check_text, only
from assistant.checks.policy import Policy, Ruling
from assistant.checks.registry import BY_ID
from assistant.checks.standards import Standards
from assistant.draft import Evidence
from assistant.rulings import Rulings
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale
from knowledge.store.database import Database
from knowledge.store.schema import CheckRulingRow
from knowledge.store.workspaces import ensure_workspace

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
CHECK = "number_unsupported"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = database_at(tmp_path)
    made.migrate()
    for name in ("north", "south"):
        ensure_workspace(made, name, NOW)
    yield made
    made.close()


@pytest.fixture
def rulings(database: Database) -> Rulings:
    return Rulings(database, "north")


def test_the_newest_ruling_holds_and_the_older_stay_readable(rulings: Rulings) -> None:
    rulings.rule(CHECK, "warning", "  a trial \n month ", "anna", NOW)
    rulings.rule(CHECK, "off", "too loud", "bo", NOW - timedelta(days=1))
    assert rulings.policy().rulings[CHECK].choice == "off"
    rulings.rule(CHECK, "default", "mended", "anna", NOW)
    assert rulings.policy() == Policy()
    kept = [(r.choice, r.reason, r.by) for r in rulings.history(CHECK)]
    assert kept == [("warning", "a trial month", "anna"), ("off", "too loud", "bo"), ("default", "mended", "anna")]
    assert rulings.history("citation_weak") == []
    assert rulings.history()[0].to_json() == {
        "check": CHECK, "severity": "warning", "reason": "a trial month", "by": "anna", "at": "2026-01-15T09:30:00Z",
    }  # fmt: skip


def test_another_workspace_has_its_own(rulings: Rulings, database: Database) -> None:
    rulings.rule(CHECK, "off", "too loud", "bo", NOW)
    south = Rulings(database, "south")
    assert (south.policy(), south.history()) == (Policy(), [])


@pytest.mark.parametrize("reason", ["", "  ", "\n\t", "\u200b", "\ud800"])
def test_a_ruling_without_a_reason_is_refused(rulings: Rulings, reason: str) -> None:
    with pytest.raises(InputError, match="needs a reason"):
        rulings.rule(CHECK, "off", reason, "bo", NOW)
    assert rulings.history() == []


def test_what_is_no_severity_or_no_check_is_refused(rulings: Rulings) -> None:
    with pytest.raises(InputError, match="error, warning, info, off, default"):
        rulings.rule(CHECK, "fatal", "why not", "bo", NOW)
    with pytest.raises(NotFound, match=r"no check 'Number-unsuported'; do you mean number_unsupported"):
        rulings.rule("Number-unsuported", "off", "why not", "bo", NOW)
    with pytest.raises(NotFound, match=r"no check 'zzz'; `koujing checks list`"):
        rulings.rule("zzz", "off", "why not", "bo", NOW)


def test_the_table_comes_and_goes_with_its_migration(database: Database) -> None:
    Rulings(database, "north").rule(CHECK, "off", "too loud", "bo", NOW)
    database.migrate("0001")
    assert "check_ruling" not in inspect(database.engine).get_table_names()
    database.migrate()
    assert Rulings(database, "north").history() == []


def test_the_table_can_be_made_on_postgresql() -> None:
    made = str(CreateTable(CheckRulingRow.__table__).compile(dialect=postgresql.dialect()))
    assert "SERIAL" in made
    assert "TIMESTAMP WITHOUT TIME ZONE" in made


def test_a_policy_changes_severities_and_takes_away_what_is_off() -> None:
    findings = [Finding(check, Severity.ERROR, "") for check in ("a", "b", "c")]
    policy = Policy({"a": Ruling("a", "info", "x"), "b": Ruling("b", "off", "x"), "z": Ruling("z", "off", "x")})
    assert [(f.check, f.severity) for f in policy.apply(findings)] == [("a", Severity.INFO), ("c", Severity.ERROR)]


def report(**rulings: str):  # type: ignore[no-untyped-def]
    policy = Policy({check: Ruling(check, choice, "a reason") for check, choice in rulings.items()})
    source = Evidence("", "公司有员工 480 人。", "zh-CN", source="s.txt")
    return check_text("公司在全国服务 27 座城市。", only([source]), Standards(Locale("zh-CN"), policy=policy))


def test_a_report_counts_what_a_ruling_took_away_or_changed() -> None:
    [finding] = [f for f in report().findings if f.severity is Severity.ERROR]
    off = report(**{finding.check: "off"})
    assert finding.check not in {f.check for f in off.findings}
    assert not off.has_errors
    assert [(r.ruling.check, r.findings) for r in off.rulings] == [(finding.check, 1)]
    assert off.to_json()["policy"][0]["findings"] == 1
    changed = report(**{finding.check: "info"})
    assert [f.severity for f in changed.findings if f.check == finding.check] == [Severity.INFO]
    assert [r.findings for r in changed.rulings] == [1]


def test_a_report_names_rulings_on_checks_that_look_at_such_a_text_only() -> None:
    on_drafts = next(check for check, cls in BY_ID.items() if cls.drafts_only)
    on_texts = next(check for check, cls in BY_ID.items() if not cls.drafts_only and check != "number_unsupported")
    rulings = report(**{on_drafts: "off", on_texts: "off", "no_such_check_any_more": "off"}).rulings
    assert [r.ruling.check for r in rulings] == [on_texts]


def test_a_workspace_holds_its_texts_to_its_rulings(sample: Workspace) -> None:
    text, source = "公司在全国服务 27 座城市。", [Evidence("", "公司有员工 480 人。", "zh-CN", source="s.txt")]
    [wrong] = [f for f in sample.check(text, source).findings if f.severity is Severity.ERROR]
    Rulings(sample.database, sample.name).rule(wrong.check, "off", "a reason", "bo", NOW)
    checked = sample.check(text, source)
    assert not checked.has_errors
    assert [(r.ruling.reason, r.findings) for r in checked.rulings] == [("a reason", 1)]
