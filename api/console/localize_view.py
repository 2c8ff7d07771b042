"""How a localization job looks on a page: files by languages, how far each is, why it rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from fastapi import Request

from api.console.catalogue import Wording
from api.console.pages import language_of
from api.localization_files import is_complete
from assistant.localization.jobs.records import FileStatus, Job, JobFile
from assistant.localization.told import reason_words
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale

BADGES = {
    "planning": "badge--quiet",
    "running": "",
    "paused": "badge--warn",
    "done": "badge--ok",
    "cancelled": "badge--quiet",
    "failed": "badge--bad",
}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One file in one language. `look` is waiting, working, released, held or broken; the shares are in percent."""

    file: JobFile
    look: str
    total: int
    done: int
    held: int
    released_share: float
    held_share: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The languages, and a row of cells for each source file; a file that could not be read has why."""

    locales: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[Cell]]]


def grid_of(job: Job, language: str) -> Grid:
    """The files of a job in its own order; why one could not be read is said in `language`."""
    rows: dict[str, dict[str, JobFile]] = {}
    for file in job.files:
        rows.setdefault(file.source, {})[file.locale] = file
    locales = job.options.targets
    found = []
    for source, by_locale in rows.items():
        cells = [cell_of(by_locale[tag]) for tag in locales if tag in by_locale]
        reasons = {reason_words(cell.file.why).of(language) for cell in cells if cell.look == "broken"}
        found.append((source, "; ".join(sorted(filter(None, reasons))), cells))
    return Grid(locales, found)


def cell_of(file: JobFile) -> Cell:
    """How a file stands in a language."""
    total = sum(file.counts.values())
    held = file.held
    done = total - file.counts.get("pending", 0)
    if file.status is FileStatus.FAILED:
        look = "broken"
    elif is_complete(file):
        look = "held" if held else "released"
    else:
        look = "working" if done else "waiting"
    share = 100 / total if total else 0.0
    return Cell(file, look, total, done, held, round((done - held) * share, 2), round(held * share, 2))


def job_title(job: Job, t: Wording) -> str:
    """What a job is called: its first file, and how many there are besides."""
    names = list(dict.fromkeys(file.source for file in job.files))
    name = names[0] if names else job.id
    name = name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"
    return name if len(names) < 2 else t("localize.and_more", name=name, n=len(names) - 1, all=len(names))


def state_badge(state: str) -> str:
    """The class of the badge of a job's state."""
    return BADGES.get(str(state), "")


def time_left(eta: float | None, t: Wording) -> str:
    """About how long it takes still; empty while nothing can be said."""
    if eta is None:
        return ""
    if eta < 90:
        seconds = max(1, round(eta))
        return t("localize.left_seconds", n=seconds if seconds < 10 else 5 * round(seconds / 5))
    if eta < 5400:
        return t("localize.left_minutes", n=round(eta / 60))
    return t("localize.left_hours", n=round(eta / 3600, 1))


def is_budget(text: str) -> bool:
    """Whether it is a number of tokens."""
    return text.isascii() and text.isdecimal() and 0 < int(text[:18]) < 2**53


def namer(request: Request) -> Callable[[str], str]:
    """The name of a locale in the reader's language; the tag where there is none."""
    t = Wording(language_of(request))

    def name(tag: str) -> str:
        if t.has(f"names.locale_{tag}"):
            return t(f"names.locale_{tag}")
        with suppress(InputError):
            return parse_locale(tag).name(t.language)
        return tag

    return name


def joined_names(request: Request) -> Callable[[Sequence[str]], str]:
    """The names of several locales, in a line."""
    name, between = namer(request), "、" if language_of(request) == "zh" else ", "
    return lambda tags: between.join(name(tag) for tag in tags)
