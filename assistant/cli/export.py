"""`koujing export`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.library.group import say
from assistant.cli.options import opened
from assistant.cli.output import json_option


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@json_option
def export(folder: Path, as_json: bool) -> int:
    """Everything of the workspace in open formats: Markdown, CSV, JSON Lines, TMX, with a README and hashes."""
    from assistant.backup.open_export import export_everything

    with opened() as workspace:
        done = export_everything(workspace, folder)
    told = ", ".join(f"{name} {count}" for name, count in done.files.items())
    say(as_json, done.to_json(), f"{sum(done.files.values())} files are in {folder} ({told}).")
    return 0
