"""Malformed files through everything that reads a file: units or text, or one line that says what is wrong.

A program of its own, too: a file that ends the process (a fault in a library written in C) must be found as well.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import FrameType

from assistant.localization.formats.base import FileFormat, Reading, Written
from assistant.localization.formats.registry import all_formats
from assistant.localization.memory.tmx import read_tmx
from assistant.localization.review.review_xliff import read_xliff
from assistant.localization.review.review_xlsx import read_xlsx
from evals.bench import Bench
from evals.bench.fuzz.malformed import malformed
from evals.bench.fuzz.seeds import seeds
from evals.bench.table import Row
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.reading import FORMATS, read
from knowledge.sheets import kind_headings, read_glossary, read_table

FILES, PIECE, SEED = 10_000, 500, 9
SECONDS = 20.0
"""Of processor time for one file and one reader: what takes longer hangs."""
_EN, _DE = parse_locale("en"), parse_locale("de")


class Hanging(BaseException):
    """A file is not done with in time. No `Exception`: nothing on the way may take it for damage."""


def broken(first: int, count: int, folder: Path) -> Iterator[tuple[int, str, str]]:
    """Number of the file, reader, and what went wrong: `hang` or the exception with its place. Files are numbered."""
    whole = seeds()
    contents = [data for _, data in whole]
    for number in range(first, first + count):
        chance = Random(f"{SEED}-{number}")  # noqa: S311  # a fixed sequence, not a secret
        name, data = whole[number % len(whole)]
        bad = malformed(data, contents, chance)
        for reader, act in _readers(name, bad, folder):
            if wrong := _wrong(act):
                (folder / f"kept-{number}-{name}").write_bytes(bad)
                yield number, f"{reader} {name}", wrong


def files(bench: Bench) -> Iterator[Row]:
    """10,000 of them, in pieces, each in a process of its own."""
    wrong: list[str] = []
    ended = 0
    with tempfile.TemporaryDirectory(prefix="koujing-fuzz-") as folder:
        for first in range(0, FILES, PIECE):
            bench.progress.step("malformed files", first, FILES)
            done = subprocess.run(
                [sys.executable, "-m", "evals.bench.fuzz.files", str(first), str(PIECE), folder],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            ended += done.returncode != 0
            wrong += done.stdout.splitlines()
    hangs = [line for line in wrong if json.loads(line)[2].startswith("hang")]
    note = "; ".join(wrong[:3])
    yield Row("malformed files: crashes", len(wrong) - len(hangs) + ended, goal="≤ 0", n=FILES, note=note)
    yield Row(f"malformed files: not done after {SECONDS:g} s of processor time", len(hangs), goal="≤ 0", n=FILES)


def _readers(name: str, data: bytes, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    path = folder / name
    path.write_bytes(data)
    if path.suffix in FORMATS:
        yield "read", lambda: read(path)
    for known in all_formats():
        if name.endswith(known.suffixes):
            yield known.id, lambda known=known: _localized(known, name, data)  # type: ignore[misc]
    if path.suffix == ".tmx":
        yield "tmx", lambda: list(read_tmx(data, _EN, _DE, name))
    if path.suffix == ".xlf":
        yield "review", lambda: read_xliff(data, [], name)
    if path.suffix == ".xlsx":
        yield "review", lambda: read_xlsx(data, [], name)
    if path.suffix in (".xlsx", ".csv", ".tsv"):
        yield "sheet", lambda: read_table(path, kind_headings("case"))
        yield "glossary", lambda: read_glossary(path)


def _localized(known: FileFormat, name: str, data: bytes) -> None:
    known.recognises(name, data)
    file = known.read(data, Reading(name, _EN, _DE))
    file.write(Written({unit.id: unit.source for unit in file.units}))


def _wrong(act: Callable[[], object]) -> str:
    """What went wrong; empty for an answer and for an error that says what the file lacks."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise Hanging

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        act()
    except InputError as error:
        return f"message of several lines: {error.message!r}" if "\n" in error.message else ""
    except Hanging as error:
        return f"hang {_where(error)}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:100]} {_where(error)}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return ""


def _where(error: BaseException) -> str:
    ours = [f for f in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in f.filename]
    return f"({Path(ours[-1].filename).name}:{ours[-1].lineno})" if ours else ""


if __name__ == "__main__":
    for found in broken(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])):
        print(json.dumps(found, ensure_ascii=False), flush=True)
