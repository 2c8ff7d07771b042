"""What an assistant can do over MCP: the same core, the same rights, one clear line when something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from api_workspace import INPUTS
from mcp import Client
from mcp.server import MCPServer

from api.access.actor import Actor
from api.access.roles import Role
from api.mcp.server import Caller, mcp_server
from api.writing import Writers
from assistant.draft_jobs import DraftJobs
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel

Server = Callable[..., MCPServer[Any]]


@pytest.fixture
def server(workspace: Workspace) -> Iterator[Server]:
    """The server as somebody with a role sees it, and with so many tokens of a model a day."""
    writers = Writers(at_once=1)

    def of(role: Role, daily_tokens: int | None = None) -> MCPServer[Any]:
        actor = Actor("key", "k1", "key assistant", workspace.name, role, role.rights, daily_tokens=daily_tokens)

        async def asked(_: object) -> Caller:
            return Caller(workspace, actor, writers)

        return mcp_server(asked, "test")

    yield of
    writers.close(5)


async def test_the_tools_say_what_they_are_for_and_what_they_change(server: Server) -> None:
    async with Client(server(Role.AUTHOR)) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {
        "search_library", "list_templates", "write_draft", "answer_questions", "show_draft", "check_text"
    }  # fmt: skip
    assert all(tool.description and tool.annotations for tool in tools.values())
    reads = {name for name, tool in tools.items() if tool.annotations and tool.annotations.read_only_hint}
    assert reads == set(tools) - {"write_draft", "answer_questions"}


async def test_a_search_shows_source_approval_and_no_unapproved_entry(server: Server) -> None:
    async with Client(server(Role.VIEWER)) as client:
        found = (await client.call_tool("search_library", {"query": "edge gateway", "locale": "en"})).structured_content
    assert found is not None
    texts = " ".join(passage["text"] for passage in found["passages"])
    assert "64 sensors" in texts
    assert "99 dollars" not in texts
    assert {passage["entry_id"] for passage in found["passages"]} == {"product-gateway"}


async def test_a_draft_comes_with_its_sources_and_is_kept(server: Server, workspace: Workspace) -> None:
    asked = {"template": "success_story", "inputs": INPUTS, "locale": "zh-CN"}
    async with Client(server(Role.AUTHOR)) as client:
        draft = (await client.call_tool("write_draft", asked)).structured_content
        assert draft is not None
        again = (await client.call_tool("show_draft", {"draft_id": draft["id"]})).structured_content
    assert draft["state"] == "draft"
    assert "DRAFT" in draft["text"]
    assert any(source["entry_id"] == "case-elevator" for source in draft["sources"])
    assert again is not None
    assert again["text"] == draft["text"]
    assert workspace.drafts.get(draft["id"]).title == draft["title"]


async def test_an_assistant_is_told_of_each_section_and_its_work_is_a_job(server: Server, workspace: Workspace) -> None:
    told: list[str | None] = []

    async def hear(_done: float, _total: float | None, message: str | None) -> None:
        told.append(message)

    async with Client(server(Role.AUTHOR)) as client:
        asked = {"template": "success_story", "inputs": INPUTS, "locale": "zh-CN"}
        await client.call_tool("write_draft", asked, progress_callback=hear)
    assert len(told) > 2
    [job] = DraftJobs(workspace.database, workspace.name).newest(10)
    assert (job.state, job.by) == ("done", "key assistant")


async def test_a_day_s_budget_holds_for_an_assistant_too(server: Server, workspace: Workspace) -> None:
    workspace.model = SourcesModel()
    asked = {"template": "success_story", "inputs": INPUTS, "locale": "zh-CN"}
    async with Client(server(Role.AUTHOR, daily_tokens=10)) as client:
        assert not (await client.call_tool("write_draft", asked)).is_error
        refused = await client.call_tool("write_draft", asked)
    assert refused.is_error
    assert "tokens of today" in str(refused.content)


async def test_missing_inputs_are_asked_for_and_answered(server: Server) -> None:
    async with Client(server(Role.AUTHOR)) as client:
        opened = (await client.call_tool("write_draft", {"template": "success_story", "inputs": {}})).structured_content
        assert opened is not None
        assert (opened["state"], opened["text"]) == ("open", "")
        assert [question["input"] for question in opened["questions"]] == ["case"]
        answers = {"draft_id": opened["id"], "inputs": INPUTS}
        written = (await client.call_tool("answer_questions", answers)).structured_content
    assert written is not None
    assert written["state"] == "draft"


async def test_a_text_of_ones_own_is_held_against_the_library(server: Server) -> None:
    text = "上线后，非计划停机由每月 9 次降至每月 1 次。"
    async with Client(server(Role.VIEWER)) as client:
        report = (await client.call_tool("check_text", {"text": text, "locale": "zh-CN"})).structured_content
    assert report is not None
    wrong = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert any(finding["words"] and finding["words"] in text for finding in wrong)


async def test_a_viewer_drafts_nothing(server: Server, workspace: Workspace) -> None:
    async with Client(server(Role.VIEWER)) as client:
        answer = await client.call_tool("write_draft", {"template": "success_story", "inputs": INPUTS})
    assert answer.is_error
    assert "lacks the right 'draft'" in _said(answer)
    assert workspace.drafts.list() == []


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("write_draft", {"template": "no_such", "inputs": {}}, "no_such"),
        ("write_draft", {"template": "success_story", "inputs": {"cse": "x"}}, "cse"),
        ("write_draft", {"template": "success_story", "inputs": INPUTS, "locale": "xx-invalid-tag"}, "xx-invalid-tag"),
        ("show_draft", {"draft_id": "d-0"}, "no draft 'd-0'"),
        ("check_text", {"text": "   "}, "empty"),
    ],
)
async def test_what_is_wrong_is_said_in_one_line(
    server: Server, tool: str, arguments: dict[str, Any], said: str
) -> None:
    async with Client(server(Role.AUTHOR)) as client:
        answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    assert said in _said(answer)
    assert "\n" not in _said(answer)
    assert "Traceback" not in _said(answer)


def _said(answer: Any) -> str:
    return " ".join(block.text for block in answer.content)
