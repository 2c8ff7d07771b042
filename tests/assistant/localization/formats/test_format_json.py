"""JSON catalogues of every kind, byte for byte."""

from __future__ import annotations

import json

import pytest
from catalogues import PUBLIC_FILES, copied, marked, needs_public_files, opened, texts, with_texts
from contract import FormatContract, Sample
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.localization.content import Content
from assistant.localization.formats.base import LocalizableFile, Written
from assistant.localization.formats.json_messages import JsonMessages
from knowledge.domain.errors import UnreadableFile

FLAT = b"""{
  "title": "Reports",
  "count": 3, "on": true, "none": null, "ratio": -1.50e3,
\t"body" :  "He said \\"go\\" / \\u2026",
  "title": "Reports again"
}
"""
NESTED = '\ufeff{"menu": {"file": "打开 {name}", "more": ["一", "二", {"x": ""}, 4, []]}, "menu.file": "x1", "empty": {}}\r\n'
ASCII = b'{"a":"caf\\u00e9 \\/ bar","b":"\\u003cb\\u003ebold\\u003c\\/b\\u003e"}'
CHROME = b"""{
  "hello": {
    "message": "Hello $USER$, you owe $$5 to $other$",
    "description": "Greets",
    "placeholders": {"user": {"content": "$1", "example": "Ann"}}
  },
  "bye": {"message": "Bye"}
}"""
FORMATJS = b"""{
  "a.b": {"defaultMessage": "It''s {name}", "description": "Who it is"},
  "c": {"id": "c", "defaultMessage": "<b>Bold</b> words"}
}"""
EXTRACTED = b"""[{"id": "first", "defaultMessage": "One"}, {"id": "second", "defaultMessage": "Two"}]"""
I18NEXT = b"""{"friend": "A friend", "friend_male": "A boyfriend of {{name}}", "see": "See $t(friend, {'context': 'male'})!"}"""


class TestJson(FormatContract):
    format = JsonMessages()
    samples = (
        Sample("flat.json", FLAT, ["Reports", 'He said "go" / …', "Reports again"]),
        Sample("nested.json", NESTED.encode(), ["打开 {name}", "一", "二", "x1"]),
        Sample("ascii.json", ASCII, ["café / bar", "<b>bold</b>"]),
        Sample("messages.json", CHROME, ["Hello $USER$, you owe $$5 to $other$", "Bye"]),
        Sample("formatjs.json", FORMATJS, ["It's {name}", "<b>Bold</b> words"]),
        Sample("extracted.json", EXTRACTED, ["One", "Two"]),
        Sample(
            "i18next.json",
            I18NEXT,
            ["A friend", "A boyfriend of {{name}}", "See $t(friend, {'context': 'male'})!"],
        ),
        Sample("nothing.json", b"{}", []),
    )


def json_of(text: str, source: str = "en", target: str = "de", left: tuple[str, ...] = ()) -> LocalizableFile:
    return opened(JsonMessages(), text, source, target, left)


def test_ids_are_paths_and_doubled_keys_are_told_apart() -> None:
    assert list(texts(json_of(FLAT.decode()))) == ["title", "body", "title~2"]
    assert list(texts(json_of(NESTED[1:]))) == ["menu.file", "menu.more[0]", "menu.more[1]", "menu.file~2"]


def test_only_what_changes_is_written_anew() -> None:
    file = json_of(FLAT.decode())
    assert with_texts(file, {"title~2": "Berichte"}) == FLAT.decode().replace("Reports again", "Berichte")
    assert with_texts(json_of(NESTED), {"menu.file": "é"}) == NESTED.replace("打开 {name}", "é")


def test_a_file_in_ascii_stays_in_ascii() -> None:
    written = with_texts(json_of(ASCII.decode()), {"a": "a/é😀", "b": "<i>R&D</i>"})
    assert written == ('{"a":"a\\/\\u00e9\\ud83d\\ude00","b":"\\u003ci\\u003eR\\u0026D\\u003c\\/i\\u003e"}')


def test_keys_that_the_user_leaves_alone() -> None:
    file = json_of(
        '{"meta": {"id": "x1", "deep": {"a": "y"}}, "text": {"id": "x2", "say": "z"}}', left=("meta", "*.id")
    )
    assert list(texts(file)) == ["text.say"]


def test_entries_with_descriptions() -> None:
    greeting, bye = json_of(CHROME.decode()).units
    assert (greeting.id, greeting.note) == ("hello", "Greets")
    assert [code.text for code in greeting.source.codes] == ["$USER$"]
    assert bye.id == "bye"
    first, second = json_of(EXTRACTED.decode()).units
    assert (first.id, second.id) == ("first", "second")


def test_entries_that_are_not_all_alike_are_ordinary_objects() -> None:
    assert list(texts(json_of('{"a": {"message": "x", "title": "y"}, "b": "z"}'))) == ["a.message", "a.title", "b"]


@pytest.mark.parametrize(
    ("source", "target", "before", "after"),
    [
        ("en", "de", '{"a_one": "{{count}} file", "a_other": "{{count}} files"}',
         '{"a_one": "«{{count}} file»", "a_other": "«{{count}} files»"}'),
        ("en", "zh", '{"x": "x", "a_one": "One file", "a_other": "{{count}} files"}',
         '{"x": "«x»", "a_other": "«{{count}} files»"}'),
        ("en", "ru", '{\n  "a_one": "{{count}} file",\n  "a_other": "{{count}} files"\n}',
         '{\n  "a_one": "«{{count}} file»",\n  "a_few": "«{{count}} files»",\n  "a_many": "«{{count}} files»",\n  "a_other": "«{{count}} files»"\n}'),
        ("zh", "en", '{"a_other": "{{count}} 个文件"}', '{"a_one": "«{{count}} 个文件»", "a_other": "«{{count}} 个文件»"}'),
        ("zh", "en", '{"sector_other": "其他"}', '{"sector_other": "«其他»"}'),
        ("en", "zh", '{"a_zero": "None", "a_one": "{{count}} file", "a_other": "{{count}} files"}',
         '{"a_zero": "«None»", "a_other": "«{{count}} files»"}'),
        ("en", "ja", '{"p_ordinal_one": "{{count}}st", "p_ordinal_two": "{{count}}nd", "p_ordinal_few": "{{count}}rd", "p_ordinal_other": "{{count}}th"}',
         '{"p_ordinal_other": "«{{count}}th»"}'),
        ("en", "zh", '{"a": "{{count}} file", "a_plural": "{{count}} files"}', '{"a_0": "«{{count}} files»"}'),
        ("en", "pl", '{"a": "{{count}} file", "a_plural": "{{count}} files"}',
         '{"a_0": "«{{count}} file»", "a_1": "«{{count}} files»", "a_2": "«{{count}} files»"}'),
        ("ja", "fr", '{"a_0": "{{count}}件"}', '{"a": "«{{count}}件»", "a_plural": "«{{count}}件»"}'),
        ("en", "de", '{"step_one": "First", "step_two": "Second", "step_other": "Rest"}',
         '{"step_one": "«First»", "step_two": "«Second»", "step_other": "«Rest»"}'),
        ("en", "zh", '{"m_one": "{{count}} file", "between": "x", "m_other": "{{count}} files"}',
         '{"m_other": "«{{count}} files»", "between": "«x»"}'),
    ],
)  # fmt: skip
def test_plurals_of_i18next_in_the_forms_of_the_target(source: str, target: str, before: str, after: str) -> None:
    file = json_of(before, source, target)
    assert json.loads(marked(file)) == json.loads(after)
    assert marked(file) == after
    same = json_of(before, source, source)
    assert same.write(Written({unit.id: unit.source for unit in same.units})).decode() == before


def test_units_of_a_plural() -> None:
    one, other = json_of('{"x": {"a_one": "{{count}} file", "a_other": "{{count}} files"}}').units
    assert (one.id, one.plural, one.plural_of, one.place) == ("x.a#one", "one", "x.a", "x.a")
    assert (other.id, other.plural, other.plural_of) == ("x.a#other", "other", "x.a")


def test_a_held_form_keeps_the_whole_plural_in_the_source() -> None:
    text = '{"a_one": "{{count}} file", "a_other": "{{count}} files", "b": "x"}'
    file = json_of(text, "en", "ru")
    assert marked(file, without="a#few") == text.replace('"x"', '"«x»"')


def test_a_message_with_variants_makes_the_file_icu() -> None:
    text = '{"n": "{n, plural, one{# file} other{# files}}", "item": "The {item}", "quote": "it\'\'s"}'
    file = json_of(text, "en", "fr")
    assert list(texts(file)) == ["n#n.one", "n#n.many", "n#n.other", "item", "quote"]
    assert texts(file)["quote"] == "it's"
    item = next(unit for unit in file.units if unit.id == "item")
    written = json.loads(file.write(Written({"item": Content.of("L'", *item.source.codes)})))
    assert written["item"] == "L''{item}"
    assert written["n"] == json.loads(text)["n"]


def test_an_apostrophe_before_a_placeholder_is_harmless_whoever_reads_the_file() -> None:
    assert with_texts(json_of('{"item": "The {item}"}', "en", "fr"), {"item": "L'{item}"}) == '{"item": "L’{item}"}'
    assert with_texts(json_of('{"item": "\'{item}\'"}', "en", "fr"), {"item": "L'{item}"}) == '{"item": "L\'{item}"}'


@pytest.mark.parametrize(
    ("source", "target", "before", "after"),
    [
        ("en", "zh", "One post|{count} posts", "«{count} posts»"),
        ("en", "de", "One post | {count} posts", "«One post» | «{count} posts»"),
        ("en", "pl", "{count} post|{count} posts", "«{count} post»|«{count} posts»|«{count} posts»|«{count} posts»"),
        ("zh", "en", "{count} 篇", "{count} 篇"),
        ("zh", "zh", "一篇 | {count} 篇", "«一篇» | «{count} 篇»"),
        ("zh", "en", "一篇 | {count} 篇", "«一篇» | «{count} 篇»"),
        ("zh", "ja", "一篇 | {count} 篇", "«{count} 篇»"),
        ("zh", "fr", "一篇|{count} 篇", "«{count} 篇»|«{count} 篇»|«{count} 篇»"),
        ("en", "de", "a|b|c", "«a|b|c»"),
    ],
)
def test_plurals_of_docusaurus(source: str, target: str, before: str, after: str) -> None:
    entry = {"message": before, "description": 'Use as much plural forms (separated by "|") as your language supports'}
    file = json_of(json.dumps({"theme.posts": entry}), source, target)
    if "|" in before:
        assert json.loads(marked(file))["theme.posts"]["message"] == after
    else:
        assert texts(file) == {"theme.posts": after}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            '{\n  // comment\n  "a": "b"\n}',
            "line 2, column 3: a comment, which JSON does not have; take the comments out",
        ),
        ('{"a": "b" /* x */}', "line 1, column 11: a comment"),
        ('{"a": "b",}', "line 1, column 11"),
        ('{"a" "b"}', "line 1, column 6: expected :"),
        ('{"a": "b\n"}', "line 1, column 7"),
        ('{"a": b}', "line 1, column 7"),
        ('{"a": "b"} x', "line 1, column 12"),
        ("[" * 5000, "levels"),
        ("", "found the end"),
    ],
)
def test_a_broken_file_says_where(text: str, complaint: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        json_of(text)
    assert complaint in raised.value.message


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=6), _VALUES, max_size=5), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_any_json_comes_out_as_it_went_in(data: object, indent: int | str | None, ascii_: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_)
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    file = json_of(text)
    assert file.write(Written({unit.id: unit.source for unit in file.units})).decode() == text
    ids = [unit.id for unit in file.units]
    assert len(set(ids)) == len(ids)
    again = json.loads(marked(file))
    assert json.dumps(again).count("\\u00ab") >= len(ids)


@needs_public_files
@pytest.mark.parametrize(
    ("folder", "locale"),
    [("json_nodejs_org/packages/i18n/src/locales", ""), ("json_docusaurus_karmada/i18n/zh", "zh")],
)
def test_public_files_are_copied_byte_for_byte(folder: str, locale: str) -> None:
    files = sorted((PUBLIC_FILES / folder).rglob("*.json"))
    assert files
    for path in files:
        before, after, count = copied(JsonMessages(), path, locale or path.stem)
        assert after == before, path.name
        assert count > 3
