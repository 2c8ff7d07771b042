"""How fast a job runs beside a model that takes a second, and what kills leave behind.

The job is real: files, checks, database, one process on SQLite; with KOUJING_BENCH_POSTGRES (the address of an empty
database) also four `koujing worker`s' engines on PostgreSQL. KOUJING_BENCH_SEGMENTS makes it smaller.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.localization.jobs.engine import Engine
from assistant.localization.jobs.records import Job, JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.localization.slow_model import SlowModel, SlowOpening, sentences
from evals.bench.scratch import empty_workspace, environment
from evals.bench.table import Row

SEGMENTS, FILES, A_CALL, CALLS, LATENCY = 10_000, 20, 8, 32, 1.0
WORKERS = 4
KILLS, KILL_SEGMENTS, KILL_LATENCY, KILL_CALLS = 50, 6_000, 0.25, 8
MOST_BETWEEN = 2.5
"""Seconds of work between two kills, at most."""


def throughput(bench: Bench) -> Iterator[Row]:
    """Share of the ideal rate, one process on SQLite; memory at a quarter of the way and at the end."""
    count = int(os.environ.get("KOUJING_BENCH_SEGMENTS") or SEGMENTS) // FILES * FILES
    with empty_workspace("extractive") as workspace, tempfile.TemporaryDirectory() as out:
        job = _submitted(workspace, count, out)
        sizes: list[tuple[int, float]] = []

        def show(seen: Job) -> None:
            counts = seen.counts
            sizes.append(
                (counts["total"] - counts["pending"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            )

        begun = time.perf_counter()
        opening = SlowOpening(SlowModel(LATENCY))
        with Engine(workspace, only=job.id, opening=opening, concurrency=CALLS) as engine:
            done = engine.run(show)
            seconds = time.perf_counter() - begun
        yield from _rate("SQLite, one process", done, count, seconds)
        early = next((size for at, size in sizes if at >= count / 4), sizes[-1][1])
        yield Row("jobs: memory at the end", sizes[-1][1], "MB", "", f"{early:.0f} MB at a quarter of the way", count)
    yield from _on_postgres(count)


def _on_postgres(count: int) -> Iterator[Row]:
    url = os.environ.get("KOUJING_BENCH_POSTGRES", "")
    name = f"jobs: share of the ideal rate, PostgreSQL, {WORKERS} workers"
    if not url:
        yield Row(name, None, "%", "≥ 80", note="skipped: set KOUJING_BENCH_POSTGRES to the address of a database")
        return
    with tempfile.TemporaryDirectory() as folder:
        environ = {**environment(Path(folder) / "home", "extractive"), "KOUJING_DATABASE_URL": url}
        log = Path(folder) / "calls"
        workspace, _ = Workspace.create(load_settings(environ))
        with workspace:
            workers = [_worker("-", LATENCY, CALLS // WORKERS, log, environ) for _ in range(WORKERS)]
            try:
                time.sleep(8)  # they start
                begun = time.perf_counter()
                job = _submitted(workspace, count, folder)
                jobs = LocalizationJobs(workspace.database, workspace.name)
                while not jobs.state(job.id).ended:
                    time.sleep(0.2)
                yield from _rate(f"PostgreSQL, {WORKERS} workers", jobs.get(job.id), count, time.perf_counter() - begun)
            finally:
                for worker in workers:
                    worker.terminate()
                for worker in workers:
                    worker.wait(30)


def _rate(where: str, job: Job, count: int, seconds: float) -> Iterator[Row]:
    ideal = CALLS * A_CALL / LATENCY
    goal = "≥ 90" if "SQLite" in where else "≥ 80"
    name = f"jobs: share of the ideal rate, {where}"
    share = 100 * count / seconds / ideal
    yield Row(name, share, "%", goal, f"{count / seconds:.0f} of {ideal:.0f} segments/s", count)
    yield Row(f"jobs: segments not translated, {where}", count - job.counts["translated"], "", "≤ 0", "", count)


def kills(bench: Bench) -> Iterator[Row]:
    """SIGKILL at seeded random moments, and a new process each time: what is lost, doubled, paid twice."""
    with empty_workspace("extractive") as workspace, tempfile.TemporaryDirectory() as folder:
        job = _submitted(workspace, KILL_SEGMENTS, folder)
        log = Path(folder) / "calls"
        environ = environment(workspace.settings.home, "extractive")
        moments, killed, in_flight = random.Random(11), 0, 0  # noqa: S311  (a benchmark's, not a secret's)
        while True:
            process = _worker(job.id, KILL_LATENCY, KILL_CALLS, log, environ)
            try:
                process.wait(moments.uniform(1.5, 2 + MOST_BETWEEN) if killed < KILLS else 600)
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed, in_flight = killed + 1, in_flight + KILL_CALLS
        done = LocalizationJobs(workspace.database, workspace.name).get(job.id)
        counts, asked = done.counts, _asked(log)
        told = f"{killed} kills, {len(asked)} segments asked for"
        yield Row(
            "kills: segments lost or not translated",
            KILL_SEGMENTS - counts["translated"],
            "",
            "≤ 0",
            told,
            KILL_SEGMENTS,
        )
        lines = [line for path in Path(folder).rglob("*.txt") for line in path.read_text().splitlines() if line.strip()]
        doubled = len(lines) - len(set(lines)) + abs(KILL_SEGMENTS - len(lines))
        yield Row("kills: lines lost or doubled in the target files", doubled, "", "≤ 0", str(done.state), len(lines))
        again = (sum(asked.values()) - len(asked)) / A_CALL
        yield Row(
            "kills: paid calls repeated", again, "calls", f"≤ {in_flight}", "calls in flight at the kills", killed
        )


def _asked(log: Path) -> Counter[str]:
    """How often each segment was asked for, by calls that ended."""
    return Counter(number for line in log.read_text().splitlines() for number in line.split(","))


def _submitted(workspace: Workspace, count: int, out: str) -> Job:
    texts = sentences(count)
    each = count // FILES
    files = [
        SourceFile(f"{n}.txt", f"{n}.txt", "\n\n".join(texts[n * each : (n + 1) * each]).encode()) for n in range(FILES)
    ]
    options = JobOptions("en", ("zh-CN",), out=out, model="slow", memory=False)
    job, _ = LocalizationJobs(workspace.database, workspace.name).submit(options, files, "benchmark")
    return job


def _worker(job: str, latency: float, calls: int, log: Path, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "evals.bench.localization.worker", job, str(latency), str(calls), str(log)]
    return subprocess.Popen(command, env=dict(environ))
