"""The life of a draft: its steps, what each needs, and what stands on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.governance import Governance
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotFound, NotReady
from knowledge.reading import read_body
from knowledge.records import State
from knowledge.shelving import ToShelve
from knowledge.store.repository import Repository
from knowledge.store.schema import KeyRow, PersonRow

CASE = "case-elevator"
TITLE = "电梯维保：故障平均响应时间由 95 分钟降至 38 分钟"


def missing(sample: Workspace, draft: Draft, step: str = "approve", **who: str) -> list[str]:
    return [one.what for one in sample.missing(draft.id, for_=step, **who)]  # type: ignore[arg-type]  # a step's name


def approved(sample: Workspace, draft: Draft) -> None:
    sample.submit(draft.id, by="ann")
    sample.approve(draft.id, by="bob")


def four_eyes(sample: Workspace) -> None:
    Governance(sample.database, sample.name).choose("four_eyes", True, "admin", sample.settings.now())


def test_from_draft_to_published_and_back(sample: Workspace, story: Draft) -> None:
    assert sample.status(story.id).state == "draft"
    assert sample.submit(story.id, by="ann", version=1).state == "in_review"
    assert sample.request_changes(story.id, by="bob", reason="shorter title").state == "changes_requested"
    edited = sample.edit(story.id, "p1", TITLE, by="ann")
    assert sample.status(story.id).state == "draft"
    assert sample.submit(story.id, by="ann").state == "in_review"
    status = sample.approve(story.id, by="bob")
    assert (status.state, status.approved_version, status.approved_by) == ("approved", edited.version, "bob")
    status = sample.publish(story.id, by="bob", to="https://example.com/news")
    assert (status.state, status.published_version, status.published_to) == ("published", 2, "https://example.com/news")
    status = sample.withdraw(story.id, by="bob", reason="the customer asked for it")
    assert (status.state, status.approved_version, status.published_version) == ("withdrawn", None, None)
    assert [(event.act, event.by, event.version, event.reason) for event in sample.history(story.id)] == [
        ("written", "ann", 1, ""),
        ("submitted", "ann", 1, ""),
        ("changes_requested", "bob", 1, "shorter title"),
        ("edited", "ann", 2, ""),
        ("submitted", "ann", 2, ""),
        ("approved", "bob", 2, ""),
        ("published", "bob", 2, "https://example.com/news"),
        ("withdrawn", "bob", 2, "the customer asked for it"),
    ]


def test_a_new_version_is_a_draft_and_the_published_one_stays(sample: Workspace, story: Draft) -> None:
    approved(sample, story)
    sample.publish(story.id, by="bob", to="website")
    sample.edit(story.id, "p1", TITLE, by="ann")
    status = sample.status(story.id)
    assert (status.state, status.version, status.approved_version, status.published_version) == ("draft", 2, 1, 1)
    assert sample.drafts.get(story.id).state == "draft"
    assert sample.drafts.get(story.id, 1).state == "published"
    assert [version["state"] for version in sample.versions(story.id)] == ["published", "draft"]
    sample.approve(story.id, by="bob")
    status = sample.status(story.id)
    assert (status.state, status.approved_version, status.published_version) == ("approved", 2, 1)


def test_withdrawing_takes_an_older_published_version_along(sample: Workspace, story: Draft) -> None:
    approved(sample, story)
    sample.publish(story.id, by="bob", to="website")
    sample.edit(story.id, "p1", TITLE, by="ann")
    sample.approve(story.id, by="bob")
    assert sample.withdraw(story.id, by="bob", reason="wrong").state == "withdrawn"
    assert [version["state"] for version in sample.versions(story.id)] == ["withdrawn", "withdrawn"]


def test_the_approved_version_is_published_although_a_newer_one_is_at_work(sample: Workspace, story: Draft) -> None:
    approved(sample, story)
    sample.edit(story.id, "p1", TITLE, by="ann")
    status = sample.publish(story.id, by="bob", to="website", version=1)
    assert (status.state, status.published_version) == ("draft", 1)
    status = sample.withdraw(story.id, by="bob", reason="wrong")
    assert (status.state, status.approved_version) == ("draft", None)
    assert sample.drafts.get(story.id, 1).state == "withdrawn"


@pytest.mark.parametrize(
    ("step", "more"),
    [
        ("request_changes", {"reason": "x"}),
        ("publish", {"to": "website"}),
        ("withdraw", {"reason": "x"}),
    ],
)
def test_steps_out_of_order_are_refused(sample: Workspace, story: Draft, step: str, more: dict[str, str]) -> None:
    with pytest.raises((Conflict, NotReady)):
        getattr(sample, step)(story.id, by="bob", **more)
    assert sample.status(story.id).state == "draft"
    assert [event.act for event in sample.history(story.id)] == ["written"]


def test_what_is_approved_is_neither_submitted_nor_approved_again(sample: Workspace, story: Draft) -> None:
    approved(sample, story)
    for step in (sample.submit, sample.approve):
        with pytest.raises(Conflict, match="is approved"):
            step(story.id, by="bob")


@pytest.mark.parametrize("step", ["request_changes", "withdraw"])
def test_sending_back_and_withdrawing_need_a_reason(sample: Workspace, story: Draft, step: str) -> None:
    sample.submit(story.id, by="ann")
    with pytest.raises(InputError, match="reason"):
        getattr(sample, step)(story.id, by="bob", reason="  \n ")


def test_publishing_needs_a_place_and_not_the_same_twice(sample: Workspace, story: Draft) -> None:
    approved(sample, story)
    with pytest.raises(InputError, match="where"):
        sample.publish(story.id, by="bob", to=" ")
    sample.publish(story.id, by="bob", to="website")
    with pytest.raises(Conflict, match="already"):
        sample.publish(story.id, by="bob", to="website")
    assert sample.publish(story.id, by="bob", to="newsletter").published_to == "newsletter"


def test_a_step_on_an_older_version_names_who_made_the_newer(sample: Workspace, story: Draft) -> None:
    sample.edit(story.id, "p1", TITLE, by="carol")
    for step in (sample.submit, sample.approve):
        with pytest.raises(Conflict, match="newer version 2, made by carol"):
            step(story.id, by="bob", version=1)


def test_unknown_drafts(sample: Workspace) -> None:
    for step in (sample.status, sample.submit, sample.approve, sample.history, sample.versions):
        with pytest.raises(NotFound):
            step("d-0000000000")


def test_open_questions_keep_a_draft_from_review(sample: Workspace) -> None:
    asked = sample.draft(Brief("success_story"), by="ann")
    assert sample.status(asked.id).state == "open"
    assert missing(sample, asked, "submit") == ["open_question"]
    with pytest.raises(NotReady) as refused:
        sample.submit(asked.id, by="ann")
    assert refused.value.missing[0]["what"] == "open_question"
    assert missing(sample, asked, "approve") == missing(sample, asked, "export") == ["open_question"]


def test_an_error_blocks_approval_but_not_review(sample: Workspace, story: Draft) -> None:
    wrong = story.sections[-2].paragraphs[0]
    sample.edit(story.id, wrong.id, wrong.text.replace("38 分钟", "35 分钟"), by="ann")
    assert missing(sample, story) == ["open_error"]
    sample.submit(story.id, by="ann")
    with pytest.raises(NotReady, match="35 分钟") as refused:
        sample.approve(story.id, by="bob")
    assert refused.value.missing[0]["paragraph"] == wrong.id
    assert sample.status(story.id).state == "in_review"


def test_a_gap_blocks_approval_and_says_what_it_asks(sample: Workspace, story: Draft) -> None:
    emptied = sample.edit(story.id, "p4", "", by="ann")
    [gap] = [p for _, p in emptied.paragraphs() if p.gap]
    [one] = sample.missing(story.id, for_="approve")
    assert (one.what, one.paragraph) == ("gap", gap.id)
    assert gap.text in one.message.zh
    assert gap.text in one.message.en


def test_a_cell_that_is_not_known_is_an_answer(sample: Workspace) -> None:
    brief = Brief("competitor_analysis", {"product": "R200", "goal": "learn", "stage": "on sale"}, "en")
    table = sample.draft(brief, by="ann")
    assert any(p.gap and p.cell for _, p in table.paragraphs())
    assert "gap" not in missing(sample, table)


def test_a_stale_draft_is_neither_approved_nor_published(sample: Workspace, story: Draft) -> None:
    approved(sample, story)
    sample.library.entries.retire(CASE, "boss", sample.settings.now(), reason="gone")
    assert "stale" in missing(sample, story, "export")
    with pytest.raises(NotReady, match="retired"):
        sample.publish(story.id, by="bob", to="website")
    sample.edit(story.id, "p1", TITLE, by="ann")
    assert "stale" in missing(sample, story)


def test_what_has_expired_is_said_so(sample: Workspace) -> None:
    entry = sample.library.entries.get(CASE)
    last_day = sample.settings.now().date() + timedelta(days=10)
    dated = replace(entry, valid_until=last_day, state=State.APPROVED)
    sample.library.shelf.shelve([ToShelve(dated, read_body(CASE, entry.body))], "editor")
    draft = sample.draft(Brief("success_story", {"case": CASE}), by="ann")
    approved(sample, draft)
    moment = (sample.settings.now() + timedelta(days=11)).isoformat()
    with Workspace.open(Settings({**sample.settings.values, "now": moment})) as later:
        assert "expired" in missing(later, draft, "export")


def test_rulings_of_today_count(sample: Workspace, story: Draft) -> None:
    from assistant.rulings import Rulings

    p4 = next(p for _, p in story.paragraphs() if p.id == "p4")
    warned = sample.edit(story.id, "p4", p4.text[:30] + "。", by="ann")
    assert {f.check for f in warned.findings} == {"length_out_of_range"}
    assert missing(sample, story) == []
    rulings = Rulings(sample.database, sample.name)
    rulings.rule("length_out_of_range", "error", "too many short ones", "boss", sample.settings.now())
    assert missing(sample, story) == ["open_error"]


def test_a_warning_that_is_new_today_is_looked_at_before_approval(sample: Workspace, story: Draft) -> None:
    moment = (sample.settings.now() + timedelta(days=65)).isoformat()
    with Workspace.open(Settings({**sample.settings.values, "now": moment})) as later:
        found = later.missing(story.id, for_="approve")
        assert {one.what for one in found} == {"changed"}
        assert {one.check for one in found} == {"review_overdue"}
        later.recheck(story.id, by="bob")
        assert later.missing(story.id, for_="approve") == ()


def test_export_names_everything_at_once(sample: Workspace, story: Draft) -> None:
    sample.edit(story.id, "p4", "", by="ann")
    assert missing(sample, story, "export") == ["not_approved", "gap"]
    assert sample.missing(story.id, 1, for_="export")[0].what == "not_approved"


def test_whoever_wrote_does_not_approve_where_four_eyes_are_asked_for(sample: Workspace, story: Draft) -> None:
    assert missing(sample, story, by="ann") == []
    four_eyes(sample)
    with pytest.raises(NotReady, match="ann wrote some of it"):
        sample.approve(story.id, by="ann")
    sample.edit(story.id, "p1", TITLE, by="bob")
    for name in ("ann", "bob"):
        assert missing(sample, story, by=name) == ["four_eyes"]
    assert sample.approve(story.id, by="carol").approved_by == "carol"
    # What was approved is agreed: only who wrote since then is an author of what is approved next.
    sample.edit(story.id, "p1", TITLE + "！", by="carol")
    assert sample.status(story.id).unapproved_authors == ("carol",)
    assert missing(sample, story, by="carol") == ["four_eyes"]
    assert missing(sample, story, by="ann") == []


def test_checking_again_makes_nobody_an_author(sample: Workspace, story: Draft) -> None:
    four_eyes(sample)
    sample.submit(story.id, by="ann")
    sample.edit(story.id, "p4", "", by="ann")
    sample.submit(story.id, by="ann")
    sample.recheck(story.id, by="bob")
    status = sample.status(story.id)
    assert status.unapproved_authors == ("ann",)
    assert status.state == "in_review"


def test_a_person_is_known_behind_page_and_key(sample: Workspace) -> None:
    """Who wrote with a key of their own does not approve at the page, nor the other way round."""
    rows, now = Repository(sample.database, sample.name), sample.settings.now().replace(tzinfo=None)
    with rows.writing(revises=False) as session:
        session.add(PersonRow(id="p-1", login="ann@x", name="Ann", password_hash="", language="zh", created_at=now))
        session.add(
            KeyRow(
                id="k1", workspace=sample.name, name="ann's script", key_hash="h", created_at=now, role="author",
                scopes=[], made_by="p-1",
            )
        )  # fmt: skip
    four_eyes(sample)
    by_key = sample.draft(Brief("success_story", {"case": CASE}), by="ann's script")
    by_page = sample.draft(Brief("success_story", {"case": CASE}), by="Ann")
    assert missing(sample, by_key, by="Ann", person="p-1") == ["four_eyes"]
    assert missing(sample, by_page, by="ann's script", person="p-1") == ["four_eyes"]
    assert missing(sample, by_page, by="Bob", person="p-2") == []


def test_an_approval_of_the_same_check_is_left_alone_by_another_check(sample: Workspace, story: Draft) -> None:
    approved(sample, story)
    assert sample.recheck(story.id, by="bob").version == 1
    assert sample.status(story.id).state == "approved"
