"""`koujing eval run`: a table, a report, one line for what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from eval_command import Eval, Kept

from evals.scorers.base import Unscored
from evals.scorers.questions import Questions
from evals.subjects.here import Here
from knowledge.domain.errors import ProviderBusy

NOTHING = ("run", "interview", "-M", "scripted", "-c", "nothing-en")


def test_a_run_tells_table_report_and_where_it_goes_on(koujing: Eval, tmp_path: Path) -> None:
    ran = koujing(*NOTHING, "-o", tmp_path / "copy.html")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0].split() == ["suite", "variant", "measure", "value", "95%", "interval", "cases", "remarks"]
    assert lines[1].split()[:5] == ["interview", "scripted", "questions_right", "↑", "100.0%"]
    assert ran.err.startswith("run 2")
    assert f"Report: {tmp_path / 'copy.html'}" in ran.err
    assert "questions_right" in (tmp_path / "copy.html").read_text(encoding="utf-8")


def test_json_is_one_document_also_when_everything_was_asked_before(koujing: Eval, kept: Kept) -> None:
    new = koujing(*NOTHING, "--json", "--compare", "latest").document
    assert new["comparison"]["a"] == kept.questions
    assert Path(new["report"]).is_file()
    # In a process of its own: Inspect prints that nothing is left to do, but only the first time.
    code = "from assistant.cli.main import main; main(['eval', 'run', '--resume', 'latest', '--json'])"
    again = json.loads(subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True).stdout)
    assert (again["run"]["id"], again["run"]["status"]) == (new["run"]["id"], "done")
    assert again["run"]["suites"][0]["cases"] == new["run"]["suites"][0]["cases"]


def test_a_failed_case_is_told_with_its_reason_and_makes_the_status_1(
    koujing: Eval, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: Here, brief: object) -> None:
        raise ProviderBusy("the model is busy; wait a minute")

    monkeypatch.setattr(Here, "draft", busy)
    ran = koujing(*NOTHING)
    assert ran.status == 1
    assert "cases failed" in ran.out
    told = [line for line in ran.out.splitlines() if line.startswith("interview (scripted), ")]
    assert len(told) == 1
    assert told[0].endswith(" more failed: the model is busy; wait a minute")
    assert "100.0%" not in ran.out


def test_a_scorer_that_crashes_is_told_and_one_that_cannot_say_is_no_trouble(
    koujing: Eval, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(self: Questions, case: object, answer: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(Questions, "score", crash)
    ran = koujing(*NOTHING)
    assert ran.status == 1
    assert "crashed: scorer 'questions', ZeroDivisionError: by nought" in ran.out

    def shy(self: Questions, case: object, answer: object) -> None:
        raise Unscored("no idea")

    monkeypatch.setattr(Questions, "score", shy)
    ran = koujing(*NOTHING)
    assert ran.status == 0
    assert "unscored" in ran.out


def test_prompts_of_a_folder_are_held_against_ours_with_intervals(koujing: Eval, kept: Kept) -> None:
    ran = koujing("run", "drafting", "-M", "scripted", "-P", kept.prompts, "-c", "draft-story", "--json").document
    variants = [variant["id"] for variant in ran["run"]["variants"]]
    assert variants == ["scripted", "scripted+ours-shorter"]
    comparison = ran["comparison"]
    assert [comparison["a"], comparison["b"]] == variants
    rows = {row["measure"]: row for row in comparison["rows"]}
    assert rows["verbatim"]["n"] > 4, "every case of a template on trial is asked"
    assert rows["released"]["low"] <= rows["released"]["difference"] <= rows["released"]["high"]
    page = Path(ran["report"]).read_text(encoding="utf-8")
    assert page.index('id="says"') < page.index('id="comparison"') < page.index('id="summary"')


def test_a_plan_asks_nothing_and_leaves_nothing(koujing: Eval, kept: Kept, tmp_path: Path) -> None:
    before = sorted(path.name for path in (kept.home / "evals").iterdir())
    ran = koujing("run", "interview", "--plan", "-M", "scripted", "-c", "story-nothing-en")
    assert ran.status == 0
    assert ran.out.split()[:4] == ["interview", "scripted", "1", "case"]
    assert ran.out.splitlines()[-1].startswith("1 case, about ")
    (part,) = koujing("run", "interview", "--plan", "-M", "scripted", "--json").document["plan"]["parts"]
    assert (part["suite"], part["variant"], part["cases"] > 20) == ("interview", "scripted", True)
    for number, text in enumerate(("Cranes", "Ovens")):
        folder = tmp_path / f"library-{number}" / "cases"
        folder.mkdir(parents=True)
        text = f"# Case: {text}\n\n## Results\n\nStops fell from 36 to 9 hours in 2025.\n"
        (folder / "one.md").write_text(text, encoding="utf-8")
        ran = koujing("run", "drafting", "--plan", "-M", "scripted", "--library", folder.parent)
        assert (ran.status, ran.err) == (0, ""), "a second library is planned as the first was"
    ran = koujing("run", "drafting", "--plan", "-M", "scripted", "--library", folder.parent, "--baseline", "plain")
    assert (ran.status, "plain:scripted" in ran.out) == (0, True), "a baseline is asked what Koujing is asked"
    assert sorted(path.name for path in (kept.home / "evals").iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("nosuch",), 2, "no suite 'nosuch'; there are retrieval, "),
        (("interview", "-M", "nosuch"), 2, "'nosuch' is no model"),
        (("drafting", "-M", "scripted", "-M", "openai:x", "-c", "draft-story-en"), 3, "KOUJING_BASE_URL"),
        (("interview", "-M", "scripted", "-c", "nowhere"), 2, "no case is left to ask"),
        (("interview", "-M", "scripted", "--judge", "nosuch"), 2, "'nosuch' is no model"),
        (("drafting", "-M", "scripted", "-P", "."), 2, "no template.yaml in a folder of it"),
        (("drafting", "-M", "scripted", "--library", "nowhere"), 2, "there is no such folder"),
        (("drafting", "-M", "scripted", "--library", "."), 2, "no document that can be read"),
        (("interview", "--library", "."), 2, "asks about the sample library"),
        (("interview", "--compare", "nosuch"), 2, "no run 'nosuch'"),
        (("--resume", "nosuch"), 2, "no run 'nosuch'"),
        (("interview", "--resume", "latest"), 2, "--resume goes on with what the run asked for"),
        (("--resume", "latest", "-M", "scripted"), 2, "--resume goes on with what the run asked for"),
        (("interview", "--url", "nowhere"), 2, "the service's address must look like"),
        (("interview", "--url", "http://127.0.0.1:9"), 3, "start it with `koujing serve`"),
        (("interview", "--url", "http://127.0.0.1:9", "-M", "scripted"), 2, "leave out --model and --prompts"),
        (("interview", "-o", "report.txt"), 2, "the ending must be one of .html"),
    ],
)
def test_what_is_wrong_is_one_line_and_leaves_no_run(
    koujing: Eval, home_and_place: Path, arguments: tuple[str, ...], status: int, told: str
) -> None:
    ran = koujing("run", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert told in ran.error
    assert not list(home_and_place.glob("evals/*/request.json"))


@pytest.fixture
def home_and_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home, not there yet, and an empty folder to stand in."""
    place = tmp_path / "empty"
    place.mkdir()
    monkeypatch.chdir(place)
    return tmp_path / "home"


def test_an_error_with_json_is_a_document_too(koujing: Eval) -> None:
    ran = koujing("run", "nosuch", "--json")
    assert ran.status == 2
    assert "no suite 'nosuch'" in ran.document["error"]["message"]


def test_a_home_that_cannot_be_written_is_the_set_up(
    koujing: Eval, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("KOUJING_HOME", str(tmp_path / "file"))
    ran = koujing(*NOTHING)
    assert ran.status == 3
    assert "check KOUJING_HOME" in ran.error


def test_without_the_extra_it_is_said_which_packages_are_missing(
    koujing: Eval, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "inspect_ai", None)
    ran = koujing(*NOTHING)
    assert ran.status == 3
    assert "koujing[eval]" in ran.error


@pytest.mark.slow
def test_after_a_kill_the_command_says_how_to_go_on_and_does(
    koujing: Eval, kept: Kept, sample_home: Path, tmp_path: Path
) -> None:
    # A process of its own, which is killed while the first answer is waited for.
    script = tmp_path / "slow.py"
    script.write_text(
        "import sys, time\nsys.path.insert(0, sys.argv[1])\nfrom pathlib import Path\nimport pytest\n"
        "from conftest import _from_copies\nfrom evals.subjects.here import Here\nfrom assistant.cli.main import main\n"
        "_from_copies(pytest.MonkeyPatch(), Path(sys.argv[2]))\nreal = Here.draft\n"
        "def slow(self, brief):\n    time.sleep(0.4)\n    return real(self, brief)\n"
        "Here.draft = slow\nmain(['eval', 'run', 'interview', '-M', 'scripted', '-c', 'nothing'])\n"
    )
    command = [sys.executable, str(script), str(Path(__file__).parent), str(sample_home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines: list[str] = []
        while sum(line.startswith("  interview ") for line in lines) < 2:
            lines.append(process.stderr.readline())
            assert lines[-1], "".join(lines)
        time.sleep(0.2)
        process.kill()
    run_id = next(line.split()[1] for line in lines if line.startswith("run "))
    assert koujing("list").out.splitlines()[0].split()[:3] == [run_id, "cut", "off"]
    assert f"--resume {run_id}" in koujing("show", run_id).error
    assert koujing("show").out == koujing("show", kept.questions).out, "latest is the newest with a result"
    resumed = koujing("run", "--resume", run_id)
    assert resumed.status == 0
    assert 1 <= resumed.err.count("\n  interview ") <= 6
    whole = koujing("show", run_id, "--json", "--cases").document["run"]["suites"][0]
    assert len(whole["cases"]) == whole["expected"] == 7
    assert json.loads((kept.home / "evals" / run_id / "run.json").read_text("utf-8"))["status"] == "done"
