"""What the templates for stories and news do beyond their shape: ask, keep to the source, put first what matters."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace
from knowledge.domain.locale import Locale
from knowledge.domain.text import length
from knowledge.sample import FOLDER


def given(name: str) -> str:
    return (FOLDER / "inputs" / name).read_text(encoding="utf-8")


def said(draft: Draft, *sections: str) -> str:
    return "\n".join(p.text for s, p in draft.paragraphs() if s.id in sections and not p.gap)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_policy_brief_asks_which_policy_and_takes_either_an_entry_or_a_text(sample: Workspace, locale: str) -> None:
    assert [q.input for q in sample.draft(Brief("policy_brief", {"focus": "x"}, locale)).questions] == ["policy"]
    text = given(f"machine-data-act.{locale[:2]}.md")
    assert not sample.draft(Brief("policy_brief", {"text": text}, locale)).questions
    assert not sample.draft(Brief("policy_brief", {"policy": "网络弹性法案"}, locale)).questions


def test_a_policy_brief_from_a_text_says_nothing_of_the_policies_in_the_library(sample: Workspace) -> None:
    draft = sample.draft(Brief("policy_brief", {"text": given("machine-data-act.zh.md")}))
    assert "澜州工业数据管理局" in said(draft, "published")
    assert "网络弹性法案" not in said(draft, *(s.id for s in draft.sections))


def test_western_readers_learn_first_what_a_policy_means_for_them(sample: Workspace) -> None:
    def order(locale: str) -> list[str]:
        text = given(f"machine-data-act.{locale[:2]}.md")
        return [s.id for s in sample.draft(Brief("policy_brief", {"text": text}, locale)).sections]

    assert order("zh-CN").index("published") < order("zh-CN").index("impact")
    assert order("en").index("impact") < order("en").index("published")


@pytest.mark.parametrize("product", ["R300", "product-r300", "R300 边缘网关"])
def test_a_product_story_takes_a_name_or_an_id_and_tells_of_that_product_only(sample: Workspace, product: str) -> None:
    draft = sample.draft(Brief("product_story", {"product": product}))
    users = said(draft, "users", "gains")
    assert "试点" in users
    assert "R300" in users
    assert "6,200 台" not in users  # elevators with the R200


@pytest.mark.parametrize(
    ("locale", "question"),
    [("zh-CN", "没有通信口的老设备怎么联网？"), ("en", "How can old machines without a port be connected?")],
)
def test_an_answer_keeps_its_lengths_and_hardly_names_the_brand(sample: Workspace, locale: str, question: str) -> None:
    draft = sample.draft(Brief("qa_answer", {"question": question, "length": "both"}, locale))
    assert not [f for f in draft.findings if f.check == "keyword_overuse"]
    short = length(said(draft, "short", "short_next"), Locale(locale))
    long = length(said(draft, "answer", "reasons", "case", "next"), Locale(locale))
    low, middle, high = (100, 260, 900) if locale == "zh-CN" else (50, 140, 460)
    assert low <= short <= middle < long <= high


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_news_post_rests_on_its_source_alone(sample: Workspace, locale: str) -> None:
    draft = sample.draft(Brief("wechat_news", {"source": given(f"parts-depot.{locale[:2]}.md")}, locale))
    origins = {e.id: e.origin for e in draft.evidence}
    for section, paragraph in draft.paragraphs():
        if section.id != "contact":
            assert {origins[c] for c in paragraph.citations} == {"input"}
    assert all(line.startswith("▍") for line in said(draft, "body").splitlines())
    assert "1.1" in said(draft, "hook")


def test_company_news_begin_with_what_they_mean_for_users(sample: Workspace) -> None:
    draft = sample.draft(Brief("company_news", {"subject": "斯图加特办公室启用"}))
    assert "次日送达" in said(draft, "lead")
    assert "2024 年 4 月 16 日" in said(draft, "facts")


def test_an_article_tells_the_trigger_first_in_chinese_and_the_claim_first_in_english(sample: Workspace) -> None:
    zh = {"topic": "先算停机的账，再装传感器", "event": "各家工厂在做明年的设备预算"}
    first = sample.draft(Brief("insight_article", zh)).sections[1].paragraphs[0].text
    assert first.startswith("各家工厂在做明年的设备预算")
    en = {"topic": "Work out the cost of downtime before fitting sensors", "event": "Plants draw up their budgets"}
    first = sample.draft(Brief("insight_article", en, "en")).sections[1].paragraphs[0].text
    assert first.startswith("Work out the cost of downtime")
