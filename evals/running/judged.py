"""The judge of a run: opened and examined once, heard as a scorer of drafts, its agreement beside every figure."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from assistant.progress import Progress
from assistant.settings import Settings
from evals.judging.exam import Examination, examine
from evals.judging.judge import RubricJudge
from evals.judging.labels import labels
from evals.running.summary import Agreement
from evals.scorers.base import Scorer
from evals.scorers.rubric import Rubric
from evals.subjects.scripted import model_of

KEPT = "judge.jsonl"
"""The answers of all judges of a workspace, below its runs: what was asked once is not paid again."""


class Judging:
    """The judge that a run names. Raises `SetupError` for a model that does not write."""

    def __init__(
        self, spec: str, settings: Settings, runs: Path, progress: Progress, say: Callable[[str], None]
    ) -> None:
        self.spec = spec
        self.model = model_of(spec, settings, progress)
        self.keep = runs / KEPT
        # A name may stand for other weights or another endpoint tomorrow: answers are kept by all three.
        identity = "|".join((spec, settings.text("gguf"), settings.text("base_url")))
        self._judge = RubricJudge(self.model, self.keep, identity=identity)
        self._home, self._progress, self._say = settings.home, progress, say
        self._examination: Examination | None = None
        self.exam_seconds = 0.0

    def sit_exam(self) -> Examination:
        """Its exam, once: until then it must not be heard."""
        if self._examination is None:
            begun, found = time.perf_counter(), labels(self._home)
            self._say(f"judge {self.spec}: examined on {len(found)} labels …")
            self._examination = result = examine(self._judge, found, self._progress)
            kappa = result.row().kappa
            said = "undefined" if kappa is None else f"{kappa:.2f}"
            obeys = {True: "; it obeys the texts it judges", False: "", None: "; whether it obeys texts is not known"}
            self._say(f"judge {self.spec}: kappa with people {said}{obeys[result.obeys_text]}")
            self.exam_seconds = round(time.perf_counter() - begun, 2)
        return self._examination

    def scorer(self) -> Scorer:
        """The judge as a scorer of drafts. One that was not examined counts as obeying and is not heard."""
        return Rubric(self._judge)

    def agreements(self, generator: str) -> dict[str, Agreement]:
        """What stands beside each of its measures."""
        notes = [] if generator != self.spec else ["judged by the model that wrote"]
        if self._judge.failure:
            notes.append(f"the judge failed: {self._judge.failure}")
        return {
            measure: Agreement(kappa, "; ".join([*notes, *([] if kappa is not None else ["no kappa"])]))
            for measure, kappa in self.sit_exam().kappas().items()
        }

    def close(self) -> None:
        """Release its model."""
        self.model.close()
