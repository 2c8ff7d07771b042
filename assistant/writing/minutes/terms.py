"""The words that tell one topic of a meeting from the others: its name where no model gives it one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.claims.names.han import cut
from assistant.claims.names.words import ORDINARY
from assistant.claims.stems import stem
from assistant.writing.minutes.spoken import called
from assistant.writing.minutes.transcript import Transcript, Turn

_NOUN = ("n", "nz", "vn", "eng", "ns", "nt")
_VAGUE = frozenset(
    "时候 东西 事情 问题 情况 方面 部分 大家 老师 同学 朋友 内容 时间 今天 现在 感觉 意思 老板 话题 工作 发言人 "
    "我们 过程 "
    "thing things something people kind sort bit lot way okay yeah think know like want need going really "
    "actually maybe "
    "would could should well right good time people point course work make made take look mean guess sure yes one two "
    "first second last next today tomorrow week month year don't that's it's i'm we're they're there's i'll "
    "we'll".split()
)


def terms(turns: Sequence[Turn], everywhere: Mapping[str, int], transcript: Transcript, most: int = 3) -> list[str]:
    """At most `most` words, those first that are said often here and seldom elsewhere (`counted` of the meeting)."""
    shown: dict[str, str] = {}
    here = counted(turns, transcript, shown)
    names = {call.casefold() for name in transcript.names for call in called(name)}
    scored = sorted(
        (
            (count * count / everywhere[word], count, word)
            for word, count in here.items()
            if word.casefold() not in names
        ),
        key=lambda item: (-item[0], -item[1], item[2]),
    )
    return [shown.get(word, word) for _, _, word in scored[:most]]


def counted(turns: Sequence[Turn], transcript: Transcript, shown: dict[str, str]) -> Counter[str]:
    """How often each noun (zh) or word stem (en) is said; `shown` gets the form in which a stem is first said."""
    if transcript.language == "zh":
        words = (word for turn in turns for word, tag, _ in cut(turn.said) if tag in _NOUN and len(word) > 1)
        return Counter(word for word in words if word not in _VAGUE)
    found: Counter[str] = Counter()
    for turn in turns:
        for word in re.findall(r"[A-Za-z][A-Za-z'-]{3,}", turn.said):
            folded = word.casefold()
            if folded not in ORDINARY and folded not in _VAGUE:
                found[stem(folded)] += 1
                shown.setdefault(stem(folded), folded)
    return found
