"""The scaled-out set-up on this machine, of real parts: PostgreSQL, a Chroma server, services and workers in processes."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
from postgres import PostgresServer

SECRET = "one secret for every process of the service"
STARTS_IN = 240.0
"""Seconds; many tests may run at once."""

_ITEM = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


@dataclass
class ScaledOut:
    """Where everything is. `environment` is what each process is given."""

    environment: Mapping[str, str]
    services: list[tuple[subprocess.Popen[str], str]]
    workers: list[subprocess.Popen[bytes]]
    asked: list[str] = field(default_factory=list)

    def client(self, number: int, key: str) -> httpx2.Client:
        """A client of one of the services."""
        return httpx2.Client(base_url=self.services[number][1], headers={"Authorization": f"Bearer {key}"}, timeout=120)

    def koujing(self, *words: str) -> Any:
        """A command with `--json`, and what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "assistant.cli", *words, "--json"],
            env=dict(self.environment), capture_output=True, text=True, timeout=STARTS_IN,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@contextmanager
def scaled_out(folder: Path, known: Mapping[str, str], services: int = 2, workers: int = 2) -> Iterator[ScaledOut]:
    """All of it, with the sample library. The model is an endpoint that translates the texts of `known`."""
    with ExitStack() as stack:
        database = PostgresServer()
        database.start()
        stack.callback(database.stop)
        asked: list[str] = []
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KOUJING_")},
            "KOUJING_HOME": str(folder / "home"),
            "KOUJING_DATABASE_URL": database.url("postgres"),
            "KOUJING_CHROMA_URL": stack.enter_context(_chroma(folder / "vectors")),
            "KOUJING_SECRET": SECRET,
            "KOUJING_MODEL": "openai:stand-in",
            "KOUJING_BASE_URL": stack.enter_context(_endpoint(known, asked)),
            "OPENBLAS_NUM_THREADS": "1",
        }
        made = ScaledOut(environment, [], [], asked)
        made.koujing("init", "--sample")
        for _ in range(services):
            made.services.append(stack.enter_context(_service(environment)))
        for _ in range(workers):
            made.workers.append(stack.enter_context(_worker(environment)))
        yield made


def wait_until(true: Callable[[], bool], seconds: float = STARTS_IN) -> None:
    """Look again and again. Raises `AssertionError` when the time is over."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.2)


@contextmanager
def _service(environment: Mapping[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", "0", "--json"],
        env=dict(environment), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())["url"]
    finally:
        process.kill()
        process.communicate()


@contextmanager
def _worker(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "worker"], env=dict(environment), stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def _chroma(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).with_name("chroma"))
    process = subprocess.Popen(
        [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_until(answers)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def _endpoint(known: Mapping[str, str], asked: list[str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = sent["messages"][-1]["content"]
            asked.append(prompt)
            time.sleep(0.3)  # so that several are under way
            items = [{"id": number, "text": known.get(text, text)} for number, text in _ITEM.findall(prompt)]
            content = json.dumps(_reply(json.dumps({"items": items}, ensure_ascii=False))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _reply(text: str) -> dict[str, Any]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {"id": "r", "created": 0, "model": "m", "object": "chat.completion", "choices": [choice], "usage": usage}
