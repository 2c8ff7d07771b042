"""The life of an entry: who may do what when, and what was the line on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from knowledge.domain.errors import Conflict, NotFound
from knowledge.records import Audience, EntryVersion, Scope, State
from knowledge.store.database import Database
from knowledge.store.entries import Entries, NewPassage
from knowledge.store.workspaces import ensure_workspace

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
TODAY = NOW.date()
ENTRY = EntryVersion("staff", 0, "people", "zh-CN", "人员", "员工 431 人。", State.DRAFT, Audience.PUBLIC)
PASSAGE = NewPassage("员工 431 人。", (), "line 1", b"\0\0\0\0", "none")


@pytest.fixture
def entries(database: Database) -> Entries:
    database.migrate()
    ensure_workspace(database, "default", NOW)
    return Entries(database, "default", {"competitor": 30})


def add(entries: Entries, entry: EntryVersion = ENTRY, after: int | None = None, now: datetime = NOW) -> EntryVersion:
    with entries.writing() as session:
        return entries.add_version(session, entry, [PASSAGE], "ann", now, after=after).version


def offered(entries: Entries, *states: State, today: date = TODAY) -> list[tuple[str, int]]:
    scope = Scope(states=states or (State.APPROVED,))
    return [(e.entry_id, e.version) for e in entries.offered(scope, today)]


def test_from_draft_to_the_line_and_off_it(entries: Entries) -> None:
    add(entries)
    assert offered(entries) == []
    assert offered(entries, State.DRAFT) == [("staff", 1)]
    assert entries.submit("staff", "ann", NOW).state is State.IN_REVIEW
    assert entries.request_changes("staff", "boss", NOW, reason="which day?").state is State.DRAFT
    entries.submit("staff", "ann", NOW)
    approved = entries.approve("staff", "boss", NOW, reason="checked with HR")
    assert (approved.state, approved.approved_by) == (State.APPROVED, "boss")
    assert approved.review_due == NOW.date() + timedelta(days=90)
    assert offered(entries) == [("staff", 1)]
    assert entries.retire("staff", "boss", NOW).state is State.RETIRED
    assert offered(entries) == []
    assert offered(entries, State.RETIRED) == [("staff", 1)]
    told = [(e.act, e.by, e.reason) for e in entries.events("entry", "staff")]
    assert told == [
        ("imported", "ann", ""),
        ("submitted", "ann", ""),
        ("changes_requested", "boss", "which day?"),
        ("submitted", "ann", ""),
        ("approved", "boss", "checked with HR"),
        ("retired", "boss", ""),
    ]


@pytest.mark.parametrize("step", ["submit", "approve", "request_changes", "retire"])
def test_a_step_that_is_not_open_is_refused(entries: Entries, step: str) -> None:
    add(entries)
    entries.approve("staff", "boss", NOW)
    entries.retire("staff", "boss", NOW)
    before = entries.events("entry", "staff")
    with pytest.raises(Conflict, match="retired"):
        getattr(entries, step)("staff", "eve", NOW)
    assert entries.events("entry", "staff") == before
    with pytest.raises(NotFound):
        getattr(entries, step)("nothing", "eve", NOW)


def test_whoever_looked_at_an_older_version_decides_nothing(entries: Entries) -> None:
    add(entries)
    add(entries, replace(ENTRY, text="员工 512 人。"))
    with pytest.raises(Conflict, match="newer version 2"):
        entries.approve("staff", "boss", NOW, version=1)
    assert entries.approve("staff", "boss", NOW, version=2).version == 2


def test_of_two_editors_the_second_is_told_and_nothing_is_lost(entries: Entries) -> None:
    add(entries)
    add(entries, replace(ENTRY, text="员工 512 人。"), after=1)
    with pytest.raises(Conflict, match="version 2"):
        add(entries, replace(ENTRY, text="员工 513 人。"), after=1)
    assert [v.text for v in entries.versions("staff")] == ["员工 431 人。", "员工 512 人。"]


def test_a_draft_stands_beside_the_line_until_it_is_approved(entries: Entries) -> None:
    add(entries)
    entries.approve("staff", "boss", NOW)
    add(entries, replace(ENTRY, text="员工 512 人。"))
    assert offered(entries) == [("staff", 1)]
    assert offered(entries, State.APPROVED, State.DRAFT) == [("staff", 1), ("staff", 2)]
    entries.approve("staff", "boss", NOW)
    assert offered(entries) == [("staff", 2)]
    first, second = entries.versions("staff")
    assert (first.state, second.state) == (State.RETIRED, State.APPROVED)
    assert first.ended_at is not None
    assert first.facts != second.facts


def test_retiring_takes_the_line_and_a_pending_draft(entries: Entries) -> None:
    add(entries)
    entries.approve("staff", "boss", NOW)
    add(entries, replace(ENTRY, text="员工 512 人。"))
    entries.retire("staff", "boss", NOW)
    assert offered(entries, *State) == [("staff", 2)]
    assert {v.state for v in entries.versions("staff")} == {State.RETIRED}


def test_what_was_the_line_on_a_day(entries: Entries) -> None:
    def on(day: int) -> list[int]:
        return [v.version for v in entries.on_day(NOW.date() + timedelta(days=day))]

    add(entries)
    entries.approve("staff", "boss", NOW)
    add(entries, replace(ENTRY, text="员工 512 人。"), now=NOW + timedelta(days=5))
    entries.approve("staff", "boss", NOW + timedelta(days=10))
    entries.retire("staff", "boss", NOW + timedelta(days=20))
    assert [on(day) for day in (-1, 0, 9, 10, 19, 20)] == [[], [1], [1], [2], [2], []]


def test_what_has_run_out_was_not_the_line(entries: Entries) -> None:
    add(entries, replace(ENTRY, valid_until=NOW.date() + timedelta(days=3)))
    approved = entries.approve("staff", "boss", NOW)
    last, after = NOW.date() + timedelta(days=3), NOW.date() + timedelta(days=4)
    assert (approved.state_on(last), approved.state_on(after)) == (State.APPROVED, State.EXPIRED)
    assert [len(entries.on_day(day)) for day in (last, after)] == [1, 0]
    assert offered(entries, today=last) == [("staff", 1)]
    assert offered(entries, today=after) == []
    assert offered(entries, State.EXPIRED, today=after) == [("staff", 1)]


def test_a_review_is_due_by_the_cycle_of_the_kind_and_can_be_renewed(entries: Entries) -> None:
    add(entries, replace(ENTRY, entry_id="rival", kind="competitor"))
    assert entries.approve("rival", "boss", NOW).review_due == NOW.date() + timedelta(days=30)
    with pytest.raises(Conflict, match="--renew"):
        entries.approve("rival", "boss", NOW)
    later = NOW + timedelta(days=29)
    assert entries.approve("rival", "boss", later, renew=True).review_due == later.date() + timedelta(days=30)
    assert entries.events("entry", "rival")[-1].act == "reviewed"


def test_an_approval_sets_a_review_date_that_lies_ahead(entries: Entries) -> None:
    add(entries, replace(ENTRY, review_due=NOW.date() - timedelta(days=1)))
    assert entries.approve("staff", "boss", NOW).review_due == NOW.date() + timedelta(days=90)


def test_a_library_that_comes_back_keeps_its_numbers_and_approvals(entries: Entries) -> None:
    from knowledge.store.entries import NewVersion

    approved_at = datetime(2025, 5, 1, 9)
    old = replace(
        ENTRY, version=3, state=State.APPROVED, approved_by="carl", approved_at=approved_at, created_by="dora"
    )
    with entries.writing() as session:
        [stored] = entries.add_versions(session, [NewVersion(old, [PASSAGE], as_it_was=True)], "ann", NOW)
    kept = entries.get("staff")
    assert kept == stored.version
    assert (kept.version, kept.approved_by, kept.approved_at, kept.created_by) == (3, "carl", approved_at, "dora")
    assert [v.version for v in entries.on_day(date(2025, 6, 1))] == [3]
