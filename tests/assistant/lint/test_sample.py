"""The sample library, by eye: what is found is there (README of the sample, planted difficulties), and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.lint.finding import LintFinding
from assistant.lint.library import lint_library
from assistant.lint.registry import RULES
from assistant.workspace import Workspace
from knowledge.domain.finding import Severity


@pytest.fixture
def found(sample: Workspace) -> list[LintFinding]:
    library = sample.library
    return lint_library(library.entries.latest(), library.customers.all(), library.glossary.all(), library.now().date())


def _told(found: list[LintFinding], rule: str) -> list[tuple[str, ...]]:
    return [finding.entries for finding in found if finding.rule == rule]


def test_the_figures(found: list[LintFinding]) -> None:
    """Difficulties 4 and 15; the two elevator projects, the pilots and the targets are told apart."""
    (contradiction,) = (f for f in found if f.rule == "contradiction")
    assert contradiction.severity is Severity.WARNING
    assert [(p.entry_id, p.words) for p in contradiction.places] == [
        ("company-profile", "超过 100"),
        ("press-facts", "100"),
        ("company-profile-en", "more than 100"),
        ("press-facts-en", "100"),
    ]
    (mixed,) = (f for f in found if f.rule == "figure_two_projects")
    assert [(p.entry_id, p.words) for p in mixed.places] == [
        ("facts-battlecard-draft", "35 分钟"),
        ("case-elevator-southwest", "35 分钟"),
        ("case-elevator", "38 分钟"),
    ]
    assert _told(found, "expired_cited") == []


def test_the_rest(found: list[LintFinding]) -> None:
    """Difficulties 3, 9, 12, 14; people have English versions but for the staff figures."""
    assert _told(found, "permission_ends") == [("case-heating",), ("case-heating",)]
    assert _told(found, "review_overdue") == [("tech-security",), ("tech-security-en",)]
    assert _told(found, "quote_unapproved") == [("case-stamping",), ("case-stamping-en",)]
    assert _told(found, "competitor_stale") == [("competitor-nordquell",), ("competitor-nordquell-en",)]
    assert _told(found, "locale_missing") == [("staff-figures",)]
    reported = {finding.rule for finding in found}
    assert reported == {
        "contradiction", "figure_two_projects", "permission_ends", "review_overdue", "quote_unapproved",
        "competitor_stale", "locale_missing",
    }  # fmt: skip


def test_half_a_year_later_the_house_has_expired_and_much_is_due(sample: Workspace) -> None:
    library = sample.library
    later = library.now().date() + timedelta(days=61)
    found = lint_library(library.entries.latest(), library.customers.all(), library.glossary.all(), later)

    assert ("brand-house",) not in _told(found, "pillar_proofs")
    assert len(_told(found, "review_overdue")) > 20
    assert _told(found, "contradiction")[0][:2] == ("company-profile", "press-facts")


def test_findings_as_json_in_both_languages(found: list[LintFinding]) -> None:
    for finding in found:
        zh, en = finding.to_json("zh"), finding.to_json()
        assert zh["message"] != en["message"]
        assert {key: zh[key] for key in ("rule", "entries", "places")} == {
            key: en[key] for key in ("rule", "entries", "places")
        }
        assert en["message"].isascii() or "'" in en["message"] or "of" in en["message"]
        assert all(set(place) == {"entry", "version", "span", "field", "words"} for place in en["places"])


def test_every_rule_is_described_once() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.title.zh and rule.title.en and rule.remedy.zh and rule.remedy.en for rule in RULES)
    assert all(type(rule).__doc__ for rule in RULES)
