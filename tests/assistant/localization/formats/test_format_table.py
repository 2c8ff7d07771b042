"""CSV, TSV and Excel files."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from contract import FormatContract, Sample, changed
from hypothesis import given
from hypothesis import strategies as st
from office_samples import parts, saved, sharing
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.table import Table as ExcelTable

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.table import Table
from assistant.localization.formats.table_columns import is_words, letter_of, number_of
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale


def _book(rows: list[list[Any]]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def _specs() -> bytes:
    book = _book(
        [["Feature", "Value", "Price"], ["Local storage", "30 days", 4680], ["Neural processor", "2 TOPS", "=C2*2"]]
    )
    book.active["A4"] = CellRichText("Works at ", TextBlock(InlineFont(b=True), "-40 °C"), " too")
    book.active["B4"] = "Line one\nLine two"
    return sharing(saved(book))


_SAMPLES = (
    Sample("specs.csv", b"Feature,Value,Price\nLocal storage,30 days,4680\n\"Ports, all\",\"say \"\"4\"\" ports\",12\n",
           ["Feature", "Value", "Price", "Local storage", "30 days", "Ports, all", 'say "4" ports']),
    Sample("keys.csv", "\ufeffkey;text_zh;url\r\na.b;运行稳定;https://tingstone.example\r\na.c;\"第一行\r\n第二行\";\r\n".encode(),
           ["运行稳定", "第一行\r\n第二行"], source="zh-CN", target="en"),
    Sample("chosen.tsv", "名称\t说明\tA\n网关\t不换老设备\t1\n".encode("gb18030"), ["说明", "不换老设备"],
           source="zh-CN", target="en", options={"columns": ("B",)}),
    Sample("odd.csv", b"sep=|\nOne text|\n| two\"marks \n\n\"quoted\"", ["One text", ' two"marks ', "quoted"]),
    Sample("inline.xlsx", saved(_book([["Name", "No"], ["Edge gateway", "R300"]])), ["Name", "No", "Edge gateway"]),
    Sample("specs.xlsx", _specs(),
           ["Feature", "Value", "Price", "Local storage", "30 days", "Neural processor", "2 TOPS",
            "Works at <r1>-40 °C</r1> too", "Line one\nLine two"]),
)  # fmt: skip


class TestTable(FormatContract):
    format = Table()
    samples = _SAMPLES


def _read(data: bytes, name: str = "a.csv", columns: tuple[str, ...] = ()) -> Any:
    return Table().read(data, Reading(name, parse_locale("en"), parse_locale("de"), columns))


def _texts(rows: str, *columns: str) -> list[str]:
    return [str(unit.source) for unit in _read(rows.encode(), columns=columns).units]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Edge gateway", True), ("Active", True), ("边缘网关", True), ("2026年3月", True), ("30 days", True),
        ("4,680", False), ("18%", False), ("2026-03-01", False), ("", False), ("—", False), ("=A1+B1", False),
        ("R300", False), ("unit_price", False), ("unitPrice", False), ("sku-17", False), ("EUR", False),
        ("https://tingstone.example/en", False), ("hello@tingstone.example", False), ("./img/a.png", False),
    ],
)  # fmt: skip
def test_what_people_read_as_words(text: str, words: bool) -> None:
    assert is_words(text) is words


def test_columns_by_name_by_letter_and_by_what_is_in_them() -> None:
    rows = "id,Name,Note to staff\nr1,Gateway,Ask first\nr2,Sensor,\n"
    assert _texts(rows) == ["Name", "Note to staff", "Gateway", "Ask first", "Sensor"]
    assert _texts(rows, "note to staff") == ["Note to staff", "Ask first"]
    assert _texts(rows, "B") == ["Name", "Gateway", "Sensor"]
    assert _texts(rows, "C", "Name") == ["Name", "Note to staff", "Gateway", "Ask first", "Sensor"]
    assert _texts("key,label\na,PUMP\n", "label") == ["PUMP"]


def test_names_for_programs_in_the_first_row_stay() -> None:
    assert _texts("key,title,long_text\na.b,Hello there,More of it\n") == ["Hello there", "More of it"]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_an_unknown_column_is_refused_with_those_there_are(name: str) -> None:
    data = b"id,Name\n1,Gateway\n" if name == "a.csv" else saved(_book([["id", "Name"], ["r1", "Gateway"]]))
    with pytest.raises(InputError, match=r"no column Nmae; the columns are id, Name \(or A to B\)"):
        _read(data, name, ("Nmae",))
    with pytest.raises(InputError, match="no column D"):
        _read(data, name, ("A", "D"))


def test_only_changed_cells_are_written_and_quoted_where_they_must_be() -> None:
    file = _read(b'Name ,Note\r\nOne thing,  two things \r\n"three","say ""four"" now"\r\n')
    units = {str(unit.source): unit.id for unit in file.units}
    targets = {units["One thing"]: "a, b", units['say "four" now']: 'c"d', units["three"]: "drei"}
    out = file.write(Written({id_: Content.of(text) for id_, text in targets.items()}))
    assert out == b'Name ,Note\r\n"a, b",  two things \r\n"drei","c""d"\r\n'


def test_an_open_quotation_mark_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv: a quotation mark on line 2 is not closed"):
        _read(b'Name\n"open\nand on\n')


def test_letters_new_to_the_encoding() -> None:
    data = "名称,说明\n网关,不换老设备，控制程序不动，数据归设备使用者。\n".encode("gb18030")
    file = _read(data)
    out = file.write(Written({file.units[0].id: Content.of("Überblick 😀")}))
    assert "Überblick 😀" in out.decode("gb18030")


_CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from(",;\"\n\r'= "), max_size=8)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=3), min_size=1, max_size=5))
def test_any_table_that_a_program_writes_is_copied_and_read_as_it_was_meant(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    out.write("sep=,\n")
    csv.writer(out).writerows([["Some words", "x y z"], *rows])
    data = out.getvalue().encode()
    file = _read(data, "a.csv", ("A",))
    assert file.write(Written({})) == data
    wanted = [row[0] for row in rows if is_words(row[0], asked=True)]
    assert [str(unit.source) for unit in file.units][1:] == wanted


@given(st.integers(0, 20_000))
def test_letters_of_columns(number: int) -> None:
    assert number_of(letter_of(number)) == number


# --- Excel ---


def _shown(data: bytes) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]


def test_formulas_and_figures_stay_and_texts_change() -> None:
    file = _read(_specs(), "a.xlsx")
    out = file.write(
        Written({unit.id: Content.of("Speicher") for unit in file.units if str(unit.source) == "Local storage"})
    )
    assert _shown(out)[1:3] == [["Speicher", "30 days", 4680], ["Neural processor", "2 TOPS", "=C2*2"]]
    before, after = parts(_specs()), parts(out)
    assert [name for name in before if before[name] != after[name]] == ["xl/sharedStrings.xml"]


def test_a_text_that_cells_share_can_be_translated_for_one_of_them() -> None:
    book = _book([["Kind", "Code"], ["Open valve", "Open valve"], ["Open valve", "Open valve"]])
    hidden = book.create_sheet("Hidden")
    hidden["A1"] = "Open valve"
    hidden.sheet_state = "hidden"
    file = _read(sharing(saved(book)), "a.xlsx", ("A",))
    cells = [unit for unit in file.units if str(unit.source) == "Open valve"]
    assert [unit.place for unit in cells] == ["Sheet A2", "Sheet A3"]
    out = file.write(Written({cells[0].id: Content.of("Ventil öffnen"), cells[1].id: Content.of("Offenes Ventil")}))
    assert _shown(out)[1:] == [["Ventil öffnen", "Open valve"], ["Offenes Ventil", "Open valve"]]
    assert openpyxl.load_workbook(io.BytesIO(out))["Hidden"]["A1"].value == "Open valve"


def test_a_text_that_all_its_cells_share_is_changed_once() -> None:
    data = sharing(saved(_book([["Open valve", "Close valve"], ["Open valve", "Open valve"]])))
    file = _read(data, "a.xlsx")
    out = file.write(Written({unit.id: changed(unit.source) for unit in file.units}))
    assert _shown(out) == [["Wörter口径 Wörter口径"] * 2] * 2
    assert parts(out)["xl/worksheets/sheet1.xml"] == parts(data)["xl/worksheets/sheet1.xml"]


def test_hidden_rows_columns_and_sheets_are_left() -> None:
    book = _book([["Name", "Note"], ["seen", "unseen"], ["unseen", "unseen"]])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("More").append(["on a hidden sheet"])
    book["More"].sheet_state = "veryHidden"
    assert [str(unit.source) for unit in _read(saved(book), "a.xlsx").units] == ["Name", "seen"]


def test_texts_that_stand_in_the_cell_itself() -> None:
    data = saved(_book([["Right here"], ["Gateway"]]))
    assert "xl/sharedStrings.xml" not in parts(data)
    file = _read(data, "a.xlsx")
    assert [str(unit.source) for unit in file.units] == ["Right here", "Gateway"]
    out = file.write(Written({file.units[0].id: Content.of("Genau hier")}))
    assert _shown(out) == [["Genau hier"], ["Gateway"]]


def _with_table(formula: str = "") -> bytes:
    book = _book([["Name", "Unit price"], ["Gateway", 2], ["Sensor", 3]])
    book.active.add_table(ExcelTable(displayName="Prices", ref="A1:B3"))
    if formula:
        book.active["D1"] = formula
    return saved(book)


def test_the_columns_of_a_table_follow_their_header_cells() -> None:
    file = _read(_with_table(), "a.xlsx")
    name, price = file.units[:2]
    out = file.write(Written({name.id: Content.of("Produkt"), price.id: Content.of("Preis")}))
    assert [column.name for column in openpyxl.load_workbook(io.BytesIO(out)).active.tables["Prices"].tableColumns] == [
        "Produkt", "Preis",
    ]  # fmt: skip
    alike = file.write(Written({name.id: Content.of("Preis"), price.id: Content.of("Preis")}))
    assert _shown(alike)[0] == ["Name", "Unit price"]


def test_header_cells_that_formulas_call_by_name_stay() -> None:
    units = _read(_with_table("=SUM(Prices[Unit price])"), "a.xlsx").units
    assert [str(unit.source) for unit in units] == ["Gateway", "Sensor"]


def test_chart_titles_and_the_title_of_the_book_are_texts_too_and_hidden_sheets_are_not() -> None:
    book = _book([["Month", "Energy"], ["January", 41], ["February", 36]])
    for sheet in (book.active, book.create_sheet("Hidden")):
        chart = BarChart()
        chart.title = f"Energy on {sheet.title}"
        chart.add_data(Reference(book.active, min_col=2, min_row=2, max_row=3))
        sheet.add_chart(chart, "D2")
    book["Hidden"].sheet_state = "hidden"
    book.properties.title = "Energy report"
    file = _read(saved(book), "a.xlsx")
    drawn = {str(unit.source): unit for unit in file.units[-2:]}
    assert list(drawn) == ["Energy on Sheet", "Energy report"]
    assert drawn["Energy on Sheet"].place == "Sheet, chart"
    out = file.write(Written({drawn["Energy on Sheet"].id: Content.of("Energie")}))
    assert "Energie" in [str(unit.source) for unit in _read(out, "a.xlsx").units]
    assert [str(unit.source) for unit in _read(saved(book), "a.xlsx", ("A",)).units] == ["Month", "January", "February"]
