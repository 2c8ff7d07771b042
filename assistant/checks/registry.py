"""Every check there is. A new one is a class and a line here."""

from __future__ import annotations

from assistant.checks.ai_label import AiLabelMissing
from assistant.checks.base import Check, DraftCheck, ParagraphCheck
from assistant.checks.budgets import BudgetSum
from assistant.checks.certificates import CertificateUnproven
from assistant.checks.citations import CitationMissing, CitationWeak, InventedGap
from assistant.checks.competitors import CompetitorStale
from assistant.checks.compliance import BannedTerm, SensitiveTerm, SuperlativeUnproven
from assistant.checks.counting import CountOutOfRange, NumberingBroken
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
from assistant.checks.letters import DraftMarkMissing, OptOutMissing, SenderMissing
from assistant.checks.links import LinkNotAllowed
from assistant.checks.minutes_rules import ActionWithoutOwner, PersonNotInTranscript
from assistant.checks.names import NameUnsupported
from assistant.checks.originals import BeyondOriginal
from assistant.checks.permission import AliasLeak, CustomerNotPermitted, CustomerUseNotPermitted
from assistant.checks.plans import StageMismatch
from assistant.checks.privacy import PersonalData
from assistant.checks.quotes import QuoteNotVerbatim, QuoteTranslationUnapproved
from assistant.checks.readers import LeadWithoutBenefit
from assistant.checks.removal import RemovalAdvice
from assistant.checks.repetition import CopiedRun, KeywordOveruse, RepeatedText
from assistant.checks.schedules import DatelineMissing, DatesInconsistent
from assistant.checks.scripts import SecondsSum, SpokenLength
from assistant.checks.shape import LanguageMismatch, LengthOutOfRange, SectionMissing
from assistant.checks.statements import StatementContradicted, StatementUnsupported
from assistant.checks.style import StyleRule
from assistant.checks.subjects import FigureTwoSubjects
from assistant.checks.terms import ForbiddenVariant
from assistant.checks.titles import InventedTitle, SubjectPunctuation, TitleLength
from assistant.checks.translation import TRANSLATION_CHECKS
from assistant.checks.uninvited import UninvitedWords

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
    StyleRule(),
    PersonalData(),
    LinkNotAllowed(),
    HiddenCharacters(),
    UninvitedWords(),
    StatementContradicted(),
    StatementUnsupported(),
    LanguageMismatch(),
    LengthOutOfRange(),
    CustomerNotPermitted(),
    *TRANSLATION_CHECKS,
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
    AiLabelMissing(),
    CopiedRun(),
    CustomerUseNotPermitted(),
    CountOutOfRange(),
    NumberingBroken(),
    BudgetSum(),
    TitleLength(),
    SubjectPunctuation(),
    InventedTitle(),
    DatesInconsistent(),
    DatelineMissing(),
    SecondsSum(),
    SpokenLength(),
    StageMismatch(),
    ActionWithoutOwner(),
    PersonNotInTranscript(),
    CompetitorStale(),
    LeadWithoutBenefit(),
    BeyondOriginal(),
    RemovalAdvice(),
    DraftMarkMissing(),
    OptOutMissing(),
    SenderMissing(),
)

BY_ID: dict[str, type[Check]] = {}
for _check in (*PARAGRAPH_CHECKS, *DRAFT_CHECKS):
    BY_ID.setdefault(_check.id, type(_check))
"""The class that speaks for an id: the first where a second looks at the same thing for a template's rule."""
