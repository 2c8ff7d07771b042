"""Segments for the benchmarks of localization: the sample library's sentences, and public ones with their translations.

KOUJING_BENCH_SEGMENTS says how many of each set (100); the choice is the same on every machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.markdown import Markdown
from knowledge.domain.locale import Locale
from knowledge.domain.text import sentences

_LENGTH = {"zh": (12, 160), "en": (30, 320)}
_MARKUP = re.compile(r"^(?:#|\||<|```|import |!\[|---|\s*[-*] \[)")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A source with a human translation where there is one."""

    text: str
    reference: str = ""


def how_many() -> int:
    """Segments of a set."""
    return int(os.environ.get("KOUJING_BENCH_SEGMENTS") or 100)


def of_k8s(data: Path, source: str, target: str, count: int = 0) -> list[Sentence]:
    """Paragraphs of the Kubernetes stories with their human translations; `zh` and `ja` are those of its sets."""
    sets = {"zh": "zh-cn", "ja": "ja"}
    other = source if target == "en" else target
    found = []
    for line in (data / "k8s_cases" / "segments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["lang"] == sets.get(other):
            pair = (row["target"], row["en"]) if target == "en" else (row["en"], row["target"])
            found.append(Sentence(*pair))
    return _chosen(found, source, count)


def english_of_k8s(data: Path) -> list[Sentence]:
    """English paragraphs of the same stories, for a language that has no set."""
    rows = (data / "k8s_cases" / "segments.jsonl").read_text(encoding="utf-8").splitlines()
    return _chosen([Sentence(json.loads(line)["en"]) for line in rows], "en")


def of_cases(data: Path, language: str) -> list[Sentence]:
    """Sentences of user stories of cloud-native projects."""
    found = []
    for path in sorted((data / "cases_zh_en" / language).glob("*.md")):
        text = re.sub(r"\A---.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for block in re.split(r"\n\s*\n", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
            if not _MARKUP.match(block):
                found += [Sentence(span.of(block)) for span in sentences(block)]
    return _chosen(found, language)


def of_library(texts: Sequence[str], language: str) -> list[Sentence]:
    """Sentences of the sample library."""
    found = [Sentence(span.of(line)) for text in texts for line in text.splitlines() for span in sentences(line)]
    return _chosen([one for one in found if not _MARKUP.match(one.text)], language)


def as_content(text: str, source: Locale, target: Locale) -> Content:
    """The text as its file format gives it: the public texts are Markdown."""
    units = Markdown().read(text.encode(), Reading("segment.md", source, target)).units
    return units[0].source if len(units) == 1 else Content.of(text)


def _chosen(found: Sequence[Sentence], language: str, count: int = 0) -> list[Sentence]:
    """No text twice, neither very short nor long; those with figures first, as the figures are what is measured."""
    least, most = _LENGTH[language]
    texts: dict[str, Sentence] = {}
    for one in found:
        text = " ".join(one.text.split())
        if least <= len(text) <= most:
            texts.setdefault(text, Sentence(text, one.reference))
    return list(_in_order(texts))[: count or how_many()]


def _in_order(texts: dict[str, Sentence]) -> Iterator[Sentence]:
    for text in sorted(texts, key=lambda text: (_FIGURE.search(text) is None, hashlib.sha256(text.encode()).digest())):
        yield texts[text]
