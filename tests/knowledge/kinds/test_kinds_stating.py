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
BODY = """## 客户痛点

温度记录靠人抄。

货损说不清责任。

## 项目价值

责任有据可查。

## 项目效果

由每月 118 起降至 19 起。

温度超限事件由 118 起/月变为 19 起/月（九个月）。

合格率由 91.5% 变为 95.8%。

## 客户评价

> “争论三分钟就结束了。” —— 许曼青，运营总监

## 项目信息

行业：冷链物流。

项目名称：制冷机组联网。"""


def test_a_case_row_becomes_its_sections_without_internal_names_and_unapproved_quotes() -> None:
    assert body_of("case", CASE, "zh-CN") == BODY
    assert title_of("case", CASE) == "制冷机组联网"


def test_other_languages_have_english_headings() -> None:
    fields = {"industry": "Cold chain", "pain": "Readings by hand", "result": "Down to 19", "products": ["R200", "S10"]}
    assert body_of("case", fields, "de").split("\n\n") == [
        "## Challenge", "Readings by hand.", "## Results", "Down to 19.",
        "## Project facts", "Industry: Cold chain.", "Products used: R200; S10.",
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
            "## 产品功能\n\n- 五十种协议（来源：官网；日期：2026-05）。\n\n- 可编程（来源：官网；日期：2026-05）。\n\n"
            "## 价格与授权\n\n- 每台 690 欧元（来源：价目表；日期：2026-01）。",
        ),
        (
            "brand_house",
            "zh-CN",
            {"pillars": [{"name": "接得上", "line": "老设备照样接", "proofs": ["case-textile", "312 台设备 23 天接完"]}]},
            "## 支柱一：接得上\n\n老设备照样接。\n\n支撑：312 台设备 23 天接完。",
        ),
        ("medium", "en", {"name": "Werkhalle", "type": "trade"}, "## Medium\n\nMedium: Werkhalle.\n\nType: trade."),
        ("company", "zh-CN", {"staff": "486", "接入设备": "41.5 万台"}, "## 规模\n\n员工人数：486。\n\n接入设备：41.5 万台。"),
        (
            "milestone",
            "zh-CN",
            {"date": "2026-03-18", "what": "R300 发布", "pilots": [{"measure": "误报", "before": "12", "after": "3", "scope": "两条线"}]},
            "## 大事记\n\n日期：2026-03-18。\n\nR300 发布。\n\n## 客户试点\n\n误报由 12 变为 3（范围：两条线）。",
        ),
        ("product", "en", {"scenarios": "Weaving halls", "product": "R200", "website": "r200.example"},
         "## Where it is used\n\nWeaving halls.\n\n## Product facts\n\nProduct: R200.\n\nWebsite: r200.example"),
        ("case", "zh-CN", {}, ""),
        ("case", "zh-CN", {"pain": ["not", "checked"], "results": 7, "quotes": "x", "sales": "黎文俊"}, "## 客户痛点\n\nnot、checked。"),
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_template_takes_the_facts_of_an_entry_for_its_story(language: str) -> None:
    facts = [heading.of(language) for kind in all_kinds() for heading in (s.heading for s in kind.sections)
             if heading.en.endswith(" facts")]  # fmt: skip
    assert len(facts) == 3
    for folder in Path(prompts.__path__[0]).glob("*/template.yaml"):
        template = load(folder.parent).template
        wants = [want.headings for section in template.sections for want in (*section.evidence, *section.rows)]
        looked_for = [word.casefold() for words in wants for word in words.all()]
        assert [(h, word) for h in facts for word in looked_for if word in h.casefold()] == [], folder.parent.name


@pytest.mark.parametrize(
    ("record", "zh", "en"),
    [
        ({"before": "118", "after": "19", "unit": "h"}, "停机由 118 h 变为 19 h。", "停机 went from 118 h to 19 h."),
        ({"before": "三天", "after": "一天"}, "停机由三天变为一天。", "停机 went from 三天 to 一天。"),
        ({"after": "95", "unit": "%"}, "停机之后为 95%。", "停机 came to 95% afterwards."),
        ({"after": "减少 60%"}, "停机：减少 60%。", "停机: 减少 60%."),
        ({"before": "12", "after": "降低 60%"}, "停机：之前 12，之后降低 60%。", "停机: 12 before, 降低 60% afterwards."),
        ({"before": "人工", "after": "自动", "period": "半年"}, "停机由人工变为自动（半年）。", "停机 went from 人工 to 自动 (半年)."),
    ],
)  # fmt: skip
def test_figures_before_and_after_are_sentences(record: dict[str, str], zh: str, en: str) -> None:
    fields = {"results": [{"measure": "停机", **record}]}
    for locale, sentence in (("zh-TW", zh), ("en-GB", en)):
        assert body_of("case", fields, locale).split("\n\n")[1:] == [sentence]


def test_a_record_without_its_measure_is_told_as_it_is() -> None:
    body = body_of("case", {"results": [{"before": "7", "after": "2"}]}, "zh-CN")
    assert body == "## 项目效果\n\n- 之前 7，之后 2。"


@pytest.mark.parametrize(
    ("pain", "said"),
    [
        ("靠人抄", ["靠人抄。"]),
        ("靠人抄。", ["靠人抄。"]),
        ("靠人抄；", ["靠人抄。"]),
        ("他们问：“谁管？”", ["他们问：“谁管？”"]),
        ("三件事：\n抄表，\n补录", ["三件事：", "抄表。", "补录。"]),
        ("每天 95", ["每天 95。"]),
        ("见附件：", ["见附件。"]),
    ],
)
def test_each_line_of_a_cell_ends_as_a_sentence(pain: str, said: list[str]) -> None:
    assert body_of("case", {"pain": pain}, "zh-CN").split("\n\n")[1:] == said


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
    for line in (line for one in said for line in one.splitlines()):
        assert _bare(line) in text


@given(st.sampled_from(all_kinds()), st.dictionaries(st.text(max_size=6), st.text(max_size=20), max_size=4), st.data())
def test_no_fields_make_it_raise(kind: Any, unknown: dict[str, str], data: st.DataObject) -> None:
    names = [field.name for field in kind.fields] or ["x"]
    odd = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.text(max_size=5), max_size=3)
    known = data.draw(st.dictionaries(st.sampled_from(names), odd | st.lists(st.dictionaries(st.just("text"), odd))))
    assert isinstance(body_of(kind, {**unknown, **known}, "en"), str)
    assert "\n" not in title_of(kind, {**unknown, **known})
