"""What a run is asked for: suites, variants, cases, a judge. Kept with the run, so that it can be gone on with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.cases import Case
from evals.running.record import Variant
from evals.suites.base import Suite, Wanted
from evals.suites.registry import suites
from knowledge.domain.errors import InputError

SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Request:
    """`models` × `prompts` (folders; empty: our own) are the variants; `baselines` are subjects beside them.

    `library`: `sample`, `workspace`, or a folder of documents. `judge`: a model as in settings, or empty: nobody
    judges. `locales` and `only` (parts of case ids) narrow the cases down.
    """

    suites: Sequence[str] = ()
    models: Sequence[str] = ()
    prompts: Sequence[str] = ("",)
    baselines: Sequence[str] = ()
    library: str = SAMPLE
    url: str = ""
    data: str = ""
    every: bool = False
    locales: Sequence[str] = ()
    only: Sequence[str] = ()
    judge: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"schema": 1, **asdict(self)}

    @property
    def wanted(self) -> Wanted:
        """Which cases the suites are asked for. Those named by a part of their id, and those of templates on trial,
        come from all that there are."""
        return Wanted(
            self.every or bool(self.only or self.templates), Path(self.data) if self.data else None, self.library
        )

    @property
    def templates(self) -> frozenset[str]:
        """The templates that folders of prompts put on trial; empty when none is."""
        return frozenset(path.parent.name for folder in self.prompts if folder for path in _templates(folder))

    def picks(self, case: Case) -> bool:
        """Whether a case is asked. Prompts on trial are asked every case of their templates and no other: the rest
        would say the same twice."""
        if self.locales and not any(case.locale.startswith(locale) for locale in self.locales):
            return False
        if self.templates and case.ask.get("template") not in self.templates:
            return False
        if self.only:
            return any(part in case.id for part in self.only)
        return self.every or case.core or bool(self.templates)

    def chosen(self) -> list[Suite]:
        """The suites; those that can say something about the library when none is named. Raises `InputError`."""
        own = self.library != SAMPLE
        if not self.suites:
            return [suite for suite in suites() if not (own and suite.of_sample)]
        found = suites(tuple(dict.fromkeys(self.suites)))
        for suite in found:
            if own and suite.of_sample:
                raise InputError(f"suite '{suite.id}' asks about the sample library; leave out --library, or the suite")
        return found

    def variants(self) -> list[Variant]:
        """Every subject that is judged. Raises `InputError` for prompts that are no folder."""
        found = []
        for model in self.models:
            for folder in self.prompts:
                if folder and not _templates(folder):
                    raise InputError(f"--prompts {folder}: no template.yaml in a folder of it")
                name = f"{model}+{Path(folder).name}" if folder else model
                subject = "service" if self.url else "koujing"
                found.append(Variant(name, subject, model, folder, self.library))
        found += [
            Variant(f"{base}:{self.models[0]}", base, self.models[0], "", self.library) for base in self.baselines
        ]
        doubled = {v.id for v in found if [w.id for w in found].count(v.id) > 1}
        if doubled:
            raise InputError(f"two variants are called '{sorted(doubled)[0]}'; give the folders of prompts other names")
        return found

    def pairs(self) -> Iterator[tuple[Variant, Suite]]:
        """What is asked of whom: a suite without a model only once, and baselines only what they can answer."""
        chosen, seen = self.chosen(), set()
        for variant in self.variants():
            for suite in chosen:
                if variant.subject in CAN and suite.id not in CAN[variant.subject]:
                    continue
                once = (suite.id, variant.subject)
                if not suite.writes and once in seen:
                    continue
                seen.add(once)
                yield variant, suite


CAN: Mapping[str, frozenset[str]] = {"plain": frozenset({"retrieval", "drafting"}), "bm25": frozenset({"retrieval"})}
"""What a baseline can answer; every other subject answers everything."""


def _templates(folder: str) -> list[Path]:
    return sorted(Path(folder).glob("*/template.yaml"))


def request_from_json(document: Mapping[str, Any]) -> Request:
    """The inverse of `Request.to_json`."""
    return Request(**{key: value for key, value in document.items() if key != "schema"})
