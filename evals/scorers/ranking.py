"""Rankings: whether what a search offers is what was asked for, and nothing that may not be offered."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.subjects.port import Answer

DEPTH = 10
FEW = 5
BEST, ANSWERS = 3, 2
"""Grades: 3 answers in the asker's language, 2 answers (the translation, or beside other things), 1 is welcome too."""

_VERSION = re.compile(r"@\d+(?:#\d+)?$")


class Ranking(Scorer):
    """Entries in the order of their first hit, against `expect`: `relevant` (entry id → grade 1 to 3), `never` (ids).

    nDCG counts every grade with gain 2^grade - 1 (Burges et al. 2005), the reciprocal rank the entries that answer
    (from grade 2 on), the recall the best ones (grade 3). A case without relevant entries is only looked at for what
    may never be offered, and the other way round.
    """

    id = "ranking"
    version = 1
    measures = (
        Measure("ndcg@10", f"nDCG of the first {DEPTH} entries, graded", "higher"),
        Measure("mrr@10", f"one over the rank of the first entry that answers, 0 after rank {DEPTH}", "higher"),
        Measure("recall@5", f"entries that answer best, found among the first {FEW}", "higher"),
        Measure("never_offered", "questions that bring an entry which may not be offered", "lower"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored` for an answer without a list of hits."""
        ranked = entries_of(answer.document)
        grades: Mapping[str, int] = case.expect.get("relevant", {})
        never: Sequence[str] = case.expect.get("never", ())
        tallies: dict[str, Tally] = {}
        if grades:
            tallies |= _ranked(ranked, grades, str(case.ask.get("query", "")))
        if never:
            offered = [entry for entry in ranked if entry in never]
            shown = tuple(Shown(entry, ", ".join(never), f"offered at rank {ranked.index(entry) + 1}", wrong=True)
                          for entry in offered)  # fmt: skip
            tallies["never_offered"] = Tally(float(bool(offered)), 1, shown)
        return tallies


def entries_of(document: Mapping[str, Any]) -> list[str]:
    """The ids of the entries behind the hits, each once, without a version. Raises `Unscored`."""
    hits = document.get("hits")
    if not isinstance(hits, list) or not all(isinstance(hit, dict) and hit.get("entry_id") for hit in hits):
        raise Unscored("the answer has no list of hits with entry ids")
    return list(dict.fromkeys(_VERSION.sub("", str(hit["entry_id"])) for hit in hits))


def _ranked(ranked: Sequence[str], grades: Mapping[str, int], query: str) -> dict[str, Tally]:
    answers = [entry for entry, grade in grades.items() if grade >= ANSWERS]
    best = [entry for entry, grade in grades.items() if grade >= BEST]
    place = next((rank for rank, entry in enumerate(ranked[:DEPTH], 1) if entry in answers), None)
    found = sum(entry in best for entry in ranked[:FEW])
    possible = min(len(best), FEW)
    wanted, got = ", ".join(best), ", ".join(ranked[:FEW]) or "nothing"
    first = "answered first" if place == 1 else f"answered at rank {place}" if place else "not answered"
    if not best:
        raise Unscored("no entry of the case has grade 3")
    return {
        "ndcg@10": Tally(ndcg(ranked, grades), 1),
        "mrr@10": Tally(1 / place if place else 0.0, 1, (Shown(f"{query} → {got}", wanted, first, wrong=place != 1),)),
        "recall@5": Tally(found, possible,
                          (Shown(f"{query} → {got}", wanted, f"{found} of {possible} among the first {FEW}",
                                 wrong=found < possible),)),
    }  # fmt: skip


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Discounted gain of a ranking over that of the best one; entries without a grade gain nothing."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(entry, 0) for entry in ranked[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
