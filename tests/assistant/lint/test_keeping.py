"""Pillars, superlatives, locales, dates, duplicates and what else every entry needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from shelf import OLD, TODAY, customer, entry, lint

from knowledge.domain.finding import Severity
from knowledge.records import Audience, EntryVersion, State

WATER = entry("case-water", "济澜水务的月均电费由 263 万元降至 231 万元。", kind="case", customer="jilan")
TOOLS = entry("case-tools", "远程解决的服务单由 22% 升至 57%。", kind="case", customer="tools")
GONE = entry("case-gone", "一个旧案例。", kind="case", customer="gone", state=State.RETIRED)
JILAN = customer("jilan", "济澜水务")


# --- brand house -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proofs", "weak"),
    [
        (["case-water", "case-tools"], False),
        (["case-water", "远程解决的服务单由 22% 升至 57%"], False),
        (["case-water", {"entry": "case-tools"}], False),
        (["case-water"], True),
        (["case-water", "case-water"], True),
        (["case-water", "case-gone"], True),
        (["case-water", "no-such-case"], True),
        (["case-water", "服务好"], True),
        (["case-water", "远程解决的服务单升至 88%"], True),
        ([], True),
        (None, True),
    ],
)
def test_a_pillar_needs_two_proofs_that_hold(proofs: Any, weak: bool) -> None:
    fields = {"pillars": [{"name": "算得清", "line": "省下的都能对账", "proofs": proofs}]}
    house = entry("house", "支柱一：算得清\n省下的都能对账。", kind="brand_house", fields=fields)
    found = lint("pillar_proofs", [house, WATER, TOOLS, GONE])

    assert bool(found) is weak
    assert not weak or found[0].places[0].words == "算得清"


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("支柱一：算得清\n- 月均电费由 263 万元降至 231 万元。\n- 服务单由 22% 升至 57%。\n事件传播\n开放日。", []),
        (
            "支柱一：算得清\n- 月均电费由 263 万元降至 231 万元。\n支柱二：看得早\n- 服务单由 22% 升至 57%。",
            ["算得清", "看得早"],
        ),
        ("Pillar 1: Adds up\nSee case-water and case-tools.", []),
        ("Pillar 1: Adds up\nEvery saving can be reconciled.", ["Adds up"]),
    ],
)
def test_pillars_in_the_text(text: str, weak: list[str]) -> None:
    found = lint("pillar_proofs", [entry("house", text, kind="brand_house"), WATER, TOOLS])

    assert [name for f in found for name in (f.places[0].words,) if any(w in name for w in weak)] == [
        place.words for f in found for place in f.places[:1]
    ]
    assert len(found) == len(weak)


def test_a_house_without_pillars_is_told_once() -> None:
    (found,) = lint("pillar_proofs", [entry("house", "品牌主张：停机之前，先知道。", kind="brand_house")])
    assert found.severity is Severity.WARNING


# --- superlatives ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("汀石工联是国内首家推出该网关的厂商。", "首家"),
        ("汀石工联是行业第一。", "第一"),
        ("Tingstone is the leading supplier of edge gateways.", "leading"),
        ("这是我们的首个海外办公室。", ""),
        ("汀石工联生产边缘网关。", ""),
        ("Tingstone makes edge gateways.", ""),
    ],
)
def test_superlatives_need_a_proof(text: str, said: str) -> None:
    found = lint("superlative_unproven", [entry("page", text, locale="en" if text.isascii() else "zh-CN")])

    assert bool(found) is bool(said)
    assert all(said in place.words for f in found for place in f.places)


def test_a_document_or_a_field_proves_a_superlative() -> None:
    text = "汀石工联是国内首家推出断网诊断网关的厂商。"
    report = entry("report", "经查新，汀石工联在国内首家推出断网诊断网关。", kind="document")

    assert lint("superlative_unproven", [entry("page", text)])
    assert not lint("superlative_unproven", [entry("page", text), report])
    assert not lint("superlative_unproven", [entry("page", text, fields={"proof": "查新报告 2026-03"})])
    assert not lint("superlative_unproven", [entry("rival", text, kind="competitor")])


# --- locales -----------------------------------------------------------------------------------------------------------


def _people(having: int, of: int, **more: Any) -> list[EntryVersion]:
    made = [entry(f"p{n}", "简介。", kind="people", **more) for n in range(of)]
    return made + [
        entry(f"p{n}-en", "Biography.", kind="people", locale="en", translates=f"p{n}") for n in range(having)
    ]


@pytest.mark.parametrize(("having", "of", "missing"), [(3, 4, 1), (2, 4, 2), (1, 4, 0), (0, 4, 0), (4, 4, 0)])
def test_a_locale_counts_as_served_from_half_of_the_entries_on(having: int, of: int, missing: int) -> None:
    found = lint("locale_missing", _people(having, of))

    assert [f.entries[0] for f in found] == [f"p{n}" for n in range(of) if n >= having][:missing]


def test_entries_for_the_chinese_market_or_inside_the_company_need_no_english() -> None:
    rest = _people(3, 3)
    assert lint("locale_missing", [*rest, entry("all", "简介。", kind="people")])
    assert not lint("locale_missing", [*rest, entry("cn", "简介。", kind="people", markets=("CN",))])
    assert not lint("locale_missing", [*rest, entry("in", "简介。", kind="people", audience=Audience.INTERNAL)])
    assert lint("locale_missing", [*rest, entry("eu", "简介。", kind="people", markets=("CN", "EU"))])


def test_a_draft_translation_is_named() -> None:
    draft = entry("p2-en", "Biography.", kind="people", locale="en", translates="p2", state=State.DRAFT)
    (found,) = lint("locale_missing", [*_people(2, 3), draft])
    assert found.entries == ("p2", "p2-en")


def test_a_translation_older_than_its_original() -> None:
    made = datetime(2026, 3, 1)
    first, second = (entry("a", f"第 {n} 版。", version=n, created_at=made + timedelta(days=30 * n)) for n in (1, 2))
    old = entry("a-en", "Version 1.", locale="en", translates="a", created_at=made + timedelta(days=31))
    new = entry("a-en", "Version 2.", locale="en", translates="a", version=2, created_at=made + timedelta(days=70))

    (found,) = lint("translation_outdated", [first, second, old])
    assert found.entries == ("a-en", "a")
    assert not lint("translation_outdated", [first, second, old, new])
    assert not lint("translation_outdated", [first, old])


# --- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (0, False), (1, False)])
def test_reviews(days: int, overdue: bool) -> None:
    due = entry("page", "文字。", review_due=TODAY + timedelta(days=days))
    assert bool(lint("review_overdue", [due])) is overdue


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (30, True), (31, False)])
def test_entries_that_end_soon(days: int, soon: bool) -> None:
    assert bool(lint("expires_soon", [entry("page", "文字。", valid_until=TODAY + timedelta(days=days))])) is soon


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("2024 年 5 月其新闻稿称在上海设立联络处。", True),
        ("2024 年 11 月其官网列出 9 个案例。", False),
        ("2023 年其官网列出 9 个案例，2026 年 6 月列出 17 个。", False),
        ("A press release of May 2024 announced an office in Shanghai.", True),
        ("Its website lists nine cases.", False),
    ],
)
def test_old_facts_about_competitors(text: str, stale: bool) -> None:
    rival = entry("rival", text, kind="competitor", locale="en" if text.isascii() else "zh-CN")
    assert bool(lint("competitor_stale", [rival])) is stale
    assert not lint("competitor_stale", [entry("own", text)])


# --- duplicates --------------------------------------------------------------------------------------------------------

_TEXT = (
    "汀石工联把采集、归类和报警判断放在网关上完成，云端负责汇总、对比和派单。工厂的网络会断，停机不会等网络恢复。"
    "对于没有通信口的老设备，汀石工联用电流互感器、脉冲传感器和干接点采集运行状态，不需要打开设备的控制程序。"
    "每条预警都附频谱图和同类历史故障，供工程师核对；是否停机由设备使用者决定。"
)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (_TEXT, True),
        (_TEXT + "更多信息请访问官网。", True),
        (_TEXT.replace("工厂", "车间").replace("派单", "分派"), True),
        (_TEXT[: len(_TEXT) // 2], False),
        ("顾言舟是汀石工联的创始人、董事长兼首席执行官，做了 11 年设备工程师，其中 6 年负责夜班抢修。", False),
    ],
)
def test_nearly_the_same_text(other: str, same: bool) -> None:
    found = lint("duplicate", [entry("one", _TEXT), entry("two", other)])

    assert bool(found) is same
    assert not same or found[0].entries == ("one", "two")


def test_translations_retired_entries_and_other_languages_are_no_duplicates() -> None:
    one = entry("one", _TEXT)
    assert not lint("duplicate", [one, entry("two", _TEXT, translates="one", locale="zh-TW")])
    assert not lint("duplicate", [one, entry("two", _TEXT, state=State.RETIRED)])
    assert not lint("duplicate", [one, entry("one", _TEXT, version=2)])


def test_the_same_title_in_one_kind() -> None:
    one, two = entry("one", _TEXT, title="公司简介"), entry("two", "别的文字。", title="公司 简介")
    (found,) = lint("duplicate", [one, two])
    assert found.severity is Severity.INFO
    assert not lint("duplicate", [one, entry("two", "别的文字。", title="公司简介", kind="contact")])


# --- keeping -----------------------------------------------------------------------------------------------------------


def test_owner_customer_and_results() -> None:
    assert lint("owner_missing", [entry("page", "文字。", owner=" ")])
    assert not lint("owner_missing", [entry("page", "文字。")])
    assert lint("customer_unknown", [WATER])
    assert not lint("customer_unknown", [WATER], [JILAN])
    assert not lint("case_incomplete", [WATER])
    assert [f.places[0].field for f in lint("case_incomplete", [entry("case", "效果很好。", kind="case")])] == [
        "customer", "results",
    ]  # fmt: skip


@pytest.mark.parametrize(("approved", "found"), [(True, False), ("yes", False), (False, True), (None, True)])
def test_quotes_that_nobody_approved(approved: Any, found: bool) -> None:
    said = "六台机器的数好看。"
    fields = {"quotes": [{"text": said, "speaker": "麦绍棠", "approved": approved}]}
    told = lint("quote_unapproved", [entry("case", f"他说：“{said}”", kind="case", fields=fields)])

    assert [place.words for f in told for place in f.places] == ([said] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("信息安全管理体系于 2024 年 6 月通过 ISO/IEC 27001 认证。", True),
        ("We are certified to ISO/IEC 27001.", True),
        ("公司计划申请 ISO/IEC 27001 认证。", False),
        ("产品开发流程通过 IEC 62443-4-1 认证。", False),
    ],
)
def test_a_certificate_that_has_ended(text: str, found: bool) -> None:
    ended = entry("cert-27001", "证书。", kind="certificate", title="ISO/IEC 27001 证书", valid_until=OLD)
    page = entry("page", text, kind="technology", locale="en" if text.isascii() else "zh-CN")

    assert bool(lint("certificate_expired_cited", [ended, page])) is found
    renewed = entry("cert-27001-new", "证书。", kind="certificate", title="ISO/IEC 27001 证书")
    assert not lint("certificate_expired_cited", [ended, renewed, page])
