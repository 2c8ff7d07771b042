"""Rankings of entries, against figures worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from evals.cases import Case
from evals.scorers.base import Unscored
from evals.scorers.ranking import Ranking, ndcg
from evals.subjects.port import Answer


def scored(found: list[str], **expect: Any) -> dict[str, tuple[float, float]]:
    case = Case("c", "en", "why", {"query": "q"}, expect)
    answer = Answer({"hits": [{"entry_id": entry} for entry in found]})
    return {name: (tally.hits, tally.of) for name, tally in Ranking().score(case, answer).items()}


def test_the_best_order_has_all_there_is() -> None:
    result = scored(["a", "a-en", "x"], relevant={"a": 3, "a-en": 2})
    assert result == {"ndcg@10": (pytest.approx(1), 1), "mrr@10": (1, 1), "recall@5": (1, 1)}


def test_gains_are_discounted_by_rank() -> None:
    assert ndcg(["x", "b", "a"], {"a": 3, "b": 1}) == pytest.approx((1 / math.log2(3) + 7 / 2) / (7 + 1 / math.log2(3)))


def test_an_entry_counts_once_at_its_first_passage() -> None:
    assert scored(["x", "x", "x", "a"], relevant={"a": 3})["mrr@10"] == (0.5, 1)


def test_what_is_only_welcome_answers_nothing() -> None:
    result = scored(["aside", "a"], relevant={"a": 3, "aside": 1})
    assert result["mrr@10"] == (0.5, 1)
    assert result["recall@5"] == (1, 1)


def test_a_translation_answers_but_is_not_the_best() -> None:
    result = scored(["a"], relevant={"a-en": 3, "a": 2})
    assert result["mrr@10"] == (1, 1)
    assert result["recall@5"] == (0, 1)


def test_too_late_is_not_found() -> None:
    far = [f"x{n}" for n in range(10)]
    assert scored([*far[:5], "a"], relevant={"a": 3})["recall@5"] == (0, 1)
    assert scored([*far, "a"], relevant={"a": 3}) == {"ndcg@10": (0, 1), "mrr@10": (0, 1), "recall@5": (0, 1)}


def test_no_hits_are_an_answer() -> None:
    assert scored([], relevant={"a": 3})["mrr@10"] == (0, 1)
    assert scored([], never=["secret"]) == {"never_offered": (0, 1)}


def test_a_forbidden_entry_is_seen_at_any_rank_and_in_any_version() -> None:
    assert scored([*(f"x{n}" for n in range(30)), "secret"], never=["secret"]) == {"never_offered": (1, 1)}
    assert scored(["secret@2"], never=["secret"]) == {"never_offered": (1, 1)}


def test_a_longer_id_is_another_entry() -> None:
    assert scored(["secret-en"], never=["secret"]) == {"never_offered": (0, 1)}


@pytest.mark.parametrize("document", [{}, {"hits": None}, {"hits": [{"text": "no id"}]}])
def test_what_is_no_search_result_is_not_scored(document: dict[str, Any]) -> None:
    with pytest.raises(Unscored):
        Ranking().score(Case("c", "en", "why", {}, {"never": ["a"]}), Answer(document))
