"""The templates by what they are for: the buyer's way from hearing of us to buying, and our own work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.workspace import Workspace
from prompts.template import Template

STAGES = ("awareness", "consideration", "preference", "purchase", "internal")


class Purpose(NamedTuple):
    """A stage of the buyer (a word of names.yaml), and the templates for it."""

    stage: str
    templates: Sequence[Template]


def purposes(workspace: Workspace) -> list[Purpose]:
    """All templates that can be used, by stage; a stage without any is left out."""
    templates = [loaded.template for loaded in workspace.templates.all()]
    grouped = [Purpose(stage, [t for t in templates if t.stage == stage]) for stage in STAGES]
    return [purpose for purpose in grouped if purpose.templates]
