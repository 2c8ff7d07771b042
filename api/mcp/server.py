"""The MCP server: five tools over the same core, with the same rights, limits and record as /v1.

An assistant may search, list what can be written, draft, answer questions and check. It approves nothing and publishes
nothing: that is for people.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import anyio
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from api.access.actor import Actor
from api.access.roles import Right
from api.commissions import Commission, answers, begin, new_draft
from api.mcp.answers import Catalogue, Checked, Found, Written, checked, found, offered, written
from api.problems import problem_of
from api.writing import Writers
from assistant.brief import Brief
from assistant.workspace import Workspace
from knowledge.domain.locale import parse_locale
from knowledge.records import Audience, Scope

AT_ONCE = 4
"""Searches and checks that are made at the same time; others wait. Drafts are for the writers, who have a queue."""

INSTRUCTIONS = (
    "Koujing (口径) holds what the company has agreed to say. Say of the company only what `search_library` or a "
    "draft shows, with its source; when nothing is found, say that it is not known and ask. Drafts are not "
    "approved: a person approves them. Figures, dates, names and quotes are repeated exactly."
)

Answer = TypeVar("Answer")
Call = Context[Any, Any]


class Caller(NamedTuple):
    """Who calls a tool, the workspace they call it in, and who writes for them."""

    workspace: Workspace
    actor: Actor
    writers: Writers


Asked = Callable[[Call], Awaitable[Caller]]
"""Finds out who calls."""

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
    tools = _Tools(asked)
    server.tool(title="Search the approved library", annotations=_READS)(tools.search_library)
    server.tool(title="List what can be written", annotations=_READS)(tools.list_templates)
    server.tool(title="Write a draft", annotations=_WRITES)(tools.write_draft)
    server.tool(title="Answer the questions of a draft", annotations=_WRITES)(tools.answer_questions)
    server.tool(title="Show a draft", annotations=_READS)(tools.show_draft)
    server.tool(title="Check a text", annotations=_READS)(tools.check_text)
    return server


class _Tools:
    """What an assistant may call; the docstrings are what it is told."""

    def __init__(self, asked: Asked) -> None:
        self._asked, self._room = asked, anyio.CapacityLimiter(AT_ONCE)

    async def search_library(
        self,
        call: Call,
        query: Annotated[str, Field(min_length=1, max_length=2000, description="What to look for, in any language.")],
        locale: Annotated[str | None, Field(description="Only passages in this language.")] = None,
        market: Market = None,
        audience: Readers = "public",
        k: Annotated[int, Field(ge=1, le=20, description="How many passages.")] = 8,
    ) -> Found:
        """Approved passages that may be used in a text for this audience and market, the best first, each with its
        source, who approved it and until when it holds. Customers appear under the name that they permit."""

        def work(workspace: Workspace) -> Found:
            only = parse_locale(locale).tag if locale else None
            return found(workspace.search(query, Scope(Audience(audience), market=market, locale=only), k))

        return await self._run(call, Right.READ, work)

    async def list_templates(
        self, call: Call, language: Annotated[Literal["zh", "en"], Field(description="Of names and questions.")] = "en"
    ) -> Catalogue:
        """Every template: its id, what it is for, and the inputs it asks for."""

        def work(workspace: Workspace) -> Catalogue:
            broken = workspace.templates.broken()
            ids = [name for name in workspace.templates.ids if name not in broken]
            return Catalogue(templates=[offered(workspace.templates.get(name).template, language) for name in ids])

        return await self._run(call, Right.READ, work)

    async def write_draft(
        self,
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

        def commission(caller: Caller) -> Commission:
            brief = Brief(template, inputs, parse_locale(locale).tag, market, channel, Audience(audience))
            return new_draft(brief, caller.actor)

        return await self._write(call, commission)

    async def answer_questions(
        self,
        call: Call,
        draft_id: str,
        inputs: Annotated[dict[str, str], Field(min_length=1, description="Answers by the input asked for.")],
    ) -> Written:
        """Add answers to an open draft; it is written when no question is left."""

        def commission(caller: Caller) -> Commission:
            version = caller.workspace.drafts.get(draft_id).version
            return answers(draft_id, inputs, version, caller.actor)

        return await self._write(call, commission)

    async def show_draft(self, call: Call, draft_id: str) -> Written:
        """A draft as it is now, with its findings and sources."""
        return await self._run(call, Right.READ, lambda workspace: written(workspace.drafts.get(draft_id)))

    async def check_text(
        self,
        call: Call,
        text: Annotated[str, Field(min_length=1, max_length=200_000)],
        locale: Annotated[str | None, Field(description="Language of the text; found out when left out.")] = None,
        market: Market = None,
        audience: Readers = "public",
    ) -> Checked:
        """Hold every figure, date, name and quote of a text against the approved library, and the text against the
        rules of its market. Use it on whatever you wrote about the company before you hand it over."""

        def work(workspace: Workspace) -> Checked:
            return checked(workspace.check(text, locale=locale, market=market, audience=Audience(audience)))

        return await self._run(call, Right.READ, work)

    async def _run(self, call: Call, right: Right, work: Callable[[Workspace], Answer]) -> Answer:
        """`work` in a thread, for somebody who has the right; what goes wrong is said in one line."""
        try:
            caller = await self._caller(call, right)
            return await self._aside(work, caller.workspace)
        except Exception as error:
            raise ToolError(problem_of(error).detail) from None

    async def _write(self, call: Call, commission: Callable[[Caller], Commission]) -> Written:
        """What the writers make of a commission, by their queue, the asker's budget and the record, as over /v1; the
        caller is told of each section as it comes."""
        try:
            caller = await self._caller(call, Right.DRAFT)
            asked = await self._aside(commission, caller)
            writing = await begin(asked, caller.workspace, caller.writers)
            sections = 0
            async for _, event in writing.follow():
                if event is not None and event.name == "section":
                    sections += 1
                    await call.report_progress(sections, None, event.data["heading"] or event.data["id"])
                elif event is not None and event.problem is not None:
                    raise ToolError(event.problem.detail)
            return await self._aside(lambda: written(caller.workspace.drafts.get(writing.draft_id)))
        except ToolError:
            raise
        except Exception as error:
            raise ToolError(problem_of(error).detail) from None

    async def _caller(self, call: Call, right: Right) -> Caller:
        caller = await self._asked(call)
        caller.actor.must(right)
        return caller

    async def _aside(self, work: Callable[..., Answer], *arguments: Any) -> Answer:
        return await anyio.to_thread.run_sync(partial(work, *arguments), limiter=self._room)
