"""`koujing library submit`, `approve`, `request-changes`, `retire`: the life of entries, each step with a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import VERSION, acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from knowledge.records import EntryVersion

_ids = click.argument("entry_ids", nargs=-1, required=True)
_reason = click.option("--reason", "-r", default="", help="Why, for those who read it later.")
_seen = click.option(
    "--version", "-v", type=VERSION, help="The version you looked at; refused when there is a newer one."
)


@click.command()
@_ids
@_reason
@_seen
@json_option
def submit(entry_ids: tuple[str, ...], reason: str, version: int | None, as_json: bool) -> int:
    """Hand drafts in for review."""
    return _each("submit", entry_ids, reason, version, as_json, lambda e: "is in review")


@click.command()
@_ids
@_reason
@_seen
@click.option("--renew", is_flag=True, help="Confirm what is approved already: a new review date.")
@json_option
def approve(entry_ids: tuple[str, ...], reason: str, version: int | None, renew: bool, as_json: bool) -> int:
    """Approve the newest version of entries; recorded with your name."""
    return _each("approve", entry_ids, reason, version, as_json, _approved, renew=renew)


@click.command("request-changes")
@_ids
@click.option("--reason", "-r", required=True, help="What must be changed.")
@_seen
@json_option
def request_changes(entry_ids: tuple[str, ...], reason: str, version: int | None, as_json: bool) -> int:
    """Send what is in review back to its author."""
    return _each("request_changes", entry_ids, reason, version, as_json, lambda e: "is a draft again")


@click.command()
@_ids
@_reason
@_seen
@json_option
def retire(entry_ids: tuple[str, ...], reason: str, version: int | None, as_json: bool) -> int:
    """Say it no longer. It stays readable; drafts that used it are stale at once."""
    return _each("retire", entry_ids, reason, version, as_json, lambda e: "is retired", recalls=True)


def _approved(entry: EntryVersion) -> str:
    who = "" if entry.audience == "public" else f"; for {entry.audience} readers only, see `--set audience=public`"
    return f"is approved; review due {entry.review_due}{who}"


def _each(
    step: str,
    entry_ids: tuple[str, ...],
    reason: str,
    version: int | None,
    as_json: bool,
    told: Callable[[EntryVersion], str],
    *,
    recalls: bool = False,
    **options: Any,
) -> int:
    """Take a step with each entry; one that cannot be taken stops no other."""
    from knowledge.domain.errors import InputError
    from knowledge.json_records import entry_listed

    if version is not None and len(entry_ids) > 1:
        raise InputError("--version goes with one entry only")
    done: list[EntryVersion] = []
    failed: list[InputError] = []
    with opened() as workspace:
        now = workspace.settings.now()
        act = partial(getattr(workspace.library.entries, step), by=acting_user(), now=now, reason=reason, **options)
        for entry_id in entry_ids:
            try:
                done.append(act(entry_id, version=version))
            except InputError as error:
                failed.append(error)
        stale = {e.entry_id: len(workspace.recall.of_entry(e.entry_id)) for e in done} if recalls else {}
    if failed and not done:
        raise failed[0]
    if as_json:
        print_json({"entries": [entry_listed(e, now.date()) for e in done], "failed": [e.message for e in failed]})
        return 1 if failed else 0
    for entry in done:
        click.echo(f"{entry.entry_id} v{entry.version} {told(entry)}.")
        if stale.get(entry.entry_id):
            click.echo(f"  {stale[entry.entry_id]} drafts use it: koujing library impact {entry.entry_id}")
    for refused in failed:
        click.echo(f"failed: {refused.message}", err=True)
    return 1 if failed else 0
