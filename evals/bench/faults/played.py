"""The faults of a provider: what is played, what the user is told, and whether once is forgiven."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any
from unittest.mock import patch

from evals.bench.faults.answers import answering, in_a_fence, with_items
from evals.bench.faults.fake_openai import (
    FakeOpenAI,
    Handler,
    Play,
    chunk,
    drips,
    events,
    fails,
    hangs_up,
    says,
    sends,
    stalls,
)

SECONDS = 2.0
"""KOUJING_TIMEOUT where a reply never ends. The other faults have time enough on the busiest machine."""
_STARTED = '{"paragraphs": [{"te'


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a provider fails.

    `says` stands in the line that the user reads when it lasts; empty: it does no harm. `forgiven`: once is made good
    without a word. `reply`: the provider answers, but what cannot be used; then a draft has gaps that say why, and a
    job holds segments back. Otherwise there is no answer, and the act ends with an error or the job rests.
    `endless`: the reply does not end by itself. `job_again`: what an act tells at once, a job asks again by itself.
    """

    id: str
    what: str
    play: Play | None
    says: str
    forgiven: bool = True
    reply: bool = False
    endless: bool = False
    job_again: bool = False
    only: Sequence[str] = ()


def _busy_until(handler: Handler, body: dict[str, Any]) -> None:
    fails(429, Retry_After=formatdate(time.time() + 3600, usegmt=True))(handler, body)


def _lost(handler: Handler, body: dict[str, Any]) -> None:
    """All the work is done, and the connection breaks before the reply is out."""
    hangs_up(handler, body)


_DRIP = b"data: " + b'{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[]}' + b"\n\n"

FAULTS: Sequence[Fault] = (
    Fault("busy_short", "429, Retry-After 0.1 s", fails(429, Retry_After="0.1"), "is busy (429)"),
    Fault("busy_long", "429, Retry-After an hour", fails(429, Retry_After="3600"), "asks to wait 3600 s", False),
    Fault("busy", "429 without Retry-After", fails(429), "is busy (429)"),
    Fault("busy_date", "429, Retry-After a date", _busy_until, "asks to wait 3", False),
    Fault("quota", "429 insufficient_quota", fails(429, code="insufficient_quota"), "quota is used up", False),
    Fault("error_500", "500", fails(500), "failed with status 500"),
    Fault("error_502", "502", fails(502), "failed with status 502"),
    Fault("error_503", "503", fails(503), "failed with status 503"),
    Fault("key", "401: the key is refused", fails(401, "bad key"), "refused the key (401)", False),
    Fault("refused", "connection refused", None, "no connection", False),
    Fault("dns", "the name is not found", None, "no connection", False),
    Fault("lost", "the reply is lost after the work was done", _lost, "no connection, or it broke"),
    Fault("cut", "the stream is cut", says(_STARTED, finish=None, done=False), "broke off", reply=True),
    Fault(
        "error_event",
        "an error event inside a 200",
        events(chunk("{"), {"error": {"message": "failed", "type": "server_error"}}),
        "reported an error within its reply",
    ),
    Fault("length", "length stop", says(_STARTED, finish="length"), "length limit", False, reply=True, job_again=True),
    Fault(
        "refusal",
        "the model refuses",
        events(chunk(role="assistant", refusal="I will not"), chunk(finish="stop"), "[DONE]"),
        "refused to answer",
        False,
        reply=True,
        job_again=True,
    ),
    Fault("empty", "an empty reply", says(""), "the reply is empty", reply=True),
    Fault(
        "overflow",
        "the prompt does not fit",
        fails(400, "maximum context length is 8192", "context_length_exceeded"),
        "does not fit the model's context",
        False,
        reply=True,
        job_again=True,
    ),
    Fault("not_json", "words in place of JSON", says("Gladly."), "does not follow its schema", reply=True),
    Fault("fenced", "JSON in a fence, with words around it", in_a_fence, ""),
    Fault("schema", "JSON of another schema", says('{"wrong": 1}'), "does not follow its schema", reply=True),
    Fault(
        "web_page",
        "a web page",
        sends("<html>portal</html>", "text/html"),
        "did not answer as a model",
        False,
        job_again=True,
    ),
    Fault("stall", "silence", stalls(60), f"no whole reply within {SECONDS:g} s", False, endless=True, job_again=True),
    Fault(
        "drip",
        "a reply that drips for ever",
        drips(_DRIP, 0.1, 60),
        f"no whole reply within {SECONDS:g} s",
        False,
        endless=True,
        job_again=True,
    ),
    Fault("missing", "a segment is missing", with_items("missing"), "", only=("localize",)),
    Fault("doubled", "a segment comes twice, in two ways", with_items("doubled"), "", only=("localize",)),
    Fault("reordered", "segments in another order", with_items("reordered"), "", only=("localize",)),
)
BY_ID: Mapping[str, Fault] = {fault.id: fault for fault in FAULTS}


@contextmanager
def played(fault: Fault, server: FakeOpenAI, *, lasting: bool) -> Iterator[None]:
    """The fault while the block runs: for the first call, or for every one."""
    server.plays, server.then = [], answering
    if fault.play is None:
        with _unreachable(fault.id):
            yield
        return
    if lasting:
        server.then = fault.play
    else:
        server.plays = [fault.play]
    try:
        yield
    finally:
        server.plays, server.then = [], answering


@contextmanager
def _unreachable(how: str) -> Iterator[None]:
    """Nobody listens, or the name has no address: as the system tells it, without asking a name server."""

    def refuse(*_: Any, **__: Any) -> Any:
        if how == "dns":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        raise ConnectionRefusedError(111, "Connection refused")

    with patch.object(socket, "getaddrinfo" if how == "dns" else "create_connection", refuse):
        yield
