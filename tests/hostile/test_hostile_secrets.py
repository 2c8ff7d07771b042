"""A key that is planted is found nowhere: not in what is printed or logged, not in any file that is written."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

import pytest

from assistant.cli.main import main
from evals.bench.faults.answers import answering
from evals.bench.faults.fake_openai import FakeOpenAI, Handler, fails, running

CANARY = "sk-canary-7f3a91"
PASSWORD = "pw-canary-88c1"


def refusing(handler: Handler, body: dict) -> None:
    """As careless providers do: the key stands in the error, the header and the redirect."""
    fails(401, f"Incorrect API key provided: {CANARY}", Location=f"http://x.example/?key={CANARY}")(handler, body)


@pytest.fixture
def planted(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import shutil

    home = Path(shutil.copytree(sample_home, tmp_path / "planted"))
    (tmp_path / "key").write_text(CANARY)
    monkeypatch.setenv("KOUJING_HOME", str(home))
    monkeypatch.setenv("KOUJING_MODEL", "openai:fake")
    monkeypatch.setenv("KOUJING_API_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("KOUJING_RETRIES", "0")
    monkeypatch.setenv("KOUJING_CALL_LOG", "content")
    return home


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        main(list(arguments))
    out, err = capsys.readouterr()
    return out + err


@pytest.mark.slow
def test_a_key_is_never_told(
    planted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    out = tmp_path / "out"
    out.mkdir()
    told = ""
    with running() as server:
        monkeypatch.setenv("KOUJING_BASE_URL", server.base_url)
        for play in (answering, refusing, fails(500, CANARY), fails(400, f"bad request by {CANARY}")):
            server.then = play
            told += said(capsys, "draft", "success_story", "-i", "case=case-wind", "--json")
            told += said(capsys, "draft", "success_story", "-i", "case=case-wind", "--out", str(out / "draft.docx"))
            told += said(capsys, "check", str(_text(tmp_path)), "--judge")
        told += said(capsys, "models", "list", "--json")
        told += said(capsys, "doctor", "--json")
        assert_sent(server)
    assert CANARY not in told
    assert CANARY not in caplog.text
    found = [path for folder in (planted, out) for path in folder.rglob("*") if path.is_file()]
    assert found
    assert [path.name for path in found if CANARY.encode() in path.read_bytes()] == []


def assert_sent(server: FakeOpenAI) -> None:
    """The key was in use at all."""
    assert any(CANARY in headers.get("authorization", "") for headers in server.headers)


def test_a_password_of_the_database_is_never_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for address in (
        f"postgresql://koujing:{PASSWORD}@127.0.0.1:9/koujing",
        f"postgresql://koujing:{PASSWORD}@[/koujing",
        f"nonsense://koujing:{PASSWORD}@127.0.0.1/x",
    ):
        monkeypatch.setenv("KOUJING_DATABASE_URL", address)
        told = said(capsys, "init") + said(capsys, "library", "list") + said(capsys, "doctor")
        assert PASSWORD not in told + caplog.text
        assert told.strip()


@pytest.mark.sqlite_only
@pytest.mark.slow
def test_what_is_made_in_the_home_is_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "made"
    monkeypatch.setenv("KOUJING_HOME", str(home))
    before = os.umask(0)
    try:
        said(capsys, "init", "--sample")
        said(capsys, "search", "gateway")
        said(capsys, "draft", "success_story", "-i", "case=case-wind")
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    open_to_others = {
        str(path.relative_to(home)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in home.iterdir()
        if path.stat().st_mode & 0o077 and path.name != "chroma"
    }
    assert open_to_others == {}


def _text(folder: Path) -> Path:
    path = folder / "text.md"
    path.write_text("The gateway makes maintenance easier. It saves 12% of the energy.\n")
    return path
