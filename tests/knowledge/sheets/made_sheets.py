"""Sheets made for the tests, by the libraries and bytes that people's programs make them with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from knowledge.records import Customer, EntryVersion
from knowledge.sheets import Defaults, Plan, Table, kind_headings, plan_entries, read_table

TODAY = date(2026, 11, 21)

CASE_HEADINGS = ("行业", "客户名称", "负责销售", "项目经理", "项目名称", "客户痛点", "项目价值提炼", "项目效果")
CASE = (
    "电梯维保",
    "申特电梯",
    "陈砺",
    "吴桐",
    "维保数字化一期",
    "故障靠电话报修",
    "先知道再动手",
    "响应时间由 95 分钟降至 38 分钟",
)

SHENTE = Customer(
    id="shente",
    names={"zh-CN": "申特电梯集团", "en": "Shente Elevator Group"},
    other_names=("申特电梯", "申特", "Shente"),
    aliases={"zh-CN": "华东某电梯维保集团"},
)
PANLAN = Customer(id="panlan", names={"zh-CN": "磐岚压缩机有限公司", "en": "Panlan Compressors"}, other_names=("磐岚",))
CUSTOMERS = (SHENTE, PANLAN)


def case(**other: Any) -> list[Any]:
    """A good row under `CASE_HEADINGS`, with other values where named by column letter: `case(H="31%")`."""
    row: list[Any] = list(CASE)
    for letter, value in other.items():
        index = ord(letter) - ord("A")
        row += [None] * (index + 1 - len(row))
        row[index] = value
    return row


def xlsx(path: Path, rows: Sequence[Sequence[Any]], change: Callable[[Any], None] = lambda sheet: None) -> Path:
    """A workbook of one sheet `案例` with these rows; `change` may do more to the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "案例"
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    book.save(path)
    return path


def cases(tmp_path: Path, *rows: Sequence[Any], change: Callable[[Any], None] = lambda sheet: None) -> Table:
    """The table of a case sheet with these rows below the headings."""
    path = xlsx(tmp_path / "cases.xlsx", [CASE_HEADINGS, *rows], change)
    return read_table(path, kind_headings("case"))


def planned(
    table: Table,
    existing: Sequence[EntryVersion] = (),
    defaults: Defaults | None = None,
    *,
    new_customers: bool = False,
) -> Plan:
    """The plan for a case sheet, with the customers above."""
    return plan_entries(
        table, "case", defaults or Defaults(), TODAY, existing, customers=CUSTOMERS, new_customers=new_customers
    )


def lines(problems: Sequence[Any]) -> list[str]:
    """Problems as a person reads them."""
    return [problem.line for problem in problems]
