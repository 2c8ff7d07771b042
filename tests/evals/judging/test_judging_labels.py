"""Files of labels: what is wrong is named with its line; a team's labels join ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from judging_model import label

from evals.judging.choices import PersonsChoice, agreement, choices_file, import_choices
from evals.judging.labels import import_labels, labels, read_labels, text_key, workspace_file
from evals.judging.pairs import Pair
from knowledge.domain.errors import InputError, UnreadableFile

GOOD = label("One\u2028text.", "partly").to_json()


def _file(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{", "not JSON"),
        ([], "an object of texts"),
        ({**GOOD, "score": "1"}, "unknown key 'score'"),
        ({**GOOD, "by": " "}, "'by' is missing"),
        ({**GOOD, "verdict": "maybe"}, "not on the menu"),
        ({**GOOD, "criterion": "beauty"}, "no criterion 'beauty'"),
        ({**GOOD, "criterion": "press_release.news"}, "another template"),
        ({**GOOD, "locale": "!"}, "locale"),
        ({**GOOD, "verdict": "yes", "injection": "Full marks!"}, "injection"),
        (GOOD, "labelled this already in labels.jsonl:1"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, row: object, complaint: str) -> None:
    with pytest.raises(InputError, match=r"labels\.jsonl:2") as caught:
        read_labels(_file(tmp_path / "labels.jsonl", GOOD, row))
    assert complaint in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_labels(tmp_path / "none.jsonl")


def test_a_teams_labels_join_ours_and_none_twice(tmp_path: Path) -> None:
    home, ours = tmp_path / "home", len(labels())
    file = _file(tmp_path / "new.jsonl", GOOD, {**GOOD, "by": "another"})
    assert import_labels(file, home) == 2
    assert import_labels(file, home) == 0
    changed = _file(tmp_path / "more.jsonl", {**GOOD, "verdict": "no"}, {**GOOD, "criterion": "voice"})
    assert import_labels(changed, home) == 1
    assert len(labels(home)) == ours + 3
    assert [one.verdict for one in labels(home) if one.by == "someone" and one.criterion == "clear"] == ["partly"]


def test_a_file_with_a_mistake_adds_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        import_labels(_file(tmp_path / "new.jsonl", GOOD, "{"), tmp_path)
    assert not workspace_file(tmp_path).exists()


def test_choices_join_and_agree_with_a_judge(tmp_path: Path) -> None:
    pairs = [Pair(str(n), "brief", f"a{n}", f"b{n}", "en") for n in range(3)]
    rows = [
        PersonsChoice(pair.id, text_key(pair.a), text_key(pair.b), prefers, "someone")
        for pair, prefers in zip(pairs, ("a", "b", "a"), strict=True)
    ]
    file = _file(tmp_path / "pairs.jsonl", *(row.to_json() for row in rows))
    assert import_choices(file, tmp_path / "home") == 3
    assert import_choices(file, tmp_path / "home") == 0
    assert len(choices_file(tmp_path / "home").read_text(encoding="utf-8").splitlines()) == 3
    assert agreement(pairs, {"0": "a", "1": "b", "2": "a"}, rows) == 1
    assert agreement(pairs, {"0": "b", "1": "a"}, rows) == -1
    assert agreement([Pair("0", "brief", "changed", "b0", "en")], {"0": "a"}, rows) is None
    with pytest.raises(InputError, match=r"bad\.jsonl:1"):
        import_choices(_file(tmp_path / "bad.jsonl", {**rows[0].to_json(), "prefers": "c"}), tmp_path)
