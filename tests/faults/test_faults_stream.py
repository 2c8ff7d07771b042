"""Every fault of a provider while a draft is streamed by the service: the stream ends with the draft or one problem."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from endless import ends
from starlette.testclient import TestClient

from api.app import create_app
from assistant.workspace import Workspace
from evals.bench.faults.acts import BRIEF, Place, Seen, begun, cell, only_reasons, place
from evals.bench.faults.played import FAULTS, Fault

PLAYED = [fault for fault in FAULTS if not fault.only]


@dataclass
class Streams:
    """The services of the workspaces of a place, started when they are asked for."""

    there: Place
    open: ExitStack
    clients: dict[int, TestClient] = field(default_factory=dict)

    def draft(self, there: Place) -> Seen:
        """A draft as a stream of events."""
        asked = begun(there)
        brief = {"template": BRIEF.template, "inputs": dict(BRIEF.inputs), "locale": BRIEF.locale}
        answer = self._of(there.workspace).post("/v1/drafts", json=brief, headers={"Accept": "text/event-stream"})
        said = len(there.server.bodies) - asked
        if answer.headers["content-type"].startswith("application/problem+json"):
            return Seen(str(answer.json()["detail"]), asked=said)
        *before, (name, data) = events(answer.text)
        assert not {"done", "error"} & {other for other, _ in before}
        if name == "error":
            return Seen(str(data["detail"]), asked=said)
        assert name == "done", data
        paragraphs = [p for section in data["sections"] for p in section["paragraphs"]]
        gaps = "\n".join(p["text"] for p in paragraphs if "(" in p["text"] and not p["citations"])
        return Seen("", "\n".join(p["text"] for p in paragraphs if p["by"] == "model"), only_reasons(gaps), said)

    def _of(self, workspace: Workspace) -> TestClient:
        mine = id(workspace)
        if mine not in self.clients:
            app = create_app(workspace.settings, workspace, loopback=True)
            client = TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False)
            self.clients[mine] = self.open.enter_context(client)
        return self.clients[mine]


def events(text: str) -> Iterator[tuple[str, Any]]:
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if lines:
            yield lines["event"], json.loads(lines["data"])


@pytest.fixture(scope="module")
def streams() -> Iterator[Streams]:
    with place() as made, ExitStack() as services:
        yield Streams(made, services)


@pytest.mark.slow
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("fault", PLAYED, ids=[fault.id for fault in PLAYED])
def test_the_stream_says_what_happened_and_ends(streams: Streams, fault: Fault, lasting: bool) -> None:
    do: Callable[[Place], Seen] = streams.draft
    with ends():
        assert cell(streams.there, fault, "draft", lasting=lasting, do=do) == ""
