"""How much of the wording of a reference an answer has: chrF for translations, ROUGE-L for summaries."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally
from evals.scorers.phrases import folded, written
from evals.subjects.port import Answer

_WORD = re.compile(r"[^\W_]+(?:[.,']\d*[^\W_]+)*")


class Overlap(Scorer):
    """chrF (Popović 2015, as sacrebleu counts it) against `expect.reference`.

    It tells two models or prompts apart, not a good translation from a bad one: a human version may say it otherwise.
    """

    id = "overlap"
    version = 1
    measures = (Measure("chrf", "characters shared with a reference translation (chrF, 1 = the same)", "higher"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        reference = case.expect.get("reference")
        if not reference:
            return {}
        text = written(answer.document)
        value = _chrf(text, reference)
        return {"chrf": Tally(value, 100.0, (Shown(text, reference, f"chrF {value:.1f}"),))}


class RougeL(Scorer):
    """ROUGE-L, F-measure (Lin 2004), against `expect.summary`; Chinese is cut into words first."""

    id = "rouge_l"
    version = 1
    measures = (Measure("rouge_l", "longest run of words shared with a reference summary (ROUGE-L)", "higher"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        reference = case.expect.get("summary")
        if not reference:
            return {}
        text = written(answer.document)
        value = rouge_l(text, reference)
        return {"rouge_l": Tally(value, 1.0, (Shown(text, reference, f"ROUGE-L {value:.2f}"),))}


class WordTokenizer:
    """Words for `rouge_score`, which by itself keeps only ASCII letters and digits."""

    def tokenize(self, text: str) -> list[str]:
        """Words and figures in lower case; punctuation is left out."""
        import rjieba

        return [word for piece in rjieba.cut(folded(text)) for word in _WORD.findall(piece)]


def _chrf(text: str, reference: str) -> float:
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().sentence_score(text, [reference]).score)


def rouge_l(text: str, reference: str) -> float:
    """ROUGE-L (F-measure) of a text against a reference, 0 … 1."""
    from rouge_score import rouge_scorer  # type: ignore[import-untyped]  # ships no type information

    scorer = rouge_scorer.RougeScorer(["rougeL"], tokenizer=WordTokenizer())
    return float(scorer.score(reference, text)["rougeL"].fmeasure)
