"""`koujing serve` and `koujing keys`. Only click is imported here; the rest when a command runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from api.access.keys import Key
    from api.server import Serving


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; others need an API key.")
@click.option("--port", type=click.IntRange(0, 65535), default=8420, show_default=True, help="0 takes a free one.")
@json_option
def serve(host: str, port: int, as_json: bool) -> int:
    """Serve drafts, search and checks over HTTP."""
    from api.server import run
    from assistant.settings import load_settings

    run(load_settings(), host, port, _print_json_line if as_json else _print_line)
    return 0


@click.group()
def keys() -> None:
    """API keys of the service."""


@keys.command()
@click.option("--name", default="api", show_default=True, help="Whose key it is, for the list.")
@json_option
def create(name: str, as_json: bool) -> int:
    """Make a key. It is shown this once."""
    from api.access.keys import Keys
    from assistant.cli.options import opened

    with opened() as workspace:
        key, text = Keys(workspace.database, workspace.name).create(name, workspace.settings.now())
    if as_json:
        print_json({**key.to_json(), "key": text})
    else:
        click.echo(text)
        click.echo(f"Key '{key.name}' ({key.id}). Keep it now; it cannot be shown again.", err=True)
    return 0


@keys.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every key: whose, since when, last used, revoked."""
    from api.access.keys import Keys
    from assistant.cli.options import opened

    with opened() as workspace:
        found = Keys(workspace.database, workspace.name).list()
    if as_json:
        print_json({"keys": [key.to_json() for key in found]})
        return 0
    for key in found:
        click.echo(_in_words(key))
    click.echo(f"{len(found)} keys.")
    return 0


@keys.command()
@click.argument("key_id")
@json_option
def revoke(key_id: str, as_json: bool) -> int:
    """Make a key useless from now on."""
    from api.access.keys import Keys
    from assistant.cli.options import opened

    with opened() as workspace:
        key = Keys(workspace.database, workspace.name).revoke(key_id, workspace.settings.now())
    if as_json:
        print_json(key.to_json())
    else:
        click.echo(_in_words(key))
    return 0


def _in_words(key: Key) -> str:
    times = key.to_json()
    state = f"revoked {times['revoked_at']}" if key.revoked_at else f"last used {times['last_used_at'] or 'never'}"
    return f"{key.id}  {key.name:24} made {times['created_at']}  {state}"


def _print_line(serving: Serving) -> None:
    access = "no key needed until `koujing keys create`" if serving.keyless else "API key needed"
    click.echo(f"Koujing on {serving.url} · model {serving.model}, text goes to {serving.destination} · {access}")


def _print_json_line(serving: Serving) -> None:
    """On one line, since the process goes on after it."""
    click.echo(json.dumps({"schema": 1, **serving.to_json()}, ensure_ascii=False))
