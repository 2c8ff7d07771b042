"""Stories and press releases from public libraries: quotes exact, nothing invented, no part of a release missing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import empty_workspace
from evals.bench.table import Row
from evals.bench.templates import Written, ask
from evals.cases import Case
from evals.public.libraries import entry_lines, import_folder
from evals.public.stories import Story, case_of, import_stories, read_stories
from evals.scorers.eyes.pages import pages
from evals.scorers.eyes.texts import letters
from evals.scorers.support import held
from evals.subjects.here import Here
from evals.subjects.scripted import model_of

STORIES = 12
"""Stories of the set that are drafted, evenly apart."""

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")


def stories(bench: Bench) -> Iterator[Row]:
    """Success stories from user stories kept as YAML: facts about the project, paragraphs, quotes."""
    assert bench.data is not None
    told = read_stories(bench.data / "jenkins_stories" / "stories", STORIES)
    with empty_workspace(progress=bench.progress) as workspace, tempfile.TemporaryDirectory() as folder:
        import_stories(workspace, told, Path(folder) / "stories")
        done = _asked(bench, workspace, [case_of(story) for story in told])
    yield from _quotes(told, done)
    yield from _invented("stories", done)


def releases(bench: Bench) -> Iterator[Row]:
    """Press releases of a public library, each written anew from what the library says of its news."""
    assert bench.data is not None
    with empty_workspace(progress=bench.progress) as workspace:
        import_folder(workspace, bench.data / "gitlab_messaging")
        news = [e for e in entry_lines(workspace.library) if e.kind == "milestone" and _DAY.search(e.id)]
        cases = [_release(entry.id, entry.title) for entry in news]
        done = _asked(bench, workspace, cases)
    for part, name in (("lead", "dateline"), ("boilerplate", "boilerplate"), ("contact", "media contact")):
        there = [item for item in done if _there(item, part)]
        missing = ", ".join(item.case.id for item in done if item not in there)
        yield Row(f"releases: {name} present", len(there) / max(1, len(done)), "", goal="≥ 1", n=len(done),
                  note=missing)  # fmt: skip
    yield from _invented("releases", done)


def _asked(bench: Bench, workspace: Workspace, cases: Sequence[Case]) -> list[Written]:
    model = bench.settings.text("model") or "local"
    subject = Here(workspace, model_of(model, bench.settings, bench.progress))
    return [ask(subject, case, bench) for case in cases]


def _release(entry_id: str, title: str) -> Case:
    day = _DAY.search(entry_id)
    given = {"subject": title, "date": day[1] if day else "2026-12-01", "city": "San Francisco"}
    brief = {"template": "press_release", "inputs": given}
    return Case(f"release-{entry_id}", "en", "news of a public library", brief, source="public library")


def _there(item: Written, section: str) -> bool:
    """True when the section says something; a lead must begin with its city and date."""
    said = [page.text for page in pages(item.answer.document) if page.section == section] if not item.error else []
    if section != "lead" or not said:
        return bool(said)
    year = item.case.ask["inputs"]["date"][:4]
    begins = said[0][:60]
    return item.case.ask["inputs"]["city"].casefold() in begins.casefold() and year in begins


def _quotes(told: Sequence[Story], done: Sequence[Written]) -> Iterator[Row]:
    """Each quotation of a story against the quotes of its file, letter by letter."""
    exact, all_, wrong = 0, 0, []
    with_quote = 0
    for story, item in zip(told, done, strict=True):
        known = [letters(quote.text) for quote in story.quotes]
        said = [p.text for p in pages(item.answer.document) if p.role == "quote"] if not item.error else []
        with_quote += bool(said)
        for text in said:
            all_ += 1
            right = any(quote in letters(text) for quote in known)
            exact += right
            wrong += [] if right else [f"{story.id}: {text[:60]}"]
    yield Row("stories: quotes exact", exact / max(1, all_), "", goal="≥ 1", n=all_, note="; ".join(wrong))
    yield Row("stories: with a quote", with_quote / max(1, len(done)), "", n=len(done))


def _invented(name: str, done: Sequence[Written]) -> Iterator[Row]:
    looked = [(item, one) for item in done if not item.error for one in held(item.case, item.answer)]
    for kind in ("figures", "dates", "names", "quotes"):
        wrong = [f"{item.case.id}: {one.text}" for item, one in looked if one.kind == kind and not one.right]
        yield Row(f"{name}: invented {kind}", len(wrong), "", goal="≤ 0" if kind in ("figures", "quotes") else "",
                  n=sum(one.kind == kind for _, one in looked), note="; ".join(wrong[:6]))  # fmt: skip
    silent = sum(bool(item.gaps) for item in done)
    failed = [item.case.id for item in done if item.error]
    yield Row(f"{name}: drafts with a gap", silent, "", n=len(done), note=", ".join(failed))
