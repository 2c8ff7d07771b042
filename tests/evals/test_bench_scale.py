"""The benchmarks of scale, small: the same code on a few passages and for a few seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench import BENCHMARKS
from evals.bench.scale import searching
from evals.bench.scale.shelves import fill, questions
from evals.bench.scale.soak import ROUNDS, Part, rows_of, soak_rows
from evals.bench.service.clients import Tally
from knowledge import retrieval


def test_they_are_listed() -> None:
    assert {"scale", "soak"} <= BENCHMARKS.keys()


def test_questions_differ() -> None:
    assert len(set(questions(300))) == 300


def test_a_search_through_the_index_finds_what_exact_search_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval, "EXACT_BYTES", 0)
    monkeypatch.setattr(searching, "SEARCHES", 20)
    fill(tmp_path / "home", 1000)
    speed, recall = searching.search_rows(tmp_path / "home", 1000, 20.0)
    assert speed.value
    assert recall.value
    assert recall.value >= 0.95


def parts(*, wrong: int = 0, growing: bool = False) -> list[Part]:
    made = []
    for number in range(ROUNDS):
        size = 100.0 * (1 + number) if growing else 100.0
        made.append(Part(Tally([size / 1000], ["500"] * wrong, 1.0), size, int(size)))
    return made


def test_growth_and_errors_miss_their_goals() -> None:
    assert [row.met for row in rows_of(parts(), 60)] == [True] * 4
    assert [row.met for row in rows_of(parts(wrong=1, growing=True), 60)] == [False] * 4


@pytest.mark.slow
def test_a_short_soak_has_no_errors() -> None:
    errors, memory, descriptors, _ = soak_rows(24.0)
    assert (errors.value, errors.note) == (0, "")
    assert memory.met
    assert descriptors.met
