"""Customers, permissions and glossary from sheets: the words marketers write, and a clear line for each wrong row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_sheets import CUSTOMERS, SHENTE, TODAY, lines, xlsx

from knowledge.domain.errors import InputError
from knowledge.records import Level, Permission, Term, Use
from knowledge.registers import read_customers, read_glossary
from knowledge.sheets import plan_customers, plan_permissions, plan_terms, to_permit

# --- permissions

PERMISSION = ["客户", "用途", "级别", "市场", "渠道", "有效期至", "同意人", "同意日期", "证明文件"]
GOOD = ["申特电梯", "名称", "具名", "中国、欧盟", "官网", date(2027, 3, 1), "周启明", "2026/3/1", "授权书.pdf"]


def permissions(tmp_path: Path, *rows: list[Any], headings: list[str] = PERMISSION) -> Any:
    return plan_permissions(xlsx(tmp_path / "p.xlsx", [headings, *rows]), CUSTOMERS, TODAY)


def test_permissions_in_the_words_of_marketers(tmp_path: Path) -> None:
    assert to_permit(permissions(tmp_path, GOOD)) == {
        "shente": [
            Permission(
                Use.NAME,
                Level.PUBLIC,
                ("CN", "EU"),
                ("website",),
                date(2027, 3, 1),
                "周启明",
                date(2026, 3, 1),
                "授权书.pdf",
            )
        ]
    }


@pytest.mark.parametrize(
    ("uses", "level", "expected"),
    [
        ("名称、标识", "公开", [(Use.NAME, Level.PUBLIC), (Use.LOGO, Level.PUBLIC)]),
        ("引语", "匿名", [(Use.QUOTE, Level.ALIAS)]),
        ("数据/参观", "代称", [(Use.FIGURES, Level.ALIAS), (Use.VISIT, Level.ALIAS)]),
        ("客户评价", "仅限内部", [(Use.QUOTE, Level.INTERNAL)]),
        ("Name, logo", "Public", [(Use.NAME, Level.PUBLIC), (Use.LOGO, Level.PUBLIC)]),
        ("ＶＩＳＩＴ", "INTERNAL", [(Use.VISIT, Level.INTERNAL)]),
    ],
)
def test_uses_and_levels(tmp_path: Path, uses: str, level: str, expected: list[tuple[Use, Level]]) -> None:
    found = to_permit(permissions(tmp_path, ["shente", uses, level], headings=["customer", "use", "level"]))
    assert [(p.use, p.level) for p in found["shente"]] == expected


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (0, "某客户", "客户 (A2): no customer is called '某客户'; check the name, or import the customer first"),
        (0, None, "客户 (A2): customer is missing; write the name or id of a known customer"),
        (1, "商标权", "用途 (B2): '商标权' is not known here; write one of name (名称)"),
        (1, None, "用途 (B2): use is missing; write one of name, logo, quote, figures, visit"),
        (2, "也许", "级别 (C2): '也许' is not known here; write one of public (公开)"),
        (3, "火星", "市场 (D2): '火星' is no market's code; write one such as CN, EU or US"),
        (5, "2026/13/1", "有效期至 (F2): '2026/13/1' is no day of the calendar; write it as 2026-03-01"),
        (5, "2026-01-01", "有效期至 (F2): 2026-01-01 is before the consent of 2026-03-01; mend one of the two"),
        (7, "2027-01-01", "同意日期 (H2): 2027-01-01 is still to come; write the day of the consent"),
        (7, "=TODAY()", "同意日期 (H2): holds the formula =TODAY(); paste its value in its place"),
    ],
)
def test_a_wrong_permission_is_one_clear_line(tmp_path: Path, cell: int, value: Any, said: str) -> None:
    row = [value if index == cell else text for index, text in enumerate(GOOD)]
    plan = permissions(tmp_path, row, ["磐岚", *GOOD[1:]])
    [line] = lines(plan.problems)
    assert line.startswith(f"p.xlsx, 案例 row 2, {said}")
    assert list(to_permit(plan)) == ["panlan"]


def test_two_rows_on_one_thing_cannot_both_hold(tmp_path: Path) -> None:
    plan = permissions(tmp_path, GOOD, [*GOOD[:2], "内部", *GOOD[3:]], ["申特电梯", "标识", *GOOD[2:]])
    assert lines(plan.problems) == [
        "p.xlsx, 案例 row 3, 用途 (B3): row 2 speaks of name of 'shente' in the same markets and channels; "
        "keep one of the two"
    ]
    assert [p.use for p in to_permit(plan)["shente"]] == [Use.NAME, Use.LOGO]


def test_what_is_on_record_is_not_permitted_again(tmp_path: Path) -> None:
    [first] = to_permit(permissions(tmp_path, GOOD))["shente"]
    again = plan_permissions(tmp_path / "p.xlsx", [replace(SHENTE, permissions=(first,))], TODAY)
    assert to_permit(again) == {}
    assert again.records[0].known == (first,)


def test_all_markets_is_no_restriction(tmp_path: Path) -> None:
    [found] = to_permit(permissions(tmp_path, [*GOOD[:3], "全部", "不限", *GOOD[5:]]))["shente"]
    assert (found.markets, found.channels) == ((), ())


# --- customers


def test_customers_in_the_words_of_marketers(tmp_path: Path) -> None:
    heads = ["客户编号", "中文名称", "英文名称", "其他叫法", "代称", "英文代称", "客户分级", "名称_de"]
    row = ["yulan", "渝岚电梯服务有限公司", "Yulan", "渝岚电梯、渝岚", "西南某企业", "a company", "MGC", "Yulan GmbH"]
    [customer] = plan_customers(xlsx(tmp_path / "c.xlsx", [heads, row])).records
    assert customer.id == "yulan"
    assert customer.names == {"zh-CN": "渝岚电梯服务有限公司", "en": "Yulan", "de": "Yulan GmbH"}
    assert customer.aliases == {"zh-CN": "西南某企业", "en": "a company"}
    assert (customer.other_names, customer.segment) == (("渝岚电梯", "渝岚"), "MGC")


def test_a_sheet_of_customers_keeps_what_it_does_not_speak_of(tmp_path: Path) -> None:
    consent = Permission(Use.NAME, Level.PUBLIC)
    known = replace(SHENTE, permissions=(consent,))
    path = xlsx(tmp_path / "c.xlsx", [["客户名称", "客户分级"], ["申特电梯集团", "MVC"], ["Brennhagen GmbH", ""]])
    first, second = plan_customers(path, [known]).records
    assert first == replace(known, segment="MVC")
    assert (dict(second.names), second.permissions) == ({"en": "Brennhagen GmbH"}, ())
    assert read_customers(path, TODAY, [known])[0].permissions == (consent,)


def test_customers_that_cannot_be_told_apart(tmp_path: Path) -> None:
    rows = [
        ["id", "名称", "其他叫法"],
        ["a", "甲公司", "甲"],
        ["a", "乙公司", ""],
        ["b", "丙公司", "甲"],
        ["c", None, ""],
    ]
    plan = plan_customers(xlsx(tmp_path / "c.xlsx", rows))
    assert [customer.id for customer in plan.records] == ["a"]
    assert lines(plan.problems) == [
        "c.xlsx, 案例 row 3, id (A3): row 2 speaks of the customer 'a' already; keep one of the two",
        "c.xlsx, 案例 row 4: '甲' is the customer of row 2, too; a name must lead to one customer",
        "c.xlsx, 案例 row 5: it has no name; write one under 名称 or name",
    ]


# --- glossary


def glossary(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "g.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("term,locale,translation_en\n边缘网关,zh,edge gateway\n", Term("边缘网关", "zh-CN", {"en": "edge gateway"})),
        ("术语,语言,英文,德文\n边缘网关,中文,edge gateway,\n", Term("边缘网关", "zh-CN", {"en": "edge gateway"})),
        ("中文,英文,不译\nTingDeck,TingDeck,是\n",
         Term("TingDeck", "zh-CN", {"zh": "TingDeck", "en": "TingDeck"}, do_not_translate=True)),
        ("English,Chinese\nedge gateway,边缘网关\n", Term("edge gateway", "en", {"en": "edge gateway", "zh": "边缘网关"})),
        ("term,locale,forbidden,case_rule\nR200,zh-CN,R-200|R 200,区分大小写\n",
         Term("R200", "zh-CN", forbidden=("R-200", "R 200"), case_rule="exact")),
        ("术语,语言,禁用写法,词性,备注\n维保,zh,维修、保养,名词,简称\n",
         Term("维保", "zh-CN", part_of_speech="名词", forbidden=("维修", "保养"), note="简称")),
    ],
)  # fmt: skip
def test_glossaries_as_people_keep_them(tmp_path: Path, text: str, expected: Term) -> None:
    assert read_glossary(glossary(tmp_path, text)) == [expected]
    assert read_glossary(glossary(tmp_path, text, "utf-16")) == [expected]


def test_wrong_terms_are_told_row_by_row(tmp_path: Path) -> None:
    text = "term,locale,do_not_translate,case_rule\na,en,maybe,\n,en,,\nb,Klingonisch!,,\nc,en,,loud\nd,en,,\nd,en,,\ne,,,\n"
    plan = plan_terms(glossary(tmp_path, text))
    assert [term.term for term in plan.records] == ["d"]
    assert [(problem.row, problem.column) for problem in plan.problems] == [
        (2, "do_not_translate"), (3, "term"), (4, "locale"), (5, "case_rule"), (7, "term"), (8, "locale"),
    ]  # fmt: skip
    assert "'d' (en) stands in row 6 already; keep one of the two" in plan.problems[4].line
    with pytest.raises(InputError, match=r"g\.csv, row 2, do_not_translate \(C2\): 'maybe' .* \(and 5 more\)"):
        read_glossary(tmp_path / "g.csv")


def test_a_glossary_needs_a_column_for_its_terms(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column gives the term"):
        read_glossary(glossary(tmp_path, "备注,词性\na,b\n"))


def test_two_columns_of_one_language_block_the_glossary(tmp_path: Path) -> None:
    plan = plan_terms(glossary(tmp_path, "term,locale,英文,translation_en\na,zh,b,c\n"))
    assert plan.blocked
    assert plan.records == ()
    assert "both mean translation_en" in plan.problems[0].line
