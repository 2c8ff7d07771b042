"""Android string resources: escapes, quantities, what is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from contract import FormatContract, Sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.android import AndroidFile, AndroidStrings
from assistant.localization.formats.base import Reading, Written
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import parse_locale

DATA = Path(os.environ.get("KOUJING_DATA") or Path(__file__).parents[5] / "shared" / "data")

STRINGS = r"""<?xml version="1.0" encoding="utf-8"?>
<!-- Copyright -->
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <!-- Shown on the first page.
         [CHAR LIMIT=30] -->
    <string name="welcome">Welcome to <b>our &amp; your</b> app,
        it\'s <xliff:g id="user" example="Ann">%1$s</xliff:g>!</string>
    <string name="brand" translatable="false">Acme</string>
    <color name="red">#f00</color>
    <string name="alias">@string/welcome</string>
    <string name="quoted">"  It's  kept "</string>
    <string name="html"><![CDATA[Read <a href=\"https://example.com/x\">the \u0041 terms</a> & more]]></string>
    <string name="size" product="tablet">Your tablet</string>
    <string name="size" product="default">Your phone</string>
    <string name="twice">One</string>
    <string name="twice">Two</string>
    <string name="escapes">a\nb\t\"c\" \@d \u00e9 \\</string>
    <string name="empty"/>
    <string-array name="days"><item>Monday</item><item>@string/tue</item><item>Wednesday</item></string-array>
    <plurals name="files">
        <item quantity="one">%d file</item>
        <item quantity="other">%d files</item>
    </plurals>
</resources>
"""
TEXTS = [
    'Welcome to <b>our & your</b> app, it\'s <xliff:g id="user" example="Ann">%1$s</xliff:g>!',
    "  It's  kept ",
    'Read <a href="https://example.com/x">the A terms</a> & more',
    "Your tablet",
    "Your phone",
    "One",
    "Two",
    'a\nb\t"c" @d é \\',
    "Monday",
    "Wednesday",
    "%d file",
    "%d files",
]
SMALL = "<resources><string name='a'>R&amp;D? <i>yes</i></string><plurals name='n'><item quantity='one'>A day</item><item quantity='other'>%d days</item></plurals></resources>"


class TestAndroid(FormatContract):
    format = AndroidStrings()
    samples = (
        Sample("strings.xml", STRINGS.encode(), TEXTS),
        Sample(
            "windows.xml", STRINGS.replace("\n", "\r\n").encode(), TEXTS
        ),
        Sample("small.xml", SMALL.encode(), ["R&D? <i>yes</i>", "%d days", "%d days", "%d days", "%d days"], target="ru"),
    )  # fmt: skip


def read(inner: str, source: str = "en", target: str = "de") -> AndroidFile:
    return AndroidStrings().read(
        f"<resources>{inner}</resources>".encode(), Reading("s.xml", parse_locale(source), parse_locale(target))
    )


def written(inner: str, targets: dict[str, Content], held: dict[str, str] | None = None, target: str = "de") -> str:
    text = read(inner, target=target).write(Written(targets, held or {})).decode()
    return text.removeprefix("<resources>").removesuffix("</resources>")


def test_ids_notes_and_limits() -> None:
    units = AndroidStrings().read(STRINGS.encode(), Reading("s.xml", parse_locale("en"), parse_locale("de"))).units
    assert [unit.id for unit in units][:7] == [
        "welcome",
        "quoted",
        "html",
        "size (product tablet)",
        "size (product default)",
        "twice",
        "twice~2",
    ]
    assert [unit.id for unit in units][-4:] == ["days[0]", "days[2]", "files/one", "files/other"]
    assert units[0].note == "Shown on the first page. [CHAR LIMIT=30]"
    assert (units[0].max_length, units[1].max_length) == (30, None)
    assert {unit.plural_of for unit in units[-2:]} == {"files"}
    assert [unit.plural for unit in units[-2:]] == ["one", "other"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a \n  b  ", "a b"),
        ('"  a \n"', "  a \n"),
        (r"a\u0020\u0020b\u0020", "a  b "),
        (r"It\'s \"x\"", 'It\'s "x"'),
        (r"\@home", "@home"),
        (r"a\\nb", r"a\nb"),
        (r"a\uD83D\uDE00", "a😀"),
        ("a &lt;b> c", "a <b> c"),
        ("&#39;a&apos;", "'a'"),
        ("5 \u2003 m", "5 m"),
        ("nb\u00a0\u00a0sp", "nb\u00a0\u00a0sp"),
        ("half\\", "half"),
    ],
)
def test_what_a_reader_sees(raw: str, text: str) -> None:
    (unit,) = read(f"<string name='a'>{raw}</string>").units
    assert str(unit.source) == text


@pytest.mark.parametrize(
    ("raw", "text", "new"),
    [
        ("a", "it's", r"it\'s"),
        ('"it\'s a"', "it's", '"it\'s"'),
        ("a", "@b", r"\@b"),
        ("a", "?", r"\?"),
        ("a", " b  c ", r"\u0020b \u0020c\u0020"),
        ("a", "b\nc", r"b\nc"),
        ("a", "C:\\new", r"C:\\new"),
        ("a", "你好　世界", r"你好\u3000世界"),
        ("<![CDATA[a <b>x</b>]]>", "<i>b]]></i>", "<![CDATA[<i>b]]]]><![CDATA[></i>]]>"),
        ("a", "1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_escapes_are_those_of_the_source(raw: str, text: str, new: str) -> None:
    assert written(f"<string name='a'>{raw}</string>", {"a": Content.of(text)}) == f"<string name='a'>{new}</string>"


@pytest.mark.parametrize("raw", ["@string/other", "@android:string/ok", "?attr/title", "?colorAccent", "...", "", " "])
def test_references_and_marks_are_no_texts(raw: str) -> None:
    assert not read(f"<string name='a'>{raw}</string>").units


def test_what_stays_with_the_default_file_goes_when_a_text_was_translated() -> None:
    inner = "\n  <string name='a'>x</string>\n  <string name='b' translatable='false'>y</string>\n"
    assert written(inner, {"a": Content.of("x")}) == inner
    assert written(inner, {"a": Content.of("z")}) == "\n  <string name='a'>z</string>\n"


ITEMS = "<plurals name='n'>\n <item quantity='one'>%d day</item>\n <item quantity='other'>%d days</item>\n</plurals>"


def test_plurals_get_the_quantities_of_the_target() -> None:
    units = read(ITEMS, target="pl").units
    targets = {unit.id: Content.of(f"{unit.plural} ", *unit.source.codes) for unit in units}
    assert [(u.plural, str(u.source)) for u in units] == [
        ("one", "%d day"),
        ("few", "%d days"),
        ("many", "%d days"),
        ("other", "%d days"),
    ]
    assert written(ITEMS, targets, target="pl") == (
        "<plurals name='n'>\n <item quantity='one'>one %d</item>\n <item quantity=\"few\">few %d</item>\n"
        " <item quantity=\"many\">many %d</item>\n <item quantity='other'>other %d</item>\n</plurals>"
    )
    targets = {"n/other": Content.of("天")}
    assert (
        written(ITEMS, targets, target="zh-CN") == "<plurals name='n'>\n <item quantity='other'>天</item>\n</plurals>"
    )


def test_quantities_that_the_target_lacks_and_none_that_it_has() -> None:
    inner = "<plurals name='n'>\n <item quantity='zero'>none</item>\n</plurals>"
    file = read(inner, target="en")
    new = file.write(Written({unit.id: Content.of("x") for unit in file.units})).decode()
    assert new == (
        '<resources><plurals name=\'n\'>\n <item quantity="one">x</item>\n <item quantity="other">x</item>\n'
        "</plurals></resources>"
    )


@pytest.mark.parametrize(("target", "form"), [("en", "A day"), ("de", "A day"), ("fr", "%d days"), ("ru", "%d days")])
def test_a_form_without_the_number_serves_its_own_number_only(target: str, form: str) -> None:
    units = read(ITEMS.replace("%d day<", "A day<"), target=target).units
    assert [str(unit.source) for unit in units if unit.plural == "one"] == [form]


def test_a_held_unit_says_why_above_it() -> None:
    inner = "\n  <string name='a'>x</string>\n  <string name='b'>y</string>\n"
    assert written(inner, {"b": Content.of("z")}, {"a": "5 -- 6\n--"}) == (
        "\n  <!-- koujing: not translated: 5 - - 6 - -  -->\n  <string name='a'>x</string>\n  <string name='b'>z</string>\n"
    )
    assert read(written(inner, {}, {"a": "no"})).units[0].note == ""


def test_the_content_of_a_placeholder_is_left_alone() -> None:
    (unit,) = read(
        '<string name="a">A <xliff:g xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">b</xliff:g></string>'
    ).units
    assert [code.kind for code in unit.source.codes] == [CodeKind.PLACEHOLDER]


def test_a_tag_and_the_same_tag_as_text_are_told_apart() -> None:
    inner = "<string name='a'>A <b>x</b> or &lt;b&gt;y&lt;/b&gt;</string>"
    (unit,) = read(inner).units
    assert written(inner, {"a": Content.of("B ", *unit.source.pieces[1:])}) == inner.replace("A", "B").replace(
        "&gt;", "&gt;"
    )


def test_entities_of_a_file_are_refused() -> None:
    data = b'<!DOCTYPE resources [<!ENTITY a "b">]><resources><string name="x">&a;</string></resources>'
    assert AndroidStrings().recognises("s.xml", data)
    with pytest.raises(UnreadableFile, match=r"s\.xml: line 1: the document type declares"):
        AndroidStrings().read(data, Reading("s.xml", parse_locale("en"), parse_locale("de")))


@pytest.mark.parametrize("text", ["<a/>", "", "<resourcesX/>", "<manifest><resources/></manifest>"])
def test_other_xml_is_not_recognised(text: str) -> None:
    assert not AndroidStrings().recognises("a.xml", text.encode())


LETTERS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1)


@given(
    st.text(st.sampled_from("\\ \"'@?\n\tab<>&]éu0\u3000"), min_size=1) | LETTERS,
    st.sampled_from(["{}", '"{}"', "<![CDATA[{}]]>"]),
)
def test_any_text_comes_back(words: str, style: str) -> None:
    inner = f"<string name='a'>{style.format('old')}</string>"
    # A word of its own: %x alone would be a placeholder, which is nothing to translate.
    new = written(inner, {"a": Content.of(words, "[word]")})
    (unit,) = read(new).units
    assert str(unit.source) == words + "[word]"


@pytest.mark.skipif(not DATA.is_dir(), reason="no public data here; set KOUJING_DATA")
@pytest.mark.parametrize("path", sorted(DATA.glob("l10n_files/*/**/res/**/*.xml")), ids=lambda path: path.parent.name)
def test_files_of_projects_come_back_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    assert AndroidStrings().recognises(path.name, data)
    file = AndroidStrings().read(data, Reading(path.name, parse_locale("en"), parse_locale("en")))
    assert len(file.units) >= 10
    assert file.write(Written({unit.id: unit.source for unit in file.units})) == data
