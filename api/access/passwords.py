"""Passwords: kept as argon2id hashes only, and slow to guess."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_address
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from knowledge.domain.errors import InputError, TooMuch

SHORTEST = 12
LONGEST = 1000
FREE_TRIES = 5
"""Wrong tries under one login before the next ones must wait: 2, 4, 8 … seconds, `LONGEST_WAIT` at most."""
FREE_TRIES_OF_ADDRESS = 20
LONGEST_WAIT = timedelta(minutes=5)
FORGOTTEN = timedelta(hours=1)
KEPT = 10_000

_hasher = PasswordHasher()
"""RFC 9106's second choice: 64 MiB, three passes, four lanes."""

_at_once = BoundedSemaphore(2)
"""Each takes 64 MiB and a core: many at once are let in one after the other."""


def hashed(password: str) -> str:
    """The hash to be kept. Raises `InputError` for a password that is too short or too long."""
    text = _normal(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise InputError(f"a password has at least {SHORTEST} characters (and at most {LONGEST}); take a few words")
    with _at_once:
        return _hasher.hash(text)


def fits(password: str, kept: str | None) -> bool:
    """True when `kept` is the hash of `password`; without one (nobody has this login) it takes as long."""
    text = _normal(password)[:LONGEST]
    with _at_once:
        nobodys = _nobodys()  # made at the first try, whoever that is
        try:
            return _hasher.verify(kept or nobodys, text) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """True for a hash of other parameters than those of today: it is made anew at the next sign-in."""
    return _hasher.check_needs_rehash(kept)


class Tries:
    """Wrong passwords of late, by login and by address, in the memory of the process.

    A try counts as wrong from its beginning until it turns out right, so that many at once gain nothing. The loopback
    address is not counted: behind a proxy of this machine everybody comes from there.
    """

    def __init__(self) -> None:
        self._wrong: dict[tuple[str, str], tuple[int, datetime]] = {}
        self._lock = Lock()

    def begin(self, login: str, address: str, now: datetime) -> None:
        """Before the password is looked at. Raises `TooMuch` when it is too early for another try."""
        counted = [(("login", login), FREE_TRIES)]
        if _elsewhere(address):
            counted.append((("address", address), FREE_TRIES_OF_ADDRESS))
        with self._lock:
            for which, free in counted:
                tries, last = self._of(which, now)
                wait = last + _wait(tries - free) - now
                if wait > timedelta():
                    raise TooMuch("too many wrong tries; wait a little before the next one", wait.total_seconds())
            for which, _ in counted:
                self._wrong[which] = (self._of(which, now)[0] + 1, now)
            if len(self._wrong) > KEPT:
                oldest = sorted(self._wrong, key=lambda one: self._wrong[one][1])
                for which in oldest[: KEPT // 10]:
                    del self._wrong[which]

    def right(self, login: str, address: str) -> None:
        """The password was right: the wrong tries of the login are forgotten, and this one of the address."""
        with self._lock:
            self._wrong.pop(("login", login), None)
            tries, last = self._wrong.get(("address", address), (0, datetime.min))
            if tries:
                self._wrong["address", address] = (tries - 1, last)

    def _of(self, which: tuple[str, str], now: datetime) -> tuple[int, datetime]:
        tries, last = self._wrong.get(which, (0, now))
        return (tries, last) if now - last < FORGOTTEN else (0, now)


def _wait(over: int) -> timedelta:
    return min(LONGEST_WAIT, timedelta(seconds=2 ** min(over + 1, 20))) if over >= 0 else timedelta()


def _elsewhere(address: str) -> bool:
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return False


def _normal(password: str) -> str:
    """One form for the same characters typed on different keyboards (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
