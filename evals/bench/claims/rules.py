"""Rule packs: sentences that offend against a market's law of advertising, and sentences that look as if they did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checking import CheckReport, check_text, only
from assistant.checks.standards import Standards
from evals.bench import Bench
from evals.bench.claims.marks import show
from evals.bench.table import Row
from knowledge.domain.locale import Locale
from knowledge.lexicon import Certificate, Lexicon

GOLDEN = Path(__file__).parents[2] / "golden"
ABOUT_WORDS = frozenset({"banned_term", "sensitive_term", "superlative_unproven", "certificate_unproven"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, whether it offends in its market, and the certificate that the company can show."""

    text: str
    offends: bool
    kind: str
    proof: str
    market: str
    why: str

    @property
    def locale(self) -> str:
        return "zh-CN" if self.market == "CN" else "en"


def packs(bench: Bench) -> Iterator[Row]:
    """Precision and recall of the rule packs, China and EU with USA."""
    for name, file, goal in (("China", "rules_cn_test.jsonl", "≥ 0.95"), ("EU and USA", "rules_eu_us.jsonl", "")):
        path = GOLDEN / file
        if path.is_file():
            yield from _rows(name, sentences(path), goal)
        else:
            yield Row(f"rules, {name}", None, note=f"skipped: no {file}")


def sentences(path: Path) -> list[Sentence]:
    """The sentences of a golden file, one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Sentence(row["text"], row["offends"], row["kind"], row["proof"], row.get("market", "CN"), row["why"])
        for row in rows
    ]


def judged(sentence: Sentence) -> CheckReport:
    """What Koujing says of it with no source but the certificate."""
    lexicon = Lexicon(certificates=(Certificate((sentence.proof,)),) if sentence.proof else ())
    standards = Standards(Locale(sentence.locale), lexicon=lexicon, market=sentence.market)
    return check_text(sentence.text, only(()), standards)


def _rows(name: str, rows: Sequence[Sentence], goal: str) -> Iterator[Row]:
    missed: list[Sentence] = []
    false: list[tuple[Sentence, str]] = []
    found = 0
    for row in rows:
        hits = [finding for finding in judged(row).findings if finding.check in ABOUT_WORDS]
        if hits and row.offends:
            found += 1
        elif hits:
            false.append((row, ", ".join(f"{hit.check} {hit.span.of(row.text) if hit.span else ''}" for hit in hits)))
        elif row.offends:
            missed.append(row)
    yield Row(f"rules, {name}: precision", found / max(1, found + len(false)), "", goal=goal, n=found + len(false),
              note=_kinds(row for row, _ in false))  # fmt: skip
    yield Row(f"rules, {name}: recall", found / max(1, found + len(missed)), "", goal=goal, n=found + len(missed),
              note=_kinds(missed))  # fmt: skip
    show(f"rules {name}", [f"MISSED {row.kind}: {row.text} ({row.why})" for row in missed]
         + [f"FALSE {row.kind}: {row.text} ← {hits} ({row.why})" for row, hits in false])  # fmt: skip


def _kinds(rows: Iterator[Sentence] | Sequence[Sentence]) -> str:
    return ", ".join(f"{kind} {n}" for kind, n in Counter(row.kind for row in rows).most_common())
