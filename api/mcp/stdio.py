"""MCP on standard input and output: for an assistant on this machine, which starts the process itself."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context

from api.access.actor import Actor, this_machine
from api.job_keeper import JobKeeper
from api.mcp.server import Caller, mcp_server
from api.tenants import Tenants
from api.version import version
from api.writing import Writers
from assistant.settings import Settings
from assistant.workspace import Workspace

CLOSING_SECONDS = 5.0
"""How long a draft being written may go on when the other side has closed; whoever comes next takes it up."""


def run(settings: Settings, key: str | None) -> None:
    """Serve until the other side closes. Raises `SetupError` without a workspace, `NotAuthorised` for a wrong key."""
    with Workspace.open(settings) as workspace:
        caller = Caller(workspace, _actor(workspace, key), Writers())
        tenants = Tenants(settings, workspace)
        keeper = JobKeeper(workspace.database, caller.writers, tenants.of)

        async def asked(_: Context[Any, Any]) -> Caller:
            return caller

        keeper.start()
        try:
            mcp_server(asked, version()).run("stdio")
        finally:
            keeper.close()
            caller.writers.close(CLOSING_SECONDS)
            tenants.close()


def _actor(workspace: Workspace, key: str | None) -> Actor:
    if key:
        from api.access.keys import Keys

        return Keys(workspace.database, workspace.name).actor(key, workspace.settings.now())
    from assistant.cli.options import acting_user

    return this_machine(workspace.name, acting_user())
