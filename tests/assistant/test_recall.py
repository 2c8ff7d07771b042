"""Recall: what rests on an entry or a customer, and what no longer holds the moment the library changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, NotFound
from knowledge.reading import read_body
from knowledge.records import Audience, Scope, State, Use
from knowledge.shelving import ToShelve
from knowledge.store.judgements import Judgement, Judgements

CASE = "case-compressor"
CUSTOMER = "panlan"


def write(sample: Workspace, audience: Audience = Audience.PUBLIC) -> Draft:
    return sample.draft(Brief("success_story", {"case": CASE}, audience=audience))


def new_version(sample: Workspace, old: str, new: str, *, approved: bool = True) -> None:
    """The case with other words, as somebody would edit it."""
    entry = sample.library.entries.get(CASE)
    assert old in entry.body
    body = entry.body.replace(old, new)
    document = read_body(CASE, body)
    text = "\n".join(block.text for block in document.blocks)
    changed = replace(entry, body=body, text=text, facts="", state=State.DRAFT, review_due=None)
    sample.library.shelf.shelve([ToShelve(changed, document, after=entry.version)], "editor", act="edited")
    if approved:
        sample.library.entries.approve(CASE, "boss", sample.settings.now())


def later(sample: Workspace, days: int) -> Workspace:
    """The same workspace, so many days on."""
    moment = (sample.settings.now() + timedelta(days=days)).isoformat()
    return Workspace.open(Settings({**sample.settings.values, "now": moment}))


def figure(sample: Workspace) -> tuple[str, str]:
    """A figure of the case's text, and another one of the same kind."""
    text = sample.library.entries.get(CASE).body
    at = text.index("%")
    start = at
    while text[start - 1] in "0123456789.":
        start -= 1
    return text[start : at + 1], "97.3%"


def test_impact_lists_the_drafts_that_use_an_entry(sample: Workspace) -> None:
    draft = write(sample)
    [affected] = sample.recall.of_entry(CASE)
    assert (affected.draft_id, affected.version, affected.uses_now, affected.stale) == (draft.id, 1, True, ())
    assert sample.recall.of_entry("cert-little-giant") == []
    with pytest.raises(NotFound):
        sample.recall.of_entry("nothing")


def test_impact_of_a_customer_counts_names_and_aliases(sample: Workspace) -> None:
    named = write(sample)
    aliased = sample.draft(Brief("success_story", {"case": "case-elevator"}))
    assert [a.draft_id for a in sample.recall.of_customer(CUSTOMER)] == [named.id]
    assert [a.draft_id for a in sample.recall.of_customer("shente")] == [aliased.id]
    with pytest.raises(NotFound):
        sample.recall.of_customer("nobody")


def test_another_figure_makes_a_draft_stale_once_it_is_approved(sample: Workspace) -> None:
    draft = write(sample)
    old, new = figure(sample)
    new_version(sample, old, new, approved=False)
    assert sample.staleness.of() == {}
    sample.library.entries.approve(CASE, "boss", sample.settings.now())
    [reason] = sample.staleness.of()[draft.id]
    assert (reason.cause, reason.subject, reason.used, reason.now) == ("changed", CASE, 1, 2)
    with pytest.raises(Conflict, match="stale"):
        sample.staleness.refuse(draft.id)


def test_other_words_with_the_same_figures_change_nothing(sample: Workspace) -> None:
    write(sample)
    new_version(sample, "。", "。 ")
    assert sample.staleness.of() == {}


def test_a_new_check_reads_what_the_source_says_now(sample: Workspace) -> None:
    draft = write(sample)
    old, new = figure(sample)
    new_version(sample, old, new)
    checked = sample.recheck(draft.id)
    cited = {e.entry_id: e.version for e in checked.evidence if e.entry_id == CASE}
    assert cited == {CASE: 2}
    assert any(new in e.text for e in checked.evidence)
    told = {f.check for f in checked.findings if f.severity == "error"}
    assert told & {"number_unsupported", "number_contradicted"}, "the old figure stands in no source any more"
    assert sample.staleness.of() == {}, "it was checked; its findings hold it back now"


def test_a_retired_entry(sample: Workspace) -> None:
    draft = write(sample)
    sample.library.entries.retire(CASE, "boss", sample.settings.now(), reason="the customer left")
    assert [reason.cause for reason in sample.staleness.of()[draft.id]] == ["retired"]


def test_an_entry_expires_by_date_without_anything_running(sample: Workspace) -> None:
    entry = sample.library.entries.get(CASE)
    last_day = sample.settings.now().date() + timedelta(days=10)
    dated = replace(entry, valid_until=last_day, state=State.APPROVED)
    sample.library.shelf.shelve([ToShelve(dated, read_body(CASE, entry.body))], "editor")
    draft = write(sample)
    with later(sample, 10) as on_the_last_day:
        assert on_the_last_day.staleness.of() == {}
    with later(sample, 11) as a_day_after:
        [reason] = a_day_after.staleness.of()[draft.id]
        assert reason.cause == "expired"
        assert str(last_day) in reason.words.of("zh")


@pytest.mark.parametrize("use", [None, Use.NAME, Use.FIGURES])
def test_a_withdrawn_permission_reaches_the_drafts_at_once(sample: Workspace, use: Use | None) -> None:
    draft, internal = write(sample), write(sample, Audience.INTERNAL)
    sample.library.customers.withdraw(CUSTOMER, use, by="legal", now=sample.settings.now(), reason="letter of 3 May")
    stale = sample.staleness.of()
    assert [reason.cause for reason in stale[draft.id]] == ["permission"]
    assert internal.id not in stale, "inside the company the record is still seen"
    [affected] = [a for a in sample.recall.of_customer(CUSTOMER) if a.draft_id == draft.id]
    assert affected.stale


def test_after_a_withdrawal_a_new_check_holds_no_name_in_its_evidence(sample: Workspace) -> None:
    draft = write(sample)
    assert any("磐岚" in e.text for e in draft.evidence)
    sample.library.customers.withdraw(CUSTOMER, by="legal", now=sample.settings.now())
    checked = sample.recheck(draft.id)
    assert not [e for e in checked.evidence if "磐岚" in f"{e.text}{e.title}{e.source}{e.locator}"]
    assert any(f.check == "customer_not_permitted" for f in checked.findings)


def test_after_a_withdrawal_nothing_kept_gives_the_name_to_the_public(sample: Workspace) -> None:
    judgements = Judgements(sample.database, sample.name)
    judgements.put({"a": Judgement("supported", "the source says so of Panlan’s compressors")}, "model")
    judgements.put({"b": Judgement("supported", "the source says so")}, "model")
    public = Scope(audience=Audience.PUBLIC)
    with Workspace.open(sample.settings) as beside:
        assert any("磐岚" in hit.passage.text for hit in beside.search("磐岚空压机停机", public))
        sample.library.withdraw(CUSTOMER, None, by="legal", reason="letter of 3 May")
        found = beside.search("磐岚空压机停机", public) + beside.search("compressor downtime Panlan", public)
        assert not [h for h in found if "磐岚" in str(h.to_json()) or "panlan" in h.passage.text.lower()]
    assert set(judgements.get(["a", "b"])) == {"b"}


def test_a_permission_that_runs_out_by_date(sample: Workspace) -> None:
    draft = write(sample)
    with later(sample, 401) as after:
        assert "permission" in {reason.cause for reason in after.staleness.of()[draft.id]}


def test_files_that_left_are_told_even_when_the_draft_has_moved_on(sample: Workspace) -> None:
    draft = write(sample)
    sample.drafts.exported(draft, "docx", "story.docx", "ann", sample.settings.now())
    [affected] = sample.recall.of_entry(CASE)
    [export] = affected.exports
    assert (export.draft_version, export.format, export.name, export.by) == (1, "docx", "story.docx", "ann")
    document = affected.to_json()
    assert document["exports"][0]["name"] == "story.docx"


def test_the_record_of_a_withdrawal_stays_for_those_who_may_see_it(sample: Workspace) -> None:
    sample.library.customers.withdraw(CUSTOMER, by="legal", now=sample.settings.now(), reason="letter of 3 May")
    customer = sample.library.customers.get(CUSTOMER)
    assert customer.permissions
    assert {(p.withdrawn_by, p.reason) for p in customer.permissions} == {("legal", "letter of 3 May")}
    [event] = [e for e in sample.library.customers.events("customer", CUSTOMER) if e.act.startswith("withdrew")]
    assert event.by == "legal"
