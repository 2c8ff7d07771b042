"""Word files."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from contract import FormatContract, Sample, changed
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from office_samples import NAMESPACES, W, field, paragraph, parts, run, saved, with_part, word

from assistant.localization.content import Code, Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.docx import Docx
from assistant.localization.formats.docx_paragraph import DocxParagraph, Fields
from assistant.localization.formats.docx_styles import Styles
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale


def _usual() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Case study"
    document.add_heading("Jilan Water: 18% less power", 1)
    text = document.add_paragraph("Power fell from ")
    text.add_run("RMB 2.63 million").bold = True
    text.add_run(" to RMB 2.31 million a month.")
    table = document.add_table(2, 2)
    for number, words in enumerate(("Measure", "After", "Monthly power bill", "RMB 2.31 million")):
        table.cell(number // 2, number % 2).text = words
    document.sections[0].header.paragraphs[0].text = "Customer case"
    document.sections[0].footer.paragraphs[0].text = "www.tingstone.example"
    return saved(document)


_USUAL = Sample(
    "case.docx",
    _usual(),
    [
        "Jilan Water: 18% less power",
        "Power fell from <r1>RMB 2.63 million</r1> to RMB 2.31 million a month.",
        "Measure",
        "After",
        "Monthly power bill",
        "RMB 2.31 million",
        "Customer case",
        "www.tingstone.example",
        "Case study",
    ],
)
_CODES = Sample(
    "codes.docx",
    word(
        paragraph(
            "One", "<w:r><w:tab/></w:r>", "two", '<w:r><w:br w:type="page"/></w:r>', run("three", "<w:i/>"),
            '<w:hyperlink r:id="rId1">' + run("a link", '<w:rStyle w:val="Hyperlink"/>') + "</w:hyperlink>",
            " page ", field("PAGE", run("7")), '<w:r><w:footnoteReference w:id="2"/></w:r>', ".",
        )
        + paragraph("See ", field('HYPERLINK "https://tingstone.example"', run("our site", "<w:u/>")), " for more.")
    ),
    [
        "One<tab1/>two<br2/><r3>three</r3><a4>a link</a4> page <field5/><note6/>.",
        "See <a1>our site</a1> for more.",
    ],
)  # fmt: skip


class TestDocx(FormatContract):
    format = Docx()
    samples = (_USUAL, _CODES)


def _read(data: bytes, target: str = "en", source: str = "zh-CN") -> Any:
    return Docx().read(data, Reading("a.docx", parse_locale(source), parse_locale(target)))


def _texts(body: str, styles: str = "") -> list[str]:
    return [str(unit.source) for unit in _read(word(body, styles)).units]


def _written(body: str, target: str = "en") -> str:
    file = _read(word(body), target)
    out = file.write(Written({unit.id: changed(unit.source) for unit in file.units}))
    return parts(out)["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (paragraph(run("运行", '<w:lang w:val="zh-CN"/>'), run("稳定", '<w:noProof/><w:lang w:val="en-US"/>')), ["运行稳定"]),
        (paragraph(run("使用", '<w:rFonts w:eastAsia="宋体" w:ascii="宋体"/>'),
                   run("R300", '<w:rFonts w:ascii="Arial" w:hint="default"/>')), ["使用R300"]),
        (paragraph(run("a", "<w:b/>"), run(" ", ""), run("b", "<w:b/>")), ["a b"]),
        (paragraph(run("bold", "<w:b/>"), run(" plain")), ["<r1>bold</r1> plain"]),
        (paragraph("kept ", f'<w:ins w:id="1">{run("new ")}</w:ins>',
                   '<w:del w:id="2"><w:r><w:delText>old </w:delText></w:r></w:del>', "text"), ["kept new text"]),
        (paragraph("seen", run(" unseen", "<w:vanish/>")), ["seen"]),
        (paragraph('<w:pPr><w:pStyle w:val="Source"/></w:pPr>', "kubectl get pods"), []),
        (paragraph("Run ", run("kubectl", '<w:rStyle w:val="SourceChar"/>'), " now"), ["Run kubectl now"]),
        (paragraph("a", '<w:bookmarkStart w:id="0" w:name="x"/>', "b", '<w:bookmarkEnd w:id="0"/>', "c"), ["abc"]),
        (paragraph("<w:proofErr w:type='spellStart'/>", "Ting", "<w:r><w:lastRenderedPageBreak/></w:r>", "Deck"),
         ["TingDeck"]),
        (paragraph(run("1998-01")), ["1998-01"]),
        (paragraph(run(" — ")), []),
    ],
)  # fmt: skip
def test_what_is_text(body: str, texts: list[str]) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Source Code"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Source"><w:name w:val="Snippet"/><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="SourceChar"><w:name w:val="Verbatim Char"/></w:style>'
    )
    assert _texts(body, styles) == texts


def test_a_contents_list_over_paragraphs_is_left_and_the_text_after_it_is_not() -> None:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    toc = begin + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = (
        paragraph("Contents")
        + paragraph(
            toc, '<w:hyperlink w:anchor="x">' + run("Chapter 1") + field("PAGEREF x", run("3")) + "</w:hyperlink>"
        )
        + paragraph(run("Chapter 2"))
        + paragraph(end)
        + paragraph("Chapter 1")
    )
    assert _texts(body) == ["Contents", "Chapter 1"]
    assert _written(body).count("Chapter") == 2


def test_a_field_inside_the_instruction_of_another_stays_in_it() -> None:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    inner = f"{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{middle}{run('1')}{end}"
    body = paragraph("Page ", f"{begin}<w:r><w:instrText>IF </w:instrText></w:r>{inner}{middle}{run('x')}{end}", " end")
    assert _texts(body) == ["Page <field1/> end"]
    written = _written(body)
    assert [written.index(mark) for mark in ("IF ", "PAGE", ">1<", ">x<")] == sorted(
        written.index(mark) for mark in ("IF ", "PAGE", ">1<", ">x<")
    )


def test_a_text_box_is_one_unit_and_its_second_copy_follows_it() -> None:
    inner = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{inner}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = paragraph("Beside it", box)
    file = _read(word(body))
    assert [(str(unit.source), unit.place) for unit in file.units] == [
        ("Beside it<object1/>", "paragraph 1"),
        ("In the box", "text box"),
    ]
    written = _written(body)
    assert "In the box" not in written
    assert "Beside" not in written
    assert written.count("AlternateContent>") == 2


def test_runs_are_marked_with_the_target_and_keep_their_font() -> None:
    body = paragraph(
        run("运行稳定", '<w:rFonts w:hint="eastAsia" w:eastAsia="宋体"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>')
    )
    english = _written(body, "en-GB")
    assert '<w:rFonts w:eastAsia="宋体"/>' in english
    assert 'w:val="en-GB"' in english
    japanese = _written(body, "ja")
    assert 'w:eastAsia="ja"' in japanese
    assert 'w:hint="eastAsia"' in japanese


def test_pictures_stand_where_the_target_puts_them() -> None:
    body = paragraph("before ", '<w:r><w:drawing w:x="pic"/></w:r>', " after")
    file = _read(word(body))
    [unit] = file.units
    [picture] = unit.source.codes
    out = file.write(Written({unit.id: Content.of(picture, "nachher und vorher")}))
    text = parts(out)["word/document.xml"].decode()
    assert text.index("drawing") < text.index("nachher")


def test_codes_that_cross_or_are_not_the_files_own_do_no_harm() -> None:
    file = _read(word(paragraph(run("a", "<w:b/>"), "b", run("c", "<w:i/>"))))
    [unit] = file.units
    first, close_first, second, close_second = unit.source.codes
    strange = Code("99", "<x/>", first.kind)
    target = Content.of(first, "x", second, "y", close_first, strange, "z", close_second, first, "w")
    [again] = _read(file.write(Written({unit.id: target}))).units
    assert again.source.words == "xyzw"


def test_unchanged_parts_are_the_same_bytes_and_in_the_same_order() -> None:
    file = _read(_USUAL.data, "zh-CN", "en")
    one = file.units[0]
    out = file.write(Written({one.id: changed(one.source)}))
    before, after = parts(_USUAL.data), parts(out)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]


def test_places_are_where_a_person_looks() -> None:
    places = [unit.place for unit in _read(_USUAL.data).units]
    assert places == [
        "paragraph 1", "paragraph 2", "table 1 row 1", "table 1 row 1", "table 1 row 2", "table 1 row 2",
        "header, paragraph 1", "footer, paragraph 1", "title in the properties",
    ]  # fmt: skip


_PROPERTIES = st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:rFonts w:ascii="Arial"/>', '<w:sz w:val="28"/><w:b/>'])
_RUNS = st.tuples(st.text("aB 7网断，。-", max_size=6), _PROPERTIES).map(lambda found: run(*found))
_BITS = _RUNS | st.sampled_from([
    "<w:r><w:tab/></w:r>", '<w:r><w:footnoteReference w:id="1"/></w:r>', field("PAGE", run("1")),
    '<w:bookmarkStart w:id="0" w:name="x"/>', '<w:bookmarkEnd w:id="0"/>', run("unseen", "<w:vanish/>"),
    field('HYPERLINK "x"', run("a link") + run("bold", "<w:b/>")), f'<w:ins w:id="1">{run("new")}</w:ins>',
    '<w:hyperlink r:id="r">' + run("one") + run("two", "<w:i/>") + "</w:hyperlink>",
])  # fmt: skip


@given(st.lists(_BITS, max_size=8), st.sampled_from(["en", "zh-CN"]))
@settings(deadline=None)
def test_any_paragraph_is_rewritten_to_what_the_target_says(bits: list[str], target: str) -> None:
    root = etree.fromstring(f"<x {NAMESPACES}><w:p>{''.join(bits)}</w:p></x>")
    marks = [len(root.findall(f".//{{{W}}}{name}")) for name in ("bookmarkStart", "bookmarkEnd", "fldChar", "vanish")]

    def read() -> DocxParagraph:
        return DocxParagraph(root[0], Styles(None), Fields())

    wanted = changed(read().content)
    read().rewrite(wanted, parse_locale(target))
    told, again = ([piece if isinstance(piece, str) else (piece.kind, piece.text) for piece in content.pieces]
                   for content in (wanted, read().content))  # fmt: skip
    assert again == told
    after = [len(root.findall(f".//{{{W}}}{name}")) for name in ("bookmarkStart", "bookmarkEnd", "fldChar", "vanish")]
    assert after == marks


def test_a_letter_that_xml_cannot_hold_is_refused_in_one_line() -> None:
    file = _read(_USUAL.data)
    with pytest.raises(InputError, match=r"U\+000B"):
        file.write(Written({file.units[0].id: Content.of("a\x0bb")}))


def test_declared_entities_and_other_files_are_refused() -> None:
    bomb = with_part(_USUAL.data, "word/document.xml", lambda text: '<!DOCTYPE x [<!ENTITY y "z">]>' + text[55:])
    for data in (bomb, b"PK\x03\x04 cut", b"no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(UnreadableFile, match=r"a\.docx"):
            _read(data)


def test_the_written_file_opens_in_another_program() -> None:
    file = _read(_USUAL.data, "zh-CN", "en")
    out = file.write(Written({unit.id: changed(unit.source) for unit in file.units}))
    import io

    document = docx.Document(io.BytesIO(out))
    assert document.paragraphs[1].runs[1].bold
    assert document.styles["Normal"].font.size in (None, Pt(11))
    assert document.tables[0].cell(0, 0).text == "Wörter口径"
