"""Whether a language tag in somebody's file means the locale at hand."""

from __future__ import annotations

from knowledge.domain.errors import InputError
from knowledge.domain.locale import Locale, parse_locale

_TRADITIONAL = frozenset({"TW", "HK", "MO", "Hant"})


def stands_for(tag: str, locale: Locale) -> bool:
    """True when `tag` is the same language, and nothing in it says another script or region: `en-US` stands for `en`
    and `zh-Hans` for `zh-CN`, but neither `zh-TW` for `zh-CN` nor `pt-PT` for `pt-BR`. False for what is no tag."""
    try:
        other = parse_locale(tag)
    except InputError:
        return False
    if other.language != locale.language:
        return False
    if locale.language == "zh":
        # The script decides: a file of zh-HK serves zh-TW better than nothing, one of zh-CN serves neither.
        return _traditional(other) == _traditional(locale)
    here, there = _region(locale), _region(other)
    return not here or not there or here == there


def _traditional(locale: Locale) -> bool:
    parts = locale.tag.split("-")[1:]
    return "Hans" not in parts and not _TRADITIONAL.isdisjoint(parts)


def _region(locale: Locale) -> str:
    return next((part for part in locale.tag.split("-")[1:] if len(part) in (2, 3)), "")
