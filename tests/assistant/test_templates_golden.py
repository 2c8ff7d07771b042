"""Every template in both languages, drafted from its golden brief on the sample library by two stand-ins for a model:
the whole is there, in order, carried by sources, and not held back.

The briefs are those of the evaluation (`evals/golden/drafting.jsonl`). The stand-ins do not translate: where a section
is a translation, a model that answers with the approved one takes their place.
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
from evals.cases import Case
from evals.scorers.phrases import first, written
from evals.subjects.scripted import SourcesModel
from evals.subjects.translating import ApprovedTranslation
from evals.suites.drafting import own_briefs, text_of_input
from knowledge.domain.finding import Severity
from prompts.loader import Templates
from prompts.rendering import names_in
from prompts.section import TemplateSection
from prompts.template import Template

TODAY = "2026-11-20T09:00:00Z"
LOCALES = ("zh-CN", "en")
LEAST_FACTS = 0.5
"""Of one draft by a stand-in that composes the least; over all drafts `koujing bench templates` asks for 80%."""

TEMPLATES = Templates()
TRANSLATED = frozenset(
    t.template.id for t in TEMPLATES.all() if any(s.write == "translate" for s in t.template.sections)
)


def model_of(name: str, case: Case) -> LanguageModel:
    made: dict[str, LanguageModel] = {"scripted": SourcesModel(), "extractive": ExtractiveModel()}
    if name in made:
        return made[name]
    return ApprovedTranslation(case.expect["approved"].split("\n\n"))


DRAFTS = [
    (template_id, locale, model)
    for template_id in TEMPLATES.ids
    for locale in LOCALES
    for model in (["translator"] if template_id in TRANSLATED else ["scripted", "extractive"])
]
every_brief = pytest.mark.parametrize(("template_id", "locale"), [(t, lo) for t in TEMPLATES.ids for lo in LOCALES])
every_draft = pytest.mark.parametrize(("template_id", "locale", "model"), DRAFTS)


@cache
def cases() -> dict[tuple[str, str], Case]:
    return own_briefs()


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
def written_before(workspace: Workspace) -> dict[tuple[str, str, str], Draft]:
    """The drafts that were asked for so far."""
    return {}


@pytest.fixture
def draft(
    workspace: Workspace,
    written_before: dict[tuple[str, str, str], Draft],
    template_id: str,
    locale: str,
    model: str,
) -> Draft:
    """The draft of the template's brief, written once."""
    key = template_id, locale, model
    if key not in written_before:
        case = case_of(template_id, locale)
        loaded = workspace.templates.get(template_id)
        written_before[key], _ = workspace.drafter(model_of(model, case)).write(brief_of(case), loaded, "golden")
    return written_before[key]


@every_brief
def test_the_brief_is_complete(workspace: Workspace, template_id: str, locale: str) -> None:
    brief = brief_of(case_of(template_id, locale))
    template = workspace.templates.get(template_id).template
    assert [q.input for q in open_questions(brief, template, workspace.library)] == []


def wanted(template: Template, brief: Brief) -> list[TemplateSection]:
    return [section for section in template.sections if section.wanted(brief.inputs)]


@every_draft
def test_every_section_is_there_in_its_order(draft: Draft, template_id: str, locale: str, model: str) -> None:
    brief = brief_of(case_of(template_id, locale))
    template = TEMPLATES.get(template_id).template
    there = [section.id for section in draft.sections]
    order = [section.id for section in reader_of(brief, template).ordered(wanted(template, brief), template)]
    assert there == [section_id for section_id in order if section_id in there]
    if locale == "zh-CN":
        assert order == [section.id for section in wanted(template, brief)], "Chinese readers take the template's order"
    may_lack = {s.id for s in wanted(template, brief) if s.optional or (s.write == "brief" and not s.gap.zh)}
    assert set(order) - set(there) <= may_lack
    assert all(section.paragraphs for section in draft.sections)


@every_draft
def test_every_paragraph_rests_on_known_evidence_or_is_a_gap(
    draft: Draft, template_id: str, locale: str, model: str
) -> None:
    known = {evidence.id for evidence in draft.evidence}
    loose = [p.text for _, p in draft.paragraphs() if not p.gap and (not p.citations or set(p.citations) - known)]
    assert loose == []
    assert [p.text for _, p in draft.paragraphs() if p.gap and p.citations] == []


@every_draft
def test_there_is_no_gap_but_those_the_case_names(draft: Draft, template_id: str, locale: str, model: str) -> None:
    case = case_of(template_id, locale)
    template = TEMPLATES.get(template_id).template
    allowed = {*case.expect.get("gaps", ()), *(s.id for s in template.sections if s.optional or is_left_open(s, case))}
    # A cell of a comparison that says "not known" is an answer.
    gaps = {section.id for section, paragraph in draft.paragraphs() if paragraph.gap and paragraph.cell is None}
    assert gaps - allowed == set()


def is_left_open(section: TemplateSection, case: Case) -> bool:
    """True for a section that only says what the brief says, when this brief says nothing of it."""
    return section.write == "brief" and not names_in(section.text.en) & set(case.ask["inputs"])


@every_draft
def test_nothing_holds_it_back(draft: Draft, template_id: str, locale: str, model: str) -> None:
    texts = {p.id: p.text for _, p in draft.paragraphs()}
    errors = [f for f in draft.findings if f.severity is Severity.ERROR]
    assert [(f.check, f.message, texts.get(f.paragraph or "", "")) for f in errors] == []


@every_draft
def test_it_says_what_a_good_draft_says(draft: Draft, template_id: str, locale: str, model: str) -> None:
    expect = case_of(template_id, locale).expect
    text = written(draft.to_json())
    facts = expect.get("facts", ())
    missing = [forms for forms in facts if not first(list(forms), text)]
    strict = any(part.strict for section in TEMPLATES.get(template_id).template.sections for part in section.parts)
    if model == "extractive" or not strict:  # the stand-in fills a fixed length with whichever sentences it met first
        assert len(missing) <= (1 - LEAST_FACTS) * len(facts) + 1e-9, f"missing: {missing}"
    said = [name for name in expect.get("unsaid", ()) if name in text]
    assert said == []
    filled = {s.id for s, p in draft.paragraphs() if not p.gap}
    assert set(expect.get("filled", ())) - filled == set()


@pytest.mark.parametrize("template_id", sorted(TRANSLATED))
@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_model_a_translation_is_a_gap(workspace: Workspace, template_id: str, locale: str) -> None:
    loaded = workspace.templates.get(template_id)
    brief = brief_of(case_of(template_id, locale))
    draft, _ = workspace.drafter(ExtractiveModel()).write(brief, loaded, "golden")
    translated = {s.id for s in loaded.template.sections if s.write == "translate"}
    assert {s.id for s, p in draft.paragraphs() if p.gap} >= translated
    assert not draft.has_errors
