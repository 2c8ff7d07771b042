"""One copy of the stored embeddings in memory."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.stored_vectors import StoredVectors
from knowledge.index.vectors import to_bytes

SIZE = 4


class Store:
    """Embeddings by row number, and how often each was read."""

    def __init__(self, count: int, foreign: Iterable[int] = ()) -> None:
        made = np.random.default_rng(3).normal(size=(count, SIZE)).astype(np.float32)
        self.rows = {pk + 1: made[pk] / np.linalg.norm(made[pk]) for pk in range(count)}
        self.foreign = set(foreign)
        self.read: list[int] = []

    def embeddings(self, pks: Iterable[int]) -> list[tuple[int, bytes, str]]:
        found = [pk for pk in sorted(pks) if pk in self.rows]
        self.read += found
        return [(pk, to_bytes(self.rows[pk]), "other" if pk in self.foreign else "ours") for pk in found]


def vectors(store: Store, kept: int = 1000) -> StoredVectors:
    embedder: Any = SimpleNamespace(dimensions=SIZE, model_id="ours")
    entries: Any = store
    return StoredVectors(entries, embedder, kept)


@given(st.lists(st.lists(st.integers(1, 30), min_size=1, unique=True), min_size=1, max_size=6))
def test_the_cosines_are_those_of_the_store_in_any_order_of_asking(asked: list[list[int]]) -> None:
    store = Store(30)
    kept, query = vectors(store), np.array([0.5, 0.5, 0.5, 0.5], np.float32)
    for pks in map(sorted, asked):
        expected = [float(store.rows[pk] @ query) for pk in pks]
        assert kept.cosines(query, np.array(pks, np.int64)) == pytest.approx(expected, abs=1e-6)
    assert len(store.read) == len(set(store.read)), "an embedding was read twice"


def test_what_another_model_embedded_is_zero_until_it_is_embedded_anew() -> None:
    store = Store(3, foreign=[2])
    kept, query, pks = vectors(store), np.ones(SIZE, np.float32), np.array([1, 2, 3], np.int64)
    assert kept.cosines(query, pks)[1] == 0
    store.foreign.clear()
    kept.forget_foreign()
    assert kept.cosines(query, pks)[1] == pytest.approx(float(store.rows[2] @ query), abs=1e-6)
    assert store.read.count(1) == 1


def test_a_row_that_is_gone_is_zero() -> None:
    store = Store(2)
    assert vectors(store).cosines(np.ones(SIZE, np.float32), np.array([1, 9], np.int64))[1] == 0


def test_the_copy_does_not_grow_for_ever() -> None:
    store = Store(8)
    kept, query = vectors(store, 4), np.ones(SIZE, np.float32)
    for pks in ([1, 2, 3], [4, 5, 6], [7, 8]):
        kept.cosines(query, np.array(pks, np.int64))
    again = kept.cosines(query, np.array([1, 2, 3], np.int64))
    assert again == pytest.approx([float(store.rows[pk] @ query) for pk in (1, 2, 3)], abs=1e-6)
    assert store.read.count(1) == 2
