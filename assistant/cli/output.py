"""What commands print: one JSON document with `--json`, words otherwise; progress and errors go to stderr."""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.progress import Progress, Silent

if TYPE_CHECKING:
    from rich.progress import TaskID

json_option: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


def print_json(document: Mapping[str, Any]) -> None:
    """One document on stdout, with its schema number first."""
    click.echo(json.dumps({"schema": 1, **document}, ensure_ascii=False, indent=2))


def report_error(error: Exception, *, as_json: bool) -> int:
    """Print one line about `error` and return the exit status. Of the unexpected the details go to a file."""
    from knowledge.domain.errors import KoujingError, NotReady, QuestionsOpen

    if isinstance(error, KoujingError):
        missing = error.missing if isinstance(error, NotReady) else []
        if as_json:
            questions = [q.to_json() for q in error.questions] if isinstance(error, QuestionsOpen) else []
            told = {"title": error.title, "message": error.message, "questions": questions}
            print_json({"error": {**told, "missing": missing} if missing else told})
        click.echo(f"koujing: {error.message}", err=True)
        for item in missing:
            where = f" [{item['paragraph']}]" if item.get("paragraph") else ""
            click.echo(f"  {item['what']}{where}: {item['message']}", err=True)
        return error.exit_code
    error_id = secrets.token_hex(4)
    log = _log(error, error_id)
    message = f"an unexpected error ({type(error).__name__}, id {error_id}); this is a fault of Koujing"
    if log:
        message += f"; the details are in {log}" + ("" if Path(log).is_absolute() else " of the workspace's folder")
    if as_json:
        print_json({"error": {"title": "Unexpected error", "message": message, "questions": [], "log": log}})
    click.echo(f"koujing: {message}", err=True)
    return 3


def report_usage(error: click.ClickException, *, as_json: bool) -> int:
    """Print what is wrong with the command line and how it is used, and return the exit status."""
    from knowledge.domain.errors import InputError

    if as_json:
        print_json({"error": {"title": InputError.title, "message": error.format_message(), "questions": []}})
    error.show()
    return 2


def _log(error: Exception, error_id: str) -> str:
    """Write the traceback into a file that only its owner reads; its path relative to the home, empty when it could
    not be written. Without a home it goes to the temporary folder."""
    name = f"error-{error_id}.txt"
    for folder, shown in _log_folders():
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            number = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(number, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(traceback.format_exception(error))
        except OSError:
            continue
        return str(shown / name)
    return ""


def _log_folders() -> Iterator[tuple[Path, Path]]:
    """Where a log may go and how that is told."""
    from assistant.settings import load_settings
    from knowledge.domain.errors import KoujingError

    try:
        home = load_settings().home
    except KoujingError:
        home = None
    if home is not None and home.is_dir():
        yield home / "logs", Path("logs")
    yield Path(tempfile.gettempdir()), Path(tempfile.gettempdir())


class TerminalProgress:
    """Bars on stderr; made only where stderr is a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bars = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}
        self._bars.start()

    def step(self, label: str, done: int = 0, total: int | None = None) -> None:
        """See the port."""
        if label not in self._tasks:
            for task in self._tasks.values():
                self._bars.update(task, visible=False)
            self._tasks[label] = self._bars.add_task(label, total=total)
        self._bars.update(self._tasks[label], completed=done, total=total)

    def close(self) -> None:
        """Take the bars away."""
        self._bars.stop()


class Shown:
    """`with Shown() as progress`: bars on a terminal, nothing in a pipe."""

    def __enter__(self) -> Progress:
        self._terminal = TerminalProgress() if sys.stderr.isatty() else None
        return self._terminal or Silent()

    def __exit__(self, *_: object) -> None:
        if self._terminal is not None:
            self._terminal.close()
