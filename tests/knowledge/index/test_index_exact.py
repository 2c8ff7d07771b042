"""Exact search."""

from __future__ import annotations

import pytest
from vector_contract import DIMENSIONS, VectorIndexContract

from knowledge.index.exact import ExactIndex


class TestExact(VectorIndexContract):
    @pytest.fixture
    def index(self) -> ExactIndex:
        return ExactIndex(DIMENSIONS)
