"""Every check there is. A new one is a class and a line here."""

from __future__ import annotations

from assistant.checks.base import Check, DraftCheck, ParagraphCheck
from assistant.checks.citations import CitationMissing, CitationWeak, InventedGap
from assistant.checks.figures import (
    DateUnsupported,
    MultipleAmbiguous,
    NumberContradicted,
    NumberSwapped,
    NumberUnsupported,
    QualifierChanged,
    TargetAsResult,
)
from assistant.checks.permission import CustomerNotPermitted, ReviewOverdue
from assistant.checks.shape import LanguageMismatch, LengthOutOfRange, SectionMissing
from assistant.checks.subjects import FigureTwoSubjects
from assistant.checks.translation import NumberChanged, PartlyTranslated

PARAGRAPH_CHECKS: tuple[ParagraphCheck, ...] = (
    CitationMissing(),
    CitationWeak(),
    NumberUnsupported(),
    NumberContradicted(),
    NumberSwapped(),
    DateUnsupported(),
    QualifierChanged(),
    TargetAsResult(),
    MultipleAmbiguous(),
    LanguageMismatch(),
    LengthOutOfRange(),
    CustomerNotPermitted(),
    NumberChanged(),
    PartlyTranslated(),
)

DRAFT_CHECKS: tuple[DraftCheck, ...] = (SectionMissing(), InventedGap(), ReviewOverdue(), FigureTwoSubjects())

BY_ID: dict[str, type[Check]] = {check.id: type(check) for check in (*PARAGRAPH_CHECKS, *DRAFT_CHECKS)}
