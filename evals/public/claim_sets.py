"""Public sets of texts that are true to their document or not: SummEdits, WiCE, UHGEval.

SummEdits (Laban et al. 2023) is under Apache-2.0; WiCE (Kamoi et al. 2023) under ODC-BY, its text from Wikipedia under
CC BY-SA; UHGEval (Liang et al. 2023) under Apache-2.0. Of each a fixed sample, half wrong and half true.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.cases import Case

SIZE = 40
SEED = 20_270_412


def claim_sets(data: Path | None) -> list[Case]:
    """Samples of all sets below a folder of public data; nothing of those that are absent."""
    return [] if data is None else [*summedits(data), *wice(data), *uhgeval(data)]


def summedits(data: Path, size: int = SIZE) -> list[Case]:
    """English summaries, some with one edit that makes them wrong (`label` 0)."""
    folder = data / "claims_summedits"
    documents = {row["doc_id"]: row["text"] for row in _rows(folder / "docs.jsonl")}
    cases = [
        _case(f"summedits-{row['id']}", "en", row["summary"], documents[row["doc_id"]], row["label"] == 0,
              f"a summary of a document ({row['domain']})", "SummEdits (Apache-2.0)")
        for row in _rows(folder / "samples.jsonl")
    ]  # fmt: skip
    return _halves(cases, size)


def wice(data: Path, size: int = SIZE) -> list[Case]:
    """English claims of Wikipedia and the pages they cite; only what is fully supported is true."""
    rows = _rows(data / "claims_wice" / "claims_dev.jsonl")
    cases = [
        _case(f"wice-{row['meta']['id']}", "en", row["claim"],
              "\n".join(row["evidence"]), row["label"] != "supported",
              f"a claim and the page it cites ({row['label'].replace('_', ' ')})", "WiCE dev (ODC-BY, CC BY-SA)")
        for row in rows
    ]  # fmt: skip
    return _halves(cases, size)


def uhgeval(data: Path, size: int = SIZE) -> list[Case]:
    """Chinese news: continuations that a model made up, and the real ones, against the whole article."""
    cases: list[Case] = []
    for row in _rows(data / "claims_uhgeval_zh" / "uhgeval_concise.jsonl"):
        texts = [("real", row["real_continuation"], False)]
        if row["has_hallucination"]:
            texts.append(("made-up", row["claim"], True))
        for name, text, wrong in texts:
            id_, why = f"uhgeval-{row['id']}-{name}", f"a {name.replace('-', ' ')} continuation of a news article"
            cases.append(_case(id_, "zh-CN", text, row["source_full"], wrong, why, "UHGEval (Apache-2.0)"))
    return _halves(cases, size)


def _case(id_: str, locale: str, text: str, document: str, wrong: bool, why: str, source: str) -> Case:
    ask = {"text": text, "sources": [{"name": "document", "text": document}]}
    return Case(id_, locale, why, ask, {"wrong_text": wrong}, core=False, source=source)


def _halves(cases: Iterable[Case], size: int) -> list[Case]:
    """A sample of that size, half of it wrong; the same one every time."""
    every = list(cases)
    dice = random.Random(SEED)  # noqa: S311  the same sample every time, no secret
    return [
        case
        for wrong in (True, False)
        for case in _some([c for c in every if c.expect["wrong_text"] is wrong], size // 2, dice)
    ]


def _some(cases: Sequence[Case], size: int, dice: random.Random) -> list[Case]:
    return dice.sample(cases, min(size, len(cases)))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())
