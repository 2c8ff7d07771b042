"""TMX: what is read, what is written, what is refused."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.memory.tmx import Memo, read_tmx, write_tmx
from assistant.localization.protection.codes import with_codes
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import Locale, parse_locale

DATA = Path(os.environ.get("KOUJING_DATA") or Path(__file__).parents[5] / "shared" / "data")
EN, DE, ZH = parse_locale("en"), parse_locale("de"), parse_locale("zh-CN")


def tmx(body: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" '
        f'o-tmf="x" adminlang="en" srclang="en" datatype="xml"/><body>{body}</body></tmx>'
    ).encode()


def unit(source: str, target: str, lang: str = "de", attributes: str = "", rest: str = "") -> str:
    return (
        f'<tu {attributes}>{rest}<tuv xml:lang="en"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="{lang}"><seg>{target}</seg></tuv></tu>'
    )


def pairs(data: bytes, source: Locale = EN, target: Locale = DE) -> list[tuple[str, str]]:
    return [(str(memo.source), str(memo.target)) for memo in read_tmx(data, source, target)]


def test_texts_people_and_times() -> None:
    body = unit(
        "Hello &amp; bye", "Hallo &lt;", attributes='creationid="Ann" changedate="20240102T030405Z"',
        rest='<note>n</note><prop type="x-context">menu</prop><prop type="domain">it</prop>',
    )  # fmt: skip
    assert list(read_tmx(tmx(body), EN, DE)) == [
        Memo(
            Content.of("Hello & bye"),
            Content.of("Hallo <"),
            EN,
            DE,
            context="menu",
            by="Ann",
            at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
            props=(("domain", "it"),),
        )
    ]


def test_what_the_variant_says_counts_before_the_unit() -> None:
    body = (
        '<tu creationid="unit" creationdate="20200101T000000Z"><tuv lang="EN-us"><seg>a</seg></tuv>'
        '<tuv lang="DE" changeid="variant" creationdate="tomorrow"><seg>b</seg></tuv></tu>'
    )
    (memo,) = read_tmx(tmx(body), EN, DE)
    assert (memo.by, memo.at) == ("variant", None)


@pytest.mark.parametrize(
    ("wanted", "languages", "found"),
    [
        ("de", ["de"], ["0"]),
        ("de", ["DE-at"], ["0"]),
        ("de-CH", ["de"], ["0"]),
        ("de-CH", ["de", "de_CH"], ["1"]),
        ("de-CH", ["de-AT"], []),
        ("zh-CN", ["zh-TW"], []),
        ("zh-CN", ["zh-Hant", "zh-hans"], ["1"]),
        ("zh-TW", ["zh", "zh-HK"], ["1"]),
        ("de", ["de", "de"], ["0", "1"]),
        ("de", ["fr", "x-none", ""], []),
    ],
)
def test_languages_are_matched_by_region_and_script(wanted: str, languages: list[str], found: list[str]) -> None:
    variants = "".join(f'<tuv xml:lang="{tag}"><seg>{number}</seg></tuv>' for number, tag in enumerate(languages))
    body = f'<tu><tuv xml:lang="en-GB"><seg>a</seg></tuv>{variants}</tu>'
    assert [target for _, target in pairs(tmx(body), EN, parse_locale(wanted))] == found


def test_inline_elements_are_codes_with_their_native_text() -> None:
    body = unit(
        '<bpt i="7" x="1">&lt;b&gt;</bpt>Bold<ept i="7">&lt;/b&gt;</ept> <ph x="2">{0}</ph><it pos="begin">[i]</it>'
        '<hi type="x">h</hi><ph x="9"/>',
        '<ph x="2">{0}</ph> <bpt i="1" x="1">&lt;b&gt;</bpt>Fett<ept i="1">&lt;/b&gt;</ept>',
    )
    (memo,) = read_tmx(tmx(body), EN, DE)
    assert memo.source == Content.of(
        Code("1", "<b>", CodeKind.OPEN),
        "Bold",
        Code("/1", "</b>", CodeKind.CLOSE),
        " ",
        Code("2", "{0}", CodeKind.PLACEHOLDER),
        Code("3", "[i]", CodeKind.OPEN),
        Code("4", '<hi type="x">', CodeKind.OPEN),
        "h",
        Code("/4", "</hi>", CodeKind.CLOSE),
        Code("5", '<ph x="9"/>', CodeKind.PLACEHOLDER),
    )
    assert [code.id for code in memo.target.codes] == ["2", "1", "/1"]


def test_placeholders_in_the_text_are_codes_too() -> None:
    (memo,) = read_tmx(tmx(unit("Open %s", "%s öffnen")), EN, DE)
    assert [code.text for code in (*memo.source.codes, *memo.target.codes)] == ["%s", "%s"]


def test_units_without_both_texts_are_left() -> None:
    body = unit("", "b") + unit("a", "") + '<tu/><tu><tuv xml:lang="en"/><tuv xml:lang="de"/></tu>' + unit("a", "b")
    assert pairs(tmx(body)) == [("a", "b")]


def test_a_document_type_elsewhere_is_not_fetched() -> None:
    assert pairs(tmx(unit("a", "b"), '<!DOCTYPE tmx SYSTEM "http://invalid.invalid/tmx14.dtd">')) == [("a", "b")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no element found"),
        (b"<a/>", "the root is <a>, not <tmx>"),
        (tmx(unit("a", "b"))[:-12], "line 1: "),
        (tmx("<tu>\n</tuv>"), "line 2: "),
        (tmx("<tu>&x;</tu>", '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "declares entities"),
        (tmx("", '<!DOCTYPE tmx [<!ENTITY x "a"><!ENTITY y "&x;&x;">]>'), "declares entities"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as error:
        list(read_tmx(data, EN, DE, "m.tmx"))
    assert str(error.value).startswith("m.tmx: ")
    assert "\n" not in str(error.value)


def test_what_comes_before_a_fault_is_read() -> None:
    found = read_tmx(tmx(unit("a", "b") * 3000)[:-40], EN, DE)
    assert str(next(found).target) == "b"
    with pytest.raises(UnreadableFile):
        list(found)


class _Endless(io.RawIOBase):
    """A file that goes on for as long as it is read; counts what was read."""

    def __init__(self) -> None:
        self.given = 0
        self._start = tmx("")[: -len(b"</body></tmx>")]

    def read(self, size: int = -1) -> bytes:
        self.given += 1
        start, self._start = self._start, b""
        return start or (unit("a", "b") * 100).encode()


def test_a_large_file_is_read_bit_by_bit() -> None:
    endless = _Endless()
    found = read_tmx(cast(IO[bytes], endless), EN, DE)
    for _ in range(250):
        next(found)
    assert endless.given < 30


def test_the_file_that_is_written_is_tmx() -> None:
    memos = [Memo(Content.of("a"), Content.of("b"), EN, DE), Memo(Content.of("c\x07"), Content.of("d"), ZH, DE)]
    root = etree.fromstring(write_tmx(memos))
    assert root.tag == "tmx"
    assert root.get("version") == "1.4"
    assert root.find("header").get("srclang") == "*all*"
    assert [seg.text for seg in root.iter("seg")] == ["a", "b", "c\ufffd", "d"]
    assert etree.fromstring(write_tmx(memos[:1])).find("header").get("srclang") == "en"


WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1, max_size=20
)
CODES = [
    Code("1", "<b>", CodeKind.OPEN),
    Code("/1", "</b>", CodeKind.CLOSE),
    Code("2", "%s", CodeKind.PLACEHOLDER),
    Code("3", "<br/>", CodeKind.SINGLE),
    Code("4", "https://example.com", CodeKind.LINK),
    Code("5", "kubectl", CodeKind.LITERAL),
]


@st.composite
def memos(draw: st.DrawFn) -> Memo:
    number = draw(st.integers(0, 6))
    source = Content.of(*(piece for code in CODES[:number] for piece in (draw(WORDS), code)), draw(WORDS))
    codes = [code for code in draw(st.permutations(source.codes)) if code.kind is not CodeKind.CLOSE]
    target = (
        Content.of(draw(WORDS), *source.codes[:2], *(code for code in codes if code.kind is not CodeKind.OPEN))
        if number > 1
        else Content.of(draw(WORDS), *source.codes)
    )
    at = draw(st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC)))  # fmt: skip
    return Memo(source, target, EN, DE, draw(WORDS), draw(WORDS), at, ((draw(WORDS), draw(WORDS)),))


@given(st.lists(memos(), max_size=4))
def test_what_was_written_is_read_again(given_memos: list[Memo]) -> None:
    again = list(read_tmx(write_tmx(given_memos), EN, DE))
    assert [_told(memo) for memo in again] == [_told(memo) for memo in given_memos]


def _told(memo: Memo) -> list[object]:
    """A memo, its codes without ids: what looks like a code in the words becomes one when it is read."""
    source, target = with_codes(memo.source), with_codes(memo.target)
    return [
        [p if isinstance(p, str) else (p.kind, p.text) for content in (source, target) for p in content.pieces],
        memo.context, memo.by, memo.at, memo.props,
    ]  # fmt: skip


@pytest.mark.skipif(not DATA.is_dir(), reason="no public data here; set KOUJING_DATA")
@pytest.mark.parametrize("path", sorted(DATA.glob("tico19_tm/*.tmx")), ids=lambda path: path.name)
def test_public_memories_come_back(path: Path) -> None:
    target = parse_locale(path.name.split(".")[1].removeprefix("en-"))
    data = path.read_bytes()
    found = list(read_tmx(data, EN, target, path.name))
    assert len(found) == len(list(etree.fromstring(data).iter("tu")))
    assert list(read_tmx(write_tmx(found), EN, target)) == found
