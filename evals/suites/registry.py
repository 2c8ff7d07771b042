"""Every suite, by id, in the order of the report. Loaded when asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence

from evals.suites.base import Suite
from knowledge.domain.errors import InputError

SUITES: Mapping[str, str] = {
    "retrieval": "evals.suites.retrieval:Retrieval",
    "claims": "evals.suites.claims:Claims",
    "compliance": "evals.suites.compliance:Compliance",
    "interview": "evals.suites.interview:Interview",
    "drafting": "evals.suites.drafting:Drafting",
    "minutes": "evals.suites.minutes:Minutes",
    "localization": "evals.suites.localization:Localization",
    "injection": "evals.suites.injection:Injection",
}


def suites(names: Sequence[str] = ()) -> list[Suite]:
    """The suites of these names, or all. Raises `InputError` for a name that is none."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        raise InputError(f"no suite '{unknown[0]}'; there are {', '.join(SUITES)}")
    return [_load(SUITES[name]) for name in (names or SUITES)]


def _load(place: str) -> Suite:
    module, _, name = place.partition(":")
    suite: Suite = getattr(importlib.import_module(module), name)()
    return suite
