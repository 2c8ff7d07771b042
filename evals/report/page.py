"""The report of a run: one HTML page that needs nothing else, made from the record alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from evals.report import figures
from evals.report.plots import sparkline, whisker
from evals.report.reading import CaseView, case_views, has_wrong, samples, wrong_cases
from evals.report.trends import Trend, trends
from evals.report.words import Words
from evals.running.record import MeasureResult, Run, SuiteResult

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from evals.statistics.paired import ComparedRow, Comparison

_HERE = Path(__file__).parent
ARROWS = {"higher": "↑", "lower": "↓", None: "·"}
SIGNS = {"better": "▲", "worse": "▼", "different": "◆", "no difference shown": "=", "not comparable": "≠"}
_LOUD = ("worse", "better", "different")


@dataclass(frozen=True, slots=True)
class Said:
    """What a suite says of a variant, in short: counts, and its measures by what there is to say of them."""

    suite: SuiteResult
    left: int
    unscored: int
    wrong: tuple[MeasureResult, ...]
    clean: tuple[MeasureResult, ...]
    told: tuple[MeasureResult, ...]
    unseen: tuple[MeasureResult, ...]


def write_report(
    run: Run,
    path: Path,
    *,
    earlier: Sequence[Run] = (),
    comparison: Comparison | None = None,
    locale: str = "en",
) -> None:
    """Write the page. `earlier` runs give the trends, whatever their order; `locale` chooses the frame's language."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report_page(run, earlier=earlier, comparison=comparison, locale=locale), encoding="utf-8")


def report_page(
    run: Run, *, earlier: Sequence[Run] = (), comparison: Comparison | None = None, locale: str = "en"
) -> str:
    """The page as a text. Every text of the run is data and is escaped."""
    words = Words(locale)
    found = wrong_cases(run)
    views, shared = case_views(found)
    style, script = (_HERE / "page.css").read_text("utf-8"), (_HERE / "page.js.j2").read_text("utf-8")
    return _environment().get_template("page.html.j2").render(
        w=words,
        run=run,
        style=style,
        script=script,
        style_hash=_digest(style),
        script_hash=_digest(script),
        left=sum(_left(suite) for suite in run.suites),
        kappas=_kappas(run),
        said=[_said(suite) for suite in run.suites],
        suites=_by_suite(run),
        plot=lambda measure, rows: _plot(measure, rows, words),
        comparison=comparison,
        shown_rows=_rows(comparison, loud=True),
        other_rows=_rows(comparison, loud=False),
        trends=[(trend, _course(trend, words)) for trend in trends(run, earlier)],
        views=views,
        groups=[(suite.suite, own) for suite, _ in _by_suite(run) if (own := _of(suite.suite, views))],
        asked=sum(len(suite.cases) for suite in run.suites),
        shared=shared,
        samples=samples(run),
    )  # fmt: skip


def _left(suite: SuiteResult) -> int:
    return max(suite.expected - len(suite.cases), 0)


def _said(suite: SuiteResult) -> Said:
    judged = [one for one in suite.measures if one.value is not None and one.better is not None]
    wrong = tuple(one for one in judged if has_wrong(suite, one))
    return Said(
        suite,
        _left(suite),
        sum(bool(case.unscored) for case in suite.cases),
        wrong,
        tuple(one for one in judged if not one.unit and one not in wrong),
        tuple(
            one
            for one in suite.measures
            if one.value is not None and one not in wrong and (one.better is None or one.unit)
        ),
        tuple(one for one in suite.measures if one.value is None),
    )


def _by_suite(run: Run) -> list[tuple[SuiteResult, list[list[tuple[SuiteResult, MeasureResult]]]]]:
    """Suites in order, each with its measures, each with one row per variant."""
    grouped: dict[str, dict[str, list[tuple[SuiteResult, MeasureResult]]]] = {}
    first: dict[str, SuiteResult] = {}
    for suite in run.suites:
        first.setdefault(suite.suite, suite)
        for measure in suite.measures:
            grouped.setdefault(suite.suite, {}).setdefault(measure.measure, []).append((suite, measure))
    return [(suite, list(grouped.get(name, {}).values())) for name, suite in first.items()]


def _of(suite: str, views: Iterable[CaseView]) -> list[CaseView]:
    return [view for view in views if view.suite.suite == suite]


def _plot(measure: MeasureResult, rows: Iterable[tuple[SuiteResult, MeasureResult]], words: Words) -> Markup | str:
    if measure.value is None:
        return ""
    ends = [end for _, one in rows for end in (one.value, one.high) if end is not None]
    most = max(ends, default=0.0) if measure.unit else 1.0
    value, bounds = figures.figure(measure.value, measure.unit), figures.span(measure.low, measure.high, measure.unit)
    return whisker(measure.value, measure.low, measure.high, most, words("plot.title", value=value, interval=bounds))


def _course(trend: Trend, words: Words) -> Markup:
    parts = [
        f"{words('trend.break')} | " * (n in trend.breaks) + figures.figure(value, trend.measure.unit)
        for n, value in enumerate(trend.values)
    ]
    title = words("trend.title", n=len(trend.values), values=", ".join(parts))
    return sparkline(trend.values, trend.breaks, title)


def _rows(comparison: Comparison | None, *, loud: bool) -> list[ComparedRow]:
    """The rows that show a difference, what got worse first; or the others, in order."""
    rows = [row for row in comparison.rows if (row.verdict in _LOUD) == loud] if comparison else []
    return sorted(rows, key=lambda row: _LOUD.index(row.verdict)) if loud else rows


def _kappas(run: Run) -> Mapping[str, float]:
    return {measure.measure: measure.kappa for _, measure in run.rows() if measure.kappa is not None}


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update({name: getattr(figures, name) for name in ("figure", "number", "duration", "moment")})
    environment.globals.update(span=figures.span, difference=figures.difference, arrows=ARROWS, signs=SIGNS)
    return environment
