"""Blurbs are kept with the case as a version for approval; the line stays until a person approves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.blurbs import write_blurbs
from assistant.brief import Brief
from assistant.draft import Draft
from assistant.gateway.limits import Limits
from assistant.gateway.scripted import ScriptedModel
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotFound
from knowledge.importing import ImportOptions, Status
from knowledge.reading import read_body
from knowledge.records import EntryVersion, State
from knowledge.sample import FOLDER
from knowledge.shelving import ToShelve

BOTH = ("short", "long")


def edited(workspace: Workspace, case_id: str, body: str, state: State = State.DRAFT) -> EntryVersion:
    """A new version of the case with this body, by another editor."""
    newest = workspace.library.entries.newest(case_id)
    document = read_body(case_id, body)
    text = "\n".join(block.text for block in document.blocks)
    version = replace(newest, state=state, body=body, text=text, facts="", origin="")
    [stored] = workspace.library.shelf.shelve([ToShelve(version, document, newest.version)], "zhou", act="edited")
    return stored.version


@pytest.mark.parametrize("case_id", ["case-water", "case-water-en"])
def test_both_are_kept_as_a_draft_version_beside_the_line(sample: Workspace, case_id: str) -> None:
    before = sample.library.entries.get(case_id)
    done = write_blurbs(sample, case_id, BOTH, "lin")
    texts = {section.id: p.text for section, p in done.draft.paragraphs()}
    assert (done.kept, dict(done.refused)) == (("blurb_100", "blurb_500"), {})
    assert done.entry_version is not None
    kept = sample.library.entries.get(case_id, done.entry_version.version)
    assert (kept.state, kept.version, kept.created_by) == (State.DRAFT, before.version + 1, "lin")
    assert (kept.fields["blurb_100"], kept.fields["blurb_500"]) == (texts["short"], texts["long"])
    assert {**before.fields, "blurb_100": 0, "blurb_500": 0} == {**kept.fields, "blurb_100": 0, "blurb_500": 0}
    assert (kept.text, kept.body, kept.customer, kept.title) == (
        before.text,
        before.body,
        before.customer,
        before.title,
    )
    assert sample.library.entries.get(case_id) == before, "the line is what it was"
    assert sample.drafts.get(done.draft.id).to_json() == done.draft.to_json()
    [event] = [e for e in sample.library.entries.events("entry", case_id) if e.version == kept.version]
    assert (event.act, event.by, event.reason) == ("blurb written", "lin", done.draft.id)


def test_approving_makes_it_the_line_and_nothing_is_written_twice(sample: Workspace) -> None:
    done = write_blurbs(sample, "case-water", ["short"], "lin")
    assert done.entry_version is not None
    sample.library.entries.approve("case-water", "fang", sample.settings.now(), version=done.entry_version.version)
    line = sample.library.entries.get("case-water")
    assert line.fields["blurb_100"] == done.entry_version.fields["blurb_100"]
    assert "blurb_500" not in line.fields
    again = write_blurbs(sample, "case-water", ["short"], "lin")
    assert (again.entry_version, again.kept) == (None, ())
    assert "has it already" in again.refused["blurb_100"]
    assert sample.library.entries.newest("case-water").version == line.version


def test_a_second_length_goes_on_from_the_first(sample: Workspace) -> None:
    first = write_blurbs(sample, "case-water", ["short"], "lin").entry_version
    second = write_blurbs(sample, "case-water", ["long"], "lin").entry_version
    assert first is not None
    assert second is not None
    assert second.version == first.version + 1
    assert second.fields["blurb_100"] == first.fields["blurb_100"]


def test_what_does_not_fit_is_not_kept_and_says_why(sample: Workspace) -> None:
    done = write_blurbs(sample, "case-packaging", BOTH, "lin")
    assert done.kept == ("blurb_100",)
    assert "现有可用" in done.refused["blurb_500"]
    assert done.entry_version is not None
    assert "blurb_500" not in done.entry_version.fields
    none = write_blurbs(sample, "case-packaging", ["long"], "lin")
    assert (none.entry_version, none.kept) == (None, ())


def test_a_text_with_an_error_is_not_kept(sample: Workspace, tmp_path: Path) -> None:
    text = "新和岚包装 38 台设备的平均换单时间由 47 分钟降至 29 分钟。"  # true, far too short, and the case has no more
    reply = {"reply": {"text": [{"sources": ["S1", "S2", "S3"], "text": text}]}}
    path = tmp_path / "script.jsonl"
    path.write_text("\n".join([json.dumps(reply, ensure_ascii=False)] * 3), encoding="utf-8")
    model = ScriptedModel(path, Limits.of(sample.settings))
    done = write_blurbs(sample, "case-packaging", ["long"], "lin", model=model)
    assert [p.text for _, p in done.draft.paragraphs()] == [text], "the draft keeps it, with its finding"
    assert (done.entry_version, done.kept) == (None, ())
    assert "450" in done.refused["blurb_500"]


@pytest.mark.parametrize(("case_id", "name"), [("case-elevator", "申特"), ("case-elevator-en", "Shente")])
def test_the_fields_carry_the_alias_where_the_name_may_not_stand(sample: Workspace, case_id: str, name: str) -> None:
    version = write_blurbs(sample, case_id, BOTH, "lin").entry_version
    assert version is not None
    assert name not in version.fields["blurb_100"] + version.fields["blurb_500"]


@pytest.mark.parametrize(
    ("entry_id", "lengths", "error", "says"),
    [
        ("case-nowhere", BOTH, NotFound, "case-nowhere"),
        ("product-r200", BOTH, InputError, "cases"),
        ("case-water", ["tiny"], InputError, "short, long"),
        ("case-water", [], InputError, "short, long"),
    ],
)
def test_what_cannot_be_done_is_refused(
    sample: Workspace, entry_id: str, lengths: list[str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        write_blurbs(sample, entry_id, lengths, "lin")
    assert sample.drafts.list() == []


def test_a_case_that_is_not_approved_has_no_blurbs_yet(sample: Workspace) -> None:
    sample.library.entries.retire("case-water", "lin", sample.settings.now())
    with pytest.raises(NotFound, match="case-water"):
        write_blurbs(sample, "case-water", BOTH, "lin")


def test_a_text_in_the_making_is_not_given_blurbs_of_the_old_one(sample: Workspace) -> None:
    body = sample.library.entries.get("case-water").body
    version = edited(sample, "case-water", body.replace("231 万元", "229 万元"))
    with pytest.raises(Conflict, match=f"version {version.version}"):
        write_blurbs(sample, "case-water", BOTH, "lin")


def test_a_second_editor_meanwhile_is_a_conflict_and_the_draft_is_kept(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafting = sample.draft

    def slowly(brief: Brief, **more: object) -> Draft:
        draft = drafting(brief)
        edited(sample, "case-water", sample.library.entries.get("case-water").body + "\n一句新的补充说明。\n")
        return draft

    monkeypatch.setattr(sample, "draft", slowly)
    with pytest.raises(Conflict, match="case-water"):
        write_blurbs(sample, "case-water", BOTH, "lin")
    assert [draft["template"] for draft in sample.drafts.list()] == ["case_blurbs"]
    assert "blurb_500" not in sample.library.entries.newest("case-water").fields


def test_importing_the_file_of_the_case_again_approves_no_blurb(sample: Workspace) -> None:
    done = write_blurbs(sample, "case-water", BOTH, "lin")
    options = ImportOptions(by="import", trust_front_matter=True)
    report = sample.library.importer().run([FOLDER / "cases" / "water.zh-CN.md"], options)
    assert [item.status for item in report.items] == [Status.UNCHANGED]
    assert done.entry_version is not None
    assert sample.library.entries.get("case-water").version < done.entry_version.version
