"""Sheets as people keep them: where the headings are, what is left out, and one clear line for each thing wrong."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from made_sheets import CASE, CASE_HEADINGS, case, cases, lines, planned, xlsx

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.sheets import Table, kind_headings, read_table


def read(path: Path, **options: Any) -> Table:
    return read_table(path, kind_headings("case"), **options)


def test_the_headings_of_marketers_are_understood(tmp_path: Path) -> None:
    table = cases(tmp_path, CASE)
    assert [column.field for column in table.columns] == [
        "industry", "@customer", "sales", "project_manager", "project_name", "pain", "value", "result",
    ]  # fmt: skip
    assert table.headings == CASE_HEADINGS
    assert [(row.number, row.cells) for row in table.rows] == [(2, CASE)]
    assert table.problems == ()


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("客户名称", "@customer"),
        ("客户名称（必填）", "@customer"),
        ("＊项目效果：", "result"),
        (" 项目 效果 ", "result"),
        ("上线时间（年-月-日）", "go_live"),
        ("Project manager", "project_manager"),
        ("PROJECT_NAME", "project_name"),
        ("编号", "@id"),
        ("译自", "@translates"),
        ("fields.车间", "车间"),
        ("效果如何", None),
        ("", None),
    ],
)
def test_a_heading_is_known_by_its_words_and_never_by_likeness(heading: str, field: str | None) -> None:
    assert kind_headings("case").field_of(heading) == field


def test_a_title_above_the_headings_is_usual(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:H1")
        sheet.merge_cells("A2:H2")

    path = xlsx(tmp_path / "a.xlsx", [["2026 年成功案例汇总"], ["填写人：市场部"], [], CASE_HEADINGS, CASE], merge)
    table = read(path)
    assert (table.heading_row, [row.number for row in table.rows]) == (4, [5])
    assert "a.xlsx, 案例: headings in row 4, 1 rows below" in lines(table.notes)
    assert lines(planned(table).problems) == []


def test_headings_of_two_rows_are_one(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        for column in "ABCDEFGH":
            sheet.merge_cells(f"{column}1:{column}2")

    table = read(xlsx(tmp_path / "a.xlsx", [CASE_HEADINGS, [], CASE], change))
    assert [row.number for row in table.rows] == [3]
    assert len(planned(table).new) == 1


def test_a_heading_over_two_columns_blocks_the_sheet(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("H1:I1")

    plan = planned(cases(tmp_path, case(I="二次上门率降至 12%"), change=change))
    assert plan.blocked
    assert plan.new == ()
    assert lines(plan.table.problems) == [
        "cases.xlsx, 案例, 项目效果 (H1:I1): one heading over the columns of H1:I1; give each its own"
    ]


def test_unknown_columns_are_told_and_not_taken_over(tmp_path: Path) -> None:
    rows = [[*CASE_HEADINGS, "项目效果描述", "xyz", None], [*CASE, "好", "1", "loose"]]
    table = read(xlsx(tmp_path / "a.xlsx", rows))
    told = [line for line in lines(table.notes) if "not taken over" in line]
    assert told == [
        "a.xlsx, 案例, 项目效果描述: is no known heading: its values are not taken over; "
        "the nearest known heading is 项目效果; rename or map it",
        "a.xlsx, 案例, xyz: is no known heading: its values are not taken over; rename or map it",
        "a.xlsx, 案例, column K: has no heading: its values are not taken over; rename or map it",
    ]
    [item] = planned(table).new
    assert "loose" not in item.version.text
    assert "好" not in item.version.text


def test_a_column_can_be_mapped_and_left_out(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx", [["我们的列", "旧效果", "效果", *CASE_HEADINGS[:7]], ["新", "旧", "废", *CASE[:7]]]
    )
    table = read(path, mapping={"我们的列": "项目效果", "旧效果": "-", "效果": "-"})
    assert [column.field for column in table.columns][:3] == ["result", None, None]
    with pytest.raises(InputError, match="no field 'resultat'"):
        read(path, mapping={"我们的列": "resultat"})
    with pytest.raises(InputError, match="no column '他们的列'"):
        read(path, mapping={"他们的列": "result"})


def test_two_columns_of_one_meaning_block_the_sheet(tmp_path: Path) -> None:
    plan = planned(read(xlsx(tmp_path / "a.xlsx", [[*CASE_HEADINGS, "客户"], [*CASE, "磐岚"]])))
    assert plan.blocked
    assert plan.planned == ()
    assert lines(plan.table.problems) == [
        "a.xlsx, 案例, 客户名称: the columns B (客户名称) and I (客户) both mean @customer; "
        "rename, remove or leave out one of them"
    ]


def test_no_headings_no_rows_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no row with known headings within the first 10 rows"):
        read(xlsx(tmp_path / "a.xlsx", [["a", "b"], ["c", "d"]]))
    with pytest.raises(InputError, match="no rows below the headings in row 1"):
        read(xlsx(tmp_path / "b.xlsx", [CASE_HEADINGS]))
    with pytest.raises(InputError, match="no sheet '别的'; it has 案例"):
        read(xlsx(tmp_path / "c.xlsx", [CASE_HEADINGS, CASE]), sheet="别的")


def test_merged_cells_among_the_rows_refuse_the_rows_they_touch(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("B3:B4")
        sheet.merge_cells("E6:F6")

    plan = planned(cases(tmp_path, CASE, case(E="二期"), case(E="三期"), case(E="四期"), case(E="五期"), change=merge))
    remedy = "unmerge them and fill each cell"
    assert lines(plan.problems) == [
        f"cases.xlsx, 案例 row 3, 客户名称 (B3:B4): is part of the merged cells B3:B4; {remedy}",
        f"cases.xlsx, 案例 row 4, 客户名称 (B3:B4): is part of the merged cells B3:B4; {remedy}",
        f"cases.xlsx, 案例 row 6, 项目名称 (E6:F6): is part of the merged cells E6:F6; {remedy}",
    ]
    assert [item.row for item in plan.new] == [2, 5]


def test_a_formula_is_never_taken_by_its_cached_value(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("案例")
        sheet.write_row(0, 0, CASE_HEADINGS)
        sheet.write_row(1, 0, CASE)
        sheet.write_formula("H2", "=31%+0", None, 0.31)
        sheet.write_row(2, 0, case(E="二期"))
        sheet.write_formula("J3", "=1+1", None, 2)
    plan = planned(read(path))
    assert lines(plan.problems) == [
        "a.xlsx, 案例 row 2, 项目效果 (H2): holds the formula =31%+0; paste its value in its place"
    ]
    assert [item.row for item in plan.new] == [3], "a formula in a column that is not taken over does no harm"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_error_cells_are_named(tmp_path: Path, error: str) -> None:
    said = f"holds the error {error}; put the value there or empty the cell"
    assert lines(planned(cases(tmp_path, case(H=error))).problems) == [f"cases.xlsx, 案例 row 2, 项目效果 (H2): {said}"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join((",".join(CASE_HEADINGS), ",".join(case(H=error)))), encoding="utf-8")
    assert lines(planned(read(path)).problems) == [f"a.csv, row 2, 项目效果 (H2): {said}"]


def test_hidden_parts_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    secret = book.active
    assert secret is not None
    secret.title = "内部"
    secret.sheet_state = "hidden"
    secret.append(CASE_HEADINGS)
    notes = book.create_sheet("说明")
    notes.append(["请勿外传"])
    sheet = book.create_sheet("案例")
    for row in (CASE_HEADINGS, CASE, case(E="二期"), case(E="三期"), case(E="四期")):
        sheet.append(list(row))
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("别的").append(CASE_HEADINGS)
    book.save(path)
    table = read(path)
    assert [row.number for row in table.rows] == [2, 5]
    assert table.column("sales") is None
    assert lines(table.notes) == [
        "a.xlsx, 案例: headings in row 1, 2 rows below",
        "a.xlsx, 案例: 2 hidden rows were left out: 3–4",
        "a.xlsx, 案例: 1 hidden columns were left out: C; show them to have them read",
        "a.xlsx, 案例: the sheet '内部' is hidden and was left out",
        "a.xlsx, 案例: the sheet '说明' was not read; name it to read it",
        "a.xlsx, 案例: the sheet '别的' was not read; name it to read it",
    ]
    with pytest.raises(InputError, match="'内部' is hidden"):
        read(path, sheet="内部")


def test_values_are_read_as_they_are_shown(tmp_path: Path) -> None:
    def shape(sheet: Any) -> None:
        sheet["H2"].number_format = "0%"
        sheet["F2"].number_format = "#,##0.0"

    [item] = planned(cases(tmp_path, case(H=0.31, F=1234.56, A=7), change=shape)).new
    assert (item.version.fields["result"], item.version.fields["pain"]) == ("31%", "1,234.6")
    assert item.version.fields["industry"] == "7"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    rows = ["2026 年成功案例" + delimiter * 7, delimiter.join(CASE_HEADINGS), delimiter.join(CASE), delimiter * 7]
    path.write_bytes("\r\n".join(rows).encode(encoding))
    table = read(path)
    assert (table.heading_row, [row.number for row in table.rows]) == (2, [3])
    [item] = planned(table).new
    assert item.version.fields["result"] == CASE[7]
    assert {block.place for block in item.document.blocks} == {"row 3"}


def test_an_open_quotation_mark_does_not_swallow_the_rows_below(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{",".join(CASE_HEADINGS)}\n{",".join(CASE)}\n"open,a,b\n{",".join(CASE)}\n', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="not valid CSV after row 2"):
        read(path)


def test_bytes_that_would_be_lost_make_the_file_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = "\n".join((",".join(CASE_HEADINGS), ",".join(CASE), ",".join(CASE))).encode()
    path.write_bytes(good + b"\xe7\x94")
    with pytest.raises(UnreadableFile, match="not valid UTF-8"):
        read(path)


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", " " * (60 * 1024 * 1024))
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.xlsx", OLE + b"x" * 600, "is a file of an Office version before 2007; save it as .xlsx"),
        ("locked.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted with a password"),
        ("old.xls", OLE + b"x" * 600, r"is no sheet that is read here \(.xls\); save it as .xlsx or as CSV"),
        ("cut.xlsx", b"PK\x03\x04" + b"x" * 100, "damaged archive"),
        ("bomb.xlsx", _bomb(), "expands to 60 MiB"),
        ("text.xlsx", "行业,客户".encode(), "is not an Office file"),
        ("empty.csv", b"", "is empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n0000", "is a PNG file under the suffix .csv"),
    ],
)
def test_files_that_cannot_be_read_get_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=said) as error:
        read(path)
    assert "\n" not in str(error.value)


def test_a_workbook_with_a_broken_sheet_gets_one_line(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [CASE_HEADINGS, CASE])
    broken = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(broken, "w") as bad:
        for member in good.namelist():
            data = good.read(member)
            bad.writestr(member, data[: len(data) // 2] if member.startswith("xl/worksheets/") else data)
    with pytest.raises(UnreadableFile, match="damaged or not a valid Excel file"):
        read(broken)
