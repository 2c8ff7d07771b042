"""Rivals' facts by their age, texts made from one original, customers by the uses of their permission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from ruled import TODAY, found, severities

from assistant.checks.competitors import CompetitorStale
from assistant.checks.originals import BeyondOriginal
from assistant.checks.permission import CustomerUseNotPermitted
from assistant.checks.registry import BY_ID
from assistant.checks.standards import Standards
from assistant.draft import Claim, Evidence, EvidenceSpan, Paragraph
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.gate import Gate
from knowledge.records import Audience, Customer, Level, Permission, Scope, Use

# --- rivals ----------------------------------------------------------------------------------------------------------


def _rival(text: str, as_of: date | None = None, kind: str = "competitor") -> Evidence:
    return Evidence("S1", text, "zh-CN", entry_id="rival", title="对手", kind=kind, as_of=as_of)


@pytest.mark.parametrize(
    ("text", "as_of", "told"),
    [
        ("2026 年 6 月官网显示，网关支持 52 种协议。", None, []),
        ("2024 年 11 月官网显示，网关支持 52 种协议。", None, []),
        ("2024 年 10 月官网显示，网关支持 52 种协议。", None, ["warning"]),
        ("2023 年官网显示，网关支持 52 种协议。", None, ["warning"]),
        ("2024 年官网显示，网关支持 52 种协议。", None, []),
        ("网关支持 52 种协议。", None, ["warning"]),
        ("网关支持 52 种协议。", date(2026, 9, 30), []),
        ("网关支持 52 种协议。", date(2023, 9, 30), ["warning"]),
        ("2024 年 5 月新闻稿称将于 2027 年上市。", None, ["warning"]),
    ],
)
def test_a_fact_about_a_rival_is_younger_than_two_years_or_flagged(
    text: str, as_of: date | None, told: list[str]
) -> None:
    assert severities(found(CompetitorStale(), ["对手支持 52 种协议。"], evidence=[_rival(text, as_of)])) == told


def test_the_message_tells_old_from_undated() -> None:
    (old,) = found(CompetitorStale(), ["52 种。"], evidence=[_rival("2020 年 3 月支持 52 种。")], locale="en")
    (undated,) = found(CompetitorStale(), ["52 种。"], evidence=[_rival("支持 52 种。")], locale="en")
    assert "2020-03-31" in old.message
    assert "older than 24 months" in old.message
    assert "undated" in undated.message


def test_the_rule_says_how_old_a_fact_may_be() -> None:
    evidence = [_rival("2026 年 1 月支持 52 种。")]
    assert severities(found(CompetitorStale(), ["52 种。"], {"months": 6}, evidence=evidence)) == ["warning"]
    assert found(CompetitorStale(), ["52 种。"], {"months": 12}, evidence=evidence) == []


def test_only_the_sentence_that_carries_the_claim_counts() -> None:
    text = "2026 年 5 月官网显示，支持 44 种协议。2022 年 5 月新闻稿称在上海设立联络处。"
    evidence = [_rival(text)]
    at = text.index("44")
    for place, told in ((Span(at, at + 2), []), (Span(text.index("上海"), text.index("上海") + 2), ["warning"])):
        claim = Claim("c1", "p1", Span(0, 2), "44", "quantity", "supported", (EvidenceSpan("S1", place),))
        assert severities(found(CompetitorStale(), ["支持 44 种。"], evidence=evidence, claims=[claim])) == told


def test_a_sentence_without_a_date_has_that_of_the_one_before() -> None:
    text = "2022 年 5 月价目表：每台 690 元。平台每月 4.90 元。"
    claim = Claim(
        "c1",
        "p1",
        Span(0, 2),
        "4.90",
        "money",
        "supported",
        (EvidenceSpan("S1", Span(text.index("4.90"), text.index("4.90") + 4)),),
    )
    assert len(found(CompetitorStale(), ["每月 4.90 元。"], evidence=[_rival(text)], claims=[claim])) == 1


def test_our_own_facts_and_a_day_that_is_not_known_are_left_alone() -> None:
    assert found(CompetitorStale(), ["52 种。"], evidence=[_rival("支持 52 种。", kind="product")]) == []
    no_day = Standards(Locale("zh-CN"))
    assert found(CompetitorStale(), ["52 种。"], evidence=[_rival("支持 52 种。")], standards=no_day) == []


# --- originals -------------------------------------------------------------------------------------------------------

DOCUMENT = Evidence("S1", "原文。", "zh-CN", source="piece", origin="input")
OTHER = Evidence("S2", "别处。", "zh-CN", entry_id="case-a", title="案例甲")
MORE = Evidence("S3", "再一处。", "zh-CN", entry_id="case-b", title="案例乙")
BRIEF = Evidence("S4", "行动号召。", "zh-CN", source="brief", origin="brief")
METHOD = Evidence("S5", "方法。", "zh-CN", source="template try", origin="template")


@pytest.mark.parametrize(
    ("cites", "inputs", "kinds", "told"),
    [
        (("S1",), {"piece": "原文。"}, {}, []),
        (("S1", "S4", "S5"), {"piece": "原文。"}, {}, []),
        (("S1", "S2"), {"piece": "原文。"}, {}, ["error"]),
        (("S2",), {"piece": "原文。"}, {}, ["error"]),
        (("S2",), {"piece": "case-a"}, {"piece": "entry"}, []),
        (("S2",), {"piece": "案例甲"}, {"piece": "entry"}, []),
        (("S2", "S3"), {"piece": "case-a"}, {"piece": "entry"}, ["error"]),
        (("S3",), {"piece": "named in another language"}, {"piece": "entry"}, []),
    ],
)
def test_a_text_made_from_another_rests_on_that_one_alone(
    cites: tuple[str, ...], inputs: Mapping[str, str], kinds: Mapping[str, str], told: list[str]
) -> None:
    more: dict[str, Any] = {
        "inputs": inputs, "kinds": {"piece": "document", **kinds}, "evidence": [DOCUMENT, OTHER, MORE, BRIEF, METHOD]
    }  # fmt: skip
    assert severities(found(BeyondOriginal(), [Paragraph("p1", "文。", cites)], {"input": "piece"}, **more)) == told


# --- customers -------------------------------------------------------------------------------------------------------


def _standards(*permissions: Permission, audience: Audience = Audience.PUBLIC) -> Standards:
    customer = Customer(
        "jilan", {"zh-CN": "济澜水务", "en": "Jilan Water"}, (), {"zh-CN": "华北某水务公司"}, permissions=permissions
    )
    return Standards(Locale("zh-CN"), gate=Gate([customer], Scope(audience=audience), TODAY), today=TODAY)


NAMED = Permission(Use.NAME, Level.PUBLIC)
VISITED = Permission(Use.VISIT, Level.PUBLIC)


@pytest.mark.parametrize(
    ("text", "permissions", "audience", "told"),
    [
        ("参观济澜水务。", (NAMED, VISITED), Audience.PUBLIC, []),
        ("参观济澜水务。", (NAMED,), Audience.PUBLIC, ["error"]),
        ("参观华北某水务公司。", (NAMED,), Audience.PUBLIC, ["error"]),
        ("参观 Jilan Water。", (NAMED,), Audience.INTERNAL, ["error"]),
        ("参观 Jilan Water。", (VISITED,), Audience.INTERNAL, []),
        (
            "参观济澜水务。",
            (NAMED, Permission(Use.VISIT, Level.PUBLIC, until=date(2026, 11, 1))),
            Audience.PUBLIC,
            ["error"],
        ),
        ("参观一家水厂。", (), Audience.PUBLIC, []),
    ],
)
def test_each_customer_spoken_of_has_a_permission_for_the_use(
    text: str, permissions: tuple[Permission, ...], audience: Audience, told: list[str]
) -> None:
    held = _standards(*permissions, audience=audience)
    assert severities(found(CustomerUseNotPermitted(), [text], {"uses": ["visit"]}, standards=held)) == told


def test_the_finding_names_the_use_and_never_a_name_that_is_kept_secret() -> None:
    held = _standards(Permission(Use.NAME, Level.ALIAS))
    (finding,) = found(CustomerUseNotPermitted(), ["参观华北某水务公司。"], {"uses": ["name", "visit"]}, standards=held)
    assert "接待参观" in finding.message
    assert "济澜" not in finding.message
    assert finding.check == "customer_not_permitted"


def test_the_check_that_looks_at_every_text_speaks_for_the_id() -> None:
    assert BY_ID["customer_not_permitted"].mends
    assert found(CustomerUseNotPermitted(), ["参观济澜水务。"], standards=_standards(NAMED)) == []
