"""What a person should read of a run: each case that is not in order, and a fixed sample of what is held right."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.report.outputs import Block, Source, blocks, sources, unsupported
from evals.running.record import CaseResult, MeasureResult, Run, SuiteResult

SAMPLE = 12
"""How many right pieces of a measure are laid before a reader."""
_LONG = 300
"""From this length on, a message that several prompts share is printed once."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece that a scorer showed, with the measure it belongs to."""

    measure: str
    case: str
    locale: str
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a prompt; `shared` is the number of the text that stands elsewhere."""

    role: str
    text: str
    shared: int = 0


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case that is not in order, ready to be laid out. `tags` counts what is wrong by measure."""

    number: int
    suite: SuiteResult
    case: CaseResult
    tags: Mapping[str, int]
    shown: tuple[Seen, ...]
    ask: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    claims: tuple[Mapping[str, Any], ...]
    prompts: tuple[tuple[str, tuple[Message, ...], str], ...]

    @property
    def find(self) -> str:
        """What the filter box looks into."""
        words = [self.case.id, self.case.locale, self.case.why, self.case.source, self.suite.suite, self.suite.variant]
        return " ".join([*words, *self.tags, *self.case.unscored, self.case.error]).lower()


@dataclass(frozen=True, slots=True)
class Sample:
    """Right pieces of a measure that shows no error; `kept` is how many there are in all."""

    suite: SuiteResult
    measure: MeasureResult
    pieces: tuple[Seen, ...]
    kept: int


def wrong_cases(run: Run) -> list[tuple[SuiteResult, CaseResult]]:
    """Every case that failed, shows something wrong, or could not be scored, in the order of the run."""
    return [
        (suite, case)
        for suite in run.suites
        for case in suite.cases
        if case.error or case.unscored or any(shown.get("wrong") for shown in _all_shown(case))
    ]


def case_views(found: Sequence[tuple[SuiteResult, CaseResult]]) -> tuple[list[CaseView], list[str]]:
    """The cases ready to be laid out, and the texts that their prompts share, number 1 first."""
    uses = Counter(
        text for _, case in found for prompt in case.prompts for _, text in prompt["messages"] if len(text) >= _LONG
    )
    shared = [text for text, times in uses.items() if times > 1]
    numbers = {text: n for n, text in enumerate(shared, 1)}
    return [_view(n, suite, case, numbers) for n, (suite, case) in enumerate(found, 1)], shared


def has_wrong(suite: SuiteResult, measure: MeasureResult) -> bool:
    """Whether a judged measure shows anything wrong, by what was shown or by its value."""
    if measure.value is None or measure.better is None:
        return False
    if not measure.unit and (measure.hits > 0 if measure.better == "lower" else measure.hits < measure.of):
        return True
    return any(
        shown.get("wrong")
        for case in suite.cases
        if measure.measure in case.tallies
        for shown in case.tallies[measure.measure].shown
    )


def samples(run: Run) -> list[Sample]:
    """For every judged share without an error: the right pieces that were kept, always the same of them."""
    found = []
    for suite, measure in run.rows():
        if measure.value is None or measure.better is None or measure.unit or has_wrong(suite, measure):
            continue
        pieces = [
            Seen(measure.measure, case.id, case.locale, shown)
            for case in suite.cases
            if measure.measure in case.tallies
            for shown in case.tallies[measure.measure].shown
        ]
        pieces.sort(key=_lot)
        found.append(Sample(suite, measure, tuple(pieces[:SAMPLE]), len(pieces)))
    return found


def _lot(seen: Seen) -> str:
    text = f"{seen.case}\n{seen.shown.get('text', '')}\n{seen.shown.get('against', '')}"
    return hashlib.sha256(text.encode()).hexdigest()


def _view(number: int, suite: SuiteResult, case: CaseResult, shared: Mapping[str, int]) -> CaseView:
    shown = [
        Seen(name, case.id, case.locale, one) for name, tally in case.tallies.items() for one in tally.shown
    ]  # fmt: skip
    shown.sort(key=lambda seen: not seen.shown.get("wrong"))
    wrong = [str(seen.shown.get("text", "")) for seen in shown if seen.shown.get("wrong")]
    return CaseView(
        number,
        suite,
        case,
        Counter(seen.measure for seen in shown if seen.shown.get("wrong")),
        tuple(shown),
        tuple(_flat(case.ask)),
        tuple(blocks(case.document, wrong)),
        tuple(sources(case.document)),
        tuple(unsupported(case.document)),
        tuple(
            (
                str(prompt.get("section", "")),
                tuple(Message(role, text, shared.get(text, 0)) for role, text in prompt["messages"]),
                str(prompt.get("reply", "")),
            )
            for prompt in case.prompts
        ),
    )


def _all_shown(case: CaseResult) -> Iterable[Mapping[str, Any]]:
    return (shown for tally in case.tallies.values() for shown in tally.shown)


def _flat(ask: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    for key, value in ask.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif value not in (None, "", [], ()):
            yield name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
