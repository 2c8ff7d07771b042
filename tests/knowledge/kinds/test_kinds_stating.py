"""A body made from fields: the words of the row under the headings that templates look for, and nothing added."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import prompts
from knowledge.kinds import all_kinds, body_of, check_fields, title_of
from knowledge.reading import read
from prompts.loader import load

TODAY = date(2026, 11, 2)
CASE = {
    "industry": "冷链物流", "sales": "黎文俊", "project_manager": "贺川", "project_name": "制冷机组联网",
    "pain": "温度记录靠人抄\n货损说不清责任", "value": "责任有据可查", "result": "由每月 118 起降至 19 起",
    "results": [{"measure": "温度超限事件", "before": "118", "after": "19", "unit": "起/月", "period": "九个月"},
                {"measure": "合格率", "before": "91.5%", "after": "95.8", "unit": "%"}],
    "quotes": [{"text": "“争论三分钟就结束了。”", "speaker": "许曼青", "title": "运营总监", "approved": True},
               {"text": "这句还没确认。", "speaker": "麦绍棠", "approved": False}],
    "note": "销售自己看",
}  # fmt: skip
BODY = """## 客户背景

行业：冷链物流

项目名称：制冷机组联网

## 客户痛点

温度记录靠人抄

货损说不清责任

## 项目价值

责任有据可查

## 项目效果

由每月 118 起降至 19 起

- 温度超限事件：之前 118 起/月，之后 19 起/月；周期：九个月

- 合格率：之前 91.5%，之后 95.8%

## 客户评价

> “争论三分钟就结束了。” —— 许曼青，运营总监"""


def test_a_case_row_becomes_its_sections_without_internal_names_and_unapproved_quotes() -> None:
    assert body_of("case", CASE, "zh-CN") == BODY
    assert title_of("case", CASE) == "制冷机组联网"


def test_other_languages_have_english_headings() -> None:
    fields = {"industry": "Cold chain", "pain": "Readings by hand", "result": "Down to 19", "products": ["R200", "S10"]}
    assert body_of("case", fields, "de").split("\n\n") == [
        "## Background", "Industry: Cold chain", "## Challenge", "Readings by hand",
        "## Solution", "Products used: R200; S10", "## Results", "Down to 19",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "locale", "fields", "body"),
    [
        ("contact", "zh-CN", {"desk": "媒体联系", "name": "林知夏"}, "## 媒体联系\n\n联系人：林知夏"),
        ("contact", "en", {"phone": "+86 512"}, "## Contact\n\nPhone: +86 512"),
        (
            "competitor",
            "zh-CN",
            {"facts": [
                {"fact": "五十种协议", "source": "官网", "date": "2026-05", "dimension": "产品功能"},
                {"fact": "每台 690 欧元", "source": "价目表", "date": "2026-01", "dimension": "价格与授权"},
                {"fact": "可编程", "source": "官网", "date": "2026-05", "dimension": "产品功能"},
            ]},
            "## 产品功能\n\n- 五十种协议（来源：官网；日期：2026-05）\n\n- 可编程（来源：官网；日期：2026-05）\n\n"
            "## 价格与授权\n\n- 每台 690 欧元（来源：价目表；日期：2026-01）",
        ),
        (
            "brand_house",
            "zh-CN",
            {"pillars": [{"name": "接得上", "line": "老设备照样接", "proofs": ["case-textile", "312 台设备 23 天接完"]}]},
            "## 支柱一：接得上\n\n老设备照样接\n\n支撑：312 台设备 23 天接完",
        ),
        ("medium", "en", {"name": "Werkhalle", "type": "trade"}, "## Medium\n\nMedium: Werkhalle\n\nType: trade"),
        ("company", "zh-CN", {"staff": "486", "接入设备": "41.5 万台"}, "## 规模\n\n员工人数：486\n\n接入设备：41.5 万台"),
        ("case", "zh-CN", {}, ""),
        ("case", "zh-CN", {"pain": ["not", "checked"], "results": 7, "quotes": "x", "sales": "黎文俊"}, "## 客户痛点\n\nnot、checked"),
    ],
)  # fmt: skip
def test_other_kinds(kind: str, locale: str, fields: dict[str, Any], body: str) -> None:
    assert body_of(kind, fields, locale) == body


def test_the_sections_of_a_case_are_those_that_the_success_story_looks_for() -> None:
    """Every section of the template that reads a case finds one of its headings in a full body."""
    everything = {field.name: "词" for field in _kind("case").fields if field.type == "text"}
    headings = [line[3:] for line in body_of("case", everything, "zh-CN").splitlines() if line.startswith("## ")]
    story = load(Path(prompts.__path__[0]) / "success_story")
    for section in story.template.sections:
        for want in section.evidence:
            if want.headings.zh:
                assert set(want.headings.zh) & set(headings), section.id


def _kind(kind_id: str) -> Any:
    return next(kind for kind in all_kinds() if kind.id == kind_id)


MARKS = st.text(alphabet="字a1 -#>*_`[]()<b>&amp;|~=+.!\\“”\"'：,，。", max_size=30)
# A line of marks only says nothing; the reader leaves it out.
WORDS = st.lists(MARKS.map(lambda line: f"{line}字"), min_size=1, max_size=3).map("\n".join)


def _bare(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pain=WORDS, value=WORDS, after=WORDS)
def test_what_a_row_says_is_what_is_read_again(tmp_path: Path, pain: str, value: str, after: str) -> None:
    """Marks of Markdown in a cell are words, not marks. `**` is left out: the reader drops it from any text."""
    given_fields = {"pain": pain, "value": value, "results": [{"measure": "指标", "after": after}]}
    fields = check_fields("case", given_fields, TODAY).fields
    said = [fields.get("pain", ""), fields.get("value", ""), *(r.get("after", "") for r in fields.get("results", []))]
    if any("**" in text or "{%" in text for text in said):
        return
    path = tmp_path / "row.md"
    path.write_text(body_of("case", fields, "zh-CN") + "\n\nend\n", encoding="utf-8")
    text = _bare("\n".join(block.text for block in read(path).blocks))
    for one in said:
        assert _bare(one) in text


@given(st.sampled_from(all_kinds()), st.dictionaries(st.text(max_size=6), st.text(max_size=20), max_size=4), st.data())
def test_no_fields_make_it_raise(kind: Any, unknown: dict[str, str], data: st.DataObject) -> None:
    names = [field.name for field in kind.fields] or ["x"]
    odd = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.text(max_size=5), max_size=3)
    known = data.draw(st.dictionaries(st.sampled_from(names), odd | st.lists(st.dictionaries(st.just("text"), odd))))
    assert isinstance(body_of(kind, {**unknown, **known}, "en"), str)
    assert "\n" not in title_of(kind, {**unknown, **known})
