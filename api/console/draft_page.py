"""`/drafts/{id}`: the text on the left, what carries each claim of it on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.draft_sheet import BLANK, Sheet, sheet_of
from api.console.grounds import Told, prepare
from api.console.pages import language_of, page
from api.context import Opened, Who, needs
from assistant.carried import Survival
from assistant.draft import Draft
from assistant.export.labels import Labels
from assistant.export.plain import one_line
from assistant.publishing.life import Status
from assistant.publishing.readiness import blocks
from assistant.recall import spoken_of
from assistant.staleness import Reason
from assistant.workspace import Workspace
from knowledge.domain.errors import NotFound

router = APIRouter(include_in_schema=False)

_BADGES = {
    "open": "badge--warn",
    "in_review": "badge--quiet",
    "changes_requested": "badge--warn",
    "approved": "badge--ok",
    "published": "badge--ok",
    "withdrawn": "badge--bad",
}
_STEPS = {
    "draft": (("submit", Right.DRAFT), ("approve", Right.APPROVE)),
    "in_review": (("approve", Right.APPROVE), ("request-changes", Right.APPROVE)),
    "changes_requested": (("submit", Right.DRAFT), ("approve", Right.APPROVE)),
    "approved": (("publish", Right.APPROVE), ("withdraw", Right.APPROVE)),
    "published": (("publish", Right.APPROVE), ("withdraw", Right.APPROVE)),
    "withdrawn": (("submit", Right.DRAFT),),
}


class Action(NamedTuple):
    """A button of the head; `main` is the one step that comes next."""

    name: str
    main: bool = False


@dataclass(frozen=True)
class Desk:
    """What every part of the page needs to know about the draft, who reads it, and what may be done."""

    sheet: Sheet
    status: Status
    actor: Actor
    language: str
    csrf: str
    template_name: str
    customers: tuple[str, ...] = ()
    stale: tuple[Reason, ...] = ()
    view: str = "text"
    editing: str = ""
    typed: str = ""

    @property
    def draft(self) -> Draft:
        return self.sheet.draft

    @property
    def t(self) -> Wording:
        return Wording(self.language)

    @property
    def labels(self) -> Labels:
        return self.sheet.labels

    @property
    def locale(self) -> str:
        """The language of the text."""
        return self.draft.locale

    @property
    def state(self) -> str:
        """That of the newest version; of an older one what was kept with it."""
        return self.status.state if self.newest else self.draft.state

    @property
    def state_badge(self) -> str:
        return _BADGES.get(self.state, "")

    @property
    def newest(self) -> bool:
        return self.draft.version == self.status.version

    @property
    def newest_version(self) -> int:
        return self.status.version

    @property
    def approved(self) -> bool:
        """True when it is this version that somebody approved."""
        return self.draft.version == self.status.approved_version

    @property
    def gaps(self) -> tuple[str, ...]:
        """The ids of the gaps that must be filled before somebody may approve; a cell that is not known is none."""
        return tuple(paragraph.id for _, paragraph in self.draft.paragraphs() if blocks(paragraph))

    @property
    def editable(self) -> bool:
        """True where the reader may write and looks at the newest version."""
        return self.newest and self.state != "open" and self.actor.may(Right.DRAFT)

    @property
    def open(self) -> tuple[Told, ...]:
        """The findings that nobody keeps."""
        return tuple(told for told in self.sheet.findings if told.kept is None)

    @property
    def kept(self) -> tuple[Told, ...]:
        return tuple(told for told in self.sheet.findings if told.kept is not None)

    @property
    def claims_to_look_at(self) -> int:
        """Claims of the source of a localized text that are not shown to be kept."""
        return sum(row.survival is not Survival.KEPT for row in self.draft.claim_table)

    @property
    def actions(self) -> tuple[Action, ...]:
        """What this reader may do now, the next step first."""
        steps = [name for name, right in _STEPS.get(self.state, ()) if self.actor.may(right)]
        found = [Action("check")] if self.editable else []
        if self.actor.may(Right.DRAFT) and self.state != "open":
            found.append(Action("export", main=self.state == "approved" and "publish" not in steps))
        return (*found, *(Action(name, main=place == 0) for place, name in reversed(list(enumerate(steps)))))


def desk_of(
    request: Request, workspace: Workspace, actor: Actor, draft: Draft, *, view: str = "text", **more: Any
) -> Desk:
    """The desk of a version of a draft."""
    language = language_of(request)
    status = workspace.status(draft.id)
    return Desk(
        sheet=sheet_of(draft, workspace.library, language),
        status=status,
        actor=actor,
        language=language,
        csrf=getattr(request.state, "csrf", ""),
        template_name=template_name(workspace, draft.template, language),
        customers=customers_of(workspace, draft),
        stale=workspace.staleness.of([draft.id]).get(draft.id, ()) if draft.version == status.version else (),
        view=view,
        **more,
    )


def template_name(workspace: Workspace, template: str, language: str) -> str:
    """What a template is called; one that is gone is called by its id."""
    try:
        return workspace.templates.get(template).template.name.of(language)
    except NotFound:
        return template


def customers_of(workspace: Workspace, draft: Draft) -> tuple[str, ...]:
    """The customers that the draft speaks of, as it may call them: by name where it does, else by alias."""
    names = []
    for spoken in spoken_of(draft, workspace.library):
        customer = workspace.library.customers.get(spoken.customer_id)
        language = draft.locale.split("-", 1)[0]
        by_name = next((name for tag, name in customer.names.items() if tag.split("-", 1)[0] == language), None)
        names.append(by_name if spoken.named else customer.alias(draft.locale))
    return tuple(one_line(name) for name in names if name)


def shown(request: Request, template: str, desk: Desk, status: int = 200, **more: Any) -> HTMLResponse:
    """A page of the draft, or a part of one."""
    prepare()
    return page(request, template, status, c=desk, draft=desk.draft, sheet=desk.sheet, labels=desk.labels, **more)


@router.get("/drafts/{draft_id}", dependencies=[needs(Right.READ)])
def draft_page(
    draft_id: str,
    request: Request,
    workspace: Opened,
    actor: Who,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    edit: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """The draft at `version`, else its newest; `edit` opens a paragraph for a browser without scripts."""
    draft = workspace.drafts.get(draft_id, version)
    if draft.questions and version is None:
        return RedirectResponse(f"/drafts/{draft_id}/questions", 303)
    desk = desk_of(request, workspace, actor, draft, editing=edit)
    return shown(request, "draft/page.html.j2", desk, blank=BLANK)


def asked(request: Request, desk: Desk, question: str, status: int = 200, **more: Any) -> HTMLResponse:
    """A question before a step (`templates/draft/ask_*.html.j2`): for the dialog of the page, or a page of its own."""
    inside = "hx-request" in request.headers
    template = f"draft/ask_{question}.html.j2" if inside else "draft/ask_page.html.j2"
    answer = shown(request, template, desk, status, question=question, **more)
    if inside:
        answer.headers.update({"HX-Retarget": "#ask", "HX-Reswap": "innerHTML"})
    return answer


def back(draft_id: str, at: str = "") -> RedirectResponse:
    """Back to the draft after a form without scripts."""
    return RedirectResponse(f"/drafts/{draft_id}{f'#{at}' if at else ''}", 303)
