"""Drafts over the service with a model that answers at once: what Koujing adds, how many it writes, the first text."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from assistant.brief import Brief
from assistant.gateway.port import Message
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.service.clients import Connection, closed_loop
from evals.bench.service.scripts import write_script
from evals.bench.service.served import Served, served
from evals.bench.table import Row
from evals.subjects.scripted import answer
from knowledge.sample import load

ONE_BY_ONE = 40
CONNECTIONS = 32
SECONDS = 45.0
MOST_PER_SECOND = 40
STREAMS = 15
BRIEFS = (
    Brief("success_story", {"case": "case-elevator"}, "zh-CN"),
    Brief("success_story", {"case": "case-elevator"}, "en"),
)


def added(bench: Bench) -> Iterator[Row]:
    """One connection, one draft after another; the scripted model takes no time."""
    with _scripted(ONE_BY_ONE) as (service, calls):
        seconds = asyncio.run(_one_by_one(service, ONE_BY_ONE))
    yield Row("service: a draft with an instant scripted model, one connection: p50", 1000 * median(seconds), "ms",
              goal="≤ 80", baseline=f"slowest {1000 * max(seconds):.0f} ms", n=len(seconds),
              note=f"one story in zh and en by turns, {calls // len(BRIEFS)} calls each; known queries")  # fmt: skip


def crowd(bench: Bench) -> Iterator[Row]:
    """As fast as 32 connections can ask."""
    with _scripted(int(SECONDS * MOST_PER_SECOND)) as (service, _):
        asyncio.run(_one_by_one(service, 4))
        tally = asyncio.run(closed_loop(service, _asked, CONNECTIONS, SECONDS))
    wrong = f"{len(tally.wrong)} errors, first: {tally.wrong[0]}" if tally.wrong else ""
    name = f"service: drafts with an instant scripted model, {CONNECTIONS} connections"
    yield Row(name, tally.rate, "drafts/s", goal="≥ 12", n=len(tally.seconds), note=wrong)
    yield Row(f"{name}: p99", tally.percentile(0.99), "s", goal="≤ 4", n=len(tally.seconds))


def first_text(bench: Bench) -> Iterator[Row]:
    """From the moment the model has sent its first reply to the first paragraph at the caller's."""
    with TemporaryDirectory(prefix="koujing-bench-") as folder, _endpoint() as model:
        home = _sample(Path(folder) / "home")
        address = f"http://127.0.0.1:{model.server_port}/v1"
        with served(home, "openai:stand-in", KOUJING_BASE_URL=address) as service:
            waits = asyncio.run(_first_texts(service, model))
    yield Row("service: first streamed text after the model's first reply, p50", 1000 * median(waits), "ms",
              goal="≤ 100", baseline=f"slowest {1000 * max(waits):.0f} ms", n=len(waits))  # fmt: skip


def _asked(number: int) -> tuple[str, str, Mapping[str, Any] | None]:
    brief = BRIEFS[number % len(BRIEFS)]
    return "POST", "/v1/drafts", {"template": brief.template, "inputs": dict(brief.inputs), "locale": brief.locale}


async def _one_by_one(service: Served, count: int) -> list[float]:
    connection, seconds = Connection(service), []
    for number in range(count):
        begun = time.perf_counter()
        status, body = await connection.ask(*_asked(number))
        if status != 201:
            raise RuntimeError(f"status {status}: {body[:200].decode()}")
        seconds.append(time.perf_counter() - begun)
    connection.close()
    return seconds


async def _first_texts(service: Served, model: _Endpoint) -> list[float]:
    waits = []
    for number in range(STREAMS + 2):
        _, path, body = _asked(number)
        model.first_reply = 0.0
        arrived = await Connection(service).events(path, body or {}, "paragraph")
        waits.append(max(0.0, arrived - model.first_reply) if model.first_reply else 0.0)
        await asyncio.sleep(1.0)  # the rest of the draft is written before the next one begins
    return waits[2:]


@contextmanager
def _scripted(rounds: int) -> Iterator[tuple[Served, int]]:
    """The service of the sample library with a script for so many drafts, and how many calls the briefs take."""
    with TemporaryDirectory(prefix="koujing-bench-") as folder:
        home, script = _sample(Path(folder) / "home"), Path(folder) / "script.jsonl"
        with Workspace.open(load_settings(environment(home, "extractive"))) as workspace:
            calls = write_script(script, workspace, BRIEFS, rounds)
        with served(home, f"scripted:{script}") as service:
            yield service, calls


def _sample(home: Path) -> Path:
    workspace, _ = Workspace.create(load_settings(environment(home, "extractive")))
    with workspace:
        load(workspace.library)
    return home


class _Endpoint(ThreadingHTTPServer):
    """An OpenAI-compatible endpoint that answers at once and knows when it first did."""

    first_reply = 0.0
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    server: _Endpoint

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        messages = [Message(each["role"], each["content"]) for each in asked["messages"]]
        schema = asked.get("response_format", {}).get("json_schema", {}).get("schema") or {}
        text = json.dumps(answer(messages, schema), ensure_ascii=False)
        content = self._stream(text) if asked.get("stream") else self._whole(text)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if asked.get("stream") else "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.server.first_reply = self.server.first_reply or time.perf_counter()

    def _whole(self, text: str) -> bytes:
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        return json.dumps({**_HEAD, "object": "chat.completion", "choices": [choice], "usage": _USAGE}).encode()

    def _stream(self, text: str) -> bytes:
        deltas = [{"role": "assistant", "content": text}, {}]
        chunks = [
            {**_HEAD, "object": "chat.completion.chunk",
             "choices": [{"index": 0, "delta": delta, "finish_reason": None if delta else "stop"}]}
            for delta in deltas
        ]  # fmt: skip
        chunks.append({**_HEAD, "object": "chat.completion.chunk", "choices": [], "usage": _USAGE})
        return b"".join(f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks) + b"data: [DONE]\n\n"

    def log_message(self, *_: object) -> None: ...


_HEAD = {"id": "stand-in", "created": 0, "model": "stand-in"}
_USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


@contextmanager
def _endpoint() -> Iterator[_Endpoint]:
    server = _Endpoint(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
