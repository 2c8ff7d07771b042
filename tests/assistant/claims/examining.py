"""An examiner on a text beside its sources, for the tests of all examiners of words."""

from __future__ import annotations

from assistant.claims.examiner import Examiner, Found, Grounds, sources_of
from assistant.claims.reading import read_text
from assistant.draft import Evidence
from knowledge.domain.locale import Locale
from knowledge.lexicon import Lexicon


def examined(
    examiner: Examiner,
    text: str,
    sources: list[str],
    locale: str = "zh-CN",
    *,
    lexicon: Lexicon | None = None,
    others: tuple[str, ...] = (),
    complete: bool = True,
    source_locale: str = "",
) -> list[Found]:
    """The claims of one text; sources are S1, S2, …, what is not cited O1, O2, …"""
    place = source_locale or locale
    cited = [Evidence(f"S{n}", source, place, source="source") for n, source in enumerate(sources, start=1)]
    offered = [Evidence(f"O{n}", source, place) for n, source in enumerate(others, start=1)]
    grounds = Grounds(sources_of(cited), sources_of(offered), lexicon or Lexicon(), complete)
    return list(examiner.examine(read_text(text, Locale(locale).language), Locale(locale), grounds))


def verdicts(text: str, found: list[Found]) -> dict[str, tuple[str, str]]:
    """Verdict and reason by the words they are about."""
    return {claim.span.of(text): (claim.verdict, claim.reason) for claim in found}
