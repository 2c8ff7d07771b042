"""`GET /v1/search` over 10,000 passages: at a fixed rate, and as fast as 32 connections can ask."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.service.clients import Tally, closed_loop, open_loop, query
from evals.bench.service.served import served
from evals.bench.table import Row
from knowledge.library import Library
from knowledge.reading import read_body
from knowledge.records import Audience, EntryVersion, State
from knowledge.shelving import ToShelve

PASSAGES = 10_000
PER_ENTRY = 20
CONNECTIONS = 32
SECONDS = 60.0
RATE = 30.0
_PLACES = ("苏州", "成都", "沈阳", "宁波", "长沙", "Leipzig", "Austin", "Lyon", "Osaka", "Porto")
_SUBJECTS = (
    ("压缩机轴承温度", "the temperature of compressor bearings"),
    ("电梯门机振动", "vibration of lift doors"),
    ("纺纱机断纱率", "yarn breaks of spinning frames"),
    ("包装线停机时间", "downtime of packaging lines"),
    ("水泵能耗", "the energy that pumps use"),
    ("机床主轴寿命", "the life of machine spindles"),
    ("备件库存周转", "turnover of spare parts"),
    ("巡检工单数量", "the number of inspection orders"),
)


def searching(bench: Bench) -> Iterator[Row]:
    """Open and closed loop. No question is asked twice: the vector of a known one would be at hand."""
    with TemporaryDirectory(prefix="koujing-bench-") as folder:
        home = Path(folder) / "home"
        passages = fill(home)
        with served(home) as service:
            asks = partial(_question, random.Random(7).sample(range(400), 400))  # noqa: S311  # a fixed order
            asyncio.run(closed_loop(service, partial(asks, 10**6), 4, 5.0))
            steady = asyncio.run(open_loop(service, partial(asks, 0), RATE, SECONDS))
            crowd = asyncio.run(closed_loop(service, partial(asks, 10**5), CONNECTIONS, SECONDS))
    name = f"GET /v1/search, {passages:,} passages"
    yield Row(f"{name}, open loop {RATE:.0f} req/s: p99", 1000 * steady.percentile(0.99), "ms", goal="≤ 150",
              baseline=f"p50 {1000 * steady.percentile(0.5):.0f} ms", n=len(steady.seconds),
              note=_wrong(steady))  # fmt: skip
    yield Row(f"{name}, closed loop, {CONNECTIONS} connections", crowd.rate, "req/s", goal="≥ 60",
              n=len(crowd.seconds), note=_wrong(crowd))  # fmt: skip
    yield Row(f"{name}, closed loop, {CONNECTIONS} connections: p99", crowd.percentile(0.99), "s", goal="≤ 1",
              n=len(crowd.seconds))  # fmt: skip
    yield Row(f"{name}, closed loop, {CONNECTIONS} connections: errors", len(crowd.wrong), goal="≤ 0",
              n=len(crowd.seconds) + len(crowd.wrong))  # fmt: skip


def fill(home: Path, passages: int = PASSAGES) -> int:
    """A workspace in `home` with so many approved passages, about half of them Chinese; how many there are."""
    workspace, _ = Workspace.create(load_settings(environment(home, "extractive")))
    with workspace:
        entries = [_entry(number) for number in range(passages // PER_ENTRY)]
        for start in range(0, len(entries), 50):
            _shelve(workspace.library, entries[start : start + 50])
        return len(workspace.library.entries.embedding_models())


def _shelve(library: Library, entries: list[EntryVersion]) -> None:
    library.shelf.shelve([ToShelve(entry, read_body(entry.entry_id, entry.body)) for entry in entries], "bench")


def _entry(number: int) -> EntryVersion:
    zh = number % 2 == 0
    place = _PLACES[number % len(_PLACES)]
    sections = []
    for part in range(PER_ENTRY):
        subject = _SUBJECTS[(number + part) % len(_SUBJECTS)]
        before, after, month = 20 + (number * 7 + part * 3) % 70, 5 + (number + part) % 14, 1 + part % 12
        if zh:
            fell = f"{place}工厂 {number} 号车间：{subject[0]}由 {before} 降至 {after}"
            sections.append(f"## 第 {part + 1} 节\n\n{fell}，上线第 {month} 个月，工程师每周复核一次并记录原因。")
        else:
            fell = f"At the {place} plant, shop {number}, {subject[1]} went from {before} to {after}"
            sections.append(f"## Part {part + 1}\n\n{fell} in month {month}; engineers look at the causes every week.")
    title = f"{place} 车间记录 {number}" if zh else f"{place}, notes of shop {number}"
    body = f"# {title}\n\n" + "\n\n".join(sections) + "\n"
    return EntryVersion(
        entry_id=f"note-{number}",
        version=1,
        kind="document",
        locale="zh-CN" if zh else "en",
        title=title,
        text=body,
        state=State.APPROVED,
        audience=Audience.PUBLIC,
        body=body,
    )


def _question(order: list[int], first: int, number: int) -> tuple[str, str, Mapping[str, Any] | None]:
    turn, number = order[number % len(order)], first + number
    subject, place = _SUBJECTS[turn % len(_SUBJECTS)], _PLACES[turn % len(_PLACES)]
    asked = f"{place} {subject[0]} {number}" if turn % 2 else f"{subject[1]} {place} {number}"
    return "GET", query("/v1/search", q=asked, k=8), None


def _wrong(tally: Tally) -> str:
    return f"{len(tally.wrong)} errors, first: {tally.wrong[0]}" if tally.wrong else ""
