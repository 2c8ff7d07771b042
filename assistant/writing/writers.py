"""The table of writers: a template's `write` word and the class that fills such a section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assistant.draft import Paragraph
from assistant.writing.actions import ActionsSection
from assistant.writing.approved import BriefSection, EntrySection, QuoteSection, SpeakersSection
from assistant.writing.context import Desk
from assistant.writing.facts import FactsSection
from assistant.writing.proposing import ProposeSection
from assistant.writing.prose import EachSection, ModelSection
from assistant.writing.table import TableSection
from assistant.writing.translation import TranslateSection
from prompts.template import TemplateSection


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
    "speakers": SpeakersSection(),
    "brief": BriefSection(),
    "actions": ActionsSection(),
    "facts": FactsSection(),
    "propose": ProposeSection(),
}
