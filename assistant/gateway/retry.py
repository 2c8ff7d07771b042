"""The one retry loop of all models: what a try reports, what is tried again, and the limit over all tries."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from assistant.gateway.limits import Limits
from assistant.gateway.port import Usage
from assistant.gateway.watchdog import Late
from knowledge.domain.errors import BadReply, ProviderBusy, ProviderError, ProviderTimeout


class Finish(Enum):
    """Why a model stopped."""

    DONE = "done"
    LENGTH = "length"
    REFUSED = "refused"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Try:
    """What a try is told: its number from 1, the seconds left, and what was wrong with the last reply."""

    number: int
    seconds: float
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a try brought: text, why it ended, tokens."""

    text: str
    finish: Finish = Finish.DONE
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Passing(Exception):
    """A failure that may pass. When no try is left it becomes `kind` with `message`.

    `spent` is what a try used before it failed; `complaint` is what the model is told was wrong with its `reply`.
    """

    def __init__(
        self,
        kind: type[ProviderError],
        message: str,
        retry_after: float | None = None,
        spent: Tried | None = None,
        reply: str = "",
        complaint: str = "",
    ) -> None:
        super().__init__(message)
        self.kind, self.message, self.retry_after = kind, message, retry_after
        self.spent, self.reply, self.complaint = spent or Tried(""), reply, complaint

    def final(self, tries: int) -> ProviderError:
        """The error the caller sees after `tries` tries."""
        message = self.message + (f" (tried {tries} times)" if tries > 1 else "")
        if issubclass(self.kind, BadReply):
            return self.kind(message, self.reply or self.spent.text)
        if issubclass(self.kind, ProviderBusy):
            return self.kind(message, self.retry_after)
        return self.kind(message)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A usable reply and what all its tries used."""

    text: str
    data: Mapping[str, Any]
    usage: Usage


class Retries:
    """Tries until a reply can be used, a lasting failure, the last try or the limit.

    `who` names the model in messages. Waiting doubles from `first_wait` seconds, with jitter; Retry-After goes before.
    A reply that does not follow its schema is asked for once more only.
    """

    def __init__(self, limits: Limits, who: str, first_wait: float = 0.5) -> None:
        self._limits, self._who, self._first_wait = limits, who, first_wait

    def run(self, attempt: Callable[[Try], Tried], read: Callable[[str], Mapping[str, Any]]) -> Outcome:
        """`read` turns the text into data and raises `ValueError` with a complaint the model can be told."""
        started = time.monotonic()
        prompt = completion = complaints = 0
        complaint = ""
        for number in itertools.count(1):
            try:
                tried = attempt(Try(number, self._left(started), complaint))
                prompt, completion = prompt + tried.prompt_tokens, completion + tried.completion_tokens
                data = self._judge(tried, read)
                return Outcome(tried.text, data, self._limits.usage(prompt, completion, number, _since(started)))
            except Late:
                raise self._timeout() from None
            except Passing as failure:
                prompt += failure.spent.prompt_tokens
                completion += failure.spent.completion_tokens
                complaint = failure.complaint or complaint
                complaints += bool(failure.complaint)
                if number > self._limits.retries or complaints > 1:
                    raise failure.final(number) from None
                self._wait(failure, number, started)
        raise AssertionError("unreachable")

    def _left(self, started: float) -> float:
        left = self._limits.seconds - _since(started)
        if left <= 0:
            raise self._timeout()
        return left

    def _timeout(self) -> ProviderTimeout:
        return ProviderTimeout(
            f"{self._who}: no whole reply within {self._limits.seconds:g} s; raise KOUJING_TIMEOUT or ask for less"
        )

    def _judge(self, tried: Tried, read: Callable[[str], Mapping[str, Any]]) -> Mapping[str, Any]:
        if tried.finish is Finish.LENGTH:
            raise BadReply(f"{self._who}: the reply was cut by its length limit; ask for less text", tried.text)
        if tried.finish is Finish.REFUSED:
            raise BadReply(f"{self._who}: the model refused to answer; change the request", tried.text)
        if tried.finish is Finish.CUT:
            raise Passing(BadReply, f"{self._who}: the reply broke off", reply=tried.text)
        if not tried.text.strip():
            raise Passing(BadReply, f"{self._who}: the reply is empty", reply=tried.text)
        try:
            return read(tried.text)
        except ValueError as error:
            message = f"{self._who}: the reply does not follow its schema: {error}"
            raise Passing(BadReply, message, reply=tried.text, complaint=str(error)) from None

    def _wait(self, failure: Passing, number: int, started: float) -> None:
        left = self._left(started)
        if failure.retry_after is not None and failure.retry_after >= left:
            raise ProviderBusy(
                f"{self._who}: asks to wait {failure.retry_after:.0f} s, but only {left:.0f} s of KOUJING_TIMEOUT="
                f"{self._limits.seconds:g} are left; try again later",
                failure.retry_after,
            ) from None
        wait = failure.retry_after
        if wait is None:
            # Jitter, not cryptography: parallel callers must not come back in step.
            wait = self._first_wait * 2 ** (number - 1) * random.uniform(0.75, 1.25)  # noqa: S311
        if wait >= left:
            raise failure.final(number) from None
        time.sleep(wait)


def _since(started: float) -> float:
    return time.monotonic() - started
