"""The MCP server: five tools over the same core, with the same rights, limits and record as /v1.

An assistant may search, list what can be written, draft, answer questions and check. It approves nothing and publishes
nothing: that is for people.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

import anyio
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from api.access.actor import Actor
from api.access.roles import Right
from api.mcp.answers import Catalogue, Checked, Found, Written, checked, found, offered, written
from api.problems import problem_of
from assistant.brief import Brief, Nobody
from assistant.draft import Section
from assistant.workspace import Workspace
from knowledge.domain.locale import parse_locale
from knowledge.records import Audience, Scope

AT_ONCE = 4
"""Drafts and checks that are made at the same time; others wait."""

INSTRUCTIONS = (
    "Koujing (口径) holds what the company has agreed to say. Say of the company only what `search_library` or a "
    "draft shows, with its source; when nothing is found, say that it is not known and ask. Drafts are not "
    "approved: a person approves them. Figures, dates, names and quotes are repeated exactly."
)

Asked = Callable[[Context[Any, Any]], Awaitable[tuple[Workspace, Actor]]]
"""Who calls a tool, and the workspace they call it in."""

Answer = TypeVar("Answer")
Call = Context[Any, Any]

Tongue = Annotated[str, Field(description="BCP 47 tag of the language to write in, e.g. zh-CN or en.")]
Market = Annotated[str | None, Field(description="Market it is for, e.g. CN or EU.")]
Readers = Annotated[
    Literal["public", "partner", "internal"], Field(description="Who will read it; public unless you know better.")
]

_READS = ToolAnnotations(readOnlyHint=True, openWorldHint=False)
_WRITES = ToolAnnotations(readOnlyHint=False, destructiveHint=False, openWorldHint=False)


def mcp_server(asked: Asked, version: str) -> MCPServer[Any]:
    """The server with its tools. `asked` finds out who calls."""
    server: MCPServer[Any] = MCPServer("koujing", title="Koujing (口径)", instructions=INSTRUCTIONS, version=version,
                                       log_level="ERROR")  # fmt: skip
    room = anyio.CapacityLimiter(AT_ONCE)

    async def run(call: Call, right: Right, work: Callable[[Workspace, Actor], Answer]) -> Answer:
        """`work` in a thread, for somebody who has the right; what goes wrong is said in one line."""
        try:
            workspace, actor = await asked(call)
            actor.must(right)
            return await anyio.to_thread.run_sync(partial(work, workspace, actor), limiter=room)
        except Exception as error:
            raise ToolError(problem_of(error).detail) from None

    @server.tool(title="Search the approved library", annotations=_READS)
    async def search_library(
        call: Call,
        query: Annotated[str, Field(min_length=1, max_length=2000, description="What to look for, in any language.")],
        locale: Annotated[str | None, Field(description="Only passages in this language.")] = None,
        market: Market = None,
        audience: Readers = "public",
        k: Annotated[int, Field(ge=1, le=20, description="How many passages.")] = 8,
    ) -> Found:
        """Approved passages that may be used in a text for this audience and market, the best first, each with its
        source, who approved it and until when it holds. Customers appear under the name that they permit."""

        def work(workspace: Workspace, _: Actor) -> Found:
            only = parse_locale(locale).tag if locale else None
            return found(workspace.search(query, Scope(Audience(audience), market=market, locale=only), k))

        return await run(call, Right.READ, work)

    @server.tool(title="List what can be written", annotations=_READS)
    async def list_templates(
        call: Call, language: Annotated[Literal["zh", "en"], Field(description="Of names and questions.")] = "en"
    ) -> Catalogue:
        """Every template: its id, what it is for, and the inputs it asks for."""

        def work(workspace: Workspace, _: Actor) -> Catalogue:
            broken = workspace.templates.broken()
            ids = [name for name in workspace.templates.ids if name not in broken]
            return Catalogue(templates=[offered(workspace.templates.get(name).template, language) for name in ids])

        return await run(call, Right.READ, work)

    @server.tool(title="Write a draft", annotations=_WRITES)
    async def write_draft(
        call: Call,
        template: Annotated[str, Field(description="Id of a template; `list_templates` has them.")],
        inputs: Annotated[dict[str, str], Field(description="Texts by the name of the template's input.")],
        locale: Tongue = "zh-CN",
        market: Market = None,
        channel: Annotated[str | None, Field(description="Channel it is for, e.g. website.")] = None,
        audience: Readers = "public",
    ) -> Written:
        """A checked draft in which every statement shows its approved source. When inputs are missing, nothing is
        written and `questions` says what to ask the person; `answer_questions` goes on from there."""
        listener = _Told(call)

        def work(workspace: Workspace, actor: Actor) -> Written:
            brief = Brief(template, inputs, parse_locale(locale).tag, market, channel, Audience(audience))
            return written(workspace.draft(brief, listener, by=actor.name, actor=actor.id))

        return await run(call, Right.DRAFT, work)

    @server.tool(title="Answer the questions of a draft", annotations=_WRITES)
    async def answer_questions(
        call: Call,
        draft_id: str,
        inputs: Annotated[dict[str, str], Field(min_length=1, description="Answers by the input asked for.")],
    ) -> Written:
        """Add answers to an open draft; it is written when no question is left."""
        listener = _Told(call)

        def work(workspace: Workspace, actor: Actor) -> Written:
            return written(workspace.answer(draft_id, inputs, listener, by=actor.name, actor=actor.id))

        return await run(call, Right.DRAFT, work)

    @server.tool(title="Show a draft", annotations=_READS)
    async def show_draft(call: Call, draft_id: str) -> Written:
        """A draft as it is now, with its findings and sources."""
        return await run(call, Right.READ, lambda workspace, _: written(workspace.drafts.get(draft_id)))

    @server.tool(title="Check a text", annotations=_READS)
    async def check_text(
        call: Call,
        text: Annotated[str, Field(min_length=1, max_length=200_000)],
        locale: Annotated[str | None, Field(description="Language of the text; found out when left out.")] = None,
        market: Market = None,
        audience: Readers = "public",
    ) -> Checked:
        """Hold every figure, date, name and quote of a text against the approved library, and the text against the
        rules of its market. Use it on whatever you wrote about the company before you hand it over."""

        def work(workspace: Workspace, _: Actor) -> Checked:
            return checked(workspace.check(text, locale=locale, market=market, audience=Audience(audience)))

        return await run(call, Right.READ, work)

    return server


class _Told(Nobody):
    """Tells the caller which section is being written."""

    def __init__(self, call: Call) -> None:
        self._call, self._sections = call, 0

    def section(self, section: Section) -> None:
        self._sections += 1
        anyio.from_thread.run(self._call.report_progress, self._sections, None, section.heading or section.id)
