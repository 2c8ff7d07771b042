"""Headings made comparable: one width, no case, no spaces or punctuation, no mark that a column must be filled in."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 120
_MARKED = re.compile(r"[(\[【](?:必填项?|必须|选填|可选|非必填|required|optional|mandatory)[)\]】]", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W_]+")


def folded_heading(heading: str) -> str:
    """`heading` for comparing: `＊ 行业（必填）` and `行业` become the same, `Project manager:` and `project_manager`
    too. Empty for text that is too long to be a heading."""
    if len(heading) > _LONGEST:
        return ""
    return _NO_LETTER.sub("", _MARKED.sub("", unicodedata.normalize("NFKC", heading))).casefold()
