"""`koujing jobs` and `koujing worker`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import Run


@pytest.fixture
def job_id(empty: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A job in the queue; no model is needed for it, as nobody can check a translation into Swedish."""
    (empty / "script.jsonl").write_text("")
    monkeypatch.setenv("KOUJING_MODEL", f"scripted:{empty / 'script.jsonl'}")
    file = tmp_path / "a.txt"
    file.write_text("This is for you.\n", encoding="utf-8")
    document = run("localize", file, "--from", "en", "--to", "sv", "--out", tmp_path / "out", "--detach", "--json")
    found: str = document.document["job"]["id"]
    return found


def test_listed_and_shown(run: Run, job_id: str) -> None:
    assert [job["job"]["id"] for job in run("jobs", "list", "--json").document["jobs"]] == [job_id]
    assert job_id in run("jobs", "list").out
    shown = run("jobs", "show", job_id, "--json").document
    assert shown["job"]["state"] == "planning"
    assert shown["files"][0]["status"] == "pending"
    assert "a.txt" in run("jobs", "show", job_id).out


def test_paused_and_cancelled(run: Run, job_id: str) -> None:
    paused = run("jobs", "pause", job_id, "--json").document
    assert paused["job"]["state"] == "paused"
    assert paused["job"]["why"].startswith("paused by ")
    assert run("jobs", "resume", job_id, "--detach", "--json").document["job"]["state"] == "planning"
    assert run("jobs", "cancel", job_id, "--json").document["job"]["state"] == "cancelled"
    ran = run("jobs", "resume", job_id)
    assert ran.status == 2
    assert "is cancelled already; it cannot be resumed" in ran.err


def test_a_budget_can_be_raised_when_a_job_goes_on(run: Run, job_id: str) -> None:
    run("jobs", "pause", job_id)
    assert run("jobs", "resume", job_id, "--detach", "--budget", "5000").status == 0
    assert run("jobs", "resume", "l-none", "--budget", "5000").status == 2


def test_the_report_of_a_job_is_written_in_the_language_asked_for(run: Run, job_id: str, tmp_path: Path) -> None:
    page = tmp_path / "r.html"
    for options, title in ((), "Localization report"), (("--language", "zh"), "本地化报告"):
        assert run("jobs", "report", job_id, "-o", page, *options).status == 0
        assert title in page.read_text(encoding="utf-8")
    assert run("jobs", "report", job_id, "-o", page, "--json").document["file"] == str(page)
    assert run("jobs", "report", job_id, "-o", tmp_path / "r.pdf").status == 2


@pytest.mark.parametrize("command", ["show", "pause", "resume", "cancel"])
def test_an_unknown_job_is_told(run: Run, empty: Path, command: str) -> None:
    assert empty.exists()
    ran = run("jobs", command, "l-none")
    assert ran.status == 2
    assert "l-none" in ran.err
    assert "list of jobs" in ran.err


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_worker_works_until_it_is_told_to_stop(run: Run, job_id: str, home: Path) -> None:
    environment = {**os.environ, "KOUJING_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[3])}
    worker = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "worker", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 120
    while run("jobs", "show", job_id, "--json").document["job"]["state"] != "done":
        assert time.monotonic() < until
        time.sleep(0.2)
    worker.send_signal(signal.SIGTERM)
    out, told = worker.communicate(timeout=60)
    assert worker.returncode == 0
    assert f"{job_id} is done" in told or f"{job_id}: at work" in told
    assert "Traceback" not in told
    assert json.loads(out)["told"]
