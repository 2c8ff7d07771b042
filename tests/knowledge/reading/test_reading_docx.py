"""Word files: structure, tracked changes, hidden text, and packages that are refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import Block, Document, ooxml, read

ReadText = Callable[..., Document]
Build = Callable[[Any], None]


def built(build: Build) -> bytes:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The package with each part changed, or dropped for None."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def plain(document: Any) -> None:
    document.add_paragraph("Text.")


def test_structure_and_places(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        document.core_properties.author = "Ann Lee"
        document.add_heading("产品手册", 0)
        document.add_heading("Prices", 1)
        document.add_paragraph("")
        document.add_paragraph("Fast and ").add_run("safe.").bold = True
        document.add_paragraph("One", style="List Bullet")
        document.add_paragraph("Great!", style="Quote")
        table = document.add_table(3, 3)
        for row, texts in zip(table.rows, (["Plan", "Price", "Seats"], ["Pro", "$99", "5"], ["", "", ""]), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        pairs = document.add_table(1, 2)
        pairs.cell(0, 0).text, pairs.cell(0, 1).text = "Industry", "Banks"
        document.add_paragraph("After.")

    path = tmp_path / "a.docx"
    path.write_bytes(built(build))
    document = read(path)
    assert (document.format, document.title, document.meta["author"]) == ("Word", "产品手册", "Ann Lee")
    above = ("产品手册", "Prices")
    assert document.blocks == (
        Block("产品手册", (), "paragraph 1", "heading"),
        Block("Prices", ("产品手册",), "paragraph 2", "heading"),
        Block("Fast and safe.", above, "paragraph 3"),
        Block("One", above, "paragraph 4", "list_item"),
        Block("Great!", above, "paragraph 5", "quote"),
        Block("Plan: Pro; Price: $99; Seats: 5", above, "table 1 row 2", "row"),
        Block("Industry: Banks", above, "table 2 row 1", "row"),
        Block("After.", above, "paragraph 6"),
    )


def w(xml: str) -> Any:
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<w:ins w:id='1' w:author='a'><w:r><w:t>X</w:t></w:r></w:ins>", "AX"),
        ("<w:del w:id='1' w:author='a'><w:r><w:delText>X</w:delText></w:r></w:del>", "A"),
        ("<w:moveFrom w:id='1' w:author='a'><w:r><w:t>X</w:t></w:r></w:moveFrom>", "A"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>X</w:t></w:r>", "A"),
        ("<w:r><w:rPr><w:vanish w:val='false'/></w:rPr><w:t>X</w:t></w:r>", "AX"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>X</w:t></w:r>", "A"),
        ("<w:hyperlink><w:r><w:t>X</w:t></w:r></w:hyperlink>", "AX"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "A"),
        ("<w:sdt><w:sdtContent><w:r><w:t>X</w:t></w:r></w:sdtContent></w:sdt>", "AX"),
        ("<w:r><w:br/><w:t>X</w:t></w:r>", "A\nX"),
        ("<w:r><w:tab/><w:t>X</w:t></w:r>", "A X"),
    ],
)
def test_what_a_reader_sees(tmp_path: Path, inner: str, expected: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(built(lambda document: document.add_paragraph("A")._p.append(w(inner))))
    assert read(path).blocks[0].text == expected


def test_text_hidden_by_format_is_left_out_with_a_warning(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Seen")
        paragraph.add_run(" white").font.color.rgb = RGBColor(255, 255, 255)
        paragraph.add_run(" tiny").font.size = Pt(1)
        style = document.styles.add_style("Ghost", 2)
        style.font.hidden = True
        paragraph.add_run(" ghost").style = style
        document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("head").font.color.rgb = RGBColor(255, 255, 255)

    path = tmp_path / "a.docx"
    path.write_bytes(built(build))
    document = read(path)
    assert [block.text for block in document.blocks] == ["Seen", "head"]
    assert document.warnings == ("hidden text was left out (3 places)",)


def test_comments_headers_and_footers_stay_out(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Text.")
        document.add_comment(paragraph.runs, text="a remark", author="a")
        document.sections[0].header.paragraphs[0].text = "a header"

    path = tmp_path / "a.docx"
    path.write_bytes(built(build))
    assert [block.text for block in read(path).blocks] == ["Text."]


def refused(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    return caught.value.reason


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    def change(name: str, part: bytes) -> bytes:
        return (
            (DTD.decode() + part.decode().split("?>", 1)[1]).encode(encoding) if name == "word/document.xml" else part
        )

    assert "XML entities in word/document.xml" in refused(tmp_path, repacked(built(plain), change))


def test_a_package_without_a_document_is_refused(tmp_path: Path) -> None:
    data = repacked(built(plain), lambda name, part: None if name == "word/document.xml" else part)
    assert "without an Office document" in refused(tmp_path, data)


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    assert "no text" in refused(tmp_path, built(lambda document: None))


def test_other_kinds_of_file_are_named(tmp_path: Path) -> None:
    assert "is a PDF file" in refused(tmp_path, b"%PDF-1.7 ...")
    assert "not an Office file" in refused(tmp_path, b"Dear all, ...")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "is an Excel file" in refused(tmp_path, stream.getvalue())


def test_encrypted_and_old_files(tmp_path: Path) -> None:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert "before 2007" in refused(tmp_path, header)
    assert "encrypted" in refused(tmp_path, header + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.99])
def test_truncated_files(tmp_path: Path, keep: float) -> None:
    data = built(plain)
    assert "damaged" in refused(tmp_path, data[: int(len(data) * keep)])


def test_broken_xml(tmp_path: Path) -> None:
    data = repacked(built(plain), lambda name, part: part[:-20] if name == "word/document.xml" else part)
    assert "damaged" in refused(tmp_path, data)


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = {"word/media/a.bin": bytes(60 * 1024 * 1024)}
    assert "expands to" in refused(tmp_path, repacked(built(plain), lambda name, part: part, bomb))
    monkeypatch.setattr(ooxml, "MAX_MEMBERS", 5)
    assert "more than 5 parts" in refused(tmp_path, built(plain))
