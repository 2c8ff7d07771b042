"""One entry as a text to edit: what comes back is a draft version, or a clear line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from folder_library import BODY, put, version_of

from knowledge.domain.errors import InputError
from knowledge.folder.editing import edited, entry_text, with_changes
from knowledge.kinds import generated_body
from knowledge.library import Library
from knowledge.records import Audience, EntryVersion, State
from knowledge.shelving import ToShelve

TODAY = date(2026, 3, 1)
CASE = version_of(
    "case-a", version=2, state=State.APPROVED, approved_by="chen", approved_at=datetime(2026, 2, 1), review_due=date(2026, 5, 1),
    source="a.docx", markets=("CN",), customer="k1", valid_until=date(2027, 1, 1), facts="f", created_by="wu",
    fields={"industry": "水务", "result": "停机减半", "blurb_100": "短文"},
)  # fmt: skip


def test_the_text_has_what_people_write_and_nothing_of_its_life() -> None:
    assert entry_text(CASE) == (
        "---\nid: case-a\ntitle: 水泵站\nkind: case\nlocale: zh-CN\naudience: public\nmarkets:\n  - CN\ncustomer: k1\n"
        "review_due: 2026-05-01\nvalid_until: 2027-01-01\nfields:\n  industry: 水务\n  result: 停机减半\n  blurb_100: 短文\n"
        f"---\n{BODY}"
    )


@pytest.mark.parametrize("change", [lambda t: t, lambda t: t + "\n\n", lambda t: t.replace("\n", "\r\n")])
def test_unchanged_is_nothing(change: object) -> None:
    assert edited(CASE, change(entry_text(CASE)), TODAY) is None  # type: ignore[operator]


def test_a_change_is_a_draft_and_claims_no_place_in_a_file() -> None:
    text = (
        entry_text(CASE)
        .replace("3 小时", "2 小时")
        .replace("停机减半", "停机降至 2 小时")
        .replace("title: 水泵站", "title: 水泵房")
    )
    result = edited(CASE, text, TODAY)
    assert result is not None
    new = result.version
    assert (new.title, new.body, new.fields["result"]) == (
        "水泵房",
        "停机时间由 12 小时降至 2 小时。\n",
        "停机降至 2 小时",
    )
    assert (new.state, new.approved_by, new.approved_at, new.facts, new.created_by) == (State.DRAFT, None, None, "", "")
    assert (new.entry_id, new.source, new.customer, new.valid_until) == ("case-a", "case-a", "k1", date(2027, 1, 1))
    assert new.review_due is None, "the next approval sets it"
    assert result.document.blocks[0].text == new.text
    assert result.document.blocks[0].place == "line 1", "lines are those of the entry's own text"


def test_it_goes_on_the_shelf(library: Library) -> None:
    put(library, "case-a", fields={"result": "停机减半"})
    old = library.entries.newest("case-a")
    result = edited(old, entry_text(old).replace("3 小时", "2 小时"), TODAY)
    assert result is not None
    library.shelf.shelve([ToShelve(result.version, result.document, after=old.version)], "wu", act="edited")
    new = library.entries.newest("case-a")
    assert (new.version, new.created_by, new.facts != old.facts) == (2, "wu", True)


def _made(locale: str = "zh-CN", **fields: Any) -> EntryVersion:
    body = generated_body("case", fields, locale)
    return replace(CASE, fields=fields, body=body, locale=locale, text=body.replace("## ", "").replace("\n\n", "\n"))


MADE = _made(industry="水务", pain="夜班靠人巡检", result="停机由 12 次降至 3 次", products=["R200"])


@pytest.mark.parametrize(
    "old", [MADE, replace(MADE, body=MADE.body.replace("\n", "\r\n")), replace(MADE, body=f"\n{MADE.body}\n")]
)
def test_a_text_made_of_fields_follows_them(old: EntryVersion) -> None:
    fields = {**MADE.fields, "result": "停机由 12 次降至 4 次"}
    by_name = with_changes(old, {"fields.result": "停机由 12 次降至 4 次"}, TODAY)
    in_editor = edited(
        old, entry_text(old).replace("result: 停机由 12 次降至 3 次", "result: 停机由 12 次降至 4 次"), TODAY
    )
    for result in (by_name, in_editor):
        assert result is not None
        assert result.version.body == generated_body("case", fields, "zh-CN")
        assert "4 次" in result.version.text
        assert "3 次" not in result.version.text
        assert [block.text for block in result.document.blocks] == result.version.text.split("\n")
        assert result.notes == ()


def test_it_follows_the_language_too_and_no_other_property() -> None:
    english = with_changes(MADE, {"locale": "en"}, TODAY)
    assert english is not None
    assert "## Challenge" in english.version.body
    renamed = with_changes(MADE, {"title": "泵站"}, TODAY)
    assert renamed is not None
    assert renamed.version.body == MADE.body


def test_fields_that_leave_nothing_to_say_are_refused() -> None:
    old = _made(note="只给同事看", pain="夜班靠人巡检")
    with pytest.raises(InputError, match="leave nothing to say"):
        with_changes(old, {"fields.pain": ""}, TODAY)


HAND = "# 泵站\n\n停机由 12 次降至 3 次，用了6 周。"


@pytest.mark.parametrize(
    ("changes", "notes"),
    [
        ({"result": "停机由 12 次降至 4 次"}, ["fields.result now says 4 次; the text still says 3 次"]),
        ({"result": "停机由 12 次降至 3 次，节省 20 万元"}, ["fields.result now says 20 万元; the text does not"]),
        ({"result": "停机由 12 次降下来"}, ["fields.result no longer says 3 次; the text still does"]),
        ({"value": ""}, ["fields.value no longer says 6 周; the text still does"]),
        ({"result": "停机从 12 次减到 3 次"}, []),
        ({"pain": "夜班人手不够"}, []),
        ({"project_name": "泵房"}, ["fields.project_name now says '泵房'; the text still says '泵站'"]),
        ({"sales": "王五 9 组"}, []),
        ({"results": "[{measure: 能耗, before: '95', after: '38', unit: kWh}]"}, ["fields.results now says 95 kWh, 38 kWh; the text does not"]),
        (
            {"result": "停机由 12 次降至 4 次", "value": "少跑 7 趟"},
            ["fields.result now says 4 次; the text still says 3 次", "fields.value now says 7 趟; the text still says 6 周"],
        ),
    ],
)  # fmt: skip
def test_a_text_written_by_hand_stays_and_what_it_says_otherwise_is_told(
    changes: dict[str, str], notes: list[str]
) -> None:
    fields = {
        "pain": "夜班靠人巡检",
        "result": "停机由 12 次降至 3 次",
        "project_name": "泵站",
        "sales": "王五",
        "value": "6 周见效",
    }
    old = replace(CASE, fields=fields, body=f"{HAND}\n", text="泵站\n停机由 12 次降至 3 次，用了6 周。")
    result = with_changes(old, {f"fields.{name}": value for name, value in changes.items()}, TODAY)
    assert result is not None
    assert result.version.body == old.body
    assert list(result.notes) == [f"{note}: change it with --set text=@FILE or in the editor" for note in notes]


def test_a_text_changed_along_with_its_fields_is_taken_as_written() -> None:
    text = entry_text(MADE).replace("3 次", "4 次").replace("夜班靠人巡检。", "夜班只能靠人巡检。")
    result = edited(MADE, text, TODAY)
    assert result is not None
    assert "夜班只能靠人巡检。" in result.version.body
    assert result.notes == ()


def test_english_notes() -> None:
    fields = {"pain": "Stops", "result": "Stops fell from 12 hours to 3 hours"}
    old = replace(CASE, locale="en", fields=fields, body="Stops fell to 3 hours at six sites.\n", text="Stops fell to 3 hours at six sites.")  # fmt: skip
    result = with_changes(old, {"fields.result": "Stops fell from 12 hours to 4 hours at 9 sites"}, TODAY)
    assert result is not None
    [note] = result.notes
    assert note.startswith("fields.result now says 4 hours, 9; the text still says 3 hours:")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: case-a", "id: case-b", "the id is 'case-b' instead of 'case-a'"),
        ("id: case-a\n", "", "the id is gone"),
        ("kind: case", "kind: product", "the kind is 'product' instead of 'case'"),
        ("title: 水泵站\n", "", "the title is gone"),
        ("title: 水泵站", "title:", "the title is gone"),
        ("audience: public\n", "", "the audience is gone"),
        ("audience: public", "audience: all", "line 6: 'all' is no audience"),
        ("audience: public", "state: approved\naudience: public", "'state' is not changed here"),
        ("valid_until: 2027-01-01", "valid_until: 2027-13-01", "line 11: valid_until: '2027-13-01' is no date"),
        ("locale: zh-CN", "locael: zh-CN", "line 5: unknown key 'locael'; did you mean locale?"),
        ("  industry: 水务", "  industry: [水务, {a: b}]", "industry"),
        (BODY, "", "holds no text"),
        ("---\n", "", "no front matter"),
    ],
)  # fmt: skip
def test_what_is_refused(old: str, new: str, said: str) -> None:
    assert old in entry_text(CASE)
    with pytest.raises(InputError) as refused:
        edited(CASE, entry_text(CASE).replace(old, new), TODAY)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_emptied_editor_changes_nothing() -> None:
    with pytest.raises(InputError, match="empty; nothing was changed"):
        edited(CASE, " \n", TODAY)


def test_what_was_wrong_before_does_not_stop_another_change() -> None:
    old = replace(CASE, fields={"industry": ["a", {"b": "c"}], "result": "x"})
    result = edited(old, entry_text(old).replace("result: x", "result: y"), TODAY)
    assert result is not None
    assert result.version.fields == {"industry": ["a", {"b": "c"}], "result": "y"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "水泵房: 新 # 1"}, {"title": "水泵房: 新 # 1"}),
        ({"markets": "CN, EU"}, {"markets": ("CN", "EU")}),
        ({"markets": ""}, {"markets": ()}),
        ({"customer": ""}, {"customer": None}),
        ({"valid_until": "2027-03-01"}, {"valid_until": date(2027, 3, 1)}),
        ({"valid_until": "+60d"}, {"valid_until": date(2026, 4, 30)}),
        ({"valid_until": ""}, {"valid_until": None}),
        ({"audience": "partner"}, {"audience": Audience.PARTNER}),
        ({"owner": "no"}, {"owner": "no"}),
        ({"text": "# 新\n\n停机减半。"}, {"body": "# 新\n\n停机减半。\n", "text": "新\n停机减半。"}),
        ({"text": "---\na: b\n---\n正文"}, {"body": "---\na: b\n---\n正文\n"}),
        ({"fields.result": "停机降至 1 小时: 新"}, {"fields": {**CASE.fields, "result": "停机降至 1 小时: 新"}}),
        ({"fields.项目效果": "95"}, {"fields": {**CASE.fields, "result": "95"}}),
        ({"fields.industry": ""}, {"fields": {"result": "停机减半", "blurb_100": "短文"}}),
        ({"fields.region": "中国"}, {"fields": {**CASE.fields, "region": "中国"}}),
        ({"title": "一", "fields.result": "二"}, {"title": "一", "fields": {**CASE.fields, "result": "二"}}),
    ],
)  # fmt: skip
def test_single_properties_by_name(changes: dict[str, str], expected: dict[str, object]) -> None:
    result = with_changes(CASE, changes, TODAY)
    assert result is not None
    assert {name: getattr(result.version, name) for name in expected} == expected
    untouched = {"title", "markets", "customer", "valid_until", "audience", "owner", "body", "fields"} - set(expected)
    assert {name: getattr(result.version, name) for name in untouched} == {
        name: getattr(CASE, name) for name in untouched
    }


@pytest.mark.parametrize("changes", [{}, {"title": "水泵站"}, {"markets": "CN"}, {"fields.region": ""}])
def test_setting_what_is_there_is_nothing(changes: dict[str, str]) -> None:
    assert with_changes(CASE, changes, TODAY) is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("titel", "x", "'titel' is no property of an entry; did you mean title?"),
        ("result", "x", "did you mean fields.result?"),
        ("fields.resullt", "x", "a case has no field 'resullt'; did you mean fields.result?"),
        ("state", "approved", "'state' is not set here; use `koujing library submit`"),
        ("id", "x", "'id' is not set here"),
        ("title", " ", "title: cannot be empty"),
        ("text", "", "text: cannot be empty"),
        ("audience", "all", "'all' is no audience"),
        ("valid_until", "soon", "valid_until: 'soon' is no date"),
        ("text", "# 标题", "headings only"),
    ],
)
def test_a_name_or_value_that_is_wrong_is_said(name: str, value: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        with_changes(CASE, {name: value}, TODAY)
    assert said in str(refused.value)
    assert "line " not in str(refused.value)


def test_lists_and_records_may_be_given_in_short_form() -> None:
    result = with_changes(
        CASE, {"fields.results": '[{measure: 停机, before: "12", after: "3"}]', "fields.value": "[草稿] 省"}, TODAY
    )
    assert result is not None
    assert result.version.fields["results"] == [{"measure": "停机", "before": "12", "after": "3"}]
    assert result.version.fields["value"] == "[草稿] 省", "a text that only begins like a list"


def test_versions_of_before_have_text_and_no_markdown() -> None:
    old: EntryVersion = replace(CASE, body="", text="停机\n减半。")
    assert entry_text(old).endswith("---\n停机\n减半。\n")
    assert edited(old, entry_text(old), TODAY) is None
