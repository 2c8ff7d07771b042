"""What a run of `koujing eval` left behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main


@dataclass(frozen=True, slots=True)
class Ran:
    """Exit status and both streams of one command."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout; anything else there is an error."""
        document: dict[str, Any] = json.loads(self.out)
        assert document["schema"] == 1
        return document

    @property
    def error(self) -> str:
        """The one line on stderr."""
        (line,) = self.err.splitlines()
        assert line.startswith("koujing: ")
        return line.removeprefix("koujing: ")


Eval = Callable[..., Ran]
"""`koujing("run", "interview", "-c", "nothing")`: `koujing eval …` in this process (fixture `koujing`)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A home with two runs: drafts of ours and of changed prompts, and questions after it."""

    home: Path
    prompts: Path
    drafts: str
    questions: str


def called(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """`koujing eval` with these arguments."""
    capsys.readouterr()
    status = exit_status("eval", *arguments)
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return Ran(status, out, err)


def exit_status(*arguments: object) -> int:
    """`koujing` with these arguments: the status it ends with."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code
