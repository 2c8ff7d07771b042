"""Fusion: what counts between languages, and scores on one scale."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.index.fusion import Kinship, fuse, kinship, script_of


@pytest.mark.parametrize(
    ("query", "language", "passage", "expected"),
    [
        ("工厂停机时间", "zh", "zh", Kinship.SAME),
        ("工厂停机时间", "zh", "en", Kinship.OTHER_SCRIPT),
        ("工厂停机时间", "zh", "ja", Kinship.OTHER_WORDS),
        ("Die Fabrik steht still", "de", "en", Kinship.OTHER_WORDS),
        ("predictive maintenance", None, "en", Kinship.SAME),
        ("predictive maintenance", None, "de", Kinship.SAME),
        ("predictive maintenance", None, "zh", Kinship.OTHER_SCRIPT),
        ("2024-06", None, "zh", Kinship.SAME),
        ("공장", "ko", "ko", Kinship.SAME),
    ],
)
def test_kinship(query: str, language: str | None, passage: str, expected: Kinship) -> None:
    assert kinship(language, script_of(query, language), passage) is expected


def test_scores_lie_between_zero_and_one() -> None:
    cosines = np.array([1.0, -1.0, 0.3, 0.3], np.float32)
    coverage = np.array([1.0, 0.0, 0.2, 0.0], np.float32)
    foreign = np.array([True, False, False, True])
    scores = fuse(cosines, coverage, foreign)
    assert scores.min() == 0.0
    assert scores.max() <= 1.0
    assert list(np.argsort(-scores)) == [0, 2, 3, 1]
