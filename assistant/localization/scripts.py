"""The script a translation must be written in, as a pattern for the model's reply.

A small model gives a lone word back as it was. A server that holds a reply to its schema can be told that this is no
translation: a target in letters has no Han, one in Han has at least one.
"""

from __future__ import annotations

import re

from knowledge.domain.locale import Locale

_EAST = frozenset({"zh", "ja", "ko"})
_EASTERN = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_OWN = {"zh": "\u3400-\u9fff", "ja": "\u3040-\u30ff\u3400-\u9fff", "ko": "\uac00-\ud7af"}
_PLAIN = r'"\\\x00-\x1f'
"""What would end or break the JSON text."""


def reply_pattern(source: Locale, target: Locale, shown: str, kept: str) -> str | None:
    """A pattern for the target of `shown`; None where the languages share a script or more than a line is asked for.

    `kept` is what stays in the target as it is in the source: names without a known form, codes.
    """
    here, there = source.language in _EAST, target.language in _EAST
    if here == there or "\n" in shown or '"' in shown:
        return None
    if there:
        return rf"^[^{_PLAIN}]*[{_OWN[target.language]}][^{_PLAIN}]*$"
    return None if re.search(rf"[{_EASTERN}]", kept) else rf"^[^{_PLAIN}{_EASTERN}]+$"
