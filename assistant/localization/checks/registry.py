"""Every check of a translated segment. A new one is a class and a line here."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.localization.checks.base import Pair, SegmentCheck
from assistant.localization.checks.culture import CulturalRisk, LiteralIdiom
from assistant.localization.checks.extent import Added, LengthLimit, Omitted
from assistant.localization.checks.figures import CurrencyChanged, DateChanged, NumberChanged, QualifierLost
from assistant.localization.checks.language import PartlyTranslated, Untranslated, WrongLanguage
from assistant.localization.checks.markup import LinkChanged, PlaceholderBroken, TagBroken
from assistant.localization.checks.names import NameChanged, NameUnconfirmed
from assistant.localization.checks.negation import NegationChanged
from assistant.localization.checks.punctuation import EndPunctuation, QuoteStyle, Spacing
from assistant.localization.checks.terms import ForbiddenVariant, TermMissing
from assistant.localization.checks.together import Duplicate, Inconsistent, TogetherCheck
from knowledge.domain.finding import Finding, Severity

ALONE: tuple[SegmentCheck, ...] = (
    NumberChanged(),
    QualifierLost(),
    CurrencyChanged(),
    DateChanged(),
    PlaceholderBroken(),
    TagBroken(),
    LinkChanged(),
    TermMissing(),
    ForbiddenVariant(),
    NameChanged(),
    NameUnconfirmed(),
    NegationChanged(),
    Untranslated(),
    WrongLanguage(),
    PartlyTranslated(),
    Added(),
    Omitted(),
    LengthLimit(),
    EndPunctuation(),
    Spacing(),
    QuoteStyle(),
    LiteralIdiom(),
    CulturalRisk(),
)
TOGETHER: tuple[TogetherCheck, ...] = (Inconsistent(), Duplicate())
ALL: tuple[SegmentCheck, ...] = (*ALONE, *TOGETHER)
"""By subject, what changes the meaning first."""

BY_ID = {check.id: check for check in ALL}
_ORDER = list(Severity)


def check_pair(pair: Pair) -> list[Finding]:
    """The findings on one segment, errors first."""
    found = [finding for check in ALONE for finding in check.check(pair)]
    return sorted(found, key=lambda finding: _ORDER.index(finding.severity))


def check_together(pairs: Sequence[Pair]) -> dict[int, list[Finding]]:
    """The findings that segments of one job give beside each other, by their number in `pairs`."""
    found: dict[int, list[Finding]] = {}
    for check in TOGETHER:
        for number, finding in check.check_all(pairs):
            found.setdefault(number, []).append(finding)
    return found
