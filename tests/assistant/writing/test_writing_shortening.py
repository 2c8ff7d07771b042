"""What an editor may strike out of a sentence, and what must not go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.shortening import changes, for_readers, forms, headlines, told_changes

ZH_RESULT = "上线九个月后（2026 年 2 月），超限由每月 118 起降至 19 起，电耗由 14.6 千瓦时降至 12.3 千瓦时。"
EN_RESULT = (
    "Six months after go-live, in December 2025, response time had fallen from 92 to 35 minutes, the repeat-visit rate "
    "from 29% to 14%, and entrapments from 41 to 26 a month."
)


def language_of(sentence: str) -> str:
    return "zh" if "一" <= sentence[0] <= "鿿" or "一" <= sentence[-2] <= "鿿" else "en"


@pytest.mark.parametrize(
    ("sentence", "shortest"),
    [
        (ZH_RESULT, "上线九个月后，超限由每月 118 起降至 19 起。"),
        (EN_RESULT, "Six months after go-live, response time had fallen from 92 to 35 minutes."),
        ("霜桥在 7 个省运营 46 座冷库，有 1,280 台机组，为乳品企业提供仓储。", "霜桥在 7 个省运营 46 座冷库。"),
        ("它们没有换设备，而是在 312 台织机上加装网关：有通信口的读协议，没有的加装传感器。", "它们没有换设备，而是在 312 台织机上加装网关。"),
        ("The group maintains 18,600 elevators in East China, with 640 technicians.",
         "The group maintains 18,600 elevators in East China."),
        ("The plant connected 38 machines with R200 edge gateways that read speed and count.",
         "The plant connected 38 machines with R200 edge gateways."),
        ("Alarms are judged on the gateway itself; TingDeck dispatches by distance.", "Alarms are judged on the gateway itself."),
        ("网关在本地判断并提醒值班员；", "网关在本地判断并提醒值班员。"),
    ],
)  # fmt: skip
def test_the_shortest_form(sentence: str, shortest: str) -> None:
    assert min(forms(sentence, language_of(sentence)), key=len) == shortest


def test_of_three_changes_two_are_joined_by_and() -> None:
    assert any(
        form.endswith("had fallen from 92 to 35 minutes, and the repeat-visit rate from 29% to 14%.")
        for form in forms(EN_RESULT, "en")
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "停机由每周 5.2 次降至 2.9 次，但只在 6 台试点机器上。",
        "月均电费由 263 万元降至 231 万元，供水量与上年基本持平。",
        "济澜对改造提出两个前提：供水不能中断，控制权不出本地。",
        "在产量基本不变的情况下，月均电费由 186 万元降至 166 万元。",
        "他们不仅接通了全部老旧设备，还把能耗算清楚了。",
        "Stops fell from 5.2 to 2.9 a week, but only on the six pilot presses.",
        "Jilan set two conditions: supply must not stop, and control stays on site.",
        "It sells in Jiangsu, Zhejiang and Shanghai.",
        "It brought in the 180 turbines that are more than eight years old.",
        "Shift leaders said and knew that changeovers were eating the day.",
        "网关在本地判断“库温超限，需要关门”并提醒。",
    ],
)
def test_what_limits_or_belongs_together_stands_whole(sentence: str) -> None:
    assert forms(sentence, language_of(sentence)) == [sentence]


@given(
    st.text(alphabet="由降至 12，；。：（）“”abc, ;:thatowi.从年后但", max_size=60), st.sampled_from(["zh", "en", "de"])
)
def test_forms_only_leave_out(sentence: str, language: str) -> None:
    found = forms(sentence, language)
    assert found[0].rstrip("；;。.") == sentence.rstrip("；;。.")
    for form in found[1:]:
        rest = iter(sentence)
        left = form.replace("and ", "").rstrip("。.")
        assert all(letter in rest for letter in left)


@pytest.mark.parametrize(
    ("text", "count"),
    [(ZH_RESULT, 2), (EN_RESULT, 3), ("The pilot ran from 2 March to 31 May 2026.", 0),
     ("轴承故障平均提前 9 天预警。", 1), ("每人管理 36 台。", 0)],
)  # fmt: skip
def test_changes_are_counted(text: str, count: int) -> None:
    assert changes(text, language_of(text)) == count


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("其余 78 台尚未实施，是否推广尚未决定，对外不得称为“全面上线”。", "其余 78 台尚未实施，是否推广尚未决定。"),
        ("No roll-out is decided; do not describe this as plant-wide.", "No roll-out is decided."),
        ("本案例仅供内部学习。", ""),
        ("水温不得超过 60 度。", "水温不得超过 60 度。"),
        ("网关只读，不得写入控制器。", "网关只读，不得写入控制器。"),
        (
            "The gateway reads only and never writes to a controller.",
            "The gateway reads only and never writes to a controller.",
        ),
    ],
)
def test_words_for_writers_are_not_for_readers(sentence: str, left: str) -> None:
    assert for_readers(sentence) == left


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("上线后，超限由每月 118 起降至 19 起，电耗由 14.6 千瓦时降至 12.3 千瓦时。",
         ["超限由每月 118 起降至 19 起", "电耗由 14.6 千瓦时降至 12.3 千瓦时"]),
        ("上线十个月后由 74 小时降至 46 小时。", []),  # of what, the clause does not say
        ("试点期间，误报由 31 起降至 8 起。", []),  # a pilot is told as one or not at all
        ("该厂在 12 条产线安装了网关。", []),
        ("Four months after go-live, response time had fallen from 95 to 38 minutes, and its power bill from 9 to 7.",
         ["Response time had fallen from 95 to 38 minutes"]),
        ("Sales moved from Leipzig to Dresden.", []),
    ],
)  # fmt: skip
def test_a_change_can_stand_alone_as_a_headline(sentence: str, told: list[str]) -> None:
    assert told_changes(sentence, language_of(sentence)) == told


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("The K7 reads 3,000 points per second and has four ports.", "The K7 reads 3,000 points per second"),
        ("The K7 has its own processor, so models run on the gateway.", "The K7 has its own processor"),
        ("On 20 October 2026, Northlake launched the K7 in Leipzig.", "Northlake launched the K7 in Leipzig."),
        ("2026 年 10 月 20 日，北湖在莱比锡发布 K7 网关。", "北湖在莱比锡发布 K7 网关。"),
    ],
)
def test_a_headline_ends_where_the_sentence_only_adds(sentence: str, headline: str) -> None:
    assert headline in headlines(sentence, language_of(sentence))


def test_a_headline_does_not_drop_what_limits_the_sentence() -> None:
    sentence = "The K7 reads 3,000 points per second and can do so in a pilot only."
    assert headlines(sentence, "en") == [sentence]
