"""What a draft says and its sources do not is seen; what they say in other words is not."""

from __future__ import annotations

import pytest
from made_drafts import EN, ERROR, ZH, case, draft, paragraph

from evals.scorers.base import Unscored
from evals.scorers.support import Support
from evals.subjects.port import Answer


def _wrong(text: str, source: str, locale: str) -> dict[str, int]:
    tallies = Support().score(case(locale), draft(text, sources=(source,)))
    return {
        measure.removeprefix("unsupported_"): int(tally.hits)
        for measure, tally in tallies.items()
        if tally.hits and measure != "unsupported_before_release"
    }


@pytest.mark.parametrize(
    ("text", "source", "locale"),
    [
        ("该集团维保 18,600 台电梯，640 人，增加 10%，投入 1850 万元。", ZH, "zh-CN"),
        ("百分之三十一的故障要上门两次，加装在 2024 年第四季度，10 月开始。", ZH, "zh-CN"),
        ("陆明远表示：“工人出门之前就知道该带什么件”。电梯服务集团采用 R200。这家公司很满意。", ZH, "zh-CN"),
        ("7×24 小时值守，2024/12 完成，第 3 版。", ZH, "zh-CN"),
        (
            "It maintains 18.6 thousand elevators, and cost RMB 18.5 million in H1 2024; up 10%. R200 units run.",
            ZH,
            "en",
        ),
        ("Lu Mingyuan said that 31 percent needed two visits; it began in October 2024.", EN, "en"),
        ("“People know which part to bring before they leave.” Northridge’s 640 technicians like it.", EN, "en"),
        ("Northridge Cut Response Times Among Its Technicians To 95 Minutes", EN, "en"),
        ("该集团有 1.86 万台电梯、640 名维保工，2024 年第四季度投入 1,850 万元，采用 R200。", EN, "zh-CN"),
        ("新增 2.3 million。", "约 230 万人", "zh-CN"),
        ("比原来快一倍，用了三周。", "twice as fast after three weeks", "zh-CN"),
    ],
)
def test_what_the_sources_say_is_no_alarm(text: str, source: str, locale: str) -> None:
    assert _wrong(text, source, locale) == {}


@pytest.mark.parametrize(
    ("text", "source", "locale", "found"),
    [
        ("维保 1.96 万台电梯，642 名维保工。", ZH, "zh-CN", {"figures": 2}),
        ("维保 1.86 亿台电梯，响应时间 95 小时，31 个百分点，投入 1,850 万美元。", ZH, "zh-CN", {"figures": 4}),
        ("用了三周，分给七家。", ZH, "zh-CN", {"figures": 2}),
        ("It maintains 1.86 million elevators at RMB 1.85 million.", ZH, "en", {"figures": 2}),
        ("It cost $18.5 million and saved 95 hours over seven weeks.", EN, "en", {"figures": 3}),
        ("2023 年启动，2024 年 9 月上线，2024 年下半年见效。", ZH, "zh-CN", {"dates": 2}),
        ("It began in September 2024, after 2 October 2024 and before Q3 2024.", EN, "en", {"dates": 3}),
        ("采用 R300 和 SkyDeck，与北京远岚软件公司合作。李建国表示赞同。", ZH, "zh-CN", {"names": 4}),
        ("The group chose Siemens and the R300 with Lu Jianhua.", EN, "en", {"names": 3}),
        ("该集团选用 Siemens 的 R300。", EN, "zh-CN", {"names": 2}),
        ("The group uses SkyDeck.", ZH, "en", {"names": 1}),
        ("总监说：“工人出门以前就知道该带什么件。”", ZH, "zh-CN", {"quotes": 1}),
        ("“People never know which part to bring before they leave,” they say.", EN, "en", {"quotes": 1}),
    ],
)
def test_what_they_do_not_say_is_found(text: str, source: str, locale: str, found: dict[str, int]) -> None:
    assert _wrong(text, source, locale) == found


def test_a_paragraph_is_held_against_what_it_cites_and_one_that_cites_nothing_against_all() -> None:
    sources = ("响应时间为 95 分钟。", "投入 1,850 万元。")
    cites_the_other = draft(paragraph("响应时间为 95 分钟。", cites=["S2"]), sources=sources)
    assert Support().score(case(), cites_the_other)["unsupported_figures"].hits == 1
    cites_nothing = draft(paragraph("响应时间为 95 分钟。", cites=[]), sources=sources)
    assert Support().score(case(), cites_nothing)["unsupported_figures"].hits == 0


def test_what_the_brief_says_and_what_titles_say_counts_as_said() -> None:
    answer = draft("2027 年 3 月 2 日起共 12 台。", sources=("没有数字。",))
    assert Support().score(case(date="2027-03-02", note="12 台"), answer)["unsupported_before_release"].hits == 0
    answer.document["evidence"][0]["title"] = "12 台设备"
    assert Support().score(case(date="2027-03-02"), answer)["unsupported_before_release"].hits == 0


def test_the_name_of_a_case_does_not_make_its_evidence_foreign() -> None:
    answer = draft("与北京远岚软件公司合作。")
    assert Support().score(case(case="case-elevator"), answer)["unsupported_names"].hits == 1


def test_a_blocked_draft_counts_only_before_its_release() -> None:
    tallies = Support().score(case(), draft("共 99 台。", findings=[ERROR]))
    assert {measure: (tally.hits, tally.of) for measure, tally in tallies.items()} == {
        "unsupported_before_release": (1, 1)
    }
    assert (
        Support()
        .score(case(), draft("共 99 台。", findings=[{**ERROR, "severity": "warning"}]))["unsupported_figures"]
        .hits
        == 1
    )


def test_gaps_citation_marks_and_short_quotations_are_left_alone() -> None:
    answer = draft(paragraph("待补充：99 台是哪些？", gap=True), "采用“新一代”方案 [S1] [2]。")
    assert Support().score(case(), answer) == {}


def test_a_translation_has_no_verbatim_quotations() -> None:
    said = "“People know the right part before they go,” said Lu Mingyuan."
    assert "unsupported_quotes" not in Support().score(case("en"), draft(said, template="localized_copy"))
    assert "unsupported_quotes" not in Support().score(case("en"), draft(said, sources=(ZH,)))


def test_what_is_wrong_is_shown_with_its_place() -> None:
    shown = Support().score(case(), draft("如今有 99 台在线。"))["unsupported_figures"].shown
    assert [(item.text, item.wrong) for item in shown] == [("如今有 [99] 台在线。", True)]
    assert "1.86 万台" in shown[0].against


def test_what_is_no_draft_is_not_scored() -> None:
    with pytest.raises(Unscored):
        Support().score(case(), Answer({"hits": []}))
