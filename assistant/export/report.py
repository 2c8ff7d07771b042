"""The page of `koujing check -o report.html`: the text with its claims marked, evidence and findings beside it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft import Claim, Evidence
from assistant.export.page import check_page
from knowledge.domain.finding import Finding


def check_report_html(
    title: str,
    text: str,
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    evidence: Sequence[Evidence],
    locale: str,
) -> str:
    """One self-contained HTML page on a checked text.

    The spans of `claims` and `findings` count Unicode code points in `text`; their `paragraph` does not matter here.
    `locale` is that of the text and chooses the words of the page (zh, else en).
    """
    return check_page(title, text, claims, findings, evidence, locale)
