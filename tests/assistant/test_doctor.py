"""What the doctor finds when something is broken on purpose, and that its remedy, run as printed, mends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest

from api.access.secret import SHORTEST, service_secret
from assistant.cli.main import main
from assistant.doctor import at_work, surroundings
from assistant.doctor.diagnosing import diagnose
from assistant.doctor.diagnosis import Diagnosis
from assistant.localization.jobs.presence import Presence, locks_of, new_executor
from assistant.localization.jobs.records import JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace


def found(settings: Settings, what: str, environ: dict[str, str] | None = None) -> list[Diagnosis]:
    return [one for one in diagnose(settings, environ or {}) if one.what == what]


def in_shell(remedy: str, **environ: str) -> dict[str, str]:
    """Run a remedy as it is printed; the environment as it is afterwards."""
    done = subprocess.run(
        ["bash", "-ec", f"{remedy}\nenv -0"],
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        check=True,
    )
    pairs = done.stdout.rpartition(b"\n")[2].decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


@pytest.fixture
def healthy(sample: Workspace) -> Settings:
    settings = sample.settings
    assert [one.what for one in diagnose(settings, {}) if not one.well] == []
    return settings


def test_a_misspelt_setting_is_named(healthy: Settings) -> None:
    broken = {"KOUJING_DATABSE_URL": "postgresql://x", "KOUJING_TEST_POSTGRES": "x", "KOUJING_SECRET_FILE": "x"}
    [told] = found(healthy, "settings", broken)
    assert not told.well
    assert "KOUJING_DATABASE_URL is one" in told.finding
    assert found(healthy, "settings", in_shell(told.remedy, **broken)) == []


def test_a_secret_that_is_too_short(healthy: Settings) -> None:
    assert surroundings.SECRET == SHORTEST
    broken = Settings({**healthy.values, "secret": "short"})
    [told] = found(broken, "secret")
    assert not told.well
    mended = in_shell(told.remedy)["KOUJING_SECRET"]
    assert found(Settings({**healthy.values, "secret": mended}), "secret") == []


def test_a_kept_secret_that_is_too_short(healthy: Settings) -> None:
    (healthy.home / "secret").write_text("short")
    (healthy.home / "secret").chmod(0o600)
    [told] = found(healthy, "secret")
    in_shell(told.remedy)
    assert found(healthy, "secret") == []
    assert len(service_secret(healthy, loopback=True)) >= SHORTEST


def test_a_home_that_others_may_look_into(healthy: Settings) -> None:
    healthy.home.chmod(0o755)
    (healthy.home / "koujing.toml").write_text("")
    (healthy.home / "koujing.toml").chmod(0o644)
    [told] = found(healthy, "permissions")
    assert not told.well
    assert "koujing.toml" in told.finding
    in_shell(told.remedy)
    assert found(healthy, "permissions") == []


def test_a_disk_that_is_nearly_full_and_what_fills_it(healthy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12 - 10**6, 10**6))
    [told] = found(healthy, "disk")
    assert not told.well
    shown = subprocess.run(["bash", "-c", told.remedy], capture_output=True, text=True, check=True).stdout
    assert str(healthy.home) in shown


def test_what_is_written_of_model_calls(healthy: Settings) -> None:
    [told] = found(Settings({**healthy.values, "call_log": "content"}), "call log")
    assert told.well
    assert told.remedy == "unset KOUJING_CALL_LOG"
    [told] = found(Settings({**healthy.values, "call_log": "all"}), "call log")
    assert not told.well
    [told] = found(Settings({**healthy.values, "keep": "letters=3"}), "keep")
    assert not told.well
    assert "'letters' is none" in told.finding


def test_a_log_of_calls_that_was_kept_too_long_is_tidied_away(
    healthy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (healthy.home / "calls").mkdir(mode=0o700)
    (healthy.home / "calls" / "2020-01-01.jsonl").write_text("{}\n")
    [told] = found(healthy, "call log")
    assert (told.well, told.remedy) == (False, "koujing tidy")
    monkeypatch.setenv("KOUJING_HOME", str(healthy.home))
    with pytest.raises(SystemExit, match="0"):
        main(["tidy"])
    assert found(healthy, "call log") == []


def test_a_set_time_is_told(healthy: Settings) -> None:
    [told] = found(Settings({**healthy.values, "now": "2026-01-15T09:00:00Z"}), "clock")
    assert told.well
    assert "KOUJING_NOW" not in in_shell(told.remedy, KOUJING_NOW="2026-01-15T09:00:00Z")


@pytest.mark.postgres_only
def test_clocks_that_are_apart(healthy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(healthy, "clock") == []
    monkeypatch.setattr(at_work, "APART", -1.0)
    [told] = found(healthy, "clock")
    assert not told.well
    assert "the database" in told.finding


def waiting(workspace: Workspace) -> str:
    options = JobOptions(source="zh-CN", targets=("en",), out="", model="extractive")
    job, _ = LocalizationJobs(workspace.database, workspace.name).submit(
        options, [SourceFile("a.md", "a.md", "# 电梯\n".encode())], "anna"
    )
    return job.id


def test_a_job_that_nobody_works_on(sample: Workspace, healthy: Settings) -> None:
    job_id = waiting(sample)
    [told] = found(healthy, "jobs")
    assert (told.well, told.remedy) == (False, "koujing worker")
    assert job_id in told.finding
    environment = {
        **os.environ,
        "KOUJING_HOME": str(healthy.home),
        "KOUJING_DATABASE_URL": healthy.database_url,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
    }
    process = subprocess.Popen(["bash", "-c", f"exec {told.remedy}"], env=environment, stderr=subprocess.DEVNULL)
    try:
        jobs, ends = LocalizationJobs(sample.database, sample.name), time.monotonic() + 240
        while jobs.at_work():
            assert time.monotonic() < ends
            time.sleep(0.2)
        assert found(healthy, "jobs") == []
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_job_that_somebody_works_on_is_well(sample: Workspace, healthy: Settings) -> None:
    waiting(sample)
    somebody = subprocess.Popen(
        [sys.executable, "-c", _PRESENT, healthy.database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert somebody.stdout is not None
        assert somebody.stdout.readline() == "here\n"
        assert found(healthy, "jobs") == []
    finally:
        somebody.kill()
        somebody.communicate()
    assert len(found(healthy, "jobs")) == 1


_PRESENT = """
import sys
from assistant.localization.jobs.presence import Presence, locks_of, new_executor
from knowledge.store.database import Database
presence = Presence(locks_of(Database(sys.argv[1])), new_executor())
presence.enter()
print('here', flush=True)
sys.stdin.read()
"""


def test_ones_own_locks_are_nobody_elses(sample: Workspace) -> None:
    locks = locks_of(sample.database)
    presence = Presence(locks, new_executor())
    presence.enter()
    assert not locks.anybody()
    presence.leave()


def test_a_chroma_server_that_is_not_there_is_started_by_the_remedy(healthy: Settings) -> None:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    broken = Settings({**healthy.values, "chroma_url": f"http://127.0.0.1:{port}"})
    [told] = found(broken, "index")
    assert not told.well
    assert told.remedy.startswith("chroma run --path ")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    process = subprocess.Popen(
        ["bash", "-c", f"exec {told.remedy}"], env={**os.environ, "PATH": path}, stdout=subprocess.DEVNULL
    )
    try:
        ends = time.monotonic() + 120
        while "no answer" in (index := found(broken, "index")[0]).finding:
            assert time.monotonic() < ends
            time.sleep(0.5)
        assert index.remedy == "koujing library reindex"  # it is empty yet
        environ = {**os.environ, "KOUJING_HOME": str(healthy.home), "KOUJING_CHROMA_URL": broken.text("chroma_url")}
        environ |= {"KOUJING_DATABASE_URL": healthy.database_url, "PATH": path}
        subprocess.run(["bash", "-c", index.remedy], env=environ, check=True, capture_output=True)
        assert found(broken, "index")[0].well
    finally:
        process.kill()
        process.wait()


def test_settings_of_the_process_are_looked_at(monkeypatch: pytest.MonkeyPatch, healthy: Settings) -> None:
    monkeypatch.setenv("KOUJING_MODLE", "local")
    told = [one for one in diagnose(load_settings({"KOUJING_HOME": str(healthy.home)})) if one.what == "settings"]
    assert [one.remedy for one in told] == ["unset KOUJING_MODLE"]
