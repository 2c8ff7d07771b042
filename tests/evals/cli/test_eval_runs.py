"""`koujing eval list|show|report|compare|gate|labels`: what is said about runs that are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eval_command import Eval, Kept


def test_a_home_without_runs_says_how_to_make_one(koujing: Eval) -> None:
    assert koujing("list").out == "No run yet; make one with `koujing eval run`.\n"
    assert koujing("list", "--json").document["runs"] == []
    for command in ("show", "report", "gate"):
        ran = koujing(command)
        assert ran.status == 2
        assert "make one with `koujing eval run`" in ran.error


def test_list_and_show_tell_of_the_newest_first(koujing: Eval, kept: Kept) -> None:
    lines = koujing("list").out.splitlines()
    assert [line.split()[0] for line in lines] == [kept.questions, kept.drafts]
    assert {row["status"] for row in koujing("list", "--json").document["runs"]} == {"done"}
    assert koujing("show").out == koujing("show", kept.questions).out
    assert "scripted+ours-shorter" in koujing("show", kept.drafts).out
    assert koujing("show", "--json").document["run"]["suites"][0]["cases"] == 7
    assert "add --json" in koujing("show", "--cases").error
    assert "no run 'nosuch'; there are " in koujing("show", "nosuch").error


def test_a_report_is_written_again_in_either_language(koujing: Eval, kept: Kept, tmp_path: Path) -> None:
    ran = koujing("report", "-l", "zh", "-o", tmp_path / "bericht.html")
    assert (ran.status, ran.out.strip()) == (0, str(tmp_path / "bericht.html"))
    assert "评测报告" in (tmp_path / "bericht.html").read_text(encoding="utf-8")


def test_two_runs_two_variants_and_nothing_in_common(koujing: Eval, kept: Kept) -> None:
    same = koujing("compare", kept.questions, kept.questions)
    assert same.status == 0
    assert "no difference shown in any measure" in same.out
    assert "Nothing to look at in either: interview/not_found_named" in same.out
    variants = koujing("compare", kept.drafts, "--variants", "scripted", "scripted+ours-shorter")
    assert "From scripted to scripted+ours-shorter:" in variants.out
    assert "95%" in variants.out
    apart = koujing("compare", kept.drafts, kept.questions)
    assert "nothing in them can be compared" in apart.out
    assert "no difference shown" not in apart.out
    assert koujing("compare", kept.drafts, "--json").document["comparison"]["rows"] == []
    unknown = koujing("compare", kept.drafts, "--variants", "scripted", "nosuch")
    assert (unknown.status, "no variant 'nosuch'" in unknown.error) == (2, True)
    assert koujing("compare").status == 2


def test_what_differs_little_is_not_told_as_nothing(koujing: Eval, kept: Kept) -> None:
    path = kept.home / "evals" / kept.questions / "run.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    other = path.parent.with_name("29991231-000000-ffff")
    other.mkdir()
    (other / "request.json").write_bytes((path.parent / "request.json").read_bytes())
    for case in document["suites"][0]["cases"][:1]:
        case["tallies"]["questions_right"] |= {"hits": 9_999, "of": 10_000}
    (other / "run.json").write_text(json.dumps(document | {"id": other.name}), encoding="utf-8")
    line = next(line for line in koujing("compare", kept.questions).out.splitlines() if "questions_right" in line)
    assert "(−.0001, " in line


def test_the_gate_holds_falls_and_names_what_is_broken(koujing: Eval, kept: Kept, tmp_path: Path) -> None:
    floors = tmp_path / "floors.yaml"
    floors.write_text("{}\n", encoding="utf-8")
    assert koujing("gate", kept.questions, "--floors", floors).status == 1
    refused = koujing("gate", kept.questions, "--floors", floors, "--raise")
    assert refused.status == 2
    assert "asked other cases than a default run" in refused.error
    step = "{history: [{floor: %s, since: 2026-11-21}], better: higher}"
    floors.write_text(f"interview: {{scripted: {{questions_right: {step % 1}}}}}\n", encoding="utf-8")
    held = koujing("gate", kept.questions, "--floors", floors, "--json")
    assert (held.status, held.document["gate"]["ok"]) == (0, True)
    floors.write_text(f"interview: {{scripted: {{questions_right: {step % 2}}}}}\n", encoding="utf-8")
    fallen = koujing("gate", kept.questions, "--floors", floors)
    assert fallen.status == 1
    assert fallen.out.startswith("FAILED  interview/scripted/questions_right 1 (floor ≥ 2): below its floor")
    missing = koujing("gate", kept.drafts, "--floors", floors)
    assert (missing.status, missing.out.startswith("MISSING ")) == (1, True)
    alone = koujing("gate", "--floors", floors)
    assert alone.status == 2
    assert "no default run is done" in alone.error


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [b", "line "),
        ("a: {b: {c: {better: up, history: []}}}", "a › b › c › better: 'up'"),
        ("a: {b: {c: {better: higher, history: [{floor: x, since: 2026-01-01}]}}}", "'x' is not a number"),
        ("a: {b: 5}", "a mapping is needed"),
    ],
)
def test_broken_floors_are_named_by_place(koujing: Eval, kept: Kept, tmp_path: Path, text: str, told: str) -> None:
    floors = tmp_path / "floors.yaml"
    floors.write_text(text, encoding="utf-8")
    ran = koujing("gate", "--floors", floors)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.error


def test_labels_page_import_and_list(koujing: Eval, kept: Kept, tmp_path: Path) -> None:
    page = koujing("labels", "page", kept.drafts, "-l", "zh")
    assert page.status == 0
    assert Path(page.out.strip()).is_file()
    label = {"text": "停机由 36 小时降至 9 小时。", "template": "success_story", "criterion": "clear", "verdict": "yes",
             "locale": "zh-CN", "by": "mia"}  # fmt: skip
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps(label, ensure_ascii=False) + "\n", encoding="utf-8")
    assert koujing("labels", "import", file).out == "1 label added.\n"
    assert koujing("labels", "import", file, "--json").document["added"] == 0
    rows = koujing("labels", "list", "--json").document["labels"]
    assert {"language": "zh", "criterion": "clear", "by": "mia", "labels": 1} in rows
    assert any(line.split() == ["zh", "clear", "mia", "1"] for line in koujing("labels", "list").out.splitlines())
    file.write_text(json.dumps(label | {"verdict": "maybe"}), encoding="utf-8")
    refused = koujing("labels", "import", file)
    assert refused.status == 2
    assert refused.error == "labels.jsonl:1: verdict 'maybe' is not on the menu: yes, partly, no"
    pairs = koujing("labels", "page", "--pairs", kept.questions)
    assert (pairs.status, "no drafts of two variants" in pairs.error) == (2, True)
