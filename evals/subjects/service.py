"""A running service as a subject: the same three questions over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from evals.subjects.port import Answer, SourceText
from knowledge.domain.errors import (
    BadReply,
    Conflict,
    InputError,
    KoujingError,
    NotAuthorised,
    NotFound,
    ProviderBusy,
    ProviderError,
    ProviderTimeout,
    SetupError,
)

_KINDS: Mapping[str, type[KoujingError]] = {
    "input_error": InputError,
    "unreadable_file": InputError,
    "questions_open": InputError,
    "not_found": NotFound,
    "conflict": Conflict,
    "setup_error": SetupError,
    "not_authorised": NotAuthorised,
    "provider_error": ProviderError,
    "provider_busy": ProviderBusy,
    "provider_timeout": ProviderTimeout,
    "bad_reply": BadReply,
}
"""The `code` of a problem, and the error that it was there."""

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class Service:
    """Asks the service at `url`, with `key` when it has one. The key goes to that address only and is never shown.

    `seconds` is how long one answer may take.
    """

    name = "service"

    def __init__(self, url: str, key: str = "", *, seconds: float = 600.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise InputError("the service's address must look like http://127.0.0.1:8420; the key goes in by itself")
        self._url, self._key, self._seconds = url.rstrip("/"), key.strip(), seconds
        if not self._key.isascii() or not self._key.isprintable():
            raise InputError("the service's key holds letters that no key has; copy it once more")
        self._opener = _opener(parts.hostname)
        self._model = ""

    @property
    def model(self) -> str:
        """The model that the service is set up with, as it says itself."""
        if not self._model:
            self._model = str(self._ask("GET", "/readyz").get("model", {}).get("name", "unknown"))
        return self._model

    def search(self, query: str, scope: Mapping[str, Any]) -> Answer:
        """`GET /v1/search`."""
        names = {"kinds": "kind"}
        asked = {names.get(name, name): value for name, value in scope.items() if value is not None}
        return self._answer("GET", "/v1/search?" + urlencode({"q": query, **asked}, doseq=True))

    def check(
        self, text: str, sources: Sequence[SourceText] | None, *, locale: str, market: str | None = None
    ) -> Answer:
        """`POST /v1/check`."""
        given = [{"name": source.name, "text": source.text} for source in sources or ()]
        body = {"text": text, "sources": given or None, "locale": locale, "market": market}
        return self._answer("POST", "/v1/check", body)

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        """`POST /v1/drafts`. Open questions are an answer, not an error."""
        return self._answer("POST", "/v1/drafts", {name: value for name, value in brief.items() if value is not None})

    def close(self) -> None:
        self._opener.close()

    def _answer(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        begun = time.perf_counter()
        document = self._ask(method, path, body)
        return Answer(document, time.perf_counter() - begun)

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        request = Request(self._url + path, data, headers, method=method)  # noqa: S310  # http(s), see __init__
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                return _object(response.read())
        except HTTPError as error:
            with error:
                raise self._problem(error) from None
        except (URLError, HTTPException, OSError) as error:
            raise self._unreached(error) from None
        except ValueError:
            raise ProviderError(f"{self._url} did not answer with a JSON document; is it a koujing service?") from None

    def _problem(self, error: HTTPError) -> KoujingError:
        """The error that the service told, of the same kind here."""
        try:
            problem = _object(error.read())
        except (ValueError, OSError, HTTPException):
            problem = {}
        kind = _KINDS.get(str(problem.get("code", ""))) or _kind_of(error.code)
        detail = str(problem.get("detail") or f"answered with status {error.code}")
        return kind(self._without_key(f"{self._url}: {detail}"))

    def _unreached(self, error: Exception) -> KoujingError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return ProviderTimeout(f"{self._url}: no answer within {self._seconds:g} s")
        # The kind of the failure only: what a library says of a request may repeat its headers.
        what = getattr(reason, "strerror", None) or type(reason).__name__
        return SetupError(f"{self._url} cannot be reached ({what}); start it with `koujing serve`")

    def _without_key(self, text: str) -> str:
        line = " ".join(text.split())
        return line.replace(self._key, "…") if self._key else line


class _NoRedirect(HTTPRedirectHandler):
    """Follows nothing: the key would go along."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _opener(host: str) -> OpenerDirector:
    """This machine is asked directly, others as the environment says."""
    return build_opener(_NoRedirect(), *([ProxyHandler({})] if host in _THIS_MACHINE else []))


def _object(data: bytes) -> Mapping[str, Any]:
    document = json.loads(data)
    if not isinstance(document, dict):
        raise ValueError("no object")
    return document


def _kind_of(status: int) -> type[KoujingError]:
    if status in (401, 403, 421):
        return NotAuthorised
    if status == 404:
        return NotFound
    if status >= 500:
        return ProviderError
    return InputError if status >= 400 else SetupError
