"""What the drafts are worth: time, yield, and whether a wrong citation is noticed.

What is counted here is counted with plain string work, not with the checks or the number engine of the product.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.brief import Brief
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.standards import Standards
from assistant.draft import Draft, Paragraph
from evals.bench import Bench
from evals.bench.scratch import environment, sample_workspace
from evals.bench.table import Row
from knowledge.domain.finding import Severity
from knowledge.domain.locale import Locale
from knowledge.records import Audience
from knowledge.sample import FOLDER

_TEXTS = {
    ("transcript", "zh"): "transcripts/weekly-review.zh-CN.txt",
    ("transcript", "en"): "transcripts/launch-prep.en.txt",
    ("text", "zh"): "copy/launch-post.en.txt",
    ("text", "en"): "copy/launch-post.zh-CN.txt",
}


def briefs() -> list[Brief]:
    """The six templates in two locales with complete inputs from the sample library."""
    found = []
    for locale, language in (("zh-CN", "zh"), ("en", "en")):
        zh = language == "zh"
        given = {kind: (FOLDER / _TEXTS[kind, language]).read_text(encoding="utf-8") for kind in ("transcript", "text")}
        found += [
            Brief("success_story", {"case": "case-elevator"}, locale),
            Brief(
                "press_release",
                {
                    "subject": "R300 边缘网关发布" if zh else "Launch of the R300 edge gateway",
                    "date": "2026-10-20",
                    "city": "苏州" if zh else "Suzhou",
                },
                locale,
            ),
            Brief("meeting_minutes", {"transcript": given["transcript"]}, locale, audience=Audience.INTERNAL),
            Brief("brand_house", {"period": "2027 年上半年" if zh else "first half of 2027"}, locale),
            Brief(
                "competitor_analysis",
                {"product": "R200", "goal": "decide", "stage": "在售" if zh else "on sale"},
                locale,
                audience=Audience.INTERNAL,
            ),
            Brief("localized_copy", {"text": given["text"]}, locale),
        ]
    return found


def story(bench: Bench) -> Iterator[Row]:
    """A success story as a whole command, start of the model included, weights on disk."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder) / "home")
        koujing = [sys.executable, "-m", "assistant.cli"]
        subprocess.run([*koujing, "init", "--sample"], check=True, capture_output=True, env=env)
        begun = time.perf_counter()
        done = subprocess.run(
            [*koujing, "draft", "success_story", "-i", "case=case-elevator", "--json"],
            capture_output=True, text=True, env=env, check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - begun
    note = f"model {env.get('KOUJING_MODEL') or 'local'}, exit {done.returncode}"
    yield Row("success story, whole command", seconds, "s", goal="≤ 60", n=1, note=note)


@dataclass(frozen=True, slots=True)
class _Written:
    brief: Brief
    draft: Draft
    seconds: float


_written: list[_Written] = []


def written(bench: Bench) -> list[_Written]:
    """The twelve drafts, written once per run."""
    if not _written:
        with sample_workspace(progress=bench.progress) as workspace:
            for brief in briefs():
                begun = time.perf_counter()
                draft = workspace.draft(brief)
                _written.append(_Written(brief, draft, time.perf_counter() - begun))
                bench.say(
                    f"  {_name(brief)}: {_written[-1].seconds:.0f} s, {_errors(draft)} errors, {_gaps(draft)} gaps"
                )
                _keep(draft)
    return _written


def yielded(bench: Bench) -> Iterator[Row]:
    """What share can be released, what is missing, what is merely copied."""
    done = written(bench)
    clean = sum(not item.draft.has_errors for item in done)
    yield Row("drafts without an error finding", clean / len(done), "", goal="≥ 0.8", n=len(done))
    gaps = [f"{_name(i.brief)}/{s.id}" for i in done for s, p in i.draft.paragraphs() if p.gap and p.cell is None]
    yield Row("gaps outside tables", len(gaps), "", n=len(done), note=", ".join(gaps))
    facts = [_required_facts(item.draft) for item in done if item.brief.template == "success_story"]
    present, wanted = sum(f[0] for f in facts), sum(f[1] for f in facts)
    yield Row("required facts of the case present", present / wanted, "", goal="≥ 0.8", n=wanted)
    copied = [_verbatim(item.draft) for item in done]
    same, all_ = sum(c[0] for c in copied), sum(c[1] for c in copied)
    yield Row("sentences verbatim, quotes apart", same / all_, "", goal="≤ 0.5", n=all_)
    yield Row("drafting, mean", sum(i.seconds for i in done) / len(done), "s", n=len(done))


def citations(bench: Bench) -> Iterator[Row]:
    """Every two paragraphs of a draft that rest on different evidence exchange their citations; who notices?"""
    found = exchanged = doubted = true = 0
    for item in written(bench):
        paragraphs = [p for _, p in item.draft.paragraphs() if p.by == "model" and p.citations and not p.gap]
        for paragraph in paragraphs:
            true += 1
            doubted += _noticed(paragraph, item.draft)
        for a in paragraphs:
            for b in paragraphs:
                if a.id != b.id and not set(a.citations) & set(b.citations):
                    exchanged += 1
                    found += _noticed(replace(a, citations=b.citations), item.draft)
    yield Row("exchanged citations flagged", found / max(exchanged, 1), "", goal="≥ 0.9", n=exchanged)
    yield Row("true citations flagged", doubted / max(true, 1), "", goal="≤ 0.1", n=true)


def _noticed(paragraph: Paragraph, draft: Draft) -> bool:
    ledger = check_paragraph(paragraph, draft.evidence, Standards(Locale(draft.locale)))
    about = {
        "citation_weak", "number_unsupported", "number_contradicted", "number_swapped", "date_unsupported",
        "qualifier_changed",
    }  # fmt: skip
    return any(finding.check in about for finding in ledger.findings)


def _required_facts(draft: Draft) -> tuple[int, int]:
    """How many of the case's before and after figures stand in the draft, and how many there are."""
    import yaml

    text = (FOLDER / "cases" / "elevator.zh-CN.md").read_text(encoding="utf-8")
    results = yaml.safe_load(text.split("---", 2)[1])["fields"]["results"]
    wanted = [re.sub(r"[^\d.]", "", str(result[key])) for result in results for key in ("before", "after")]
    said = set(re.findall(r"\d+(?:\.\d+)?", " ".join(p.text for _, p in draft.paragraphs()).replace(",", "")))
    return sum(figure in said for figure in wanted), len(wanted)


def _verbatim(draft: Draft) -> tuple[int, int]:
    """Sentences of the draft that stand letter by letter in its evidence; quotes, titles and cells apart."""
    sources = _letters(" ".join(evidence.text for evidence in draft.evidence))
    sentences = [
        sentence
        for _, p in draft.paragraphs()
        if not p.gap and p.role not in ("quote", "attendee", "title") and p.by == "model"
        for sentence in re.split(r"(?<=[。！？!?])|(?<=[.!?])\s+", p.text)
        if len(_letters(sentence)) >= 8
    ]
    return sum(_letters(sentence) in sources for sentence in sentences), len(sentences)


def _letters(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _name(brief: Brief) -> str:
    return f"{brief.template}/{brief.locale}"


def _errors(draft: Draft) -> int:
    return sum(finding.severity is Severity.ERROR for finding in draft.findings)


def _gaps(draft: Draft) -> int:
    return sum(paragraph.gap for _, paragraph in draft.paragraphs())


def _keep(draft: Draft) -> None:
    """With KOUJING_BENCH_OUT, every draft is also written there, to be read by eye."""
    folder = os.environ.get("KOUJING_BENCH_OUT")
    if folder:
        from assistant.export import export

        Path(folder).mkdir(parents=True, exist_ok=True)
        export(draft, Path(folder) / f"{draft.template}.{draft.locale}.md")
