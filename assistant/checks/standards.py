"""What a text is held to: its language and market, the day, who may be named, the company's voice, what it knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.checks.policy import Policy
from assistant.localization.lexicon import Lexicon as TranslationWords
from assistant.localization.lexicon import NoWords
from assistant.voice import Voice
from knowledge.domain.locale import Locale
from knowledge.gate import Gate
from knowledge.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Standards:
    """The same for every paragraph of a text. `today` None: checks that need a day do not look. `words` are the terms
    and names of the workspace with their forms in other locales; `alike` tells how near a sentence is in meaning to the
    nearest of some others (cosine), None when nobody can."""

    locale: Locale
    lexicon: Lexicon = field(default_factory=Lexicon)
    gate: Gate | None = None
    market: str | None = None
    channel: str | None = None
    audience: str = "public"
    today: date | None = None
    policy: Policy = field(default_factory=Policy)
    voice: Voice = field(default_factory=Voice)
    words: TranslationWords = field(default_factory=NoWords)
    alike: Callable[[str, Sequence[str]], float] | None = None
