"""Periods without a figure: a couple of months is no week, 几天 are no hours."""

from __future__ import annotations

import re
from collections.abc import Mapping

_UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {"year": "years?", "month": "months?", "week": "weeks?", "day": "days?", "hour": "hours?",
           "minute": "minutes?"},
    "zh": {"year": "年", "month": "个?月", "week": "周|星期|礼拜", "day": "天|日", "hour": "个?小时|个?钟头",
           "minute": "分钟"},
    "ja": {"year": "年", "month": "[かヶケカ箇]?月", "week": "週", "day": "日", "hour": "時間", "minute": "分"},
    "ko": {"year": "년|해", "month": "개월|달|월", "week": "주", "day": "일|날", "hour": "시간", "minute": "분"},
    "de": {"year": "Jahre?[ns]?", "month": "Monate?[ns]?", "week": "Wochen?", "day": "Tage?[ns]?",
           "hour": "Stunden?", "minute": "Minuten?"},
    "fr": {"year": "ans?|années?", "month": "mois", "week": "semaines?", "day": "jours?|journées?", "hour": "heures?",
           "minute": "minutes?"},
    "es": {"year": "años?", "month": "mes(?:es)?", "week": "semanas?", "day": "días?", "hour": "horas?",
           "minute": "minutos?"},
    "pt": {"year": "anos?", "month": "m[êe]s(?:es)?", "week": "semanas?", "day": "dias?", "hour": "horas?",
           "minute": "minutos?"},
}  # fmt: skip
"""Words of a unit of time, in any form."""

_SOME: Mapping[str, str] = {
    "en": r"\b(?:a few|a couple(?: of)?|several|many)\s+",
    "zh": r"(?<!第)(?:几|数)\s?",
    "ja": r"数\s?",
    "ko": r"(?:몇|수)\s?",
    "de": r"\b(?:ein paar|einige[nr]?|mehrere[nr]?|wenige[nr]?)\s+",
    "fr": r"\b(?:quelques|plusieurs)\s+",
    "es": r"\b(?:unos pocos|unas pocas|unos|unas|varios|varias|algunos|algunas|un par de)\s+",
    "pt": r"\b(?:alguns|algumas|vários|várias|poucos|poucas|um par de)\s+",
}
"""What makes several of them without saying how many."""

_SPACED = frozenset({"en", "de", "fr", "es", "pt"})


def other_period(source: str, source_language: str, target: str, target_language: str) -> tuple[str, str] | None:
    """The period of the source that became one of another unit in the target, and that; None when none did. A target
    that says no period at all says it otherwise."""
    here, there = _UNITS.get(source_language), _UNITS.get(target_language)
    if here is None or there is None:
        return None
    for unit, words in here.items():
        told = re.search(rf"{_SOME[source_language]}(?:{words}){_end(source_language)}", source, re.IGNORECASE)
        if told is None or _mentions(unit, target, target_language):
            continue
        for other in there:
            said = _mentions(other, target, target_language)
            if other != unit and len(said) > len(_mentions(other, source, source_language)):
                return told.group(), said[0]
    return None


def _mentions(unit: str, text: str, language: str) -> list[str]:
    begin = r"\b" if language in _SPACED else ""
    return re.findall(rf"{begin}(?:{_UNITS[language][unit]}){_end(language)}", text, re.IGNORECASE)


def _end(language: str) -> str:
    return r"\b" if language in _SPACED else ""
