"""Clients that cost little: HTTP/1.1 over kept connections, since they share two cores with the service."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from evals.bench.service.served import Served

Asks = Callable[[int], tuple[str, str, Mapping[str, Any] | None]]
"""The nth request: method, path, JSON body."""


@dataclass(slots=True)
class Tally:
    """What came back: seconds of each good answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    elapsed: float = 0.0

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the good answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0


class Connection:
    """One kept connection to the service."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> tuple[int, bytes]:
        """Status and body of the answer."""
        status, headers = await self._begin(method, path, body)
        assert self._reader is not None
        if "chunked" in headers.get("transfer-encoding", ""):
            parts = []
            while (size := int(await self._reader.readline(), 16)) > 0:
                parts.append(await self._reader.readexactly(size))
                await self._reader.readline()
            await self._reader.readline()
            return status, b"".join(parts)
        return status, await self._reader.readexactly(int(headers.get("content-length", "0")))

    async def events(self, path: str, body: Mapping[str, Any], until: str) -> float:
        """The moment (`time.perf_counter`) when the first event named `until` of a stream came; leaves the stream."""
        await self._begin("POST", path, body, accept="text/event-stream")
        assert self._reader is not None
        try:
            while line := await self._reader.readline():
                if line.strip() == f"event: {until}".encode():
                    return time.perf_counter()
            return float("nan")
        finally:
            self.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _begin(
        self, method: str, path: str, body: Mapping[str, Any] | None, accept: str = "application/json"
    ) -> tuple[int, dict[str, str]]:
        if self._writer is None or self._reader is None:
            self._reader, self._writer = await asyncio.open_connection(self._served.host, self._served.port)
        content = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self._served.host}:{self._served.port}",
            f"Authorization: Bearer {self._served.key}",
            f"Accept: {accept}",
            f"Content-Length: {len(content)}",
        ]
        lines += ["Content-Type: application/json"] if body is not None else []
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + content)
        await self._writer.drain()
        status = int((await self._reader.readline()).split()[1])
        headers = {}
        while line := (await self._reader.readline()).strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return status, headers


async def closed_loop(served: Served, asks: Asks, connections: int, seconds: float) -> Tally:
    """Each connection asks again as soon as it has its answer, for so many seconds."""
    tally, begun, number = Tally(), time.perf_counter(), iter(range(10**9))

    async def client() -> None:
        connection = Connection(served)
        while time.perf_counter() - begun < seconds:
            await _one(connection, asks(next(number)), time.perf_counter(), tally)
        connection.close()

    await asyncio.gather(*(client() for _ in range(connections)))
    tally.elapsed = time.perf_counter() - begun
    return tally


async def open_loop(served: Served, asks: Asks, rate: float, seconds: float, connections: int = 64) -> Tally:
    """Requests come at a fixed rate whether or not earlier ones are answered; waiting for a connection counts."""
    tally, begun = Tally(), time.perf_counter()
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(connections):
        free.put_nowait(Connection(served))

    async def request(number: int) -> None:
        due = begun + number / rate
        connection = await free.get()
        await _one(connection, asks(number), due, tally)
        free.put_nowait(connection)

    async with asyncio.TaskGroup() as tasks:
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            tasks.create_task(request(number))
    tally.elapsed = time.perf_counter() - begun
    return tally


async def _one(
    connection: Connection, asked: tuple[str, str, Mapping[str, Any] | None], since: float, tally: Tally
) -> None:
    method, path, body = asked
    try:
        status, answer = await connection.ask(method, path, body)
    except (OSError, ValueError, asyncio.IncompleteReadError) as error:
        connection.close()
        tally.wrong.append(type(error).__name__)
        return
    if status < 300:
        tally.seconds.append(time.perf_counter() - since)
    else:
        tally.wrong.append(f"{status} {answer[:200].decode('utf-8', 'replace')}")


def query(path: str, **values: Any) -> str:
    """A path with its query."""
    return f"{path}?{urlencode(values)}"
