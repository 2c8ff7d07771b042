"""The embedded embedder."""

from __future__ import annotations

import pytest
from embedder_contract import EmbedderContract

from knowledge.embedding.usem3 import Usem3Embedder


class TestUsem3(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Usem3Embedder:
        return Usem3Embedder()

    def test_a_translation_is_nearer_than_another_subject(self, embedder: Usem3Embedder) -> None:
        zh, en, other = embedder.embed(
            ["预测性维护减少停机", "Predictive maintenance reduces downtime", "The annual party is in June"]
        )
        assert zh @ en > 0.3 > zh @ other
