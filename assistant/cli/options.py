"""Options that several commands share, and how a command opens its workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assistant.cli.output import Shown

if TYPE_CHECKING:
    from assistant.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])

AUDIENCES = ("public", "partner", "internal")
STATES = ("draft", "in_review", "approved", "expired", "retired")


def circle_options(command: Command) -> Command:
    """`--locale --market --audience`: the circle that a text is for."""
    for option in (
        click.option("--audience", "-A", type=click.Choice(AUDIENCES), default="public", show_default=True,
                     help="Who may read it."),
        click.option("--market", "-m", help="Market, e.g. CN or EU."),
        click.option("--locale", "-l", help="BCP 47 tag, e.g. zh-CN or en."),
    ):  # fmt: skip
        command = option(command)
    return command


class _Day(click.ParamType[date]):
    """A day as ISO writes it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no date; write it as 2026-03-01", param, ctx)


DAY = _Day()

VERSION = click.IntRange(1, 2**31 - 1)
"""The number of a version, as far as a database can count."""


@contextmanager
def opened(*, embeds: bool = False) -> Iterator[Workspace]:
    """The workspace that the settings name, with progress on a terminal.

    `embeds`: texts are made into vectors; when that happens elsewhere, it is said where.
    """
    from assistant.gateway.limits import destination_of
    from assistant.settings import load_settings
    from assistant.workspace import Workspace

    settings = load_settings()
    with Shown() as progress, Workspace.open(settings, progress) as workspace:
        where = destination_of(settings.text("embedding_base_url"))
        if embeds and where and settings.text("embedding").startswith("openai:"):
            click.echo(f"Embedding: {settings.text('embedding')}; text goes to {where}.", err=True)
        yield workspace


def known_kinds(kinds: Iterable[str]) -> None:
    """Raises `InputError` for a word that is no kind of entry."""
    from knowledge.domain.errors import InputError
    from knowledge.records import KINDS

    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise InputError(f"'{unknown[0]}' is no kind of entry; choose {', '.join(KINDS)}")


def writable(output: Path | None, endings: Sequence[str]) -> None:
    """Raises `InputError` before any work is done for a file that could not be written afterwards."""
    from knowledge.domain.errors import InputError

    if output is None:
        return
    if output.suffix.lower() not in endings:
        raise InputError(f"{output.name}: the ending must be one of {', '.join(sorted(endings))}")
    if not output.resolve().parent.is_dir():
        raise InputError(f"{output}: the folder {output.parent} does not exist; create it first")


def acting_user() -> str:
    """Who is at work, for the record: the login name, or the number of a user who has none (in a container)."""
    import getpass
    import os

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
