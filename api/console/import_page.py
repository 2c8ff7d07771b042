"""`/library/import`: files in, first as a preview of what becomes of each, then for good.

Documents become entries; the rows of a sheet become entries of a kind, customers, permissions or terms. Between the
preview and the word of whoever sent them the files wait in the workspace's upload room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.entry_form import listed
from api.console.entry_page import labelled
from api.console.flashes import moved
from api.console.library_view import Posted, cut, files_of, name_of, texts_of, told, view
from api.console.pages import language_of
from api.context import Opened, Who, needs
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.locale import parse_locale
from knowledge.import_preview import Preview, import_uploads, preview_import, safe_name
from knowledge.importing import GivenFile, ImportOptions, Status
from knowledge.kinds import kind_named
from knowledge.reading import FORMATS
from knowledge.records import KINDS, Audience, Customer, Permission, State, Term
from knowledge.register_imports import import_customers, import_permissions, import_terms
from knowledge.registers import read_customers
from knowledge.sheets import plan_customers, plan_permissions, plan_terms, to_permit
from knowledge.sheets.importing import SHEETS, SheetOptions
from knowledge.sheets.planning import Defaults
from knowledge.upload_room import UploadRoom

router = APIRouter(include_in_schema=False)

SORTS = ("entries", "rows", "customers", "permissions", "glossary")
"""What is in the files: documents, rows that are entries of a kind, or one of the registers."""

_REGISTERS = {"rows": SHEETS, "customers": (*SHEETS, ".yaml", ".yml"), "permissions": SHEETS, "glossary": SHEETS}


_WRITTEN = (Status.NEW, Status.CHANGED, Status.APPROVED)


@dataclass(frozen=True, slots=True)
class Choice:
    """How the files are to be imported, as the form has it."""

    what: str = "entries"
    kind: str = ""
    audience: str = ""
    state: str = "draft"
    locale: str = ""
    markets: str = ""
    customer: str = ""
    trust: str = ""
    new_customers: str = ""

    @classmethod
    def of(cls, form: dict[str, Any]) -> Choice:
        """What of a form is a choice. Raises `InputError` for one that is none."""
        made = cls(**{name: str(form.get(name, "")).strip() for name in cls.__slots__})
        made = replace(made, what=made.what or "entries", state=made.state or "draft")
        known = made.what in SORTS and made.state in ("draft", "approved") and made.audience in ("", *Audience)
        if not known or (made.kind and made.kind not in KINDS):
            raise InputError("the choices of the form are none of ours; load the page again")
        if made.locale:
            parse_locale(made.locale)
        return made

    def to_json(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of the preview of customers, permissions or terms."""

    source: str
    status: Status
    title: str
    note: str = ""


@router.get("/library/import", dependencies=[needs(Right.LIBRARY)])
def choose(request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """Files and choices."""
    what = request.query_params.get("what", "entries")
    return _form(request, workspace, actor, Choice(what=what if what in SORTS else "entries"))


@router.post("/library/import", dependencies=[needs(Right.LIBRARY)])
def send(request: Request, workspace: Opened, actor: Who, posted: Posted) -> Response:
    """Take the files in and go to what would become of them; nothing is imported yet."""
    t = Wording(language_of(request))
    form = texts_of(posted)
    try:
        choice = Choice.of(form)
        if choice.state == "approved" or choice.trust:
            actor.must(Right.APPROVE)
        if choice.what == "rows" and not choice.kind:
            raise InputError(t("library.import_kind_needed"))
        sent = files_of(posted)
        if not sent:
            raise InputError(t("library.import_no_file"))
        for one in sent:
            _refuse_format(one.filename or "", choice, t)
        files = ((one.filename or "", one.file.read()) for one in sent)
        token = _room(workspace).put(files, choice.to_json())
    except InputError as error:
        return _form(request, workspace, actor, _kept(form), told(error, t), error.status)
    return moved(f"/library/import/{token}")


@router.get("/library/import/{token}", dependencies=[needs(Right.LIBRARY)])
def preview(request: Request, workspace: Opened, actor: Who, token: str) -> Response:
    """What becomes of each file, before anything is written."""
    t = Wording(language_of(request))
    try:
        files, note = _room(workspace).take(token)
    except NotFound:
        return moved("/library/import", "warn", "library.import_gone")
    choice = Choice.of(note)
    try:
        lines, seen = _previewed(workspace, files, choice, actor, language_of(request))
    except InputError as error:
        return _form(request, workspace, actor, choice, told(error, t), error.status)
    counted = seen.items if seen else lines
    return view(
        request,
        "library/import_preview.html.j2",
        token=token,
        choice=choice,
        preview=seen,
        seal=seen.token if seen else "",
        lines=lines,
        labelled=lambda item: labelled(item.parts, item.version.kind, language_of(request)),
        counts=[(str(s), n) for s in Status if (n := sum(one.status is s for one in counted))],
        writes=any(one.status in _WRITTEN for one in counted),
        wanted=sum(one.status in _WRITTEN for one in counted),
    )


@router.post("/library/import/{token}", dependencies=[needs(Right.LIBRARY)])
def confirm(request: Request, workspace: Opened, actor: Who, token: str, posted: Posted) -> Response:
    """Import them, or (`drop`) forget them."""
    t = Wording(language_of(request))
    room = _room(workspace)
    if posted.get("drop"):
        room.drop(token)
        return moved("/library/import", "ok", "library.import_dropped")
    try:
        files, note = room.take(token)
    except NotFound:
        return moved("/library/import", "warn", "library.import_gone")
    choice = Choice.of(note)
    if choice.state == "approved" or choice.trust:
        actor.must(Right.APPROVE)
    try:
        if choice.what in ("entries", "rows"):
            importer, options = workspace.library.importer(), _options(workspace, choice, actor)
            if preview_import(importer, files, options).token != posted.get("seal"):
                return moved(f"/library/import/{token}", "warn", "library.import_other_now")
            report = import_uploads(importer, files, options)
            room.drop(token)
            return view(
                request,
                "library/import_report.html.j2",
                report=report,
                counts=[(str(status), report.count(status)) for status in Status if report.count(status)],
                choice=choice,
            )
        count = _register(workspace, files, choice, actor)
    except InputError as error:
        return _form(request, workspace, actor, choice, told(error, t), error.status)
    room.drop(token)
    address = {"glossary": "/library/glossary"}.get(choice.what, "/customers")
    return moved(address, "ok", f"library.imported_{choice.what}", n=count)


def _form(
    request: Request, workspace: Workspace, actor: Actor, choice: Choice, error: str = "", status: int = 200
) -> HTMLResponse:
    language = language_of(request)
    return view(
        request,
        "library/import.html.j2",
        status,
        choice=choice,
        sorts=SORTS,
        formats=" ".join(sorted(FORMATS)),
        accept=",".join(sorted(FORMATS)),
        audiences=list(Audience),
        customers=[(one.id, cut(name_of(one, language), 60)) for one in workspace.library.customers.all()],
        may_approve=actor.may(Right.APPROVE),
        empty=not workspace.library.entries.counts()[0],
        errors=(error,) if error else (),
    )


def _previewed(
    workspace: Workspace, files: Sequence[GivenFile], choice: Choice, actor: Actor, language: str
) -> tuple[list[RegisterLine], Preview | None]:
    if choice.what in ("entries", "rows"):
        return [], preview_import(workspace.library.importer(), files, _options(workspace, choice, actor))
    lines: list[RegisterLine] = []
    for file in files:
        try:
            lines += _register_lines(workspace, file, choice, language)
        except InputError as error:
            lines.append(RegisterLine(file.source, Status.FAILED, "", error.message))
    return lines, None


def _register_lines(workspace: Workspace, file: GivenFile, choice: Choice, language: str) -> list[RegisterLine]:
    library, today = workspace.library, workspace.settings.now().date()
    customers = library.customers.all()
    there = {one.id: one for one in customers}
    if choice.what == "permissions":
        plan = plan_permissions(file.path, customers, today)
        return [
            RegisterLine(file.source, Status.NEW, name_of(there[customer], language), _permission_note(p))
            for customer, permissions in to_permit(plan).items() for p in permissions
        ] + _problems(file, plan.problems)  # fmt: skip
    if choice.what == "customers":
        if file.path.suffix.lower() in SHEETS:
            sheet = plan_customers(file.path, customers)
            read: Sequence[Customer] = sheet.records
            problems = _problems(file, sheet.problems)
        else:
            read, problems = read_customers(file.path, today, customers), []
        found = []
        for one in read:
            same = one == there.get(one.id)
            status = Status.UNCHANGED if same else Status.CHANGED if one.id in there else Status.NEW
            found.append(RegisterLine(file.source, status, name_of(one, language), one.id))
        return found + problems
    terms = plan_terms(file.path)
    known = {(term.term, term.locale): term for term in library.glossary.all()}
    return [
        RegisterLine(file.source, _term_status(term, known), term.term, ", ".join(term.translations.values()))
        for term in terms.records
    ] + _problems(file, terms.problems)


def _register(workspace: Workspace, files: Sequence[GivenFile], choice: Choice, actor: Actor) -> int:
    """Import registers: how many lines were taken."""
    take = {"customers": import_customers, "permissions": import_permissions, "glossary": import_terms}[choice.what]
    return sum(len(take(workspace.library, file.path, by=actor.name).taken) for file in files)


def _term_status(term: Term, known: dict[tuple[str, str], Term]) -> Status:
    there = known.get((term.term, term.locale))
    return Status.NEW if there is None else Status.UNCHANGED if there == term else Status.CHANGED


def _permission_note(permission: Permission) -> str:
    return " · ".join(
        filter(
            None,
            (str(permission.use), str(permission.level), "/".join(permission.markets), str(permission.until or "")),
        )
    )


def _problems(file: GivenFile, problems: Sequence[Any]) -> list[RegisterLine]:
    return [RegisterLine(file.source, Status.FAILED, "", problem.line) for problem in problems]


def _options(workspace: Workspace, choice: Choice, actor: Actor) -> ImportOptions:
    library = workspace.library
    customer = library.customer_called(choice.customer).id if choice.customer else None
    markets = tuple(listed(choice.markets))
    locale = parse_locale(choice.locale).tag if choice.locale else None
    state = State(choice.state)
    audience = Audience(choice.audience) if choice.audience else None
    options = ImportOptions(
        kind=choice.kind or None,
        customer=customer,
        audience=audience,
        markets=markets,
        locale=locale,
        state=state,
        by=actor.name,
        trust_front_matter=bool(choice.trust),
    )
    if choice.what != "rows":
        return options
    kind_named(choice.kind)
    defaults = Defaults(locale, audience, markets or None, None, customer)
    sheet = SheetOptions(choice.kind, defaults, new_customers=bool(choice.new_customers), state=state)
    return replace(options, sheet=sheet)


def _refuse_format(name: str, choice: Choice, t: Wording) -> None:
    suffix = Path(safe_name(name)).suffix.lower()
    known = _REGISTERS.get(choice.what, tuple(FORMATS))
    if suffix not in known:
        shown = cut(name, 80)
        raise InputError(t("library.import_wrong_format", name=shown, formats=" ".join(sorted(known))))


def _kept(form: dict[str, str]) -> Choice:
    try:
        return Choice.of(form)
    except InputError:
        return Choice()


def _room(workspace: Workspace) -> UploadRoom:
    return UploadRoom(workspace.settings.home, workspace.name)
