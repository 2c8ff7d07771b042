"""Days and moments as people and files write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from knowledge.domain.errors import InputError
from knowledge.store.repository import utc

_RELATIVE_DAYS = re.compile(r"^([+-]\d{1,5})d$")


def as_day(value: Any, today: date, name: str) -> date | None:
    """A day from ISO text, a date, or days relative to today (`+60d`). Raises `InputError` naming the field."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    relative = _RELATIVE_DAYS.match(str(value))
    if relative:
        return today + timedelta(days=int(relative.group(1)))
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise InputError(f"{name}: '{value}' is no date; write it as 2026-03-01 or relative as +60d") from None


def as_moment(value: Any, name: str) -> datetime | None:
    """A moment from ISO text or a datetime, as UTC without a zone. Raises `InputError` naming the field."""
    if value is None or value == "":
        return None
    try:
        return utc(value if isinstance(value, datetime) else datetime.fromisoformat(str(value)))
    except (ValueError, OverflowError):
        raise InputError(f"{name}: '{value}' is no moment; write it as 2026-03-01T08:30:00Z") from None
