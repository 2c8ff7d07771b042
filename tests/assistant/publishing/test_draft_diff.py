"""Two versions beside each other: both sides are given back whole, in every order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft import Draft, Paragraph, Section
from assistant.draft_diff import DraftDiff, as_plain, draft_diff
from assistant.workspace import Workspace
from knowledge.version_diff import Change, Piece


def draft(*sections: Section, version: int = 1, title: str = "") -> Draft:
    return Draft("d-1", "success_story", "zh-CN", "public", version=version, title=title, sections=sections)


def side(pieces: tuple[Piece, ...], without: Change) -> str:
    return "".join(piece.text for piece in pieces if piece.change is not without)


def assert_both_sides_whole(diff: DraftDiff, old: Draft, new: Draft) -> None:
    for one, without, attribute in ((old, Change.ADDED, "old"), (new, Change.REMOVED, "new")):
        found: dict[str, dict[str, str]] = {}
        for section in diff.sections:
            for paragraph in section.paragraphs:
                there = getattr(paragraph, attribute)
                said = side(paragraph.pieces, without)
                if there is None:
                    assert said == ""
                else:
                    assert there.id not in found.get(section.id, {})
                    found.setdefault(section.id, {})[there.id] = said
        assert found == {s.id: {p.id: p.text for p in s.paragraphs} for s in one.sections if s.paragraphs}
    order = [p.new.id for section in diff.sections for p in section.paragraphs if p.new]
    assert order == [p.id for _, p in new.paragraphs()], "the newer version's order"


texts = st.text(alphabet="电梯响应由 9538分钟。abc\n", max_size=24)
ids = st.sampled_from([f"p{number}" for number in range(1, 7)])


@st.composite
def drafts(build: st.DrawFn) -> Draft:
    names = build(st.lists(st.sampled_from("abcd"), unique=True, max_size=4))
    free = build(st.lists(ids, unique=True, max_size=6))
    sections = []
    for name in names:
        count = build(st.integers(0, len(free)))
        mine, free = free[:count], free[count:]
        sections.append(Section(name, name.upper(), tuple(Paragraph(id_, build(texts)) for id_ in mine)))
    return draft(*sections)


@settings(deadline=None)
@given(old=drafts(), new=drafts())
def test_both_sides_are_given_back(old: Draft, new: Draft) -> None:
    assert_both_sides_whole(draft_diff(old, new), old, new)


@settings(deadline=None)
@given(one=drafts())
def test_a_draft_is_the_same_as_itself(one: Draft) -> None:
    diff = draft_diff(one, one)
    assert diff.changed == ()
    assert as_plain(diff) == ""


def test_chinese_is_compared_by_words_and_figures_whole() -> None:
    old = draft(Section("a", "效果", (Paragraph("p1", "平均响应时间由 95 分钟降至 38 分钟。", ("S1",)),)))
    new = draft(
        Section("a", "效果", (Paragraph("p1", "平均响应时间由 95 分钟降至 35 分钟。", ("S1", "S2")),)), version=2
    )
    [changed] = draft_diff(old, new).changed
    assert [(str(p.change), p.text) for p in changed.pieces if p.change is not Change.SAME] == [
        ("removed", "38"),
        ("added", "35"),
    ]
    assert as_plain(draft_diff(old, new)) == (
        "效果:\n  平均响应时间由 95 分钟降至 [-38-]{+35+} 分钟。 [-[S1]-]{+[S1, S2]+}"
    )


def test_a_section_written_anew_is_compared_with_what_it_was() -> None:
    text = "The mean response time fell from 95 to 38 minutes."
    old = draft(Section("a", "Change", (Paragraph("p1", text),)))
    new = draft(Section("a", "Change", (Paragraph("p9", text.replace("mean ", "")), Paragraph("p10", "More."))))
    first, second = draft_diff(old, new).sections[0].paragraphs
    assert (first.change, first.old and first.old.id, second.change) == ("changed", "p1", "added")


def test_other_sources_under_the_same_words_are_a_change() -> None:
    one = Paragraph("p1", "词", ("S1",))
    for other in (replace(one, citations=("S2",)), replace(one, gap=True)):
        assert draft_diff(draft(Section("a", "", (one,))), draft(Section("a", "", (other,)))).changed


def test_two_kept_versions(sample: Workspace, story: Draft) -> None:
    sample.edit(story.id, "p4", "", by="ann")
    diff = sample.draft_diff(story.id, 1, 2)
    assert [(p.section, p.change, p.new and p.new.gap) for p in diff.changed] == [("solution", "changed", True)]
    document = diff.to_json()
    assert (document["old"], document["new"], document["changed"]) == (1, 2, 1)
    assert_both_sides_whole(diff, story, sample.drafts.get(story.id))
