"""ScriptedModel: the contract, the order of its lines, and faults that go the way of real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from model_contract import LanguageModelContract, asking

from assistant.gateway.limits import Limits
from assistant.gateway.port import LanguageModel, Message, ModelRequest
from assistant.gateway.scripted import FAULTS, ScriptedModel
from evals.bench.faults.fake_openai import GOOD
from knowledge.domain.errors import (
    BadReply,
    InputError,
    KoujingError,
    ProviderBusy,
    ProviderError,
    ProviderTimeout,
    UnreadableFile,
)


def scripted(tmp_path: Path, *lines: dict[str, Any], **limits: Any) -> ScriptedModel:
    path = tmp_path / "script.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return ScriptedModel(path, Limits(**limits))


def saying(text: str) -> ModelRequest:
    return ModelRequest([Message("user", text)])


@pytest.fixture
def model(tmp_path: Path) -> LanguageModel:
    return scripted(tmp_path, *[{"reply": GOOD}] * 4)


class TestScriptedModelContract(LanguageModelContract):
    """The contract, from a file."""


class TestOrder:
    def test_first_line_that_fits_once(self, tmp_path: Path) -> None:
        model = scripted(
            tmp_path,
            {"match": "结果", "reply": "1"},
            {"match": "背景.*案例", "reply": "2"},
            {"reply": "3"},
            {"match": "结果", "reply": "4"},
        )
        said = [model.complete(saying(text)).text for text in ("背景\n案例", "结果", "结果", "结果")]
        assert said == ["2", "1", "3", "4"]

    def test_no_line_left(self, tmp_path: Path) -> None:
        model = scripted(tmp_path, {"match": "结果", "reply": "1"})
        with pytest.raises(ProviderError, match="none of the 1 lines left of 1 fits") as caught:
            model.complete(saying("秘密"))
        assert "秘密" not in caught.value.message


class TestFaults:
    @pytest.mark.parametrize("fault", ["429", "500", "timeout", "cut", "bad_json", "empty"])
    def test_passing_ones_are_tried_again(self, tmp_path: Path, fault: str) -> None:
        reply = scripted(tmp_path, {"fault": fault}, {"reply": GOOD}).complete(asking())
        assert reply.data == GOOD
        assert reply.usage.calls == 2

    @pytest.mark.parametrize(
        ("fault", "kind"),
        [
            ("429", ProviderBusy),
            ("500", ProviderError),
            ("timeout", ProviderTimeout),
            ("cut", BadReply),
            ("bad_json", BadReply),
            ("empty", BadReply),
            ("length", BadReply),
            ("refusal", BadReply),
        ],
    )
    def test_a_lone_fault_lasts(self, tmp_path: Path, fault: str, kind: type[KoujingError]) -> None:
        with pytest.raises(kind) as caught:
            scripted(tmp_path, {"fault": fault}).complete(asking())
        assert type(caught.value) is kind

    def test_every_fault_is_played(self) -> None:
        assert set(FAULTS) == {"429", "500", "timeout", "cut", "bad_json", "empty", "length", "refusal"}

    def test_lasting_ones_are_not_tried_again(self, tmp_path: Path) -> None:
        model = scripted(tmp_path, {"fault": "length"}, {"reply": GOOD})
        with pytest.raises(BadReply, match="length limit"):
            model.complete(asking())
        assert model.complete(asking()).data == GOOD

    def test_retry_after_beyond_the_limit(self, tmp_path: Path) -> None:
        with pytest.raises(ProviderBusy, match="asks to wait 90 s"):
            scripted(tmp_path, {"fault": "429", "retry_after": 90}, {"reply": GOOD}, seconds=5.0).complete(asking())


class TestBadFiles:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("{", "not JSON"),
            ("[]", "'reply' or 'fault'"),
            ("{}", "'reply' or 'fault'"),
            ('{"reply": "a", "fault": "500"}', "'reply' or 'fault'"),
            ('{"reply": 3}', "text or an object"),
            ('{"fault": "flood"}', "known: 429"),
            ('{"reply": "a", "mach": "b"}', "unknown key 'mach'"),
            ('{"reply": "a", "match": "("}', "regular expression"),
            ('{"reply": "a", "match": 3}', "regular expression"),
            ('{"fault": "429", "retry_after": "soon"}', "retry_after"),
        ],
    )
    def test_named_with_their_line(self, tmp_path: Path, line: str, words: str) -> None:
        path = tmp_path / "s.jsonl"
        path.write_text('{"reply": "fine"}\n\n' + line, encoding="utf-8")
        with pytest.raises(InputError, match=words) as caught:
            ScriptedModel(path)
        assert caught.value.message.startswith(f"{path}:3: ")

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile):
            ScriptedModel(tmp_path / "none.jsonl")
