"""What is wrong with a template: file, line, place, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from knowledge.domain.errors import InputError
from knowledge.domain.finding import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `file` is FOLDER/NAME; `line` counts from 1, 0 where there is none; `place` are the
    keys that lead there ("sections › pain › gap"). An error keeps the template from being used, a warning does not."""

    file: str
    message: str
    remedy: str = ""
    line: int = 0
    place: str = ""
    severity: Severity = Severity.ERROR

    @property
    def where(self) -> str:
        """File, line and place, as far as they are known."""
        line, place = f"line {self.line}" if self.line else "", f"at {self.place}" if self.place else ""
        return ", ".join(filter(None, [self.file, line, place]))

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f"; {self.remedy}" if self.remedy else "")

    def to_json(self) -> dict[str, str | int]:
        return {
            "severity": str(self.severity),
            "file": self.file,
            "line": self.line,
            "place": self.place,
            "message": self.message,
            "remedy": self.remedy,
        }


class Faulty(InputError):
    """A template that cannot be used. `faults` are all that were found, the message tells the first."""

    title = "The template cannot be used"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - 1
        told = f" (and {more} more: `koujing templates lint` lists them)" if more else ""
        super().__init__(f"{self.faults[0]}{told}")


def instead_of(name: str, known: Iterable[str], most: int = 12) -> str:
    """What to write in the place of an unknown name: the nearest known one, else those there are."""
    names = list(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    listed = ", ".join(names[:most]) + (" …" if len(names) > most else "")
    return f"there are {listed}" if listed else ""
