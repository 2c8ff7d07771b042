"""Hashing that takes no time."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from api.access import passwords


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed with the least that argon2 takes."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()
