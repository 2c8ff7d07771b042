"""The table of writers: a template's `write` word and the class that fills such a section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assistant.draft import Paragraph
from assistant.writing.answers import AnswersSection
from assistant.writing.approved import BriefSection, EntrySection, QuoteSection
from assistant.writing.context import Desk
from assistant.writing.documents.keywords import KeywordsSection
from assistant.writing.documents.outline import OutlineSection
from assistant.writing.documents.style import StyleSection
from assistant.writing.documents.works import WorksSection
from assistant.writing.facts import FactsSection
from assistant.writing.minutes.actions import ActionsSection
from assistant.writing.minutes.sections import (
    AgendaSection,
    AttendeesSection,
    DecisionsSection,
    FollowingSection,
    OccasionSection,
    SubjectSection,
    TopicsSection,
)
from assistant.writing.plans.budget import BudgetSection
from assistant.writing.plans.content_calendar import CalendarSection
from assistant.writing.plans.scenes import ScenesSection
from assistant.writing.plans.schedule import ScheduleSection
from assistant.writing.proposing import ProposeSection
from assistant.writing.prose import EachSection, ModelSection
from assistant.writing.registers.customers import CustomersSection
from assistant.writing.table import TableSection
from assistant.writing.titles import TitlesSection
from assistant.writing.translation import TranslateSection
from prompts.section import TemplateSection


class SectionWriter(Protocol):
    """Fills one section. Never empty for a section that must be there: a gap stands in its place."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]: ...


WRITERS: Mapping[str, SectionWriter] = {
    "model": ModelSection(),
    "each": EachSection(),
    "translate": TranslateSection(),
    "table": TableSection(),
    "quote": QuoteSection(),
    "entry": EntrySection(),
    "speakers": AttendeesSection(),
    "brief": BriefSection(),
    "actions": ActionsSection(),
    "subject": SubjectSection(),
    "occasion": OccasionSection(),
    "agenda": AgendaSection(),
    "topics": TopicsSection(),
    "decisions": DecisionsSection(),
    "following": FollowingSection(),
    "facts": FactsSection(),
    "propose": ProposeSection(),
    "answers": AnswersSection(),
    "customers": CustomersSection(),
    "titles": TitlesSection(),
    "schedule": ScheduleSection(),
    "calendar": CalendarSection(),
    "budget": BudgetSection(),
    "scenes": ScenesSection(),
    "outline": OutlineSection(),
    "keywords": KeywordsSection(),
    "works": WorksSection(),
    "style": StyleSection(),
}
