"""A draft leaves only when it may: what is missing is said, an override is on record, the file has a safe name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from assistant.brief import Brief
from assistant.draft import Draft, Paragraph, Section
from assistant.export import FORMS, form_of
from assistant.publishing.life import DraftLife
from assistant.publishing.release import MOST_CHARACTERS, file_name
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotAllowed, NotFound, NotReady
from knowledge.store.schema import EntryVersionRow, ExportRow

LABEL = "本内容由人工智能辅助生成，已经人工审核"


def story(sample: Workspace, market: str = "CN", locale: str = "zh-CN") -> Draft:
    """A draft without findings, of the sample's wind farm."""
    brief = Brief(template="success_story", inputs={"case": "case-wind"}, locale=locale, market=market)
    return sample.draft(brief, by="author")


def approved(sample: Workspace, **circle: str) -> Draft:
    """A draft that `boss` has approved."""
    draft = story(sample, **circle)
    DraftLife(sample.database, sample.name).approve(draft.id, "boss", sample.settings.now())
    return draft


def broken(sample: Workspace) -> Draft:
    """An approved draft with an error in it: a figure that no source has."""
    draft = story(sample)
    section, paragraph = next((s, p) for s, p in draft.paragraphs() if p.citations and p.role != "title")
    wrong = replace(paragraph, text=f"{paragraph.text}节省 9871 万元。")
    paragraphs = tuple(wrong if p is paragraph else p for p in section.paragraphs)
    sections = tuple(replace(s, paragraphs=paragraphs) if s is section else s for s in draft.sections)
    saved = sample.drafts.save(
        replace(draft, sections=sections),
        sample.drafts.brief(draft.id),
        [],
        sample.settings.now(),
        after=1,
        by="author",
    )
    DraftLife(sample.database, sample.name).approve(draft.id, "boss", sample.settings.now())
    return saved


def exports(sample: Workspace) -> list[tuple[Any, ...]]:
    """What left: version, form, by whom."""
    with sample.drafts.reading() as session:
        rows = session.scalars(select(ExportRow).where(ExportRow.workspace == sample.name)).all()
        return [(row.draft_version, row.format, row.by) for row in rows]


def overrides(sample: Workspace, draft: Draft) -> list[tuple[str, str, int | None]]:
    """Overrides on record: by whom, why, of which version."""
    events = DraftLife(sample.database, sample.name).events("draft", draft.id)
    return [(event.by, event.reason, event.version) for event in events if event.act == "export_overridden"]


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_an_approved_draft_leaves_clean_and_on_record(sample: Workspace, form: str) -> None:
    draft = approved(sample)
    released = sample.release(draft.id, form, by="pr")
    assert (released.form, released.version, released.label, released.marked) == (form, 1, LABEL, False)
    assert released.media_type == form_of(form).media_type
    assert released.name.endswith(f".zh-CN{form_of(form).ending}")
    assert len(released.content) > 500
    if form in ("text", "markdown", "html", "wechat"):
        assert LABEL in released.content.decode()
        assert "DRAFT" not in released.content.decode()
    assert exports(sample) == [(1, form, "pr")]
    assert overrides(sample, draft) == []


@pytest.mark.parametrize(("market", "locale", "label"), [("CN", "zh-CN", LABEL), ("EU", "en", ""), ("US", "en", "")])
def test_the_market_decides_on_the_label(sample: Workspace, market: str, locale: str, label: str) -> None:
    assert sample.release(approved(sample, market=market, locale=locale).id, "text", by="pr").label == label


def test_in_the_eu_a_text_that_nobody_reviewed_carries_the_label(sample: Workspace) -> None:
    draft = story(sample, market="EU", locale="en")
    released = sample.release(draft.id, "text", by="boss", override="trade fair tonight", may_override=True)
    assert released.label == "This text was generated with the help of AI."
    assert released.content.decode().startswith("DRAFT / 草稿\n")


def test_without_approval_it_is_refused_with_what_is_missing(sample: Workspace) -> None:
    draft = story(sample)
    with pytest.raises(NotReady) as caught:
        sample.release(draft.id, "docx", by="pr")
    assert [item["what"] for item in caught.value.missing] == ["not_approved"]
    assert exports(sample) == []


def test_an_open_error_is_refused_although_it_is_approved(sample: Workspace) -> None:
    draft = broken(sample)
    with pytest.raises(NotReady) as caught:
        sample.release(draft.id, "docx", by="pr")
    assert {item["what"] for item in caught.value.missing} == {"open_error"}
    assert "number_unsupported" in {item["check"] for item in caught.value.missing}


def test_stale_after_approval_is_refused(sample: Workspace) -> None:
    draft = approved(sample)
    sample.release(draft.id, "text", by="pr")
    sample.library.entries.retire("case-wind", "owner", sample.settings.now(), reason="no longer true")
    with pytest.raises(NotReady) as caught:
        sample.release(draft.id, "text", by="pr")
    assert "stale" in {item["what"] for item in caught.value.missing}
    assert len(exports(sample)) == 1


def test_the_approved_version_leaves_not_a_newer_one(sample: Workspace) -> None:
    draft = approved(sample)
    brief = sample.drafts.brief(draft.id)
    newer = sample.drafts.save(replace(draft, title="Newer"), brief, [], sample.settings.now(), after=1, by="author")
    assert sample.release(draft.id, "text", by="pr").version == 1
    with pytest.raises(NotReady) as caught:
        sample.release(draft.id, "text", by="pr", version=newer.version)
    assert [item["what"] for item in caught.value.missing] == ["not_approved"]


def test_an_override_marks_the_file_and_is_on_record(sample: Workspace) -> None:
    draft = story(sample)
    released = sample.release(draft.id, "markdown", by="admin", override="  the fair\nopens today ", may_override=True)
    assert (released.marked, released.overridden) == (True, ("not_approved",))
    text = released.content.decode()
    assert "> **DRAFT / 草稿**" in text
    assert "status: draft" in text
    assert "- not_approved" in text
    assert "fair" not in text
    assert overrides(sample, draft) == [("admin", "the fair opens today", 1)]
    assert exports(sample) == [(1, "markdown", "admin")]


def test_an_override_of_an_approved_draft_has_no_draft_mark(sample: Workspace) -> None:
    draft = broken(sample)
    released = sample.release(draft.id, "markdown", by="admin", override="checked by phone", may_override=True)
    assert (released.marked, released.overridden) == (False, ("open_error",))
    assert "DRAFT" not in released.content.decode()
    assert overrides(sample, draft) == [("admin", "checked by phone", 2)]


def test_only_an_admin_overrides_and_only_with_a_reason(sample: Workspace) -> None:
    draft = story(sample)
    with pytest.raises(NotAllowed):
        sample.release(draft.id, "text", by="author", override="because")
    with pytest.raises(InputError):
        sample.release(draft.id, "text", by="admin", override=" \n", may_override=True)
    with pytest.raises(NotReady):
        sample.release(draft.id, "text", by="admin", may_override=True)
    assert exports(sample) == []


def test_an_override_of_a_draft_that_is_ready_is_none(sample: Workspace) -> None:
    draft = approved(sample)
    released = sample.release(draft.id, "text", by="admin", override="to be safe", may_override=True)
    assert (released.overridden, overrides(sample, draft)) == ((), [])


def test_a_draft_with_open_questions_has_nothing_to_leave(sample: Workspace) -> None:
    opened = sample.draft(Brief(template="success_story"), by="author")
    with pytest.raises(Conflict, match="open questions"):
        sample.release(opened.id, "text", by="admin", override="now", may_override=True)


def test_an_unknown_draft_version_or_form(sample: Workspace) -> None:
    draft = approved(sample)
    with pytest.raises(NotFound):
        sample.release("d-none", "text", by="pr")
    with pytest.raises(NotFound):
        sample.release(draft.id, "text", by="pr", version=7)
    with pytest.raises(InputError, match="wechat"):
        sample.release(draft.id, "json", by="pr")


def test_a_font_that_is_missing_leaves_no_trace(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.export.pdf._families", lambda: frozenset[str]())
    with pytest.raises(Exception, match="fonts-noto-cjk"):
        sample.release(approved(sample).id, "pdf", by="pr")
    assert exports(sample) == []


TITLES = [
    "../../etc/passwd", "a/b\\c", 'x<>:"|?*y', "con", "NUL.txt", "  .hidden", "ends with dots...", "\x00\n\r\t", "",
    "很长的标题" * 60, "👩‍🔬" * 90, "\u202egpj.exe", "a" * 500, "com1",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_file_name_is_safe_on_every_system(title: str) -> None:
    paragraph = Paragraph("p", title, role="title")
    draft = Draft("d-1", "t", "zh-CN", "public", title=title, sections=(Section("s", "", (paragraph,)),))
    for form in FORMS:
        name = file_name(draft, form)
        assert name.endswith(f".zh-CN{form.ending}")
        assert len(name) <= MOST_CHARACTERS
        assert len(name.encode()) <= 240
        assert not set(name) & set('<>:"/\\|?*\x00\n\r\t\u202e')
        assert name[0] not in ". "
        assert name.split(".")[0].lower() not in ("con", "nul", "com1", "")


def test_a_file_name_tells_title_and_locale() -> None:
    draft = Draft("d-1", "t", "en-US", "public", title="Wind farm: 46 hours saved")
    assert file_name(draft, form_of("docx")) == "Wind farm 46 hours saved.en-US.docx"


def test_nothing_leaves_whose_evidence_is_for_a_narrower_circle(sample: Workspace) -> None:
    draft = approved(sample)
    cited = next(e.entry_id for _, p in draft.paragraphs() for e in draft.cited(p) if e.entry_id)
    with sample.library.entries.writing() as session:
        session.execute(update(EntryVersionRow).where(EntryVersionRow.entry_id == cited).values(audience="internal"))
    with pytest.raises(NotReady, match="is for colleagues and the draft for the public"):
        sample_release(sample, draft)
    assert exports(sample) == []


def sample_release(sample: Workspace, draft: Draft) -> None:
    from assistant.publishing.release import release

    release(sample, draft.id, "markdown", by="boss")
