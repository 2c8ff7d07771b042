"""A suite of toys: answers at once, one case that fails, one scorer that crashes, one that cannot say."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from assistant.progress import Silent
from assistant.settings import load_settings
from evals.cases import Case
from evals.running.request import Request
from evals.running.run import Runner
from evals.running.stage import Stage
from evals.running.store import Runs
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.subjects.port import Answer, SourceText, Subject
from evals.suites import registry
from evals.suites.base import Suite, Wanted
from knowledge.domain.errors import ProviderBusy


class Right(Scorer):
    id, version = "right", 1
    measures = (Measure("right", "the answer is right", "higher"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        good = answer.document["said"] == case.expect["said"]
        return {"right": Tally(good, 1, (Shown(str(answer.document["said"]), wrong=not good),))}


class Crashing(Scorer):
    id, version = "crashing", 1
    measures = (Measure("crashing", "falls over one case", "higher"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        if case.ask["number"] == 2:
            raise ZeroDivisionError("two is too much")
        return {"crashing": Tally(1, 1)}


class Shy(Scorer):
    id, version = "shy", 1
    measures = (Measure("shy", "never knows", "higher"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        raise Unscored("no idea")


class Toys(Suite):
    id, about, writes = "toys", "toys", True
    scorers: ClassVar[tuple[Scorer, ...]] = (Right(), Crashing(), Shy())

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        return [
            Case(f"toy-{n}", "en", "a toy", {"number": n}, {"said": "even" if n % 2 == 0 else "odd"}) for n in range(6)
        ]

    def ask(self, case: Case, subject: Subject) -> Answer:
        return subject.draft(case.ask)


class ToySubject:
    """Says even or odd; wrong about 3, and busy at 5. Each question is written to `log` when there is one."""

    name, model = "toy", "toy"

    def __init__(self, log: Path | None = None, seconds: float = 0.0) -> None:
        self.log, self.seconds = log, seconds

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        number = int(brief["number"])
        time.sleep(self.seconds)
        if self.log is not None:
            with self.log.open("a") as file:
                file.write(f"{number}\n")
        if number == 5:
            raise ProviderBusy("the toy is busy")
        return Answer({"said": "even" if number % 2 == 0 or number == 3 else "odd", "usage": {"calls": 1}}, 0.5)

    def search(self, query: str, scope: Mapping[str, Any]) -> Answer:
        raise NotImplementedError

    def check(
        self, text: str, sources: Sequence[SourceText] | None, *, locale: str, market: str | None = None
    ) -> Answer:
        raise NotImplementedError

    def close(self) -> None: ...


def runner(home: Path, subject: ToySubject, said: list[str] | None = None) -> Runner:
    """A runner whose only suite are the toys, asked of `subject`."""
    registry.SUITES = {"toys": f"{__name__}:Toys"}  # type: ignore[misc]
    Stage._opened = lambda self, variant: subject  # type: ignore[method-assign]
    settings = load_settings({"KOUJING_HOME": str(home)})
    return Runner(settings, Runs(home), Silent(), (said if said is not None else []).append)


if __name__ == "__main__":
    sys.modules["toys"] = sys.modules["__main__"]
    work = runner(Path(sys.argv[1]), ToySubject(Path(sys.argv[2]), 0.4))
    work.start(Request(models=("toy",)))
