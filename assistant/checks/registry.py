"""Every check there is. A new one is a class and a line here."""

from __future__ import annotations

from assistant.checks.ai_label import AiLabelMissing
from assistant.checks.base import Check, DraftCheck, ParagraphCheck
from assistant.checks.certificates import CertificateUnproven
from assistant.checks.citations import CitationMissing, CitationWeak, InventedGap
from assistant.checks.compliance import BannedTerm, SensitiveTerm, SuperlativeUnproven
from assistant.checks.evidence_state import EntryExpired, EntryNotApproved, ReviewOverdue
from assistant.checks.figures import (
    DateUnsupported,
    MultipleAmbiguous,
    NumberContradicted,
    NumberSwapped,
    NumberUnsupported,
    QualifierChanged,
    TargetAsResult,
)
from assistant.checks.hidden import HiddenCharacters
from assistant.checks.links import LinkNotAllowed
from assistant.checks.names import NameUnsupported
from assistant.checks.permission import AliasLeak, CustomerNotPermitted
from assistant.checks.privacy import PersonalData
from assistant.checks.quotes import QuoteNotVerbatim, QuoteTranslationUnapproved
from assistant.checks.repetition import CopiedRun, KeywordOveruse, RepeatedText
from assistant.checks.shape import LanguageMismatch, LengthOutOfRange, SectionMissing
from assistant.checks.statements import StatementContradicted, StatementUnsupported
from assistant.checks.subjects import FigureTwoSubjects
from assistant.checks.terms import ForbiddenVariant
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
    NameUnsupported(),
    QuoteNotVerbatim(),
    QuoteTranslationUnapproved(),
    CertificateUnproven(),
    SuperlativeUnproven(),
    BannedTerm(),
    SensitiveTerm(),
    ForbiddenVariant(),
    PersonalData(),
    LinkNotAllowed(),
    HiddenCharacters(),
    StatementContradicted(),
    StatementUnsupported(),
    LanguageMismatch(),
    LengthOutOfRange(),
    CustomerNotPermitted(),
    NumberChanged(),
    PartlyTranslated(),
)

DRAFT_CHECKS: tuple[DraftCheck, ...] = (
    SectionMissing(),
    InventedGap(),
    EntryNotApproved(),
    EntryExpired(),
    ReviewOverdue(),
    AliasLeak(),
    FigureTwoSubjects(),
    RepeatedText(),
    KeywordOveruse(),
    CopiedRun(),
    AiLabelMissing(),
)

BY_ID: dict[str, type[Check]] = {check.id: type(check) for check in (*PARAGRAPH_CHECKS, *DRAFT_CHECKS)}
