"""`koujing drafts`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli import drafts_editing, drafts_life
from assistant.cli.draft import Watcher, answered, leave, parse_inputs, say_where, show_result
from assistant.cli.drafts_export import export
from assistant.cli.options import VERSION, acting_user, opened, writable
from assistant.cli.output import json_option, print_json


@click.group()
def drafts() -> None:
    """List, show, answer, check and edit drafts; review, approve, publish, export them."""


for _command in (*drafts_editing.COMMANDS, *drafts_life.COMMANDS, export):
    drafts.add_command(_command)


@drafts.command("list")
@click.option("-n", "count", type=click.IntRange(1), default=200, show_default=True, help="How many at most.")
@json_option
def list_(count: int, as_json: bool) -> int:
    """The newest drafts, the newest first."""
    with opened() as workspace:
        rows = workspace.listed(count)
    if as_json:
        print_json({"drafts": rows})
        return 0
    for row in rows:
        stale = "  [stale]" if row["stale"] else ""
        click.echo(
            f"{row['id']}  {row['updated_at']}  {row['template']:20} {row['locale']:6} v{row['version']} "
            f"{row['state']}{stale}  {row['title']}"
        )
    click.echo(f"{len(rows)} drafts.")
    return 0


@drafts.command()
@click.argument("draft_id")
@click.option("--version", "-v", type=VERSION, help="An older version.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write it to a file, marked as a draft."
)
@json_option
def show(draft_id: str, version: int | None, output: Path | None, as_json: bool) -> int:
    """One draft with its sources and findings."""
    from assistant.export import ENDINGS

    writable(output, ENDINGS)
    with opened() as workspace:
        found = workspace.drafts.get(draft_id, version)
        leave(workspace, found, output)
        reasons = workspace.staleness.of([draft_id], found.version).get(draft_id, ())
    for reason in reasons:
        click.echo(f"stale: {reason.words.of(found.locale.split('-', 1)[0])}", err=True)
    return show_result(found, output, as_json)


@drafts.command()
@click.argument("draft_id")
@click.option(
    "--input", "-i", "inputs", multiple=True, metavar="NAME=VALUE", help="An answer; NAME=@FILE reads a file."
)
@json_option
def answer(draft_id: str, inputs: tuple[str, ...], as_json: bool) -> int:
    """Answer the open questions of a draft; it is written when none is left."""
    given = parse_inputs(inputs)
    with opened(embeds=True) as workspace:
        written = workspace.drafts.get(draft_id)
        say_where(workspace, written.model)
        if given or not written.questions:
            written = workspace.answer(draft_id, given, Watcher(workspace.progress), by=acting_user())
        written = answered(workspace, written, as_json)
    return show_result(written, None, as_json)


@drafts.command()
@click.argument("draft_id")
@json_option
def check(draft_id: str, as_json: bool) -> int:
    """Check a draft again today; kept as a new version."""
    with opened() as workspace:
        checked = workspace.recheck(draft_id, by=acting_user())
    return show_result(checked, None, as_json)
