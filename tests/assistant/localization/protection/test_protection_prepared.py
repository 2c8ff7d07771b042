"""What has a form in the target locale stands in the text in that form before the model sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.protection.prepared import Prepared, prepare
from knowledge.domain.locale import parse_locale

OPEN, CLOSE = Code("1", "**", CodeKind.OPEN), Code("/1", "**", CodeKind.CLOSE)
COUNT = Code("2", "{n}", CodeKind.PLACEHOLDER)


def prepared(
    *pieces: str | Code, to: str = "en", names: dict[str, str] | None = None, terms: dict[str, str] | None = None
) -> Prepared:
    source = "zh-CN" if to != "zh-CN" else "en"
    return prepare(Content.of(*pieces), parse_locale(source), parse_locale(to), names or {}, terms or {})


@pytest.mark.parametrize(
    ("source", "to", "expected"),
    [
        ("年均节省法务成本约 230 多万美元。", "en", "年均节省法务成本 about US$2.3 million。"),
        ("合同额超过1.2 亿元。", "en", "合同额 more than RMB 120 million。"),
        ("2026年3月上线。", "en", "March 2026 上线。"),
        ("We saved US$2.3 million in March 2026.", "zh-CN", "We saved 230万美元 in 2026年3月."),
        ("备件库存下降 18%。", "en", "备件库存下降 18%。"),
        ("We ran 9 times.", "zh-CN", "We ran 9 times."),
        ("In 2025 we saw it.", "zh-CN", "In 2025年 we saw it."),
    ],
)
def test_figures_stand_in_the_target_s_form(source: str, to: str, expected: str) -> None:
    assert str(prepared(source, to=to).content) == expected


def test_a_tag_within_a_figure_goes_around_it() -> None:
    content = prepared("成本约 ", OPEN, "230", CLOSE, " 万美元，").content
    assert str(content) == "成本 **about US$2.3 million**，"
    assert content.codes == (OPEN, CLOSE)


def test_nothing_is_read_across_a_placeholder() -> None:
    assert str(prepared("共", COUNT, "万元").content) == "共{n}万元"


def test_names_and_terms_are_put_in_place_whole_words_only_the_longest_first() -> None:
    found = prepared(
        "海底捞在 360 云平台上。", names={"海底捞": "Haidilao", "360 云": "360 Cloud"}, terms={"云平台": "cloud"}
    )
    assert str(found.content) == "Haidilao 在 360 Cloud 平台上。"
    latin = prepared("Each pod of the podium.", to="zh-CN", terms={"pod": "容器组"})
    assert str(latin.content) == "Each 容器组 of the podium."


def test_a_name_without_a_known_form_stays_in_the_source_script() -> None:
    found = prepared("蓝湖精机的产线。", names={"蓝湖精机": ""})
    assert str(found.content) == "蓝湖精机的产线。"
    assert not found.placed


@given(st.text("约 123万元%年月日近{}a。，", max_size=40), st.sampled_from(["en", "de", "ja", "zh-CN", "fr"]))
def test_codes_and_all_that_is_no_figure_stay(text: str, to: str) -> None:
    pieces = [text[:7], OPEN, text[7:15], COUNT, text[15:20], CLOSE, text[20:]]
    found = prepared(*pieces, to=to)
    assert sorted(code.id for code in found.content.codes) == ["/1", "1", "2"]
    if not found.placed:
        assert str(found.content) == str(Content.of(*pieces))
