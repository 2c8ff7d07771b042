"""A success story through the real local model, as `make run` writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.brief import Brief
from assistant.gateway.install import install
from assistant.gateway.weights import default_path
from assistant.settings import Settings
from assistant.workspace import Workspace


@pytest.fixture
def local(sample: Workspace) -> Workspace:
    values = {**sample.settings.values, "model": "local", "timeout": "300"}
    sample.settings = Settings(values)
    if not default_path(sample.settings).is_file():
        install(sample.settings)
    return sample


@pytest.mark.local_llm
def test_the_local_model_writes_a_story_with_every_figure_and_source(local: Workspace, tmp_path: Path) -> None:
    draft = local.draft(Brief("success_story", {"case": "case-elevator"}))
    assert draft.model == "local"
    assert draft.usage.completion_tokens > 0
    assert not draft.has_errors
    assert all(p.citations for _, p in draft.paragraphs() if not p.gap)
    told = [(c.kind, c.verdict, c.reason, c.text) for c in draft.claims if c.verdict != "supported"]
    assert [claim for claim in told if claim[:2] != ("statement", "not_checked")] == []
    change = "".join(p.text for s, p in draft.paragraphs() if s.id == "change")
    results = local.library.entries.get("case-elevator").fields["results"]
    assert all(str(r[key]).rstrip("%") in change for r in results for key in ("before", "after"))
    written = [p for _, p in draft.paragraphs() if p.by == "model"]
    assert any(p.text not in e.text for p in written for e in draft.cited(p)), "it is in other words"
