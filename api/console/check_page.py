"""`/check`: a text or a file that somebody wrote, against the library or against given sources. Nothing is kept."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.check_sheet import CheckSheet, check_sheet
from api.console.circles import AUDIENCES, LOCALES, MARKETS
from api.console.grounds import Told, prepare
from api.console.library_view import files_of
from api.console.pages import language_of, page
from api.context import Opened, needs
from api.uploads import MOST_OF_ALL, MOST_OF_ONE, received
from assistant.brief import as_audience
from assistant.draft import Evidence
from assistant.export.check_words import found, rulings
from assistant.export.labels import Labels
from assistant.export.report import check_report_html
from assistant.given import given_file, given_text
from assistant.workspace import Workspace, read_sources
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale
from knowledge.import_preview import safe_name
from knowledge.reading import FORMATS

if TYPE_CHECKING:
    from assistant.checking import CheckReport

router = APIRouter(include_in_schema=False)

LONGEST = 200_000
"""Characters of a text that is typed; files may be longer."""
MOST_FILES = 21
_PART = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says, apart from files. An empty locale is found out; an empty market is any."""

    text: str = ""
    sources: str = ""
    locale: str = ""
    market: str = ""
    audience: str = "public"

    @classmethod
    def of(cls, form: FormData) -> Given:
        """What of a form is text."""
        said = {name: _text(form, name) for name in cls.__slots__}
        return cls(**{**said, "audience": said["audience"] or "public"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, the name of the file it is on (empty for a typed text), and what its reader warns of."""

    report: CheckReport
    name: str
    warnings: tuple[str, ...]
    sources: int | None


@dataclass(frozen=True)
class CheckDesk:
    """What the parts of the result need to know."""

    sheet: CheckSheet
    locale: str
    language: str

    @property
    def t(self) -> Wording:
        return Wording(self.language)

    @property
    def labels(self) -> Labels:
        return self.sheet.labels

    @property
    def open(self) -> tuple[Told, ...]:
        return self.sheet.findings


@router.get("/check", dependencies=[needs(Right.READ)])
def choose(request: Request, workspace: Opened) -> HTMLResponse:
    """The empty form."""
    return _form(request, workspace, Given())


@router.post("/check", dependencies=[needs(Right.READ)])
async def check(request: Request, workspace: Opened) -> HTMLResponse:
    """The report on what was given, or the form again with what keeps it from being checked."""
    try:
        form = await request.form(max_files=MOST_FILES, max_part_size=_PART)
    except HTTPException as error:
        t = Wording(language_of(request))
        told = t("check.too_much", most=MOST_OF_ALL >> 20) if error.status_code == 413 else error.detail
        return await run_in_threadpool(_form, request, workspace, Given(), told, error.status_code)
    return await run_in_threadpool(_answer, request, workspace, form)


def _answer(request: Request, workspace: Workspace, form: FormData) -> HTMLResponse:
    language = language_of(request)
    given, t = Given.of(form), Wording(language)
    try:
        checked = _checked(workspace, given, form, t)
    except InputError as error:
        return _form(request, workspace, given, error.message, error.status)
    except HTTPException as error:
        return _form(request, workspace, given, str(error.detail), error.status_code)
    report = checked.report
    desk = CheckDesk(check_sheet(report, workspace.library, language), report.locale, language)
    prepare()
    html = check_report_html(checked.name, report)
    return page(
        request,
        "check/result.html.j2",
        c=desk,
        sheet=desk.sheet,
        labels=desk.labels,
        checked=checked,
        found=found(report, desk.labels),
        rulings=rulings(report, desk.labels),
        report_name=f"{Path(checked.name).stem or 'text'}-check.html",
        report_address="data:text/html;charset=utf-8;base64," + base64.b64encode(html.encode()).decode(),
        **_choices(workspace, given),
    )


def _checked(workspace: Workspace, given: Given, form: FormData, t: Wording) -> Checked:
    """Raises `InputError` with a line in the reader's language, or 413 for what is too large."""
    files, source_files = files_of(form, "file")[:1], files_of(form, "source_files")
    _refuse(given, files, source_files, t)
    name = ""
    warnings: tuple[str, ...] = ()
    text = given_text(given.text)
    if files:
        with received(files) as [(name, path)]:
            try:
                text, warnings = given_file(path)
            except UnreadableFile as error:
                raise _unread(name, error, t) from None
    sources = _sources(given, source_files, t)
    report = workspace.check(
        text,
        sources,
        locale=parse_locale(given.locale).tag if given.locale else None,
        market=given.market or None,
        audience=as_audience(given.audience),
    )
    count = None if sources is None else len(source_files) + bool(given.sources.strip())
    return Checked(report, name, tuple(warnings), count)


def _refuse(given: Given, files: Sequence[UploadFile], sources: Sequence[UploadFile], t: Wording) -> None:
    if files and given.text.strip():
        raise InputError(t("check.both"))
    if not files and not given.text.strip():
        raise InputError(t("check.nothing"))
    if max(len(given.text), len(given.sources)) > LONGEST:
        raise InputError(t("check.too_long", most=f"{LONGEST:,}"))
    for file in (*files, *sources):
        name = safe_name(file.filename or "")
        if Path(name).suffix.lower() not in FORMATS:
            raise InputError(t("check.wrong_type", name=name, formats=" ".join(sorted(FORMATS))))
        if not file.size:
            raise InputError(t("check.empty_file", name=name))
        if file.size > MOST_OF_ONE:
            raise HTTPException(413, t("check.too_large", name=name, most=MOST_OF_ONE >> 20))


def _sources(given: Given, files: Sequence[UploadFile], t: Wording) -> list[Evidence] | None:
    """The sources to check against, each as its file is called; None for the library."""
    pieces: list[Evidence] = []
    if files:
        with received(files) as laid_down:
            for name, path in laid_down:
                try:
                    pieces += read_sources([path])
                except UnreadableFile as error:
                    raise _unread(name, error, t) from None
    if given.sources.strip():
        with tempfile.TemporaryDirectory(prefix="koujing-") as folder:
            path = Path(folder) / t("check.source_name")
            path.write_text(given.sources, encoding="utf-8")
            pieces += read_sources([path])
    return pieces if files or given.sources.strip() else None


def _unread(name: str, error: UnreadableFile, t: Wording) -> InputError:
    return InputError(t("check.unread", name=name, why="; ".join(filter(None, (error.reason, error.remedy)))))


def _form(request: Request, workspace: Workspace, given: Given, fault: str = "", status: int = 200) -> HTMLResponse:
    return page(request, "check/form.html.j2", status, fault=fault, **_choices(workspace, given))


def _choices(workspace: Workspace, given: Given) -> dict[str, Any]:
    return {
        "given": given,
        "locales": LOCALES,
        "markets": MARKETS,
        "audiences": AUDIENCES,
        "formats": " ".join(sorted(FORMATS)),
        "accept": ",".join(sorted(FORMATS)),
        "most": MOST_OF_ONE >> 20,
        "longest": LONGEST,
        "approved": workspace.library.entries.counts()[1],
    }


def _text(form: FormData, name: str) -> str:
    """A text of the form. What hides in it stays: there is a check for that."""
    said = form.get(name)
    if not isinstance(said, str):
        return ""
    return said.replace("\0", "").replace("\r\n", "\n").encode("utf-8", "replace").decode()
