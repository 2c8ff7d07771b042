"""Office files for the tests of their formats, made in memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:a="{A}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def saved(document: Any) -> bytes:
    """What `document.save` writes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(body: str, styles: str = "") -> bytes:
    """A Word file whose body is this XML (prefixes w, r, mc, wps, v), and these styles besides its own."""
    import docx

    data = saved(docx.Document())
    whole = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    data = with_part(data, "word/document.xml", lambda _: whole)
    data = with_part(data, "docProps/core.xml", lambda text: re.sub("<dc:title>.*?</dc:title>", "", text))
    return with_part(data, "word/styles.xml", lambda text: text.replace("</w:styles>", f"{styles}</w:styles>"))


def paragraph(*runs: str) -> str:
    """A paragraph of runs: texts, or XML."""
    return "<w:p>" + "".join(one if one.startswith("<") else run(one) for one in runs) + "</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run with formatting."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    """A field in the form of runs; the result is XML."""
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{middle}{result}{end}"


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The package with one part changed as a text."""
    found = parts(data)
    found[name] = change(found[name].decode()).encode()
    return zipped(found)


def parts(data: bytes) -> dict[str, bytes]:
    """Every entry of a package by its name, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def zipped(found: Mapping[str, bytes]) -> bytes:
    """A package of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sharing(data: bytes) -> bytes:
    """An Excel file whose cells share their texts, as Excel itself writes them."""
    found = parts(data)
    texts: list[str] = []

    def shared(cell: re.Match[str]) -> str:
        if cell[2] not in texts:
            texts.append(cell[2])
        return f'<c {cell[1]}t="s"><v>{texts.index(cell[2])}</v></c>'

    for name in found:
        if name.startswith("xl/worksheets/sheet"):
            found[name] = re.sub(r'<c ([^>]*)t="inlineStr"><is>(.*?)</is></c>', shared, found[name].decode()).encode()
    items = "".join(f"<si>{text}</si>" for text in texts)
    found["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{len(texts)}">{items}</sst>'
    ).encode()
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    for name, end, new in (
        ("[Content_Types].xml", "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{office}"/>'),
        ("xl/_rels/workbook.xml.rels", "</Relationships>",
         f'<Relationship Id="shared" Type="{kind}" Target="sharedStrings.xml"/>'),
    ):  # fmt: skip
        found[name] = found[name].decode().replace(end, new + end).encode()
    return zipped(found)
