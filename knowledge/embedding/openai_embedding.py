"""Any OpenAI-compatible embedding endpoint, by explicit address. Nothing of the environment is read."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from knowledge.domain.errors import BadReply, KoujingError, ProviderBusy, ProviderError, ProviderTimeout, SetupError
from knowledge.embedding.embedder import clean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 64
"""Texts per request at first; endpoints that take fewer (some take 10) refuse, and the batch is halved."""


class OpenAIEmbedder:
    """Vectors from `{base_url}/embeddings`, normalised here.

    `dimensions` is sent when given; otherwise the endpoint's own length counts, learnt from one request.
    """

    leaves = True

    def __init__(
        self,
        model: str,
        base_url: str,
        api_key: str = "",
        dimensions: int | None = None,
        timeout: float = 60.0,
        retries: int = 2,
    ) -> None:
        if not base_url:
            raise SetupError("the embedding endpoint has no address; set KOUJING_EMBEDDING_BASE_URL")
        self.model, self.base_url = model, base_url
        self._api_key, self._asked, self._timeout, self._retries = api_key, dimensions, timeout, retries
        self._batch = BATCH
        self._learning = threading.Lock()
        self._learnt: int | None = None

    @property
    def dimensions(self) -> int:
        if self._asked:
            return self._asked
        with self._learning:
            if self._learnt is None:
                self._learnt = int(self._request(["a"]).shape[1])
            return self._learnt

    @property
    def model_id(self) -> str:
        return f"openai:{self.model}-{self.dimensions}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        dimensions = self.dimensions
        found = [np.zeros((0, dimensions), np.float32)]
        start = 0
        while start < len(texts):
            part = [clean(text) for text in texts[start : start + self._batch]]
            try:
                vectors = self._request(part)
            except _Refused as refusal:
                if len(part) == 1:
                    raise SetupError(str(refusal)) from refusal
                self._batch = len(part) // 2
                continue
            if vectors.shape[1] != dimensions:
                raise BadReply(f"{self._where} answered {vectors.shape[1]} dimensions instead of {dimensions}")
            found.append(vectors)
            start += len(part)
        return np.concatenate(found)

    def _request(self, texts: list[str]) -> NDArray[np.float32]:
        import numpy as np

        extra: dict[str, Any] = {"dimensions": self._asked} if self._asked else {}
        try:
            reply = self._client.embeddings.create(model=self.model, input=texts, encoding_format="float", **extra)
            rows = sorted(reply.data, key=lambda item: item.index)
            vectors = np.asarray([item.embedding for item in rows], dtype=np.float32)
        except (AttributeError, TypeError, ValueError) as error:
            raise BadReply(f"{self._where} answered no list of vectors") from error
        except Exception as error:
            raise self._named(error) from error
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise BadReply(f"{self._where} answered {len(vectors)} vectors for {len(texts)} texts")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or (lengths == 0).any():
            raise BadReply(f"{self._where} answered a vector that has no direction")
        unit: NDArray[np.float32] = vectors / lengths
        return unit

    @cached_property
    def _client(self) -> Any:
        from openai import Omit, OpenAI

        # The client would add these two from the environment.
        unset: Any = {"OpenAI-Organization": Omit(), "OpenAI-Project": Omit()}
        return OpenAI(
            base_url=self.base_url,
            api_key=self._api_key or "none",
            timeout=self._timeout,
            max_retries=self._retries,
            default_headers=unset,
        )

    @property
    def _where(self) -> str:
        return f"embedding endpoint {self.base_url}, model {self.model}:"

    def _named(self, error: Exception) -> KoujingError:
        """The error of our tree that says who must act."""
        import openai

        if isinstance(error, openai.APITimeoutError):
            return ProviderTimeout(f"{self._where} no answer within {self._timeout:g} s")
        if isinstance(error, openai.APIConnectionError):
            return ProviderError(f"{self._where} cannot be reached; is it running, is the address right?")
        if isinstance(error, openai.RateLimitError):
            after = error.response.headers.get("retry-after", "")
            wait = float(after) if after.replace(".", "", 1).isdigit() else None
            return ProviderBusy(f"{self._where} too many requests; try again later", retry_after=wait)
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return SetupError(f"{self._where} the key is refused; check KOUJING_EMBEDDING_API_KEY")
        if isinstance(error, openai.NotFoundError):
            return SetupError(f"{self._where} no such model or path; check KOUJING_EMBEDDING and its base URL")
        if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
            return _Refused(f"{self._where} refused the request ({_one_line(error)})")
        return ProviderError(f"{self._where} failed ({_one_line(error)})")


class _Refused(SetupError):
    """The endpoint calls the request wrong: perhaps only the batch is too large."""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
