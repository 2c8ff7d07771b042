"""What the many exceptions of providers and their libraries mean: who must act, and whether a further try helps.

Read by shape (status, class name), since each LangChain integration brings its own exception classes. No message of a
provider is passed on: it may repeat the prompt or the key.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from assistant.gateway.retry import Passing
from knowledge.domain.errors import BadReply, KoujingError, ProviderBusy, ProviderError, ProviderTimeout, SetupError

_OVERFLOW = re.compile(
    r"exceed_context_size|context_length_exceeded|context (?:length|window|size)|maximum context|too many tokens"
    r"|(?:prompt|input)[^.]{0,40} (?:is )?too long",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"content_?filter|content_policy|data_?inspection_?failed|sensitive|moderation", re.IGNORECASE)
_BROKE = re.compile(r"Connect|Network|Protocol|Read|Write|Stream|Incomplete|SSL")


def meaning(error: BaseException, who: str, model: str) -> KoujingError | Passing:
    """The error to raise for `error`: a `Passing` one when a further try may help. `who` is where the text went."""
    status, words = status_of(error), refusal_of(error)
    if status is not None and status >= 400:
        return _of_status(status, words, retry_after_of(error), who, model)
    if _OVERFLOW.search(words):
        return _overflow(who)
    chain = list(_chain(error))
    names = " ".join(cls.__name__ for link in chain for cls in type(link).__mro__)
    if "NotAnApi" in names:
        return ProviderError(f"{who} did not answer as a model does (a web page?); check the address, often …/v1")
    if status is not None and status >= 300:
        return SetupError(f"{who} redirects ({status}) to another address; set KOUJING_BASE_URL to the final one")
    if "Timeout" in names:
        return Passing(ProviderTimeout, f"{who} did not answer in time")
    if "No generation chunks" in str(error):
        return Passing(BadReply, f"{who}: the reply is empty")
    if any(isinstance(link, OSError) for link in chain) or _BROKE.search(names):
        return Passing(ProviderError, f"{who}: no connection, or it broke; is the service running?")
    if hasattr(error, "body"):
        return Passing(ProviderError, f"{who} reported an error within its reply{_code(error)}")
    return Passing(ProviderError, f"{who} sent a reply that cannot be read ({type(error).__name__})")


def status_of(error: BaseException) -> int | None:
    """The HTTP status an exception carries, or the one an error event names."""
    for link in _chain(error):
        body = getattr(link, "body", None)
        event = body.get("code") if isinstance(body, dict) else None
        for holder in (link, getattr(link, "response", None)):
            status = getattr(holder, "status_code", None)
            if isinstance(status, int) and status != 200:
                return status
        if isinstance(event, int) and 400 <= event < 600:
            return event
    return None


def refusal_of(error: BaseException) -> str:
    """What the provider said, for recognising it; never shown."""
    return " ".join(f"{link} {getattr(link, 'body', '')}" for link in _chain(error))


def retry_after_of(error: BaseException) -> float | None:
    """Seconds to wait by a Retry-After header (seconds or an HTTP date), or None."""
    for link in _chain(error):
        headers: Mapping[str, str] | None = getattr(getattr(link, "response", None), "headers", None)
        if headers is not None and headers.get("retry-after"):
            return _seconds(headers["retry-after"].strip())
    return None


def _of_status(status: int, words: str, retry_after: float | None, who: str, model: str) -> KoujingError | Passing:
    if status == 429 and "insufficient_quota" in words:
        return ProviderBusy(f"{who}: the account's quota is used up (429); see to the account", retry_after)
    if status == 429:
        return Passing(ProviderBusy, f"{who} is busy (429); wait or lower the load", retry_after)
    if status >= 500 and _OVERFLOW.search(words):
        return _overflow(who)
    if status >= 500 or status in {408, 409, 425}:
        return Passing(ProviderError, f"{who} failed with status {status}", retry_after)
    if status in {401, 403}:
        return SetupError(f"{who} refused the key ({status}); check KOUJING_API_KEY and its rights")
    if status == 402:
        return SetupError(f"{who} asks for payment (402); see to the account")
    if status == 404:
        return SetupError(
            f"{who} has no model '{model}' or no chat API at this address (404); "
            "check KOUJING_MODEL and KOUJING_BASE_URL"
        )
    if status == 413 or _OVERFLOW.search(words):
        return _overflow(who)
    if _REFUSED.search(words):
        return BadReply(f"{who}: the provider's content filter refused the request ({status})")
    return ProviderError(f"{who} refused the request with status {status}; see the provider's log")


def _overflow(who: str) -> BadReply:
    return BadReply(f"{who}: the prompt does not fit the model's context; lower KOUJING_CONTEXT_TOKENS or the input")


def _code(error: BaseException) -> str:
    """The error's code when it is a plain word."""
    body: Any = getattr(error, "body", None)
    code = body.get("code") or body.get("type") if isinstance(body, dict) else None
    return f" ({code})" if isinstance(code, str) and re.fullmatch(r"[a-z0-9_.-]{1,40}", code, re.IGNORECASE) else ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    for _ in range(8):
        if link is None:
            return
        yield link
        link = link.__cause__ or link.__context__


def _seconds(text: str) -> float | None:
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
