"""Public meetings with reference summaries: QMSum (English) and VCSum (Chinese), both under the MIT licence.

Whole meetings of both sets are far beyond a context of 8k tokens, the shortest of QMSum being 10,000 characters. So a
case is one stretch on a topic with the summary that people wrote of just this stretch, at most two per meeting, and
only of 600 to 6,000 characters. Transcribers' marks (`{vocalsound}`) are taken out; VCSum has numbers for speakers,
which become `发言人1`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.cases import Case

SIZE, PER_MEETING = 20, 2
LEAST, MOST = 600, 6_000
_MARK = re.compile(r"\{\w+\}")
# What all said, not one person's opinion.
_OF_ALL = re.compile(
    r"(?i)summari[sz]e (?:the|their|the group's) (?:discussion|presentation|decision|plan)|what did the (?:group|team)"
)


def meetings(data: Path | None) -> list[Case]:
    """Samples of both sets below a folder of public data; nothing of one that is absent."""
    return [] if data is None else [*qmsum(data), *vcsum(data)]


def qmsum(data: Path, size: int = SIZE) -> list[Case]:
    """QMSum (Zhong et al. 2021): the passage of a query about what all discussed, with the answer to it."""
    found = []
    for row in _rows(data / "meetings_qmsum" / "val.jsonl"):
        cases = [_qmsum_case(row, number, query) for number, query in enumerate(row["specific_query_list"])]
        found += _sample([case for case in cases if case is not None], PER_MEETING)
    return _sample(found, size)


def _qmsum_case(row: dict[str, Any], number: int, query: dict[str, Any]) -> Case | None:
    """None when the query is about a detail, its passage is in pieces, or the length does not fit."""
    if len(query["relevant_text_span"]) != 1 or not _OF_ALL.match(query["query"]):
        return None
    begin, end = (int(turn) for turn in query["relevant_text_span"][0])
    turns = row["meeting_transcripts"][begin : end + 1]
    transcript = "\n".join(f"{turn['speaker']}: {_clean(turn['content'])}" for turn in turns if _clean(turn["content"]))
    why = f"a topic of a real meeting ({row['domain'].lower()})"
    return _case(f"qmsum-{row['id']}-{number}", "en", why, transcript, query["answer"], "QMSum (MIT)")


def vcsum(data: Path, size: int = SIZE) -> list[Case]:
    """VCSum (Wu et al. 2023): one agenda item of a round table, with the summary of its discussion."""
    found = []
    for row in _rows(data / "meetings_vcsum_zh" / "dev.jsonl"):
        cases = [_vcsum_case(segment) for segment in row["segments"]]
        found += _sample([case for case in cases if case is not None], PER_MEETING)
    return _sample(found, size)


def _vcsum_case(segment: dict[str, Any]) -> Case | None:
    paragraphs = zip(segment["speaker"], segment["context"], strict=True)
    transcript = "\n".join(f"发言人{speaker}：{''.join(sentences)}" for speaker, sentences in paragraphs)
    why = "an agenda item of a real round table"
    return _case(f"vcsum-{segment['id']}", "zh-CN", why, transcript, segment["discussion"], "VCSum (MIT)")


def _case(id_: str, locale: str, why: str, transcript: str, summary: str, source: str) -> Case | None:
    if not LEAST <= len(transcript) <= MOST or not summary.strip():
        return None
    ask = {"template": "meeting_minutes", "inputs": {"transcript": transcript}, "audience": "internal"}
    return Case(id_, locale, why, ask, {"summary": summary.strip()}, core=False, source=source)


def _clean(text: str) -> str:
    return " ".join(_MARK.sub(" ", text).split())


def _sample(cases: Sequence[Case], size: int) -> list[Case]:
    """The same ones on every machine: by the hash of their ids."""
    return sorted(cases, key=lambda case: hashlib.sha256(case.id.encode()).digest())[:size]


def _rows(path: Path) -> Iterator[Any]:
    if path.is_file():
        lines: Iterable[str] = path.read_text(encoding="utf-8").splitlines()
        yield from (json.loads(line) for line in lines if line.strip())
