"""What is broken on purpose must be found: by the comparison, by the gate, by the judge's exam."""

from __future__ import annotations

import pytest

from assistant.progress import Silent
from assistant.settings import load_settings
from evals.bench import Bench
from evals.bench.regressions import judge_rows, regressions


def test_a_judge_that_obeys_the_text_is_found_and_not_heard() -> None:
    assert {row.name: row.value for row in judge_rows()} == {
        "planted: a judge told by the text: found by its exam": 1,
        "planted: a judge told by the text: not heard": 1,
    }


@pytest.mark.slow
def test_every_planted_regression_is_found() -> None:
    rows = list(regressions(Bench(None, load_settings({}), Silent(), lambda line: None)))
    assert len(rows) == 8
    assert [row.name for row in rows if row.value != 1] == []
