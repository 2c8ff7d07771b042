"""Drafts as they are kept: every version whole, with what it was drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from assistant.brief import Brief, brief_from_json
from assistant.draft import Draft, draft_from_json
from knowledge.domain.errors import Conflict, NotFound
from knowledge.store.repository import Repository, conflicts_as, utc
from knowledge.store.schema import DraftRow, DraftVersionRow, UseRow


class Drafts(Repository):
    """The drafts of one workspace."""

    def save(
        self, draft: Draft, brief: Brief, calls: Sequence[dict[str, Any]], now: datetime, *, after: int = 0
    ) -> Draft:
        """Keep `draft` as the next version after version `after` (0: a new draft); the number is given here.

        Raises `Conflict` when somebody else has written a version meanwhile.
        """
        with (
            conflicts_as(f"draft '{draft.id}' was changed by somebody else; read it again"),
            self.database.session() as session,
        ):
            row = session.get(DraftRow, (self.workspace, draft.id), with_for_update=True)
            if (row.version if row else 0) != after:
                raise Conflict(f"draft '{draft.id}' was changed by somebody else; read it again")
            saved = replace(draft, version=1 if row is None else row.version + 1)
            if row is None:
                row = DraftRow(
                    workspace=self.workspace,
                    id=draft.id,
                    template=draft.template,
                    state=draft.state,
                    version=1,
                    brief=brief.to_json(),
                    created_at=utc(now),
                    updated_at=utc(now),
                )
                session.add(row)
            row.version, row.state, row.updated_at, row.brief = saved.version, saved.state, utc(now), brief.to_json()
            session.flush()
            session.add(
                DraftVersionRow(
                    workspace=self.workspace,
                    draft_id=saved.id,
                    version=saved.version,
                    document=saved.to_json(),
                    calls=list(calls),
                    created_at=utc(now),
                )
            )
            cited = {c for _, paragraph in saved.paragraphs() for c in paragraph.citations}
            used = {(e.entry_id, e.version) for e in saved.evidence if e.entry_id and e.id in cited}
            session.add_all(
                UseRow(
                    workspace=self.workspace,
                    draft_id=saved.id,
                    draft_version=saved.version,
                    entry_id=entry_id,
                    entry_version=version,
                )
                for entry_id, version in used
            )
            return saved

    def get(self, draft_id: str, version: int | None = None) -> Draft:
        """The draft at `version`, else its newest. Raises `NotFound`."""
        with self.database.session() as session:
            row = session.get(DraftRow, (self.workspace, draft_id))
            number = version or (row.version if row else 0)
            kept = session.get(DraftVersionRow, (self.workspace, draft_id, number))
            if row is None or kept is None:
                raise NotFound(f"no draft '{draft_id}'; `koujing drafts list` shows all")
            return replace(draft_from_json(kept.document), inputs=row.brief["inputs"])

    def brief(self, draft_id: str) -> Brief:
        """The brief that a draft was written from. Raises `NotFound`."""
        with self.database.session() as session:
            row = session.get(DraftRow, (self.workspace, draft_id))
            if row is None:
                raise NotFound(f"no draft '{draft_id}'; `koujing drafts list` shows all")
            return brief_from_json(row.brief)

    def list(self, limit: int = 200) -> list[dict[str, Any]]:
        """Id, template, state, version, locale and time (UTC) of the newest `limit` drafts, the newest first."""
        with self.database.session() as session:
            rows = session.execute(
                select(DraftRow, DraftVersionRow.document["title"].as_string())
                .join(
                    DraftVersionRow,
                    and_(
                        DraftVersionRow.workspace == DraftRow.workspace,
                        DraftVersionRow.draft_id == DraftRow.id,
                        DraftVersionRow.version == DraftRow.version,
                    ),
                )
                .where(DraftRow.workspace == self.workspace)
                .order_by(DraftRow.updated_at.desc(), DraftRow.id)
                .limit(limit)
            )
            return [
                {
                    "id": row.id,
                    "title": title,
                    "template": row.template,
                    "state": row.state,
                    "version": row.version,
                    "locale": row.brief["locale"],
                    "updated_at": f"{row.updated_at.isoformat(timespec='seconds')}Z",
                }
                for row, title in rows
            ]
