"""Rows as jobs have them, and ways to make more."""

from __future__ import annotations

from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.review.records import ReviewRow
from assistant.localization.segment import SegmentState

B, EB = Code("1", "<b>", CodeKind.OPEN), Code("/1", "</b>", CodeKind.CLOSE)
NAME = Code("2", "{name}", CodeKind.PLACEHOLDER)


def row(
    number: int = 1, source: Content | str = "Hello", target: Content | str | None = "Hallo", **rest: object
) -> ReviewRow:
    """A row; texts stand for contents."""
    given: dict[str, object] = {
        "number": number,
        "file": "a.md",
        "place": "line 3",
        "locale": "de",
        "source": Content.of(source) if isinstance(source, str) else source,
        "target": Content.of(target) if isinstance(target, str) else target,
        "state": SegmentState.TRANSLATED,
    }
    return ReviewRow(**{**given, **rest})  # type: ignore[arg-type]


CODED = row(5, Content.of("Dear ", B, NAME, EB, "!"), Content.of("Liebe ", B, NAME, EB, "!"))

LETTERS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff_"), min_size=1, max_size=12)  # fmt: skip
MARKS = st.sampled_from(["=1+1", "+5", "-3", "@x", " lead", "a\nb", "5 % of <i>", "&amp;", "'q", "tail ", "]]>"])
WORDS = (LETTERS | MARKS).filter(lambda text: not any(code.text in text for code in (B, EB, NAME)))
"""Texts that hold no code: one that does is told as doubled."""


@st.composite
def rows(draw: st.DrawFn) -> ReviewRow:
    """A row with codes, some of them without a partner, and a target or none."""
    codes = draw(st.sampled_from([(), (NAME,), (B, EB), (B, NAME, EB), (EB, NAME), (NAME, B)]))
    source = Content.of(draw(WORDS), *(piece for code in codes for piece in (code, draw(WORDS))))
    target = Content.of(draw(WORDS), *codes, draw(WORDS)) if draw(st.booleans()) else None
    state = draw(st.sampled_from(SegmentState))
    return row(
        draw(st.integers(0, 10**9)), source, target, state=state, why=draw(WORDS), note=draw(WORDS), place=draw(WORDS)
    )
