"""One JSON line a request, and one for each error: who asked what kind of thing, how it went, how long it took.

Never content: no query string, no body, no key, no address with ids in it, only the template of the route.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

from assistant.settings import Settings
from knowledge.domain.errors import InputError

REQUESTS = logging.getLogger("koujing.requests")

CHOICES = ("json", "off")


class JsonLines(logging.Formatter):
    """A record as one line of JSON. Of an error the kind and where it happened; its message may hold content."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter`."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line.update(getattr(record, "request", {}))
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            line["at"] = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)[-6:]
            ]
        return json.dumps(line, ensure_ascii=False)


def configure(settings: Settings, out: TextIO | None = None) -> bool:
    """Send the log of the service to `out` (stderr) as `KOUJING_LOG` says; True when requests are logged.

    Raises `InputError` for another word than `json` and `off`.
    """
    choice = settings.text("log") or "off"
    if choice not in CHOICES:
        raise InputError(f"KOUJING_LOG='{choice}' is none; choose {' or '.join(CHOICES)}")
    logger = logging.getLogger("koujing")
    for handler in [h for h in logger.handlers if isinstance(h.formatter, JsonLines)]:
        logger.removeHandler(handler)
    REQUESTS.setLevel(logging.INFO if choice == "json" else logging.CRITICAL)
    if choice == "off":
        logger.propagate = True
        return False
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.propagate = False
    return True


def log_request(**told: Any) -> None:
    """The line of one request: request_id, method, route, status, ms, workspace, actor."""
    if REQUESTS.isEnabledFor(logging.INFO):
        level = logging.ERROR if told["status"] >= 500 else logging.INFO
        REQUESTS.log(level, "request", extra={"request": told})
