"""The index of a library: its order, what narrows it, and that it is never older than the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.workspace import Workspace
from knowledge.composing import Proposal, compose
from knowledge.records import KINDS, State
from knowledge.store.entry_index import EntryIndex, IndexWanted, counts, narrowed, state_on


def index(workspace: Workspace) -> EntryIndex:
    return EntryIndex(workspace.database, workspace.name)


def test_kinds_first_then_titles_as_a_chinese_index_has_them(sample: Workspace) -> None:
    for title in ("泵站", "安全", "Zinc", "alpha"):
        compose(sample.library, Proposal("document", title=title, text=f"{title} is said.", locale="zh-CN"), "zhou")
    lines = index(sample).lines()
    assert [line.kind for line in lines] == sorted((line.kind for line in lines), key=KINDS.index)
    documents = [line.title for line in lines if line.kind == "document"]
    assert [t for t in documents if t in ("泵站", "安全", "Zinc", "alpha")] == ["alpha", "Zinc", "安全", "泵站"]


def test_what_was_just_written_is_there(sample: Workspace) -> None:
    before = index(sample).lines()
    assert index(sample).lines() is before
    compose(sample.library, Proposal("document", title="New", text="Something new.", locale="en"), "zhou")
    assert len(index(sample).lines()) == len(before) + 1
    sample.library.entries.retire("case-wind", "boss", sample.settings.now())
    line = next(line for line in index(sample).lines() if line.entry_id == "case-wind")
    assert (line.state, line.line) == (State.RETIRED, None)


def test_a_newer_draft_beside_the_line_is_proposed(sample: Workspace) -> None:
    entry = sample.library.entries.newest("case-wind")
    with sample.library.entries.writing() as session:
        sample.library.entries.add_version(
            session, replace(entry, state=State.DRAFT), [], "zhou", sample.settings.now()
        )
    [line] = [line for line in index(sample).lines() if line.entry_id == "case-wind"]
    assert (line.version, line.line, line.proposed) == (2, 1, True)


def test_states_follow_the_day(sample: Workspace) -> None:
    lines, today = index(sample).lines(), sample.settings.now().date()
    [expired] = narrowed(lines, IndexWanted(state="expired"), today)
    assert expired.valid_until is not None
    assert state_on(expired, expired.valid_until) is State.APPROVED
    assert counts(lines, today)[State.EXPIRED] == 1
    assert counts(lines, expired.valid_until - timedelta(days=1))[State.EXPIRED] == 0


def test_about_a_customer_and_in_other_languages(sample: Workspace) -> None:
    assert {line.entry_id for line in index(sample).lines(customer="shente")} == {"case-elevator", "case-elevator-en"}
    assert {line.entry_id for line in index(sample).lines(original="case-wind")} == {"case-wind", "case-wind-en"}
    assert {"en", "zh-CN"} <= index(sample).locales()
