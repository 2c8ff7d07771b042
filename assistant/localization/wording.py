"""The words of a workspace for its translations: glossary, names, style; and the translator that works with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.localization.asking import writes_plainly
from assistant.localization.culture import Culture, culture_of
from assistant.localization.lexicon import Known
from assistant.localization.names import NameBook, name_book
from assistant.localization.protection.measuring import TokenStyles
from assistant.localization.terms import TermFinder, merged
from assistant.localization.translator import SegmentTranslator
from knowledge.domain.locale import Locale
from knowledge.library import Library
from knowledge.records import Term
from prompts.locale_style import rules_for_segments

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class WorkspaceWords:
    """Terms and names of a workspace, those given with a job first. Made once for a job in a process."""

    def __init__(self, library: Library, given: Sequence[Term] = ()) -> None:
        self._library, self._given = library, tuple(given)
        self._finders: dict[tuple[str, str], TermFinder] = {}

    def known(self, text: str, source: Locale, target: Locale) -> Known:
        """See `Lexicon`."""
        pair = (source.tag, target.tag)
        if pair not in self._finders:
            self._finders[pair] = TermFinder(self._terms, source, target)
        uses = self._finders[pair].find(text)
        forms = {use.said: use.said if use.stays else use.form for use in uses}
        found = self._names.names_in(text, source, target)
        names = {said: form for said, form in found.items() if said not in forms}
        return Known([use.term for use in uses], forms, names, self._culture)

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        return merged(self._given, self._library.glossary.all())

    @cached_property
    def _culture(self) -> Culture:
        return culture_of(self._library.home)

    @cached_property
    def _names(self) -> NameBook:
        return name_book(self._library, self._given)


def segment_translator(workspace: Workspace, model: str, given: Sequence[Term] = ()) -> SegmentTranslator:
    """The translator of a workspace for a model, by its name in the settings. `given` are the terms of a job."""
    return SegmentTranslator(
        WorkspaceWords(workspace.library, given),
        style=TokenStyles(workspace.database, workspace.name).of(model),
        repairs=workspace.settings.whole("repairs"),
        rules=rules_for_segments,
        plain=writes_plainly(model),
    )
