"""The suite of minutes: its golden meetings are sound, a gap is a miss, and public sets are samples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from evals.cases import Case, golden
from evals.public.meetings import meetings
from evals.scorers.minutes import MinutesKept
from evals.scorers.phrases import first
from evals.subjects.port import Answer, Subject
from evals.suites.base import Wanted
from evals.suites.minutes import Minutes

GOLDEN = golden("minutes")


class Recorder:
    """Keeps the briefs it is asked."""

    def __init__(self) -> None:
        self.briefs: list[Mapping[str, Any]] = []

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        self.briefs.append(brief)
        return Answer({"sections": []})


def said(part: str) -> str:
    return part.replace(" & ", " … ")


def ideal(case: Case) -> Answer:
    """Minutes as a careful person would keep them: the reference summary, and the actions in the template's form."""
    expect, zh = case.expect, case.locale == "zh-CN"
    form = "{}（负责人：{}；完成时间：{}）" if zh else "{} (owner: {}; due: {})"
    nobody, never = ("未指定", "未定") if zh else ("not named", "not set")
    actions = [
        form.format(said(a["what"][0]), (a["owner"] or [nobody])[0], (a["due"] or [never])[0])
        for a in expect["actions"]
    ]
    rows = [said(alternatives[0]) for alternatives in (*expect["decisions"], *expect["facts"])]
    sections = {"discussion": [expect["summary"], *rows], "attendees": expect["speakers"], "actions": actions}
    return Answer(
        {"sections": [{"id": k, "paragraphs": [{"text": t, "gap": False} for t in v]} for k, v in sections.items()]}
    )


def test_half_of_the_meetings_are_chinese_and_a_few_make_the_default_run() -> None:
    assert len(GOLDEN) >= 20
    assert sum(case.locale == "zh-CN" for case in GOLDEN) * 2 == len(GOLDEN)
    core = [case.locale for case in Minutes().cases(Wanted())]
    assert (core.count("zh-CN"), core.count("en")) == (3, 3)
    assert Minutes().cases(Wanted(every=True)) == GOLDEN


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.id)
def test_what_is_expected_was_said_in_the_meeting(case: Case) -> None:
    transcript = case.ask["inputs"]["transcript"]
    actions = case.expect["actions"]
    parts = [action[key] for action in actions for key in ("what", "owner", "due") if action[key] is not None]
    for alternatives in (*parts, *case.expect["facts"], *([name] for name in case.expect["speakers"])):
        assert first(alternatives, transcript), alternatives
    assert 8 <= len(transcript.splitlines()) <= 25


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.id)
def test_careful_minutes_have_full_marks_and_none_are_a_miss(case: Case) -> None:
    for name, tally in MinutesKept().score(case, ideal(case)).items():
        assert tally.hits == (0 if name == "wrong_said" else tally.of), (name, tally.shown)
    gap = Answer({"sections": [{"id": "actions", "paragraphs": [{"text": case.expect["summary"], "gap": True}]}]})
    assert all(tally.hits == 0 for tally in MinutesKept().score(case, gap).values())


def test_the_brief_is_in_the_language_of_the_meeting() -> None:
    subject = Recorder()
    Minutes().ask(GOLDEN[0], cast(Subject, subject))
    assert subject.briefs == [{**GOLDEN[0].ask, "locale": GOLDEN[0].locale}]


def test_public_meetings_are_stretches_that_fit_with_their_own_summary(tmp_path: Path) -> None:
    turns = [{"speaker": f"S{n}", "content": f"{{vocalsound}} turn {n} " + "word " * 60} for n in range(40)]
    queries = [
        {"query": "Summarize the discussion about pumps.", "answer": "Pumps.", "relevant_text_span": [["2", "5"]]},
        {"query": "Summarize the discussion about all.", "answer": "All.", "relevant_text_span": [["0", "39"]]},
        {"query": "What did S3 think of pumps?", "answer": "Little.", "relevant_text_span": [["2", "5"]]},
    ]
    row = {"id": "M1", "domain": "Product", "specific_query_list": queries, "meeting_transcripts": turns}
    (tmp_path / "meetings_qmsum").mkdir()
    (tmp_path / "meetings_qmsum" / "val.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (case,) = meetings(tmp_path)
    lines = case.ask["inputs"]["transcript"].splitlines()
    assert [line.split(" word")[0] for line in lines] == [f"S{n}: turn {n}" for n in range(2, 6)]
    assert (case.expect, case.core, case.source) == ({"summary": "Pumps."}, False, "QMSum (MIT)")


def test_chinese_round_tables_name_their_speakers_by_number(tmp_path: Path) -> None:
    segment = {
        "id": "7_0",
        "context": [["泵站要省电。"] * 60, ["先算账。"] * 60],
        "speaker": [1, 2],
        "discussion": "算账。",
    }
    (tmp_path / "meetings_vcsum_zh").mkdir()
    path = tmp_path / "meetings_vcsum_zh" / "dev.jsonl"
    path.write_text(json.dumps({"id": "7", "segments": [segment]}, ensure_ascii=False), encoding="utf-8")
    (case,) = Minutes().cases(Wanted(every=True, data=tmp_path))[len(GOLDEN) :]
    assert [line[:10] for line in case.ask["inputs"]["transcript"].splitlines()] == [
        "发言人1：泵站要省电",
        "发言人2：先算账。先",
    ]
    assert meetings(tmp_path / "absent") == meetings(None) == []
