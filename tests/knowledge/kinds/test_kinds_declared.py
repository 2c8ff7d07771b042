"""The kinds as they are declared: all there, whole, and refused when a declaration is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from knowledge.domain.errors import InputError, NotFound, SetupError
from knowledge.kinds import FieldDeclaration, all_kinds, columns, kind_named, label_of, review_cycle
from knowledge.kinds.headings import Target
from knowledge.kinds.loading import FOLDER, read_kind
from knowledge.kinds.reference import column_rows, field_rows, kind_rows
from knowledge.records import KINDS

HAN = range(0x4E00, 0xA000)


def test_each_kind_of_the_library_is_declared_and_no_other() -> None:
    assert [kind.id for kind in all_kinds()] == list(KINDS)
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*KINDS, "shared"}


@pytest.mark.parametrize("kind_id", KINDS)
def test_a_kind_says_in_both_languages_what_it_is(kind_id: str) -> None:
    kind = kind_named(kind_id)
    chinese = [kind.name.zh, kind.purpose.zh, *(field.label.zh for field in kind.fields)]
    english = [kind.name.en, kind.purpose.en, *(field.label.en for field in kind.fields)]
    assert [text for text in chinese if not any(ord(char) in HAN for char in text)] == []
    assert [text for text in english if not text.isascii()] == []
    assert kind.sections


@pytest.mark.parametrize("kind_id", KINDS)
def test_a_body_leaves_out_nothing_but_what_is_internal(kind_id: str) -> None:
    kind = kind_named(kind_id)
    stated = {name for section in kind.sections for name in (*section.fields, section.each, section.heading_from)}
    apart = {"title_line", "blurb_100", "blurb_500"}  # other lengths of the same text
    assert {field.name for field in kind.fields if not field.internal} - stated <= apart
    assert {field.name for field in kind.fields if field.internal} & stated == set()


def test_an_unknown_kind_is_named_with_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"'story' is no kind of entry; choose company, people"):
        kind_named("story")


GOOD: dict[str, Any] = {
    "id": "note",
    "name": {"zh": "便签", "en": "Note"},
    "purpose": {"zh": "便签", "en": "Notes"},
    "fields": [{"name": "who", "label": {"zh": "何人", "en": "Who"}}],
}
RECORDS = {"name": "rows", "label": {"zh": "行", "en": "Rows"}, "type": "records"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"colour": "red"}, "colour: Extra inputs"),
        ({"fields": [{**GOOD["fields"][0], "typ": "text"}]}, "fields.0.typ: Extra inputs"),
        ({"fields": [{**GOOD["fields"][0], "type": "color"}]}, "fields.0.type"),
        ({"fields": [RECORDS]}, "'fields' belongs to type records"),
        ({"fields": [{**GOOD["fields"][0], "type": "choice"}]}, "'options' belongs to type choice"),
        ({"fields": [{**RECORDS, "fields": GOOD["fields"], "plain": "what"}]}, "plain names no sub-field"),
        ({"review_days": 30}, "needs its review_reason"),
        ({"any_of": ["whom"]}, "no field is called whom"),
        ({"sections": [{"heading": {"zh": "一", "en": "One"}, "fields": ["whom"]}]}, "no field is called whom"),
        (
            {"fields": [*GOOD["fields"], {"name": "person", "label": {"zh": "何人（必填）", "en": "Person"}}]},
            "'何人（必填）' would be a heading of both who and person",
        ),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_place(changed: dict[str, Any], says: str) -> None:
    read_kind(GOOD, "note")
    with pytest.raises(SetupError) as refused:
        read_kind({**GOOD, **changed}, "note")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_kind_file_is_written_so_that_its_mistakes_are_found() -> None:
    """The files hold no key twice: YAML would drop the first silently."""

    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), node.start_mark
        return loader.construct_mapping(node, deep=True)

    Strict.add_constructor("tag:yaml.org,2002:map", mapping)
    for path in sorted(FOLDER.glob("*.yaml")):
        assert yaml.load(path.read_text(encoding="utf-8"), Loader=Strict)


# --- review cycles ---------------------------------------------------------------------------------------------------


def test_ninety_days_unless_a_reason_is_given() -> None:
    assert {kind.id: kind.review_days for kind in all_kinds() if kind.review_days != 90} == {"competitor": 30}
    assert review_cycle("case") == 90
    assert review_cycle("competitor", {"case": 180}) == 30
    assert review_cycle("case", {"case": 180}) == 180
    assert review_cycle(kind_named("case"), {"case": 180}) == 180


@pytest.mark.parametrize("overrides", [{"story": 30}, {"case": 0}, {"case": "90"}, {"case": True}, {"case": 4000}])
def test_an_override_that_means_nothing_is_refused(overrides: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="review cycle"):
        review_cycle("case", overrides)


# --- what others read of it ------------------------------------------------------------------------------------------


def _all_fields(fields: tuple[FieldDeclaration, ...]) -> Iterator[FieldDeclaration]:
    for field in fields:
        yield field
        yield from _all_fields(field.fields)


def test_names_serve_the_lexicon() -> None:
    named = {(kind.id, field.name): field.names for kind in all_kinds() for field in _all_fields(kind.fields)}
    assert named[("people", "name")] == named[("view", "speaker")] == named[("case", "sales")] == "person"
    assert named[("certificate", "issuer")] == named[("medium", "name")] == "organisation"
    assert named[("certificate", "certificate")] == named[("technology", "certificates")] == "certificate"
    assert named[("company", "headquarters")] == "place"
    assert named[("case", "pain")] is None


def test_the_rows_of_the_documentation_name_every_field_once() -> None:
    assert [row.kind for row in kind_rows()] == list(KINDS)
    rows = [(row.kind, row.field) for row in field_rows()]
    assert len(rows) == len(set(rows))
    assert ("case", "results.before") in rows
    assert [name for name, *_ in column_rows()] == list(columns())


@pytest.mark.parametrize(
    ("target", "language", "label"),
    [
        (Target("pain"), "zh", "客户痛点"),
        (Target("pain"), "en", "Customer pain"),
        (Target("customer", is_column=True), "zh", "客户名称"),
        (Target("own_fact"), "zh", "own_fact"),
    ],
)
def test_a_label_heads_a_column_in_an_export(target: Target, language: str, label: str) -> None:
    assert label_of("case", target, language) == label
