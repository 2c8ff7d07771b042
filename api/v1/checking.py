"""`/v1/check`: a text somebody wrote, against the library or against given sources."""

from __future__ import annotations

from typing import Any

from api.context import Opened, document, v1_router
from api.v1.bodies import CheckRequest, GivenSource
from api.v1.examples import CHECK
from assistant.draft import Evidence
from assistant.given_pieces import pieces_of
from knowledge.domain.text import clean
from knowledge.reading import Block, Document

router = v1_router("check")


@router.post("/check", responses={200: document("Claims, findings and evidence; spans count in `text`.", CHECK)})
def check(body: CheckRequest, workspace: Opened) -> dict[str, Any]:
    """Check every figure and name of a text. Findings are an answer, not an error."""
    sources = None if body.sources is None else [piece for given in body.sources for piece in _evidence(given)]
    report = workspace.check(body.text, sources, locale=body.locale, market=body.market, audience=body.audience)
    return report.to_json()


def _evidence(given: GivenSource) -> list[Evidence]:
    """The text as evidence, with the line as locator."""
    lines = [(number, clean(line).strip()) for number, line in enumerate(given.text.splitlines(), start=1)]
    blocks = tuple(Block(line, place=f"line {number}") for number, line in lines if line)
    return pieces_of(Document(format="text", title=given.name, meta={}, blocks=blocks, content_hash=""), given.name)
