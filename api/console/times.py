"""Days and moments as a page says them. Moments are UTC, as texts (`2026-09-02T08:30:00Z`) or as `datetime`."""

from __future__ import annotations

from datetime import UTC, date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def day(value: str | date | None, language: str) -> str:
    """`2026年9月2日`, `2 Sep 2026`; empty for nothing."""
    if not value:
        return ""
    found = _moment_of(value)
    return f"{found.year}年{found.month}月{found.day}日" if language == "zh" else _english(found)


def moment(value: str | date | None, language: str) -> str:
    """The day and the time, UTC."""
    if not value:
        return ""
    return f"{day(value, language)} {_moment_of(value):%H:%M}"


def ago(value: str | date, language: str, now: datetime) -> str:
    """How long ago, up to a week; the day for what is older."""
    found = _moment_of(value)
    seconds = int((_moment_of(now) - found).total_seconds())
    zh = language == "zh"
    if seconds < _MINUTE:
        return "刚刚" if zh else "just now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} 分钟前" if zh else f"{seconds // _MINUTE} min ago"
    if seconds < _DAY:
        return f"{seconds // _HOUR} 小时前" if zh else f"{seconds // _HOUR} h ago"
    if seconds < 7 * _DAY:
        days = seconds // _DAY
        return f"{days} 天前" if zh else f"{days} day ago" if days == 1 else f"{days} days ago"
    return day(found, language)


def _english(found: datetime) -> str:
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def _moment_of(value: str | date) -> datetime:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value if value.tzinfo else value.replace(tzinfo=UTC)
