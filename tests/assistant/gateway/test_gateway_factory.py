"""open_model: each spelling, and what stays unloaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.gateway.factory import open_model
from assistant.gateway.limits import Limits, destination_of
from assistant.settings import load_settings
from knowledge.domain.errors import InputError, SetupError


@pytest.mark.parametrize(
    ("spelt", "name"),
    [("", "local"), ("local", "local"), ("extractive", "extractive"), ("openai:deepseek-chat", "openai:deepseek-chat")],
)
def test_kinds(spelt: str, name: str) -> None:
    settings = load_settings({}, model=spelt, base_url="https://api.example.com/v1", context_tokens="4096")
    model = open_model(settings)
    assert model.name == name
    assert model.context_tokens == 4096
    model.close()


def test_scripted(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"reply": "ok"}')
    assert open_model(load_settings({}, model=f"scripted:{path}")).name == f"scripted:{path}"


@pytest.mark.parametrize(
    "spelt", ["gpt", "openai", "openai:", "scripted", "langchain:x", "langchain::x", "local:x", "LOCAL"]
)
def test_unknown_kinds(spelt: str) -> None:
    with pytest.raises(InputError, match=r"use local \| extractive \| scripted:FILE"):
        open_model(load_settings({}, model=spelt, base_url="https://h.example"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timeout", "0"),
        ("timeout", "-1"),
        ("timeout", "nan"),
        ("timeout", "soon"),
        ("retries", "-1"),
        ("context_tokens", "9"),
    ],
)
def test_limits_out_of_range(name: str, value: str) -> None:
    with pytest.raises(InputError, match=f"KOUJING_{name.upper()}"):
        Limits.of(load_settings({}, **{name: value}))


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("http://127.0.0.1:8000/v1", "this machine"),
        ("http://localhost/v1", "this machine"),
        ("http://[::1]:1/v1", "this machine"),
        ("https://API.Example.com/v1", "api.example.com"),
        ("https://127.0.0.1.example.com/v1", "127.0.0.1.example.com"),
    ],
)
def test_destination(url: str, where: str) -> None:
    assert destination_of(url) == where


def test_opening_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from assistant.gateway.factory import open_model\n"
        "from assistant.settings import load_settings\n"
        "for name in ('local', 'openai:x'):\n"
        "    open_model(load_settings({}, model=name, base_url='https://h.example/v1'))\n"
        "heavy = {'langchain_core', 'langchain_openai', 'openai', 'xllamacpp', 'tiktoken', 'numpy', 'jsonschema'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or None)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_openai_without_an_address() -> None:
    with pytest.raises(SetupError, match="KOUJING_BASE_URL"):
        open_model(load_settings({}, model="openai:x"))
