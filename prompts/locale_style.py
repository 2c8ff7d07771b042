"""Forms of address and style guide of a locale, by `shared/locale_style.yaml`, as rules for a prompt."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.domain.locale import Locale
from knowledge.domain.words import Record

_DECLARED = Path(__file__).parent / "shared" / "locale_style.yaml"
_TRADITIONAL = {"zh-Hant": "zh-TW", "zh-MO": "zh-HK", "zh-Hant-HK": "zh-HK", "zh-Hant-MO": "zh-HK"}


class LocaleStyle(Record):
    """How a locale is written. Each field is one line."""

    address: str
    punctuation: str
    idioms: str
    sentences: str
    titles: str

    @property
    def for_segments(self) -> tuple[str, ...]:
        """What a text of a sentence needs."""
        return (self.address, self.punctuation, self.idioms)

    @property
    def for_pieces(self) -> tuple[str, ...]:
        """All of it, for a whole piece."""
        return (*self.for_segments, self.sentences, self.titles)


@lru_cache(maxsize=1)
def locale_styles() -> Mapping[str, LocaleStyle]:
    """Every guide by its locale, read once."""
    declared = yaml.safe_load(_DECLARED.read_text(encoding="utf-8"))
    return {tag: LocaleStyle(**guide) for tag, guide in declared.items()}


def style_of(locale: Locale) -> LocaleStyle | None:
    """The guide of the locale itself, else of its language; Chinese in traditional letters has guides of its own."""
    styles = locale_styles()
    tag = _TRADITIONAL.get(locale.tag) or ("zh-TW" if locale.tag.startswith("zh-Hant") else locale.tag)
    return styles.get(tag) or styles.get("zh-CN" if locale.language == "zh" else locale.language)


def rules_for_segments(locale: Locale) -> tuple[str, ...]:
    """The rules for segments of a file; none for a locale without a guide."""
    style = style_of(locale)
    return style.for_segments if style else ()


def rules_for_pieces(locale: Locale) -> tuple[str, ...]:
    """The rules for a whole piece; none for a locale without a guide."""
    style = style_of(locale)
    return style.for_pieces if style else ()
