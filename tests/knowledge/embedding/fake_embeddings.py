"""A fake embedding endpoint on the loopback address: it plays what it is told, then answers well."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np

DIMENSIONS = 24


@dataclass
class FakeEmbeddings:
    """`plays` are (status, headers, body or None), used up one per request. `most` is the largest batch taken."""

    base_url: str = ""
    most: int = 1000
    plays: list[tuple[int, dict[str, str], Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        if self.plays:
            return self.plays.pop(0)
        if len(body["input"]) > self.most:
            return 400, {}, {"error": {"message": f"batch size should not be larger than {self.most}"}}
        size = body.get("dimensions", DIMENSIONS)
        data = [{"index": i, "embedding": _vector(text, size)} for i, text in enumerate(body["input"])]
        return 200, {}, {"object": "list", "data": data[::-1], "model": body["model"], "usage": {}}


def _vector(text: str, size: int) -> list[float]:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    values: list[float] = (7 * np.random.default_rng(seed).normal(size=size)).tolist()
    return values


@contextmanager
def serving() -> Iterator[FakeEmbeddings]:
    """The endpoint, served until the block ends."""
    fake = FakeEmbeddings()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.bodies.append(body)
            fake.headers.append({name.lower(): value for name, value in self.headers.items()})
            status, headers, reply = fake.answer(body)
            payload = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
