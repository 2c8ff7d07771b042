"""The threads that write: in order, bounded, followed by many, stopped, and given time to finish."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from typing import Any

import pytest

from api import writing as module
from api.writing import Event, Writers, Writing
from assistant.brief import Listener
from assistant.draft import Draft, Paragraph, Section
from knowledge.domain.errors import NotFound, ProviderBusy

DRAFT = Draft(id="d-1", template="success_story", locale="en", audience="public")
SECTION = Section("results", "Results")


def written(listener: Listener) -> Draft:
    listener.done(DRAFT)
    return DRAFT


class Told:
    """A job's log that remembers what it was told."""

    id = "j-1"

    def __init__(self, begins: bool = True) -> None:
        self.begins = begins
        self.told: list[str] = []
        self.problem: Mapping[str, Any] | None = None

    def begin(self) -> bool:
        self.told.append("begin")
        return self.begins

    def end(self, state: str, problem: Mapping[str, Any] | None = None) -> None:
        self.told.append(state)
        self.problem = problem


class Held:
    """Work that tells one paragraph and then waits until it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, listener: Listener) -> Draft:
        listener.section(SECTION)
        listener.paragraph(SECTION, Paragraph("p1", "One."))
        self.begun.set()
        assert self.go_on.wait(30)
        if not listener.stopped():
            listener.paragraph(SECTION, Paragraph("p2", "Two."))
        return written(listener)


async def names(writing: Writing, after: int = 0) -> list[tuple[int, str]]:
    """Number and name of every event up to the last."""
    return [(number, event.name) async for number, event in writing.follow(after) if event is not None]


async def test_the_last_event_is_the_draft_or_the_error() -> None:
    def broken(listener: Listener) -> Draft:
        raise NotFound("no template 'sonnet'")

    writers = Writers(at_once=1)
    done, failed = writers.begin("default", written), writers.begin("default", broken)
    assert (await done.end()).data == DRAFT.to_json()
    end = await failed.end()
    assert end.problem is not None
    assert end.problem.status == 404
    writers.close(5)


async def test_too_many_are_told_to_wait() -> None:
    holding, hold = threading.Event(), threading.Event()

    def held(listener: Listener) -> Draft:
        holding.set()
        hold.wait(30)
        return written(listener)

    writers = Writers(at_once=1, waiting=1)
    begun = [writers.begin("default", held)]
    assert holding.wait(5)
    begun.append(writers.begin("default", held))
    assert writers.waiting == 1
    with pytest.raises(ProviderBusy) as caught:
        writers.begin("default", held)
    assert caught.value.retry_after
    hold.set()
    for writing in begun:
        assert (await writing.end()).name == "done"
    writers.close(5)


async def test_closing_waits_for_what_is_being_written_but_not_for_ever() -> None:
    started, hold = threading.Event(), threading.Event()
    kept: list[Draft] = []

    def slow(listener: Listener) -> Draft:
        started.set()
        hold.wait(30)
        kept.append(written(listener))
        return DRAFT

    writers = Writers(at_once=1)
    running, waiting = Told(), Told()
    writers.begin("default", slow, job=running)
    assert started.wait(5)
    dropped = writers.begin("default", slow, job=waiting)
    writers.close(0.05)
    assert kept == []
    assert running.told == ["begin", "interrupted"]
    assert waiting.told == ["interrupted"]
    end = await dropped.end()
    assert end.problem is not None
    assert end.problem.status == 503
    threading.Timer(0.1, hold.set).start()
    writers.close(10)
    assert kept == [DRAFT]
    with pytest.raises(ProviderBusy):
        writers.begin("default", written)


async def test_who_comes_late_is_told_all_from_the_start_and_who_comes_back_what_is_new() -> None:
    writers, work = Writers(at_once=1), Held()
    writing = writers.begin("default", work, draft_id="d-1")
    early = asyncio.create_task(names(writing))
    assert await asyncio.to_thread(work.begun.wait, 5)
    late = asyncio.create_task(names(writing))
    back = asyncio.create_task(names(writing, after=2))
    await asyncio.sleep(0)
    work.go_on.set()
    whole = [(1, "section"), (2, "paragraph"), (3, "paragraph"), (4, "done")]
    assert await early == whole
    assert await late == whole
    assert await back == whole[2:]
    assert await names(writing) == whole
    assert await names(writing, after=4) == []
    assert await names(writing, after=99) == whole
    writers.close(5)


async def test_a_silent_stream_says_that_it_lives() -> None:
    writers, work = Writers(at_once=1), Held()
    writing = writers.begin("default", work)
    seen: list[Event | None] = []
    async for _, event in writing.follow(ping=0.01):
        seen.append(event)
        if event is None:
            work.go_on.set()
    assert None in seen
    assert seen[-1] is not None
    assert seen[-1].name == "done"
    writers.close(5)


async def test_a_draft_is_watched_while_it_is_written_and_a_while_after(monkeypatch: pytest.MonkeyPatch) -> None:
    writers, work = Writers(at_once=1), Held()
    writing = writers.begin("ours", work, draft_id="d-1")
    assert writers.watch("ours", "d-1") is writing
    assert writers.watch("theirs", "d-1") is None
    assert writers.watch("ours", "d-2") is None
    work.go_on.set()
    await writing.end()
    assert writers.watch("ours", "d-1") is writing
    monkeypatch.setattr(module, "KEPT_SECONDS", -1.0)
    assert writers.watch("ours", "d-1") is None
    writers.close(5)


async def test_of_many_drafts_the_oldest_are_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    writers, work = Writers(at_once=2), Held()
    running = writers.begin("ours", work, draft_id="d-0")
    for n in range(1, 5):
        await writers.begin("ours", written, draft_id=f"d-{n}").end()
    assert [n for n in range(5) if writers.watch("ours", f"d-{n}")] == [0, 3, 4]
    work.go_on.set()
    await running.end()
    writers.close(5)


async def test_stopping_keeps_what_is_there() -> None:
    writers, work, job = Writers(at_once=1), Held(), Told()
    writing = writers.begin("default", work, draft_id="d-1", job=job)
    assert await asyncio.to_thread(work.begun.wait, 5)
    writing.stop()
    work.go_on.set()
    assert [name for _, name in await names(writing)] == ["section", "paragraph", "done"]
    assert job.told == ["begin", "stopped"]
    writers.close(5)


async def test_what_was_stopped_while_it_waited_is_never_written() -> None:
    writers, job = Writers(at_once=1), Told(begins=False)
    writing = writers.begin("default", written, draft_id="d-1", job=job)
    end = await writing.end()
    assert end.problem is not None
    assert end.problem.status == 409
    assert job.told == ["begin", "stopped"]
    writers.close(5)


async def test_the_end_is_on_record_before_it_is_told() -> None:
    job = Told()
    writers = Writers(at_once=1)
    writing = writers.begin("default", written, job=job)
    await writing.end()
    assert job.told == ["begin", "done"]
    writers.close(5)


async def test_a_record_that_cannot_be_kept_loses_no_draft() -> None:
    class Broken(Told):
        def end(self, state: str, problem: Mapping[str, Any] | None = None) -> None:
            raise OSError("disk full")

    writers = Writers(at_once=1)
    assert (await writers.begin("default", written, job=Broken()).end()).name == "done"
    writers.close(5)
