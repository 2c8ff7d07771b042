"""Where the tests of backups restore to."""

from __future__ import annotations

from collections.abc import Callable

from assistant.settings import Settings

Place = Callable[[str], Settings]
"""`place("there")`: settings of a home of that name, which is not made yet (fixture `place`)."""
