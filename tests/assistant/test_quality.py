"""Quality over time, from drafts as they were written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.brief import Brief
from assistant.draft import Claim, Draft, Paragraph, Section
from assistant.quality import Quality, eval_runs, grouped, over_time
from assistant.settings import load_settings
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Span

MONDAY, TUESDAY, NEXT = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 3, 9))


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    workspace, _ = Workspace.create(load_settings())
    return workspace


def keep(
    workspace: Workspace, name: str, at: datetime, verdicts: Sequence[str], *, template: str = "success_story",
    model: str = "local", act: str = "written", after: int = 0,
) -> Draft:  # fmt: skip
    claims = [Claim(f"c{n}", "p1", Span(0, 1), "5", "quantity", verdict) for n, verdict in enumerate(verdicts)]
    sections = (Section("s", "", (Paragraph("p1", "5"),)),)
    draft = Draft(name, template, "en", "public", title=name, sections=sections, claims=tuple(claims), model=model)
    return workspace.drafts.save(draft, Brief(template, locale="en"), [], at, after=after, act=act)


def test_a_week_counts_claims_without_a_source(empty: Workspace) -> None:
    keep(empty, "d-1", MONDAY, ["supported", "supported", "unsupported", "not_checked"])
    keep(empty, "d-2", TUESDAY, ["contradicted"])
    keep(empty, "d-3", NEXT, ["supported"])
    first, second = over_time(Quality(empty.database, empty.name).measured())
    assert (first.name, first.drafts, first.claims, first.wrong, first.rate) == ("2026-03-02", 2, 4, 2, 0.5)
    assert [case.draft_id for case in first.cases] == ["d-1", "d-2"]
    assert (second.name, second.rate) == ("2026-03-09", 0.0)


def test_what_a_person_mended_makes_it_no_better(empty: Workspace) -> None:
    draft = keep(empty, "d-1", MONDAY, ["unsupported"])
    keep(empty, draft.id, TUESDAY, ["supported"], act="edited", after=1)
    (point,) = over_time(Quality(empty.database, empty.name).measured())
    assert (point.drafts, point.wrong) == (1, 1)


def test_groups_have_the_worst_first(empty: Workspace) -> None:
    keep(empty, "d-1", MONDAY, ["supported"], model="large")
    keep(empty, "d-2", MONDAY, ["unsupported", "supported"], model="small", template="qa_answer")
    measured = Quality(empty.database, empty.name).measured()
    assert [(point.name, point.rate) for point in grouped(measured, "model")] == [("small", 0.5), ("large", 0.0)]
    assert [point.name for point in grouped(measured, "template")] == ["qa_answer", "success_story"]
    with pytest.raises(InputError, match="template, model, locale"):
        grouped(measured, "title")


def test_only_what_was_asked_for_is_looked_at(empty: Workspace) -> None:
    keep(empty, "d-1", MONDAY, ["supported"], model="large")
    keep(empty, "d-2", NEXT, ["supported"], model="small")
    quality = Quality(empty.database, empty.name)
    assert [one.draft_id for one in quality.measured(since=date(2026, 3, 9))] == ["d-2"]
    assert [one.draft_id for one in quality.measured(until=date(2026, 3, 2))] == ["d-1"]
    assert [one.draft_id for one in quality.measured(model="small")] == ["d-2"]
    assert quality.measured(locale="zh-CN") == []


def test_a_workspace_sees_its_own_drafts_only(empty: Workspace) -> None:
    keep(empty, "d-1", MONDAY, ["supported"])
    settings = replace(empty.settings, values={**empty.settings.values, "workspace": "other"})
    other, _ = Workspace.create(settings)
    assert Quality(other.database, other.name).measured() == []


def test_a_point_without_claims_has_no_rate(empty: Workspace) -> None:
    keep(empty, "d-1", MONDAY, [])
    (point,) = over_time(Quality(empty.database, empty.name).measured())
    assert point.rate is None


def test_eval_runs_that_are_done_and_can_be_read(tmp_path: Path) -> None:
    def run(name: str, text: str) -> None:
        folder = tmp_path / "evals" / name
        folder.mkdir(parents=True)
        (folder / "run.json").write_text(text, encoding="utf-8")

    whole = {"status": "done", "begun": "2026-03-02T09:00:00Z", "variants": [{"model": "local"}, {"model": "local"}],
             "suites": [{"suite": "drafting"}]}  # fmt: skip
    run("20260302-090000-0001", json.dumps(whole))
    run("20260303-090000-0002", json.dumps({**whole, "status": "partial"}))
    run("20260304-090000-0003", "{")
    run("20260305-090000-0004", "[]")
    (tmp_path / "evals" / "20260302-090000-0001" / "report.html").write_text("<p>", encoding="utf-8")
    (found,) = eval_runs(tmp_path)
    assert (found.id, found.models, found.suites) == ("20260302-090000-0001", ("local",), ("drafting",))
    assert found.report is not None
