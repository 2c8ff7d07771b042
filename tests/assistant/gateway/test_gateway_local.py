"""LocalModel with the real llama.cpp and the real weights, which are installed on demand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from model_contract import LanguageModelContract, asking

from assistant.gateway import install, weights
from assistant.gateway.local import LocalModel
from assistant.gateway.port import LanguageModel, Message, ModelRequest
from assistant.settings import Settings, load_settings
from knowledge.domain.errors import BadReply, ProviderError, ProviderTimeout, SetupError

SHORT = ModelRequest([Message("user", "说出一个中国城市的名字，只写名字。")], max_tokens=60)
local_llm = pytest.mark.local_llm


@pytest.fixture(scope="module")
def installed() -> Settings:
    settings = load_settings({}, timeout="300", context_tokens="4096")
    try:
        weights.ensure(settings)
    except SetupError:
        install.install(settings)
    return settings


@pytest.fixture(scope="module")
def running(installed: Settings) -> Iterator[LocalModel]:
    model = LocalModel(installed)
    yield model
    model.close()


def process_of(model: LocalModel) -> int:
    assert model._endpoint is not None
    assert model._endpoint._process._process is not None
    return model._endpoint._process._process.pid


def gone(pid: int, seconds: float = 60) -> bool:
    """Whether the process ends within `seconds`; one that waits to be reaped has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@local_llm
class TestLocalModelContract(LanguageModelContract):
    """The contract, on this machine."""

    @pytest.fixture
    def model(self, running: LocalModel) -> LanguageModel:
        return running

    def test_closes_more_than_once(self, model: LanguageModel) -> None:
        super().test_closes_more_than_once(model)
        assert model.complete(SHORT).text  # and starts again when asked again


@local_llm
class TestLocalModel:
    def test_a_common_beginning_is_read_once(self, running: LocalModel) -> None:
        rules = "规则：每句话都要有来源，不得编造数字，保留原文的单位和限定词。" * 20
        with pytest.raises(BadReply):  # one token is always cut by its limit
            running.complete(
                ModelRequest([Message("system", rules), Message("user", "写一句关于节能的话。")], max_tokens=1)
            )
        read, remembered = _prompt_tokens(running, rules, "写一句关于交付的话。")
        assert remembered > 10 * read

    def test_counts_by_its_own_vocabulary(self, running: LocalModel) -> None:
        running._open().begin()
        assert running.count_tokens("你好世界 hello") == 3

    def test_a_length_limit(self, running: LocalModel) -> None:
        with pytest.raises(BadReply, match="length limit"):
            running.complete(replace(asking(), max_tokens=4))

    def test_an_overlong_prompt(self, running: LocalModel) -> None:
        with pytest.raises(BadReply, match="does not fit"):
            running.complete(ModelRequest([Message("user", "口径一致。" * 4000)]))

    def test_a_crash_is_mended_once(self, running: LocalModel) -> None:
        running._open().begin()
        first = process_of(running)
        os.kill(first, signal.SIGKILL)
        assert running.complete(SHORT).text
        assert process_of(running) != first

    def test_a_crash_in_the_middle_is_mended_too(self, running: LocalModel) -> None:
        running._open().begin()
        first, killed = process_of(running), []

        def kill(piece: str) -> None:
            if not killed:
                killed.append(piece)
                os.kill(first, signal.SIGKILL)

        assert running.complete(SHORT, kill).usage.calls == 2
        assert running._endpoint is not None
        log = running._endpoint._process.log.read_text(encoding="utf-8", errors="replace")
        assert log
        assert "城市" not in log

    def test_crashing_again_names_the_log(self, running: LocalModel) -> None:
        def kill(piece: str) -> None:
            if piece:
                os.kill(process_of(running), signal.SIGKILL)

        with pytest.raises(ProviderError, match=r"local model.* see .*koujing-local-model\.log"):
            running.complete(SHORT, kill)

    def test_too_slow_is_told_and_the_next_call_works(self, installed: Settings) -> None:
        model = LocalModel(Settings({**installed.values, "timeout": "1"}))

        def dawdle(piece: str) -> None:  # a reply can be shorter than any limit; a slow reader makes it last
            time.sleep(1.1)

        try:
            with pytest.raises(ProviderTimeout):
                model.complete(replace(SHORT, max_tokens=2000), dawdle)
            model._limits = replace(model._limits, seconds=300)
            assert model.complete(SHORT).text
        finally:
            model.close()

    def test_close_ends_the_process(self, running: LocalModel) -> None:
        running._open().begin()
        pid = process_of(running)
        running.close()
        assert gone(pid)

    @pytest.mark.parametrize("end", [subprocess.Popen.kill, subprocess.Popen.terminate], ids=["kill", "terminate"])
    def test_it_dies_with_its_parent(self, installed: Settings, end: Callable[[subprocess.Popen[str]], None]) -> None:
        code = (
            "import sys, time\n"
            "from assistant.gateway.local import LocalModel\n"
            "from assistant.settings import load_settings\n"
            "model = LocalModel(load_settings())\n"
            "model._open().begin()\n"
            "print(model._endpoint._process._process.pid, flush=True)\n"
            "time.sleep(60)\n"
        )
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
            assert parent.stdout is not None
            pid = int(parent.stdout.readline())
            end(parent)
        assert gone(pid)


class TestWithoutWeights:
    def test_missing_ones_are_told_at_the_first_call(self, tmp_path: Path) -> None:
        model = LocalModel(load_settings({}, cache=str(tmp_path)))
        with pytest.raises(SetupError, match="koujing models install"):
            model.complete(asking())
        assert model.count_tokens("口径") > 0
        model.close()

    @local_llm
    def test_weights_that_llama_cpp_cannot_read(self, tmp_path: Path) -> None:
        own = tmp_path / "own.gguf"
        own.write_bytes(b"GGUF and nothing more")
        home = tmp_path / "home"
        home.mkdir()
        model = LocalModel(load_settings({}, gguf=str(own), home=str(home)))
        with pytest.raises(ProviderError, match="could not be started; see"):
            model.complete(asking())
        assert (home / "logs" / "koujing-local-model.log").stat().st_size > 0


def _prompt_tokens(model: LocalModel, rules: str, text: str) -> tuple[int, int]:
    """How many tokens of this prompt the model had to read, and how many it still knew."""
    assert model._endpoint is not None
    process = model._endpoint._process
    body = {
        "messages": [{"role": "system", "content": rules}, {"role": "user", "content": text}],
        "max_tokens": 1,
    }
    reply = httpx2.post(
        f"{process.address}/v1/chat/completions",
        json=body,
        headers={"Authorization": f"Bearer {process.key}"},
        timeout=300,
    )
    timings = reply.raise_for_status().json()["timings"]
    return timings["prompt_n"], timings["cache_n"]
