"""`koujing check --judge`: a word more on stderr, a verdict more in the report, never a failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run

from assistant.claims.judge.exam import questions

SOURCE = "The depot supplies shops in the valley with fresh bread."
SENTENCE = "The depot supplies hospitals."


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    text, source = tmp_path / "text.md", tmp_path / "source.txt"
    text.write_text(SENTENCE, encoding="utf-8")
    source.write_text(SOURCE, encoding="utf-8")
    return text, source


def script(path: Path, *, passes: bool) -> str:
    """The setting of a scripted model that sits the exam, eight sentences a call, and then finds all supported."""
    truths = [truth for _, truth in questions("en")]
    verdicts = [("supported" if truth or not passes else "contradicted") for truth in truths]
    calls = [verdicts[start : start + 8] for start in range(0, len(verdicts), 8)] + [["supported"]]
    replies = [
        {"items": [{"id": str(n), "reason": "1", "verdict": verdict} for n, verdict in enumerate(call, start=1)]}
        for call in calls
    ]
    path.write_text("\n".join(json.dumps({"reply": reply}) for reply in replies), encoding="utf-8")
    return f"scripted:{path}"


def test_a_judge_that_passed_its_exam_is_heard_and_remembered(
    run: Run, empty: Path, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, source = files
    without = run("check", text, "--source", source, "--json").document
    assert [f["check"] for f in without["findings"]] == ["statement_unsupported"]
    monkeypatch.setenv("KOUJING_MODEL", script(tmp_path / "script.jsonl", passes=True))
    for _ in range(2):
        judged = run("check", text, "--source", source, "--judge", "--json")
        assert (judged.status, judged.document["findings"]) == (0, [])
        [claim] = judged.document["claims"]
        assert (claim["verdict"], claim["by"]) == ("supported", "model")
        assert judged.err.startswith("Judge: scripted:")
        assert len(judged.err.splitlines()) == 1
        (tmp_path / "script.jsonl").write_text("", encoding="utf-8")  # nothing is asked twice


@pytest.mark.parametrize("model", ["extractive", "openai:nobody", "failing", "scripted"])
def test_a_judge_that_cannot_be_heard_changes_nothing(
    run: Run, empty: Path, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    text, source = files
    before = run("check", text, "--source", source, "--json")
    named = {"failing": script(tmp_path / "script.jsonl", passes=False), "scripted": f"scripted:{tmp_path / 'none'}"}
    monkeypatch.setenv("KOUJING_MODEL", named.get(model, model))
    monkeypatch.setenv("KOUJING_JUDGE", "on")
    after = run("check", text, "--source", source, "--json")
    assert (after.status, after.document) == (before.status, before.document)
    assert after.err.splitlines()[-1].startswith("judge: ")
