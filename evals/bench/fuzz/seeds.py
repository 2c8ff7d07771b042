"""Whole files of every kind that is read, from which malformed ones are made."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from assistant.localization.site.making import make_site

_TEXTS: Mapping[str, str] = {
    "notes.txt": "Edge gateway\n\nIt saves 12% of the energy.\n",
    "facts.yaml": "title: Gateway\nfacts:\n  - {label: saving, value: 12%}\n  - [1, 2.5, null]\ntext: |\n  Lines\n",
    "facts.json": '{"title": "Edge gateway", "facts": [{"saving": "12%"}, 1e3, null], "text": "Café \\u00e9"}',
    "messages.toml": '[menu]\nsave = "Save {count} files"\nabout = """\nTwo\nlines"""\n',
    "messages.yaml": "menu:\n  save: Save %{count} files\n  about: >-\n    Two\n    lines\n",
    "terms.tsv": "term\ttarget\nedge gateway\t边缘网关\n",
    "video.vtt": "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Lin>It saves <b>12%</b>.\n",
    "two.xlf": (
        '<?xml version="1.0"?><xliff version="2.1" srcLang="en" trgLang="de" '
        'xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><group id="g"><unit id="u"><originalData>'
        '<data id="d">&lt;b></data></originalData><segment state="initial"><source>Save <pc id="1">12</pc>% <ph id="2" '
        'dataRef="d"/></source></segment></unit></group></file></xliff>'
    ),
    "memory.tmx": (
        '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body><tu><prop type="x">y</prop>'
        '<tuv xml:lang="en"><seg>Save <bpt i="1"/>12%<ept i="1"/></seg></tuv><tuv xml:lang="de"><seg>Sichern</seg>'
        "</tuv></tu></body></tmx>"
    ),
}
_PDF_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    "<</Length 52>>stream\nBT /F 12 Tf 20 200 Td (It saves 12% of energy.) Tj ET\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def seeds() -> list[tuple[str, bytes]]:
    """Names and contents, always in the same order. Office files are made by their libraries, which date them."""
    with tempfile.TemporaryDirectory(prefix="koujing-fuzz-") as folder:
        site = [(path.name, path.read_bytes()) for path in make_site(Path(folder), "en")]
    made = {name: text.encode() for name, text in _TEXTS.items()} | {"sheet.pdf": _pdf(), "rows.xlsx": _xlsx()}
    return sorted([*site, *made.items()])


def _pdf() -> bytes:
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(_PDF_OBJECTS, 1):
        places.append(len(body))
        body += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    )
    return (body + end).encode()


def _xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["编号", "项目名称", "项目效果"], ["a-1", "泵站改造", "故障由每月 9 次降至 2 次"], ["a-2", None, 12.5]):
        sheet.append(row)
    sheet.merge_cells("A4:B4")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
