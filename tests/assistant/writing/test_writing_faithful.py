"""A sentence in other words is used only when it still says what its source says."""

from __future__ import annotations

import pytest

from assistant.writing.faithful import faithful, safe_to_reword, within
from knowledge.domain.locale import Locale

ZH, EN = Locale("zh-CN"), Locale("en")
SOURCE = "上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟。"


@pytest.mark.parametrize(
    ("source", "said", "good"),
    [
        (SOURCE, "四个月后，故障平均响应时间从 95 分钟缩短到 38 分钟。", True),
        (SOURCE, "故障平均响应时间从 95 分钟缩短到 38 分钟。", False),  # the period is lost
        (SOURCE, "四个月后，故障平均响应时间从 95 分钟缩短到 36 分钟。", False),  # another figure
        (SOURCE, "四个月后，故障平均响应时间从 95 分钟缩短到 38 分钟，降幅 60%。", False),  # a figure of its own
        (SOURCE, "四个月后，故障响应时间从 95 分钟缩短到 38 分钟。", False),  # no longer an average
        ("2024 年，平均响应时间为 95 分钟。", "2024 年，平均响应时间缩短至 95 分钟。", False),  # a direction of its own
        ("服务超过 100 家客户，遍布华东地区。", "遍布华东地区的客户有 100 家。", False),  # the qualifier is lost
        ("R200 网关不改动原控制程序。", "R200 网关改动了原控制程序。", False),  # the negation is lost
        ("R200 网关装在控制柜内，读取运行状态。", "控制柜内装了网关，用来读取运行状态。", False),  # the product is lost
        ("双方计划在 2027 年交付 8,000 台网关。", "双方在 2027 年交付了 8,000 台网关。", False),  # a plan told as done
        ("截至 2026 年 9 月，累计出货 3.2 万台网关。", "2026 年 9 月出货 3.2 万台网关。", False),  # "as of" is lost
        ("派单靠调度员的经验。", "派单全凭调度员的经验，客户非常满意。", False),  # too much of its own
    ],
)
def test_chinese(source: str, said: str, good: bool) -> None:
    assert faithful(source, said, ZH) is good


@pytest.mark.parametrize(
    ("source", "said", "good"),
    [
        ("Downtime had fallen from 47 to 29 minutes.", "Downtime fell from 47 to 29 minutes.", True),
        ("Downtime had fallen from 47 to 29 minutes.", "Downtime fell by 38%, from 47 to 29 minutes.", False),
        ("Orders were smaller by nearly half than in 2022.", "Orders were about half as large as in 2022.", False),
        ("The R200 does not change any control program.", "The R200 changes control programs.", False),
        ("The target is a further 30% by the end of 2027.", "It was a further 30% by the end of 2027.", False),
        ("Mean changeover time was 47 minutes on 38 machines.", "Changeover took 47 minutes on 38 machines.", False),
        ("The pilot covers 6 of 84 presses.", "The rollout covers 6 of 84 presses.", False),
        ("TingDeck dispatches work by distance and skill.", "Work is dispatched by distance and skill.", False),
    ],
)
def test_english(source: str, said: str, good: bool) -> None:
    assert faithful(source, said, EN) is good


def test_across_languages_figures_and_codes_count() -> None:
    source = "R200 网关出货 3.2 万台。"
    assert faithful(source, "32,000 R200 gateways have been shipped.", EN)
    assert not faithful(source, "3.2 million R200 gateways have been shipped.", EN)
    assert not faithful(source, "32,000 gateways have been shipped.", EN)


def test_a_headline_may_leave_out_but_not_put_in() -> None:
    assert within(SOURCE, "响应时间降至 38 分钟", ZH)
    assert not within(SOURCE, "响应时间降至 30 分钟", ZH)
    assert not within(SOURCE, "R900 让响应更快", ZH)
    assert not within(SOURCE, "", ZH)


@pytest.mark.parametrize(
    ("source", "locale", "safe"),
    [
        ("R200 不改动原控制程序。", ZH, False),
        ("R200 读取运行状态。", ZH, True),
        ("It connects old machines without a port.", EN, False),
        ("It connects old machines.", EN, True),
    ],
)
def test_a_sentence_with_a_negation_is_not_put_into_other_words(source: str, locale: Locale, safe: bool) -> None:
    assert safe_to_reword(source, locale) is safe
