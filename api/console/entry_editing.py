"""`/library/new` and `/library/edit/{entry_id}`: an entry as a form. What is saved is a draft; the agreed line stays.

A change of figures, dates or quotes that drafts rest on is shown with what it will turn stale before it is saved. When
somebody else was faster, both are shown and what was typed stays in the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.entry_form import PROPERTIES, changes_of, fields_of, form_of, listed
from api.console.entry_page import labelled
from api.console.flashes import moved
from api.console.library_addresses import entry_address
from api.console.library_view import Posted, cut, name_of, texts_of, told, view
from api.console.pages import language_of
from api.context import Opened, Who, needs
from assistant.change_preview import ChangePreview, Turned
from assistant.workspace import Workspace
from knowledge.composing import Proposal, compose, keep_edit, planned_revision
from knowledge.days import as_day
from knowledge.domain.errors import Conflict, InputError
from knowledge.domain.locale import parse_locale
from knowledge.facts import facts_of
from knowledge.kinds import check_fields, kind_named
from knowledge.kinds.declaration import Kind
from knowledge.records import KINDS, Audience, EntryVersion, State
from knowledge.store.entry_index import EntryIndex
from knowledge.version_diff import word_diff

router = APIRouter(include_in_schema=False)

_PLACE = re.compile(r"^(?:front matter: )?((?:fields\.)?[a-z_][\w-]*)(\[\d+\])?[^:]*: ")


@router.get("/library/new", dependencies=[needs(Right.DRAFT)])
def new(request: Request, workspace: Opened, kind: Annotated[str, Query(max_length=60)] = "") -> HTMLResponse:
    """Choose a kind, then its form."""
    if kind not in KINDS:
        purposes = [(one.id, one.name, one.purpose) for one in map(kind_named, KINDS)]
        language = language_of(request)
        return view(
            request,
            "library/new.html.j2",
            purposes=[(one, name.of(language), purpose.of(language)) for one, name, purpose in purposes],
        )
    return _new_page(request, workspace, kind_named(kind), {})


@router.post("/library/new", dependencies=[needs(Right.DRAFT)])
def create(request: Request, workspace: Opened, actor: Who, posted: Posted) -> Response:
    """A new entry, as a draft."""
    form, t = texts_of(posted), Wording(language_of(request))
    kind = kind_named(form.get("kind", ""))
    fields = {name: value for name, value in fields_of(kind, form, {}).items() if value not in ("", [], {})}
    wrong = {**_wrong_properties(form, t), **_wrong_fields(kind, {}, fields, workspace.settings.now().date(), t)}
    if not form.get("text", "").strip():
        wrong = {**_missing_fields(kind, fields, workspace.settings.now().date(), t), **wrong}
    if wrong:
        return _new_page(request, workspace, kind, form, wrong)
    try:
        written = compose(workspace.library, _proposal(kind, form, fields, workspace.settings.now().date()), actor.name)
    except InputError as error:
        return _new_page(request, workspace, kind, form, placed(error, t), error.status)
    return moved(entry_address(written.version.entry_id), "ok", "library.done_created")


@router.get("/library/edit/{entry_id:path}", dependencies=[needs(Right.LIBRARY)])
def edit(request: Request, workspace: Opened, entry_id: str) -> HTMLResponse:
    """The newest version as a form."""
    return _edit_page(request, workspace, workspace.library.entries.newest(entry_id))


@router.post("/library/edit/{entry_id:path}", dependencies=[needs(Right.LIBRARY)])
def save(request: Request, workspace: Opened, actor: Who, entry_id: str, posted: Posted) -> Response:
    """A new draft version of what was changed, made from the version that was looked at."""
    form, t = texts_of(posted), Wording(language_of(request))
    entries, today = workspace.library.entries, workspace.settings.now().date()
    newest = entries.newest(entry_id)
    after = int(form["after"]) if form.get("after", "").isdecimal() else 0
    looked_at = entries.get(entry_id, after) if 0 < after < newest.version else newest
    kind = kind_named(newest.kind)
    changes = changes_of(kind, looked_at, form, _body_of(looked_at))
    fields = {n.removeprefix("fields."): v for n, v in changes.items() if n.startswith("fields.")}
    if "again" in form:
        return _edit_page(request, workspace, looked_at, form, status=200)
    wrong = {
        **_wrong_properties(form, t),
        **_wrong_fields(kind, looked_at.fields, {**looked_at.fields, **fields}, today, t),
    }
    if wrong:
        return _edit_page(request, workspace, looked_at, form, wrong)
    if looked_at is not newest and form.get("mine") != str(newest.version):
        return _both_page(request, workspace, looked_at, newest, form, changes)
    try:
        edited = planned_revision(workspace.library, newest, changes) if changes else None
        if edited is None:
            return moved(entry_address(entry_id), "warn", "library.done_nothing")
        turned = _turned(workspace, newest, edited.version)
        if turned and "looked" not in form:
            return _look_page(request, newest, edited.version, turned, form)
        written = keep_edit(workspace.library, newest, edited, actor.name, reason=form.get("reason", "")[:2000])
    except InputError as error:
        if isinstance(error, Conflict):
            return _both_page(request, workspace, newest, entries.newest(entry_id), form, changes)
        return _edit_page(request, workspace, newest, form, placed(error, t), error.status)
    return moved(
        entry_address(entry_id, version=written.version.version), "ok", "library.done_edited", n=written.version.version
    )


def placed(error: InputError, t: Wording) -> dict[str, str]:
    """What is wrong by control: `fields.pain`, `title` …; what has no place under an empty name."""
    if error.errors:
        return dict(error.errors)
    found = _PLACE.match(error.message)
    if found and (found[1].startswith("fields.") or found[1] in (*PROPERTIES, "text")):
        return {found[1]: error.message[found.end() :]}
    return {"": told(error, t)}


def _new_page(
    request: Request,
    workspace: Workspace,
    kind: Kind,
    form: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    status: int = 422,
) -> HTMLResponse:
    language = language_of(request)
    shown = form_of(kind, language, None, form or {"locale": "zh-CN" if language == "zh" else "en"}, errors)
    return view(
        request,
        "library/form.html.j2",
        status if errors else 200,
        entry=None,
        kind=kind,
        form=shown,
        errors=shown.errors,
        failed=bool(errors),
        reason="",
        after=0,
        keep=f"library-new-{kind.id}",
        **_choices(workspace, language),
    )


def _edit_page(
    request: Request,
    workspace: Workspace,
    version: EntryVersion,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 422,
) -> HTMLResponse:
    language, kind = language_of(request), kind_named(version.kind)
    shown = form_of(kind, language, version, form, errors, body=_body_of(version))
    return view(
        request,
        "library/form.html.j2",
        status if errors else 200,
        entry=version,
        kind=kind,
        form=shown,
        errors=shown.errors,
        failed=bool(errors),
        reason=(form or {}).get("reason", ""),
        after=version.version,
        keep=f"library-edit-{version.entry_id}",
        **_choices(workspace, language),
    )


def _look_page(
    request: Request, before: EntryVersion, after: EntryVersion, turned: list[Turned], form: Mapping[str, str]
) -> HTMLResponse:
    """What the change says otherwise, and what rests on it."""
    return view(
        request,
        "library/look.html.j2",
        entry=before,
        differences=labelled(word_diff(before, after), before.kind, language_of(request)),
        turned=turned,
        posted=[(name, value) for name, value in form.items() if name not in ("looked", "again")],
    )


def _both_page(
    request: Request,
    workspace: Workspace,
    seen: EntryVersion,
    newest: EntryVersion,
    form: Mapping[str, str],
    changes: Mapping[str, Any],
) -> HTMLResponse:
    """Somebody else was faster: what they changed, what was typed here, and the way to put this on top of theirs."""
    language = language_of(request)
    try:
        mine = planned_revision(workspace.library, seen, changes) if changes else None
    except InputError:
        mine = None
    return view(
        request,
        "library/both.html.j2",
        409,
        entry=newest,
        seen=seen,
        theirs=labelled(word_diff(seen, newest), newest.kind, language),
        mine=labelled(word_diff(seen, mine.version), newest.kind, language) if mine else [],
        posted=[(name, value) for name, value in form.items() if name not in ("mine", "looked", "again")],
    )


def _turned(workspace: Workspace, before: EntryVersion, after: EntryVersion) -> list[Turned]:
    """What rests on the agreed line, when other figures, dates or quotes are about to be proposed."""
    versions = workspace.library.entries.versions(before.entry_id)
    line = next((version for version in versions if version.state is State.APPROVED), None)
    if line is None or line.facts == facts_of(after.text, after.fields):
        return []
    planned = replace(after, version=before.version + 1, facts="", created_at=None)
    return ChangePreview(workspace.library).of_version(planned)


def _proposal(kind: Kind, form: Mapping[str, str], fields: Mapping[str, Any], today: date) -> Proposal:
    def said(name: str) -> str:
        return form.get(name, "").strip()

    return Proposal(
        kind.id,
        title=said("title"),
        locale=said("locale") or None,
        text=form.get("text", ""),
        fields=fields,
        audience=Audience(said("audience") or Audience.INTERNAL),
        markets=tuple(listed(said("markets"))),
        customer=said("customer") or None,
        owner=said("owner"),
        translates=said("translates") or None,
        valid_until=as_day(said("valid_until"), today, "valid_until"),
        review_due=as_day(said("review_due"), today, "review_due"),
    )


def _wrong_properties(form: Mapping[str, str], t: Wording) -> dict[str, str]:
    wrong = {}
    for name in ("valid_until", "review_due"):
        try:
            as_day(form.get(name, "").strip(), date(2000, 1, 1), name)
        except InputError:
            wrong[name] = t("library.wrong_day")
    try:
        if form.get("locale", "").strip():
            parse_locale(form["locale"].strip())
    except InputError:
        wrong["locale"] = t("library.wrong_locale")
    if form.get("audience", "") not in ("", *Audience):
        wrong["audience"] = t("library.wrong_choice")
    return wrong


def _wrong_fields(
    kind: Kind, before: Mapping[str, Any], fields: Mapping[str, Any], today: date, t: Wording
) -> dict[str, str]:
    """What does not fit its field and did not stand there before."""
    old = check_fields(kind, dict(before), today).wrong if before else ()
    given = {name: value for name, value in fields.items() if value not in ("", None)}
    return {
        place: _in_words(kind, place, said, t)
        for place, said in map(_parted, check_fields(kind, given, today).wrong)
        if f"{place}: {said}" not in {": ".join(_parted(line)) for line in old}
    }


def _missing_fields(kind: Kind, fields: Mapping[str, Any], today: date, t: Wording) -> dict[str, str]:
    """What the kind needs where the text is to be made of the fields."""
    missing = [_parted(line) for line in check_fields(kind, dict(fields), today).missing]
    return {place: t("library.missing") for place, _ in missing}


def _parted(line: str) -> tuple[str, str]:
    """`results[2].before (之前): 'x' is no figure; write …` as control and what is said."""
    place, _, said = line.partition(": ")
    name = re.sub(r" \(.*\)$", "", place)
    row = re.match(r"(\w+)\[(\d+)\]\.(\w+)$", name)
    control = f"{row[1]}.{int(row[2]) - 1}.{row[3]}" if row else name.partition("[")[0]
    return f"fields.{control}", said


def _in_words(kind: Kind, place: str, said: str, t: Wording) -> str:
    """Why a value does not fit, in the reader's language: by the type of its field where the core says it in
    English."""
    names = place.removeprefix("fields.").split(".")
    field = kind.field(names[0])
    if field and len(names) == 3:
        field = next((sub for sub in field.fields if sub.name == names[2]), field)
    key = f"library.wrong_{field.type}" if field else ""
    return t(key) if t.language == "zh" and t.has(key) else said


def _body_of(version: EntryVersion) -> str:
    return version.body or version.text


def _choices(workspace: Workspace, language: str) -> dict[str, Any]:
    t = Wording(language)
    customers = workspace.library.customers.all()
    return {
        "audiences": [(str(one), t(f"names.audience_{one}")) for one in Audience],
        "customers": [(one.id, cut(name_of(one, language), 60)) for one in customers],
        "locales": sorted({"zh-CN", "en"} | EntryIndex(workspace.database, workspace.name).locales()),
    }
