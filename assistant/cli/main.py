"""`koujing`: a lazy table of commands, so that `--help` answers at once."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

import click

from assistant.cli.output import report_error, report_usage

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("assistant.cli.init:init", "Make a workspace; --sample fills it with a fictional company."),
    "library": ("assistant.cli.library:library", "Import, list, show, approve; customers and glossary."),
    "search": ("assistant.cli.search:search", "Find passages that may be used."),
    "templates": ("assistant.cli.templates:templates", "What can be written."),
    "draft": ("assistant.cli.draft:draft", "Write a draft with its sources."),
    "drafts": ("assistant.cli.drafts:drafts", "List, answer, check, edit, approve, publish, export drafts."),
    "check": ("assistant.cli.check:check", "Check a text against the library or given sources."),
    "checks": ("assistant.cli.checks:checks", "Every check; its severity in this workspace, or off, with a reason."),
    "localize": ("assistant.cli.localize:localize", "Localize files: nothing lost, no number changed."),
    "jobs": ("assistant.cli.jobs:jobs", "Localization jobs: list, show, pause, resume, cancel."),
    "worker": ("assistant.cli.worker:worker", "Work on the jobs in the queue."),
    "memory": ("assistant.cli.memory:memory", "The translation memory: import, export, list, forget."),
    "models": ("assistant.cli.models:models", "The language model: list, install, verify, measure."),
    "backup": (
        "assistant.cli.backup:backup",
        "Everything into one file, also while the service runs.",
    ),
    "restore": ("assistant.cli.backup:restore", "Bring a backup back: verified first, all of it or nothing."),
    "export": ("assistant.cli.export:export", "Everything of the workspace in open formats."),
    "tidy": ("assistant.cli.tidy:tidy", "Take away what was kept long enough (KOUJING_KEEP)."),
    "doctor": ("assistant.cli.doctor:doctor", "What is wrong, and the command that mends it."),
}
"""Name: where it is, what it does. Rooms above add theirs by entry point (group `koujing.commands`)."""


class Koujing(click.Group):
    """Imports a command when it is called, not when it is listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *_of_rooms_above()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        places = {name: place for name, (place, _) in COMMANDS.items()} | _of_rooms_above()
        if cmd_name not in places:
            return None
        module, _, attribute = places[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, text) for name, (_, text) in COMMANDS.items()]
        rows += [
            (name, command.get_short_help_str(80))
            for name in _of_rooms_above()
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _of_rooms_above() -> dict[str, str]:
    """The commands that other rooms registered for this distribution."""
    try:
        found = distribution("koujing").entry_points
    except PackageNotFoundError:
        return {}
    return {point.name: point.value for point in found if point.group == "koujing.commands"}


@click.group(cls=Koujing, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="koujing", prog_name="koujing")
def koujing() -> None:
    """Koujing (口径): B2B marketing content in which every sentence shows its approved source.

    Exit status: 0 done; 1 done, with errors found; 2 input wrong or missing; 3 set-up or provider failed.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    sys.exit(_run(sys.argv[1:] if arguments is None else arguments))


def _run(arguments: list[str]) -> int:
    as_json, stdout = "--json" in arguments, sys.stdout
    try:
        status: Any = koujing.main(args=arguments, standalone_mode=False)
    except click.ClickException as error:
        return report_usage(error, as_json=as_json)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return 130
    except SystemExit as ended:
        # click puts another stdout in place when the reader of a pipe has seen enough (`| head`): that is no finding.
        if sys.stdout is not stdout:
            return 0
        return ended.code if isinstance(ended.code, int) else 1
    except Exception as error:
        return report_error(error, as_json=as_json)
    return status if isinstance(status, int) else 0
