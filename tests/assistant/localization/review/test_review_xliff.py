"""XLIFF for linguists' tools, out and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from rows_to_review import CODED, EB, NAME, B, row, rows

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.xliff import Xliff
from assistant.localization.review.records import Edit, Review, ReviewRow
from assistant.localization.review.review_xliff import VERSIONS, read_xliff, write_xliff
from assistant.localization.segment import SegmentState
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale

EN, DE = parse_locale("en"), parse_locale("de")
HELD = row(9, "5 files", "6 Dateien", state=SegmentState.NEEDS_REVIEW, why="5 < 6", note="a button", max_length=30)
FAILED = row(11, "Other", None, state=SegmentState.FAILED, file="b.md")


def written(made: list[ReviewRow], version: str = "2.1") -> str:
    return write_xliff(made, EN, DE, version).decode()


def test_version_two() -> None:
    text = written([CODED, FAILED, HELD])
    assert text.index(HELD.key) < text.index(CODED.key) < text.index(FAILED.key)
    assert '<unit id="' + CODED.key + '" name="line 3">' in text
    assert (
        '<originalData><data id="d1">&lt;b&gt;</data><data id="d2">{name}</data><data id="d3">&lt;/b&gt;</data></originalData>'
        in text
    )
    assert (
        '<source xml:space="preserve">Dear <sc id="1" dataRef="d1"/><ph id="2" dataRef="d2"/><ec startRef="1" dataRef="d3"/>!</source>'
        in text
    )
    assert (
        '<notes><note category="reason">5 &lt; 6</note><note category="note">a button\nat most 30 characters</note></notes>'
        in text
    )
    root = etree.fromstring(text.encode())
    assert [segment.get("state") for segment in root.iter("{*}segment")] == ["initial", "translated", "initial"]
    assert [file.get("original") for file in root.iter("{*}file")] == ["a.md", "b.md"]
    assert len(list(root.iter("{*}target"))) == 2


def test_version_one() -> None:
    text = written([CODED, FAILED, HELD], "1.2")
    assert 'maxwidth="30" size-unit="char"' in text
    assert (
        '<source>Dear <bpt id="1">&lt;b&gt;</bpt><ph id="2">{name}</ph><ept id="1">&lt;/b&gt;</ept>!</source>' in text
    )
    root = etree.fromstring(text.encode())
    assert [target.get("state") for target in root.iter("{*}target")] == ["needs-review-translation", "translated"]


@pytest.mark.parametrize("version", VERSIONS)
def test_our_own_reader_takes_it(version: str) -> None:
    units = Xliff().read(write_xliff([CODED, HELD], EN, DE, version), Reading("a.xlf", EN, DE)).units
    assert [unit.source.words for unit in units] == ["5 files", "Dear  !"]


@pytest.mark.parametrize("version", VERSIONS)
def test_edits_come_back_with_their_codes(version: str) -> None:
    text = (
        written([CODED, HELD], version)
        .replace(">Liebe ", ">Werte ")
        .replace(">6 Dateien", "><mrk id='m' type='x:y'>5</mrk> <!-- c -->Dateien")
    )
    review = read_xliff(text.encode(), [CODED, HELD])
    assert review == Review((Edit(5, Content.of("Werte ", B, NAME, EB, "!")), Edit(9, Content.of("5 Dateien"))))


def test_a_state_confirms() -> None:
    assert read_xliff(written([HELD]).replace('"initial"', '"reviewed"').encode(), [HELD]).edits == (
        Edit(9, Content.of("6 Dateien")),
    )
    assert read_xliff(written([HELD]).replace('"initial"', '"translated"').encode(), [HELD]).edits == (
        Edit(9, Content.of("6 Dateien")),
    )
    assert read_xliff(written([CODED]).encode(), [CODED]).edits == ()
    old = written([HELD], "1.2").replace("<trans-unit ", '<trans-unit approved="yes" ')
    assert len(read_xliff(old.encode(), [HELD]).edits) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('Liebe <sc id="1" dataRef="d1"/>', "Liebe ", "segment 5: <b> of the source is missing"),
        ("Liebe ", 'Liebe <ph id="7"/>', "the target has a code 7 that the source lacks"),
        ("Liebe ", 'Liebe <ph id="2"/>', "{name} is in the target more often"),
        ('<unit id="5', '<unit id="6', "no segment of this job has the key"),
        (CODED.key, "5-0123456789abcdef", "the source of segment 5 changed meanwhile"),
        ("</segment>", "</segment><segment><source>x</source></segment>", "was cut in 2 parts"),
    ],
)
def test_problems_name_their_unit(old: str, new: str, problem: str) -> None:
    review = read_xliff(written([CODED]).replace(old, new).encode(), [CODED])
    assert review.edits == ()
    assert len(review.problems) == 1
    assert review.problems[0].startswith("unit ")
    assert problem in review.problems[0]


def test_one_locale_a_file_and_known_versions() -> None:
    with pytest.raises(InputError, match="segment 5 is in de, the file in fr"):
        write_xliff([CODED], EN, parse_locale("fr"))
    with pytest.raises(InputError, match=r"choose 2\.1 or 1\.2"):
        write_xliff([CODED], EN, DE, "2.0")


@pytest.mark.parametrize("data", [b"", b"<a/>", b"<xliff>", b"hello"])
def test_other_files_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^r\.xlf: "):
        read_xliff(data, [CODED], "r.xlf")


@settings(deadline=None)
@given(st.lists(rows(), max_size=4, unique_by=lambda made: made.number), st.sampled_from(VERSIONS))
def test_what_nobody_touched_is_no_edit(made: list[ReviewRow], version: str) -> None:
    released = [one for one in made if one.state.released]
    assert read_xliff(write_xliff(released, EN, DE, version), released) == Review()


@settings(deadline=None)
@given(st.lists(rows(), max_size=4, unique_by=lambda made: made.number))
def test_what_is_confirmed_comes_back(made: list[ReviewRow]) -> None:
    data = write_xliff(made, EN, DE, "1.2").replace(b"<trans-unit ", b'<trans-unit approved="yes" ')
    wanted = [one for one in made if one.target and str(one.target).strip()]
    review = read_xliff(data, made)
    assert review.edits == tuple(
        Edit(one.number, one.target) for one in sorted(wanted, key=lambda r: r.number) if one.target
    )
