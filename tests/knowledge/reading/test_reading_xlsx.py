"""Excel files: values as shown, hidden parts, formulas without values."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import Block, read
from knowledge.reading.cell_format import shown


def test_structure_and_places(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "价格"
    sheet.append(["Price list 2026"])
    sheet.append([])
    sheet.append(["Plan", "Price", "Growth", "From"])
    sheet.append(["Pro", 1299.5, 0.355, date(2026, 5, 1)])
    sheet.append(["Team", 99, None, datetime(2026, 5, 1, 9, 30)])
    sheet["B4"].number_format = '"¥"#,##0.00'
    sheet["C4"].number_format = "0.0%"
    path = tmp_path / "a.xlsx"
    book.save(path)
    document = read(path)
    assert document.blocks == (
        Block("Price list 2026", ("价格",), "价格 row 1"),
        Block("Plan: Pro; Price: ¥1,299.50; Growth: 35.5%; From: 2026-05-01", ("价格",), "价格 row 4", "row"),
        Block("Plan: Team; Price: 99; From: 2026-05-01 09:30:00", ("价格",), "价格 row 5", "row"),
    )


def test_what_is_hidden_or_covered_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Open")
        sheet.write_row(0, 0, ["Name", "Secret", "City", "Code"])
        sheet.write_row(1, 0, ["Ann", "s1", "Bonn", "x"])
        sheet.write_row(2, 0, ["Ben", "s2", "Rome", "y"])
        sheet.write_row(3, 0, ["Cid", "s3", "Oslo", "z"])
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.merge_range("C4:D4", "Oslo")
        sheet.write("D4", "covered")
        book.add_worksheet("Closed").hide()
    document = read(path)
    assert [block.text for block in document.blocks] == [
        "Name: Ann; City: Bonn; Code: x",
        "Name: Cid; City: Oslo",
    ]
    assert set(document.warnings) == {
        "Closed: hidden sheet, left out",
        "Open: 1 hidden rows were left out",
        "Open: 1 hidden columns were left out",
    }


def test_formulas_without_a_value_and_errors(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Name", "Sum"])
    sheet.append(["Ann", "=1+1"])
    sheet.append(["Ben", "#REF!"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    document = read(path)
    assert [block.text for block in document.blocks] == ["Name: Ann", "Name: Ben"]
    assert document.warnings == (
        "Sheet row 2: formula without a calculated value in B2",
        "Sheet row 3: B3 holds the error #REF!",
    )


def test_calculated_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Sum"])
        sheet.write(1, 0, "Ann")
        sheet.write_formula(1, 1, "=1+1", None, 2)
    document = read(path)
    assert [block.text for block in document.blocks] == ["Name: Ann; Sum: 2"]
    assert not document.warnings


def test_an_empty_book_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(UnreadableFile, match="no text"):
        read(path)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (0.355, "0%", "36%"),
        (0.125, "0.0%", "12.5%"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, '0.0,,"M"', "1.2M"),
        (1299, "[$¥-804]#,##0.00", "¥1,299.00"),
        (1299, '#,##0" €"', "1,299 €"),
        (99, "_($* #,##0.00_)", "$99.00"),
        (-5, "#,##0;(#,##0)", "-5"),
        (-5, "#,##0;[Red]-#,##0", "-5"),
        (-5, "0.00", "-5.00"),
        (35, '0"万"', "35万"),
        (1.5, "0.##", "1.5"),
        (12345, "0.00E+00", "12345"),
        (0.5, "# ?/?", "0.5"),
        (1e300, "0", "1" + "0" * 300),
        (True, "General", "TRUE"),
        ("text", "@", "text"),
    ],
)
def test_numbers_are_read_as_they_are_shown(value: Any, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected
