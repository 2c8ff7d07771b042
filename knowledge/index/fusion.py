"""One score from a cosine and a lexical coverage, on one scale for every language.

Both are absolute (the cosine of the embedding, the share of the query's words that BM25 finds), so nothing is stretched
to the best of the moment as min-max does, and a query whose words the library does not know is left to the cosine.
Between languages only names and figures count as shared words. Passages in the query's language have two advantages
that say nothing about their fit: common words by chance, and a cosine that is higher by about .05; `LANGUAGE_GAP` takes
them back. Measured on XQuAD in en, zh, de, es, each way and in mixed libraries (`koujing bench xquad`); weights of
.5 to 1 and gaps of .05 to .15 do about as well.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEXICAL_WEIGHT = 0.7
"""What full coverage of the query's words is worth in cosine."""

LANGUAGE_GAP = 0.1
"""Added to passages in another language than the query's."""

_SCRIPTS = {"zh": "han", "ja": "han", "ko": "hangul"}


class Kinship(Enum):
    """How a passage's language stands to the query's."""

    SAME = "same"
    OTHER_SCRIPT = "other script"
    """Any word in common is a name or a figure: nothing else is written alike."""
    OTHER_WORDS = "other words"
    """The same letters: words may be alike by accident (`die`, `gift`)."""


def kinship(query_language: str | None, query_script: str | None, passage_language: str) -> Kinship:
    """`query_language` may be unknown (a name, a few words); then the script decides, and without one all are kin."""
    script = _SCRIPTS.get(passage_language, "latin")
    if query_language == passage_language:
        return Kinship.SAME
    if query_script is None:
        return Kinship.SAME
    if query_script != script:
        return Kinship.OTHER_SCRIPT
    return Kinship.SAME if query_language is None else Kinship.OTHER_WORDS


def script_of(query: str, language: str | None) -> str | None:
    """The script of `query`: by its language, else by its letters; None for figures and signs alone."""
    if language is not None:
        return _SCRIPTS.get(language, "latin")
    return "latin" if any(c.isalpha() for c in query) else None


def fuse(
    cosines: NDArray[np.float32], coverage: NDArray[np.float32], foreign: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Scores in 0 … 1, all arrays of shape (n,). `foreign` marks passages in another language than the query's."""
    raw: NDArray[np.float32] = cosines + LEXICAL_WEIGHT * coverage + LANGUAGE_GAP * foreign
    return (raw / (1 + LEXICAL_WEIGHT + LANGUAGE_GAP)).clip(0.0, 1.0).astype(cosines.dtype)
