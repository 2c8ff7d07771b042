"""What the tests of released files share: a colophon, and readers of each format's metadata."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import yaml
from test_export_samples import EN, ZH

from assistant.draft import Draft, Paragraph, Section
from assistant.export.ai_label import ai_label
from assistant.export.clean_copy import clean_copy
from assistant.export.formats import form_of
from assistant.export.provenance import Colophon, Provenance, Signed, entries_of

NOW = datetime(2026, 11, 22, 5, 6, 7, tzinfo=UTC)
APPROVED_ZH, APPROVED_EN = replace(ZH, state="approved"), replace(EN, state="approved", market="CN")
INJECTED = '#read("/etc/passwd") $x^2$ *fett* @ref <tag> \\ #panic("no") // weg = kein Titel `raw` ${7*7} {{ 7*7 }}'


def colophon(draft: Draft, *, approved: bool = True, overridden: tuple[str, ...] = ()) -> Colophon:
    """What the file of a draft says of its making, approved by `boss` or by nobody."""
    history = Provenance(
        clean_copy(draft, sources=False),
        "示例科技有限公司",
        Signed("pr", NOW),
        Signed("author", NOW),
        Signed("boss", NOW) if approved else Signed(),
        entries_of(draft, lambda _: False),
        overridden,
    )
    return Colophon(history, ai_label(draft, reviewed=approved, today=NOW.date()), marked=not approved)


def written(draft: Draft, form: str, *, sources: bool = False, approved: bool = True) -> bytes:
    """The file of a draft."""
    return form_of(form).write(clean_copy(draft, sources=sources), colophon(draft, approved=approved), sources=sources)


def saying(*texts: str, **fields: Any) -> Draft:
    """A draft of these paragraphs, by a model."""
    paragraphs = tuple(Paragraph(f"p{n}", text) for n, text in enumerate(texts))
    return replace(APPROVED_EN, title="T", sections=(Section("s", "H", paragraphs),), evidence=(), **fields)


def pdf_text(content: bytes) -> str:
    """The text of a PDF as a reader selects it, on one line."""
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def metadata(form: str, content: bytes) -> dict[str, Any]:
    """The provenance that a file tells machines: its JSON, with the implicit label under AIGC."""
    return {"markdown": _markdown, "html": _html, "docx": _word, "pdf": _pdf}[form](content)


def _markdown(content: bytes) -> dict[str, Any]:
    front: dict[str, Any] = yaml.safe_load(content.decode().split("---\n")[1])
    return {**front["provenance"], "AIGC": front.get("AIGC")}


def _html(content: bytes) -> dict[str, Any]:
    from lxml import html

    page = html.fromstring(content)
    (told,) = page.xpath("//script[@type='application/ld+json']/text()")
    label = page.xpath("//meta[@name='AIGC']/@content")
    value: dict[str, Any] = json.loads(told)["additionalProperty"]["value"]
    return {**value, "AIGC": json.loads(label[0]) if label else None}


def _word(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("docProps/custom.xml"))
    values = {one.get("name"): one[0].text or "" for one in root}
    label = values.get("AIGC")
    return {**json.loads(values["Provenance"]), "AIGC": json.loads(label) if label else None}


def _pdf(content: bytes) -> dict[str, Any]:
    packets = re.findall(rb"<x:xmpmeta.*?</x:xmpmeta>", content, re.DOTALL)
    root = ElementTree.fromstring(packets[-1])
    label = root.find(".//{http://www.tc260.org.cn/ns/AIGC/1.0/}AIGC")
    told = root.find(".//{urn:koujing:provenance:1}Provenance")
    assert told is not None
    return {**json.loads(told.text or ""), "AIGC": json.loads(label.text or "") if label is not None else None}
