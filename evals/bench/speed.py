"""How fast Koujing itself is: start, import, and what it adds around a model."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.brief import Brief
from assistant.gateway.extractive import ExtractiveModel
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from evals.bench import Bench
from evals.bench.scratch import environment, sample_workspace
from evals.bench.table import Row

RUNS = 15


def startup(bench: Bench) -> Iterator[Row]:
    """Median wall time of `koujing --help`, beside that of an empty Python."""
    ours = _median([sys.executable, "-m", "assistant.cli", "--help"])
    empty = _median([sys.executable, "-c", "pass"])
    yield Row("koujing --help", ours, "s", goal="≤ 0.3", baseline=f"empty python {empty:.3f} s", n=RUNS)


def _median(command: list[str]) -> float:
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


_IMPORT = """
import json, resource, sys, time
from pathlib import Path
from assistant.settings import load_settings
from assistant.workspace import Workspace
from knowledge.importing import ImportOptions
workspace, _ = Workspace.create(load_settings())
with workspace:
    workspace.library.embedder.embed(["warm"])
    begun = time.perf_counter()
    report = workspace.library.importer().run([Path(sys.argv[1])], ImportOptions())
    seconds = time.perf_counter() - begun
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"passages": report.passages, "seconds": seconds, "rss": rss, "failed": report.failed}))
"""


def importing(bench: Bench) -> Iterator[Row]:
    """Passages a second for Markdown, embedding and both indexes included, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        for number in range(60):
            (documents / f"note-{number:03}.md").write_text(_document(number), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _IMPORT, str(documents)],
            check=True, capture_output=True, text=True, env=environment(Path(folder) / "home"),
        )  # fmt: skip
        found = json.loads(done.stdout.splitlines()[-1])
    rate = found["passages"] / found["seconds"]
    yield Row("import, Markdown, embedding included", rate, "passages/s", goal="≥ 30", n=found["passages"])
    yield Row("import, resident memory without a model", found["rss"], "MB", goal="≤ 700")


def _document(number: int) -> str:
    """A page of about twenty passages, the same for the same number."""
    sections = []
    for part in range(20):
        size = 40 + (number * 7 + part * 13) % 60
        week, readings = part + 1, size * 3
        zh = f"第 {number} 号车间的 {size} 台设备在第 {week} 周接入平台，每台每天上报 {readings} 条，停机减少 {week}%。"
        en = f"In week {week}, {size} machines of plant {number} went online and sent {readings} readings a day each."
        sections.append(f"## 第 {part + 1} 节\n\n{zh * 4}\n\n{en * 3}\n")
    return f"# 车间记录 {number}\n\n" + "\n".join(sections)


class _Timed:
    """A model that writes at once, and knows how long it took."""

    name, destination, writes = "instant", "this machine", True

    def __init__(self) -> None:
        self._inner = ExtractiveModel()
        self.context_tokens = self._inner.context_tokens
        self.seconds = 0.0

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        begun = time.perf_counter()
        try:
            return self._inner.complete(request, on_text)
        finally:
            self.seconds += time.perf_counter() - begun

    def count_tokens(self, text: str) -> int:
        return self._inner.count_tokens(text)

    def close(self) -> None: ...


def overhead(bench: Bench) -> Iterator[Row]:
    """Retrieval, prompts, parsing, checks and keeping of one draft, warm, without the time inside the model."""
    with sample_workspace("extractive") as workspace:
        brief = Brief("success_story", {"case": "case-elevator"})
        times = []
        for _ in range(RUNS):
            model = _Timed()
            begun = time.perf_counter()
            workspace.draft(brief, model=model)
            times.append((time.perf_counter() - begun - model.seconds) * 1000)
    yield Row("time added around the model, one success story", statistics.median(times[2:]), "ms", goal="≤ 80",
              baseline=f"slowest of {RUNS - 2}: {max(times[2:]):.0f} ms", n=RUNS - 2)  # fmt: skip
