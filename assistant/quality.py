"""How good what was written is, over time: claims without a source, by template, model and locale.

Counted are the versions that a model or a program wrote (`written`, `answered`, `regenerated`), as they were kept: what
a person mended afterwards does not make them better.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import and_, select

from knowledge.domain.errors import InputError
from knowledge.store.repository import Repository
from knowledge.store.schema import DraftRow, DraftVersionRow

MACHINE_MADE = ("written", "answered", "regenerated")
GROUPS = ("template", "model", "locale")
WRONG = ("unsupported", "contradicted", "qualifier_changed")
"""Verdicts of a claim that no source carries as it stands."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One version of a draft as it was written. `claims` are counted by verdict, `findings` by severity."""

    draft_id: str
    version: int
    title: str
    at: datetime
    template: str
    locale: str
    model: str
    claims: Mapping[str, int]
    findings: Mapping[str, int]

    @property
    def checked(self) -> int:
        """Claims that a program or a model could decide."""
        return sum(n for verdict, n in self.claims.items() if verdict != "not_checked")

    @property
    def wrong(self) -> int:
        """Claims without a source as they stand."""
        return sum(self.claims.get(verdict, 0) for verdict in WRONG)


@dataclass(frozen=True, slots=True)
class Point:
    """Some drafts together: a week, a template, a model, a locale. `rate` is the share of wrong claims, None without
    any claim."""

    name: str
    drafts: int
    claims: int
    wrong: int
    errors: int
    cases: tuple[Measured, ...]

    @property
    def rate(self) -> float | None:
        return self.wrong / self.claims if self.claims else None

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "drafts": self.drafts,
            "claims": self.claims,
            "wrong": self.wrong,
            "rate": self.rate,
            "errors": self.errors,
            "cases": [{"draft_id": c.draft_id, "version": c.version, "title": c.title} for c in self.cases],
        }


class Quality(Repository):
    """The quality of one workspace's drafts."""

    def measured(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        template: str | None = None,
        model: str | None = None,
        locale: str | None = None,
    ) -> list[Measured]:
        """Versions written from `since` to `until` (days, both counted, UTC), the oldest first."""
        of_model = DraftVersionRow.document["model"].as_string()
        statement = (
            select(
                DraftVersionRow.draft_id,
                DraftVersionRow.version,
                DraftRow.title,
                DraftVersionRow.created_at,
                DraftRow.template,
                DraftRow.locale,
                of_model,
                DraftVersionRow.counts,
            )
            .join(
                DraftRow,
                and_(DraftRow.workspace == DraftVersionRow.workspace, DraftRow.id == DraftVersionRow.draft_id),
            )
            .where(DraftVersionRow.workspace == self.workspace, DraftVersionRow.act.in_(MACHINE_MADE))
            .order_by(DraftVersionRow.created_at, DraftVersionRow.draft_id)
        )
        if since is not None:
            statement = statement.where(DraftVersionRow.created_at >= _midnight(since))
        if until is not None:
            statement = statement.where(DraftVersionRow.created_at < _midnight(until + timedelta(days=1)))
        if template is not None:
            statement = statement.where(DraftRow.template == template)
        if locale is not None:
            statement = statement.where(DraftRow.locale == locale)
        if model is not None:
            statement = statement.where(of_model == model)
        with self.reading() as session:
            rows = list(session.execute(statement))
        return [
            Measured(
                draft_id=draft_id,
                version=version,
                title=title,
                at=at,
                template=of_template,
                locale=of_locale,
                model=name,
                claims=counts.get("claims", {}),
                findings=counts.get("findings", {}),
            )
            for draft_id, version, title, at, of_template, of_locale, name, counts in rows
        ]


def over_time(measured: Iterable[Measured]) -> list[Point]:
    """A point a week (named by its Monday, ISO), the oldest first; weeks without a draft are left out."""
    return _points(measured, lambda one: (one.at.date() - timedelta(days=one.at.weekday())).isoformat())


def grouped(measured: Iterable[Measured], group: str) -> list[Point]:
    """A point for each template, model or locale, the worst first. Raises `InputError` for another group."""
    if group not in GROUPS:
        raise InputError(f"'{group}' is no group; choose {', '.join(GROUPS)}")
    points = _points(measured, lambda one: str(getattr(one, group)))
    return sorted(points, key=lambda point: (-(point.rate or 0), point.name))


def _points(measured: Iterable[Measured], name: Callable[[Measured], str]) -> list[Point]:
    together: dict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        together[name(one)].append(one)
    return [_point(key, cases) for key, cases in sorted(together.items())]


def _point(name: str, cases: Sequence[Measured]) -> Point:
    return Point(
        name,
        drafts=len(cases),
        claims=sum(case.checked for case in cases),
        wrong=sum(case.wrong for case in cases),
        errors=sum(case.findings.get("error", 0) for case in cases),
        cases=tuple(cases),
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


@dataclass(frozen=True, slots=True)
class EvalRun:
    """A run of `koujing eval run`, as the folder of the workspace has it. `report` is its page, None without one."""

    id: str
    begun: str
    models: tuple[str, ...]
    suites: tuple[str, ...]
    report: Path | None


def eval_runs(home: Path, limit: int = 20) -> list[EvalRun]:
    """The newest runs that are done, the newest first. What cannot be read is left out."""
    found: list[EvalRun] = []
    for path in sorted((home / "evals").glob("*/run.json"), reverse=True):
        run = _eval_run(path, path.stat().st_mtime_ns)
        found += [run] if run is not None else []
        if len(found) == limit:
            break
    return found


@lru_cache(maxsize=200)
def _eval_run(path: Path, _changed: int) -> EvalRun | None:
    """The document holds every case and may be large: it is read once."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["status"] != "done":
            return None
        report = path.with_name("report.html")
        return EvalRun(
            id=path.parent.name,
            begun=str(document["begun"]),
            models=tuple(dict.fromkeys(str(variant["model"]) for variant in document["variants"])),
            suites=tuple(dict.fromkeys(str(suite["suite"]) for suite in document["suites"])),
            report=report if report.is_file() else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
