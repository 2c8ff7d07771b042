"""Every error Koujing raises on purpose, split by who must act.

    KoujingError
    ├── InputError            the user mends the input                      exit 2   HTTP 422
    │   ├── UnreadableFile    a file cannot be read: which, why, what to do           422
    │   ├── NotFound          no such entry, draft, template, customer …              404
    │   ├── Conflict          the thing changed or exists already                     409
    │   ├── Changed           an If-Match that no longer matches                      412
    │   ├── NotAllowed        known, but without the right                            403
    │   ├── NotReady          a draft that must not leave yet; carries what is missing 409
    │   ├── TooMuch           a rate or a budget is used up; says when to come again  429
    │   └── QuestionsOpen     the brief lacks inputs; carries the questions           422
    ├── SetupError            the operator mends the set-up                 exit 3   HTTP 503
    │   └── NotAuthorised     key or sign-in missing, unknown or ended                401
    └── ProviderError         wait, retry, or change the model              exit 3   HTTP 502
        ├── ProviderBusy      429 after the last retry                                503
        ├── ProviderTimeout   the configured limit has passed                         504
        └── BadReply          the reply is empty, cut, refused or not of the schema   502

The message is one line: what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class KoujingError(Exception):
    """Base of all. `status` is the HTTP status, `exit_code` what the command line returns."""

    status = 500
    exit_code = 3
    title = "Error"

    @property
    def message(self) -> str:
        """The one line a person reads."""
        return str(self)


class InputError(KoujingError):
    """The input is wrong or missing; the user can mend it. `errors`: every (where, what), when several are wrong."""

    status = 422
    exit_code = 2
    title = "The input cannot be used"
    errors: tuple[tuple[str, str], ...] = ()


class UnreadableFile(InputError):
    """A file that cannot be read as what it says it is."""

    title = "The file cannot be read"

    def __init__(self, path: str, reason: str, remedy: str = "") -> None:
        self.path, self.reason, self.remedy = path, reason, remedy
        super().__init__(f"{path}: {reason}" + (f"; {remedy}" if remedy else ""))


class NotFound(InputError):
    """No such thing under that name in this workspace."""

    status = 404
    title = "Not found"


class Conflict(InputError):
    """The thing exists already or was changed by somebody else."""

    status = 409
    title = "Conflict"


class Changed(InputError):
    """The caller looked at another version than the one that is there now."""

    status = 412
    title = "Changed meanwhile"


class NotAllowed(InputError):
    """Whoever asks is known and lacks the right."""

    status = 403
    title = "Not allowed"


class NotReady(InputError):
    """A draft that must not leave, be published or be approved as it is. `missing` says each thing that stands in the
    way, ready for JSON: `{what, message, …}`."""

    status = 409
    title = "Not ready"

    def __init__(self, message: str, missing: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(message)
        self.missing = [dict(item) for item in missing]


class TooMuch(InputError):
    """A rate or a daily budget is used up."""

    status = 429
    title = "Too much"

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QuestionsOpen(InputError):
    """The brief lacks inputs. `questions` are ready for the contract's `questions[]`."""

    title = "Questions are open"

    def __init__(self, message: str, questions: Sequence[Any]) -> None:
        super().__init__(message)
        self.questions = list(questions)


class SetupError(KoujingError):
    """The set-up is incomplete or contradictory; the operator can mend it."""

    status = 503
    title = "The set-up is incomplete"


class NotAuthorised(SetupError):
    """The API key or the sign-in is missing, unknown, ended or revoked."""

    status = 401
    title = "Not authorised"


class ProviderError(KoujingError):
    """The language model's provider failed after all retries."""

    status = 502
    title = "The language model failed"


class ProviderBusy(ProviderError):
    """The provider asks to wait (429) longer than the configured limit allows."""

    status = 503
    title = "The language model is busy"

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ProviderTimeout(ProviderError):
    """The provider did not answer within the configured limit."""

    status = 504
    title = "The language model took too long"


class BadReply(ProviderError):
    """The reply is empty, cut by its length, refused, or does not follow the schema."""

    title = "The language model's reply cannot be used"

    def __init__(self, message: str, reply: str = "") -> None:
        super().__init__(message)
        self.reply = reply
