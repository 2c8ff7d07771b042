"""The workbook for linguists, out and back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from rows_to_review import CODED, EB, NAME, B, row, rows

from assistant.localization.content import Content
from assistant.localization.review.records import Edit, Review, ReviewRow
from assistant.localization.review.review_xlsx import read_xlsx, write_xlsx
from assistant.localization.segment import SegmentState
from knowledge.domain.errors import InputError, UnreadableFile

HELD = row(9, "5 files", "=6 Dateien", state=SegmentState.NEEDS_REVIEW, why="number_changed", note="a button", plural="few", max_length=30)  # fmt: skip


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def edited(given_rows: list[ReviewRow], changes: dict[str, Any]) -> bytes:
    """The file of the rows, with cells changed by name."""
    book = opened(write_xlsx(given_rows))
    for place, value in changes.items():
        book.active[place].value = value
    return saved(book)


def test_what_a_linguist_sees() -> None:
    sheet = opened(write_xlsx([CODED, HELD])).active
    assert [cell.value for cell in sheet[1]] == [
        "Key (do not change)", "State", "Reason", "Source", "Target (edit here)", "OK (put x)", "Locale", "File", "Place", "Note",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[2]][1:] == [
        "needs review", "number_changed", "5 files", "=6 Dateien", None, "de", "a.md", "line 3",
        "a button\nplural form: few\nat most 30 characters",
    ]  # fmt: skip
    assert sheet["D3"].value == "Dear <b>{name}</b>!"
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].hidden
    assert sheet["D2"].alignment.wrap_text
    assert sheet.column_dimensions["D"].width > 40


def test_the_headings_are_in_chinese_too() -> None:
    sheet = opened(write_xlsx([HELD], "zh")).active
    assert (sheet.title, sheet["D1"].value, sheet["B2"].value) == ("审校", "原文", "待审")
    assert read_xlsx(write_xlsx([HELD], "zh"), [HELD]) == Review()


def test_only_target_and_ok_can_be_edited_and_nothing_is_a_formula() -> None:
    sheet = opened(write_xlsx([HELD])).active
    assert sheet.protection.sheet
    assert [cell.column_letter for cell in sheet[2] if not cell.protection.locked] == ["E", "F"]
    assert {(cell.data_type, cell.number_format) for cell in sheet[2] if cell.value} == {("s", "@")}
    assert sheet["D2"].fill.fgColor.rgb != sheet["E2"].fill.fgColor.rgb


def test_edits_come_back_with_their_codes() -> None:
    data = edited([CODED, HELD], {"E3": "<b>{name}</b>, hallo", "F2": " X "})
    assert read_xlsx(data, [CODED, HELD]).edits == (
        Edit(5, Content.of(B, NAME, EB, ", hallo")),
        Edit(9, Content.of("=6 Dateien")),
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"E2": "hallo"}, "Review, row 2: segment 5: <b>, {name}, </b> of the source is missing from the target"),
        ({"E2": 5}, "row 2: the target of segment 5 is a int, not text"),
        ({"E2": "=A1"}, "row 2: the target of segment 5 is a formula"),
        ({"E2": None}, "row 2: segment 5 has no target"),
        ({"F2": "maybe"}, "row 2: 'maybe' in the column OK"),
        ({"D2": "other"}, "row 2: the source of segment 5 was edited here"),
        ({"A2": "5-0000000000000000", "E2": "new"}, "row 2: the source of segment 5 changed meanwhile"),
        ({"A2": None, "E2": "new"}, "row 2: no segment of this job has the key ''"),
    ],
)
def test_problems_name_their_row(changes: dict[str, Any], problem: str) -> None:
    review = read_xlsx(edited([CODED], changes), [CODED])
    assert review.edits == ()
    assert len(review.problems) == 1
    assert problem in review.problems[0]


def test_rows_may_be_sorted_left_out_and_columns_moved() -> None:
    first = opened(write_xlsx([row(1), row(2, "A", "B"), row(3, "C", "D")])).active
    book = Workbook()
    book.active.append(["notes of mine"])
    other = book.create_sheet("copy")
    order = [4, 0, 9]
    for number in (1, 4, 2):
        other.append(
            [first[number][column].value if not (number > 1 and column == 4) else f"new {number}" for column in order]
        )
    review = read_xlsx(saved(book), [row(1), row(2, "A", "B"), row(3, "C", "D")])
    assert review == Review((Edit(1, Content.of("new 2")), Edit(3, Content.of("new 4"))))


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    with pytest.raises(InputError, match=r"segment 4 \(a\.md, line 3\): its source has 40,000 characters"):
        write_xlsx([row(4, "x" * 40_000)])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", saved(Workbook())])
def test_other_files_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^r\.xlsx") as error:
        read_xlsx(data, [CODED], "r.xlsx")
    assert "\n" not in str(error.value)


@settings(max_examples=30, deadline=None)
@given(st.lists(rows(), max_size=4, unique_by=lambda made: made.number), st.sampled_from(["zh", "en"]))
def test_what_nobody_touched_is_no_edit(made: list[ReviewRow], language: str) -> None:
    assert read_xlsx(write_xlsx(made, language), made) == Review()


@settings(max_examples=30, deadline=None)
@given(rows())
def test_any_target_that_is_confirmed_comes_back(made: ReviewRow) -> None:
    review = read_xlsx(edited([made], {"F2": "x"}), [made])
    if made.target and str(made.target).strip():
        assert review == Review((Edit(made.number, made.target),))
    else:
        assert len(review.problems) == 1
