"""How long a job will still take, from the times at which its batches ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

REST = timedelta(minutes=3)
"""A gap between two batches that is longer than this was a pause, not work."""


def seconds_left(ends: Sequence[datetime], left: int) -> float | None:
    """Seconds until `left` more batches have ended, when the last ones ended at `ends` (the newest first).

    None while fewer than two have ended since the last pause.
    """
    if not left:
        return 0.0
    run = list(ends[:1])
    for end in ends[1:]:
        if run[-1] - end > REST:
            break
        run.append(end)
    if len(run) < 2 or run[0] == run[-1]:
        return None
    return left * (run[0] - run[-1]).total_seconds() / (len(run) - 1)
