"""The tables. The database is the truth: text, state, permission and embedding live here; every index is derived.

Every row carries its workspace; the repositories of this room take the workspace once and put it into each query.
"""

from __future__ import annotations

from knowledge.store.schema.base import Base, WorkspaceRow
from knowledge.store.schema.drafts import (
    CheckRulingRow,
    CustomerUseRow,
    DraftRow,
    DraftVersionRow,
    ExportRow,
    JudgementRow,
    UseRow,
)
from knowledge.store.schema.library import (
    CustomerRow,
    EntryRow,
    EntryVersionRow,
    EventRow,
    PassageRow,
    PermissionRow,
    TermRow,
)
from knowledge.store.schema.localization import (
    LocalizationBatchRow,
    LocalizationFileRow,
    LocalizationJobRow,
    LocalizationSegmentRow,
    MemoryRow,
)
from knowledge.store.schema.service import (
    ChoiceRow,
    InvitationRow,
    JobRow,
    KeyRow,
    MemberRow,
    PersonRow,
    ReplayRow,
    SignInRow,
    UsageRow,
)

__all__ = [
    "Base",
    "CheckRulingRow",
    "ChoiceRow",
    "CustomerRow",
    "CustomerUseRow",
    "DraftRow",
    "DraftVersionRow",
    "EntryRow",
    "EntryVersionRow",
    "EventRow",
    "ExportRow",
    "InvitationRow",
    "JobRow",
    "JudgementRow",
    "KeyRow",
    "LocalizationBatchRow",
    "LocalizationFileRow",
    "LocalizationJobRow",
    "LocalizationSegmentRow",
    "MemberRow",
    "MemoryRow",
    "PassageRow",
    "PermissionRow",
    "PersonRow",
    "ReplayRow",
    "SignInRow",
    "TermRow",
    "UsageRow",
    "UseRow",
    "WorkspaceRow",
]
