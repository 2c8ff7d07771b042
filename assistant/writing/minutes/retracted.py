"""What was said and then corrected or taken back: it must not come into minutes as if it held."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.words import plain_words
from assistant.writing.minutes.transcript import Turn

REACH = 6
"""Turns back in which a correction looks for what it corrects."""

_CORRECTS = re.compile(
    r"不是[^，。？！]{1,12}[，,](?:而?是)|看错|说错|记错|看反|弄反|搞错|算错|口误|刚才(?:说|讲"
    r"|定)的?[^，。]{0,6}(?:不算|作废|不对)"
    r"|(?:不算|作废)(?:了|[，。]|$)|改(?:到|为|成|在)|等一下"
    r"|\bnot [^,.?!]{1,20}[,:] ?(?:it's |it is )?|, not \S+|\bI (?:swapped|mixed|misread|mis\w+|got .{1,20} wrong)"
    r"|\byou mixed|\b(?:my mistake|correction|scratch that|scrap that|that changes)|\bone\. the other|\bno more\b"
    r"|\binstead of\b|\bmove[ds]? (?:it )?to\b",
    re.IGNORECASE,
)
_RETRACTS = re.compile(
    r"刚才(?:说|讲|定)的?[^，。]{0,6}(?:不算|作废|不对)|(?:今天|先|暂)?不定了|作废|收回"
    r"|\b(?:scrap|scratch|forget) (?:that|it)|\bthat changes (?:it|things|everything)|\bwe do(?:n't"
    r"| not) (?:choose|decide)"
    r"|\bI take (?:that|it) back|\bchange of plan",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万两]{2,}"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six"
    r"|seven|eigh|nine)ty"
    r"(?:-\w+)?)\b",
    re.IGNORECASE,
)


def retracted(turns: Sequence[Turn]) -> frozenset[Turn]:
    """The turns before a correction that have the figure it corrects, or the proposal it takes back."""
    gone: set[Turn] = set()
    for number, turn in enumerate(turns):
        if not _CORRECTS.search(turn.said) and not _RETRACTS.search(turn.said):
            continue
        before = turns[max(0, number - REACH) : number]
        mine = _numbers(turn.said)
        if mine:
            gone.update(b for b in before if _is_corrected(b, turn, mine))
    return frozenset(gone)


def takes_back(said: str) -> bool:
    """True when an utterance takes back what was agreed a moment ago."""
    return bool(_RETRACTS.search(said))


def _is_corrected(before: Turn, after: Turn, mine: set[str]) -> bool:
    """True for an earlier turn about the same thing whose figures are not among those that hold now."""
    theirs = _numbers(before.said)
    if not theirs or len(before.said) > 4 * len(after.said) + 40:
        return False
    about = plain_words(before.said) & plain_words(after.said)
    return bool(theirs - mine or _denied(after.said) & theirs) and (bool(about) or bool(_denied(after.said) & theirs))


def _denied(said: str) -> set[str]:
    """Figures that an utterance says are wrong: "不是 50", "not 24,000"."""
    found = re.findall(r"(?:不是|不到|not)\s*([^，,。.：:；;?!]{1,16})", said, re.IGNORECASE)
    return {number for text in found for number in _numbers(text)}


def _numbers(text: str) -> set[str]:
    return {match.group().replace(",", "").casefold() for match in _NUMBER.finditer(text)}
