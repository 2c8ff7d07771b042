"""Human translations against what they translate: a figure or date that is marked there is a false alarm, save where
the translator changed it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.bench import Bench
from evals.bench.claims.corpus import LOCALES, TONGUES, markdown_blocks, plain
from evals.bench.claims.grounded import checked
from evals.bench.claims.marks import figure_alarms, show, shown
from evals.bench.table import Row

GOAL = "≤ 0.02"

CHANGED = {
    "adidas.zh-cn.1": "half a week became three days",
    "buffer.zh-cn.15": "12 to 24 hours became about 12 to 24 hours",
    "chinaunicom.pt-br.24": "32 distributions were added",
    "ibm.zh-cn.10": "two zones were left out",
    "openAI.zh-cn.15": "two of the teams became the teams",
}
"""Segments of the public set whose translator changed a figure, read by eye: an alarm there is right."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in one language and what it is a translation of, or the other way round."""

    origin: str
    language: str
    text: str
    source_language: str
    source: str


def translations(bench: Bench) -> Iterator[Row]:
    """Share of segments with a false alarm, both directions, per set."""
    if bench.data is None:
        yield Row("parallel", None, note="skipped: no public data; give --data DIR")
        return
    yield _row("k8s_cases", list(both_ways(_k8s(bench.data))), GOAL)
    yield _row("cases_zh_en", list(both_ways(_cases(bench.data))), GOAL)
    yield _row("mozilla", list(both_ways(_mozilla(bench.data))), "")


def both_ways(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Each pair, and the source as the text against its translation."""
    for pair in pairs:
        yield pair
        yield Pair(pair.origin, pair.source_language, pair.source, pair.language, pair.text)


def _row(name: str, pairs: Sequence[Pair], goal: str) -> Row:
    alarms: Counter[str] = Counter()
    lines = []
    right = 0
    figures = sum(bool(re.search(r"\d", pair.text)) for pair in pairs)
    for pair in pairs:
        report = checked(pair.text, pair.source, LOCALES[pair.language], LOCALES[pair.source_language])
        found = figure_alarms(report)
        if found and pair.origin in CHANGED:
            right += 1
        elif found:
            alarms[f"{pair.source_language}→{pair.language}"] += 1
            way = f"{pair.source_language}→{pair.language} {pair.origin}"
            lines.append(f"{way}\n    {shown(pair.text, found)}\n    {pair.source}")
    show(f"parallel {name}", lines)
    note = ", ".join(f"{way} {n}" for way, n in sorted(alarms.items()))
    of_figures = f"{alarms.total() / max(1, figures):.3f} of the {figures} with digits"
    if right:
        note += f"; {right} alarms where the translator changed a figure are not counted"
    return Row(
        f"parallel, {name}: segments with a false alarm", alarms.total() / max(1, len(pairs)), "", goal=goal,
        n=len(pairs), note="; ".join(filter(None, (of_figures, note))),
    )  # fmt: skip


def _k8s(data: Path) -> Iterator[Pair]:
    seen = set()
    for line in (data / "k8s_cases" / "segments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, source = _flat(row["target"]), _flat(row["en"])
        if text and source and text != source and (text, source) not in seen:
            seen.add((text, source))
            yield Pair(row["id"], TONGUES[row["lang"]], text, "en", source)


def _mozilla(data: Path) -> Iterator[Pair]:
    """Campaign mails and the web site: only segments with digits, or it would count headlines."""
    seen = set()
    for folder in ("mozilla_emails", "mozilla_www"):
        for line in (data / folder / "segments.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            source = _flat(row["en"])
            for tag, target in row["t"].items():
                text = _flat(target)
                if re.search(r"\d", text + source) and "{" not in text + source and (text, source) not in seen:
                    seen.add((text, source))
                    yield Pair(f"{row['file']}", TONGUES[tag], text, "en", source)


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", plain(text)).strip()


def _cases(data: Path) -> Iterator[Pair]:
    """Stories that exist in Chinese and English, paragraph by paragraph where headings and paragraphs correspond."""
    for path in sorted((data / "cases_zh_en" / "zh").glob("*.md")):
        other = data / "cases_zh_en" / "en" / path.name
        zh, en = (_sections(p.read_text(encoding="utf-8")) for p in (path, other))
        if [level for level, _ in zh] != [level for level, _ in en]:
            continue
        for (_, left), (_, right) in zip(zh, en, strict=True):
            if len(left) == len(right):
                for text, source in zip(left, right, strict=True):
                    if _alike(text, source):
                        yield Pair(path.name, "zh", text, "en", source)


def _sections(text: str) -> list[tuple[int, list[str]]]:
    """Level of the heading and the paragraphs of each section; the heading is the first of them."""
    sections: list[tuple[int, list[str]]] = [(0, [])]
    for level, block in markdown_blocks(text):
        if level:
            sections.append((level, [block]))
        else:
            sections[-1][1].append(block)
    return sections


def _alike(zh: str, en: str) -> bool:
    """True when the lengths fit a translation: an English text has 1.5 to 6 times the characters of a Chinese one."""
    return 1.2 < len(en) / len(zh) < 6.5 and bool(re.search(r"[一-鿿]", zh)) and not re.search(r"[一-鿿]", en)
