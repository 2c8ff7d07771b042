"""What somebody types into a brief passes the gate, too: an input may name a customer who may not be named."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.workspace import Workspace


@pytest.mark.parametrize("subject", ["申特电梯集团新增 200 台电梯", "Shente's new depot", "ＳＨＥＮＴＥ opens a depot"])
def test_an_input_names_nobody_who_may_not_be_named(sample: Workspace, subject: str) -> None:
    brief = Brief("press_release", {"subject": subject, "date": "2026-11-20", "city": "苏州"})
    draft = sample.draft(brief)
    told = "\n".join([draft.title, *(p.text for _, p in draft.paragraphs()), *(e.text for e in draft.evidence)])
    assert "申特" not in told
    assert "shente" not in told.lower()
    assert "ｓｈｅｎｔｅ" not in told.lower()
