"""Public sets of texts with consistent and inconsistent claims: SummEdits, WiCE, UHGEval. No model.

Beside each figure stands that of the simplest rule there is: a string of digits that the document does not have.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench import Bench
from evals.bench.claims.grounded import checked
from evals.bench.claims.reworded import reworded
from evals.bench.table import Row

SKIPPED = "skipped: no public data; give --data DIR"
WRONG = frozenset({"unsupported", "contradicted", "qualifier_changed"})
FIGURES = frozenset({"quantity", "money", "percent", "date"})

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两零〇]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kinds of claims that are found wrong in a text, whether all is supported, what the rule of digits says."""

    wrong: frozenset[str]
    supported: bool
    digits: bool
    consistent: bool = False


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the inconsistent that are marked and of the consistent that are."""

    found: float
    alarms: float

    @property
    def balanced(self) -> float:
        return (self.found + 1 - self.alarms) / 2


def summedits(bench: Bench) -> Iterator[Row]:
    """Balanced accuracy on SummEdits: a summary is inconsistent when a claim of it is contradicted or unsupported.

    Thresholds and tables were looked at on half of the documents only; both halves are shown.
    """
    if bench.data is None:
        yield Row("SummEdits", None, note=SKIPPED)
        return
    documents = {row["doc_id"]: row for row in _rows(bench.data / "claims_summedits/docs.jsonl")}
    samples = _rows(bench.data / "claims_summedits/samples.jsonl")
    by_domain: dict[str, list[Verdict]] = defaultdict(list)
    by_half: dict[int, list[Verdict]] = defaultdict(list)
    for number, sample in enumerate(samples):
        bench.progress.step("SummEdits", number, len(samples))
        verdict = _verdict(sample["summary"], documents[sample["doc_id"]]["text"], "en", sample["label"] == 1)
        by_domain[sample["domain"]].append(verdict)
        by_half[_half(sample["doc_id"])].append(verdict)
    for domain, verdicts in sorted(by_domain.items()):
        digits = _rates(verdicts, lambda v: v.digits).balanced
        yield _balanced(f"SummEdits, {domain}", verdicts, f"≥ {digits + 0.05:.3f}")
    everything = [verdict for verdicts in by_domain.values() for verdict in verdicts]
    yield _balanced("SummEdits, all", everything, "≥ 0.70")
    yield _balanced("SummEdits, documents looked at", by_half[0])
    yield _balanced("SummEdits, documents not looked at", by_half[1])


def _balanced(name: str, verdicts: Sequence[Verdict], goal: str = "") -> Row:
    rates = _rates(verdicts, lambda v: bool(v.wrong))
    alone = _rates(verdicts, lambda v: "statement" in v.wrong)
    return Row(
        name, rates.balanced, goal=goal, n=len(verdicts),
        baseline=f"digits only {_rates(verdicts, lambda v: v.digits).balanced:.3f}",
        note=f"marks {rates.found:.0%} of the inconsistent, {rates.alarms:.0%} of the consistent; "
        f"statements alone {alone.balanced:.3f}",
    )  # fmt: skip


def wice(bench: Bench) -> Iterator[Row]:
    """F1 of "not fully supported" on WiCE dev: a claim of the text is anything but supported."""
    if bench.data is None:
        yield Row("WiCE", None, note=SKIPPED)
        return
    rows = _rows(bench.data / "claims_wice/claims_dev.jsonl")
    verdicts = []
    for number, row in enumerate(rows):
        bench.progress.step("WiCE", number, len(rows))
        document = "\n".join(row["evidence"])
        verdicts.append(_verdict(row["claim"], document, "en", row["label"] == "supported"))
    always = _f1(verdicts, lambda v: True)
    named = _f1(verdicts, lambda v: bool(v.wrong))
    yield Row(
        "WiCE dev, not fully supported, F1", _f1(verdicts, lambda v: bool(v.wrong) or not v.supported), n=len(rows),
        baseline=f"always yes {always:.3f}; digits only {_f1(verdicts, lambda v: v.digits):.3f}",
        note=f"{named:.3f} when only unsupported and contradicted claims count, not the unchecked",
    )  # fmt: skip


def uhgeval(bench: Bench) -> Iterator[Row]:
    """Numeric hallucinations of UHGEval found against the news itself, and its true continuations marked."""
    if bench.data is None:
        yield Row("UHGEval", None, note=SKIPPED)
        return
    rows = _rows(bench.data / "claims_uhgeval_zh/uhgeval_concise.jsonl")
    numeric, true, other = [], [], []
    for number, row in enumerate(rows):
        bench.progress.step("UHGEval", number, len(rows))
        news, continuation = row["source_full"], row["real_continuation"]
        if any(not keyword["ok"] and _NUMERAL.search(keyword["keyword"]) for keyword in row["keywords"]):
            numeric.append(_verdict(row["claim"], news, "zh-CN"))
        true.append(_verdict(continuation, news, "zh-CN", consistent=True))
        other.append(_verdict(reworded(continuation), news, "zh-CN", consistent=True))
    for kinds, limits in ((FIGURES, ("≥ 0.65", "≤ 0.01")), (None, ("", ""))):
        title = "by figures and dates" if kinds else "by any claim"
        rates = _shares(numeric, kinds), _shares(true, kinds), _shares(other, kinds)
        digits = [sum(v.digits for v in part) / len(part) for part in (numeric, true, other)]
        for name, rate, goal, baseline, part in zip(
            ("numeric hallucinations found", "true continuations marked", "true ones in other words marked"),
            rates, (limits[0], limits[1], limits[1]), digits, (numeric, true, other), strict=True,
        ):  # fmt: skip
            yield Row(f"UHGEval, {name}, {title}", rate, goal=goal, baseline=f"digits only {baseline:.3f}", n=len(part))


def _shares(verdicts: Sequence[Verdict], kinds: frozenset[str] | None) -> float:
    return sum(bool(v.wrong if kinds is None else v.wrong & kinds) for v in verdicts) / len(verdicts)


def _verdict(text: str, document: str, locale: str, consistent: bool = False) -> Verdict:
    claims = checked(text, document, locale).claims
    return Verdict(
        frozenset(claim.kind for claim in claims if claim.verdict in WRONG),
        all(claim.verdict == "supported" for claim in claims),
        any(digits not in document for digits in _DIGITS.findall(text)),
        consistent,
    )


def _rates(verdicts: Sequence[Verdict], marked: Callable[[Verdict], bool]) -> Rates:
    wrong = [marked(verdict) for verdict in verdicts if not verdict.consistent]
    right = [marked(verdict) for verdict in verdicts if verdict.consistent]
    return Rates(sum(wrong) / max(1, len(wrong)), sum(right) / max(1, len(right)))


def _f1(verdicts: Sequence[Verdict], marked: Callable[[Verdict], bool]) -> float:
    hits = sum(marked(v) and not v.consistent for v in verdicts)
    said, there = sum(marked(v) for v in verdicts), sum(not v.consistent for v in verdicts)
    return 2 * hits / (said + there)


def _half(document: str) -> int:
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 2


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
