"""What every vector index must do; inherited by the tests of each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.index.vectors import VectorIndex

DIMENSIONS = 16


def unit(seed: int, count: int) -> NDArray[np.float32]:
    """`count` unit vectors, the same for the same seed."""
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class VectorIndexContract:
    """Give it a fixture `index`, empty and of 16 dimensions."""

    def test_an_empty_index_finds_nothing(self, index: VectorIndex) -> None:
        assert index.search(unit(1, 1)[0], 5) == []
        assert index.pks() == set()

    def test_nearest_first_with_cosines(self, index: VectorIndex) -> None:
        vectors = unit(1, 200)
        index.upsert(list(range(100, 300)), vectors)
        query = unit(2, 1)[0]
        exact = vectors @ query
        found = index.search(query, 10)
        assert [pk for pk, _ in found] == [int(i) + 100 for i in np.argsort(-exact)[:10]]
        assert [cosine for _, cosine in found] == pytest.approx(sorted(exact, reverse=True)[:10], abs=1e-5)

    def test_all_when_more_are_asked_for(self, index: VectorIndex) -> None:
        index.upsert([3, 1, 2], unit(1, 3))
        assert {pk for pk, _ in index.search(unit(2, 1)[0], 50)} == {1, 2, 3}
        assert index.search(unit(2, 1)[0], 0) == []

    def test_upsert_replaces(self, index: VectorIndex) -> None:
        old, new = unit(1, 3), unit(2, 3)
        index.upsert([1, 2, 3], old)
        index.upsert([2], new[:1])
        assert index.pks() == {1, 2, 3}
        assert index.search(new[0], 1) == [(2, pytest.approx(1.0, abs=1e-5))]

    def test_removed_is_gone(self, index: VectorIndex) -> None:
        vectors = unit(1, 3)
        index.upsert([1, 2, 3], vectors)
        index.remove([2, 99])
        index.remove([])
        assert index.pks() == {1, 3}
        assert 2 not in {pk for pk, _ in index.search(vectors[1], 3)}

    def test_many_at_once(self, index: VectorIndex) -> None:
        index.upsert(list(range(6000)), unit(1, 6000))
        assert len(index.pks()) == 6000
        index.remove(range(5990))
        assert index.pks() == set(range(5990, 6000))

    def test_threads_may_share_it(self, index: VectorIndex) -> None:
        vectors = unit(1, 400)

        def put_and_find(start: int) -> bool:
            index.upsert(list(range(start, start + 50)), vectors[start : start + 50])
            return index.search(vectors[start], 1)[0][0] == start

        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(put_and_find, range(0, 400, 50)))
        assert index.pks() == set(range(400))

    def test_closing_twice_is_no_error(self, index: VectorIndex) -> None:
        index.close()
        index.close()
