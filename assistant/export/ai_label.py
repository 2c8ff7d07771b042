"""The label that tells a reader that a machine helped to write a text, where the law of the market asks for one.

What the law asks stands in the rule packs (`assistant/checks/packs`, key `ai_label`), with its article.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.checks.rulepack import pack, packs_for
from assistant.draft import Draft
from knowledge.domain.locale import parse_locale
from knowledge.domain.words import Words


@dataclass(frozen=True, slots=True)
class AiLabel:
    """The words of the label, whether they stand at the start or at the end of the text, and the law asking for it."""

    text: str
    at_start: bool
    law: Words


def ai_label(draft: Draft, *, reviewed: bool, today: date) -> AiLabel | None:
    """The label of a draft in its own language; None where the market asks for none.

    `reviewed`: a person has approved this version by name. A text with every word from a person's hand needs no label.
    """
    if not machine_made(draft):
        return None
    locale = parse_locale(draft.locale)
    for name in packs_for(draft.market, locale):
        found = pack(name)
        rule = found.ai_label
        if rule is None or draft.audience not in rule.audiences or today < rule.since:
            continue
        if reviewed and rule.unless_reviewed:
            continue
        words = (reviewed and rule.reviewed) or rule.text
        return AiLabel(words.get(locale.language, words["en"]), rule.place == "start", found.laws[rule.law].named())
    return None


def machine_made(draft: Draft) -> bool:
    """True when a model or a program put down any part of the text: who chose and joined approved sentences is a
    machine, too, and a label too many harms nobody."""
    return any(paragraph.by != "person" and not paragraph.gap for _, paragraph in draft.paragraphs())
