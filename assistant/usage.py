"""What models used: a row for each act, summed by day, model, template or whoever asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select

from assistant.gateway.port import LanguageModel, ModelReply, ModelRequest, OnText, Usage
from assistant.gateway.wrapped import Wrapped
from knowledge.domain.errors import InputError
from knowledge.store.repository import Repository, utc
from knowledge.store.schema import UsageRow

GROUPS = ("day", "model", "template", "actor", "act")
"""What usage can be summed by."""


class Metered(Wrapped):
    """A model, and what was used of it so far: also when the act fails in the end."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(model)
        self.usage = Usage()

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        reply = super().complete(request, on_text)
        self.usage += reply.usage
        return reply

    def close(self) -> None:
        """Nothing: the model belongs to whoever opened it."""


class UsageBook(Repository):
    """What the models of one workspace used."""

    def add(
        self,
        usage: Usage,
        now: datetime,
        *,
        act: str,
        model: str,
        actor: str = "",
        draft_id: str | None = None,
        template: str = "",
    ) -> None:
        """Put one act on the book: `draft`, `answer`, `regenerate`, `judge` …; an act without a call leaves no row.

        `actor` is the id of the person or key that asked, empty for the command line.
        """
        if not usage.calls:
            return
        with self.writing(revises=False) as session:
            session.add(
                UsageRow(
                    workspace=self.workspace,
                    at=utc(now),
                    day=now.astimezone(UTC).date(),
                    actor=actor,
                    act=act,
                    draft_id=draft_id,
                    template=template,
                    model=model,
                    prompt_tokens=usage.prompt_tokens,
                    completion_tokens=usage.completion_tokens,
                    calls=usage.calls,
                    seconds=usage.seconds,
                    cost=usage.cost,
                )
            )

    @contextmanager
    def metered(
        self,
        model: LanguageModel,
        now: datetime,
        *,
        act: str,
        actor: str = "",
        draft_id: str | None = None,
        template: str = "",
    ) -> Iterator[Metered]:
        """The model for one act; at its end, also a bad one, what it used is on the book."""
        measured = Metered(model)
        try:
            yield measured
        finally:
            self.add(measured.usage, now, act=act, model=model.name, actor=actor, draft_id=draft_id, template=template)

    def used(self, actor: str, day: date) -> int:
        """Tokens, prompts and replies together, that `actor` used on a UTC day."""
        return self._tokens(day, actor)

    def used_by_all(self, day: date) -> int:
        """Tokens that the whole workspace used on a UTC day."""
        return self._tokens(day, None)

    def by(self, group: str, since: date | None = None, until: date | None = None) -> list[dict[str, Any]]:
        """Sums by one of `GROUPS`, from day `since` to day `until`, both included; days in order, else most tokens
        first. Each: the group's value, acts, calls, tokens, seconds, cost (None: no price is known).

        Raises `InputError` for another group.
        """
        if group not in GROUPS:
            raise InputError(f"group: '{group}' is none; choose {', '.join(GROUPS)}")
        column = getattr(UsageRow, group)
        statement = select(
            column,
            func.count(UsageRow.pk),
            func.sum(UsageRow.calls),
            func.sum(UsageRow.prompt_tokens),
            func.sum(UsageRow.completion_tokens),
            func.sum(UsageRow.seconds),
            func.sum(UsageRow.cost),
        ).where(UsageRow.workspace == self.workspace)
        if since is not None:
            statement = statement.where(UsageRow.day >= since)
        if until is not None:
            statement = statement.where(UsageRow.day <= until)
        with self.reading() as session:
            rows = session.execute(statement.group_by(column).order_by(column)).all()
        found = [
            {
                group: value.isoformat() if isinstance(value, date) else value,
                "acts": acts,
                "calls": int(calls),
                "prompt_tokens": int(prompt),
                "completion_tokens": int(completion),
                "seconds": round(float(seconds), 3),
                "cost": None if cost is None else round(float(cost), 6),
            }
            for value, acts, calls, prompt, completion, seconds, cost in rows
        ]
        if group != "day":
            found.sort(key=lambda row: -(row["prompt_tokens"] + row["completion_tokens"]))
        return found

    def _tokens(self, day: date, actor: str | None) -> int:
        statement = select(func.sum(UsageRow.prompt_tokens + UsageRow.completion_tokens)).where(
            (UsageRow.workspace == self.workspace) & (UsageRow.day == day)
        )
        if actor is not None:
            statement = statement.where(UsageRow.actor == actor)
        with self.reading() as session:
            return int(session.scalar(statement) or 0)
