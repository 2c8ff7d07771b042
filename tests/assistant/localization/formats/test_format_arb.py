"""Flutter's catalogues."""

from __future__ import annotations

import json

import pytest
from catalogues import PUBLIC_FILES, copied, marked, needs_public_files, opened, texts, with_texts
from contract import FormatContract, Sample

from assistant.localization.content import Content
from assistant.localization.formats.arb import Arb
from assistant.localization.formats.base import Written
from knowledge.domain.errors import UnreadableFile

APP = """{
  "@@last_modified": "2026-03-01",
  "repo": "{name} repository",
  "@repo": {
    "description": "Link to a repository",
    "placeholders": {"name": {"type": "String", "example": "Gallery"}, "other": {}}
  },
  "logo": "logo_en.png",
  "@logo": {"type": "image"},
  "only": "{name}",
  "title": "Don't \\"panic\\"\\n"
}
"""
CHINESE = '{"@@locale": "zh", "hello": "你好，{name}", "price": "{value, number, currency}元"}'


class TestArb(FormatContract):
    format = Arb()
    samples = (
        Sample("app_en.arb", APP.encode(), ["{name} repository", 'Don\'t "panic"\n']),
        Sample("app_zh.arb", CHINESE.encode(), ["你好，{name}", "{value, number, currency}元"], "zh", "zh"),
    )


def test_notes_name_the_placeholders() -> None:
    repo, title = opened(Arb(), APP).units
    assert repo.note == "Link to a repository; placeholders: name (Gallery), other"
    assert [code.text for code in repo.source.codes] == ["{name}"]
    assert title.note == ""


@pytest.mark.parametrize(("target", "tag"), [("en", "en"), ("zh-TW", "zh_TW"), ("pt-BR", "pt_BR")])
def test_the_locale_becomes_the_target(target: str, tag: str) -> None:
    written = json.loads(marked(opened(Arb(), CHINESE, "zh", target)))
    assert written["@@locale"] == tag
    assert written["hello"] == "«你好，{name}»"


def test_a_message_for_each_form_of_the_target() -> None:
    text = '{"n": "{n, plural, =0{None} =1{1 hour} other{{n} hours}}", "@n": {"description": "Time"}}'
    file = opened(Arb(), text, "en", "fr")
    assert texts(file) == {"n#n.=0": "None", "n#n.=1": "1 hour", "n#n.many": "{n} hours", "n#n.other": "{n} hours"}
    assert file.units[0].note == "Time; for the number 0"
    assert json.loads(marked(file))["n"] == (
        "{n, plural, =0{«None»} =1{«1 hour»} many{«{n} hours»} other{«{n} hours»}}"
    )
    assert marked(file, without="n#n.many") == text


def test_zero_is_the_number_in_every_language() -> None:
    file = opened(Arb(), '{"n": "{n, plural, zero{None} one{one} other{{n} hours}}"}', "en", "zh")
    assert json.loads(marked(file))["n"] == "{n, plural, zero{«None»} other{«{n} hours»}}"


@pytest.mark.parametrize(
    ("other", "text", "target", "expected"),
    [
        ("x", "The {item}", "L'{item}", "L’{item}"),
        ("it''s", "The {item}", "L'{item}", "L''{item}"),
        ("x", "'{item}'", "", "'{item}'"),
        ("x", "It's {item}", "C'est {item}", "C'est {item}"),
    ],
)
def test_apostrophes_quote_only_where_the_file_shows_it(other: str, text: str, target: str, expected: str) -> None:
    file = opened(Arb(), json.dumps({"other": other, "text": text}), "en", "fr")
    unit = next((unit for unit in file.units if unit.id == "text"), None)
    targets = {}
    if unit is not None:
        targets = {"text": Content.of(target.removesuffix("{item}"), *unit.source.codes)}
    assert json.loads(file.write(Written(targets)))["text"] == expected


def test_keys_that_are_left_alone() -> None:
    assert list(texts(opened(Arb(), APP, left=("rep*",)))) == ["title"]
    assert with_texts(opened(Arb(), APP), {}) == APP


def test_a_file_that_is_no_object_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="not an object"):
        opened(Arb(), '["a"]')


@needs_public_files
def test_public_files_are_copied_byte_for_byte() -> None:
    files = sorted((PUBLIC_FILES / "arb_flutter_gallery").rglob("*.arb"))
    assert files
    for path in files:
        before, after, count = copied(Arb(), path, path.stem.removeprefix("intl_"))
        assert after == before, path.name
        assert count > 500
