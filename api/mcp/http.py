"""MCP over streamable HTTP at `/mcp`, as a part of the service: the guard before it, each request for itself."""

from __future__ import annotations

from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.routing import BaseRoute

from api.access.actor import Actor
from api.context import workspace_of
from api.mcp.server import Caller, mcp_server
from api.version import version
from knowledge.domain.errors import NotAuthorised


def served_mcp() -> tuple[MCPServer[Any], list[BaseRoute]]:
    """The server, whose `session_manager.run()` must be entered with the service, and its routes.

    Host and origin are looked at by the guard, who knows the address of the service.
    """
    server = mcp_server(_asked, version())
    application = server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return server, list(application.routes)


async def _asked(call: Context[Any, Any]) -> Caller:
    request: Request | None = call.request_context.request
    actor: Actor | None = request.scope["state"].get("actor") if request else None
    if request is None or actor is None:
        raise NotAuthorised("nobody is known at this address; ask with an API key")
    return Caller(await workspace_of(request), actor, request.app.state.writers)
