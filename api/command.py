"""`koujing serve` and `koujing keys`. Only click is imported here; the rest when a command runs."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from assistant.cli.options import DAY, acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from api.access.keys import Key
    from api.server import Serving


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; any other than this machine needs KOUJING_SECRET.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8420, show_default=True, help="0 takes a free one.")
@json_option
def serve(host: str, port: int, as_json: bool) -> int:
    """Serve the pages and the API over HTTP."""
    # Requests run side by side: a matrix product that takes every core for itself only makes the others wait. It must
    # be said before numpy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from api.server import run
    from assistant.settings import load_settings

    run(load_settings(), host, port, _print_json_line if as_json else _print_line)
    return 0


@click.group()
def keys() -> None:
    """API keys of the service."""


@keys.command()
@click.option("--name", default="api", show_default=True, help="Whose key it is, for the list.")
@click.option(
    "--role", default="admin", show_default=True, help="viewer, author, editor, approver or admin (may do everything)."
)
@click.option("--scope", "scopes", multiple=True, help="Only this right of the role; may repeat.")
@click.option("--expires", type=DAY, help="The last day on which it works (UTC), e.g. 2027-01-31; else it never ends.")
@click.option("--daily-tokens", type=int, help="Tokens of a model in a day; else as the workspace says.")
@click.option("--per-minute", type=int, help="Requests in a minute; else as the workspace says.")
@json_option
def create(
    name: str,
    role: str,
    scopes: tuple[str, ...],
    expires: date | None,
    daily_tokens: int | None,
    per_minute: int | None,
    as_json: bool,
) -> int:
    """Make a key. It is shown this once."""
    from api.access.keys import Keys

    with opened() as workspace:
        key, text = Keys(workspace.database, workspace.name).create(
            name,
            workspace.settings.now(),
            role=role,
            scopes=scopes,
            expires_at=datetime.combine(expires + timedelta(days=1), time(), UTC) if expires else None,
            by=acting_user(),
            daily_tokens=daily_tokens,
            per_minute=per_minute,
        )
    if as_json:
        print_json({**key.to_json(), "key": text})
    else:
        click.echo(text)
        click.echo(f"Key '{key.name}' ({key.id}, {key.role}). Keep it now; it cannot be shown again.", err=True)
    return 0


@keys.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every key: whose, since when, last used, expired, revoked."""
    from api.access.keys import Keys

    with opened() as workspace:
        found = Keys(workspace.database, workspace.name).list()
        now = workspace.settings.now()
    if as_json:
        print_json({"keys": [key.to_json() for key in found]})
        return 0
    for key in found:
        click.echo(_in_words(key, now))
    click.echo(f"{len(found)} keys.")
    return 0


@keys.command()
@click.argument("key_id")
@json_option
def revoke(key_id: str, as_json: bool) -> int:
    """Make a key useless from now on."""
    from api.access.keys import Keys

    with opened() as workspace:
        now = workspace.settings.now()
        key = Keys(workspace.database, workspace.name).revoke(key_id, now, by=acting_user())
    if as_json:
        print_json(key.to_json())
    else:
        click.echo(_in_words(key, now))
    return 0


def _in_words(key: Key, now: datetime) -> str:
    times = key.to_json()
    state = f"last used {times['last_used_at'] or 'never'}"
    if key.revoked_at:
        state = f"revoked {times['revoked_at']}"
    elif key.expires_at:
        state = f"expires {times['expires_at']}, {state}" if key.usable(now) else f"expired {times['expires_at']}"
    rights = f"{key.role} ({', '.join(key.scopes)})" if key.scopes else str(key.role)
    return f"{key.id}  {key.name:24} {rights:10} made {times['created_at']}  {state}"


def _print_line(serving: Serving) -> None:
    access = "programs need no key until `koujing keys create`" if serving.keyless else "API key or sign-in needed"
    click.echo(f"Koujing on {serving.url} · model {serving.model}, text goes to {serving.destination} · {access}")
    if serving.setup_url:
        click.echo(f"Set up the first administrator: {serving.setup_url}")


def _print_json_line(serving: Serving) -> None:
    """On one line, since the process goes on after it."""
    click.echo(json.dumps({"schema": 1, **serving.to_json()}, ensure_ascii=False))
