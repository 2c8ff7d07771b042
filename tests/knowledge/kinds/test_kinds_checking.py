"""Fields against their declaration: what fits, what is refused with which words, and that nothing is lost."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.days import as_day
from knowledge.kinds import all_kinds, check_columns, check_fields, kind_named
from knowledge.kinds.values import LONGEST, parted
from knowledge.reading import read
from knowledge.records import KINDS
from knowledge.sample import FOLDER

TODAY = date(2026, 11, 2)
CASE = {"industry": "冷链物流", "pain": "抄表", "result": "由 118 起降至 19 起"}
MEDIUM = {"name": "江南设备周刊", "type": "trade"}
CERTIFICATE = {"certificate": "ISO 9001", "issuer": "澄衡认证"}
NEEDED: dict[str, dict[str, Any]] = {
    "people": {"name": "罗望舒"},
    "contact": {"address": "苏州"},
    "case": CASE,
    "medium": MEDIUM,
    "certificate": CERTIFICATE,
}


def checked(kind: str, **fields: Any) -> Any:
    """The one field after the check, with the kind's required fields filled in."""
    [name] = fields
    result = check_fields(kind, {**NEEDED.get(kind, {}), **fields}, TODAY)
    assert result.problems == ()
    return result.fields.get(name)


@pytest.mark.parametrize(
    ("kind", "name", "given", "kept"),
    [
        ("company", "staff", 486, "486"),
        ("company", "staff", 486.0, "486"),
        ("company", "staff", "  486 \r\n", "486"),
        ("company", "revenue", 0.0000001, "0.0000001"),
        ("company", "staff", "", None),
        ("company", "staff", None, None),
        ("company", "founded", "2014 年 3 月 18 日", "2014 年 3 月 18 日"),
        ("company", "founded", "spring 2014", "spring 2014"),
        ("company", "founded", "2014/3/18", "2014-03-18"),
        ("company", "founded", "２０１４．３．１８", "2014-03-18"),
        ("company", "founded", date(2014, 3, 18), "2014-03-18"),
        ("company", "founded", datetime(2014, 3, 18), "2014-03-18"),
        ("company", "founded", 2014, "2014"),
        ("company", "founded", "23/07/2014", "23/07/2014"),
        ("company", "name", "23 July 2026 Industries", "23 July 2026 Industries"),
        ("certificate", "issued", "2024-06-17", "2024-06-17"),
        ("certificate", "issued", "2024年6月17日", "2024-06-17"),
        ("certificate", "issued", "17 June 2024", "2024-06-17"),
        ("certificate", "issued", "Sept. 7, 2024", "2024-09-07"),
        ("certificate", "issued", date(2024, 6, 17), "2024-06-17"),
        ("certificate", "issued", "-10d", "2026-10-23"),
        ("company", "offices", "苏州；北京、Ho Chi Minh City | 成都", ["苏州", "北京", "Ho Chi Minh City", "成都"]),
        ("company", "offices", "苏州\n北京\n", ["苏州", "北京"]),
        ("company", "offices", ["苏州；北京", " ", None, 7], ["苏州；北京", "7"]),
        ("people", "events", "设备人夜话（苏州、成都）；发布会", ["设备人夜话（苏州、成都）", "发布会"]),
        ("medium", "lead_days", "1,280", 1280),
        ("medium", "lead_days", "９", 9),
        ("medium", "lead_days", "2.5", 2.5),
        ("medium", "type", "行业媒体", "trade"),
        ("medium", "type", "Own", "own"),
        ("contact", "website", "www.tingstone.example/en", "www.tingstone.example/en"),
        ("contact", "website", "https://tingstone.example", "https://tingstone.example"),
        ("contact", "email", "press@tingstone.example", "press@tingstone.example"),
        ("contact", "phone", "0512-5555-0120 转 8", "0512-5555-0120 转 8"),
        ("contact", "phone", 51255550120, "51255550120"),
        ("product", "specs", "温度：-25～70 ℃\n缓存: 7 天", {"温度": "-25～70 ℃", "缓存": "7 天"}),
        ("product", "specs", {"tags": 800, "sealed": True, "none": ""}, {"tags": 800, "sealed": True}),
        ("product", "features", "只读采集", [{"feature": "只读采集"}]),
        ("product", "features", [{"feature": "A", "收益": "B"}, {}], [{"feature": "A", "benefit": "B"}]),
        ("case", "quotes", {"text": "好", "approved": "是"}, [{"text": "好", "approved": True}]),
        ("case", "quotes", [{"text": "好", "approved": "no"}], [{"text": "好", "approved": False}]),
        ("case", "results", [{"measure": "m", "before": 9, "after": "3"}], [{"measure": "m", "before": "9", "after": "3"}]),
    ],
)  # fmt: skip
def test_a_good_value_gets_its_one_form(kind: str, name: str, given: Any, kept: Any) -> None:
    assert checked(kind, **{name: given}) == kept


@pytest.mark.parametrize(
    ("kind", "name", "given", "says"),
    [
        ("certificate", "issued", "2026/13/1", "issued (发证日期): '2026/13/1' is no day of the calendar; write it as 2026-03-01"),
        ("certificate", "issued", "2026-02-30", "issued (发证日期): '2026-02-30' is no day of the calendar"),
        ("certificate", "issued", "01/02/2026", "issued (发证日期): '01/02/2026' does not tell day and month apart"),
        ("certificate", "issued", "2024 年 6 月", "issued (发证日期): '2024 年 6 月' is no day"),
        ("certificate", "issued", 46100, "issued (发证日期): 46100 is no day; write it as 2026-03-01"),
        ("certificate", "issued", "17 Juno 2024", "is no day"),
        ("certificate", "issued", "+99999d", None),
        ("company", "founded", "2026/13/1", "founded (成立时间): '2026/13/1' is no day of the calendar"),
        ("company", "founded", "2026 年 13 月", "is no day of the calendar"),
        ("company", "founded", "03/04/2026", "does not tell day and month apart"),
        ("company", "name", True, "name (公司全称): True is a yes or no where a text belongs; put the words in quotes"),
        ("company", "name", ["A", "B"], "name (公司全称): a list is where one text belongs; write one text"),
        pytest.param("company", "name", "x" * (LONGEST + 1), f"has {LONGEST + 1} characters", id="long"),
        ("company", "name", "a\x00b", "holds a control character"),
        ("company", "name", float("nan"), "is no figure"),
        pytest.param("company", "name", 10**5000, "is too long to keep", id="huge"),
        pytest.param("company", "name", "a\ud800b", "holds a control character", id="half a character"),
        ("company", "offices", {"a": 1}, "offices (办公地点): a mapping is where one text belongs"),
        ("medium", "lead_days", "1,5", "lead_days (提前天数): '1,5' is no number"),
        ("medium", "lead_days", "九天", "is no number"),
        ("medium", "lead_days", True, "is no number"),
        ("medium", "type", "报纸", "type (媒体类型): '报纸' is none of the choices; write one of own (自有媒体), mass"),
        ("contact", "website", "see our site", "is no web address"),
        ("contact", "website", "javascript:alert(1)", "is no web address"),
        ("contact", "email", "press at tingstone", "is no e-mail address"),
        ("contact", "phone", "call us", "is no phone number"),
        ("product", "specs", "七天", "is no list of names and values; write one pair a line"),
        ("case", "quotes", [{"text": "好", "approved": "大概"}], "quotes[1].approved (已确认): '大概' is neither yes nor no"),
        ("case", "quotes", [{"speaker": "郝立新"}], "quotes[1].text (原话): missing; give it"),
        ("case", "results", "由 118 降至 19", "results[1] (效果数据): '由 118 降至 19' is no record; write a mapping with measure, before"),
        ("case", "results", [7], "results[1] (效果数据): 7 is no record"),
        ("case", "results", [{"measure": "m", "before": [1]}], "results[1].before (之前): a list is where one text belongs"),
    ],
)  # fmt: skip
def test_a_bad_value_is_a_line_that_says_what_to_do_and_stays(
    kind: str, name: str, given: Any, says: str | None
) -> None:
    result = check_fields(kind, {**NEEDED.get(kind, {}), "note": "kept", name: given}, TODAY)
    if says is None:
        assert result.problems == ()
        return
    assert any(says in line for line in result.problems), result.problems
    assert not any("\n" in line or len(line) > 300 for line in result.problems)
    assert name in result.fields
    assert result.fields["note"] == "kept"


@pytest.mark.parametrize(
    ("kind", "fields", "missing"),
    [
        ("case", {"行业": "冷链物流"}, ["pain (客户痛点): missing; give it", "result (项目效果): missing; give it"]),
        ("case", {**CASE, "industry": "  "}, ["industry (行业): missing; give it"]),
        ("people", {"title": "CTO"}, ["name / total: all missing; a people entry needs at least one of them"]),
        ("people", {"total": 486}, []),
        ("document", {}, []),
        ("certificate", None, ["certificate (证书名称): missing; give it", "issuer (发证机构): missing; give it"]),
    ],
)
def test_what_a_kind_needs_and_does_not_find_is_asked_for(kind: str, fields: Any, missing: list[str]) -> None:
    result = check_fields(kind, fields, TODAY)
    assert list(result.missing) == missing
    assert result.wrong == ()


@pytest.mark.parametrize(
    ("kind", "fields", "notes"),
    [
        ("case", {"industy": "x"}, ["industy: no field of this kind, kept as it is; did you mean industry?"]),
        ("case", {"客户痛点点": "x"}, ["客户痛点点: no field of this kind, kept as it is; did you mean pain?"]),
        ("case", {"zzzz": [1, {"a": None}]}, ["zzzz: no field of this kind, kept as it is"]),
        ("case", {"markets": ["CN"]}, ["markets: belongs to the entry itself; write it beside 'fields', not in it"]),
        ("company", {"gateways": "3.2 万台", "revenue_2025": "3.6 亿元"}, []),
        ("company", {"headquaters": "苏州"}, ["headquaters: no field of this kind, kept as it is; did you mean headquarters?"]),
        ("company", {"offices": "Suzhou, Beijing"}, ["offices (办公地点): 'Suzhou, Beijing' was taken as one; part several by ； or 、"]),
    ],
)  # fmt: skip
def test_unknown_fields_are_kept_and_told(kind: str, fields: dict[str, Any], notes: list[str]) -> None:
    result = check_fields(kind, {**NEEDED.get(kind, {}), **fields}, TODAY)
    assert list(result.notes) == notes
    assert result.problems == ()
    for name, value in fields.items():
        assert result.fields[name] in (value, [value])


@pytest.mark.parametrize("name", ["customer", "audience", "valid_until"])
def test_what_guards_an_entry_is_refused_where_it_would_not_count(name: str) -> None:
    """`valid_until` among the fields looks as if it blocked, and would not."""
    result = check_fields("case", {**CASE, name: "2026-01-01"}, TODAY)
    assert result.wrong == (f"{name}: '2026-01-01' would not count here; write it beside 'fields', not in it",)


def test_a_field_given_under_two_headings_is_a_problem_and_both_stay() -> None:
    result = check_fields("case", {"客户行业": "冷链", "行业": "物流", **CASE}, TODAY)
    assert result.wrong == (
        "industry: given twice, as industry and as 客户行业; keep one of them",
        "industry: given twice, as industry and as 行业; keep one of them",
    )
    assert result.fields["industry"] == CASE["industry"]
    assert result.fields["客户行业"] == "冷链"


@pytest.mark.parametrize("fields", [7, "text", ["a"], True])
def test_fields_that_are_no_mapping_are_a_problem(fields: Any) -> None:
    result = check_fields("document", fields, TODAY)
    assert result.fields == {}
    assert "is no mapping; write name: value" in result.problems[0]


def test_a_flood_of_problems_is_cut() -> None:
    result = check_fields("case", {**CASE, "results": [7] * 500}, TODAY)
    assert len(result.wrong) == 51
    assert result.wrong[-1] == "and 450 more of this kind"
    assert len(result.fields["results"]) == 500


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a；b;c|d、e\nf｜g", list("abcdefg")),
        ("Tingstone (Suzhou) Co., Ltd.", ["Tingstone (Suzhou) Co., Ltd."]),
        ("“一、二”、三", ["“一、二”", "三"]),
        ("（一、二", ["（一", "二"]),
        ("；；", []),
    ],
)
def test_a_list_written_as_one_text_is_parted(text: str, parts: list[str]) -> None:
    assert parted(text) == parts


def test_columns_that_a_kind_asks_for() -> None:
    assert check_columns("certificate", {"valid_until": None}) == (
        "valid_until (有效期至): not given; a certificate entry should have it",
    )
    assert check_columns("certificate", {"valid_until": TODAY}) == ()
    assert check_columns("document", {}) == ()


# --- any value whatever ----------------------------------------------------------------------------------------------

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.sampled_from(["2026/13/1", "是", "a；b", "k: v", "+9d", "a@b.cc", "\x00", "\ud800", 10**400, b"x", 1j])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def fields_of_a_kind(draw: st.DrawFn) -> tuple[str, dict[Any, Any]]:
    kind = draw(st.sampled_from(all_kinds()))
    known = [text for field in kind.fields for text in field.written()]
    subs = [sub.name for field in kind.fields for sub in field.fields]
    names = st.sampled_from(known) | st.text(max_size=12)
    records = st.lists(st.dictionaries(st.sampled_from(subs), VALUES, max_size=4), max_size=3) if subs else VALUES
    return kind.id, draw(st.dictionaries(names, VALUES | records, max_size=8))


def _no_lines(result: Any) -> list[str]:
    return [line for line in (*result.problems, *result.notes) if "\n" in line or not line.strip() or len(line) > 400]


@settings(max_examples=400)
@given(fields_of_a_kind())
def test_no_value_raises_and_checking_twice_changes_nothing(drawn: tuple[str, dict[Any, Any]]) -> None:
    kind, fields = drawn
    once = check_fields(kind, fields, TODAY)
    assert _no_lines(once) == []
    twice = check_fields(kind, once.fields, TODAY)
    assert twice.fields == once.fields
    assert len(twice.missing) == len(once.missing)


@given(VALUES, st.sampled_from(KINDS))
def test_anything_may_be_given_as_fields(value: Any, kind: str) -> None:
    assert _no_lines(check_fields(kind, value, TODAY)) == []


def test_a_value_nested_without_end_is_refused() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    result = check_fields("document", {"deep": deep}, TODAY)
    assert result.wrong == ("fields: a list is nested too deeply; write texts, lists and mappings",)


# --- the sample library ----------------------------------------------------------------------------------------------

SAMPLES = sorted(path for path in FOLDER.glob("*/*.md") if path.parent.name not in ("copy", "inputs", "transcripts"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_sample_is_in_this_form(path: Path) -> None:
    meta = read(path).meta
    result = check_fields(meta["kind"], meta.get("fields"), TODAY)
    assert (result.problems, result.notes) == ((), ())
    assert set(result.fields) == set(meta.get("fields") or {})
    assert check_columns(meta["kind"], meta) == ()


def test_the_sample_has_every_kind_and_what_is_about_to_run_out() -> None:
    metas = [read(path).meta for path in SAMPLES]
    kinds = {meta["kind"] for meta in metas}
    assert kinds == set(KINDS) - {"document"}
    ends = [as_day(m.get("valid_until"), TODAY, "valid_until") for m in metas if m["kind"] == "certificate"]
    assert len(ends) >= 2
    assert any(end is not None and (end - TODAY).days < kind_named("certificate").review_days for end in ends)
