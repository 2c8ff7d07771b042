"""The log of model calls: what each line says, what it never says unasked, and that no call waits for it."""

from __future__ import annotations

import json
import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.gateway import call_log
from assistant.gateway.call_log import CallLog, Logged, folder_of, logged, older_than
from assistant.gateway.factory import open_model
from assistant.gateway.port import LanguageModel, Message, ModelReply, ModelRequest, OnText, Usage
from assistant.gateway.wrapped import Wrapped
from assistant.settings import Settings, load_settings
from knowledge.domain.errors import InputError, ProviderBusy

NOW = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
ASKED = ModelRequest([Message("system", "rules"), Message("user", "Project Falcon 机密")], max_tokens=50)


class Says(Wrapped):
    """Answers, or fails."""

    def __init__(self, model: LanguageModel, error: Exception | None = None) -> None:
        super().__init__(model)
        self._error = error

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        if self._error is not None:
            raise self._error
        return ModelReply("written about Falcon", usage=Usage(12, 5, calls=2, seconds=0.1))


def model_of(settings: Settings, folder: Path, error: Exception | None = None, *, content: bool = False) -> Logged:
    return Logged(Says(open_model(settings), error), CallLog(folder, lambda: NOW), "default", content=content)


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted(folder.iterdir()) for line in path.read_text("utf-8").splitlines()]


def test_a_call_is_a_line_without_what_was_said(settings: Settings, tmp_path: Path) -> None:
    model_of(settings, tmp_path / "calls").complete(ASKED)
    file = tmp_path / "calls" / "2026-03-09.jsonl"
    assert "Falcon" not in file.read_text("utf-8")
    (line,) = lines(tmp_path / "calls")
    assert line.pop("seconds", None) is not None
    assert line == {
        "time": "2026-03-09T23:30:00.000+00:00", "workspace": "default", "model": "extractive",
        "sent_to": "this machine", "messages": 2, "characters": 22, "max_tokens": 50, "outcome": "replied", "tries": 2,
        "prompt_tokens": 12, "completion_tokens": 5,
    }  # fmt: skip
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_was_said_is_there_when_it_was_asked_for(settings: Settings, tmp_path: Path) -> None:
    model_of(settings, tmp_path / "calls", content=True).complete(ASKED)
    (line,) = lines(tmp_path / "calls")
    assert line["prompt"] == [
        {"role": "system", "content": "rules"}, {"role": "user", "content": "Project Falcon 机密"},
    ]  # fmt: skip
    assert line["reply"] == "written about Falcon"


def test_a_call_that_fails_is_a_line_too(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ProviderBusy):
        model_of(settings, tmp_path / "calls", ProviderBusy("Falcon is busy")).complete(ASKED)
    (line,) = lines(tmp_path / "calls")
    assert line["outcome"] == "ProviderBusy"
    assert "Falcon" not in json.dumps(line)


def test_a_log_that_cannot_be_written_holds_up_nothing(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "calls").write_text("a file where the folder should be")
    told = logging.Logger("of this test")  # what other tests did to the loggers of this process is of no matter
    told.addHandler(caplog.handler)
    monkeypatch.setattr(call_log, "_log", told)
    model = model_of(settings, tmp_path / "calls")
    assert [model.complete(ASKED).text for _ in range(3)] == ["written about Falcon"] * 3
    assert len([r for r in caplog.records if "cannot be written" in r.getMessage()]) == 1


def test_lines_of_many_at_once_stay_whole(settings: Settings, tmp_path: Path) -> None:
    models = [model_of(settings, tmp_path / "calls", content=True) for _ in range(8)]
    long = ModelRequest([Message("user", "长" * 20_000)])
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: models[n % 8].complete(long), range(200)))
    assert [len(line["prompt"][0]["content"]) for line in lines(tmp_path / "calls")] == [20_000] * 200  # type: ignore[index]


def test_the_settings_say_whether(tmp_path: Path) -> None:
    def of(choice: str) -> Settings:
        return load_settings({"KOUJING_HOME": str(tmp_path), "KOUJING_MODEL": "extractive", "KOUJING_CALL_LOG": choice})

    assert not isinstance(open_model(of("")), Logged)
    assert not isinstance(open_model(of("off")), Logged)
    model = open_model(of("calls"))
    assert isinstance(model, Logged)
    assert isinstance(model, LanguageModel)
    assert model.name == "extractive"
    assert folder_of(of("calls")) == tmp_path / "calls"
    with pytest.raises(InputError, match="KOUJING_CALL_LOG='all' is none; choose off, calls, content"):
        logged(open_model(of("off")), of("all"))


def test_old_days_are_told_by_their_names(tmp_path: Path) -> None:
    for name in ("2026-01-01.jsonl", "2026-02-07.jsonl", "2026-02-08.jsonl", "notes.jsonl", "2026-01-01.txt"):
        (tmp_path / name).write_text("")
    found = older_than(tmp_path, 30, date(2026, 3, 10))
    assert [path.name for path in found] == ["2026-01-01.jsonl", "2026-02-07.jsonl"]
    assert older_than(tmp_path / "nowhere", 30, date(2026, 3, 10)) == []
