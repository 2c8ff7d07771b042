"""`python -m api.mcp` is `koujing mcp`."""

from api.mcp.command import mcp

mcp()
