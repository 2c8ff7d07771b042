"""A draft of the sample library, and hands to change what it rests on."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace


@pytest.fixture
def story(sample: Workspace) -> Draft:
    """A success story of the lift company, written by Ann: seven paragraphs, nothing to find fault with."""
    draft = sample.draft(Brief("success_story", {"case": "case-elevator"}), by="ann")
    assert not draft.findings
    return draft
