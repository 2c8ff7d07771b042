"""YAML catalogues of Rails and others, byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from catalogues import marked, opened, texts, with_texts
from contract import FormatContract, Sample
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.localization.formats.base import Written
from assistant.localization.formats.yaml_messages import YamlMessages
from assistant.localization.formats.yaml_scalars import styled
from knowledge.domain.errors import InputError, UnreadableFile

STYLES = """# Catalogue
---
title: Reports   # shown on top
quoted: 'It''s %{name}'
double: "a \\"b\\" \\u2026"
anchor: &greeting Hello there
alias: *greeting
tagged: !!str tagged words
folded: >-
  one line
  goes on

  next
literal: |
    first: %{a}
    second

list:
  - a: x1
    b: yes
  - [p, 'q', {r: s, "t": 5}]
  - 3
  - :symbol
  - "%Y-%m-%d"
long: words that
  go on here
last: end
"""
CRLF = "a: eins\r\nb: |\r\n  zwei\r\n  drei\r\n"


class TestYaml(FormatContract):
    format = YamlMessages()
    samples = (
        Sample(
            "styles.yaml",
            STYLES.encode(),
            ["Reports", "It's %{name}", 'a "b" …', "Hello there", "tagged words", "one line goes on\nnext",
             "first: %{a}\nsecond", "x1", "p", "q", "s", "words that go on here", "end"],
        ),
        Sample("lines.yml", CRLF.encode(), ["eins", "zwei\ndrei"], "de", "en"),
        Sample("en.yml", b"\xef\xbb\xbfen:\n  a: b c", ["b c"], "en", "en"),
        Sample("two.yml", b"a: x\n---\na: y\n", ["x", "y"]),
    )  # fmt: skip


def test_ids_are_paths_without_the_locale() -> None:
    assert list(texts(opened(YamlMessages(), "en-GB:\n  a:\n    b: [x, y]\n    1: z\n", "en-GB"))) == [
        "a.b[0]",
        "a.b[1]",
        "a.1",
    ]
    assert list(texts(opened(YamlMessages(), "app:\n  a: x\n"))) == ["app.a"]


@pytest.mark.parametrize(
    ("root", "source", "target", "expected"),
    [
        ("en:", "en", "de", "de:"),
        ("zh-CN:", "zh", "en", "en:"),
        ("zh:", "zh", "pt-BR", "pt-BR:"),
        ("zh_CN:", "zh-CN", "pt-BR", "pt_BR:"),
        ('"en" :', "en", "fr", '"fr" :'),
        ("en:", "en", "no", '"no":'),
        ("en:", "en", "en", "en:"),
        ("app:", "en", "de", "app:"),
    ],
)
def test_the_root_becomes_the_target(root: str, source: str, target: str, expected: str) -> None:
    text = f"# {root}\n{root} # {root}\n  a: x\n"
    assert marked(opened(YamlMessages(), text, source, target)) == f"# {root}\n{expected} # {root}\n  a: «x»\n"


def test_several_locales_in_one_file_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="several locales"):
        opened(YamlMessages(), "en:\n  a: x\nde:\n  a: y\n")
    assert list(texts(opened(YamlMessages(), "en: English\nde: German\n"))) == ["en", "de"]


@pytest.mark.parametrize(
    ("raw", "text", "written"),
    [
        ("plain", "other words", "other words"),
        ("plain", "a: b", '"a: b"'),
        ("plain", "%{name} is", '"%{name} is"'),
        ("plain", "ends:", '"ends:"'),
        ("plain", "No", '"No"'),
        ("plain", "12", '"12"'),
        ("plain", "1e3", '"1e3"'),
        ("plain", "- x", '"- x"'),
        ("plain", "a # b", '"a # b"'),
        ("plain", "", '""'),
        ("'x'", "it's", "'it''s'"),
        ("'x'", "two\nlines", '"two\\nlines"'),
        ('"x"', 'a "b" \\', '"a \\"b\\" \\\\"'),
        ("|\n  x\n  y", "eins\nzwei\n", "|\n  eins\n  zwei"),
        (">-\n  x\n  y", "eins\nzwei", ">-\n  eins\n\n  zwei"),
        ("|\n  x", " indented\n", '" indented\\n"'),
    ],
)
def test_a_text_is_written_in_the_style_of_the_old_one(raw: str, text: str, written: str) -> None:
    assert styled(raw, text) == written


def test_in_flow_collections_more_needs_quotes() -> None:
    file = opened(YamlMessages(), "a: [x, {b: y}]\n")
    assert with_texts(file, {"a[0]": "p, q", "a[1].b": "{r}"}) == 'a: ["p, q", {b: "{r}"}]\n'


FILES = "files:\n  one: a file  # 1\n  # the rest\n  other: '%{count} files'\nnext: x\n"


@pytest.mark.parametrize(
    ("source", "target", "before", "after"),
    [
        ("en", "de", FILES, "files:\n  one: «a file»  # 1\n  # the rest\n  other: '«%{count} files»'\nnext: «x»\n"),
        ("en", "zh", FILES, "files:\n  # the rest\n  other: '«%{count} files»'\nnext: «x»\n"),
        ("en", "pl", "f:\n  one: '%{count} file'\n  other: '%{count} files'",
         "f:\n  one: '«%{count} file»'\n  few: '«%{count} files»'\n  many: '«%{count} files»'\n  other: '«%{count} files»'"),
        ("zh", "en", "zh-CN:\n  f:\n    other: \"%{count} 个\"\n", "en:\n  f:\n    one: \"«%{count} 个»\"\n    other: \"«%{count} 个»\"\n"),
        ("zh", "en", "f:\n  other: 其他\n", "f:\n  other: «其他»\n"),
        ("en", "zh", "f: {one: '%{count} a', other: '%{count} b'}\n", "f: {other: '«%{count} b»'}\n"),
        ("zh", "en", "f: {other: '%{count} b'}\n", "f: {one: '«%{count} b»', other: '«%{count} b»'}\n"),
        ("en", "zh", "f:\n- one: '%{count} a'\n  other: '%{count} b'\n", "f:\n- other: '«%{count} b»'\n"),
        ("zh", "en", "f:\n- other: '%{count} b'\n", "f:\n- one: '«%{count} b»'\n  other: '«%{count} b»'\n"),
        ("en", "zh", "f:\n  zero: none\n  one: one\n  other: '%{count} b'\n", "f:\n  zero: «none»\n  other: '«%{count} b»'\n"),
        ("zh", "en", "f:\n  other: |\n    %{count}\n    个\nz: 1\n",
         "f:\n  one: |\n    «%{count}\n    个»\n  other: |\n    «%{count}\n    个»\nz: 1\n"),
    ],
)  # fmt: skip
def test_plurals_in_the_forms_of_the_target(source: str, target: str, before: str, after: str) -> None:
    written = marked(opened(YamlMessages(), before, source, target))
    assert yaml.safe_load(written) == yaml.safe_load(after)
    assert written == after


def test_a_held_form_keeps_the_whole_plural_in_the_source() -> None:
    file = opened(YamlMessages(), FILES, "en", "ru")
    assert marked(file, without="files#few") == FILES.replace("next: x", "next: «x»")


@pytest.mark.parametrize(
    "text",
    [
        "f:\n  ? one\n  : a\n  ? other\n  : '%{count}'\n",
        "f:\n  one: &x a b\n  other: *x\n",
        "f:\n  one: a\n  other: 3\n",
    ],
)
def test_forms_that_cannot_be_moved_stay_single_texts(text: str) -> None:
    file = opened(YamlMessages(), text, "en", "zh")
    assert all(not unit.plural for unit in file.units)
    assert len(yaml.safe_load(marked(file))["f"]) == 2


def test_icu_messages_are_taken_apart() -> None:
    file = opened(YamlMessages(), "n: '{n, plural, one {# file} other {# files}}'\n", "en", "zh")
    assert marked(file) == "n: '{n, plural, other {«# files»}}'\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("a: b\n c: d\n", "line 2"), ("a: 'b\n", "line"), ("a: [" + "[" * 900, "more levels"), ("a: \x07", "file: ")],
)
def test_a_broken_file_says_where(text: str, complaint: str) -> None:
    with pytest.raises(UnreadableFile, match=complaint):
        opened(YamlMessages(), text)


def test_a_text_that_cannot_be_replaced_where_it_stands_is_refused() -> None:
    file = opened(YamlMessages(), "en:\n>\n  a b\n")
    with pytest.raises(InputError, match="quotes"):
        with_texts(file, {"en": " c: d"})


def test_anchors_that_refer_to_themselves_end() -> None:
    assert texts(opened(YamlMessages(), "a: &x\n  b: *x\n  c: words\n")) == {"a.c": "words"}


_TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.text("\"'\\\n a:#-{}[]%|>", max_size=10)


@settings(deadline=None)
@given(_TEXT, st.sampled_from(["x", "'x'", '"x"', "|\n  x", ">-\n  x"]), st.booleans())
def test_any_text_can_be_written_in_any_style(text: str, raw: str, in_flow: bool) -> None:
    written = styled(raw, text, in_flow=in_flow)
    read = yaml.safe_load(f"k: [{written}]\n" if in_flow else f"k: {written}\n")
    assert read == {"k": [text] if in_flow else text}


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1), _VALUES, max_size=4), st.sampled_from([None, True, False]))
def test_any_catalogue_comes_out_as_it_went_in(data: object, flow: bool | None) -> None:
    text = yaml.dump(data, allow_unicode=True, default_flow_style=flow)
    file = opened(YamlMessages(), text)
    assert file.write(Written({unit.id: unit.source for unit in file.units})).decode() == text
    assert len({unit.id for unit in file.units}) == len(file.units)
    again = texts(opened(YamlMessages(), marked(file)))
    assert list(again.values()) == [f"«{unit.source}»" for unit in file.units]
