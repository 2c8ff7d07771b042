"""How a workspace wants to work: who must approve, how much may be asked in a minute and in a day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from knowledge.domain.errors import InputError
from knowledge.domain.text import clean
from knowledge.records import Event
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import ChoiceRow

SUBJECT = "workspace"
"""Under which the choices stand in the record; `act` is `chose NAME=VALUE`."""

MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Choices:
    """What a workspace has chosen. None: nothing chosen, which for `daily_tokens` is no limit and for `per_minute` the
    service's own."""

    four_eyes: bool = False
    """A draft is approved by another person than those who wrote it."""
    daily_tokens: int | None = None
    """Tokens of a model that one person or key may use in a day (UTC)."""
    per_minute: int | None = None
    """Requests that one person or key may make in a minute."""

    def to_json(self) -> dict[str, Any]:
        return {
            "four_eyes": self.four_eyes,
            "daily_tokens": self.daily_tokens,
            "per_minute": self.per_minute,
        }


NAMES = tuple(field.name for field in fields(Choices))


class Governance(Record):
    """The choices of one workspace. Whoever changes one stands in the record."""

    def choices(self) -> Choices:
        """What holds now."""
        with self.reading() as session:
            kept = {row.name: row.value["value"] for row in session.scalars(self.rows(ChoiceRow))}
        return Choices(**{name: value for name, value in kept.items() if name in NAMES})

    def choose(self, name: str, value: bool | int | None, by: str, now: datetime, reason: str = "") -> Choices:
        """Choose, and put it on record; a choice that changes nothing leaves no line. Returns what holds now.

        Raises `InputError` for another name than those of `Choices` or a value that it cannot have.
        """
        return self.choose_all({name: value}, by, now, reason)

    def choose_all(self, chosen: dict[str, bool | int | None], by: str, now: datetime, reason: str = "") -> Choices:
        """Several choices, all or none of them. Raises `InputError` as `choose` does."""
        for name, value in chosen.items():
            _refuse(name, value)
        reason = " ".join(clean(reason).split())
        with self.writing(revises=False) as session:
            for name, value in chosen.items():
                row = session.get(ChoiceRow, (self.workspace, name))
                before = row.value["value"] if row else getattr(Choices(), name)
                if before == value:
                    continue
                if row is None:
                    row = ChoiceRow(workspace=self.workspace, name=name)
                    session.add(row)
                row.value, row.by, row.at = {"value": value}, by, utc(now)
                self.note(session, SUBJECT, self.workspace, f"chose {name}={_shown(value)}", by, now, reason=reason)
        return self.choices()

    def history(self) -> list[Event]:
        """Every choice that was made, the oldest first."""
        return self.events(SUBJECT, self.workspace)


def _refuse(name: str, value: bool | int | None) -> None:
    if name not in NAMES:
        raise InputError(f"'{name}' is nothing that a workspace chooses; choose {', '.join(NAMES)}")
    if name == "four_eyes":
        if not isinstance(value, bool):
            raise InputError("four_eyes is true or false")
    elif value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST):
        raise InputError(f"{name} is a whole number from 1, or nothing for no choice")


def _shown(value: bool | int | None) -> str:
    return "none" if value is None else str(value).lower()
