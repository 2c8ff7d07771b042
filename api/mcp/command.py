"""`koujing mcp`. Only click is imported here; the rest when the command runs."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--key",
    envvar="KOUJING_KEY",
    help="API key whose role and limits count; without one, what the person at this machine may do.",
)
def mcp(key: str | None) -> int:
    """Serve assistants over MCP on standard input and output."""
    from api.mcp.stdio import run
    from assistant.settings import load_settings

    run(load_settings(), key)
    return 0
