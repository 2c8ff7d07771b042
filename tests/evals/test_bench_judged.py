"""The benchmark of the judge: what a good judge gains, that a bad one costs nothing, and that no model is no failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.claims.judge.exam import questions
from assistant.claims.judge.judge import Judge
from assistant.claims.judge.opinions import Opinions, Remembered
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.progress import Silent
from assistant.settings import load_settings
from evals.bench import Bench
from evals.bench.claims.judged import balanced_accuracy, f1, rows, sets
from evals.bench.table import Row

DOCUMENT = "The depot supplies shops in the valley with fresh bread. Its lorries are repaired in the old mill."
TRUE = "The depot brings fresh bread to the shops and has its lorries repaired in the old mill."
FALSE = "The depot brings fresh bread to the shops and its lorries run on hydrogen."
FALSE_SENTENCES = {asked.sentence for asked, truth in questions("en") if not truth} | {
    asked.sentence for asked, truth in questions("zh") if not truth
}


class Model:
    """Right about everything, or pleased with everything."""

    name = "model"
    destination = "this machine"
    writes = True
    context_tokens = 8192

    def __init__(self, *, right: bool) -> None:
        self._false = {*FALSE_SENTENCES, FALSE} if right else set()

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        prompt = request.messages[-1].content
        sentences = [part.partition("</statement>")[0] for part in prompt.split('<statement id="')[1:]]
        items = [
            {"id": number, "reason": "1", "verdict": "not_stated" if sentence in self._false else "supported"}
            for number, sentence in (text.split('">') for text in sentences)
        ]
        return ModelReply("", {"items": items}, Usage(calls=1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text) // 4

    def close(self) -> None:
        return


@pytest.fixture
def data(tmp_path: Path) -> Path:
    samples = [
        {"domain": f"d{n}", "doc_id": "a", "summary": text, "label": label}
        for n in range(2)
        for text, label in ((TRUE, 1), (FALSE, 0))
    ]
    claims = [
        {"claim": TRUE, "evidence": DOCUMENT.split(". "), "label": "supported"},
        {"claim": FALSE, "evidence": DOCUMENT.split(". "), "label": "partially_supported"},
    ]
    for name, lines in (
        ("claims_summedits/docs.jsonl", [{"doc_id": "a", "text": DOCUMENT}]),
        ("claims_summedits/samples.jsonl", samples),
        ("claims_wice/claims_dev.jsonl", claims),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def measured(data: Path, *, right: bool) -> dict[str, Row]:
    judge = Judge(Opinions(Model(right=right), Remembered()))
    return {row.name: row for row in rows(data, judge, lambda line: None)}


def test_a_good_judge_finds_what_the_program_let_pass(data: Path) -> None:
    found = measured(data, right=True)
    assert found["judge: SummEdits, balanced accuracy"].value == 1.0
    assert found["judge: WiCE dev, F1 of not fully supported"].value == 1.0
    assert "may acquit and convict" in found["judge: exam (zh), sentences judged right"].note
    assert all(row.met is not False for row in found.values())


def test_a_judge_that_fails_its_exam_leaves_the_result_as_it_is(data: Path) -> None:
    found = measured(data, right=False)
    exam = found["judge: exam (en), sentences judged right"]
    assert (exam.value, exam.n) == (0.5, 24)
    assert "not heard" in exam.note
    for name in ("judge: SummEdits, balanced accuracy", "judge: WiCE dev, F1 of not fully supported"):
        row = found[name]
        assert row.met
        assert row.baseline == f"program only {row.value:.3f}"
        assert row.note.startswith("0 texts changed, 0 calls")


@pytest.mark.parametrize("model", ["extractive", "openai:nobody"])
def test_without_a_model_that_can_judge_the_row_says_so(data: Path, model: str) -> None:
    settings = load_settings({"KOUJING_MODEL": model, "KOUJING_BASE_URL": "http://127.0.0.1:9", "KOUJING_RETRIES": "0"})
    [row] = sets(Bench(data, settings, Silent(), lambda line: None))
    assert row.value is None
    assert row.note.startswith("skipped")


def test_measures() -> None:
    assert balanced_accuracy([(True, False), (True, True), (False, True), (False, True)]) == 0.75
    assert f1([(True, False), (True, True), (False, True), (False, False)]) == 0.5
    assert f1([(False, True), (True, False)]) == 1.0
