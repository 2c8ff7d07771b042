"""`/drafts/new`: choose what it is to do, say what must be said, begin; and the questions that come back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api import commissions
from api.access.roles import Right
from api.console.brief_form import brief_form, field_of
from api.console.catalogue import Wording
from api.console.circles import AUDIENCES, CHANNELS, LOCALES, MARKETS
from api.console.outline import outline
from api.console.pages import language_of, page
from api.console.purposes import purposes
from api.context import Hands, Opened, Who, needs
from assistant.brief import Brief, as_audience
from assistant.interview import offers, open_questions
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.domain.text import clean
from knowledge.reading import FORMATS, read
from knowledge.records import Audience, Scope
from prompts.readers import accepted_inputs
from prompts.template import Template

router = APIRouter(include_in_schema=False, dependencies=[needs(Right.DRAFT)])

ENTRIES_OFFERED = 40
_LONGEST = 200_000
_PART = 4 * 1024 * 1024


@router.get("/drafts/new")
def choose(
    request: Request,
    workspace: Opened,
    template: Annotated[str, Query(max_length=80)] = "",
    entry: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """The templates by purpose, or the form of one; `entry` fills in what an entry's page wants written about."""
    if not template:
        return page(request, "new_draft_choose.html.j2", purposes=purposes(workspace), now=workspace.settings.now())
    loaded = workspace.templates.get(template).template
    about = next((declared.name for declared in loaded.inputs if declared.type == "entry"), "")
    values = {about: entry} if entry and about else {}
    return _form(request, workspace, loaded, _first_brief(request, template, values), {}, "")


@router.post("/drafts/new")
async def begin(request: Request, workspace: Opened, writers: Hands, actor: Who) -> Response:
    """Begin to write, and go where it can be watched; what is missing or wrong is said beside its field."""
    form = await request.form(max_files=20, max_part_size=_PART)
    template = (await run_in_threadpool(workspace.templates.get, str(form.get("template", "")))).template
    brief, model, errors = await run_in_threadpool(_read, form, template, Wording(language_of(request)))
    if not errors:
        errors = await run_in_threadpool(_asked, brief, template, workspace, language_of(request), 1)
    if errors:
        return await run_in_threadpool(_form, request, workspace, template, brief, errors, model, 422)
    writing = await commissions.begin(commissions.new_draft(brief, actor, model or None), workspace, writers)
    return RedirectResponse(f"/drafts/{writing.draft_id}/writing", 303)


@router.get("/drafts/new/entries")
def entries_like(
    request: Request,
    workspace: Opened,
    kind: Annotated[str, Query(max_length=80)] = "",
    words: Annotated[str, Query(max_length=200)] = "",
    audience: Annotated[Audience, Query()] = Audience.PUBLIC,
) -> HTMLResponse:
    """Options for an input that names an entry: those whose id or title holds the words."""
    return page(request, "entry_options.html.j2", entries=_entries(workspace, kind, words, audience))


@router.get("/drafts/{draft_id}/questions")
def questions(request: Request, workspace: Opened, draft_id: str) -> Response:
    """The interview: what must still be said before this draft can be written, and what may be said on top."""
    draft = workspace.drafts.get(draft_id)
    if not draft.questions:
        return RedirectResponse(f"/drafts/{draft_id}", 303)
    return _interview(request, workspace, draft_id, workspace.drafts.brief(draft_id), {}, first=True)


@router.post("/drafts/{draft_id}/questions")
async def answer(request: Request, workspace: Opened, writers: Hands, actor: Who, draft_id: str) -> Response:
    """Answers; it is written when none is left open, else the form comes again."""
    form = await request.form(max_files=20, max_part_size=_PART)
    draft = await run_in_threadpool(workspace.drafts.get, draft_id)
    kept = await run_in_threadpool(workspace.drafts.brief, draft_id)
    template = workspace.templates.get(kept.template).template
    language = language_of(request)
    given, errors = await run_in_threadpool(_inputs, form, template, Wording(language))
    brief = replace(kept, inputs={**kept.inputs, **given})
    if not errors:
        errors = await run_in_threadpool(_asked, brief, template, workspace, language)
    if errors:
        return await run_in_threadpool(_interview, request, workspace, draft_id, brief, errors, 422)
    commission = commissions.answers(draft_id, given or dict(kept.inputs), draft.version, actor)
    await commissions.begin(commission, workspace, writers)
    return RedirectResponse(f"/drafts/{draft_id}/writing", 303)


def _form(
    request: Request,
    workspace: Workspace,
    template: Template,
    brief: Brief,
    errors: Mapping[str, str],
    model: str,
    status: int = 200,
) -> HTMLResponse:
    t = Wording(language_of(request))
    fields = brief_form(template, brief.inputs, errors, t)
    return page(
        request,
        "new_draft.html.j2",
        status,
        template=template,
        form=fields,
        brief=brief,
        errors=errors,
        entries={f.name: _entries(workspace, f.kind, "", brief.audience) for f in _entry_fields(fields)},
        outline=outline(template, t.language),
        locales=LOCALES,
        audiences=AUDIENCES,
        markets=MARKETS,
        channels=CHANNELS,
        model=model,
        models=list(dict.fromkeys([workspace.model.name, "extractive"])),
        destination=workspace.model.destination,
    )


def _interview(
    request: Request,
    workspace: Workspace,
    draft_id: str,
    brief: Brief,
    errors: Mapping[str, str],
    status: int = 200,
    *,
    first: bool = False,
) -> HTMLResponse:
    """The form of the open questions. At `first` nothing is called wrong that was never said."""
    t = Wording(language_of(request))
    template = workspace.templates.get(brief.template).template
    declared = {one.name: one for one in accepted_inputs(template)}
    spoken = replace(brief, locale=_spoken(t.language))
    asked = {q.input: q for q in open_questions(brief, template, workspace.library)}
    texts = {q.input: q.text for q in open_questions(spoken, template, workspace.library)}
    fields = []
    for name in dict.fromkeys([*asked, *errors]):
        value = brief.inputs.get(name, "")
        error = errors.get(name, "") if not first or value else ""
        if first and value:
            error = _remark(texts.get(name, ""), declared[name].question.of(t.language))
        fields.append(field_of(declared[name], value, error, t))
    more = [] if errors else offers(brief, template, workspace.library)
    return page(
        request,
        "questions.html.j2",
        status,
        draft_id=draft_id,
        template=template,
        fields=fields,
        more=[field_of(declared[q.input], "", "", t) for q in more if q.input not in asked],
        entries={f.name: _entries(workspace, f.kind, "", brief.audience) for f in fields if f.widget == "entry"},
    )


def _asked(brief: Brief, template: Template, workspace: Workspace, language: str, steps: int = 5) -> dict[str, str]:
    """What is missing or wrong, by input, in the language of the page; missing ones of the first `steps` only."""
    spoken = replace(brief, locale=_spoken(language))
    asked = open_questions(brief, template, workspace.library)
    texts = {q.input: q.text for q in open_questions(spoken, template, workspace.library)}
    declared = {one.name: one for one in accepted_inputs(template)}
    t = Wording(language)
    found = {}
    for question in asked:
        one = declared[question.input]
        if brief.inputs.get(one.name, "").strip():
            found[one.name] = _remark(texts.get(one.name, question.text), one.question.of(language))
        elif one.step <= steps:
            needed = texts.get(one.name, question.text)
            found[one.name] = t("new_draft.required") if needed == one.question.of(language) else needed
    return found


def _remark(text: str, question: str) -> str:
    """What is said of a value, without the question that stands above the field."""
    return text.removeprefix(question).strip().strip("()（）") or text


def _read(form: FormData, template: Template, t: Wording) -> tuple[Brief, str, dict[str, str]]:
    """The brief that the form says, the model, and what could not be read, by field."""
    inputs, errors = _inputs(form, template, t)
    brief = Brief(
        template=template.id,
        inputs=inputs,
        locale=parse_locale(_text(form, "locale") or "zh-CN").tag,
        market=_text(form, "market") or None,
        channel=_text(form, "channel") or None,
        audience=as_audience(_text(form, "audience") or "public"),
    )
    return brief, _text(form, "model"), errors


def _inputs(form: FormData, template: Template, t: Wording) -> tuple[dict[str, str], dict[str, str]]:
    """The inputs that are filled in; a file stands for the text of its input."""
    inputs: dict[str, str] = {}
    errors: dict[str, str] = {}
    for declared in accepted_inputs(template):
        name = declared.name
        parts = [clean(str(part)).strip() for part in form.getlist(f"in_{name}") if isinstance(part, str)]
        if value := ", ".join(part for part in parts if part):
            inputs[name] = value
        upload = form.get(f"file_{name}")
        if isinstance(upload, UploadFile) and upload.filename:
            try:
                inputs[name] = _file_text(upload)
            except InputError as error:
                errors[name] = t("new_draft.file_unread", why=error.message)
        if len(inputs.get(name, "")) > _LONGEST:
            errors[name] = t("new_draft.too_long", most=_LONGEST)
            inputs[name] = inputs[name][:_LONGEST]
    return inputs, errors


def _file_text(upload: UploadFile) -> str:
    """The text of a file; of its name only the ending counts. Raises `InputError`."""
    suffix = Path(upload.filename or "").suffix.lower()
    if suffix not in FORMATS:
        raise InputError(f"files of this sort are not read; use one of {' '.join(sorted(FORMATS))}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document{suffix}"
        path.write_bytes(upload.file.read())
        return "\n".join(block.text for block in read(path).blocks)


def _first_brief(request: Request, template: str, values: Mapping[str, str]) -> Brief:
    """What stands in an empty form: the language of the reader's page, for the public."""
    return Brief(template, dict(values), locale=_spoken(language_of(request)))


def _entries(workspace: Workspace, kind: str, words: str, audience: Audience) -> list[Any]:
    scope = Scope(audience=audience, kinds=(kind,) if kind else ())
    wanted = words.casefold().split()
    found = [
        entry
        for entry in workspace.library.offered(scope)
        if all(word in f"{entry.entry_id} {entry.title}".casefold() for word in wanted)
    ]
    return sorted(found, key=lambda entry: (entry.locale, entry.title))[:ENTRIES_OFFERED]


def _entry_fields(form: Any) -> list[Any]:
    return [field for field in (*form.needed, *form.optional) if field.widget == "entry"]


def _spoken(language: str) -> str:
    return "zh-CN" if language == "zh" else "en"


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return clean(value).strip()[:200] if isinstance(value, str) else ""
