"""Companies and institutions that everybody knows, with the name they use themselves. A model guesses these, and
guesses wrong (中国联通 becomes "China Telecom"). The names stand in `well_known.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from assistant.claims.names.han import cut
from knowledge.domain.finding import Span

_FILE = Path(__file__).with_name("well_known.txt")
_OTHER_WORD = re.compile(r"(?:互联网|支付|行业|市场|业务|设备|运营商|应用|办公)")
"""What makes 中国移动 and 中国电信 the mobile or telecommunication … of China."""


def well_known(text: str) -> Iterator[tuple[Span, str]]:
    """The names in a Chinese text, and their form in Latin letters. Where words end is told by a dictionary: there is
    no 美团 in 欧美团队."""
    found = list(_pattern().finditer(text))
    if not found:
        return
    words = cut(text)
    starts, ends = {at for _, _, at in words}, {at + len(word) for word, _, at in words}
    for match in found:
        if match.start() in starts and match.end() in ends and not _OTHER_WORD.match(text, match.end()):
            yield Span(*match.span()), _names()[match.group()]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" = ", 1) for line in lines if line and not line.startswith("#"))
    return dict(pairs)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True)))
