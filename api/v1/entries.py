"""`/v1/entries`: what the company has agreed to say, its versions and its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Query, Request, Response

from api.access.limits import Budget
from api.access.roles import Right
from api.conditions import etag, if_match, tag
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.paging import Paged
from api.v1 import shapes
from api.v1.bodies.library import (
    BlurbRequest,
    EntryApproveRequest,
    EntryBackRequest,
    EntryChange,
    EntryRequest,
    EntryStepRequest,
)
from api.v1.bodies.texts import AnyLocale, Asked, AskedNumber, Kind, PathName
from api.v1.examples.entries import (
    BLURBS,
    DIFF,
    ENTRIES,
    ENTRY,
    ENTRY_KEPT,
    EVENTS,
    IMPACT,
    UNCHANGED,
    VERSIONS,
)
from assistant.change_preview import ChangePreview, Turned
from assistant.draft import SCHEMA
from assistant.workspace import Workspace
from knowledge.composing import Proposal, Written, compose, looked_at, planned_revision, revise
from knowledge.entry_diff import entry_diff
from knowledge.json_records import entry_listed, entry_whole, versions_listed
from knowledge.records import Audience, EntryVersion, State
from knowledge.store.entry_list import EntryList, WantedEntries

router = v1_router("entries")

_MISSING: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such entry, or no such version.")}
_CHANGED: dict[int | str, dict[str, Any]] = {
    **_MISSING,
    409: problem_response("There is a newer version, or the step does not fit the state."),
    412: problem_response("`If-Match` names another version or state."),
}
_KEPT = document("The version as it is kept; `notes` say what a person should look at.", ENTRY_KEPT, shapes.KeptEntry)


@router.get(
    "/entries",
    dependencies=[needs(Right.READ)],
    responses={200: document("The newest version of each entry that fits, by id.", ENTRIES, shapes.Entries)},
)
def list_entries(
    workspace: Opened,
    page: Paged,
    kind: Kind | None = None,
    locale: Annotated[AnyLocale | None, Query(description="Any region of this language.")] = None,
    state: Annotated[State | None, Query(description="`expired` follows from `valid_until`.")] = None,
    audience: Audience | None = None,
    market: Annotated[Asked | None, Query(description="Only what may be used in this market.")] = None,
    customer: Annotated[Asked | None, Query(description="Id of the customer whom it is about.")] = None,
    owner: Asked | None = None,
    q: Annotated[Asked | None, Query(description="Words in id, title or text.")] = None,
) -> dict[str, Any]:
    """Entries a page at a time."""
    wanted = WantedEntries(
        kind or None,
        locale or None,
        state,
        audience and str(audience),
        market or None,
        customer or None,
        owner or None,
        q or None,
    )
    after = page.after(str)
    today = workspace.settings.now().date()
    rows = EntryList(workspace.database, workspace.name).page(
        wanted, today, limit=page.limit + 1, after=after[0] if after else ""
    )
    kept, following = page.cut(rows, lambda entry: (entry.entry_id,))
    return {"schema": SCHEMA, "entries": [entry_listed(entry, today) for entry in kept], "next": following}


@router.post(
    "/entries",
    status_code=201,
    dependencies=[needs(Right.DRAFT)],
    responses={201: _KEPT, 409: problem_response("There is such an entry already.")},
)
def propose_entry(body: EntryRequest, response: Response, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Propose an entry; it is a draft until somebody approves it."""
    proposal = Proposal(
        kind=body.kind,
        title=body.title,
        locale=body.locale,
        text=body.text,
        fields=body.fields,
        audience=body.audience,
        markets=tuple(body.markets),
        customer=body.customer,
        owner=body.owner,
        translates=body.translates,
        valid_until=body.valid_until,
        review_due=body.review_due,
        entry_id=body.id or "",
    )
    written = compose(workspace.library, proposal, actor.name, reason=body.reason)
    response.headers["Location"] = f"/v1/entries/{quote(written.version.entry_id, safe='')}"
    return _kept(workspace, response, written)


@router.get(
    "/entries/{entry_id}",
    dependencies=[needs(Right.READ)],
    responses={200: document("The entry.", ENTRY, shapes.Entry), **_MISSING},
)
def show_entry(
    entry_id: PathName, response: Response, workspace: Opened, version: AskedNumber | None = None
) -> dict[str, Any]:
    """The newest version of an entry, or another one. `line` is the number of the approved version, null without."""
    versions = workspace.library.entries.versions(entry_id)
    entry = workspace.library.entries.get(entry_id, version) if version else versions[-1]
    return _whole(workspace, response, entry, versions)


@router.patch(
    "/entries/{entry_id}",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: {**_KEPT, "content": {"application/json": {"examples": {
        "changed": {"value": ENTRY_KEPT}, "the same": {"value": UNCHANGED}}}}}, **_CHANGED},
)  # fmt: skip
def change_entry(
    entry_id: PathName, body: EntryChange, request: Request, response: Response, actor: Who, workspace: Opened
) -> dict[str, Any]:
    """Set properties of the newest version: a new draft version. The approved one stays the line until it is approved;
    `changed` is false when nothing differs."""
    before = looked_at(workspace.library, entry_id, body.version)
    if_match(request, _tag(before))
    written = revise(workspace.library, entry_id, body.changes(), actor.name, after=before.version, reason=body.reason)
    if written is None:
        return {**_whole(workspace, response, before), "notes": [], "changed": False}
    return _kept(workspace, response, written)


@router.get(
    "/entries/{entry_id}/versions",
    dependencies=[needs(Right.READ)],
    responses={200: document("Every version, the oldest first.", VERSIONS, shapes.EntryVersions), **_MISSING},
)
def list_entry_versions(entry_id: PathName, workspace: Opened) -> dict[str, Any]:
    """The versions of an entry: state, who made and who approved each."""
    versions = workspace.library.entries.versions(entry_id)
    return {"schema": SCHEMA, "versions": versions_listed(versions, workspace.settings.now().date())}


@router.get(
    "/entries/{entry_id}/diff",
    dependencies=[needs(Right.READ)],
    responses={200: document("What changed, word by word.", DIFF, shapes.EntryDiff), **_MISSING},
)
def compare_entry_versions(
    entry_id: PathName,
    workspace: Opened,
    old: Annotated[int | None, Query(alias="from", ge=1, le=2**31 - 1)] = None,
    new: Annotated[int | None, Query(alias="to", ge=1, le=2**31 - 1)] = None,
) -> dict[str, Any]:
    """Two versions word by word: from the agreed line, else the one before, to the newest unless said otherwise."""
    return {"schema": SCHEMA, **entry_diff(workspace.library.entries, entry_id, old, new).to_json()}


@router.get(
    "/entries/{entry_id}/history",
    dependencies=[needs(Right.READ)],
    responses={200: document("Every step, the oldest first.", EVENTS, shapes.History), **_MISSING},
)
def show_entry_history(entry_id: PathName, workspace: Opened) -> dict[str, Any]:
    """Who did what to an entry, when and why."""
    entries = workspace.library.entries
    entries.get(entry_id)
    return {"schema": SCHEMA, "history": [event.to_json() for event in entries.events("entry", entry_id)]}


@router.get(
    "/entries/{entry_id}/impact",
    dependencies=[needs(Right.READ)],
    responses={200: document("The drafts that rest on it.", IMPACT, shapes.Impact), **_MISSING},
)
def show_entry_impact(
    entry_id: PathName,
    workspace: Opened,
    as_if: Annotated[
        Literal["approved", "retired"] | None,
        Query(description="What would turn stale if the newest version were approved, or the entry retired."),
    ] = None,
    locale: Annotated[Literal["zh", "en"], Query(description="Language of the reasons.")] = "en",
) -> dict[str, Any]:
    """Which drafts and files rest on an entry, and which of them are stale; or (`as_if`) would be."""
    if as_if is None:
        found = workspace.recall.of_entry(entry_id)
        return {
            "schema": SCHEMA,
            "subject": entry_id,
            "counts": {
                "drafts": len(found),
                "stale": sum(bool(draft.stale) for draft in found),
                "exports": sum(len(draft.exports) for draft in found),
            },
            "drafts": [draft.to_json() for draft in found],
        }
    preview = ChangePreview(workspace.library)
    if as_if == "retired":
        return turned_json(entry_id, preview.of_retiring(entry_id), locale)
    return turned_json(entry_id, preview.of_version(workspace.library.entries.newest(entry_id)), locale)


@router.post(
    "/entries/{entry_id}/impact",
    dependencies=[needs(Right.READ)],
    responses={200: document("The drafts that would turn stale.", IMPACT, shapes.Impact), **_MISSING},
)
def show_entry_change_impact(
    entry_id: PathName,
    body: EntryChange,
    workspace: Opened,
    locale: Annotated[Literal["zh", "en"], Query(description="Language of the reasons.")] = "en",
) -> dict[str, Any]:
    """What would turn stale if the entry were changed so and that were approved. Nothing is written."""
    before = looked_at(workspace.library, entry_id, body.version)
    planned = planned_revision(workspace.library, before, body.changes())
    turned = ChangePreview(workspace.library).of_version(planned.version) if planned else []
    return turned_json(entry_id, turned, locale)


@router.post(
    "/entries/{entry_id}/submit",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: document("The entry, in review.", ENTRY, shapes.Entry), **_CHANGED},
)
def submit_entry(
    entry_id: PathName, body: EntryStepRequest, request: Request, response: Response, actor: Who, workspace: Opened
) -> dict[str, Any]:
    """Hand the newest version in for review."""
    return _step(workspace.library.entries.submit, entry_id, body, request, response, actor.name, workspace)


@router.post(
    "/entries/{entry_id}/approve",
    dependencies=[needs(Right.APPROVE)],
    responses={200: document("The entry, approved.", ENTRY, shapes.Entry), **_CHANGED},
)
def approve_entry(
    entry_id: PathName, body: EntryApproveRequest, request: Request, response: Response, actor: Who, workspace: Opened
) -> dict[str, Any]:
    """Make the newest version the agreed line; `GET …/impact?as_if=approved` says before what that turns stale."""
    entries = workspace.library.entries
    return _step(entries.approve, entry_id, body, request, response, actor.name, workspace, renew=body.renew)


@router.post(
    "/entries/{entry_id}/request-changes",
    dependencies=[needs(Right.APPROVE)],
    responses={200: document("The entry, a draft again.", ENTRY, shapes.Entry), **_CHANGED},
)
def request_entry_changes(
    entry_id: PathName, body: EntryBackRequest, request: Request, response: Response, actor: Who, workspace: Opened
) -> dict[str, Any]:
    """Send what is in review back to its author."""
    return _step(workspace.library.entries.request_changes, entry_id, body, request, response, actor.name, workspace)


@router.post(
    "/entries/{entry_id}/retire",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: document("The entry, retired.", ENTRY, shapes.Entry), **_CHANGED},
)
def retire_entry(
    entry_id: PathName, body: EntryStepRequest, request: Request, response: Response, actor: Who, workspace: Opened
) -> dict[str, Any]:
    """Say it no longer. It stays readable; drafts that use it are stale at once."""
    return _step(workspace.library.entries.retire, entry_id, body, request, response, actor.name, workspace)


@router.post(
    "/entries/{entry_id}/blurbs",
    dependencies=[needs(Right.LIBRARY)],
    responses={
        200: document("What was kept with the case as a draft version, and what was not.", BLURBS, shapes.Blurbs),
        **_MISSING,
        409: problem_response("The newest version has a text that nobody approved."),
        502: problem_response("The language model failed."),
        504: problem_response("The language model took too long."),
    },
)
def write_entry_blurbs(entry_id: PathName, body: BlurbRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Have the short texts of a case written; they are kept with it as a draft version."""
    from assistant.blurbs import write_blurbs

    Budget(workspace.database).refuse(actor, workspace.settings.now())
    written = write_blurbs(workspace, entry_id, body.lengths, actor.name, actor=actor.id)
    version = written.entry_version
    return {
        "schema": SCHEMA,
        "draft": written.draft.id,
        "id": entry_id,
        "version": version.version if version else None,
        "kept": {name: version.fields[name] for name in written.kept} if version else {},
        "refused": dict(written.refused),
    }


def turned_json(subject: str, turned: list[Turned], locale: str) -> dict[str, Any]:
    """What a change would turn stale."""
    return {
        "schema": SCHEMA,
        "subject": subject,
        "counts": {
            "drafts": len(turned),
            "stale": sum(one.draft_turns for one in turned),
            "exports": sum(len(one.exports) for one in turned),
        },
        "drafts": [one.to_json(locale) for one in turned],
    }


def _step(
    take: Callable[..., EntryVersion],
    entry_id: str,
    body: EntryStepRequest,
    request: Request,
    response: Response,
    by: str,
    workspace: Workspace,
    **options: Any,
) -> dict[str, Any]:
    """One step, by the name of whoever asks; refused when the entry is not as it was looked at."""
    newest = workspace.library.entries.newest(entry_id)
    if_match(request, _tag(newest))
    # With a condition, nothing may happen between it and the step.
    seen = body.version or (newest.version if "if-match" in request.headers else None)
    now = workspace.settings.now()
    entry = take(entry_id, by=by, now=now, reason=body.reason, version=seen, **options)
    return _whole(workspace, response, entry)


def _whole(
    workspace: Workspace, response: Response, entry: EntryVersion, versions: list[EntryVersion] | None = None
) -> dict[str, Any]:
    versions = versions or workspace.library.entries.versions(entry.entry_id)
    tag(response, entry.version, str(entry.state))
    line = next((version.version for version in versions if version.state is State.APPROVED), None)
    today = workspace.settings.now().date()
    return {
        "schema": SCHEMA,
        "entry": {**entry_whole(entry, today), "newest": versions[-1].version, "line": line},
    }


def _kept(workspace: Workspace, response: Response, written: Written) -> dict[str, Any]:
    return {**_whole(workspace, response, written.version), "notes": list(written.notes), "changed": True}


def _tag(entry: EntryVersion) -> str:
    return etag(entry.version, str(entry.state))
