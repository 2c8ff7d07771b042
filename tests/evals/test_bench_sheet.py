"""The sheet of the import benchmark: the same each time, and bad only where that was planted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evals.bench.library import sheet
from knowledge.records import Customer
from knowledge.sheets import Defaults, kind_headings, plan_entries, read_table


def test_each_planted_row_is_bad_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "ROWS", 300)
    path = tmp_path / "a.xlsx"
    planted = sheet.write_sheet(path)
    assert sheet.sheet_rows()[1] == planted
    customers = [Customer(f"c{n}", {"zh-CN": sheet.customer_name(n)}) for n in range(sheet.CUSTOMERS)]
    assert len({customer.names["zh-CN"] for customer in customers}) == sheet.CUSTOMERS
    table = read_table(path, kind_headings("case"))
    plan = plan_entries(table, "case", Defaults(), date(2026, 11, 21), [], customers=customers)
    assert [problem.row for problem in plan.problems] == sorted(planted)
    assert len(plan.new) == 300 - sheet.BAD


def test_the_count_sees_rows_that_are_missing_or_too_many() -> None:
    def wrong(*messages: str) -> float | int | None:
        items = [{"status": "failed", "message": message} for message in messages]
        rows = list(sheet._rows({"items": items, "passages": 1}, {5: "formula", 9: "error"}, 1.0, 1.0))
        return rows[2].value

    assert wrong("a.xlsx, 案例 row 5, x: bad", "a.xlsx, 案例 row 9: bad") == 0
    assert wrong("a.xlsx, 案例 row 5: bad") == 1
    assert wrong("row 5: bad", "row 5: bad", "row 9: bad", "row 7: bad") == 2
