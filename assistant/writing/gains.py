"""Whether a sentence tells a gain: a change for the better by figures, or what its reader has, saves or need not do."""

from __future__ import annotations

import re

from assistant.writing.shortening import changes

_GAIN = {
    "zh": re.compile(
        r"意味着|(?:对|让|使|帮|替|为)[^，。；]{0,8}(?:用户|客户|读者|工厂|您)|"
        r"不必|无需|不用|免去|省去|省下|节省|减少|更少|更快|更近|更省|更安全|更容易|免费|当[天日]|次日|随时|照常|(?:降|缩短|减)[到至]"
    ),
    "en": re.compile(
        r"\b(?:this means|which means|for (?:\w+ ){0,2}(?:users?|customers?|readers?|plants?|operators?|you)"
        r"|need (?:no|not|neither)|no longer|need not|nobody has to|without (?:stopping|replacing|changing|waiting)"
        r"|fewer|less|faster|sooner|shorter|closer|cheaper|safer|easier|sav(?:e|es|ed|ing)"
        r"|free of charge|the (?:same|next) day|around the clock|(?:fell|cut|down|reduced) to)\b",
        re.IGNORECASE,
    ),
}
_TURN = {
    "zh": re.compile(r"降|升|减|缩短|提高|提前|增"),
    "en": re.compile(
        r"\b(?:f[ae]ll(?:en|s)?|r[io]sen?|dropp?ed|cut|reduced|shortened|down|up|went|gone|increased|improved|instead)\b"
    ),
}


def tells_change(text: str, language: str) -> bool:
    """True when a text tells what a figure was and what it became."""
    turn = _TURN.get(language)
    return turn is not None and changes(text, language) > 0 and bool(turn.search(text))


def tells_gain(text: str, language: str) -> bool:
    """True for a change, and for words that name what the reader gets; by a program that knows words
    only. Of other languages than Chinese and English nothing is known: True."""
    known = _GAIN.get(language)
    return known is None or tells_change(text, language) or bool(known.search(text))
