"""The nouns of /v1, in the order in which their addresses are tried and described."""

from __future__ import annotations

from api.v1 import (
    audit,
    checking,
    checks,
    customers,
    draft_editing,
    draft_life,
    drafts,
    entries,
    glossary,
    imports,
    jobs,
    keys,
    library,
    me,
    people,
    permissions,
    templates,
    upkeep,
    usage,
    workspaces,
)

NOUNS = (
    drafts,
    draft_editing,
    draft_life,
    jobs,
    usage,
    audit,
    library,
    entries,
    customers,
    permissions,
    glossary,
    imports,
    upkeep,
    templates,
    checking,
    checks,
    keys,
    people,
    workspaces,
    me,
)
