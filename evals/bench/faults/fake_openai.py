"""A fake OpenAI-compatible server on the loopback address: it plays what it is told, then answers well."""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Play = Callable[["Handler", dict[str, Any]], None]
GOOD = {"paragraphs": [{"text": "能耗下降23%。", "sources": ["S1"]}]}


@dataclass
class FakeOpenAI:
    """`plays` are used up one per request; afterwards every request is answered by `then`, else well."""

    address: str
    plays: list[Play] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    then: Play | None = None

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"


class Handler(BaseHTTPRequestHandler):
    """One request: records it and plays."""

    protocol_version = "HTTP/1.1"
    fake: FakeOpenAI

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.fake.bodies.append(body)
        self.fake.headers.append({name.lower(): value for name, value in self.headers.items()})
        play = self.fake.plays.pop(0) if self.fake.plays else self.fake.then or good
        try:
            play(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        return

    def send(self, status: int, content: str, kind: str = "application/json", **headers: str) -> None:
        data = content.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def open_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def event(self, value: Any) -> None:
        self.wfile.write(b"data: " + (value if isinstance(value, str) else json.dumps(value)).encode() + b"\n\n")
        self.wfile.flush()


def chunk(text: str | None = None, finish: str | None = None, **delta: Any) -> dict[str, Any]:
    """One streamed chunk."""
    if text is not None:
        delta["content"] = text
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "fake", "choices": [choice]}


def says(text: str, finish: str | None = "stop", usage: bool = True, done: bool = True) -> Play:
    """Streams `text` in pieces."""

    def play(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        handler.event(chunk("", role="assistant"))
        for start in range(0, len(text), 9):
            handler.event(chunk(text[start : start + 9]))
        if finish:
            handler.event(chunk(finish=finish))
        if usage:
            tokens = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16}
            handler.event({**chunk(), "choices": [], "usage": tokens})
        if done:
            handler.event("[DONE]")

    return play


def good(handler: Handler, body: dict[str, Any]) -> None:
    """JSON when a schema was asked for, by option or in the prompt; else a sentence."""
    asked = "response_format" in body or "JSON Schema" in body["messages"][-1]["content"]
    says(json.dumps(GOOD, ensure_ascii=False) if asked else "口径一致。")(handler, body)


def fails(status: int, message: str = "no", code: str | None = None, **headers: str) -> Play:
    """An error body as OpenAI sends it."""

    def play(handler: Handler, body: dict[str, Any]) -> None:
        handler.send(status, json.dumps({"error": {"message": message, "type": "error", "code": code}}), **headers)

    return play


def sends(content: str, kind: str) -> Play:
    """Status 200 with any body."""
    return lambda handler, body: handler.send(200, content, kind)


def events(*values: Any) -> Play:
    """A stream of these events and nothing else."""

    def play(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        for value in values:
            handler.event(value)

    return play


def drips(piece: bytes, every: float, seconds: float) -> Play:
    """A stream that never ends on its own (within `seconds`) but always sends something."""

    def play(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        handler.event(chunk("口"))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(every)

    return play


def hangs_up(handler: Handler, body: dict[str, Any]) -> None:
    """Ends the connection without an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def stalls(seconds: float) -> Play:
    """Says nothing at all."""
    return lambda handler, body: time.sleep(seconds)


class _Server(ThreadingHTTPServer):
    """Whoever asked may go away at any moment: that is no error here."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def running(then: Play | None = None) -> Iterator[FakeOpenAI]:
    """A server of its own, ended afterwards."""

    class OwnHandler(Handler):
        """Of this server alone: the class is what knows it."""

    server = _Server(("127.0.0.1", 0), OwnHandler)
    OwnHandler.fake = fake = FakeOpenAI(f"http://127.0.0.1:{server.server_port}", then=then)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
