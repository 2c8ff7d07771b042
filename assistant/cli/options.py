"""Options that several commands share, and how a command opens its workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assistant.cli.output import Shown

if TYPE_CHECKING:
    from assistant.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])

AUDIENCES = ("public", "partner", "internal")
STATES = ("draft", "in_review", "approved", "retired")


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


@contextmanager
def opened() -> Iterator[Workspace]:
    """The workspace that the settings name, with progress on a terminal."""
    from assistant.settings import load_settings
    from assistant.workspace import Workspace

    with Shown() as progress, Workspace.open(load_settings(), progress) as workspace:
        yield workspace
