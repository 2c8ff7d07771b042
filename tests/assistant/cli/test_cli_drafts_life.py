"""`koujing drafts edit … publish`: a draft from hand to hand, as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

TITLE = "电梯维保：故障平均响应时间由 95 分钟降至 38 分钟"


@pytest.fixture
def story(with_sample: Path, run: Run) -> str:
    written = run("draft", "success_story", "-i", "case=case-elevator", "--json")
    assert written.status == 0
    return str(written.document["draft"]["id"])


def test_from_edit_to_published(run: Run, story: str) -> None:
    listed = run("drafts", "edit", story)
    assert listed.status == 0
    assert "p1 " in listed.out
    edited = run("drafts", "edit", story, "p1", "--text", TITLE)
    assert edited.status == 0
    assert "[-" in edited.out
    assert f"Draft {story} is now version 2." in edited.out
    assert run("drafts", "submit", story, "-v", "2").out == f"Draft {story} version 2 is in review.\n"
    sent_back = run("drafts", "request-changes", story, "-r", "shorter", "--json").document["status"]
    assert sent_back["state"] == "changes_requested"
    assert run("drafts", "approve", story).status == 0
    published = run("drafts", "publish", story, "--to", "https://example.com/a")
    assert "stands at https://example.com/a" in published.out
    assert [row["state"] for row in run("drafts", "list", "--json").document["drafts"]] == ["published"]
    assert run("drafts", "withdraw", story, "-r", "wrong customer").status == 0
    told = run("drafts", "history", story).out
    for word in ("v1  written by", "changes requested by", "published by", "wrong customer", "is withdrawn."):
        assert word in told
    document = run("drafts", "history", story, "--json").document
    assert [version["act"] for version in document["versions"]] == ["written", "edited"]


def test_what_is_missing_is_told_line_by_line(run: Run, story: str) -> None:
    assert run("drafts", "edit", story, "p4", "--text", "").status == 0
    refused = run("drafts", "approve", story)
    assert refused.status == 2
    assert "  gap [p4]: " in refused.err
    [missing] = run("drafts", "approve", story, "--json").document["error"]["missing"]
    assert missing["what"] == "gap"
    refused = run("drafts", "publish", story, "--to", "website")
    assert (refused.status, "not_approved" in refused.err) == (2, True)


def test_findings_are_listed_kept_and_mended(run: Run, story: str, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text("申特电梯的二次上门率由 31% 降至 12%。", encoding="utf-8")
    edited = run("drafts", "edit", story, "p6", "--file", file)
    assert edited.status == 1
    found = run("drafts", "mend", story, "--json").document["findings"]
    at = next(i for i, f in enumerate(found, start=1) if f["check"] == "customer_not_permitted")
    assert run("drafts", "keep", story, str(at), "-r", "we like them").status == 2
    mended = run("drafts", "mend", story, found[at - 1]["id"], "--json")
    assert (mended.status, mended.document["draft"]["version"]) == (0, 3)
    [finding] = mended.document["findings"]
    assert finding["severity"] == "warning"
    kept = run("drafts", "keep", story, "1", "-r", "short on purpose")
    assert "(kept by" in kept.out
    assert "short on purpose" in run("drafts", "mend", story).out


def test_versions_beside_each_other(run: Run, story: str) -> None:
    assert run("drafts", "edit", story, "p1", "-t", TITLE).status == 0
    assert "[-" in run("drafts", "diff", story).out
    assert run("drafts", "diff", story, "2", "2").out.endswith("say the same.\n")
    assert run("drafts", "diff", story, "1", "2", "--json").document["diff"]["changed"] == 1
    assert run("drafts", "restore", story, "1").status == 0
    assert run("drafts", "diff", story, "1", "3").out.endswith("say the same.\n")
    assert run("drafts", "diff", story, "1", "9").status == 2


def test_a_section_again(run: Run, story: str) -> None:
    again = run("drafts", "regenerate", story, "solution")
    assert again.status == 0
    assert "Model: extractive" in again.err
    assert run("drafts", "edit", story, "p1", "-t", TITLE).status == 0
    assert run("drafts", "regenerate", story, "title").status == 2
    assert run("drafts", "regenerate", story, "title", "--force").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("edit", "d-0", "p1", "-t", "x"),
        ("edit", "STORY", "p1"),
        ("edit", "STORY", "p1", "-t", "x", "--file", __file__),
        ("edit", "STORY", "p1", "-t", "x", "-v", "7"),
        ("mend", "STORY", "1"),
        ("keep", "STORY", "1", "-r", "x"),
        ("submit", "d-0"),
        ("request-changes", "STORY", "-r", "x"),
        ("withdraw", "STORY", "-r", "x"),
        ("withdraw", "STORY"),
        ("history", "d-0"),
        ("diff", "d-0"),
        ("restore", "STORY", "1"),
    ],
)
def test_input_that_is_wrong_is_said_so(run: Run, story: str, arguments: tuple[str, ...]) -> None:
    refused = run("drafts", *(story if word == "STORY" else word for word in arguments))
    assert refused.status == 2
    assert refused.err
