"""Idioms and risks of a market: the lists that come with Koujing, and a workspace's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.localization.checks.base import Pair
from assistant.localization.checks.culture import CulturalRisk, LiteralIdiom
from assistant.localization.checks.registry import check_pair
from assistant.localization.content import Content
from assistant.localization.culture import Culture, culture_of
from assistant.localization.wording import WorkspaceWords
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Severity
from knowledge.domain.locale import LANGUAGES, Locale, parse_locale

OWN = """
idioms:
  - said: {zh: [飞轮]}
    literal: {en: ["flywheel*"]}
    why: {zh: 行话, en: jargon}
    instead: {zh: 写出因果, en: say what drives what}
risks:
  - kind: wording
    said: {en-GB: [bespoke]}
    why: {zh: 显得贵, en: sounds dear}
    instead: {zh: 换词, en: use another word}
"""


def test_every_entry_says_why_and_what_to_do_in_both_languages() -> None:
    culture = Culture.built_in()
    for one in (*culture.idioms, *culture.risks):
        assert all((one.why.zh, one.why.en, one.instead.zh, one.instead.en))
        assert one.said
        assert all(tag.split("-")[0] in LANGUAGES and words for tag, words in one.said.items())
        assert all(word.strip("* ") for words in one.said.values() for word in words)
    assert {risk.kind for risk in culture.risks} == {
        "colour", "number", "region", "superlative", "religion", "politics", "animal", "wording",
    }  # fmt: skip


def test_advice_never_holds_a_segment() -> None:
    assert Severity.ERROR not in {LiteralIdiom.severity, CulturalRisk.severity}
    pair = Pair(
        Content.of("龙头企业用平台为伙伴赋能"), Content.of("A dragon head empowers its partners with a platform"),
        Locale("zh-CN"), Locale("en"),
    )  # fmt: skip
    found = {finding.check: finding for finding in check_pair(pair)}
    assert {"literal_idiom", "cultural_risk"} <= set(found)
    assert Severity.ERROR not in {finding.severity for finding in found.values()}


@pytest.mark.parametrize(
    ("target", "tag", "found"),
    [
        ("本产品业内最佳", "zh-CN", True),
        ("本产品业内最佳", "zh", True),
        ("本產品業內最佳", "zh-HK", False),
        ("dragonfly", "de", False),
        ("Meet in Room 13", "en", False),
        ("Meet on floor 13", "en", True),
    ],
)
def test_a_risk_is_one_of_its_market(target: str, tag: str, found: bool) -> None:
    assert bool(list(Culture.built_in().risks_in(target, parse_locale(tag)))) is found


def test_a_workspace_adds_its_own(tmp_path: Path) -> None:
    assert culture_of(tmp_path) is Culture.built_in()
    (tmp_path / "culture.yaml").write_text(OWN, encoding="utf-8")
    culture = culture_of(tmp_path)
    [(_, said, literal)] = culture.idioms_in("增长飞轮", "zh", "en")
    assert (said, literal is not None and literal.search("a flywheel") is not None) == ("飞轮", True)
    assert [risk.why.en for risk, _ in culture.risks_in("A bespoke plan", Locale("en-GB"))] == ["sounds dear"]
    assert list(culture.risks_in("A bespoke plan", Locale("en-US"))) == []
    assert len(culture.idioms) == len(Culture.built_in().idioms) + 1


@pytest.mark.parametrize(
    ("text", "word"),
    [("idioms: [", "YAML"), ("idioms:\n  - said: {zh: [飞轮]}\n", "idioms.0.why"), ("jokes: []", "jokes")],
)
def test_a_wrong_file_is_one_line_that_says_where(tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "culture.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=word) as refused:
        culture_of(tmp_path)
    assert str(refused.value).startswith("culture.yaml: ")
    assert "\n" not in str(refused.value)


def test_jobs_and_drafts_look_for_what_the_workspace_added(sample: Workspace) -> None:
    (sample.library.home / "culture.yaml").write_text(OWN, encoding="utf-8")
    known = WorkspaceWords(sample.library).known("增长飞轮", Locale("zh-CN"), Locale("en"))
    assert known.culture.idioms[-1].said == {"zh": ("飞轮",)}
