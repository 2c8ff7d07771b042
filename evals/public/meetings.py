"""Public meetings with reference summaries: QMSum (English) and VCSum (Chinese), both under the MIT licence.

A case of the suite is one stretch on a topic with the summary that people wrote of just this stretch, at most two per
meeting, and only of 600 to 6,000 characters; a plain chain could not read a whole meeting. `whole_qmsum` and
`whole_vcsum` are for the benchmark of the minutes. Transcribers' marks (`{vocalsound}`) are taken out; VCSum has
numbers for speakers, which become `发言人1`.
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


def whole_qmsum(data: Path, size: int = SIZE) -> list[Case]:
    """Whole meetings of QMSum, with the answers to their questions about what all said, in the order of the talk."""
    found = []
    for row in _rows(data / "meetings_qmsum" / "val.jsonl"):
        asked = [q for q in row["specific_query_list"] if _OF_ALL.match(q["query"])]
        asked.sort(key=lambda query: int(query["relevant_text_span"][0][0]))
        answers = " ".join(query["answer"].strip() for query in asked)
        transcript = _qmsum_text(row["meeting_transcripts"])
        found.append(_whole(f"qmsum-{row['id']}", "en", transcript, answers, "QMSum (MIT)"))
    return _sample([case for case in found if case.expect["summary"]], size)


def whole_vcsum(data: Path, size: int = SIZE) -> list[Case]:
    """Whole round tables of VCSum, with the summaries of their agenda items one after the other."""
    found = []
    for row in _rows(data / "meetings_vcsum_zh" / "dev.jsonl"):
        transcript = "\n".join(_vcsum_text(segment) for segment in row["segments"])
        summary = "".join(segment["discussion"].strip() for segment in row["segments"])
        found.append(_whole(f"vcsum-{row['id']}", "zh-CN", transcript, summary, "VCSum (MIT)"))
    return _sample(found, size)


def _qmsum_case(row: dict[str, Any], number: int, query: dict[str, Any]) -> Case | None:
    """None when the query is about a detail, its passage is in pieces, or the length does not fit."""
    if len(query["relevant_text_span"]) != 1 or not _OF_ALL.match(query["query"]):
        return None
    begin, end = (int(turn) for turn in query["relevant_text_span"][0])
    transcript = _qmsum_text(row["meeting_transcripts"][begin : end + 1])
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
    transcript = _vcsum_text(segment)
    why = "an agenda item of a real round table"
    return _case(f"vcsum-{segment['id']}", "zh-CN", why, transcript, segment["discussion"], "VCSum (MIT)")


def _qmsum_text(turns: Sequence[dict[str, Any]]) -> str:
    return "\n".join(f"{turn['speaker']}: {_clean(turn['content'])}" for turn in turns if _clean(turn["content"]))


def _vcsum_text(segment: dict[str, Any]) -> str:
    paragraphs = zip(segment["speaker"], segment["context"], strict=True)
    return "\n".join(f"发言人{speaker}：{''.join(sentences)}" for speaker, sentences in paragraphs)


def _whole(id_: str, locale: str, transcript: str, summary: str, source: str) -> Case:
    ask = {"template": "meeting_minutes", "inputs": {"transcript": transcript}, "audience": "internal"}
    return Case(id_, locale, "a whole real meeting", ask, {"summary": summary}, core=False, source=source)


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
