"""The mark of a restore while it puts things in their places: whoever finds it later knows that it was cut there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.domain.errors import SetupError

NAME = "restore-unfinished"


def refuse_unfinished(home: Path) -> None:
    """Raises `SetupError` for a home in which a restore was cut while it put things in their places."""
    mark = home / NAME
    if mark.exists():
        archive = mark.read_text(encoding="utf-8").strip()
        raise SetupError(
            f"{home}: a restore was cut while it put things in their places; run it once more: "
            f"koujing restore {archive} --replace"
        )


class Unfinished(SetupError):
    """What a restore had begun to put in place could not be taken back."""


@contextmanager
def marked(home: Path, archive: Path) -> Iterator[None]:
    """The block, under the mark. One that fails has taken back what it did, unless it raises `Unfinished`: that and a
    killed process leave the mark."""
    mark = home / NAME
    mark.write_text(f"{archive.resolve()}\n", encoding="utf-8")
    try:
        yield
    except Unfinished:
        raise
    except BaseException:
        mark.unlink()
        raise
    mark.unlink()
