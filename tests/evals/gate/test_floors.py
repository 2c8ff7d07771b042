"""The file of floors: every mistake is named with its place, and nothing gets easier without a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gate.floors import CASES, Floor, Floors, Step
from evals.gate.keeping import load, save
from knowledge.domain.errors import InputError, UnreadableFile

GOOD = """\
# What a run must reach.
# Two lines.
drafting:
  scripted:
    released:
      better: higher
      history:
        - {floor: 0.9, cases: 12, since: 2026-11-21}
        - {floor: 0.85, cases: 12, since: 2026-12-01, reason: "a case was wrong"}
    cases: {history: [{floor: 12, since: 2026-11-21}]}
"""


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "floors.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_last_step_is_in_force(tmp_path: Path) -> None:
    floors = load(_file(tmp_path, GOOD))
    released = floors.entries["drafting", "scripted", "released"]
    assert released.now == Step(0.85, date(2026, 12, 1), 12, 0, "a case was wrong")
    assert floors.entries["drafting", "scripted", CASES].now.floor == 12


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (', reason: "a case was wrong"', "", "history › 2: makes it easier .* without a reason"),
        ("a case was wrong", "  ", "history › 2: makes it easier"),
        ("floor: 0.85, cases: 12", "floor: 0.9, cases: 11", "^(?!.*InputError)"),
        ("better: higher", "better: more", "released › better: 'more'"),
        ("better: higher", "best: higher", "unknown key 'best'"),
        ("floor: 0.9,", "flor: 0.9,", "history › 1: unknown key 'flor'"),
        ("floor: 0.9,", "floor: .nan,", "history › 1 › floor: '.nan' is not a number"),
        ("floor: 0.9,", "floor: nan,", "history › 1 › floor: 'nan' is not a number"),
        ("since: 2026-12-01", "since: 2026-13-01", "history › 2 › since"),
        ("since: 2026-12-01", "since: 2026-01-01", "lies before"),
        ("floor: 12,", "floor: 1.5,", "cases › history › 1 › floor: '1.5' is not a whole number"),
        ("floor: 0.9, cases: 12", "floor: 0.9, cases: -2", "whole number"),
        ("floor: 0.9, cases: 12", "floor: 0.9, unscored: 1", "history › 1: makes it easier"),
        ("[{floor: 12, since: 2026-11-21}]", "[]", "at least one step"),
        ("  scripted:\n", "  scripted: &x\n    released: *y\n", "alias"),
        ("    cases:", "    released:", "line 10: 'released' stands twice"),
        ("drafting:\n  scripted:\n", "- drafting\n", "floors.yaml: line"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    path = _file(tmp_path, GOOD.replace(old, new, 1))
    if message.startswith("^(?!"):
        assert load(path).entries["drafting", "scripted", "released"].now.cases == 11
        return
    with pytest.raises(InputError, match=message):
        load(path)


def test_needing_fewer_cases_needs_a_reason_too(tmp_path: Path) -> None:
    text = GOOD.replace('0.85, cases: 12, since: 2026-12-01, reason: "a case was wrong"', "0.9, since: 2026-12-01")
    with pytest.raises(InputError, match="without a reason"):
        load(_file(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        load(tmp_path / "none.yaml")


def test_writing_keeps_the_head_and_one_line_for_each_step(tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD)
    save(load(path), path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# What a run must reach.\n# Two lines.\ndrafting:\n")
    assert "- {floor: 0.85, cases: 12, since: 2026-12-01, reason: a case was wrong}\n" in text
    save(load(path), path)
    assert path.read_text(encoding="utf-8") == text
    assert [p.name for p in tmp_path.iterdir()] == ["floors.yaml"]


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
odd_names = st.sampled_from(["yes", "null", "1.5", "local:qwen/3", "a b", "since", "<<", "~", "2026-01-01", "口径"])


@given(
    st.lists(
        st.tuples(names | odd_names, names | odd_names, names | odd_names, st.floats(-1e6, 1e6), names), max_size=5
    )
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, float, str]]
) -> None:
    path = tmp_path_factory.mktemp("floors") / "floors.yaml"
    day = date(2026, 11, 21)
    entries = {
        (suite, model, measure): Floor("lower", (Step(limit, day), Step(limit + 1, day, 3, 1, reason.strip() or "x")))
        for suite, model, measure, limit, reason in rows
        if measure != CASES
    }
    save(Floors(entries), path)
    assert load(path).entries == entries


def test_the_floors_we_ship_are_valid() -> None:
    for key, floor in load().entries.items():
        assert floor.history, key
