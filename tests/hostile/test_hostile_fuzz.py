"""A part of what `koujing bench fuzz` does at length, from the same seed."""

from __future__ import annotations

from pathlib import Path

from evals.bench.fuzz.files import broken


def test_malformed_files_are_read_or_refused(tmp_path: Path) -> None:
    assert list(broken(0, 120, tmp_path)) == []
