"""Which words of a text carry a claim or a finding, as a tree: a mark may hold smaller marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.draft import Claim
from knowledge.domain.finding import Finding, Severity, Span

LOUD, DOUBT, OPEN, QUIET = "loud", "doubt", "open", "quiet"
"""How much a mark asks for the eye: wrong or without source; look again; not checked; carried by a source."""

SIGNS = {LOUD: "✗", DOUBT: "?", OPEN: "", QUIET: ""}
"""The sign beside the words, so that colour is never the only one."""

_TONE_OF_VERDICT = {
    "unsupported": LOUD,
    "contradicted": LOUD,
    "qualifier_changed": DOUBT,
    "ambiguous": DOUBT,
    "supported": QUIET,
}
_TONE_OF_SEVERITY = {Severity.ERROR: LOUD, Severity.WARNING: DOUBT, Severity.INFO: OPEN}
_ORDER = (LOUD, DOUBT, OPEN, QUIET)


def tone_of(verdict: str) -> str:
    """The tone of a verdict; one that is unknown counts as not checked."""
    return _TONE_OF_VERDICT.get(verdict, OPEN)


@dataclass(frozen=True, slots=True)
class Mark:
    """Claims and findings on the same stretch; `children` is its text, in which smaller marks may lie."""

    span: Span
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    children: tuple[str | Mark, ...] = ()

    @property
    def tone(self) -> str:
        """The loudest of what stands on these words."""
        tones = {tone_of(claim.verdict) for claim in self.claims}
        tones |= {_TONE_OF_SEVERITY[finding.severity] for finding in self.findings}
        return min(tones, key=_ORDER.index)


def mark_up(text: str, claims: Iterable[Claim], findings: Iterable[Finding] = ()) -> tuple[str | Mark, ...]:
    """`text` cut into plain strings and marks, which together are `text` again.

    Spans outside of the text are dropped or cut. Of two spans that overlap without one lying in the other, the
    second begins where the first ends.
    """
    on_span: dict[Span, Mark] = {}
    for claim in claims:
        if span := _within(claim.span, len(text)):
            mark = on_span.get(span, Mark(span, (), ()))
            on_span[span] = replace(mark, claims=(*mark.claims, claim))
    for finding in findings:
        if finding.span and (span := _within(finding.span, len(text))):
            mark = on_span.get(span, Mark(span, (), ()))
            on_span[span] = replace(mark, findings=(*mark.findings, finding))
    marks = sorted(on_span.values(), key=lambda m: (m.span.start, -m.span.end))
    return tuple(_nest(text, Span(0, len(text)), marks))


def _within(span: Span, length: int) -> Span | None:
    start, end = max(0, span.start), min(length, span.end)
    return Span(start, end) if start < end else None


def _nest(text: str, whole: Span, marks: Sequence[Mark]) -> Iterator[str | Mark]:
    position, rest = whole.start, list(marks)
    while rest:
        mark = rest.pop(0)
        start, end = max(mark.span.start, position), min(mark.span.end, whole.end)
        if start >= end:
            continue
        if start > position:
            yield text[position:start]
        inner = [m for m in rest if m.span.end <= end]
        rest = [m for m in rest if m.span.end > end]
        span = Span(start, end)
        yield replace(mark, span=span, children=tuple(_nest(text, span, inner)))
        position = end
    if position < whole.end:
        yield text[position : whole.end]


def shifted(claims: Iterable[Claim], within: Span) -> list[Claim]:
    """The claims that touch `within`, counted from its start and cut at its ends."""
    return [replace(c, span=_cut(c.span, within)) for c in claims if c.span.overlaps(within)]


def shifted_findings(findings: Iterable[Finding], within: Span) -> list[Finding]:
    """The findings that touch `within`, counted from its start and cut at its ends."""
    return [replace(f, span=_cut(f.span, within)) for f in findings if f.span and f.span.overlaps(within)]


def _cut(span: Span, within: Span) -> Span:
    return Span(max(span.start, within.start) - within.start, min(span.end, within.end) - within.start)
