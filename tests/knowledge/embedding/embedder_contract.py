"""What every embedder must do; inherited by the tests of each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from knowledge.embedding.embedder import Embedder

TEXTS = ["停机时间减少了 32%", "Downtime fell by 32%", "", "🙂", "a lone surrogate \ud800 inside", "word " * 300]


class EmbedderContract:
    """Give it a fixture `embedder`."""

    def test_one_unit_vector_per_text(self, embedder: Embedder) -> None:
        vectors = embedder.embed(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimensions)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)

    def test_no_text_no_vector(self, embedder: Embedder) -> None:
        assert embedder.embed([]).shape == (0, embedder.dimensions)

    def test_a_text_has_its_vector_in_every_company(self, embedder: Embedder) -> None:
        together = embedder.embed(TEXTS)
        alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
        assert np.allclose(together, alone, atol=1e-5)

    def test_order_is_kept_over_many_texts(self, embedder: Embedder) -> None:
        texts = [f"passage number {i}" for i in range(150)]
        assert np.allclose(embedder.embed(texts)[::-1], embedder.embed(texts[::-1]), atol=1e-5)

    def test_the_model_id_names_the_dimension(self, embedder: Embedder) -> None:
        assert embedder.model_id.endswith(f"-{embedder.dimensions}")

    def test_threads_may_share_it(self, embedder: Embedder) -> None:
        expected = embedder.embed(TEXTS)
        with ThreadPoolExecutor(4) as pool:
            assert all(np.allclose(v, expected, atol=1e-5) for v in pool.map(lambda _: embedder.embed(TEXTS), range(8)))
