"""The threads that write: in order, bounded, and given time to finish."""

from __future__ import annotations

import threading

import pytest

from api.writing import Writers
from assistant.brief import Listener
from assistant.draft import Draft
from knowledge.domain.errors import NotFound, ProviderBusy

DRAFT = Draft(id="d-1", template="success_story", locale="en", audience="public")


def written(listener: Listener) -> Draft:
    listener.done(DRAFT)
    return DRAFT


async def test_the_last_event_is_the_draft_or_the_error() -> None:
    def broken(listener: Listener) -> Draft:
        raise NotFound("no template 'sonnet'")

    writers = Writers(at_once=1)
    done, failed = writers.begin(written), writers.begin(broken)
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
    begun = [writers.begin(held)]
    assert holding.wait(5)
    begun.append(writers.begin(held))
    with pytest.raises(ProviderBusy) as caught:
        writers.begin(held)
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
    writers.begin(slow)
    assert started.wait(5)
    writers.close(0.05)
    assert kept == []
    threading.Timer(0.1, hold.set).start()
    writers.close(10)
    assert kept == [DRAFT]
