"""Faults of the machine, as `koujing bench faults` plays them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench.faults.machine import PLAYED


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.parametrize("fault", sorted(PLAYED))
def test_it_is_told_in_a_line_and_nothing_is_lost_or_doubled(fault: str, tmp_path: Path) -> None:
    _, play = PLAYED[fault]
    assert play(tmp_path) == ""
