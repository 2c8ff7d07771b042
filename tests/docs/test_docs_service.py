"""docs/api.md is true: its shell lines and its Python run, in the order of the page, against a service on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api import envelope, uploads
from api.access import invitations, limits, passwords, secret, sign_ins
from api.access.actor import Actor
from assistant.export import FORMS
from assistant.workspace import Workspace
from evals.bench.service.served import Served, served
from tools import docs

PAGE = (docs.ROOT / "docs" / "api.md").read_text(encoding="utf-8")


LOCALIZE = PAGE[PAGE.index("## Localize files") : PAGE.index("## The library")]
"""What needs a model that translates, which the others do not."""


def blocks(language: str, text: str = PAGE.replace(LOCALIZE, "")) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def service(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("docs") / "home"))
    with served(home) as running:
        yield running


def _environment(service: Served, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "KOUJING_URL": service.url,
        "KOUJING_KEY": service.key,
        "PYTHONPATH": str(folder),
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
    }


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_lines_of_the_page_work_in_its_order(service: Served, tmp_path: Path) -> None:
    script = "\n".join(blocks("sh"))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        capture_output=True, text=True, cwd=tmp_path, env=_environment(service, tmp_path), timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-3000:]}{done.stderr[-2000:]}"
    assert json.loads((tmp_path / "draft.json").read_text("utf-8"))["draft"]["state"] == "draft"
    assert "event: paragraph" in (tmp_path / "events.txt").read_text("utf-8")
    assert json.loads((tmp_path / "answered.json").read_text("utf-8"))["questions"] == []
    edited = json.loads((tmp_path / "edited.json").read_text("utf-8"))
    assert edited["sections"][-1]["paragraphs"][-1]["text"] == "Talk to us about your lifts."
    assert (tmp_path / "story.docx").read_bytes().startswith(b"PK")
    assert "# " in (tmp_path / "story.md").read_text("utf-8")
    twice = re.findall(r"(d-[0-9a-f]+)\n", done.stdout)
    assert len(twice) == 2
    assert twice[0] == twice[1], "the same Idempotency-Key, the same draft"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_lines_about_localization_work(sample_home: Path, tmp_path: Path) -> None:
    texts = ("Elevator maintenance", "Unplanned downtime fell from 9 times a month to 2 times a month.")
    reply = {"items": [{"id": str(number), "text": text} for number, text in enumerate(texts, 1)]}
    (tmp_path / "replies.jsonl").write_text(json.dumps({"match": "电梯维护", "reply": reply}) + "\n", encoding="utf-8")
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    words = next(block for block in blocks("sh") if "kj()" in block)
    script = "\n".join([words, *blocks("sh", LOCALIZE)])
    with served(home, f"scripted:{tmp_path / 'replies.jsonl'}") as service:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            capture_output=True, text=True, cwd=tmp_path, env=_environment(service, tmp_path), timeout=120,
        )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-3000:]}{done.stderr[-2000:]}"
    assert (tmp_path / "lifts.en.md").read_text("utf-8") == f"# {texts[0]}\n\n{texts[1]}\n"
    assert json.loads((tmp_path / "segment.json").read_text("utf-8"))["item"]["target"] == "Lift maintenance"
    assert json.loads(done.stdout[done.stdout.rindex('{"schema"') :])["taken"] == 1


def test_the_generated_client_and_the_stream_work(service: Served, tmp_path: Path) -> None:
    pytest.importorskip("openapi_python_client")
    environment = _environment(service, tmp_path)
    [command] = [
        line for block in blocks("text") for line in block.splitlines() if line.startswith("openapi-python-client ")
    ]
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    first, second = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", first], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "supported" in done.stdout
    assert (tmp_path / "story-from-python.docx").read_bytes().startswith(b"PK")
    done = subprocess.run(
        [sys.executable, "-c", second], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(done.stdout.splitlines()) > 3


def test_the_error_that_is_shown_is_the_one_that_is_answered(service: Served) -> None:
    [shown] = [json.loads(block) for block in blocks("json") if "about:blank" in block]
    asked = urllib.request.Request(  # our own address
        f"{service.url}/v1/drafts/d-nothing", headers={"Authorization": f"Bearer {service.key}"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=60)  # our own address
    assert json.load(refused.value) == shown


# --- what the other pages say of the service --------------------------------------------------------------------------


def page(name: str) -> str:
    return (docs.ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_tools_of_the_mcp_page_are_those_of_the_server() -> None:
    import anyio

    from api.mcp.server import mcp_server

    async def nobody(_: object) -> tuple[Workspace, Actor]:
        raise AssertionError("nobody calls a tool here")

    tools = {tool.name for tool in anyio.run(mcp_server(nobody, "0").list_tools)}
    assert set(re.findall(r"^\| `(\w+)` \|", page("mcp.md"), re.MULTILINE)) == tools


def test_the_forms_of_the_exports_page_are_those_there_are() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", page("exports.md"), re.MULTILINE)) == {form.name for form in FORMS}


@pytest.mark.parametrize("name", ["console.md", "console.zh-CN.md"])
def test_the_keys_of_the_console_page_are_those_of_the_draft_page(name: str) -> None:
    script = (docs.ROOT / "api" / "console" / "static" / "evidence.js").read_text(encoding="utf-8")
    for key in ("j", "k", "n", "f"):
        assert re.search(rf"^\s+{key}: \(\) =>", script, re.MULTILINE), key
        assert f"`{key}`" in page(name)


def test_the_numbers_of_the_security_page_are_those_of_the_code() -> None:
    text = " ".join(page("security.md").split())
    assert f"{secret.SHORTEST} characters or more" in text
    assert f"{passwords.SHORTEST} characters or more" in text
    assert timedelta(hours=12) == sign_ins.IDLE
    assert timedelta(days=7) == sign_ins.LONGEST
    assert "after 12 hours without a request and after 7 days" in text
    assert timedelta(hours=24) == invitations.HOLDS
    assert timedelta(hours=2) == invitations.FIRST_HOLDS
    assert f"({limits.PER_MINUTE} unless chosen)" in text
    assert f"A body has {envelope.MAX_BODY >> 20} MB at most, a form with files {envelope.MAX_UPLOAD >> 20} MB" in text
    assert f"one file {uploads.MOST_OF_ONE >> 20} MB" in text
