"""What a run of the command line left behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ran:
    """Exit status and both streams of one run."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout; anything else there is an error."""
        document: dict[str, Any] = json.loads(self.out)
        assert document["schema"] == 1
        return document


Run = Callable[..., Ran]
"""`run("draft", "success_story", "-i", "case=case-wind")`: in this process, exit status caught (fixture `run`)."""
