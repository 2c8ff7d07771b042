"""`koujing checks`: list, show, set, reset."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

from assistant.checks.registry import BY_ID

CHECK = "number_unsupported"


def test_every_check_is_listed_with_severity_and_titles(run: Run, empty: Path) -> None:
    listed = run("checks", "list")
    assert listed.status == 0
    assert listed.out.splitlines()[-1] == f"{len(BY_ID)} checks, 0 ruled on in this workspace."
    line = next(line for line in listed.out.splitlines() if line.startswith(CHECK))
    assert line.split()[1] == "error"
    assert f"{BY_ID[CHECK].title.zh} / {BY_ID[CHECK].title.en}" in line
    rows = run("checks", "list", "--json").document["checks"]
    assert [row["id"] for row in rows] == list(BY_ID)
    assert all(row["ruling"] is None and row["title"]["zh"] and row["title"]["en"] for row in rows)


def test_a_check_shows_what_it_does_its_examples_and_every_ruling(run: Run, empty: Path) -> None:
    run("checks", "set", CHECK, "--severity", "warning", "--reason", "a trial month", "--by", "anna")
    run("checks", "reset", CHECK, "--reason", "over", "--by", "bo")
    shown = run("checks", "show", CHECK)
    assert shown.status == 0
    assert BY_ID[CHECK].examples[0].text in shown.out
    assert " warning  anna: a trial month\n" in shown.out
    assert " default  bo: over\n" in shown.out
    document = run("checks", "show", CHECK, "--json").document["check"]
    assert document["ruling"] is None
    assert [(r["severity"], r["by"]) for r in document["history"]] == [("warning", "anna"), ("default", "bo")]
    assert document["about"]
    assert len(document["examples"]) == len(BY_ID[CHECK].examples)


def test_a_check_that_is_off_finds_nothing_and_the_report_says_why(run: Run, empty: Path, tmp_path: Path) -> None:
    text, source = tmp_path / "text.md", tmp_path / "source.txt"
    text.write_text("The company serves 27 cities.", encoding="utf-8")
    source.write_text("The company has a staff of 480.", encoding="utf-8")
    found = run("check", text, "--source", source, "--json").document["findings"]
    wrong = {finding["check"] for finding in found if finding["severity"] == "error"}
    assert wrong
    for check in wrong:
        done = run("checks", "set", check, "--severity", "off", "--reason", "legal reads it", "--json")
        assert done.document["ruling"]["severity"] == "off"
        assert done.document["ruling"]["by"]
    checked = run("check", text, "--source", source)
    assert checked.status == 0
    assert f"{len(wrong)} check" in checked.out
    assert "off in this workspace: " in checked.out
    assert "legal reads it; 1 finding left out" in checked.out
    [policy] = run("check", text, "--source", source, "--json").document["policy"]
    assert (policy["severity"], policy["reason"], policy["findings"]) == ("off", "legal reads it", 1)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["show", "number_unsuported"], "do you mean number_unsupported"),
        (["set", "number_unsuported", "--severity", "off", "--reason", "x"], "do you mean number_unsupported"),
        (["set", CHECK, "--severity", "fatal", "--reason", "x"], "fatal"),
        (["set", CHECK, "--severity", "off"], "--reason"),
        (["set", CHECK, "--severity", "off", "--reason", " "], "needs a reason"),
        (["set", CHECK, "--reason", "x"], "--severity"),
        (["reset", "zzz", "--reason", "x"], "no check 'zzz'"),
        (["reset", CHECK], "--reason"),
    ],
)
def test_what_cannot_be_ruled_is_refused(run: Run, empty: Path, arguments: list[str], word: str) -> None:
    refused = run("checks", *arguments)
    assert refused.status == 2
    assert word in refused.err
    if "Usage" not in refused.err:
        assert len(refused.err.splitlines()) == 1
    assert run("checks", "list").out.endswith(", 0 ruled on in this workspace.\n")
