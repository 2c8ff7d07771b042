"""Sentences that offend against the advertising law of a market, and sentences that only look as if they did."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evals.cases import GOLDEN, Case
from evals.scorers.rules import Rules
from evals.subjects.port import Answer, SourceText, Subject
from evals.suites.base import Suite, Wanted

FILES = (("rules_cn_test.jsonl", "CN"), ("rules_eu_us.jsonl", ""))
CORE = {"CN": 16, "EU": 8, "US": 8}
"""Of each market, so many sentences that offend and so many that do not make the default run: half zh, half en."""
SEED = 20_270_315
NO_PROOF = {"zh-CN": "本文没有附上证明材料。", "en": "No proof was handed in with this text."}


class Compliance(Suite):
    """Ask: `text`, `market`, `proof` (the name of a document that the company can show, or empty); see `Rules`.

    The sentences are those of `koujing bench claims`; nobody reads them to change a rule. What is not proved by the
    document is without proof: the library of the subject is not asked.
    """

    id = "compliance"
    about = "rules of advertising in China, the EU and the USA: offences found, harmless sentences passed"
    writes = False
    scorers = (Rules(),)

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """All sentences; an even choice of markets and of both sorts is core."""
        cases = [case for file, market in FILES for case in _cases(file, market)]
        groups: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for case in cases:
            groups[case.ask["market"], case.expect["offends"]].append(case.id)
        dice = random.Random(SEED)  # noqa: S311  the same choice every time, no secret
        core = {id_ for (market, _), ids in sorted(groups.items()) for id_ in dice.sample(ids, CORE[market])}
        return [replace(case, core=case.id in core) for case in cases]

    def ask(self, case: Case, subject: Subject) -> Answer:
        """Check the sentence for its market, with the proof or a line that there is none as its only source."""
        source = SourceText("proof", case.ask["proof"] or NO_PROOF[case.locale])
        return subject.check(case.ask["text"], [source], locale=case.locale, market=case.ask["market"])


def _cases(file: str, market: str) -> Iterator[Case]:
    rows = (GOLDEN / file).read_text(encoding="utf-8").splitlines()
    for number, row in enumerate((json.loads(row) for row in rows if row.strip()), 1):
        yield _case(row, number, row.get("market", market))


def _case(row: Mapping[str, Any], number: int, market: str) -> Case:
    sort = str(row["kind"]).replace("_", " ")
    return Case(
        id=f"rules-{market.lower()}-{number:03}",
        locale="zh-CN" if market == "CN" else "en",
        why=f"offends: {sort}" if row["offends"] else f"only looks like an offence: {sort}",
        ask={"text": row["text"], "market": market, "proof": row["proof"]},
        expect={"offends": row["offends"], "because": row["why"]},
    )
