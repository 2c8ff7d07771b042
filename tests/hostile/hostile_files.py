"""Files that want something of whoever reads them: to fetch an address, to tell a file of this machine, to grow."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

LAUGHS = '<!DOCTYPE {root} [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Nine entities, each ten of the one before: a gigabyte when the last one is expanded. To be closed with `]>`."""


def docx() -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading("Edge gateway", 1)
    document.add_paragraph("It saves 12% of the energy.")
    return _saved(document)


def pptx() -> bytes:
    import pptx as library

    deck = library.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Edge gateway"
    slide.placeholders[1].text = "It saves 12% of the energy."
    return _saved(deck)


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["key", "text"])
    sheet.append(["a", "It saves 12% of the energy."])
    sheet.append(["b", '=WEBSERVICE("ADDRESS/formula")'])
    return _saved(book)


def repacked(data: bytes, changed: Mapping[str, Callable[[bytes], bytes]], more: Mapping[str, bytes]) -> bytes:
    """The package with some parts changed and others added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info.filename, changed[info.filename](part) if info.filename in changed else part)
        for name, part in more.items():
            target.writestr(name, part)
    return out.getvalue()


_MAIN = {
    ".docx": ("word/document.xml", "word/_rels/document.xml.rels", "w:document"),
    ".pptx": ("ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels", "p:sld"),
    ".xlsx": ("xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "worksheet"),
}
_MADE = {".docx": docx, ".pptx": pptx, ".xlsx": xlsx}


def office(suffix: str, declared: str = "") -> bytes:
    """An Office file; `declared` stands before the root of its main part, `{root}` its name."""
    part, _, root = _MAIN[suffix]

    def declare(content: bytes) -> bytes:
        start, mark, rest = content.partition(b"?>")
        return start + mark + declared.replace("{root}", root).encode() + rest

    return repacked(_MADE[suffix](), {part: declare} if declared else {}, {})


def office_pointing_at(suffix: str, address: str) -> bytes:
    """An Office file whose parts name pictures, templates, links and data at an address."""
    _, related, _ = _MAIN[suffix]
    kinds = ("image", "attachedTemplate", "hyperlink", "oleObject", "externalLink", "video", "subDocument", "frame")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="far{n}" Type="{base}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for n, kind in enumerate(kinds)
    ).encode()
    made = repacked(
        _MADE[suffix](), {related: lambda part: part.replace(b"</Relationships>", links + b"</Relationships>")}, {}
    )
    if suffix == ".xlsx":
        return repacked(made, {"xl/worksheets/sheet1.xml": lambda part: part.replace(b"ADDRESS", address.encode())}, {})
    return made


def bomb(suffix: str, size: int) -> bytes:
    """An Office file with a part of so many bytes, packed to a thousandth of it."""
    return repacked(_MADE[suffix](), {}, {f"{_MAIN[suffix][0].split('/')[0]}/media/big.bin": bytes(size)})


def crowded(suffix: str, parts: int) -> bytes:
    """An Office file with so many empty parts."""
    return repacked(_MADE[suffix](), {}, {f"custom/{number}.bin": b"" for number in range(parts)})


XML_TEXTS: Mapping[str, tuple[str, str]] = {
    "strings.xml": ("resources", '<resources><string name="a">Save {inside}</string></resources>'),
    "a.xlf": (
        "xliff",
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" '
        'datatype="plaintext"><body><trans-unit id="1"><source>Save {inside}</source></trans-unit></body></file></xliff>',
    ),
    "b.xlf": (
        "xliff",
        '<xliff version="2.0" srcLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="u">'
        "<segment><source>Save {inside}</source></segment></unit></file></xliff>",
    ),
    "page.html": ("html", "<html><body><p>Save {inside}</p></body></html>"),
    "memory.tmx": (
        "tmx",
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>Save {inside}</seg></tuv>'
        '<tuv xml:lang="de"><seg>Sichern</seg></tuv></tu></body></tmx>',
    ),
}
"""By name: the root, and a text in which an entity can stand in the place of `{inside}`."""


def pages(address: str) -> Mapping[str, bytes]:
    """Texts that point at an address in every way that a page knows."""
    html = f"""<!DOCTYPE html><html><head><base href="{address}/base/"><link rel="stylesheet" href="{address}/style.css">
<link rel="prefetch" href="{address}/next"><meta http-equiv="refresh" content="0;url={address}/refresh">
<style>@import url({address}/import.css); body {{background: url({address}/b.png)}}</style>
<script src="{address}/a.js"></script></head><body style="background:url({address}/c.png)"><p>It saves 12% of energy.</p>
<img src="{address}/a.png" srcset="{address}/b.png 2x"><iframe src="{address}/f"></iframe><object data="{address}/o">
</object><embed src="{address}/e"><video src="{address}/v" poster="{address}/p"></video><audio src="{address}/u"></audio>
<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image href="{address}/i" xlink:href="{address}/x"/>
<use href="{address}/s.svg#a"/></svg><form action="{address}/form"><button>Go</button></form>
<a href="{address}/ping" ping="{address}/ping">More</a></body></html>"""
    markdown = (
        f"# Gateway\n\nIt saves 12%. ![a]({address}/a.png) [b]({address}/b) <img src='{address}/c'>\n\n"
        f"[d]: {address}/d\n\n{{% include '{address}/e' %}}\n"
    )
    yaml = f"$schema: {address}/schema\ntext: It saves 12% of energy\nfile: !include {address}/inc\n"
    json = f'{{"$schema": "{address}/schema", "$ref": "{address}/ref", "text": "It saves 12% of the energy"}}'
    return {
        "page.html": html.encode(),
        "drawing.html": f'<?xml-stylesheet href="{address}/x.xsl"?><svg><image href="{address}/a"/><text>It saves 12%'
        "</text></svg>".encode(),
        "text.md": markdown.encode(),
        "data.yaml": yaml.encode(),
        "data.json": json.encode(),
        "table.csv": f'key,text\na,"=WEBSERVICE(""{address}/f"") saves 12%"\n'.encode(),
        **{
            name: f'<?xml version="1.0"?><!DOCTYPE {root} SYSTEM "{address}/a.dtd">'.encode()
            + text.replace("{inside}", "").encode()
            for name, (root, text) in XML_TEXTS.items()
        },
        **{f"far{suffix}": office_pointing_at(suffix, address) for suffix in _MADE},
    }


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
