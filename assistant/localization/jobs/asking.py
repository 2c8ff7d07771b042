"""The calls of one batch: each is a durable step, so that a recorded reply is never paid for twice.

A call waits for its turn, rests with all others when the provider is busy, and is tried again when it failed. What it
ends with is recorded as data: a reply, an error for the translator, or why the job has to rest.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.gateway.port import LanguageModel, ModelReply, ModelRequest, Usage
from assistant.localization.jobs.pace import Pace, Unwanted
from knowledge.domain.errors import (
    BadReply,
    InputError,
    ProviderBusy,
    ProviderError,
    ProviderTimeout,
    SetupError,
)

_QUOTA = "quota is used up"
"""How the gateway says that no waiting helps; a test holds it to these words."""


class Held(BaseException):
    """The job rests or has ended: the batch stops here and is taken up again later. Not for a translator to catch."""


class Stopped(BaseException):
    """This process stops: nothing is recorded, and the batch goes on in another one. Not for a translator to catch."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: `waits` before the further tries of a call that failed; `busy` how long a provider may turn calls away,
    `outage` how long every call may fail, before the job is paused instead."""

    waits: tuple[float, ...] = (2.0, 8.0)
    busy: float = 900.0
    outage: float = 300.0


@dataclass(slots=True)
class Provider:
    """A model as all batches of this process share it: its pace, and since when nothing came back."""

    model: LanguageModel
    pace: Pace
    failing_since: float | None = None

    def answered(self) -> None:
        """A reply came."""
        self.failing_since = None
        self.pace.answered()

    def failed(self) -> float:
        """A call failed; seconds since the first of those that failed with no reply between."""
        now = time.monotonic()
        self.failing_since = now if self.failing_since is None else self.failing_since
        return now - self.failing_since


class Caller:
    """Makes one call and says how it ended. `goes_on` says whether the job still runs, `stops` whether this process is
    to stop."""

    def __init__(
        self, provider: Provider, patience: Patience, goes_on: Callable[[], bool], stops: Callable[[], bool]
    ) -> None:
        self._provider, self._patience = provider, patience
        self._goes_on, self._stops = goes_on, stops

    def call(self, request: ModelRequest) -> dict[str, Any]:
        """One of `{"reply": …}`, `{"error": …}`, `{"rest": why}` (the job must pause) and `{"held": True}`.

        Raises `Stopped`.
        """
        busy_since: float | None = None
        failures = 0
        for _ in itertools.count():
            try:
                with self._provider.pace.turn(self._wanted) as began:
                    if not self._wanted():
                        raise Unwanted
                    reply = self._provider.model.complete(request)
            except Unwanted:
                if self._stops():
                    raise Stopped from None
                return {"held": True}
            except ProviderBusy as error:
                busy_since = began if busy_since is None else busy_since
                waited = time.monotonic() - busy_since
                if _QUOTA in error.message or max(waited, error.retry_after or 0.0) > self._patience.busy:
                    return {"rest": error.message}
                self._provider.pace.busy(began, error.retry_after)
            except BadReply as error:
                self._provider.answered()
                return {"error": "BadReply", "message": error.message, "text": error.reply}
            except ProviderError as error:
                if self._provider.failed() > self._patience.outage:
                    return {"rest": f"the model has not answered for a while: {error.message}"}
                if failures >= len(self._patience.waits):
                    return {"error": type(error).__name__, "message": error.message}
                if not self._wait(self._patience.waits[failures]):
                    continue
                failures += 1
            except (SetupError, InputError) as error:
                return {"rest": error.message}
            else:
                self._provider.answered()
                return {"reply": reply_to_json(reply)}
        raise AssertionError("unreachable")

    def _wanted(self) -> bool:
        return not self._stops() and self._goes_on()

    def _wait(self, seconds: float) -> bool:
        """Wait; False when the call is not wanted any more."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._wanted():
                return False
            time.sleep(min(0.5, left))
        return True


def reply_to_json(reply: ModelReply) -> dict[str, Any]:
    return {"text": reply.text, "data": dict(reply.data), "usage": asdict(reply.usage), "model": reply.model}


def reply_from_json(data: Mapping[str, Any]) -> ModelReply:
    return ModelReply(data["text"], data["data"], Usage(**data["usage"]), data["model"])


def error_of(data: Mapping[str, Any]) -> ProviderError:
    """The error that a recorded call ended with."""
    if data["error"] == "BadReply":
        return BadReply(data["message"], data["text"])
    return (ProviderTimeout if data["error"] == "ProviderTimeout" else ProviderError)(data["message"])
