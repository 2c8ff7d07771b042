"""The command line and the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.settings import SETTINGS
from tools.docs.tables import table

WIDTH = 88
"""Columns of the help texts."""


def cli(_root: Path, _zh: bool) -> str:
    """The help of every command, from click."""
    import click

    from assistant.cli.main import koujing

    context = click.Context(koujing, info_name="koujing", terminal_width=WIDTH, **koujing.context_settings)
    return "\n\n".join(
        f"{'#' * (2 + title.count(' '))} {title}\n\n```text\n{text}\n```" for title, text in _help(context)
    )


def _help(context: Any) -> Iterator[tuple[str, str]]:
    import click

    yield context.command_path, context.command.get_help(context).rstrip()
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from _help(click.Context(command, info_name=name, parent=context))


def settings(_root: Path, _zh: bool) -> str:
    """The table of settings."""
    rows = [
        (
            f"`{setting.variable}`",
            "–" if setting.name == "home" else f"`{setting.name}`",
            f"`{setting.default}`" if setting.default else "",
            setting.help + (f" Never shown; may stand in a file: `{setting.file_variable}`." if setting.secret else ""),
        )
        for setting in SETTINGS
    ]
    return table(("variable", "in koujing.toml", "default", "what it is"), rows)
