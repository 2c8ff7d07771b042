"""XLIFF 1.2 and 2.x: what is read, what is written, what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from contract import FormatContract, Sample
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.xliff import Xliff, XliffFile
from assistant.localization.unit import TargetState, Unit
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale

ONE = """<?xml version='1.0' encoding="UTF-8" standalone="no" ?>
<!-- a comment with <trans-unit> in it -->
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"
   xmlns:its="http://www.w3.org/2005/11/its">
 <file original="a.html" source-language='en' datatype="html">
  <header><note>of the file</note></header>
  <body>
   <group id="g" maxwidth="40" size-unit="char">
    <trans-unit id="1" resname="home.title">
     <source>Save <g id="1">all&#160;files</g> &amp; close</source>
     <note>A button</note>
     <note from="author">Short</note>
     <alt-trans><source>Save</source><target>Speichern</target></alt-trans>
    </trans-unit>
    <trans-unit id="2" maxwidth="12" xml:space="preserve"><source>  Hello <x id="INTERPOLATION" equiv-text="{{n}}"/>,<ph id="p">%s</ph>
</source></trans-unit>
   </group>
   <trans-unit id="3"  translate="no"><source>ACME</source></trans-unit>
   <trans-unit id="4" approved="yes"><source>Open</source><target state="final" xml:lang="de">Öffnen</target></trans-unit>
   <trans-unit id="5"><source><bpt id="1" rid="r">&lt;b&gt;</bpt>Bold<ept id="2" rid="r">&lt;/b&gt;</ept><mrk mtype="protected">X-1</mrk></source><target/></trans-unit>
   <trans-unit id="6"><source/></trans-unit>
   <trans-unit id="7"><source>Two. Sentences.</source><seg-source><mrk mtype="seg" mid="0">Two.</mrk> <mrk mtype="seg" mid="1">Sentences.</mrk></seg-source></trans-unit>
  </body>
 </file>
</xliff>
"""
TWO = """<?xml version="1.0" encoding="UTF-8"?>\r
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="de"\r
  xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0">\r
  <file id="f1">\r
    <slr:profiles generalProfile="xliff:codepoints"/>\r
    <unit id="u1" name="greeting" slr:sizeRestriction="0,20">\r
      <mtc:matches><mtc:match ref="#1"><source>Hi</source><target>Hallo</target></mtc:match></mtc:matches>\r
      <notes>\r
        <note id="n1">Said to friends</note>\r
      </notes>\r
      <originalData><data id="d1">{name}</data></originalData>\r
      <segment>\r
        <source>Hello <ph id="1" dataRef="d1"/>, <pc id="2"><pc id="3">dear</pc> friend</pc><cp hex="0001"/></source>\r
      </segment>\r
    </unit>\r
    <unit id="u2">\r
      <segment id="s1" state="translated" subState="my:done"><source>One.</source><target>Eins.</target></segment>\r
      <ignorable><source> </source></ignorable>\r
      <segment id="s2"><source xml:space="preserve"><sc id="1"/>Two <mrk id="m" translate="no">X</mrk><ec startRef="1"/></source></segment>\r
    </unit>\r
    <group id="g" translate="no"><unit id="u3"><segment><source>Left</source></segment></unit></group>\r
  </file>\r
</xliff>\r
"""
PREFIXED = """<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><x:file original="a" source-language="en"
target-language="de" datatype="plaintext"><x:body><x:trans-unit id="a"><x:source>Go &gt; on</x:source></x:trans-unit></x:body></x:file>
<x:file original="b" source-language="en" target-language="de-DE" datatype="plaintext"><x:body><x:trans-unit id="a"><x:source>Stop</x:source></x:trans-unit></x:body></x:file></x:xliff>"""


class TestXliff(FormatContract):
    format = Xliff()
    bilingual = True
    samples = (
        Sample(
            "one.xlf",
            ONE.encode(),
            [
                'Save <g id="1">all\xa0files</g> & close',
                '  Hello <x id="INTERPOLATION" equiv-text="{{n}}"/>,<ph id="p">%s</ph>\n',
                "Open",
                '<bpt id="1" rid="r">&lt;b&gt;</bpt>Bold<ept id="2" rid="r">&lt;/b&gt;</ept><mrk mtype="protected">X-1</mrk>',
                '<mrk mtype="seg" mid="0">Two.</mrk> <mrk mtype="seg" mid="1">Sentences.</mrk>',
            ],
        ),
        Sample(
            "two.xliff",
            TWO.encode(),
            [
                'Hello <ph id="1" dataRef="d1"/>, <pc id="2"><pc id="3">dear</pc> friend</pc><cp hex="0001"/>',
                "One.",
                '<sc id="1"/>Two <mrk id="m" translate="no">X</mrk><ec startRef="1"/>',
            ],
        ),
        Sample("prefixed.xlf", PREFIXED.encode(), ["Go > on", "Stop"]),
        Sample("sixteen.xlf", TWO.replace('"UTF-8"', '"UTF-16"').encode("utf-16"), [
            'Hello <ph id="1" dataRef="d1"/>, <pc id="2"><pc id="3">dear</pc> friend</pc><cp hex="0001"/>',
            "One.",
            '<sc id="1"/>Two <mrk id="m" translate="no">X</mrk><ec startRef="1"/>',
        ]),
    )  # fmt: skip


def read(text: str, target: str = "de") -> XliffFile:
    return Xliff().read(text.encode(), Reading("a.xlf", parse_locale("en"), parse_locale(target)))


def one(inner: str, head: str = 'target-language="de"', unit: str = "") -> str:
    return (
        f'<xliff version="1.2"><file original="a" source-language="en" {head} datatype="x"><body>\n'
        f'  <trans-unit id="u"{unit}>\n    {inner}\n  </trans-unit>\n</body></file></xliff>'
    )


def two(inner: str, segment: str = "", before: str = "") -> str:
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de"><file id="f">'
        f'<unit id="u">{before}<segment{segment}>{inner}</segment></unit></file></xliff>'
    )


def only(text: str, target: str = "de") -> Unit:
    (unit,) = read(text, target).units
    return unit


def written(text: str, target: Content | None = None, held: str = "", locale: str = "de") -> str:
    file = read(text, locale)
    (unit,) = file.units
    asked = Written({unit.id: target}) if target is not None else Written({}, {unit.id: held})
    return file.write(asked).decode()


WORD = Content.of("Wort")


def test_a_target_goes_in_with_state_language_and_indentation() -> None:
    text = ONE.split("<trans-unit")[0]
    file = read(ONE)
    new = file.write(Written({file.units[0].id: Content.of("Alles ", *file.units[0].source.codes)})).decode()
    assert (
        new.replace('\n     <target state="translated">Alles <g id="1"></g></target>', "").replace(
            ' target-language="de"', ""
        )
        == ONE
    )
    assert new.startswith(text.replace('datatype="html"', 'datatype="html" target-language="de"'))


def test_what_is_read_beside_the_text() -> None:
    first, second, *_ = read(ONE).units
    assert (first.context, first.note, first.max_length) == ("home.title", "A button\nShort", 40)
    assert second.max_length == 12
    greeting, one_, _ = read(TWO).units
    assert (greeting.context, greeting.note, greeting.max_length) == ("greeting", "Said to friends", 20)
    assert (one_.id, one_.max_length) == ("u2/s1", None)


def test_pixels_are_no_characters() -> None:
    assert only(one("<source>A</source>", unit=' maxwidth="5"')).max_length is None


def test_codes_know_their_partners() -> None:
    units = read(TWO).units
    assert [(c.id, c.kind) for c in units[0].source.codes] == [
        ("1", CodeKind.PLACEHOLDER),
        ("2", CodeKind.OPEN),
        ("3", CodeKind.OPEN),
        ("/3", CodeKind.CLOSE),
        ("/2", CodeKind.CLOSE),
        ("4", CodeKind.SINGLE),
    ]
    assert [(c.id, c.kind) for c in units[2].source.codes] == [
        ("1", CodeKind.OPEN),
        ("2", CodeKind.LITERAL),
        ("/1", CodeKind.CLOSE),
    ]


def test_a_tag_without_its_partner_stands_alone() -> None:
    unit = only(one('<source><bx id="1" rid="9"/>a<ex id="2" rid="8"/></source>'))
    assert [c.kind for c in unit.source.codes] == [CodeKind.SINGLE, CodeKind.SINGLE]


def test_an_existing_target_names_its_codes_like_the_source() -> None:
    unit = only(
        one('<source><x id="a"/> <g id="b">c</g></source><target><g id="b">C</g> <x id="a"/><x id="z"/></target>')
    )
    assert unit.target is not None
    by_text = {code.text: code.id for code in unit.source.codes if code.text != "</g>"}
    assert [by_text.get(code.text) for code in unit.target.codes if code.kind is not CodeKind.CLOSE] == ["2", "1", None]
    assert len({code.id for code in unit.target.codes}) == 4


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (one("<source>A</source>"), TargetState.NEW),
        (one("<source>A</source><target/>"), TargetState.NEW),
        (one("<source>A</source><target>A</target>"), TargetState.NEW),
        (one("<source>A</source><target>B</target>"), TargetState.FINAL),
        (one('<source>A</source><target state="new">B</target>'), TargetState.NEW),
        (one('<source>A</source><target state="needs-review-translation">B</target>'), TargetState.NEEDS_REVIEW),
        (one('<source>A</source><target state="x-doubt">B</target>'), TargetState.NEEDS_REVIEW),
        (one('<source>A</source><target state="translated">B</target>'), TargetState.FINAL),
        (one('<source>A</source><target state="translated" state-qualifier="leveraged-mt">B</target>'), TargetState.NEEDS_REVIEW),
        (one('<source>A</source><target state="new">B</target>', unit=' approved="yes"'), TargetState.FINAL),
        (one("<source>A</source><target>B</target>", unit=' approved="no"'), TargetState.NEEDS_REVIEW),
        (two("<source>A</source>"), TargetState.NEW),
        (two("<source>A</source><target>B</target>", ' state="initial"'), TargetState.NEW),
        (two("<source>A</source><target>B</target>", ' state="translated"'), TargetState.FINAL),
        (two("<source>A</source><target>B</target>", ' state="reviewed"'), TargetState.FINAL),
        (two("<source>A</source><target>B</target>"), TargetState.FINAL),
    ],
)  # fmt: skip
def test_states_of_existing_targets(text: str, state: TargetState) -> None:
    assert only(text).target_state is state


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            one('<source>A</source><target state="needs-review-translation" state-qualifier="fuzzy-match">B</target>'),
            one('<source>A</source><target state="translated">Wort</target>'),
        ),
        (
            one('<source>A</source><target state="final">B</target>', unit=' approved="yes"'),
            one('<source>A</source><target state="translated">Wort</target>', unit=' approved="no"'),
        ),
        (one("<source>A</source>", head=""), one('<source>A</source>\n    <target state="translated">Wort</target>', head="").replace(
            'datatype="x"', 'datatype="x" target-language="de"')),
        (two("<source>A</source>"), two("<source>A</source><target>Wort</target>", ' state="translated"')),
        (
            two("<source>A</source><target>B</target>", ' state="final" subState="a:b"'),
            two("<source>A</source><target>Wort</target>", ' state="translated"'),
        ),
        (
            two('<source>A</source>', before='<notes><note category="koujing" appliesTo="target">old</note></notes>'),
            two("<source>A</source><target>Wort</target>", ' state="translated"'),
        ),
    ],
)  # fmt: skip
def test_a_released_target_and_its_state(before: str, after: str) -> None:
    assert written(before, WORD) == after


def test_a_doubtful_target_that_is_released_is_doubtful_no_more() -> None:
    text = one('<source>A</source><target state="needs-review-translation">B</target>')
    assert written(text, Content.of("B")) == text.replace("needs-review-translation", "translated")


NOTE = '<note from="koujing" annotates="target">1 &lt; 2 -- why</note>'
NOTE2 = '<note category="koujing" appliesTo="target">1 &lt; 2 -- why</note>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (one("<source>A</source>"), one(f"<source>A</source>\n    {NOTE}")),
        (
            one('<source>A</source><target state="final">B</target>', unit=' approved="yes"'),
            one(f'<source>A</source><target state="needs-review-translation">B</target>\n    {NOTE}', unit=' approved="no"'),
        ),
        (one("<source>A</source><target/>"), one(f'<source>A</source><target state="needs-translation"/>\n    {NOTE}')),
        (
            one('<source>A</source><note from="koujing" annotates="target">old</note>'),
            one(f"<source>A</source>{NOTE}"),
        ),
        (two("<source>A</source>"), two("<source>A</source>", before=f"<notes>{NOTE2}</notes>")),
        (
            two("<source>A</source><target>B</target>", ' state="final" subState="a:b"', "<notes><note>x</note></notes>"),
            two("<source>A</source><target>B</target>", ' state="initial"', f"<notes><note>x</note>{NOTE2}</notes>"),
        ),
    ],
)  # fmt: skip
def test_a_held_unit_and_its_reason(before: str, after: str) -> None:
    again = written(before, held="1 < 2 --\n why")
    assert again == after
    assert only(again).note in ("", "x")


def test_targets_of_another_language_are_not_ours() -> None:
    text = one("<source>A</source>\n    <target>B</target>", head='target-language="fr"')
    assert only(text).target is None
    assert written(text, WORD) == one(
        '<source>A</source>\n    <target state="translated">Wort</target>', head='target-language="de"'
    )
    assert "<target>" not in written(text, held="no")
    assert only(text, "fr-CA").target == Content.of("B")


def test_a_copy_is_the_source_letter_for_letter() -> None:
    text = one("<source>a &#x41; &apos;<g id='1' >b</g><!-- c --> &quot;</source>")
    unit = only(text)
    assert unit.source.words == "a A 'b  \""
    assert "<target state=\"translated\">a &#x41; &apos;<g id='1' >b</g><!-- c --> &quot;</target>" in written(
        text, unit.source
    )


def test_a_unit_without_words_gets_its_source_when_the_file_is_written() -> None:
    text = one("<source>A</source>").replace(
        "</body>", '<trans-unit id="v"><source><x id="1"/></source></trans-unit></body>'
    )
    file = read(text)
    assert file.write(Written({})).decode() == text
    assert '<target state="translated"><x id="1"/></target>' in file.write(Written({"u": WORD})).decode()


def test_codes_that_others_found_in_the_text_are_escaped() -> None:
    from assistant.localization.protection.codes import with_codes

    text = one("<source>a &lt;b&gt;c&lt;/b&gt; <x id='1'/></source>")
    assert "d&lt;b&gt;c&lt;/b&gt;" in written(text, Content.of("d", *with_codes(only(text).source).pieces[1:]))


def test_tags_that_do_not_nest_are_refused() -> None:
    text = one('<source><g id="1">a</g></source>')
    with pytest.raises(InputError, match=r"a\.xlf, unit u: the tags of the target do not nest"):
        written(text, Content.of(*reversed(only(text).source.pieces)))


def test_characters_that_xml_cannot_hold_are_refused() -> None:
    with pytest.raises(InputError, match=r"unit u: the character U\+0007"):
        written(one("<source>A</source>"), Content.of("a\x07"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><xliff version="1.2">&c;</xliff>', "line 1: the document type"),
        ('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>', "document type declares"),
        ('<xliff version="1.2">\n<file></xliff>', "line 2: mismatched tag"),
        ('<xliff version="1.2">&nbsp;</xliff>', "line 1: undefined entity"),
        ("<a>" * 300 + "</a>" * 300, "nested deeper"),
        ('<xliff version="3.0"/>', "XLIFF of version '3.0'"),
        ("<a/>", "the root is <a>"),
        ('<?xml version="1.0" encoding="ebcdic-9"?><xliff version="1.2"/>', "not known"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.xlf: .*; ") as error:
        read(text)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_document_type_that_is_elsewhere_is_not_fetched() -> None:
    text = '<!DOCTYPE xliff PUBLIC "-//X//DTD X//EN" "http://invalid.invalid/x.dtd">' + one(
        "<source>A &foo; b</source>"
    )
    assert str(only(text).source) == "A &foo; b"
    assert written(text, only(text).source).count("A &foo; b") == 2


LETTERS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1)


@given(LETTERS, st.sampled_from([one, two]), st.sampled_from(["utf-8", "utf-16", "gb18030", "iso-8859-1"]))
def test_any_text_comes_back_in_any_encoding(words: str, made: Any, encoding: str) -> None:
    head = "" if encoding == "utf-16" else f'<?xml version="1.0" encoding="{encoding}"?>'
    data = (head + made('<source>A <x id="1"/></source>')).encode(encoding)
    reading = Reading("a.xlf", parse_locale("en"), parse_locale("de"))
    file = Xliff().read(data, reading)
    (unit,) = file.units
    target = Content.of(words, *unit.source.codes)
    (again,) = Xliff().read(file.write(Written({unit.id: target})), reading).units
    assert str(again.target) == str(target)
    assert again.target_state is TargetState.FINAL
