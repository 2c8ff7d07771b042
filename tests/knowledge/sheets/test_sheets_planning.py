"""Rows to entries: each row whole or not at all, every problem told, nothing guessed and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sheets import CASE, CASE_HEADINGS, CUSTOMERS, SHENTE, TODAY, case, cases, lines, planned, xlsx

from knowledge.domain.errors import NotFound
from knowledge.folder.editing import with_changes
from knowledge.reading.passages import split
from knowledge.records import Audience, Customer, EntryVersion, State
from knowledge.sheets import Column, Defaults, Table, kind_headings, plan_entries, read_table
from knowledge.sheets.grid import Row


def kept(item: Any, version: int = 1) -> EntryVersion:
    """A planned version as the library would keep it."""
    return replace(item.version, version=version, state=State.APPROVED)


def test_a_row_becomes_an_internal_draft_that_cites_its_row(tmp_path: Path) -> None:
    [item] = planned(cases(tmp_path, CASE)).new
    entry = item.version
    assert (entry.state, entry.audience, entry.locale) == (State.DRAFT, Audience.INTERNAL, "zh-CN")
    assert (entry.title, entry.customer, entry.source) == ("维保数字化一期", "shente", "cases.xlsx")
    assert entry.fields["pain"] == "故障靠电话报修"
    assert "先知道再动手" in entry.text
    assert "陈砺" not in entry.text, "who sold it is nobody's text"
    assert {passage.locator for passage in split(item.document)} >= {"客户痛点 · 案例 row 2", "项目效果 · 案例 row 2"}
    assert item.after is None


def test_what_a_sheet_can_say_of_an_entry(tmp_path: Path) -> None:
    heads = ["编号", "标题", "语言", "负责部门", "公开范围", "适用市场", "复核日期", "有效期至", "译自", *CASE_HEADINGS]
    row = ["case-a", "标题甲", "中文", "市场部", "公开", "中国、EU", "2026/12/1", date(2027, 3, 1), "case-b", *CASE]
    [item] = planned(read_table(xlsx(tmp_path / "a.xlsx", [heads, row]), kind_headings("case"))).new
    entry = item.version
    assert (entry.entry_id, entry.title, entry.locale, entry.owner) == ("case-a", "标题甲", "zh-CN", "市场部")
    assert (entry.audience, entry.markets, entry.translates) == (Audience.PUBLIC, ("CN", "EU"), "case-b")
    assert (entry.review_due, entry.valid_until) == (date(2026, 12, 1), date(2027, 3, 1))
    assert entry.state is State.DRAFT, "no sheet approves itself"


def test_defaults_hold_where_the_row_says_nothing(tmp_path: Path) -> None:
    defaults = Defaults("zh-CN", Audience.PARTNER, ("CN",), "市场部", "panlan")
    [first, second] = planned(cases(tmp_path, CASE, case(B=None, E="二期")), defaults=defaults).new
    assert (first.version.audience, first.version.markets, first.version.owner) == (Audience.PARTNER, ("CN",), "市场部")
    assert (first.version.customer, second.version.customer) == ("shente", "panlan")


@pytest.mark.parametrize(
    "name",
    [
        "申特电梯集团",
        "申特",
        "Shente Elevator Group",
        "ＳＨＥＮＴＥ",
        " shente ",
        "Shente  Elevator Group",
        "申特电梯集团公司",
        "申特电梯集团有限公司",
        "申特電梯集團",
        "申特電梯股份有限公司",
        "申特 电梯",
        "SHENTE ELEVATOR GROUP LTD.",
        "shente elevator group limited",
        "Shente Elevator",
        "Shente Co., Ltd.",
        "申特（集团）",
    ],
)
def test_a_customer_is_found_by_any_spelling(tmp_path: Path, name: str) -> None:
    assert planned(cases(tmp_path, case(B=name))).new[0].version.customer == "shente"


@pytest.mark.parametrize(
    "name", ["申特电梯服务公司", "申特（苏州）有限公司", "Shent", "申特 磐岚", "某客户", "有限公司", "www.shente.com"]
)
def test_an_unknown_customer_refuses_the_row(tmp_path: Path, name: str) -> None:
    assert lines(planned(cases(tmp_path, case(B=name))).problems) == [
        f"cases.xlsx, 案例 row 2, 客户名称 (B2): no customer is called '{name}'; "
        "check the name, or import the customer first"
    ]


def test_a_name_of_two_customers_is_not_guessed(tmp_path: Path) -> None:
    twin = replace(SHENTE, id="shente-2", names={"zh-CN": "申特电扶梯"}, other_names=("申特",))
    plan = plan_entries(cases(tmp_path, case(B="申特")), "case", Defaults(), TODAY, [], customers=[SHENTE, twin])
    assert "may be shente or shente-2; write the id" in plan.problems[0].line


def test_two_customers_of_one_name_and_other_legal_forms_are_not_guessed(tmp_path: Path) -> None:
    owners = [
        Customer("a", {"zh-CN": "莫恩哈特铸造有限公司"}),
        Customer("b", {"zh-CN": "莫恩哈特铸造（集团）股份有限公司"}),
    ]

    def plan(name: str) -> Any:
        return plan_entries(cases(tmp_path, case(B=name)), "case", Defaults(), TODAY, [], customers=owners)

    assert plan("莫恩哈特铸造有限公司").new[0].version.customer == "a", "what is written exactly so is meant"
    assert "may be a or b; write the id" in plan("莫恩哈特铸造").problems[0].line


def test_no_twin_is_made_of_a_customer_with_another_legal_form(tmp_path: Path) -> None:
    known = Customer("mh", {"zh-CN": "莫恩哈特铸造"})
    rows = [case(B="莫恩哈特铸造有限公司"), case(B="莫恩哈特鑄造", E="二期"), case(B="河谷泵业有限公司", E="三期"), case(B="河谷泵业", E="四期"),
            case(B="Steel GmbH", E="五期"), case(B="steel", E="六期")]  # fmt: skip
    table = cases(tmp_path, *rows)
    plan = plan_entries(table, "case", Defaults(), TODAY, [], customers=[known], new_customers=True)
    whose = [item.version.customer for item in plan.new]
    assert whose[:2] == ["mh", "mh"]
    assert (whose[2], whose[4]) == (whose[3], whose[5])
    assert [dict(customer.names) for customer in plan.customers] == [
        {"zh-CN": "河谷泵业有限公司"},
        {"zh-CN": "Steel GmbH"},
    ]


def test_new_customers_are_made_when_asked_for_and_only_for_good_rows(tmp_path: Path) -> None:
    table = cases(tmp_path, case(B="某厂"), case(B="某厂", E="二期"), case(B="坏厂", H=None))
    plan = planned(table, new_customers=True)
    [customer] = plan.customers
    assert (dict(customer.names), customer.permissions) == ({"zh-CN": "某厂"}, ())
    assert "某厂" not in customer.id
    assert [item.version.customer for item in plan.new] == [customer.id, customer.id]
    assert plan.counts()["new_customers"] == 1


def test_a_made_id_is_stable_and_does_not_tell_the_customer(tmp_path: Path) -> None:
    rows = [case(E="申特电梯维保数字化一期"), case(E="Shente 二期"), case(B="磐岚", E="维保数字化一期")]
    ids = [item.version.entry_id for item in planned(cases(tmp_path, *rows)).new]
    again = [item.version.entry_id for item in planned(cases(tmp_path, *reversed(rows))).new]
    assert ids == again[::-1]
    assert len(set(ids)) == 3
    assert ids[0].startswith("case-维保数字化一期-")
    assert not any(name.lower() in entry_id for name in SHENTE.spellings() for entry_id in ids)


def test_every_problem_of_a_row_is_told(tmp_path: Path) -> None:
    heads = [*CASE_HEADINGS, "有效期至", "公开范围", "适用市场", "语言", "效果数据"]
    row = [*case(B="某客户", F=None), "2026/13/1", "所有人", "火星", "克林贡语", "从 95 到 38"]
    plan = planned(read_table(xlsx(tmp_path / "a.xlsx", [heads, row]), kind_headings("case")))
    assert [(p.column, p.row) for p in plan.problems] == [
        ("有效期至", 2), ("公开范围", 2), ("适用市场", 2), ("语言", 2), ("效果数据", 2), ("客户名称", 2), ("客户痛点", 2),
    ]  # fmt: skip
    assert all(problem.remedy for problem in plan.problems)
    assert plan.counts() == {"rows": 1, "new": 0, "changed": 0, "unchanged": 0, "refused": 1, "new_customers": 0}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026年3月1日", date(2026, 3, 1)),
        ("２０２６－０３－０１", date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        ("2026/13/1", "no day of the calendar"),
        ("2026-02-30", "no day of the calendar"),
        ("03/04/2026", "does not tell day and month apart"),
        ("明年三月", "no day"),
        ("46082", "no day"),
    ],
)
def test_days(tmp_path: Path, text: Any, day: date | str) -> None:
    path = xlsx(tmp_path / "a.xlsx", [[*CASE_HEADINGS, "有效期至"], [*CASE, text]])
    plan = planned(read_table(path, kind_headings("case")))
    if isinstance(day, date):
        assert plan.new[0].version.valid_until == day
    else:
        [problem] = plan.problems
        assert day in problem.line
        assert "write it as 2026-03-01" in problem.line


def test_a_row_twice_refuses_the_later_and_names_the_earlier(tmp_path: Path) -> None:
    plan = planned(cases(tmp_path, CASE, case(E="二期"), CASE))
    assert [item.row for item in plan.new] == [2, 3]
    assert lines(plan.problems) == [
        "cases.xlsx, 案例 row 4: the same customer, name and language stands in row 2 already; "
        "keep one of the two rows, or give each an id of its own"
    ]
    path = xlsx(tmp_path / "b.xlsx", [["编号", *CASE_HEADINGS], ["a", *CASE], ["b", *CASE], ["a", *case(E="二期")]])
    plan = planned(read_table(path, kind_headings("case")))
    assert [item.version.entry_id for item in plan.new] == ["a", "b"]
    assert "the id 'a' stands in row 2 already" in plan.problems[0].line


def test_running_numbers_are_no_ids(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["编号", *CASE_HEADINGS], [1, *CASE], [2, *case(E="二期")]])
    plan = planned(read_table(path, kind_headings("case")))
    assert all(item.version.entry_id.startswith("case-") for item in plan.new)
    assert "a.xlsx, 案例, 编号 (A): holds running numbers: they are not taken as ids" in lines(plan.table.notes)


@pytest.mark.parametrize("text", ["a b", "a/b", "a@1", "a#2", "x" * 201])
def test_ids_that_cannot_be_kept(tmp_path: Path, text: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["编号", *CASE_HEADINGS], [text, *CASE]])
    assert "is no id" in planned(read_table(path, kind_headings("case"))).problems[0].line


# --- again


def test_the_same_sheet_again_changes_nothing(tmp_path: Path) -> None:
    table = cases(tmp_path, CASE, case(E="二期"))
    plan = planned(table, [kept(item) for item in planned(table).new])
    assert plan.counts()["unchanged"] == 2
    assert plan.planned == ()


def test_another_value_is_a_new_version_with_its_words_told(tmp_path: Path) -> None:
    before = [kept(item, 3) for item in planned(cases(tmp_path, CASE)).new]
    [item] = planned(cases(tmp_path, case(H="响应时间由 95 分钟降至 35 分钟")), before).changed
    assert (item.after, item.version.entry_id) == (3, before[0].entry_id)
    [change] = item.changes
    assert change.name == "result"
    assert [(str(piece.change), piece.text) for piece in change.part.pieces] == [
        ("same", "响应时间由 95 分钟降至 "), ("removed", "38"), ("added", "35"), ("same", " 分钟"),
    ]  # fmt: skip
    assert "35" in item.version.text
    assert "38" not in item.version.text


def test_a_row_without_an_id_finds_the_entry_that_people_wrote(tmp_path: Path) -> None:
    [item] = planned(cases(tmp_path, CASE)).new
    by_hand = replace(kept(item), entry_id="case-elevator", title="华东电梯维保", body="# 华东电梯维保\n\n手写的正文。\n",
                      text="华东电梯维保\n手写的正文。", markets=("CN",), owner="市场部", fields={**item.version.fields, "region": "华东"})  # fmt: skip
    plan = planned(cases(tmp_path, CASE), [by_hand])
    assert [u.entry_id for u in plan.unchanged] == ["case-elevator"]
    [changed] = planned(cases(tmp_path, case(F="派单凭经验")), [by_hand]).changed
    entry = changed.version
    assert (entry.body, entry.title, entry.markets, entry.owner) == (by_hand.body, "华东电梯维保", ("CN",), "市场部")
    assert (entry.fields["pain"], entry.fields["region"]) == ("派单凭经验", "华东")


@pytest.mark.parametrize(
    ("defaults", "name", "value"),
    [
        (Defaults(audience=Audience.PUBLIC), "audience", Audience.PUBLIC),
        (Defaults(markets=("EU",)), "markets", ("EU",)),
        (Defaults(owner="产品部"), "owner", "产品部"),
        (Defaults(customer="panlan"), "customer", "panlan"),
        (Defaults(locale="zh-TW"), "locale", "zh-TW"),
    ],
)
def test_what_is_said_for_all_rows_holds_for_entries_that_are_there(
    tmp_path: Path, defaults: Defaults, name: str, value: Any
) -> None:
    heads, *rows = [CASE_HEADINGS[:1] + CASE_HEADINGS[2:], *([*row[:1], *row[2:]] for row in (CASE, case(E="二期")))]
    table = read_table(xlsx(tmp_path / "a.xlsx", [heads, *rows]), kind_headings("case"))
    before = [kept(item) for item in planned(table).new]
    plan = planned(table, before, defaults)
    assert plan.counts()["changed"] == 2
    assert [(i.version.entry_id, getattr(i.version, name)) for i in plan.changed] == [
        (b.entry_id, value) for b in before
    ]
    assert {change.name for item in plan.changed for change in item.changes} == {f"@{name}"}
    after = [kept(item, 2) for item in plan.changed]
    assert planned(table, after, defaults).counts()["unchanged"] == 2
    assert planned(table, after).counts()["unchanged"] == 2, "what is not said stays"


def test_a_cell_says_more_than_what_is_said_for_all_rows(tmp_path: Path) -> None:
    heads = [*CASE_HEADINGS, "公开范围", "适用市场"]
    rows = [[*CASE, "伙伴", "中国"], [*case(E="二期"), None, None]]
    table = read_table(xlsx(tmp_path / "a.xlsx", [heads, *rows]), kind_headings("case"))
    before = [replace(kept(item), audience=Audience.PARTNER, markets=("CN",)) for item in planned(table).new]
    said = Defaults(audience=Audience.PUBLIC, markets=("EU",))
    [changed] = planned(table, before, said).changed
    assert (changed.version.audience, changed.version.markets) == (Audience.PUBLIC, ("EU",))
    [emptied] = planned(table, before).changed
    assert (emptied.version.audience, emptied.version.markets) == (Audience.PARTNER, ())


def test_another_row_of_that_name_is_not_taken_for_the_entry(tmp_path: Path) -> None:
    before = [kept(item) for item in planned(cases(tmp_path, case(B=None))).new]
    other = cases(tmp_path, case(B=None, F="别的痛点"))
    assert planned(other, before, Defaults(customer="panlan")).counts()["new"] == 1
    assert planned(other, before, Defaults(locale="zh-TW")).counts()["new"] == 1


def test_a_corrected_sheet_reaches_the_text_after_an_edit_of_a_field(tmp_path: Path) -> None:
    table = cases(tmp_path, CASE)
    [item] = planned(table).new
    edit = with_changes(kept(item), {"fields.result": "响应时间由 95 分钟降至 35 分钟"}, TODAY)
    assert edit is not None
    assert edit.notes == ()
    assert "35 分钟" in edit.version.text
    assert "38 分钟" not in edit.version.text
    [back] = planned(table, [replace(edit.version, version=2)]).changed
    assert (back.version.body, back.version.text) == (item.version.body, item.version.text)


def test_two_entries_that_a_row_may_mean_are_not_guessed(tmp_path: Path) -> None:
    [item] = planned(cases(tmp_path, CASE)).new
    twins = [replace(kept(item), entry_id=entry_id) for entry_id in ("case-a", "case-b")]
    plan = planned(cases(tmp_path, CASE), twins)
    assert "may be the entry case-a or case-b; write the id" in plan.problems[0].line


def test_an_empty_cell_empties_its_field_and_an_absent_column_does_not(tmp_path: Path) -> None:
    before = [kept(item) for item in planned(cases(tmp_path, CASE)).new]
    [emptied] = planned(cases(tmp_path, case(G=None)), before).changed
    assert "value" not in emptied.version.fields
    assert [(c.name, c.after) for c in emptied.changes] == [("value", "")]
    short = xlsx(tmp_path / "b.xlsx", [["客户名称", "项目名称", "项目效果"], ["申特", "维保数字化一期", "新的效果"]])
    [changed] = planned(read_table(short, kind_headings("case")), before).changed
    assert changed.version.fields["value"] == "先知道再动手"
    assert [c.name for c in changed.changes] == ["result"]


def test_an_id_of_another_kind_is_not_written_over(tmp_path: Path) -> None:
    [item] = planned(cases(tmp_path, CASE)).new
    other = replace(kept(item), entry_id="r200", kind="product")
    path = xlsx(tmp_path / "a.xlsx", [["编号", *CASE_HEADINGS], ["r200", *CASE]])
    plan = planned(read_table(path, kind_headings("case")), [other])
    assert "the id 'r200' belongs to an entry of kind product" in plan.problems[0].line


def test_a_text_of_its_own_is_kept_as_it_is(tmp_path: Path) -> None:
    body = "---\n不是头信息\n---\n\n## 背景\n\n- 一\n- 二"
    path = xlsx(tmp_path / "a.xlsx", [[*CASE_HEADINGS, "正文"], [*CASE, body]])
    [item] = planned(read_table(path, kind_headings("case"))).new
    assert "不是头信息" in item.version.text
    assert item.version.text.endswith("一\n二")


def test_two_hundred_rows_with_seven_bad_ones(tmp_path: Path) -> None:
    bad: dict[int, dict[str, Any]] = {
        5: {"B": "无此客户"}, 17: {"H": "=1+1"}, 42: {"F": None}, 77: {"I": "2026/13/1"}, 120: {"E": "项目 9"},
        161: {"H": "#N/A"}, 200: {"I": "03/04/2026"},
    }  # fmt: skip
    rows = [case(E=f"项目 {number}", **bad.get(number, {})) if "E" not in bad.get(number, {}) else case(**bad[number])
            for number in range(2, 202)]  # fmt: skip
    path = xlsx(tmp_path / "a.xlsx", [[*CASE_HEADINGS, "有效期至"], *rows])
    plan = planned(read_table(path, kind_headings("case")))
    assert [problem.row for problem in plan.problems] == sorted(bad)
    assert (len(plan.new), len(plan.refused)) == (193, 7)


def test_the_preview_is_plain_data(tmp_path: Path) -> None:
    import json

    preview = planned(cases(tmp_path, CASE, case(B="无此客户"))).preview()
    assert json.loads(json.dumps(preview)) == json.loads(json.dumps(preview, default=str))
    assert preview["mapping"][1] == {
        "column": "客户名称", "field": "customer", "of": "entry", "nearest": None, "example": "申特电梯",
    }  # fmt: skip
    assert preview["counts"]["refused"] == 1
    assert preview["first"][0]["row"] == 2


def test_other_kinds_are_rows_too(tmp_path: Path) -> None:
    heads = ["证书编号", "证书名称", "发证机构", "适用型号", "有效期至"]
    path = xlsx(tmp_path / "a.xlsx", [heads, ["C-1", "IEC 62443-4-1 认证", "某认证中心", "R200、R300", "2027-01-01"]])
    table = read_table(path, kind_headings("certificate"))
    plan = plan_entries(table, "certificate", Defaults(locale="zh-CN"), TODAY, [], customers=CUSTOMERS)
    assert lines(plan.problems) == []
    [item] = plan.new
    assert item.version.kind == "certificate"
    assert item.version.valid_until == date(2027, 1, 1)
    with pytest.raises(NotFound, match="no kind of entry"):
        plan_entries(table, "certificat", Defaults(), TODAY, [])


_FIELDS = ("industry", "@customer", "project_name", "pain", "result", "results", "quotes", "go_live", "products", "自有",
           "@id", "@title", "@locale", "@audience", "@markets", "@valid_until", "@text", "@translates")  # fmt: skip
_CELLS = st.one_of(
    st.sampled_from(["", "申特", "2026/3/1", "json:", "json:[1]", "json:{}", "json:null", "指标: 甲; 之后: 1", "公开", "en", "---\na\n---"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=len(_FIELDS), max_size=len(_FIELDS)), min_size=1, max_size=4))
def test_whatever_the_cells_hold_each_row_has_one_fate(cells: list[list[str]]) -> None:
    columns = tuple(Column(index, name, name) for index, name in enumerate(_FIELDS))
    rows = tuple(Row(number, tuple(row)) for number, row in enumerate(cells, start=2))
    plan = planned(Table("a.xlsx", Path("a.xlsx"), "案例", 1, columns, rows), new_customers=True)
    fates = [*(item.row for item in plan.planned), *(row.row for row in (*plan.unchanged, *plan.refused))]
    assert sorted(fates) == [row.number for row in rows]
    assert all(refused.problems for refused in plan.refused)
    assert all("\n" not in problem.line for problem in plan.problems)
