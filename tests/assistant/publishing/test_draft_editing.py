"""Changing a draft by hand: only what changed is checked again, nothing else moves, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.brief import Brief, Nobody
from assistant.draft import Draft, Paragraph, draft_from_json
from assistant.publishing.editing import LONGEST, written_text
from assistant.publishing.kept import finding_ids, kept_findings
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel
from knowledge.domain.errors import Conflict, InputError, NotFound

TITLE = "电梯维保：故障平均响应时间由 95 分钟降至 38 分钟"


def paragraph(draft: Draft, paragraph_id: str) -> Paragraph:
    return next(p for _, p in draft.paragraphs() if p.id == paragraph_id)


def others(draft: Draft, paragraph_id: str) -> list[object]:
    """Everything of the other paragraphs."""
    return [
        *(p for _, p in draft.paragraphs() if p.id != paragraph_id),
        *(c for c in draft.claims if c.paragraph != paragraph_id),
    ]


def number(draft: Draft, check: str) -> int:
    return next(i for i, finding in enumerate(draft.findings) if finding.check == check)


def test_an_edit_is_a_new_version_by_a_person(sample: Workspace, story: Draft) -> None:
    edited = sample.edit(story.id, "p1", f"  {TITLE}\r\n", by="bob", after=1)
    assert (edited.version, edited.title, paragraph(edited, "p1").text) == (2, TITLE, TITLE)
    assert paragraph(edited, "p1").by == "person"
    assert others(edited, "p1") == others(story, "p1")
    assert sample.drafts.get(story.id) == edited
    assert sample.drafts.get(story.id, 1) == story
    [_, last] = sample.versions(story.id)
    assert (last["created_by"], last["act"], last["version"]) == ("bob", "edited", 2)
    assert sum(last["counts"]["claims"].values()) == len(edited.claims)


def test_a_wrong_figure_is_found_and_only_there(sample: Workspace, story: Draft) -> None:
    was = paragraph(story, "p6").text
    edited = sample.edit(story.id, "p6", was.replace("由 95 分钟降至 38 分钟", "由 95 分钟降至 35 分钟"), by="bob")
    assert [(f.check, f.paragraph) for f in edited.findings] == [("number_contradicted", "p6")]
    assert others(edited, "p6") == others(story, "p6")
    again = sample.edit(story.id, "p6", was, by="bob")
    assert again.findings == ()


def test_a_source_of_the_draft_that_carries_new_words_is_cited(sample: Workspace, story: Draft) -> None:
    [of_p6] = paragraph(story, "p6").citations
    text = paragraph(story, "p4").text + "二次上门率由 31% 降至 12%。"
    edited = sample.edit(story.id, "p4", text, by="bob")
    assert paragraph(edited, "p4").citations == (*paragraph(story, "p4").citations, of_p6)
    assert not edited.has_errors


def test_given_citations_stand(sample: Workspace, story: Draft) -> None:
    text = paragraph(story, "p4").text
    edited = sample.edit(story.id, "p4", text, by="bob", citations=["S1"])
    assert paragraph(edited, "p4").citations == ("S1",)
    assert edited.findings
    with pytest.raises(InputError, match="no source 'S99'; it has S1"):
        sample.edit(story.id, "p4", text, by="bob", citations=["S99"])


def test_the_same_words_are_no_new_version(sample: Workspace, story: Draft) -> None:
    assert sample.edit(story.id, "p4", paragraph(story, "p4").text, by="bob").version == 1


def test_the_last_paragraph_of_a_section_leaves_its_gap_and_the_gap_is_filled(sample: Workspace, story: Draft) -> None:
    was = paragraph(story, "p4")
    emptied = sample.edit(story.id, "p4", " \n ", by="bob")
    gap = paragraph(emptied, "p4")
    assert (gap.gap, gap.citations) == (True, ())
    assert gap.text != was.text
    assert not [c for c in emptied.claims if c.paragraph == "p4"]
    with pytest.raises(Conflict, match="write what is missing"):
        sample.edit(story.id, "p4", "", by="bob")
    with pytest.raises(InputError, match="write what is missing"):
        sample.edit(story.id, "p4", gap.text, by="bob")
    filled = paragraph(sample.edit(story.id, "p4", was.text, by="bob"), "p4")
    assert (filled.gap, filled.text, filled.citations) == (False, was.text, was.citations)


def test_one_of_several_paragraphs_goes_and_an_optional_section_with_its_last(sample: Workspace, story: Draft) -> None:
    edited = sample.edit(story.id, "p3", "", by="bob")
    assert [p.id for p in edited.sections[1].paragraphs] == ["p2"]
    edited = sample.edit(story.id, "p7", "", by="bob")
    assert [section.id for section in edited.sections] == [section.id for section in story.sections[:-1]]
    assert edited.findings == ()


def test_a_sentence_without_source_is_the_persons_own(sample: Workspace, story: Draft) -> None:
    """What nothing carries may stand with a reason, as long as nothing in it can be wrong."""
    sample.edit(story.id, "p4", "", by="bob")
    filled = sample.edit(story.id, "p4", "感谢客户和一线维保工的信任与配合，也感谢每一位乘客的耐心。", by="bob")
    assert not filled.has_errors
    kept = sample.keep(story.id, number(filled, "citation_missing"), "a word of thanks", by="bob")
    assert not kept.has_errors
    wrong = sample.edit(story.id, "p4", "感谢 5,000 位维保工。", by="bob")
    assert wrong.has_errors


@pytest.mark.parametrize("text", ["nul\x00", "bell\x07", "\ud800", "\x1b[31mred", "x" * (LONGEST + 1)])
def test_texts_that_cannot_be_kept(sample: Workspace, story: Draft, text: str) -> None:
    with pytest.raises(InputError):
        sample.edit(story.id, "p4", text, by="bob")
    assert sample.status(story.id).version == 1


def test_line_breaks_and_emoji_stay() -> None:
    assert written_text(" 一\r\n\r\n  二 👩‍💻\t三\u2028四 ") == "一\n二 👩‍💻\t三\n四"


def test_somebody_else_was_faster(sample: Workspace, story: Draft) -> None:
    sample.edit(story.id, "p1", TITLE, by="carol", after=1)
    acts: tuple[Callable[[], Draft], ...] = (
        lambda: sample.edit(story.id, "p4", "x", by="bob", after=1),
        lambda: sample.restore(story.id, 1, by="bob", after=1),
        lambda: sample.recheck(story.id, by="bob", after=1),
        lambda: sample.regenerate(story.id, "solution", by="bob", after=1),
    )
    for act in acts:
        with pytest.raises(Conflict, match="newer version 2, made by carol"):
            act()
    assert sample.status(story.id).version == 2


def test_what_is_not_there(sample: Workspace, story: Draft) -> None:
    with pytest.raises(NotFound, match="no paragraph 'p99'"):
        sample.edit(story.id, "p99", "x", by="bob")
    for finding in (0, -1, "f0000000000", "p1.c99"):
        with pytest.raises(NotFound, match="0 findings"):
            sample.mend(story.id, finding, by="bob")
    with pytest.raises(NotFound, match="no section 'nothing'"):
        sample.regenerate(story.id, "nothing", by="bob")
    with pytest.raises(NotFound, match="no version 7"):
        sample.restore(story.id, 7, by="bob")


def test_an_open_draft_has_nothing_to_edit(sample: Workspace) -> None:
    asked = sample.draft(Brief("success_story"))
    with pytest.raises(Conflict, match="open questions"):
        sample.edit(asked.id, "p1", "x", by="bob")


@pytest.mark.parametrize("by_id", [False, True])
def test_a_mend_puts_what_is_right_in_its_place(sample: Workspace, story: Draft, by_id: bool) -> None:
    was = paragraph(story, "p6").text
    wrong = sample.edit(story.id, "p6", was.replace("二次上门率", "申特电梯的二次上门率"), by="bob")
    at = next(i for i, f in enumerate(wrong.findings) if f.check == "customer_not_permitted" and f.span)
    mended = sample.mend(story.id, finding_ids(wrong)[at] if by_id else at, by="carol")
    assert "申特" not in paragraph(mended, "p6").text
    assert "customer_not_permitted" not in {f.check for f in mended.findings}
    assert sample.versions(story.id)[-1]["act"] == "mended"
    assert others(mended, "p6") == others(story, "p6")


def test_what_no_program_knows_is_not_mended(sample: Workspace, story: Draft) -> None:
    wrong = sample.edit(story.id, "p4", paragraph(story, "p4").text + "客户又签了 300 台。", by="bob")
    with pytest.raises(Conflict, match="edit the paragraph"):
        sample.mend(story.id, number(wrong, "number_unsupported"), by="bob")


def test_a_kept_warning_stays_kept_while_its_words_do(sample: Workspace, story: Draft) -> None:
    short = sample.edit(story.id, "p4", paragraph(story, "p4").text[:28] + "。", by="bob")
    [finding] = short.findings
    kept = sample.keep(story.id, finding_ids(short)[0], "the picture says the rest", by="carol")
    [told] = kept.to_json()["findings"]
    assert told["id"] == finding_ids(short)[0]
    assert (told["kept"]["by"], told["kept"]["reason"]) == ("carol", "the picture says the rest")
    assert draft_from_json(kept.to_json()).kept == kept.kept
    for later in (
        sample.recheck(story.id, by="dave"),
        sample.edit(story.id, "p1", TITLE, by="dave"),
        sample.drafts.get(story.id),
    ):
        assert [one and one.reason for one in kept_findings(later)] == ["the picture says the rest"]
    shorter = sample.edit(story.id, "p4", paragraph(story, "p4").text[:27] + "。", by="dave")
    assert [f.check for f in shorter.findings] == [finding.check]
    assert kept_findings(shorter) == [None]


def test_an_error_is_not_kept_and_a_reason_is_needed(sample: Workspace, story: Draft) -> None:
    wrong = sample.edit(story.id, "p4", paragraph(story, "p4").text + "客户又签了 300 台。", by="bob")
    with pytest.raises(Conflict, match="only mended"):
        sample.keep(story.id, number(wrong, "number_unsupported"), "I like it", by="bob")
    with pytest.raises(InputError, match="reason"):
        sample.keep(story.id, number(wrong, "number_unsupported"), " ", by="bob")


def test_an_older_version_comes_back_checked(sample: Workspace, story: Draft) -> None:
    sample.edit(story.id, "p1", TITLE, by="bob")
    restored = sample.restore(story.id, 1, by="carol", after=2)
    assert (restored.version, restored.sections, restored.title) == (3, story.sections, story.title)
    assert sample.versions(story.id)[-1]["act"] == "restored"
    with pytest.raises(Conflict, match="newest already"):
        sample.restore(story.id, 3, by="carol")


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_section_is_written_again_and_the_rest_stays(sample: Workspace, locale: str) -> None:
    draft = sample.draft(Brief("success_story", {"case": "case-wind"}, locale), model=SourcesModel(), by="ann")
    before = {section.id: section for section in draft.sections}
    new = sample.regenerate(draft.id, "solution", by="bob", after=1, model=SourcesModel())
    after = {section.id: section for section in new.sections}
    assert list(after) == list(before)
    assert {id_: s for id_, s in after.items() if id_ != "solution"} == {
        id_: s for id_, s in before.items() if id_ != "solution"
    }
    ids = [p.id for _, p in new.paragraphs()]
    assert len(set(ids)) == len(ids)
    assert not {p.id for p in after["solution"].paragraphs} & {p.id for p in before["solution"].paragraphs}
    assert [e.id for e in new.evidence][: len(draft.evidence)] == [e.id for e in draft.evidence]
    for _, one in new.paragraphs():
        assert set(one.citations) <= {e.id for e in new.evidence}
    assert not new.has_errors
    assert new.usage.calls > draft.usage.calls


def test_a_section_that_a_person_edited_is_not_written_over_unasked(sample: Workspace, story: Draft) -> None:
    sample.edit(story.id, "p4", paragraph(story, "p4").text + "。", by="bob")
    with pytest.raises(Conflict, match="edited by a person"):
        sample.regenerate(story.id, "solution", by="carol")
    forced = sample.regenerate(story.id, "solution", by="carol", force=True)
    assert "person" not in {p.by for _, p in forced.paragraphs()}


class Impatient(Nobody):
    """Stops after so many sections."""

    def __init__(self, sections: int) -> None:
        self.left = sections

    def paragraph(self, *_: object) -> None:
        self.left -= 1

    def stopped(self) -> bool:
        return self.left <= 0


def test_what_is_written_when_it_is_stopped_is_kept(sample: Workspace) -> None:
    brief = Brief("success_story", {"case": "case-wind"})
    draft = sample.draft(brief, Impatient(2), model=SourcesModel(), by="ann")
    written = [p for _, p in draft.paragraphs() if not p.gap]
    gaps = [p for _, p in draft.paragraphs() if p.gap]
    assert len(written) == 2
    assert gaps
    assert all("停止" in p.text for p in gaps)
    assert "gap" in {one.what for one in sample.missing(draft.id, for_="approve")}
    with pytest.raises(Conflict, match="stopped"):
        sample.regenerate(draft.id, "solution", Impatient(0), by="ann", model=SourcesModel())
    filled = sample.regenerate(draft.id, "change", by="ann", model=SourcesModel())
    assert not any(p.gap for s in filled.sections if s.id == "change" for p in s.paragraphs)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=200), which=st.sampled_from(["p1", "p2", "p4", "p6", "p7"]))
def test_whatever_is_written_the_others_do_not_move(sample: Workspace, story: Draft, text: str, which: str) -> None:
    before = sample.drafts.get(story.id)
    try:
        after = sample.edit(story.id, which, text, by="bob", after=before.version)
    except (InputError, NotFound):
        assert sample.drafts.get(story.id) == before
        return
    assert others(after, which) == others(before, which)
    assert sample.drafts.get(story.id) == after
    for claim in after.claims:
        assert claim.paragraph is not None
        assert claim.span.of(paragraph(after, claim.paragraph).text) == claim.text
