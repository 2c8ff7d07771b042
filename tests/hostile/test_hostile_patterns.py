"""No regular expression of the house takes a power of its text's length beyond the square, let alone longer."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from types import FrameType

import pytest
from patterns import all_patterns, hard_texts

LETTERS = 800
SECONDS = 2.0
"""Of processor time: a square takes a hundredth of it, a cube twice as long and more, and powers of two never end."""


class Endless(BaseException):
    """Time is up."""


def lasts(work: Callable[[], object]) -> bool:
    """True when the work takes more than `SECONDS`."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise Endless

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        work()
    except Endless:
        return True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return False


def hard_for(pattern: str | bytes, flags: int = 0) -> str:
    """The beginning of a text that a pattern does not get done with; empty when there is none."""
    compiled = re.compile(pattern, flags)  # type: ignore[type-var]
    for text in hard_texts(pattern, flags, LETTERS):
        subject = text.encode("latin-1", "replace") if isinstance(pattern, bytes) else text
        for act in (compiled.match, compiled.search):
            if lasts(lambda act=act, subject=subject: act(subject)):  # type: ignore[misc]
                return text[:60]
    return ""


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(?:a|a)*b", r"(\w+\s?)*:", r"x*x*x*x*y", rb"(a*)*\x00b"])
def test_bad_ones_are_found(pattern: str | bytes) -> None:
    assert hard_for(pattern)


@pytest.mark.slow
def test_no_pattern_blows_up() -> None:
    found = all_patterns()
    assert len(found) > 1000
    hard = {f"{one.place} {one.pattern!r:.80}": text for one in found if (text := hard_for(one.pattern, one.flags))}
    assert hard == {}
