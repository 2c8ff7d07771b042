"""`koujing tidy`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.options import acting_user
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.retention import Tidied


@click.command()
@click.option("--dry-run", is_flag=True, help="Take nothing away: say what would go.")
@json_option
def tidy(dry_run: bool, as_json: bool) -> int:
    """Take away what was kept long enough, as KOUJING_KEEP says: drafts that nobody approved, jobs, the log of calls.

    Approved, published and exported drafts stay, as do the library and the record of who did what.
    """
    from assistant.retention import days_kept
    from assistant.retention import tidy as take_away
    from assistant.settings import load_settings
    from assistant.workspace import Workspace

    settings = load_settings()
    with Workspace.open(settings) as workspace:
        gone = take_away(workspace, dry_run=dry_run, by=acting_user())
    if as_json:
        print_json({"dry_run": dry_run, **gone.to_json()})
    else:
        told(gone, days_kept(settings), dry_run)
    return 0


def told(gone: Tidied, days: Mapping[str, int], dry_run: bool) -> None:
    """What went, a line for each kind; what is kept for ever is said, too."""
    done = "would go" if dry_run else "gone"
    counts = {"drafts": len(gone.drafts), "jobs": len(gone.jobs) + gone.draft_jobs, "call_log": len(gone.call_log)}
    for name, count in counts.items():
        shown = name.replace("_", " ")
        click.echo(f"{shown}: {count} {done}, older than {days[name]} days" if name in days else f"{shown}: all kept")
    if not set(days) & {"drafts", "jobs"}:
        click.echo("Set KOUJING_KEEP, e.g. drafts=730, jobs=180, to let old drafts and jobs go.", err=True)
