"""Properties files follow the rules of java.util.Properties."""

from __future__ import annotations

import pytest
from contract import FormatContract, Sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.properties import Properties
from knowledge.domain.locale import Locale

READING = Reading("app.properties", Locale("en"), Locale("zh-CN"))
FILE = rb"""# Title of the window
title = Welcome, {0}!
! another comment
empty=
path\ with\:signs : C:\\files\tand tab
long=one \
     two \
     three
bare
spaced   value with spaces  
number=42
   indented=  It''s {0,number} o''clock
""".replace(b"\r\n", b"\n")  # noqa: W291


class TestProperties(FormatContract):
    format = Properties()
    samples = (
        Sample("app.properties", FILE, [
            "Welcome, {0}!", "C:\\files\tand tab", "one two three", "value with spaces  ", "42",
            "It's {0,number} o'clock"]),
        Sample("app_fr.properties", "a=d\u00e9j\u00e0 vu\n".encode("latin-1"), ["déjà vu"], "fr"),
        Sample("app_zh.properties", "a=平台\nb:边缘\n".encode(), ["平台", "边缘"], "zh"),
        Sample("escaped.properties", rb"a=\u5e73\u53f0 \ud83d\ude00 ok", ["平台 😀 ok"], "zh"),
        Sample("twice.properties", b"a=One\r\na=Two\r\n", ["One", "Two"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "written"),
    [
        (b"a=One", rb"a=\u53E3\u5F84"),
        (rb"a=One \u00e9", rb"a=\u53e3\u5f84"),
        ("a=One é".encode(), "a=口径".encode()),
        ("a=One é".encode("latin-1"), rb"a=\u53E3\u5F84"),
    ],
)
def test_letters_are_escaped_as_the_file_does_it(data: bytes, written: bytes) -> None:
    assert Properties().read(data, READING).write(Written({"a": Content.of("口径")})) == written


def test_the_comment_above_a_key_is_its_note() -> None:
    units = {unit.id: unit for unit in Properties().read(FILE, READING).units}
    assert units["title"].note == "Title of the window"
    assert units["long"].note == ""
    assert units["path with:signs"].place == "line 5"


def test_apostrophes_are_doubled_in_messages_with_arguments_only() -> None:
    file = Properties().read(b"a=It''s {0}\nb=Its\n", READING)
    new = file.write(Written({"a": Content.of("l'un {0}"), "b": Content.of("l'autre")}))
    assert new == b"a=l''un {0}\nb=l'autre\n"


def test_keys_may_be_left() -> None:
    left = Reading("app.properties", Locale("en"), Locale("de"), keys_left=("app.*",))
    assert [unit.id for unit in Properties().read(b"app.id=Koala\nname=Bear\n", left).units] == ["name"]


@given(st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: f"{text} word"))
def test_every_value_is_found_again(text: str) -> None:
    written = Properties().read(b"a=One\nb=Two", READING).write(Written({"a": Content.of(text)}))
    first, second = Properties().read(written, READING).units
    assert (str(first.source), str(second.source)) == (text, "Two")
