"""Which words of a text carry a claim or a finding, as a tree: a mark may hold smaller marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.draft import Claim
from knowledge.domain.finding import Finding, Severity, Span

LOUD, DOUBT, OPEN, QUIET = "loud", "doubt", "open", "quiet"
"""How much a mark asks for the eye: wrong or without source; look again; not checked; carried by a source."""

_TONE_OF_VERDICT = {
    "unsupported": LOUD,
    "contradicted": LOUD,
    "qualifier_changed": DOUBT,
    "ambiguous": DOUBT,
    "supported": QUIET,
}
_TONE_OF_SEVERITY = {Severity.ERROR: LOUD, Severity.WARNING: DOUBT, Severity.INFO: OPEN}
_ORDER = (LOUD, DOUBT, OPEN, QUIET)

SIGNS = {"contradicted": "✗", "unsupported": "!", "qualifier_changed": "≈", "ambiguous": "?"}
"""The sign beside the words, so that colour is never the only one. A verdict without one needs no hand."""
_SIGN_OF_TONE = {LOUD: "✗", DOUBT: "?"}

LONG = ("statement", "quote")
"""Claims of these kinds take whole sentences."""


def tone_of(verdict: str) -> str:
    """The tone of a verdict; one that is unknown counts as not checked."""
    return _TONE_OF_VERDICT.get(verdict, OPEN)


def is_tick(claim: Claim, found: Collection[Span | None]) -> bool:
    """True for a long claim that needs no hand: a tick behind it is enough.

    `found` are the spans of the findings. No check found a statement worth a word whose span is not among them: it is
    said in words that are too free for a program, or a smaller claim in it says more exactly what is wrong.
    """
    if claim.kind not in LONG or claim.span in found:
        return False
    return claim.kind == "statement" or tone_of(claim.verdict) in (OPEN, QUIET)


@dataclass(frozen=True, slots=True)
class Mark:
    """Claims and findings on the same stretch; `children` is its text, in which smaller marks may lie.

    The mark of a long claim that needs no hand is a tick: a point behind its words, without text.
    """

    span: Span
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    children: tuple[str | Mark, ...] = ()

    @property
    def tick(self) -> bool:
        return self.span.start == self.span.end

    @property
    def tone(self) -> str:
        """The loudest of what stands on these words."""
        tones = {tone_of(claim.verdict) for claim in self.claims}
        tones |= {_TONE_OF_SEVERITY[finding.severity] for finding in self.findings}
        return min(tones, key=_ORDER.index)

    @property
    def verdict(self) -> str:
        """The worst verdict on these words; empty where there is no claim, or none that explains the findings."""
        verdicts = {claim.verdict for claim in self.claims}
        worst = next((verdict for verdict in (*SIGNS, "not_checked", "supported") if verdict in verdicts), "")
        return worst if worst in SIGNS or tone_of(worst) == self.tone else ""

    @property
    def sign(self) -> str:
        """The verdict's sign, else that of the finding's tone; empty where nothing asks for the eye."""
        return SIGNS.get(self.verdict, "") or _SIGN_OF_TONE.get(self.tone, "")


def mark_up(text: str, claims: Iterable[Claim], findings: Iterable[Finding] = ()) -> tuple[str | Mark, ...]:
    """`text` cut into plain strings and marks, which together are `text` again.

    Spans outside of the text are dropped or cut. Of two spans that overlap without one lying in the other, the
    second begins where the first ends.
    """
    on_span: dict[Span, Mark] = {}
    findings = tuple(findings)
    found = {finding.span for finding in findings}
    for claim in claims:
        if span := _within(claim.span, len(text)):
            if is_tick(claim, found):
                span = Span(span.end, span.end)
            mark = on_span.get(span, Mark(span, (), ()))
            on_span[span] = replace(mark, claims=(*mark.claims, claim))
    for finding in findings:
        if finding.span and (span := _within(finding.span, len(text))):
            mark = on_span.get(span, Mark(span, (), ()))
            on_span[span] = replace(mark, findings=(*mark.findings, finding))
    # A tick stands before the marks that begin where it is.
    marks = sorted(on_span.values(), key=lambda m: (m.span.start, not m.tick, -m.span.end))
    return tuple(_nest(text, Span(0, len(text)), marks))


def _within(span: Span, length: int) -> Span | None:
    start, end = max(0, span.start), min(length, span.end)
    return Span(start, end) if start < end else None


def _nest(text: str, whole: Span, marks: Sequence[Mark]) -> Iterator[str | Mark]:
    position, rest = whole.start, list(marks)
    while rest:
        mark = rest.pop(0)
        start, end = max(mark.span.start, position), min(mark.span.end, whole.end)
        if mark.tick:
            end = start
        elif start >= end:
            continue
        if start > position:
            yield text[position:start]
        # A tick at the end of a mark stands behind it.
        inner = [m for m in rest if m.span.end <= end and m.span.start < end]
        rest = [m for m in rest if m.span.end > end or m.span.start >= end]
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
