"""What may come back from a linguist, and what is said of what may not."""

from __future__ import annotations

import pytest
from rows_to_review import CODED, EB, NAME, B, row

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.jobs.records import JobSegment
from assistant.localization.review.records import Edit, Returns, ReviewRow, in_order, rows_of
from assistant.localization.segment import Segment, SegmentState


def taken(row: ReviewRow, target: Content | None, *, confirmed: bool = False) -> tuple[list[Edit], list[str]]:
    returns = Returns.of([row])
    returns.take("row 2", row, target, confirmed=confirmed)
    review = returns.review()
    return list(review.edits), list(review.problems)


def test_rows_are_what_the_job_has() -> None:
    segment = Segment("s", "u", Content.of("a"), note="n", place="line 1", max_length=9, plural="few")
    job = JobSegment(7, 3, "de", segment, SegmentState.NEEDS_REVIEW, Content.of("b"), "why", (), "model", 2, "")
    (made,) = rows_of([job], {3: "a.md"})
    assert made == ReviewRow(7, "a.md", "line 1", "de", Content.of("a"), Content.of("b"), SegmentState.NEEDS_REVIEW, "why", "n", "few", 9)  # fmt: skip


def test_quarantined_rows_come_first() -> None:
    states = [SegmentState.TRANSLATED, SegmentState.FAILED, SegmentState.REUSED, SegmentState.NEEDS_REVIEW]
    assert [r.number for r in in_order(row(number, state=state) for number, state in enumerate(states))] == [3, 1, 0, 2]


def test_only_what_changed_or_was_confirmed_is_an_edit() -> None:
    assert taken(row(), Content.of("Hallo")) == ([], [])
    assert taken(row(), Content.of("Guten Tag")) == ([Edit(1, Content.of("Guten Tag"))], [])
    assert taken(row(), Content.of("Hallo"), confirmed=True) == ([Edit(1, Content.of("Hallo"))], [])
    assert taken(row(target=None), None) == ([], [])


@pytest.mark.parametrize(
    ("row_", "target", "problem"),
    [
        (row(), None, "row 2: segment 1 has no target; write one, or leave the row as it was"),
        (row(), Content.of("  "), "row 2: segment 1 has no target"),
        (CODED, Content.of("Liebe ", B, EB, "!"), "segment 5: {name} of the source is missing"),
        (CODED, Content.of("Liebe ", B, NAME, EB, "{name}"), "{name} is in the target more often"),
        (CODED, Content.of(B, NAME, EB, Code("9", "%s", CodeKind.PLACEHOLDER)), "%s is in the target more often"),
    ],
)
def test_what_cannot_be_taken_is_told(row_: ReviewRow, target: Content | None, problem: str) -> None:
    edits, problems = taken(row_, target)
    assert edits == []
    assert len(problems) == 1
    assert problem in problems[0]


def test_a_form_for_one_thing_may_leave_the_number_out() -> None:
    count = Code("1", "%d", CodeKind.PLACEHOLDER)
    source, target = Content.of(count, " files"), Content.of("eine Datei")
    assert taken(row(source=source, plural="one"), target)[0] == [Edit(1, target)]
    assert taken(row(source=source, plural="other"), target)[0] == []


def test_rows_are_known_by_number_and_source() -> None:
    returns = Returns.of([row(), row(2, "Other")])
    assert returns.row("row 2", row().key) == row()
    assert returns.row("row 3", row(2, "Another").key) is None
    assert returns.row("row 4", row(3).key) is None
    assert returns.row("row 5", "=1+1") is None
    assert [problem.split(";")[0] for problem in returns.problems] == [
        "row 3: the source of segment 2 changed meanwhile",
        f"row 4: no segment of this job has the key '{row(3).key}'",
        "row 5: no segment of this job has the key '=1+1'",
    ]


def test_the_same_row_twice_is_taken_when_it_says_the_same() -> None:
    returns = Returns.of([row()])
    returns.take("row 2", row(), Content.of("Tag"))
    returns.take("row 3", row(), Content.of("Tag"))
    assert (len(returns.review().edits), returns.problems) == (1, [])
    returns.take("row 4", row(), Content.of("Abend"))
    assert returns.review().edits == ()
    assert returns.problems == ["row 4: segment 1 stands in row 2 too, with another target; leave one of them"]
