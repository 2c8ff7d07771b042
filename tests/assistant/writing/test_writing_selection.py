"""Which sentences a section gets: whole thoughts, in order, within the limits."""

from __future__ import annotations

from assistant.draft import Evidence
from assistant.writing.selection import best, running_text, units
from knowledge.domain.locale import Locale

ZH = Locale("zh-CN")


def evidence(*texts: str) -> list[Evidence]:
    return [Evidence(f"S{n}", text, "zh-CN") for n, text in enumerate(texts, start=1)]


def test_a_sentence_that_leans_on_another_goes_with_it() -> None:
    found = units(evidence("公司计划在 2027 年交付 8,000 台网关。这是计划，不是订单数量。产品质保三年，全国联保服务。"))
    assert [u.sentences for u in found] == [
        ("公司计划在 2027 年交付 8,000 台网关。", "这是计划，不是订单数量。"),
        ("产品质保三年，全国联保服务。",),
    ]


def test_quotes_and_what_leads_in_to_them_are_left_out() -> None:
    text = "网关在现场完成诊断判断。负责人在发布会上这样说：\n“现场不会等云端回话。” —— 顾言舟，首席执行官"
    assert [u.text for u in units(evidence(text))] == ["网关在现场完成诊断判断。"]


def test_running_text_keeps_the_order_and_the_limits() -> None:
    pool = units(evidence("甲车间的设备已经全部完成联网。乙车间的停机时间下降 27%。", "丙车间更换了全部照明灯具设施。"))
    groups = running_text(pool, ZH, paragraphs=2, shortest=5, longest=40, figures_first=True)
    assert [[u.evidence.id for u in group] for group in groups] == [["S1", "S1"], ["S2"]]
    tight = running_text(pool, ZH, paragraphs=1, shortest=5, longest=20, figures_first=True)
    assert [u.text for group in tight for u in group] == ["乙车间的停机时间下降 27%。"]


def test_a_list_takes_what_is_worth_most_in_reading_order() -> None:
    pool = units(
        evidence("公司位于苏州工业园区核心地段。", "网关支持 87 种工业协议。", "协议驱动在 15 个工作日内交付。")
    )
    assert [u.evidence.id for u in best(pool, "协议 驱动", 2, figures=True)] == ["S2", "S3"]


def test_the_same_words_are_the_same_unit_wherever_they_stand() -> None:
    a, b = units(evidence("网关支持 87 种工业协议。", "网关支持87种工业协议"))
    assert a.key == b.key
