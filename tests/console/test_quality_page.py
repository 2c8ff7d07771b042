"""The quality page: points that open their drafts, filters, usage, eval runs of the installation's own workspace."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from library_console import People, Reader, serve

from api.access.invitations import Invitations, accept
from api.access.people import Persons
from api.console.catalogue import Wording
from assistant.brief import Brief
from assistant.draft import Claim, Draft, Paragraph, Section, Usage
from assistant.usage import UsageBook
from assistant.workspace import Workspace
from knowledge.domain.finding import Span

RUN = "20261120-090000-ab12"


@pytest.fixture
def people(sample: Workspace) -> Iterator[People]:
    with serve(sample) as client:
        yield People(sample, client)


def keep(workspace: Workspace, name: str, verdicts: Sequence[str], *, days: int = 0, template: str = "success_story",
         model: str = "local", locale: str = "en") -> None:  # fmt: skip
    """A draft as a model wrote it `days` ago."""
    claims = tuple(Claim(f"c{n}", "p1", Span(0, 1), "5", "quantity", verdict) for n, verdict in enumerate(verdicts))
    sections = (Section("s", "", (Paragraph("p1", "5"),)),)
    draft = Draft(
        name, template, locale, "public", title=f"<b>{name}</b>", sections=sections, claims=claims, model=model
    )
    at = workspace.settings.now() - timedelta(days=days)
    workspace.drafts.save(draft, Brief(template, locale=locale), [], at, after=0, act="written")


def eval_run(home: Path) -> None:
    folder = home / "evals" / RUN
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<h1>report</h1>", encoding="utf-8")
    document = {
        "status": "done",
        "begun": "2026-11-20T09:00:00Z",
        "variants": [{"model": "local"}],
        "suites": [{"suite": "golden"}],
    }
    (folder / "run.json").write_text(json.dumps(document), encoding="utf-8")


def weeks(html: str) -> list[str]:
    """The addresses of the points of the chart."""
    return [unescape(found) for found in re.findall(r'<a href="(/quality\?[^"]*week=[^"]*)"', html)]


def test_a_point_opens_its_drafts_the_worst_first(people: People, sample: Workspace) -> None:
    keep(sample, "d-good", ["supported"], days=21)
    keep(sample, "d-middling", ["supported", "unsupported"])
    keep(sample, "d-bad", ["unsupported", "contradicted"])
    viewer = people.reader("viewer")
    whole = viewer.get("/quality").text
    assert len(weeks(whole)) == 2
    assert "/drafts/d-bad" not in whole
    page = viewer.get(weeks(whole)[-1].partition("#")[0]).text
    assert page.index("/drafts/d-bad") < page.index("/drafts/d-middling")
    assert "/drafts/d-good" not in page
    assert "<b>d-bad" not in page


def test_filters_leave_the_rest_out(people: People, sample: Workspace) -> None:
    keep(sample, "d-1", ["unsupported"], model="small")
    keep(sample, "d-2", ["supported"], model="large", template="qa_answer", locale="zh-CN")
    keep(sample, "d-old", ["supported"], days=60, model="large")
    viewer = people.reader("viewer", "en")
    assert "1 / 3 Claims" in viewer.get("/quality").text
    assert "1 / 2 Claims" in viewer.get("/quality?days=30").text
    assert "1 / 1 Claims" in viewer.get("/quality?model=small").text
    assert "0 / 1 Claims" in viewer.get("/quality?locale=zh-CN").text
    assert "0 / 1 Claims" in viewer.get("/quality?template=qa_answer").text
    nothing = viewer.get("/quality?template=qa_answer&model=small").text
    assert Wording("en")("quality.empty") in nothing
    assert "/drafts/new" not in nothing
    assert all("model=large" in address for address in weeks(viewer.get("/quality?model=large").text))


@pytest.mark.parametrize("query", ["days=many", "week=soon", f"template={'x' * 99}"])
def test_a_query_that_is_none_is_answered_with_a_page(people: People, query: str) -> None:
    answer = people.reader("viewer").get(f"/quality?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")


def test_where_nothing_was_written_the_page_says_how_to_begin(people: People) -> None:
    page = people.reader("author", "en").get("/quality").text
    for word in ("empty", "usage_empty", "runs_empty"):
        assert Wording("en")(f"quality.{word}") in page
    assert 'href="/drafts/new"' in page


def test_usage_is_summed_by_model(people: People, sample: Workspace) -> None:
    book, now = UsageBook(sample.database, sample.name), sample.settings.now()
    for tokens in (1200, 300):
        usage = Usage(calls=2, prompt_tokens=tokens, completion_tokens=100, seconds=3.0)
        book.add(usage, now, act="draft", model="local", actor="p-anna", template="success_story")
    page = people.reader("viewer", "en").get("/quality").text
    assert "1,700" in page
    assert Wording("en")("quality.cost_unknown") in page


def test_eval_runs_belong_to_the_installations_own_workspace(people: People, sample: Workspace) -> None:
    eval_run(sample.settings.home)
    viewer = people.reader("viewer")
    assert RUN in viewer.get("/quality").text
    report = viewer.get(f"/quality/runs/{RUN}/report")
    assert report.status_code == 200
    assert "attachment" in report.headers["content-disposition"]
    assert "sandbox" in report.headers["content-security-policy"]

    other, _ = Workspace.create(replace(sample.settings, values={**sample.settings.values, "workspace": "other"}))
    with other:
        now = sample.settings.now()
        token = Invitations(other.database, "other").member("admin", "", "test", now)
        _, signed_in = accept(Persons(other.database), token, "other", "other", "correct horse battery", now)
    theirs = Reader(people._client, signed_in, "zh")
    assert RUN not in theirs.get("/quality").text
    assert theirs.get(f"/quality/runs/{RUN}/report").status_code == 404


@pytest.mark.parametrize("name", ["..", "20261120-090000-ffff", "x" * 200])
def test_there_is_no_report_of_another_run(people: People, sample: Workspace, name: str) -> None:
    eval_run(sample.settings.home)
    assert people.reader("viewer").get(f"/quality/runs/{name}/report").status_code == 404
