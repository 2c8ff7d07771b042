"""A draft as the product hands it out."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def document() -> dict[str, Any]:
    """A draft's JSON with a gap, a citation mark and two sections."""

    def paragraph(text: str, gap: bool = False) -> dict[str, Any]:
        return {"id": "p", "text": text, "gap": gap, "citations": [] if gap else ["S1"]}

    return {
        "template": "success_story",
        "locale": "en",
        "sections": [
            {"id": "title", "heading": "", "paragraphs": [paragraph("Pumps that report before they stop")]},
            {"id": "pain", "heading": "The challenge", "paragraphs": [paragraph("Bursts were found late. [S1, S2]")]},
            {"id": "how", "heading": "How it was done", "paragraphs": [paragraph("To be supplied: steps", gap=True)]},
        ],
    }
