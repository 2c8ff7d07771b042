"""Every rule there is. A new one is a class and a line here."""

from __future__ import annotations

from assistant.lint.brand import PillarProofs
from assistant.lint.contradiction import Contradiction
from assistant.lint.customers import NameAndAlias, NameNotPermitted
from assistant.lint.dates import CompetitorStale, ExpiresSoon, ReviewOverdue
from assistant.lint.duplicates import Duplicate
from assistant.lint.field_and_text import FieldAndText
from assistant.lint.hidden_names import IdNamesCustomer, ShortNameMissing
from assistant.lint.keeping import (
    CaseIncomplete,
    CertificateExpiredCited,
    CustomerUnknown,
    OwnerMissing,
    QuoteUnapproved,
)
from assistant.lint.locales import LocaleMissing, TranslationOutdated
from assistant.lint.outdated import ExpiredCited
from assistant.lint.permissions import PermissionEnds
from assistant.lint.praise import SuperlativeUnproven
from assistant.lint.projects import FigureTwoProjects
from assistant.lint.rule import LintRule

RULES: tuple[LintRule, ...] = (
    Contradiction(),
    FigureTwoProjects(),
    FieldAndText(),
    ExpiredCited(),
    CertificateExpiredCited(),
    NameAndAlias(),
    NameNotPermitted(),
    ShortNameMissing(),
    IdNamesCustomer(),
    CustomerUnknown(),
    PermissionEnds(),
    PillarProofs(),
    SuperlativeUnproven(),
    QuoteUnapproved(),
    CaseIncomplete(),
    TranslationOutdated(),
    LocaleMissing(),
    ReviewOverdue(),
    ExpiresSoon(),
    CompetitorStale(),
    Duplicate(),
    OwnerMissing(),
)

BY_ID: dict[str, LintRule] = {rule.id: rule for rule in RULES}
