"""Documents that come with a brief: cut into pieces with their headings, numbered only when something rests on them."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace
from knowledge.sample import FOLDER

INPUTS = FOLDER / "inputs"
FORMS = "post, titles, blurb, mail, answer, script"


def repurposed(workspace: Workspace, language: str, formats: str = FORMS) -> Draft:
    piece = (INPUTS / f"water-article.{language}.md").read_text(encoding="utf-8")
    locale = "zh-CN" if language == "zh" else "en"
    return workspace.draft(Brief("repurpose", {"piece": piece, "formats": formats}, locale))


def said(draft: Draft, section: str) -> str:
    return "\n".join(p.text for s in draft.sections if s.id == section for p in s.paragraphs)


def test_a_piece_has_its_headings_in_text_and_locator_and_the_title_of_the_document(sample: Workspace) -> None:
    draft = repurposed(sample, "zh")
    pieces = [e for e in draft.evidence if e.origin == "input"]
    assert {piece.title for piece in pieces} == {"58 座泵站，一本说得清的电费账"}
    results = next(piece for piece in pieces if "0.36" in piece.text)
    assert "八个月后的账" in results.locator
    assert results.text.startswith("## 八个月后的账\n")


def test_a_heading_is_no_sentence_of_a_text(sample: Workspace) -> None:
    draft = repurposed(sample, "zh")
    assert "#" not in "\n".join(p.text for _, p in draft.paragraphs())
    assert "各自为政的泵站" not in said(draft, "post")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_form_tells_the_result_and_rests_on_the_piece_alone(sample: Workspace, language: str) -> None:
    draft = repurposed(sample, language)
    assert not draft.has_errors
    assert not [p for _, p in draft.paragraphs() if p.gap]
    for form in ("post", "blurb", "mail", "answer_text"):
        assert "0.36" in said(draft, form)
    sources = {e.id: e for e in draft.evidence}
    assert {sources[c].origin for _, p in draft.paragraphs() for c in p.citations} == {"input", "brief"}


def test_only_the_forms_asked_for(sample: Workspace) -> None:
    assert [s.id for s in repurposed(sample, "en", "blurb, titles").sections] == ["titles", "blurb"]


def test_pieces_that_nothing_rests_on_are_no_evidence(sample: Workspace) -> None:
    report = (INPUTS / "downtime-report.zh.md").read_text(encoding="utf-8") * 8
    draft = sample.draft(Brief("report_analysis", {"report": report}))
    kept = [e for e in draft.evidence if e.origin == "input"]
    assert sum(len(e.text) for e in kept) < len(report) / 2


def test_without_sources_the_lists_ask_for_what_is_missing(sample: Workspace) -> None:
    draft = sample.draft(Brief("industry_insight", {"industry": "设备运维", "goal": "enter"}))
    for section in ("reports", "books"):
        last = next(s for s in draft.sections if s.id == section).paragraphs[-1]
        assert last.gap
        assert last.text.startswith("待查找")
    assert not draft.has_errors


def test_what_the_brief_says_does_not_repeat_its_document(sample: Workspace) -> None:
    report = (INPUTS / "downtime-report.zh.md").read_text(encoding="utf-8")
    draft = sample.draft(Brief("report_analysis", {"report": report, "purpose": "写文章"}))
    assert max(len(e.text) for e in draft.evidence if e.origin == "brief") < 200
    assert "purpose: 写文章" in [e.text for e in draft.evidence]
