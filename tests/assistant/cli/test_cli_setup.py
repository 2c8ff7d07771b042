"""`koujing models`, `doctor`, `keys`, and what holds for every command: help, errors, where text goes."""

from __future__ import annotations

import json
import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Run
from databases import url_at

from assistant.cli.main import COMMANDS
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench.faults.fake_openai import FakeOpenAI, running


@pytest.fixture
def stray(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenAI]:
    """An endpoint that other programs' variables name, and Koujing's do not."""
    with running() as fake:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-stray")
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        monkeypatch.setenv("OPENAI_API_BASE", fake.base_url)
        yield fake


def test_the_model_in_force_is_named_with_where_text_goes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    document = run("models", "list", "--json").document
    assert (document["model"], document["destination"]) == ("extractive", "this machine")
    assert document["weights"].keys() >= {"name", "installed", "verified", "sha256", "licence"}
    monkeypatch.setenv("KOUJING_MODEL", "openai:gpt")
    refused = run("models", "list", "--json")
    assert refused.status == 3
    assert "KOUJING_BASE_URL" in refused.document["error"]["message"]
    monkeypatch.setenv("KOUJING_BASE_URL", "https://models.example.com/v1")
    assert "In force: openai:gpt; text goes to models.example.com." in run("models", "list").out
    monkeypatch.setenv("KOUJING_MODEL", "gpt")
    assert run("models", "list").status == 2


def test_variables_of_other_programs_send_nothing(
    run: Run, with_sample: Path, stray: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("draft", "success_story", "-i", "case=case-wind").status == 0
    assert run("search", "R300").status == 0
    monkeypatch.setenv("KOUJING_MODEL", "openai:gpt")
    assert run("draft", "success_story", "-i", "case=case-wind").status == 3
    monkeypatch.delenv("KOUJING_MODEL")
    assert "local; text goes to this machine" in run("models", "list").out
    assert stray.bodies == []
    with running() as meant:
        monkeypatch.setenv("KOUJING_MODEL", "openai:fake")
        monkeypatch.setenv("KOUJING_BASE_URL", meant.base_url)
        monkeypatch.setenv("KOUJING_REPAIRS", "0")
        monkeypatch.setenv("KOUJING_RETRIES", "0")
        run("draft", "success_story", "-i", "case=case-wind")
        assert meant.bodies
        assert "sk-stray" not in json.dumps(meant.headers)
    assert stray.bodies == []


def test_a_draft_asked_for_without_a_model_is_answered_without_one(
    run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = run("draft", "success_story", "--json").document["draft"]["id"]
    with running() as fake:
        monkeypatch.setenv("KOUJING_MODEL", "openai:fake")
        monkeypatch.setenv("KOUJING_BASE_URL", fake.base_url)
        answered = run("drafts", "answer", draft_id, "-i", "case=case-wind", "--json")
        assert answered.document["model"] == "extractive"
        assert answered.err == "Model: extractive; text goes to this machine.\n"
        assert fake.bodies == []


def test_it_is_said_where_texts_go_to_be_embedded(
    run: Run, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "note.md").write_text("The gateway reads 64 sensors.", encoding="utf-8")
    monkeypatch.setenv("KOUJING_EMBEDDING", "openai:embed")
    monkeypatch.setenv("KOUJING_EMBEDDING_BASE_URL", "http://127.0.0.1:9/v1")
    for arguments in (["library", "import", tmp_path / "note.md"], ["search", "sensors"]):
        assert run(*arguments).err.startswith("Embedding: openai:embed; text goes to this machine.\n")
    assert run("drafts", "list").err == ""


def test_a_workspace_that_is_well(run: Run, with_sample: Path) -> None:
    looked = run("doctor")
    assert looked.status == 0
    assert "!!" not in looked.out
    assert "in agreement with the database" in looked.out
    assert "overdue: tech-security" in looked.out
    found = {d["what"]: d for d in run("doctor", "--json").document["diagnoses"]}
    assert all(diagnosis["well"] for diagnosis in found.values())
    assert {"database", "library", "index", "templates", "model"} <= found.keys()


def test_a_deleted_vector_is_found_not_mended_and_reindex_mends_it(run: Run, with_sample: Path) -> None:
    with Workspace.open(load_settings()) as workspace:
        vectors = workspace.library.indexes.vectors
        vectors.remove([min(vectors.pks())])
    for _ in range(2):
        looked = run("doctor", "--json")
        assert looked.status == 1
        [index] = [d for d in looked.document["diagnoses"] if d["what"] == "index"]
        assert index == {
            "what": "index",
            "well": False,
            "finding": "1 vectors missing",
            "remedy": "koujing library reindex",
        }
    assert "mend it with: koujing library reindex" in run("doctor").out
    assert run(*shlex.split(index["remedy"])[1:]).status == 0
    assert run("doctor").status == 0


def test_deleted_words_and_vectors_of_nothing_are_found(run: Run, with_sample: Path) -> None:
    with Workspace.open(load_settings()) as workspace:
        indexes = workspace.library.indexes
        pk = min(indexes.vectors.pks())
        vector = workspace.library.embedder.embed(["nothing"])
        indexes.vectors.upsert([999_999], vector)
        with workspace.database.session() as session:
            indexes.lexical.remove(session, [pk])
    [index] = [d for d in run("doctor", "--json").document["diagnoses"] if d["what"] == "index"]
    assert index["finding"] == "1 vectors too many, 1 words missing"


def test_an_index_that_another_process_holds_is_well(run: Run, with_sample: Path) -> None:
    hold = (
        "from assistant.settings import load_settings; from assistant.workspace import Workspace; import sys\n"
        "with Workspace.open(load_settings()) as w:\n"
        "    print(w.library.indexes.owner, flush=True)\n    sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", hold],
        env={**os.environ, "KOUJING_DATABASE_URL": url_at(with_sample)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "this process\n"
        looked = run("doctor")
        other.communicate("\n")
    assert looked.status == 0
    assert "held by another process" in looked.out


def test_what_is_missing_is_named_with_its_remedy(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [workspace] = run("doctor", "--json").document["diagnoses"]
    assert (workspace["well"], workspace["remedy"]) == (False, "koujing init")
    run("init")
    (home / "templates" / "our_story").mkdir(parents=True)
    (home / "templates" / "our_story" / "template.yaml").write_text("id: [")
    monkeypatch.setenv("KOUJING_MODEL", "openai:gpt")
    looked = run("doctor", "--json")
    assert looked.status == 1
    wrong = {d["what"]: d for d in looked.document["diagnoses"] if not d["well"]}
    assert wrong.keys() == {"library", "templates", "model"}
    assert "koujing library import" in wrong["library"]["remedy"]
    assert "our_story/template.yaml" in wrong["templates"]["finding"]
    assert "KOUJING_BASE_URL" in wrong["model"]["finding"]
    monkeypatch.setenv("KOUJING_DATABASE_URL", f"sqlite:///{home}")
    [workspace] = [d for d in run("doctor", "--json").document["diagnoses"] if d["what"] == "workspace"]
    assert "unable to open database file" in workspace["finding"]
    assert workspace["remedy"] == ""


def test_keys_are_made_listed_and_revoked(run: Run, empty: Path) -> None:
    made = run("keys", "create", "--name", "press", "--json").document
    assert made["key"].startswith(f"kj_{made['id']}_")
    assert made["id"] in run("keys", "list").out
    assert made["key"] not in run("keys", "list", "--json").out
    assert run("keys", "revoke", made["id"], "--json").document["revoked_at"]
    refused = run("keys", "revoke", "nothing", "--json")
    assert refused.status == 2
    assert "koujing keys list" in refused.document["error"]["message"]
    assert run("keys", "create", "--name", "").status == 2


@pytest.mark.parametrize("as_json", [False, True])
def test_the_unexpected_goes_to_a_file_and_one_line_says_so(
    run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("an inner detail")

    monkeypatch.setattr("assistant.drafts.Drafts.list", broken)
    failed = run("drafts", "list", *["--json"] * as_json)
    assert failed.status == 3
    [log] = (empty / "logs").iterdir()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    assert "ZeroDivisionError: an inner detail" in log.read_text(encoding="utf-8")
    error_id = log.stem.removeprefix("error-")
    assert failed.err.count("\n") == 1
    assert "inner detail" not in failed.err + failed.out
    assert error_id in failed.err
    assert f"logs/error-{error_id}.txt" in failed.err
    if as_json:
        assert failed.document["error"]["log"] == f"logs/error-{error_id}.txt"
        assert error_id in failed.document["error"]["message"]
    else:
        assert failed.out == ""


def test_without_a_home_the_file_goes_to_the_temporary_folder(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("assistant.workspace.Workspace.open", broken)
    failed = run("drafts", "list")
    assert failed.status == 3
    [log] = tmp_path.glob("error-*.txt")
    assert str(log) in failed.err
    assert not home.exists()


def test_a_wrong_command_line_is_one_document_too(run: Run) -> None:
    for arguments in (["nonsense"], ["drafts"], ["library", "shout"], ["drafts", "show"], ["search", "x", "--colour"]):
        wrong = run(*arguments, "--json")
        assert wrong.status == 2, arguments
        assert wrong.document["error"]["message"]
        assert run(*arguments).out == ""


@pytest.mark.parametrize("command", [*COMMANDS, "keys", "serve", "bench"])
def test_every_command_has_help(run: Run, command: str) -> None:
    helped = run(command, "--help")
    assert helped.status == 0
    assert "--json" in helped.out or "Commands:" in helped.out


def test_a_broken_setting_is_one_line(run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty / "koujing.toml").write_text("modle = 'extractive'")
    wrong = run("drafts", "list", "--json")
    assert wrong.status == 2
    assert "unknown setting 'modle'" in wrong.document["error"]["message"]
    (empty / "koujing.toml").write_text("model = ")
    assert run("drafts", "list").status == 3
    (empty / "koujing.toml").unlink()
    monkeypatch.setenv("KOUJING_NOW", "soon")
    assert "KOUJING_NOW='soon'" in run("library", "list").err


def test_a_reader_who_has_seen_enough_is_no_failure(empty: Path) -> None:
    code = (
        "import click, sys\nimport assistant.cli.main as m\n"
        "def flood(*_):\n    while True: click.echo('x' * 1000)\n"
        "m.koujing.get_command = lambda *_: click.Command('flood', callback=flood)\n"
        "m.main(['flood'])\n"
    )
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(code)} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=dict(os.environ), check=False)
    assert (done.returncode, done.stderr) == (0, "")
