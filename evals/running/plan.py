"""What a run will take, before it starts: from earlier runs here, else from a reference run scaled by a probe.

The reference (`reference.json`) holds the seconds and tokens of every golden case with the models that everybody has,
and how long the probe took on that machine. A model that no run knows is estimated by its probe against the
local model's tokens; what cannot be known is said to be unknown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.running.record import Run, Variant
from evals.suites.base import Suite
from evals.suites.registry import suites

REFERENCE = Path(__file__).with_name("reference.json")
_LIKE = "local"
"""Whose tokens stand for those of a model that no run knows."""


JUDGE = "judge:"
"""What the key of a judge begins with: its scoring is planned like the answers of a model."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a case took: seconds (of the answer, or of a judge's look at it) and tokens."""

    seconds: float
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Runs of one writer or judge: the probe's seconds on that machine (None: this machine), set-up (of a judge: its
    exam), cases by `suite/id`."""

    probe: float | None
    setup: float
    cases: Mapping[str, Spent]
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """A suite of a variant: how many cases, and what is expected (None: nobody can know)."""

    suite: str
    variant: str
    n: int
    seconds: float | None
    tokens: tuple[int, int]
    source: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All parts, and set-up. `seconds` None when a part is unknown; `cost` None when no price is set."""

    parts: Sequence[Part] = ()
    setup: float = 0.0
    cost: float | None = None

    @property
    def seconds(self) -> float | None:
        known = [part.seconds for part in self.parts]
        return None if None in known else self.setup + sum(s for s in known if s is not None)

    def to_json(self) -> dict[str, Any]:
        return {
            "seconds": self.seconds,
            "setup": self.setup,
            "cost": self.cost,
            "parts": [
                {"suite": p.suite, "variant": p.variant, "cases": p.n, "seconds": p.seconds, "source": p.source}
                for p in self.parts
            ],
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """A suite for a variant with the ids of its cases, and whose time it takes (`writer`; empty: no model's)."""

    suite: str
    variant: str
    writer: str
    ids: Sequence[str]


@dataclass(slots=True)
class Planner:
    """Estimates. `probe` says how long a fixed piece of work takes here with a writer; asked once for each."""

    history: Mapping[str, Known]
    reference: Mapping[str, Known]
    probe: Callable[[str], float | None]
    _probed: dict[str, float | None] = field(default_factory=dict)

    def plan(
        self,
        asked: Sequence[Asked],
        models: Sequence[str] = (),
        prices: tuple[float | None, float | None] = (None, None),
    ) -> Plan:
        """The estimate for all of it. `models`: one for each variant that is opened, which takes its time, too."""
        parts = [self._part(each) for each in asked]
        judges = {each.writer for each in asked if each.writer.startswith(JUDGE)}
        setup = sum(self._setup(each) for each in (*models, *judges))
        return Plan(parts, setup, _cost(parts, prices))

    def _part(self, asked: Asked) -> Part:
        names = [f"{asked.suite}/{case}" for case in asked.ids]
        for known in self._knowing(asked.writer):
            spent = [known.cases[name] for name in names if name in known.cases]
            if spent and len(spent) * 2 >= len(names):
                scale = self._scale(known, asked.writer)
                if scale is None:
                    continue
                share = len(names) / len(spent)
                seconds = scale * share * sum(s.seconds for s in spent)
                tokens = (sum(s.prompt_tokens for s in spent), sum(s.completion_tokens for s in spent))
                return Part(asked.suite, asked.variant, len(names), seconds, tokens, known.source)
        return Part(asked.suite, asked.variant, len(names), 0.0 if not names else None, (0, 0), "nothing known yet")

    def _knowing(self, writer: str) -> list[Known]:
        like = JUDGE + _LIKE if writer.startswith(JUDGE) else _LIKE if writer else ""
        found = [self.history.get(writer), self.reference.get(writer), self.reference.get(like)]
        return [known for known in found if known is not None]

    def _scale(self, known: Known, writer: str) -> float | None:
        """How much slower than in `known` it is here; 1 for runs of this workspace."""
        if known.probe is None:
            return 1.0
        if writer not in self._probed:
            self._probed[writer] = self.probe(writer)
        here = self._probed[writer]
        return None if here is None else here / known.probe

    def _setup(self, writer: str) -> float:
        knowing = self._knowing(writer)
        return knowing[0].setup if knowing else 0.0


def writer_of(variant: Variant, suite: Suite) -> str:
    """Who takes the time in a suite: the variant's model; a baseline takes another time with the same; or nobody."""
    if not suite.writes:
        return ""
    return variant.model if variant.subject in ("koujing", "service") else f"{variant.subject}:{variant.model}"


def history_of(runs: Sequence[Run]) -> dict[str, Known]:
    """What runs (the newest first) took, by writer and judge."""
    found: dict[str, dict[str, Spent]] = {}
    setups: dict[str, float] = {}
    known = {suite.id: suite for suite in suites()}
    for run in runs:
        variants = {variant.id: variant for variant in run.variants}
        for result in run.suites:
            if result.suite not in known or result.variant not in variants:
                continue
            writer = writer_of(variants[result.variant], known[result.suite])
            for case in result.cases:
                name = f"{result.suite}/{case.id}"
                found.setdefault(writer, {}).setdefault(name, _spent(case.seconds, case.document))
                if run.judge and known[result.suite].judged:
                    found.setdefault(JUDGE + run.judge, {}).setdefault(name, Spent(case.scoring))
        inside = sum(suite.seconds for suite in run.suites) + run.exam_seconds
        for variant in run.variants:
            setups.setdefault(variant.model, max(0.0, run.seconds - inside) / len(run.variants))
        setups.setdefault(JUDGE + run.judge, run.exam_seconds)
    return {who: Known(None, setups.get(who, 0.0), cases, "earlier runs here") for who, cases in found.items()}


def reference() -> dict[str, Known]:
    """The reference run that comes with Koujing."""
    if not REFERENCE.is_file():
        return {}
    document = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return {
        model: Known(
            known["probe"], known["setup"], {name: Spent(*spent) for name, spent in known["cases"].items()},
            "the reference run, by how fast this machine is",
        )
        for model, known in document.items()
    }  # fmt: skip


def keep_reference(known: Mapping[str, Known], probes: Mapping[str, float]) -> None:
    """Put what is known of writers and judges into the reference; others stay as they are."""
    document = json.loads(REFERENCE.read_text(encoding="utf-8")) if REFERENCE.is_file() else {}
    for model, probe in probes.items():
        spent = {
            name: [round(s.seconds, 3), s.prompt_tokens, s.completion_tokens]
            for name, s in sorted(known[model].cases.items())
        }
        document[model] = {"probe": round(probe, 4), "setup": round(known[model].setup, 2), "cases": spent}
    REFERENCE.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _spent(seconds: float, document: Mapping[str, Any]) -> Spent:
    usage = document.get("usage") or {}
    return Spent(seconds, int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0))


def _cost(parts: Sequence[Part], prices: tuple[float | None, float | None]) -> float | None:
    """Prices are for a million tokens."""
    if prices[0] is None and prices[1] is None:
        return None
    prompt, completion = (sum(part.tokens[i] for part in parts) for i in (0, 1))
    return (prompt * (prices[0] or 0.0) + completion * (prices[1] or 0.0)) / 1_000_000
