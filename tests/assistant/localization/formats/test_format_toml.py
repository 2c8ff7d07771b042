"""TOML catalogues of Hugo and others, byte for byte."""

from __future__ import annotations

import tomllib

import pytest
from catalogues import PUBLIC_FILES, copied, marked, needs_public_files, opened, texts, with_texts
from contract import FormatContract, Sample
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.localization.formats.base import Written
from assistant.localization.formats.toml_messages import TomlMessages
from assistant.localization.formats.toml_scan import literal
from knowledge.domain.errors import UnreadableFile

HUGO = b"""# Strings of the site.
[caution]   # shown in red
other = "Caution:"   # a comment

[page."404"]
description = "For the page that is not there"
hash = "sha1-abc"
other = \"\"\"<p>Not here.</p>
He said \\"where\\" ""twice"" \\u2026\"\"\"

[plain]
other  = 'C:\\new'
[last]
other = '''
It's
literal'''
"""
MIXED = (
    'title = "标题"\r\ncount = 3\r\nwhen = 2026-03-01\r\nlist = [ "一", ["二", { a = "三" }], 5, # "no"\r\n "四" ]\r\n'
    'a."b.c".d = "五"\r\n[[shop]]\r\nname = "六"\r\n[[shop]]\r\nname = "七"\r\n[shop.in]\r\nx = "八"\r\ny = ""\r\n'
    'z = """\r\n九\r\n十"""\r\n'
)


class TestToml(FormatContract):
    format = TomlMessages()
    samples = (
        Sample(
            "en.toml",
            HUGO,
            ["Caution:", '<p>Not here.</p>\nHe said "where" ""twice"" …', "C:\\new", "It's\nliteral"],
        ),
        Sample("mixed.toml", MIXED.encode(), list("标题,一,二,三,四,五,六,七,八,九\n十".split(",")), "zh", "en"),
        Sample("mark.toml", b'\xef\xbb\xbfa = "b1"', ["b1"]),
    )


def test_ids_are_paths() -> None:
    assert list(texts(opened(TomlMessages(), HUGO.decode()))) == ["caution", "page.404", "plain", "last"]
    assert list(texts(opened(TomlMessages(), MIXED))) == [
        "title", "list[0]", "list[1][0]", "list[1][1].a", "list[3]", "a.b.c.d", "shop[0].name", "shop[1].name",
        "shop[1].in.x", "shop[1].in.z",
    ]  # fmt: skip


def test_the_description_is_a_note_and_no_text() -> None:
    page = opened(TomlMessages(), HUGO.decode()).units[1]
    assert page.note == "For the page that is not there"
    assert list(texts(opened(TomlMessages(), '[[m]]\nid = "a"\ntranslation = "b1"'))) == ["m[0].translation"]


def test_values_keep_their_style() -> None:
    written = with_texts(
        opened(TomlMessages(), HUGO.decode()), {"caution": 'A "B" \\', "plain": "D:\\alt", "last": "Zwei\nZeilen"}
    )
    assert 'other = "A \\"B\\" \\\\"   # a comment' in written
    assert "other  = 'D:\\alt'" in written
    assert "other = '''\nZwei\nZeilen'''" in written


READING = """[reading_time]
one = "One minute"
# the rest
other = "{{ .Count }} minutes"  # many

[next]
other = "Next"
"""


@pytest.mark.parametrize(
    ("source", "target", "before", "after"),
    [
        ("en", "de", READING, READING.replace('"One minute"', '"«One minute»"')
         .replace('"{{ .Count }} minutes"', '"«{{ .Count }} minutes»"').replace('"Next"', '"«Next»"')),
        ("en", "zh", '[a]\none = "{{ .Count }} day"\nother = "{{ .Count }} days"', '[a]\nother = "«{{ .Count }} days»"'),
        ("en", "zh", '[a]\nother = "{{ .Count }} days"\none = "{{ .Count }} day"', '[a]\nother = "«{{ .Count }} days»"\n'),
        ("zh", "en", "[a]\n  other = '{{ .Count }} 天'", "[a]\n  one = '«{{ .Count }} 天»'\n  other = '«{{ .Count }} 天»'"),
        ("zh", "en", "[a]\nother = '今天'", "[a]\nother = '«今天»'"),
        ("en", "pl", "a.one = '{{ .Count }} day'\r\na.other = '{{ .Count }} days'\r\n",
         "a.one = '«{{ .Count }} day»'\r\na.few = '«{{ .Count }} days»'\r\na.many = '«{{ .Count }} days»'\r\na.other = '«{{ .Count }} days»'\r\n"),
        ("en", "zh", "a = { one = '{{ .Count }} day', other = '{{ .Count }} days' }", "a = { other = '«{{ .Count }} days»' }"),
        ("ru", "en", "a = { other = '{{.Count}} d', one = '{{.Count}} a', few = '{{.Count}} b', many = '{{.Count}} c' }",
         "a = { other = '«{{.Count}} d»', one = '«{{.Count}} a»' }"),
        ("ru", "zh", "a = { one = '{{.Count}} a', few = '{{.Count}} b', other = '{{.Count}} d', many = '{{.Count}} c' }",
         "a = { other = '«{{.Count}} d»' }"),
        ("zh", "en", "a = { other = '{{.Count}} 天' }", "a = { one = '«{{.Count}} 天»', other = '«{{.Count}} 天»' }"),
    ],
)  # fmt: skip
def test_plurals_in_the_forms_of_the_target(source: str, target: str, before: str, after: str) -> None:
    written = marked(opened(TomlMessages(), before, source, target))
    assert tomllib.loads(written) == tomllib.loads(after)
    assert written == after


def test_a_held_form_keeps_the_whole_plural_in_the_source() -> None:
    file = opened(TomlMessages(), READING, "en", "ru")
    assert marked(file, without="reading_time#few") == READING.replace('"Next"', '"«Next»"')


@pytest.mark.parametrize(
    ("text", "complaint"),
    [('a = "b\n', "line 1"), ("[a]\n[a]\n", "line 2"), ("a = " + "[" * 5000, "not TOML"), ("a = 1\na = 2", "not TOML")],
)
def test_a_broken_file_says_where(text: str, complaint: str) -> None:
    with pytest.raises(UnreadableFile, match=complaint):
        opened(TomlMessages(), text)


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12) | st.text("\"'\\\n a", max_size=10)


@settings(deadline=None)
@given(_TEXT, st.sampled_from(['"x"', "'x'", '"""x"""', "'''\nx'''", '"""\r\nx"""']))
def test_any_text_can_be_written_in_any_style(text: str, raw: str) -> None:
    assert tomllib.loads(f"v = {literal(raw, text)}\n") == {"v": text}


@settings(deadline=None)
@given(
    st.dictionaries(st.text("ab-_1", min_size=1, max_size=4), _TEXT, max_size=5),
    st.sampled_from(['"', "'", '"""', "'''"]),
)
def test_any_catalogue_comes_out_as_it_went_in(messages: dict[str, str], style: str) -> None:
    text = "".join(f"[{key}]\nother = {literal(style + 'x' + style, said)}\n" for key, said in messages.items())
    file = opened(TomlMessages(), text)
    assert file.write(Written({unit.id: unit.source for unit in file.units})).decode() == text
    read = tomllib.loads(marked(file))
    for unit in file.units:
        assert read[unit.id]["other"] == f"«{unit.source}»"


@needs_public_files
def test_public_files_are_copied_byte_for_byte() -> None:
    files = sorted((PUBLIC_FILES / "toml_k8s_website").rglob("*.toml"))
    assert files
    for path in files:
        before, after, count = copied(TomlMessages(), path, path.stem)
        assert after == before, path.name
        assert count > 30
