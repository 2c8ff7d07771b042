"""100,000 malformed requests to a served process: an answer for each, none of them a 500."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.bench import Bench
from evals.bench.fuzz.asking import Asked, requests_for
from evals.bench.service.contract import sample_home
from evals.bench.service.served import Served, served
from evals.bench.table import Row

REQUESTS = 100_000
IDS = ("case-elevator", "case-wind", "success_story", "default", "number_unsupported", "1", "d-0", "no-such-thing")
SECONDS = 20.0
"""Of the service's processor time for one request: what takes longer hangs."""
_PATIENCE = 30.0


class Hangs(Exception):
    """No answer, although the service had the time."""


def service(bench: Bench) -> Iterator[Row]:
    """The rows of the requests; KOUJING_BENCH_REQUESTS makes them fewer."""
    count = int(os.environ.get("KOUJING_BENCH_REQUESTS") or REQUESTS)
    with TemporaryDirectory(prefix="koujing-fuzz-") as folder:
        home = sample_home(Path(folder) / "home")
        with served(home) as running:
            answers, wrong = asked_all(running, 0, count, bench)
    told = ", ".join(f"{status}: {times}" for status, times in sorted(answers.items()))
    yield Row(
        "malformed requests: answered 500, or with none", len(wrong), goal="≤ 0", n=count, note="; ".join(wrong[:3])
    )
    yield Row("malformed requests: answered", sum(answers.values()), n=count, note=told)


def asked_all(running: Served, first: int, count: int, bench: Bench | None = None) -> tuple[Counter[int], list[str]]:
    """How often each status was answered, and the requests that went wrong."""
    with urllib.request.urlopen(f"{running.url}/openapi.json") as answer:  # noqa: S310  # our own service
        openapi = json.load(answer)
    answers: Counter[int] = Counter()
    wrong: list[str] = []
    connection = http.client.HTTPConnection(running.host, running.port, timeout=_PATIENCE)
    for number, asked in enumerate(requests_for(openapi, IDS, first, count), first):
        if bench is not None and number % 500 == 0:
            bench.progress.step("malformed requests", number, first + count)
        try:
            status = _status(connection, asked, running)
        except (Hangs, OSError, http.client.HTTPException) as error:
            wrong.append(f"{number} {asked.method} {asked.path[:80]}: {type(error).__name__}")
            connection.close()
            continue
        answers[status] += 1
        if status == 500:
            wrong.append(f"{number} {asked.method} {asked.path[:80]}: 500")
    connection.close()
    return answers, wrong


def _status(connection: http.client.HTTPConnection, asked: Asked, running: Served) -> int:
    begun = _worked(running.pid)
    for again in (False, True):
        try:
            connection.putrequest(asked.method, asked.path, skip_host="Host" in asked.headers)
            for name, value in {**asked.headers, "Authorization": f"Bearer {running.key}"}.items():
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(asked.body)))
            connection.endheaders(asked.body)
            answer = _answer(connection, running, begun)
            answer.read()
        except (http.client.RemoteDisconnected, ConnectionError):
            connection.close()  # the service may have closed it after the answer before
            if again:
                raise
        else:
            return answer.status
    raise AssertionError("unreachable")


def _answer(connection: http.client.HTTPConnection, running: Served, begun: float) -> http.client.HTTPResponse:
    until = time.monotonic() + 20 * _PATIENCE
    while True:
        try:
            return connection.getresponse()
        except TimeoutError:
            if _worked(running.pid) - begun > SECONDS or time.monotonic() > until:
                raise Hangs from None


def _worked(pid: int) -> float:
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
