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

from evals.running.record import Run

REFERENCE = Path(__file__).with_name("reference.json")
_LIKE = "local"
"""Whose tokens stand for those of a model that no run knows."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a case took: seconds of the answer, of the scoring, and tokens."""

    seconds: float
    scoring: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Runs with one model: the probe's seconds on that machine (None: this machine), set-up, cases by `suite/id`."""

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
    """A suite for a variant with the ids of its cases; `model` empty: none is at work."""

    suite: str
    variant: str
    model: str
    ids: Sequence[str]
    fresh: bool = True


@dataclass(slots=True)
class Planner:
    """Estimates. `probe` says how long a fixed piece of work takes here with a model; asked once per model."""

    history: Mapping[str, Known]
    reference: Mapping[str, Known]
    probe: Callable[[str], float | None]
    _probed: dict[str, float | None] = field(default_factory=dict)

    def plan(self, asked: Sequence[Asked], prices: tuple[float | None, float | None] = (None, None)) -> Plan:
        """The estimate for all of it."""
        parts = [self._part(each) for each in asked]
        variants = {(each.variant, each.model) for each in asked if each.fresh}
        setup = sum(self._setup(model) for _, model in variants)
        return Plan(parts, setup, _cost(parts, prices))

    def _part(self, asked: Asked) -> Part:
        names = [f"{asked.suite}/{case}" for case in asked.ids]
        for known in self._knowing(asked.model):
            spent = [known.cases[name] for name in names if name in known.cases]
            if spent and len(spent) * 2 >= len(names):
                scale = self._scale(known, asked.model)
                if scale is None:
                    continue
                share = len(names) / len(spent)
                seconds = scale * share * sum(s.seconds + s.scoring for s in spent)
                tokens = (sum(s.prompt_tokens for s in spent), sum(s.completion_tokens for s in spent))
                return Part(asked.suite, asked.variant, len(names), seconds, tokens, known.source)
        return Part(asked.suite, asked.variant, len(names), 0.0 if not names else None, (0, 0), "nothing known yet")

    def _knowing(self, model: str) -> list[Known]:
        found = [self.history.get(model), self.reference.get(model), self.reference.get(_LIKE) if model else None]
        return [known for known in found if known is not None]

    def _scale(self, known: Known, model: str) -> float | None:
        """How much slower than in `known` it is here; 1 for runs of this workspace."""
        if known.probe is None:
            return 1.0
        if model not in self._probed:
            self._probed[model] = self.probe(model)
        here = self._probed[model]
        return None if here is None else here / known.probe

    def _setup(self, model: str) -> float:
        knowing = self._knowing(model)
        return knowing[0].setup if knowing else 0.0


def history_of(runs: Sequence[Run]) -> dict[str, Known]:
    """What runs of this workspace (the newest first) took, by model."""
    found: dict[str, dict[str, Spent]] = {}
    setups: dict[str, float] = {}
    for run in runs:
        models = {variant.id: variant.model for variant in run.variants}
        for suite in run.suites:
            cases = found.setdefault(models.get(suite.variant, ""), {})
            for case in suite.cases:
                cases.setdefault(f"{suite.suite}/{case.id}", _spent(case.seconds, case.scoring, case.document))
        inside = sum(suite.seconds for suite in run.suites)
        for model in {*models.values()}:
            setups.setdefault(model, max(0.0, run.seconds - inside) / max(1, len(run.variants)))
    return {model: Known(None, setups.get(model, 0.0), cases, "earlier runs here") for model, cases in found.items()}


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
    """Put the history of models into the reference; others stay as they are."""
    document = json.loads(REFERENCE.read_text(encoding="utf-8")) if REFERENCE.is_file() else {}
    for model, probe in probes.items():
        spent = {
            name: [round(s.seconds, 3), round(s.scoring, 3), s.prompt_tokens, s.completion_tokens]
            for name, s in sorted(known[model].cases.items())
        }
        document[model] = {"probe": round(probe, 4), "setup": round(known[model].setup, 2), "cases": spent}
    REFERENCE.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _spent(seconds: float, scoring: float, document: Mapping[str, Any]) -> Spent:
    usage = document.get("usage") or {}
    return Spent(seconds, scoring, int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0))


def _cost(parts: Sequence[Part], prices: tuple[float | None, float | None]) -> float | None:
    """Prices are for a million tokens."""
    if prices[0] is None and prices[1] is None:
        return None
    prompt, completion = (sum(part.tokens[i] for part in parts) for i in (0, 1))
    return (prompt * (prices[0] or 0.0) + completion * (prices[1] or 0.0)) / 1_000_000
