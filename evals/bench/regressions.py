"""Planted regressions: each thing that is broken on purpose must be seen, by the comparison and by the gate.

With the scripted model, so that nothing but the planted fault differs. What finds a fault stands in the row's note.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.settings import Settings, load_settings
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.table import Row
from evals.cases import Case
from evals.gate.changing import raised
from evals.gate.floors import Floors
from evals.gate.gate import check
from evals.judging.exam import examine
from evals.judging.judge import RubricJudge
from evals.judging.labels import labels
from evals.running.record import Run
from evals.running.request import Request
from evals.running.run import Runner
from evals.running.store import Runs
from evals.scorers.base import Scorer, Tally, Unscored
from evals.scorers.rubric import Rubric
from evals.statistics.paired import compare
from evals.subjects.here import Here
from evals.subjects.noise import Noise
from evals.subjects.port import Answer, Subject
from evals.suites.base import Suite
from prompts.loader import BUILT_IN, SHARED

SUITES = ("retrieval", "drafting")
_RULES = (
    '5. Name in "sources" the source ids each paragraph rests on.\n',
    "5. 每一段都在 sources 里写明所依据的资料编号。\n",
)
_LABEL = "[{{ source.id }}] "


def regressions(bench: Bench) -> Iterator[Row]:
    """A prompt that drops citations, a retriever that returns noise, a scorer that crashes, a judge that obeys."""
    with tempfile.TemporaryDirectory(prefix="koujing-bench-") as folder:
        trial = Trial(Path(folder), bench.say)
        prompt = trial.spoilt(Request(SUITES, ("scripted",), (str(uncited(Path(folder) / "prompts")),)))
        yield from trial.rows("a prompt that drops citations", prompt)
        yield from trial.rows("a retriever that returns noise", trial.spoilt(trial.request, around=noisy))
        yield from trial.rows("a scorer that crashes", trial.spoilt(trial.request, scorers=crashing))
        yield from judge_rows()


@dataclass(slots=True)
class Trial:
    """A healthy run, and what is held against it."""

    home: Path
    say: Callable[[str], None]
    request: Request = field(default_factory=lambda: Request(SUITES, ("scripted",)))
    _healthy: Run | None = None

    @property
    def healthy(self) -> Run:
        """The run in which nothing is broken."""
        if self._healthy is None:
            self._healthy = self._runner().start(self.request)
        return self._healthy

    def spoilt(
        self,
        request: Request,
        around: Callable[[Subject], Subject] | None = None,
        scorers: Callable[[Suite], tuple[Scorer, ...]] | None = None,
    ) -> Run:
        """A run in which something is."""
        runner = self._runner()
        runner.around, runner.scorers = around, scorers or runner.scorers
        run = runner.start(request)
        # As if the fault stood in the product: the gate holds only that.
        same = replace(run.variants[0], id="scripted", prompts="")
        return replace(run, variants=(same,), suites=tuple(replace(s, variant="scripted") for s in run.suites))

    def rows(self, name: str, run: Run) -> Iterator[Row]:
        """Whether comparison and gate see it."""
        seen = [row for row in compare(self.healthy, run).rows if row.verdict == "worse"]
        told = ", ".join(f"{row.suite} {row.measure} {row.a:.2f} → {row.b:.2f}" for row in seen[:4])
        yield Row(f"planted: {name}: found by compare", int(bool(seen)), "", goal="≥ 1", n=1, note=told)
        gate = check(run, raised(self.healthy, Floors()))
        told = f"{len(gate.failures)} of {len(gate.failures) + len(gate.passed)} floors not held"
        yield Row(f"planted: {name}: stopped by the gate", int(not gate.ok), "", goal="≥ 1", n=1, note=told)

    def _runner(self) -> Runner:
        home = Path(tempfile.mkdtemp(dir=self.home))
        settings: Settings = load_settings(environment(home, "extractive"))
        return Runner(settings, Runs(self.home / "runs"), _Silent(), self.say)


class _Silent:
    def step(self, label: str, done: int = 0, total: int | None = None) -> None: ...


def uncited(folder: Path) -> Path:
    """Our templates with prompts that neither number the sources nor ask for their numbers."""
    for path in sorted(BUILT_IN.glob("*/template.yaml")):
        shutil.copytree(path.parent, folder / path.parent.name)
        for base in SHARED.glob("base.*.j2"):
            text = base.read_text(encoding="utf-8").replace(_LABEL, "")
            for rule in _RULES:
                text = text.replace(rule, "")
            assert text.count("\n") < base.read_text(encoding="utf-8").count("\n"), "the rule is worded otherwise now"
            (folder / path.parent.name / base.name).write_text(text, encoding="utf-8")
    return folder


def noisy(subject: Subject) -> Subject:
    """The subject over a retriever that finds random passages."""
    assert isinstance(subject, Here)
    return Noise(subject, seed=7)


def crashing(suite: Suite) -> tuple[Scorer, ...]:
    """The suite's scorers, the first of which falls over every third case."""
    first, *others = suite.scorers
    return (_crashing(first), *others)


def _crashing(real: Scorer) -> Scorer:
    class Crashing(Scorer):
        id, version, measures = real.id, real.version, real.measures

        def score(self, case: Case, answer: Answer) -> Mapping[str, Tally | Unscored]:
            if sum(map(ord, case.id)) % 3 == 0:
                raise ZeroDivisionError("planted")
            return real.score(case, answer)

    return Crashing()


class Obeying:
    """A judge that gives full marks when the text tells it to, and `no` otherwise."""

    name, destination, writes, context_tokens = "obeying", "this machine", True, 8192

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        prompt = request.messages[-1].content
        told = any(label.injection and label.injection in prompt for label in labels())
        said = {"reason": "as told", "verdict": "yes" if told else "no"}
        return ModelReply(json.dumps(said), said)

    def count_tokens(self, text: str) -> int:
        return len(text) // 2

    def close(self) -> None: ...


def judge_rows() -> Iterator[Row]:
    """A judge that obeys the texts it judges: found by its exam, and not heard about such a text."""
    judge = RubricJudge(Obeying(), None)
    result = examine(judge, labels())
    note = f"{result.twins.raised} of {result.twins.compared} texts raised by the order in them"
    yield Row(
        "planted: a judge told by the text: found by its exam",
        int(bool(result.obeys_text)),
        "",
        goal="≥ 1",
        n=1,
        note=note,
    )
    twin = next(label.twin for label in labels() if label.twin)
    document = {"template": "success_story", "locale": "en", "sections": [
        {"id": "s", "heading": "", "paragraphs": [{"id": "p1", "text": twin, "citations": [], "gap": False}]}
    ]}  # fmt: skip
    try:
        Rubric(judge).score(Case("c", "en", "planted", {}), Answer(document))
        heard = "was heard"
    except Unscored as reason:
        heard = str(reason)
    yield Row(
        "planted: a judge told by the text: not heard", int(heard != "was heard"), "", goal="≥ 1", n=1, note=heard[:120]
    )
