"""A draft leaves the house: only its approved version, clean, with its label and its provenance; each time on record.

What is missing is asked of `readiness`. An admin may let it leave all the same and say why; that is on record, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.draft import Draft
from assistant.export.ai_label import ai_label
from assistant.export.clean_copy import clean_copy
from assistant.export.formats import Form, form_of
from assistant.export.labels import labels_for
from assistant.export.layout import lay_out
from assistant.export.plain import one_line
from assistant.export.provenance import Colophon, Provenance, Signed, entries_of
from assistant.publishing.life import DraftLife, Status, reason_given
from assistant.publishing.readiness import Missing, Readiness, not_ready
from knowledge.domain.errors import Conflict, NotAllowed
from knowledge.records import Audience, Scope

if TYPE_CHECKING:
    from assistant.workspace import Workspace

MOST_CHARACTERS, MOST_BYTES = 80, 240
"""Of a file name: what people can read, and what every file system takes."""

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Released:
    """A file that may leave: its name (no folders in it), its media type and its bytes. `version` is that of the draft,
    `label` the words of the AI label in it, `overridden` what was missing all the same, `marked` that the file says
    DRAFT since nobody approved it."""

    name: str
    media_type: str
    content: bytes
    form: str
    version: int
    label: str = ""
    overridden: tuple[str, ...] = ()
    marked: bool = False


def release(
    workspace: Workspace,
    draft_id: str,
    form: str,
    *,
    by: str,
    version: int | None = None,
    sources: bool = False,
    override: str = "",
    may_override: bool = False,
) -> Released:
    """The approved version as a file in `form` (markdown, html, docx, pdf, text, wechat), put on record.

    `sources` adds the entries that it cites. `override` is the reason for which it leaves although something is
    missing; only who `may_override` gives one. Raises `NotReady` with what is missing, `NotAllowed`, `NotFound`,
    `InputError` for another form, `Conflict` for a draft that has no text yet, `SetupError` when the form needs what is
    not installed.
    """
    wanted = form_of(form)
    reason = reason_given(override, "an override") if override else ""
    if reason and not may_override:
        raise NotAllowed("only an admin may export a draft that is not ready")
    status = DraftLife(workspace.database, workspace.name).status(draft_id)
    number = version or status.approved_version or status.version
    draft = workspace.drafts.get(draft_id, number)
    if draft.questions:
        raise Conflict(f"draft '{draft_id}' version {number} has open questions and no text; answer them first")
    missing = Readiness(workspace).missing(draft_id, number, for_="export")
    if missing and not reason:
        raise not_ready(draft_id, missing, "exported")
    now = workspace.settings.now()
    approved = number == status.approved_version
    draft = draft if approved else replace(draft, state=status.state if number == status.version else "draft")
    colophon = _colophon(workspace, draft, status, missing, by, now)
    name = file_name(draft, wanted)
    content = wanted.write(clean_copy(draft, sources=sources), colophon, sources=sources)
    workspace.drafts.exported(draft, wanted.name, name, by, now, overridden=reason if missing else "")
    return Released(
        name=name,
        media_type=wanted.media_type,
        content=content,
        form=wanted.name,
        version=number,
        label=colophon.label.text if colophon.label else "",
        overridden=colophon.provenance.overridden,
        marked=colophon.marked,
    )


def _colophon(
    workspace: Workspace, draft: Draft, status: Status, missing: Sequence[Missing], by: str, now: datetime
) -> Colophon:
    """What the file says of its own making. The reason of an override stays in the house."""
    approved = draft.version == status.approved_version
    made = next(row for row in workspace.drafts.versions(draft.id) if row["version"] == draft.version)
    scope = Scope(audience=Audience(draft.audience), market=draft.market, channel=draft.channel)
    history = Provenance(
        draft=clean_copy(draft, sources=False),
        producer=workspace.settings.text("producer"),
        exported=Signed(by, now),
        created=Signed(made["created_by"] or status.created_by, datetime.fromisoformat(made["created_at"])),
        approved=Signed(status.approved_by or "", status.approved_at) if approved else Signed(),
        entries=entries_of(draft, workspace.library.gate(scope).hides),
        overridden=tuple(dict.fromkeys(one.what for one in missing)),
    )
    label = ai_label(draft, reviewed=approved and bool(status.approved_by), today=now.date())
    return Colophon(history, label, marked=not approved)


def file_name(draft: Draft, form: Form) -> str:
    """A name from title and locale that every system takes: no folders, nothing hidden, at most 80 characters."""
    title = one_line(lay_out(draft, labels_for(draft.locale)).headline.text)
    plain = unicodedata.normalize("NFC", _UNSAFE.sub(" ", title))
    plain = "".join(c for c in plain if unicodedata.category(c)[0] != "C")
    ending = f".{re.sub(r'[^A-Za-z0-9-]', '', draft.locale) or 'und'}{form.ending}"
    stem = " ".join(plain.split()).strip(". ")[: MOST_CHARACTERS - len(ending)]
    while len((stem + ending).encode()) > MOST_BYTES:
        stem = stem[:-1]
    stem = stem.strip(". ")
    if not stem or _RESERVED.match(stem):
        stem = f"draft {stem}".strip()
    return stem[: MOST_CHARACTERS - len(ending)].strip(". ") + ending
