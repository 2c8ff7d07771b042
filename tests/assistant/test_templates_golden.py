"""Every template in both languages, drafted from its golden brief on the sample library by two stand-ins for a model:
the whole is there, in order, carried by sources, and not held back.

The briefs are those of the evaluation (`evals/golden/drafting.jsonl`): the first of each template and language.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assistant.brief import Brief, brief_from_json
from assistant.draft import Draft
from assistant.gateway.extractive import ExtractiveModel
from assistant.gateway.port import LanguageModel
from assistant.interview import open_questions
from assistant.readers import reader_of
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.cases import Case, golden
from evals.scorers.phrases import first, written
from evals.subjects.scripted import SourcesModel
from evals.suites.drafting import text_of_input
from knowledge.domain.finding import Severity
from prompts.loader import Templates

TODAY = "2026-11-20T09:00:00Z"
MODELS: dict[str, type[LanguageModel]] = {"scripted": SourcesModel, "extractive": ExtractiveModel}
LEAST_FACTS = 0.8

TEMPLATES = Templates().ids
LOCALES = ("zh-CN", "en")
every_draft = pytest.mark.parametrize("model", sorted(MODELS))
every_template = pytest.mark.parametrize("template_id", TEMPLATES)
every_locale = pytest.mark.parametrize("locale", LOCALES)


@cache
def cases() -> dict[tuple[str, str], Case]:
    """The first golden case of each template and locale."""
    found: dict[tuple[str, str], Case] = {}
    for case in golden("drafting"):
        found.setdefault((case.ask["template"], case.locale), case)
    return found


def case_of(template_id: str, locale: str) -> Case:
    case = cases().get((template_id, locale))
    assert case is not None, f"evals/golden/drafting.jsonl has no brief for {template_id} in {locale}"
    return case


def brief_of(case: Case) -> Brief:
    inputs = {name: text_of_input(value) for name, value in case.ask["inputs"].items()}
    return brief_from_json({**case.ask, "inputs": inputs, "locale": case.locale})


@pytest.fixture(scope="module")
def workspace(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample library on a fixed day. Nothing is kept in it: one serves all."""
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("golden") / "home"))
    settings = load_settings({"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive", "KOUJING_NOW": TODAY})
    with Workspace.open(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def drafts(workspace: Workspace) -> dict[tuple[str, str, str], Draft]:
    """The drafts that were asked for so far."""
    return {}


@pytest.fixture
def draft(
    workspace: Workspace, drafts: dict[tuple[str, str, str], Draft], template_id: str, locale: str, model: str
) -> Draft:
    """The draft of the template's brief, written once."""
    key = template_id, locale, model
    if key not in drafts:
        loaded = workspace.templates.get(template_id)
        drafts[key], _ = workspace.drafter(MODELS[model]()).write(
            brief_of(case_of(template_id, locale)), loaded, "golden"
        )
    return drafts[key]


@every_template
@every_locale
def test_the_brief_is_complete(workspace: Workspace, template_id: str, locale: str) -> None:
    brief = brief_of(case_of(template_id, locale))
    template = workspace.templates.get(template_id).template
    assert [q.input for q in open_questions(brief, template, workspace.library)] == []


@every_template
@every_locale
@every_draft
def test_every_section_is_there_in_its_order(draft: Draft, template_id: str, locale: str, model: str) -> None:
    brief = brief_of(case_of(template_id, locale))
    template = Templates().get(template_id).template
    wanted = [section for section in template.sections if section.wanted(brief.inputs)]
    there = [section.id for section in draft.sections]
    order = [section.id for section in reader_of(brief, template).ordered(wanted, template)]
    assert there == [section_id for section_id in order if section_id in there]
    may_lack = {s.id for s in wanted if s.optional or (s.write == "brief" and not s.gap.zh)}
    assert set(order) - set(there) <= may_lack
    assert all(section.paragraphs for section in draft.sections)


@every_template
@every_locale
@every_draft
def test_every_paragraph_rests_on_known_evidence_or_is_a_gap(
    draft: Draft, template_id: str, locale: str, model: str
) -> None:
    known = {evidence.id for evidence in draft.evidence}
    loose = [p.text for _, p in draft.paragraphs() if not p.gap and (not p.citations or set(p.citations) - known)]
    assert loose == []
    assert [p.text for _, p in draft.paragraphs() if p.gap and p.citations] == []


@every_template
@every_locale
@every_draft
def test_there_is_no_gap_but_those_the_case_names(draft: Draft, template_id: str, locale: str, model: str) -> None:
    template = Templates().get(template_id).template
    allowed = set(case_of(template_id, locale).expect.get("gaps", ()))
    # A cell of a comparison that says "not known" is an answer.
    gaps = {s.id for s, p in draft.paragraphs() if p.gap and p.cell is None and not template.section(s.id).optional}
    assert gaps - allowed == set()


@every_template
@every_locale
@every_draft
def test_nothing_holds_it_back(draft: Draft, template_id: str, locale: str, model: str) -> None:
    texts = {p.id: p.text for _, p in draft.paragraphs()}
    errors = [f for f in draft.findings if f.severity is Severity.ERROR]
    assert [(f.check, f.message, texts.get(f.paragraph or "", "")) for f in errors] == []


@every_template
@every_locale
@every_draft
def test_it_says_what_a_good_draft_says(draft: Draft, template_id: str, locale: str, model: str) -> None:
    expect = case_of(template_id, locale).expect
    text = written(draft.to_json())
    facts = expect.get("facts", ())
    missing = [forms for forms in facts if not first(list(forms), text)]
    assert len(missing) <= (1 - LEAST_FACTS) * len(facts) + 1e-9, f"missing: {missing}"
    said = [name for name in expect.get("unsaid", ()) if name in text]
    assert said == []
    filled = {s.id for s, p in draft.paragraphs() if not p.gap}
    assert set(expect.get("filled", ())) - filled == set()
