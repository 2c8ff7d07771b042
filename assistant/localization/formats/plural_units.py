"""Which form of a source message a plural form of the target is translated from."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.localization.content import CodeKind, Content
from assistant.localization.messages.forms import Plural
from knowledge.domain.locale import Locale


def source_form(category: str, forms: Mapping[str, Content], source: Locale, target: Locale) -> str:
    """The category among `forms` whose text the target's `category` says: its own where the source has it, else the
    general one (`other`, or the last). A form that leaves the number out ("one file") serves only for the numbers it
    was written for: `one` is 1 in English, but also 21 in Russian and 0 in French."""
    general = "other" if "other" in forms else list(forms)[-1]
    counting = [name for name, text in forms.items() if _placeholders(forms[general]) <= _placeholders(text)]
    return Plural(source, target).made_from(category, forms, counting)


def _placeholders(content: Content) -> set[str]:
    return {code.text for code in content.codes if code.kind is CodeKind.PLACEHOLDER}
