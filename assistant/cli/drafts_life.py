"""`koujing drafts submit`, `approve`, `request-changes`, `publish`, `withdraw`, `history`: each step with a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import VERSION, acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.publishing.life import Status
    from assistant.workspace import Workspace

draft_id_argument = click.argument("draft_id")
_reason = click.option("--reason", "-r", default="", help="Why, for those who read it later.")
_why = click.option("--reason", "-r", required=True, help="Why, for those who read it later.")
_seen = click.option(
    "--version", "-v", type=VERSION, help="The version you looked at; refused when there is a newer one."
)


@click.command()
@draft_id_argument
@_reason
@_seen
@json_option
def submit(draft_id: str, reason: str, version: int | None, as_json: bool) -> int:
    """Hand a draft in for approval."""
    return _step(draft_id, as_json, lambda w, by: w.submit(draft_id, by=by, version=version, reason=reason))


@click.command()
@draft_id_argument
@_reason
@_seen
@json_option
def approve(draft_id: str, reason: str, version: int | None, as_json: bool) -> int:
    """Approve the newest version of a draft, checked once more against the library of today."""
    return _step(draft_id, as_json, lambda w, by: w.approve(draft_id, by=by, version=version, reason=reason))


@click.command("request-changes")
@draft_id_argument
@_why
@_seen
@json_option
def request_changes(draft_id: str, reason: str, version: int | None, as_json: bool) -> int:
    """Send a draft that is in review back to its authors."""
    return _step(draft_id, as_json, lambda w, by: w.request_changes(draft_id, by=by, version=version, reason=reason))


@click.command()
@draft_id_argument
@click.option("--to", required=True, metavar="URL", help="Where it stands: an address or an account.")
@_reason
@_seen
@json_option
def publish(draft_id: str, to: str, reason: str, version: int | None, as_json: bool) -> int:
    """Put on record where the approved version was published. Koujing itself publishes nothing."""
    return _step(draft_id, as_json, lambda w, by: w.publish(draft_id, to=to, by=by, version=version, reason=reason))


@click.command()
@draft_id_argument
@_why
@_seen
@json_option
def withdraw(draft_id: str, reason: str, version: int | None, as_json: bool) -> int:
    """Take back what was approved or published: it may be used no longer."""
    return _step(draft_id, as_json, lambda w, by: w.withdraw(draft_id, by=by, version=version, reason=reason))


@click.command()
@draft_id_argument
@json_option
def history(draft_id: str, as_json: bool) -> int:
    """What was done to a draft: when, by whom, why."""
    with opened() as workspace:
        status, events = workspace.status(draft_id), workspace.history(draft_id)
        versions = workspace.versions(draft_id)
    if as_json:
        print_json({"status": status.to_json(), "versions": versions, "history": [event.to_json() for event in events]})
        return 0
    for event in events:
        who, why = f" by {event.by}" if event.by else "", f": {event.reason}" if event.reason else ""
        at = event.at.isoformat(sep=" ", timespec="minutes")
        click.echo(f"{at}  v{event.version}  {event.act.replace('_', ' ')}{who}{why}")
    click.echo(told(status))
    return 0


def told(status: Status) -> str:
    """Where a draft stands, in a line."""
    said = f"Draft {status.id} version {status.version} is {status.state.replace('_', ' ')}."
    if status.approved_version is not None:
        said += f" Version {status.approved_version} is approved by {status.approved_by or 'somebody unknown'}."
    if status.published_version is not None:
        said += f" Version {status.published_version} stands at {status.published_to}."
    return said


def _step(draft_id: str, as_json: bool, act: Callable[[Workspace, str], Status]) -> int:
    """One act, and where the draft stands after it."""
    with opened() as workspace:
        status = act(workspace, acting_user())
    document: dict[str, Any] = {"status": status.to_json()}
    if as_json:
        print_json(document)
    else:
        click.echo(told(status))
    return 0


COMMANDS = (submit, approve, request_changes, publish, withdraw, history)
