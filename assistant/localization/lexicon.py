"""What a job knows of words: terms and names, with their forms in a target locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.localization.culture import Culture
from knowledge.domain.locale import Locale
from knowledge.records import Term


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the words of one text. `terms` are the glossary terms that occur in it, `term_forms` their forms
    in the target by the form that stands in the text, `names` likewise (an empty form: the source script stays).
    `culture` are the idioms and risks that are looked for."""

    terms: Sequence[Term] = ()
    term_forms: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    culture: Culture = field(default_factory=Culture.built_in)


class Lexicon(Protocol):
    """Terms and names of a workspace and a job."""

    def known(self, text: str, source: Locale, target: Locale) -> Known:
        """Those that occur in `text`."""


class NoWords:
    """A lexicon without terms and names."""

    def known(self, text: str, source: Locale, target: Locale) -> Known:
        """Nothing."""
        return Known()
