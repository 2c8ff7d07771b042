"""MCP on standard input and output: for an assistant on this machine, which starts the process itself."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context

from api.access.actor import Actor, this_machine
from api.mcp.server import mcp_server
from api.version import version
from assistant.settings import Settings
from assistant.workspace import Workspace


def run(settings: Settings, key: str | None) -> None:
    """Serve until the other side closes. Raises `SetupError` without a workspace, `NotAuthorised` for a wrong key."""
    with Workspace.open(settings) as workspace:
        actor = _actor(workspace, key)

        async def asked(_: Context[Any, Any]) -> tuple[Workspace, Actor]:
            return workspace, actor

        mcp_server(asked, version()).run("stdio")


def _actor(workspace: Workspace, key: str | None) -> Actor:
    if key:
        from api.access.keys import Keys

        return Keys(workspace.database, workspace.name).actor(key, workspace.settings.now())
    from assistant.cli.options import acting_user

    return this_machine(workspace.name, acting_user())
