"""What Schemathesis does before each request (`hooks` in schemathesis.toml)."""

from __future__ import annotations

import itertools
import os
import re
from typing import Any

import schemathesis

_VALID_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_OWN_KEY = os.environ.get("KOUJING_CONTRACT_KEY", "").split("_")[1:2]
_numbers = itertools.count()


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A new idempotency key for each act, as one should: generated ones are all alike, so that almost every request
    would be answered by 409. And the key of the run itself is never revoked."""
    headers = case.headers or {}
    if _VALID_KEY.fullmatch(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = f"contract-{next(_numbers)}"
    if case.method.upper() == "DELETE" and (case.path_parameters or {}).get("key_id") in _OWN_KEY:
        case.path_parameters["key_id"] = "another"
