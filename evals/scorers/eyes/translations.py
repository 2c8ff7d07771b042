"""What a translation changed: figures and dates that were lost or invented, qualifiers that went.

A figure of the source is read strictly and looked for generously in the target, and the other way round. A qualifier is
looked for only as a whole: a source that says "more than" beside a figure and a target without any such word.
"""

from __future__ import annotations

import re

from evals.scorers.eyes import dates, quantities

_MORE = {
    "zh": r"超过|逾|多于|高于|突破|以上|[0-9万亿十百千]\s?[多余]\s?[万亿个家人台次项年名座所种款条倍元美%]",
    "en": r"more than|over|above|exceed|upwards of|beyond|surpass|at least|or more|greater than|\d\s?\+",
    "ja": r"超|以上|余り|を上回",
    "de": r"mehr als|über|mindestens|übersteig|übertr|oberhalb",
}
_LESS = {
    "zh": r"不到|不足|少于|低于|近\s?\d|接近|将近|以下|以内",
    "en": r"less than|under|below|fewer than|nearly|almost|close to|up to|at most|within|approaching",
    "ja": r"未満|足らず|以下|以内|近く|近い|ほぼ",
    "de": r"weniger als|unter|fast|beinahe|nahezu|knapp|höchstens|bis zu|innerhalb",
}
_ABOUT = {
    "zh": r"(?<![签合节条契预制特公履违大])约(?!定|束|会|翰)|大约|大概|左右|上下",
    "en": r"about|around|approximately|roughly|some \d|circa|or so|~",
    "ja": r"約|およそ|ほど|程度|前後|くらい|ぐらい",
    "de": r"etwa|rund|ungefähr|circa|ca\.|zirka",
}
_DAY_AND_NIGHT = re.compile(r"round[ -]the[ -]clock|day and night|全天候|昼夜|日夜|rund um die uhr", re.IGNORECASE)
"""24 hours, in words."""
_BESIDE = 12
"""Letters between a qualifier and its figure, at most."""


def changed(source: str, source_language: str, target: str, target_language: str) -> list[str]:
    """What was lost, invented or said without its qualifier, one line each; empty when everything arrived."""
    found = [f"lost: {one}" for one in _missing(source, source_language, target, target_language)]
    found += [f"invented: {one}" for one in _missing(target, target_language, source, source_language)]
    for words in (_MORE, _LESS, _ABOUT):
        if _beside_figure(words.get(source_language, ""), source) and not _anywhere(target_language, target):
            found.append("qualifier lost")
    return list(dict.fromkeys(found))


def _missing(text: str, language: str, other: str, other_language: str) -> list[str]:
    there = quantities.known(other, other_language)
    days = dates.known_dates(other, other_language)
    lost = [q.text for q in quantities.said(text, language) if not quantities.stands(q, there)]
    if _DAY_AND_NIGHT.search(other):
        lost = [text for text in lost if not text.startswith("24")]
    return lost + [d.text for d in dates.dates(text, language) if not dates.stands(d, days)]


def _beside_figure(words: str, text: str) -> bool:
    if not words:
        return False
    near = rf"(?:{words})[^0-9。.;；]{{0,{_BESIDE}}}[0-9]|[0-9][^。.;；]{{0,{_BESIDE}}}(?:{words})"
    return re.search(near, text, re.IGNORECASE) is not None


def _anywhere(language: str, text: str) -> bool:
    """Any qualifier at all: 近 may become "about" in a good translation, and that is the checks' affair."""
    return any(
        language not in words or re.search(words[language], text, re.IGNORECASE) for words in (_MORE, _LESS, _ABOUT)
    )
