"""PDF: A4 set by typst, without a browser. The words are data to it; the provenance goes into the file as XMP."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.draft import Draft, Paragraph
from assistant.export.labels import Labels, labels_for
from assistant.export.layout import Block, Shape, lay_out
from assistant.export.pdf_metadata import with_metadata
from assistant.export.plain import cites, clean, facts, name_of, one_line
from assistant.export.provenance import PRODUCT, Colophon, as_json
from knowledge.domain.errors import KoujingError, SetupError

_TEMPLATE = Path(__file__).parent / "draft.typ"

LATIN = ("Libertinus Serif",)
"""Comes with typst."""

_FACES = {
    "zh": ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "STSong", "SimSun", "Noto Serif SC"),
    "ja": (
        "Noto Serif CJK JP",
        "Source Han Serif",
        "Source Han Serif JP",
        "Hiragino Mincho ProN",
        "Yu Mincho",
        "MS Mincho",
    ),
    "ko": ("Noto Serif CJK KR", "Source Han Serif K", "Source Han Serif KR", "AppleMyungjo", "Batang"),
}
_SANS = {
    "zh": ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", "SimHei"),
    "ja": ("Noto Sans CJK JP", "Source Han Sans", "Hiragino Sans", "Yu Gothic", "MS Gothic"),
    "ko": ("Noto Sans CJK KR", "Source Han Sans K", "Apple SD Gothic Neo", "Malgun Gothic"),
}
"""Where there is no serif face, a sans one sets the text: better plain than not at all."""

_SCRIPTS = (("ja", re.compile("[ぁ-ヿ]")), ("ko", re.compile("[가-힣ᄀ-ᇿ]")), ("zh", re.compile("[㐀-䶿一-鿿豈-﫿]")))
_SHOWN = ("head", "headline", "sections", "foot", "sources-title", "sources")
"""What of the document needs a face; the rest is metadata."""
_BRANCH = re.compile(r"(?P<indent> *)(?:- )?(?P<words>.*)")


def pdf_file(draft: Draft, *, marked: bool = False, sources: bool = False, colophon: Colophon | None = None) -> bytes:
    """The draft as the bytes of a PDF, tagged, with selectable text.

    `marked` is not for this format: a working draft is read on the page; the mark of an export without approval comes
    with the colophon.

    Raises `SetupError` when the machine has no face for the text's script.
    """
    import typst

    labels = labels_for(draft.locale)
    document = _document(draft, labels, sources, colophon)
    shown = json.dumps([document[name] for name in _SHOWN], ensure_ascii=False)
    document["fonts"] = _fonts(shown, draft.locale)
    try:
        pdf: bytes = typst.compile(
            _TEMPLATE,
            format="pdf",
            sys_inputs={"draft": json.dumps(document, ensure_ascii=False)},
            root=_TEMPLATE.parent,
        )
    except typst.TypstError as error:
        raise KoujingError(f"the PDF cannot be set: {str(error).splitlines()[0]}") from error
    return with_metadata(pdf, _properties(colophon)) if colophon else pdf


def _document(draft: Draft, labels: Labels, sources: bool, colophon: Colophon | None) -> dict[str, Any]:
    """What the template shows; texts are strings in it and nothing else."""
    page = lay_out(draft, labels)
    history = colophon.provenance if colophon else None
    when = history.exported.at if history and history.exported.at else datetime.now(UTC)
    when = when.astimezone(UTC) if when.tzinfo else when
    language, _, region = draft.locale.partition("-")
    ai = bool(history and history.aigc())
    return {
        "title": one_line(page.headline.text),
        "author": (one_line(history.producer) if history else "") or PRODUCT,
        "keywords": [labels["ai"]] if ai else [],
        "description": f"{one_line(draft.id)} v{draft.version}",
        "date": {name: getattr(when, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "language": language.lower(),
        "region": region.lower() if len(region) == 2 else None,
        "justified": language.lower() in ("zh", "ja"),
        "marked": bool(colophon and colophon.marked),
        "head": colophon.head if colophon else "",
        "foot": colophon.foot if colophon else "",
        "headline": _line(draft, page.headline, labels, sources),
        "sections": [
            {
                "heading": one_line(section.heading),
                "blocks": [_block(draft, block, labels, sources) for block in section.blocks],
            }
            for section in page.sections
        ],
        "sources-title": labels["sources"],
        "sources": [
            {"number": evidence.id, "words": " · ".join([name_of(evidence), *facts(evidence, labels)])}
            for evidence in (draft.evidence if sources else ())
        ],
    }


def _line(draft: Draft, paragraph: Paragraph, labels: Labels, sources: bool) -> dict[str, Any]:
    text = clean(paragraph.text).strip()
    return {
        "lines": (labels.gap(text) if paragraph.gap else text).split("\n"),
        "gap": paragraph.gap,
        "cites": list(cites(draft, paragraph, sources)),
    }


def _block(draft: Draft, block: Block, labels: Labels, sources: bool) -> dict[str, Any]:
    lines = [_line(draft, paragraph, labels, sources) for paragraph in block.paragraphs]
    if block.shape is Shape.MAP:
        for line, paragraph in zip(lines, block.paragraphs, strict=True):
            line["branches"] = _branches(clean(paragraph.text))
    table = block.table and {
        "columns": [one_line(column) for column in block.table.columns],
        "rows": [
            {
                "name": one_line(name),
                "cells": [[_line(draft, p, labels, sources) for p in cell] for cell in cells],
            }
            for name, cells in block.table.rows
        ],
    }
    return {"shape": str(block.shape), "lines": lines, "table": table}


def _branches(text: str) -> list[dict[str, Any]]:
    """A nested list of Markdown as lines with their depth."""
    found = (_BRANCH.fullmatch(line) for line in text.split("\n") if line.strip())
    return [{"depth": len(branch["indent"]) // 2, "words": branch["words"]} for branch in found if branch]


def _properties(colophon: Colophon) -> dict[str, str]:
    """The metadata of our own, by the names that `pdf_metadata` knows."""
    history = colophon.provenance
    label = history.aigc()
    found = {
        "AIGC": as_json(label) if label else "",
        "DigitalSourceType": history.source_type(),
        "Provenance": as_json(history.to_json()),
    }
    return {name: value for name, value in found.items() if value}


def _fonts(text: str, locale: str) -> list[str]:
    """The faces for a text, the locale's own first. Raises `SetupError` when its script has none on this machine."""
    language = locale.split("-", 1)[0].lower()
    scripts = [name for name, script in _SCRIPTS if script.search(text)]
    # Kana and hangul stand beside Han characters: one face of the language sets both.
    wanted = sorted(dict.fromkeys(scripts), key=lambda name: name != language)
    found = list(LATIN)
    for name in wanted:
        here = [face for face in (*_FACES[name], *_SANS[name]) if face in _families()]
        if not here:
            raise SetupError(
                "this machine has no font for the text (Chinese, Japanese, Korean): install one, e.g. the package "
                "fonts-noto-cjk, or choose another format"
            )
        found += here[:1]
    return found


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    import typst

    return frozenset(typst.Fonts().families())
