"""`koujing draft` and `koujing drafts`."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from command_line import Run

STORY = ("draft", "success_story", "-i", "case=case-wind")


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def drafts(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("drafts", "list", "--json").document["drafts"]
    return found


def test_a_draft_is_printed_with_its_sources(run: Run, with_sample: Path) -> None:
    written = run(*STORY)
    assert written.status == 0
    assert "46 小时" in written.out
    assert "[S1]" in written.out
    assert "草稿" in written.out
    assert written.err == "Model: extractive; text goes to this machine.\n"
    [kept] = drafts(run)
    assert (kept["template"], kept["state"], kept["version"]) == ("success_story", "draft", 1)


def test_with_json_there_is_one_document_on_stdout(run: Run, with_sample: Path) -> None:
    written = run(*STORY, "--json")
    assert written.status == 0
    assert written.document["draft"]["state"] == "draft"
    assert run("drafts", "show", written.document["draft"]["id"], "--json").document == written.document
    asked = run("draft", "success_story", "--json")
    assert asked.status == 2
    assert [q["input"] for q in asked.document["questions"]] == ["case"]
    assert asked.document["draft"]["state"] == "open"
    refused = run("draft", "sonnet", "--json")
    assert refused.status == 2
    assert refused.document["error"].keys() >= {"title", "message", "questions"}


def test_in_a_pipe_missing_inputs_are_questions_on_stderr(run: Run, with_sample: Path) -> None:
    asked = run("draft", "press_release", "-i", "subject=R300", "-i", "date=2026-02-31")
    assert asked.status == 2
    assert asked.out == ""
    lines = asked.err.splitlines()[1:]
    [kept] = drafts(run)
    assert kept["state"] == "open"
    assert lines[0] == f"Draft {kept['id']} is open; answer with `koujing drafts answer {kept['id']} -i NAME=VALUE`:"
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["date", "city"]
    assert "2026-02-31" in lines[1]


def test_an_open_draft_is_shown_answered_and_written(run: Run, with_sample: Path) -> None:
    run("draft", "success_story")
    [kept] = drafts(run)
    for command in ("show", "answer"):
        shown = run("drafts", command, kept["id"])
        assert shown.status == 2
        assert "case: " in shown.err
    assert drafts(run)[0]["version"] == 1, "asking again is no new version"
    wrong = run("drafts", "answer", kept["id"], "-i", "case=nothing")
    assert wrong.status == 2
    assert "没有本次可用的成功案例“nothing”" in wrong.err
    answered = run("drafts", "answer", kept["id"], "-i", "case=case-wind")
    assert answered.status == 0
    assert "46 小时" in answered.out
    assert "text goes to this machine" in answered.err
    assert run("drafts", "answer", kept["id"], "-i", "case=case-wind").status == 2
    assert run("drafts", "answer", kept["id"]).status == 2
    assert drafts(run)[0]["version"] == 3


def test_on_a_terminal_questions_are_asked_until_none_is_left(
    run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("nothing\ncase-wind\n"))
    written = run("draft", "success_story")
    assert written.status == 0
    assert "46 小时" in written.out
    assert written.err.count("[case-elevator]: ") == 2
    run("draft", "success_story", "--json")
    monkeypatch.setattr(sys, "stdin", Terminal("case-wind\n"))
    assert run("drafts", "answer", drafts(run)[0]["id"]).status == 0


def test_on_a_terminal_an_interview_goes_step_by_step_and_offers_the_rest_once(
    run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = ["R200", "win", "在售", "decide", "", "price, smell", "price"]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join([*typed, ""])))
    written = run("draft", "competitor_analysis", "-A", "internal")
    assert written.status == 0
    prompts = [line for line in written.err.split("]: ") if "[" in line]
    asked = [line.rsplit("[", 1)[1].split(",")[0].split(" |")[0] for line in prompts]
    assert asked == ["边缘网关 R200", "decide", "在售", "decide", "中小工厂为什么选对手？", "features", "features"]
    assert "“smell”：" in written.err
    assert "价格与授权" in written.out
    assert "部署与服务" not in written.out.split("来源")[0]


def test_a_terminal_that_closes_leaves_the_draft_open(
    run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    stopped = run("draft", "success_story")
    assert stopped.status == 130
    assert stopped.err.endswith("stopped\n")
    assert drafts(run)[0]["state"] == "open"


@pytest.mark.parametrize("ending", [".md", ".markdown", ".html", ".htm", ".docx", ".json", ".txt", ".MD"])
def test_a_draft_is_written_by_the_ending_and_marked(run: Run, with_sample: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"story{ending}"
    written = run(*STORY, "-o", path)
    assert written.status == 0
    assert written.out == ""
    assert f"is in {path}." in written.err
    if ending == ".docx":
        with zipfile.ZipFile(path) as parts:
            text = parts.read("word/document.xml").decode()
    else:
        text = path.read_text(encoding="utf-8")
    assert "46 小时" in text
    assert "DRAFT" in text
    assert "朔野" not in text


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["success_story", "-o", "story.pdf"], "the ending must be one of"),
        (["success_story", "-o", "story"], "the ending must be one of"),
        (["success_story", "-o", "nowhere/story.md"], "the folder nowhere does not exist"),
        (["success_story", "-i", "case"], "write NAME=VALUE"),
        (["success_story", "-i", "=case-wind"], "write NAME=VALUE"),
        (["success_story", "-i", "colour=red"], "no input 'colour'"),
        (["localized_copy", "-i", "text=@missing.txt"], "missing.txt: does not exist"),
        (["localized_copy", "-i", "text=@"], "is a directory"),
        (["sonnet"], "press_release"),
        ([], "'template' is missing"),
        (["success_story", "--locale", "klingon!"], "klingon"),
        (["success_story", "--audience", "everybody"], "'everybody' is not one of"),
        (["--brief", "missing.yaml"], "does not exist"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_kept(
    run: Run, with_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run("draft", *arguments, "--json")
    assert refused.status == 2
    assert word in refused.document["error"]["message"]
    assert drafts(run) == []


def test_a_brief_is_read_and_options_override_it(run: Run, with_sample: Path, tmp_path: Path) -> None:
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        "template: press_release\nlocale: en\ninputs:\n  subject: R300\n  date: 2026-10-20\n  city: Berlin\n",
        encoding="utf-8",
    )
    written = run("draft", "--brief", brief, "-i", "city=Suzhou", "--json").document
    assert (written["template"], written["locale"]) == ("press_release", "en")
    assert "SUZHOU, " in json.dumps(written)
    assert "BERLIN" not in json.dumps(written)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("template: [", "neither YAML nor JSON"),
        ("- success_story", "a brief is a mapping"),
        ("template: success_story\ncase: x", "unknown key 'case'"),
        ("template: success_story\ninputs: [case]", "'inputs' must be a mapping"),
        ("template: success_story\naudience: all", "'all' is no audience"),
    ],
)
def test_a_wrong_brief_is_one_line(run: Run, with_sample: Path, tmp_path: Path, text: str, word: str) -> None:
    brief = tmp_path / "brief.yaml"
    brief.write_text(text, encoding="utf-8")
    refused = run("draft", "--brief", brief)
    assert refused.status == 2
    assert word in refused.err
    assert refused.err.count("\n") == 1


def test_a_file_given_as_input_is_read_in_its_format(run: Run, with_sample: Path, tmp_path: Path) -> None:
    post = tmp_path / "post.html"
    post.write_text("<p>R300 的目录价为 4,680 元。</p><script>alert(1)</script>", encoding="utf-8")
    written = run("draft", "localized_copy", "-i", f"text=@{post}", "--locale", "en", "--json").document
    assert [e["text"] for e in written["evidence"]] == ["R300 的目录价为 4,680 元。"]
    missing = run("draft", "localized_copy", "-i", "text=@missing.txt")
    assert missing.err == "koujing: missing.txt: does not exist; check the path\n"


def test_drafts_are_listed_newest_first_and_as_many_as_asked_for(
    run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in (9, 11, 10):
        monkeypatch.setenv("KOUJING_NOW", f"2026-10-01T{hour:02}:00:00Z")
        run("draft", "success_story")
    assert [d["updated_at"][11:13] for d in drafts(run)] == ["11", "10", "09"]
    assert [d["updated_at"][11:13] for d in run("drafts", "list", "-n", "1", "--json").document["drafts"]] == ["11"]
    assert run("drafts", "list").out.endswith("3 drafts.\n")
    assert run("drafts", "list", "-n", "0").status == 2


def test_a_draft_is_checked_again_and_older_versions_stay(run: Run, with_sample: Path, tmp_path: Path) -> None:
    written = run(*STORY, "--json").document
    draft_id = written["draft"]["id"]
    checked = run("drafts", "check", draft_id, "--json")
    assert checked.status == 0
    assert checked.document["draft"] == {**written["draft"], "version": 2}
    assert run("drafts", "show", draft_id, "--version", "1", "--json").document == written
    path = tmp_path / "story.md"
    assert run("drafts", "show", draft_id, "-o", path).status == 0
    assert "46 小时" in path.read_text(encoding="utf-8")


def test_unknown_drafts_and_wrong_files_are_refused(run: Run, with_sample: Path, tmp_path: Path) -> None:
    draft_id = run(*STORY, "--json").document["draft"]["id"]
    for arguments in (
        ["show", "d-nothing"],
        ["check", "d-nothing"],
        ["answer", "d-nothing", "-i", "case=case-wind"],
        ["answer", "d-nothing"],
        ["show", draft_id, "--version", "9"],
        ["show", draft_id, "--version", "0"],
        ["show", draft_id, "-o", str(tmp_path / "story.pdf")],
        ["show", draft_id, "-o", str(tmp_path / "nowhere" / "story.md")],
    ):
        refused = run("drafts", *arguments, "--json")
        assert refused.status == 2, arguments
        assert refused.document["error"]["message"]
