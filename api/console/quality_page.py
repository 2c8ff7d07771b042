"""`/quality`: claims without a source over time, by template, model and locale; eval runs; usage and cost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse

from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.charts import Chart, line_chart
from api.console.pages import language_of, page
from api.context import Opened, needs
from assistant.quality import GROUPS, EvalRun, Measured, Point, Quality, eval_runs, grouped, over_time
from assistant.usage import UsageBook
from assistant.workspace import Workspace
from knowledge.domain.errors import NotFound

router = APIRouter(include_in_schema=False)

SPANS = (30, 90, 365)
"""Days that may be looked at."""

_RUN = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}")
_REPORT_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@router.get("/quality", dependencies=[needs(Right.READ)])
def quality(
    request: Request,
    workspace: Opened,
    days: int = 90,
    template: Annotated[str | None, Query(max_length=80)] = None,
    model: Annotated[str | None, Query(max_length=200)] = None,
    locale: Annotated[str | None, Query(max_length=20)] = None,
    week: date | None = None,
) -> HTMLResponse:
    """The page. `week` (its Monday) opens the drafts of one point."""
    days = days if days in SPANS else 90
    language = language_of(request)
    t, today = Wording(language), workspace.settings.now().date()
    since = today - timedelta(days=days)
    book = Quality(workspace.database, workspace.name)
    measured = book.measured(since, template=template or None, model=model or None, locale=locale or None)
    weeks = over_time(measured)
    chosen = {"template": template or "", "model": model or "", "locale": locale or ""}
    shown = next((point for point in weeks if week and point.name == week.isoformat()), None)
    return page(
        request,
        "quality.html.j2",
        days=days,
        spans=SPANS,
        chosen=chosen,
        chart=_chart(weeks, t, {**chosen, "days": days}) if weeks else None,
        weeks=weeks,
        whole=_whole(measured),
        tables=[(group, grouped(measured, group)) for group in GROUPS],
        week=shown,
        worst=sorted(shown.cases, key=lambda case: -case.wrong) if shown else (),
        names=_names(workspace, measured, language),
        runs=_runs(request, workspace),
        usage=_usage(workspace, since, t),
    )


@router.get("/quality/runs/{run_id}/report", dependencies=[needs(Right.READ)])
def report(run_id: str, request: Request, workspace: Opened) -> FileResponse:
    """The report of an eval run, as a file to keep: it carries scripts of its own, which a page here must not run."""
    run = next((run for run in _runs(request, workspace, 500) if run.id == run_id), None)
    if not _RUN.fullmatch(run_id) or run is None or run.report is None:
        raise NotFound(f"no report of a run '{run_id[:60]}'; `koujing eval run` makes one")
    headers = {"Content-Security-Policy": _REPORT_POLICY}
    return FileResponse(run.report, media_type="text/html", filename=f"eval-{run_id}.html", headers=headers)


def _runs(request: Request, workspace: Workspace, most: int = 20) -> list[EvalRun]:
    """Eval runs lie in the home, and belong to the workspace of the settings: another one sees none of them."""
    first: Workspace = request.app.state.workspace
    return eval_runs(workspace.settings.home, most) if workspace.name == first.name else []


def _chart(weeks: Sequence[Point], t: Wording, chosen: Mapping[str, Any]) -> Chart:
    query = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
    labels = [
        t("quality.point", week=point.name, rate=f"{100 * (point.rate or 0):.1f}", n=point.drafts) for point in weeks
    ]
    addresses = [f"/quality?{query}&week={point.name}#week" for point in weeks]
    return line_chart([point.name[5:] for point in weeks], [point.rate or 0.0 for point in weeks], labels, addresses,
                      percent=True)  # fmt: skip


def _whole(measured: Sequence[Measured]) -> dict[str, Any]:
    claims, wrong = sum(one.checked for one in measured), sum(one.wrong for one in measured)
    return {
        "drafts": len(measured),
        "claims": claims,
        "wrong": wrong,
        "rate": wrong / claims if claims else None,
        "clean": sum(not one.findings.get("error") for one in measured),
    }


def _names(workspace: Workspace, measured: Sequence[Measured], language: str) -> dict[str, str]:
    """What templates are called in the reader's language; one that is gone keeps its id."""
    broken, known = workspace.templates.broken(), set(workspace.templates.ids)
    used = {one.template for one in measured} & known - set(broken)
    return {name: workspace.templates.get(name).template.name.of(language) for name in used}


def _usage(workspace: Workspace, since: date, t: Wording) -> dict[str, Any]:
    book = UsageBook(workspace.database, workspace.name)
    by_day = book.by("day", since)
    tokens = [row["prompt_tokens"] + row["completion_tokens"] for row in by_day]
    labels = [t("quality.tokens_on", day=row["day"], n=f"{n:,}") for row, n in zip(by_day, tokens, strict=True)]
    costs = [row["cost"] for row in by_day if row["cost"] is not None]
    return {
        "chart": line_chart([row["day"][5:] for row in by_day], tokens, labels) if by_day else None,
        "tokens": sum(tokens),
        "cost": round(sum(costs), 4) if costs else None,
        "by_model": book.by("model", since),
        "by_template": book.by("template", since),
    }
