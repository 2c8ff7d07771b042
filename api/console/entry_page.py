"""`/library/{entry_id}`: an entry as an encyclopaedia page, its versions side by side, and the steps of its life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.library_addresses import entry_address
from api.console.library_view import Posted, texts_of, told, view
from api.console.pages import language_of
from api.console.safe_markdown import rendered
from api.context import Opened, Who, needs
from assistant.change_preview import ChangePreview, Turned
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound
from knowledge.entry_diff import entry_diff
from knowledge.kinds import kind_named
from knowledge.permission_grid import GridRow, permission_grid
from knowledge.records import Customer, EntryVersion, State
from knowledge.store.entry_index import EntryIndex
from knowledge.version_diff import Change, Part, Piece

router = APIRouter(include_in_schema=False)

LONGEST_SHOWN = 200_000
"""Characters of a text that a page shows; the rest on demand."""

AROUND = 60
"""Characters of what stayed that are shown beside a change, where not all is."""

STEPS: Mapping[str, Right] = {
    "approve": Right.APPROVE,
    "submit": Right.LIBRARY,
    "request-changes": Right.APPROVE,
    "retire": Right.LIBRARY,
    "renew": Right.APPROVE,
}
"""The steps of an entry's life and the right that each needs."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field as the page shows it: one line, several, or records with labelled cells."""

    label: str
    internal: bool = False
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@router.get("/library/diff/{entry_id:path}", dependencies=[needs(Right.READ)])
def diff(
    request: Request,
    workspace: Opened,
    entry_id: str,
    old: Annotated[int | None, Query(alias="from", ge=1)] = None,
    new: Annotated[int | None, Query(alias="to", ge=1)] = None,
) -> HTMLResponse:
    """Two versions word by word; the agreed line and the newest unless others are asked for."""
    versions = workspace.library.entries.versions(entry_id)
    found = entry_diff(workspace.library.entries, entry_id, old, new)
    return view(
        request,
        "library/diff.html.j2",
        entry=found.after,
        before=found.before,
        after=found.after,
        differences=labelled(found.parts, found.after.kind, language_of(request), None),
        versions=[version.version for version in versions],
    )


def _step_routes(step: str, right: Right) -> None:
    """The two routes of a step, with the right that it needs."""

    def look(request: Request, workspace: Opened, entry_id: str) -> HTMLResponse:
        """What the step would do, before it is taken."""
        return _step_page(request, workspace, step, entry_id)

    def take(request: Request, workspace: Opened, actor: Who, entry_id: str, posted: Posted) -> Response:
        """Take the step with the version that was looked at; when there is a newer one, it is shown."""
        form = texts_of(posted)
        try:
            _take(workspace, actor, step, entry_id, form, Wording(language_of(request)))
        except NotFound:
            raise
        except InputError as error:
            return _step_page(request, workspace, step, entry_id, error, form)
        return moved(entry_address(entry_id), "ok", f"library.done_{step.replace('-', '_')}")

    address = f"/library/step/{step}/{{entry_id:path}}"
    for method, route in (("GET", look), ("POST", take)):
        router.add_api_route(
            address, route, methods=[method], dependencies=[needs(right)], response_model=None,
            name=f"{method.lower()}_{step.replace('-', '_')}",
        )  # fmt: skip


for _step, _right in STEPS.items():
    _step_routes(_step, _right)


def _take(workspace: Workspace, actor: Actor, step: str, entry_id: str, form: Mapping[str, str], t: Wording) -> None:
    entries, reason = workspace.library.entries, " ".join(form.get("reason", "").split())[:2000]
    version = int(form["version"]) if form.get("version", "").isdecimal() else None
    act: dict[str, Any] = {"by": actor.name, "now": workspace.settings.now(), "reason": reason, "version": version}
    if step == "request-changes":
        if not reason:
            raise InputError(t("library.reason_needed"))
        entries.request_changes(entry_id, **act)
    elif step in ("approve", "renew"):
        entries.approve(entry_id, **act, renew=step == "renew")
    else:
        getattr(entries, step)(entry_id, **act)


@router.get("/library/entry/{entry_id:path}", dependencies=[needs(Right.READ)])
def entry_by_id(request: Request, workspace: Opened, actor: Who, entry_id: str) -> HTMLResponse:
    """An entry whose id is also the name of another page."""
    return show(request, workspace, actor, entry_id, request.query_params.get("version", ""))


def show(request: Request, workspace: Workspace, actor: Actor, entry_id: str, version: str = "") -> HTMLResponse:
    """The page of an entry: the agreed line, else the newest version, or the one asked for."""
    library, language = workspace.library, language_of(request)
    t, today = Wording(language), workspace.settings.now().date()
    versions = library.entries.versions(entry_id)
    newest = versions[-1]
    line = next((v for v in reversed(versions) if v.state is State.APPROVED), None)
    asked = next((v for v in versions if str(v.version) == version), None)
    if version and asked is None:
        raise NotFound(f"no version {version[:20]} of entry '{entry_id}'")
    entry = asked or line or newest
    body, whole = _text(entry), request.query_params.get("whole") == "1"
    customer = _customer(workspace, entry.customer)
    related = EntryIndex(workspace.database, workspace.name).lines(original=entry.translates or entry_id)
    used = workspace.recall.of_entry(entry_id)
    return view(
        request,
        "library/entry.html.j2",
        entry=entry,
        newest=newest,
        line=line,
        state=str(entry.state_on(today)) if entry in (line, newest) else "superseded",
        overdue=entry is line and entry.overdue(today) and not entry.expired(today),
        today=today,
        body=rendered(body if whole else body[:LONGEST_SHOWN], below=2),
        longer=0 if whole else max(0, len(body) - LONGEST_SHOWN),
        facts=facts_of(entry, language),
        steps=[step for step, right in STEPS.items() if actor.may(right) and _possible(step, newest)],
        versions=list(reversed(versions)),
        events=list(reversed(library.entries.events("entry", entry_id))),
        act_word=lambda act: t(f"library.act_{act}") if t.has(f"library.act_{act}") else act.replace("_", " "),
        customer=customer,
        clearance=_clearance(customer, workspace, entry),
        translations=[other for other in related if other.entry_id != entry_id],
        used=used,
        stale=sum(bool(draft.stale) for draft in used),
        template_name=lambda template: _template_name(workspace, template, language),
    )


def facts_of(entry: EntryVersion, language: str) -> list[Fact]:
    """The fields in the order of their kind, with their labels; what the kind does not declare stands behind."""
    kind = kind_named(entry.kind)
    found = []
    for name in dict.fromkeys((*(field.name for field in kind.fields), *entry.fields)):
        value, field = entry.fields.get(name), kind.field(name)
        if value in (None, "", [], {}):
            continue
        label = field.label.of(language) if field else name
        internal = bool(field and field.internal)
        if field and field.type == "records" and isinstance(value, list):
            subs = [sub for sub in field.fields if any(isinstance(row, Mapping) and row.get(sub.name) for row in value)]
            rows = tuple(
                tuple(_said(row.get(sub.name), language) if isinstance(row, Mapping) else _said(row, language)
                      for sub in subs) for row in value
            )  # fmt: skip
            found.append(Fact(label, internal, head=tuple(sub.label.of(language) for sub in subs), rows=rows))
        elif field and field.type == "choice":
            named = next((option.label.of(language) for option in field.options if option.id == value), None)
            found.append(Fact(label, internal, (named or _said(value, language),)))
        else:
            found.append(Fact(label, internal, _lines(value, language)))
    return found


def labelled(parts: Sequence[Part], kind: str, language: str, around: int | None = AROUND) -> list[tuple[str, Part]]:
    """Parts of a diff, each with the label of its property or field; of what stayed, `around` characters beside each
    change (None: all)."""
    t, declared = Wording(language), kind_named(kind)
    found = []
    for part in parts:
        if part.name == "review_due" and not part.new:
            continue  # approval gives the new one
        name = part.name.removeprefix("fields.").removeprefix("@")
        field = None if part.name in ("title", "text") or part.name.startswith("@") else declared.field(name)
        key = f"library.property_{name}"
        found.append((field.label.of(language) if field else t(key) if t.has(key) else name, near(part, around)))
    return found


def near(part: Part, around: int | None) -> Part:
    """The part with what stayed cut to the neighbourhood of the changes."""
    if around is None:
        return part
    pieces = []
    for number, piece in enumerate(part.pieces):
        text = piece.text
        if piece.change is Change.SAME and len(text) > 3 * around:
            head = "" if number == 0 else text[:around]
            tail = "" if number == len(part.pieces) - 1 else text[-around:]
            text = f"{head} … {tail}".strip(" " if not head or not tail else "")
        pieces.append(Piece(piece.change, text))
    return Part(part.name, tuple(pieces))


def turned_of(workspace: Workspace, step: str, newest: EntryVersion) -> list[Turned]:
    """What a step would turn stale."""
    preview = ChangePreview(workspace.library)
    if step == "approve":
        return preview.of_version(newest)
    return preview.of_retiring(newest.entry_id) if step == "retire" else []


def _step_page(
    request: Request,
    workspace: Workspace,
    step: str,
    entry_id: str,
    error: InputError | None = None,
    form: Mapping[str, str] | None = None,
) -> HTMLResponse:
    library, language = workspace.library, language_of(request)
    newest = library.entries.newest(entry_id)
    line = next((v for v in library.entries.versions(entry_id) if v.state is State.APPROVED), None)
    changes = entry_diff(library.entries, entry_id).parts if line and line.version != newest.version else ()
    seen = (form or {}).get("version", "")
    return view(
        request,
        "library/step.html.j2",
        error.status if error else 200,
        step=step,
        word=step.replace("-", "_"),
        entry=newest,
        line=line,
        differences=labelled(changes, newest.kind, language),
        turned=turned_of(workspace, step, newest),
        possible=_possible(step, newest),
        overtaken=seen.isdecimal() and int(seen) != newest.version and seen,
        reason=(form or {}).get("reason", ""),
        next_review=library.entries.next_review(newest.kind, workspace.settings.now().date()),
        errors=(told(error, Wording(language)),) if error else (),
    )


def _possible(step: str, newest: EntryVersion) -> bool:
    return (
        newest.state
        in {
            "submit": (State.DRAFT,),
            "approve": (State.DRAFT, State.IN_REVIEW),
            "request-changes": (State.IN_REVIEW,),
            "retire": (State.DRAFT, State.IN_REVIEW, State.APPROVED),
            "renew": (State.APPROVED,),
        }[step]
    )


def _text(entry: EntryVersion) -> str:
    """The body without the title that the page has at its head already."""
    body = entry.body or entry.text
    first, _, rest = body.lstrip().partition("\n")
    return rest if first.lstrip("# ").strip() == entry.title.strip() and first.startswith("#") else body


def _lines(value: Any, language: str) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(f"{name}: {_said(said, language)}" for name, said in value.items())
    if isinstance(value, list):
        return tuple(_said(one, language) for one in value)
    return (_said(value, language),)


def _said(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return Wording(language)(f"library.flag_{'yes' if value else 'no'}")
    if isinstance(value, Mapping | list):
        return " · ".join(_lines(value, language))
    return "" if value is None else str(value)


def _customer(workspace: Workspace, customer_id: str | None) -> Customer | None:
    try:
        return workspace.library.customers.get(customer_id) if customer_id else None
    except NotFound:
        return None


def _clearance(customer: Customer | None, workspace: Workspace, entry: EntryVersion) -> GridRow | None:
    if customer is None:
        return None
    [row] = permission_grid([customer], workspace.settings.now().date())
    return row


def _template_name(workspace: Workspace, template: str, language: str) -> str:
    try:
        return workspace.templates.get(template).template.name.of(language)
    except InputError:
        return template


@router.get("/library/{entry_id:path}", dependencies=[needs(Right.READ)])
def entry(request: Request, workspace: Opened, actor: Who, entry_id: str) -> HTMLResponse:
    """An entry. This address comes last: all others under /library are looked for before it."""
    return show(request, workspace, actor, entry_id, request.query_params.get("version", ""))
