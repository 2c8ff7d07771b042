"""`/mcp` of the service and `koujing mcp`: the same tools, behind the same keys."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from api_workspace import Serve
from mcp import Client, StdioServerParameters
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from assistant.workspace import Workspace

HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def _call(client: TestClient, key: str, tool: str, **arguments: object) -> dict[str, object]:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    answer = client.post("/mcp", json=body, headers={**HEADERS, "Authorization": f"Bearer {key}"})
    assert answer.status_code == 200, answer.text
    result: dict[str, object] = answer.json()["result"]
    return result


@pytest.fixture
def viewer(keys: Keys, workspace: Workspace) -> str:
    return keys.create("assistant", workspace.settings.now(), role=Role.VIEWER)[1]


def test_a_key_opens_the_tools_with_its_rights(client: TestClient, viewer: str) -> None:
    found = _call(client, viewer, "search_library", query="edge gateway")
    assert "64 sensors" in str(found["structuredContent"])
    refused = _call(client, viewer, "write_draft", template="success_story", inputs={})
    assert refused["isError"]
    assert "lacks the right 'draft'" in str(refused["content"])


def test_without_a_key_there_is_nothing(client: TestClient, viewer: str) -> None:
    answer = client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=HEADERS)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_another_site_is_not_answered(serve: Serve, workspace: Workspace) -> None:
    """Without keys a page of somebody else could otherwise reach the loopback address."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer = serve(workspace).post("/mcp", json=body, headers={**HEADERS, "Origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.sqlite_only
async def test_an_assistant_starts_the_process_itself(home: Path) -> None:
    # An assistant's client hands on little of the environment.
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "api.mcp"],
        env={"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive", "PATH": os.environ["PATH"]},
    )
    async with Client(server) as client:
        found = await client.call_tool("search_library", {"query": "edge gateway"})
    assert "64 sensors" in str(found.structured_content)
