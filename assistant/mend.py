"""What a program can put right without guessing: a citation, a word with one right form; and what it cuts instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.checks.base import Ledger, ParagraphView
from assistant.checks.paragraphs import Review, check_paragraph
from assistant.checks.registry import BY_ID, PARAGRAPH_CHECKS
from assistant.checks.standards import Standards
from assistant.checks.style import StyleRule
from assistant.claims.quantities import holds, quantities
from assistant.claims.words import support, weights
from assistant.draft import Evidence, Paragraph, Repair
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.text import sentences
from prompts.section import TemplateSection

_STYLE = StyleRule()
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_HAN_BLANK = re.compile(r"[㐀-䶿一-鿿] $")

CLEARLY = 1.25
"""A source must carry a paragraph this much better than the cited ones to take their place."""


def citations(paragraphs: Sequence[Paragraph], offered: Sequence[Evidence]) -> list[Paragraph]:
    """The paragraphs with their citations put right: a source that carries a paragraph clearly better takes the
    place of the cited ones, and one that alone has a figure of it is added."""
    weight = weights(e.text for e in offered)
    return [_cite(paragraph, offered, weight) for paragraph in paragraphs]


def _cite(paragraph: Paragraph, offered: Sequence[Evidence], weight: dict[str, float]) -> Paragraph:
    by_id = {e.id: e for e in offered}
    cited = [c for c in paragraph.citations if c in by_id]
    carried = support(paragraph.text, [by_id[c].text for c in cited], weight) if cited else 0.0
    best = max(offered, key=lambda e: support(paragraph.text, [e.text], weight))
    if best.id not in cited and support(paragraph.text, [best.text], weight) > carried * CLEARLY:
        cited = [best.id]
    for quantity in quantities(paragraph.text):
        if not any(holds(by_id[c], quantity) for c in cited):
            holders = [e.id for e in offered if holds(e, quantity)]
            if len(holders) == 1:
                cited.append(holders[0])
    # A citation that adds nothing to what the others carry is dropped.
    for c in list(cited):
        rest = [by_id[other].text for other in cited if other != c]
        if (
            rest
            and support(paragraph.text, rest, weight) >= support(paragraph.text, [by_id[c].text, *rest], weight)
            and all(
                any(holds(by_id[o], q) for o in cited if o != c) or not holds(by_id[c], q)
                for q in quantities(paragraph.text)
            )
        ):
            cited.remove(c)
    return replace(paragraph, citations=tuple(cited))


def in_voice(paragraph: Paragraph, standards: Standards) -> tuple[Paragraph, list[Repair]]:
    """A paragraph that a model wrote, in the spelling and the forms of the style rules where these have one right form;
    and what was changed."""
    if paragraph.gap or paragraph.by != "model":
        return paragraph, []
    found = standards.policy.apply(_STYLE.check(ParagraphView(paragraph, (), (), standards, ())))
    repairs: list[Repair] = []
    for finding in sorted((f for f in found if f.span and f.fix), key=lambda f: f.span or Span(0, 0), reverse=True):
        span, text = finding.span or Span(0, 0), paragraph.text
        if repairs and span.end > repairs[-1].at:
            continue
        repairs.append(Repair(finding.check, paragraph.id, span.of(text), finding.fix, span.start))
        paragraph = replace(paragraph, text=text[: span.start] + finding.fix + text[span.end :])
    return paragraph, repairs


CONTAINED = frozenset({"uninvited_words", "link_not_allowed", "customer_not_permitted", "hidden_characters"})
"""What never stands in a draft that nobody has looked at yet: each by itself can be what a hidden order asked for."""


def contained(
    paragraphs: Sequence[Paragraph], known: Sequence[Evidence], standards: Standards, section: TemplateSection
) -> list[tuple[Paragraph, list[Repair]]]:
    """The paragraphs without the sentences that `CONTAINED` finds wrong, whoever of the writers let them pass, and
    what was cut; one of which nothing is left has no text."""
    return [_contained(paragraph, known, standards, section) for paragraph in paragraphs]


def _contained(
    paragraph: Paragraph, known: Sequence[Evidence], standards: Standards, section: TemplateSection
) -> tuple[Paragraph, list[Repair]]:
    if paragraph.gap or section.write == "translate" or paragraph.by == "person":
        return paragraph, []
    checks = [check for check in PARAGRAPH_CHECKS if check.id in CONTAINED]
    ledger = check_paragraph(paragraph, known, standards, section, checks)
    wrong = [f for f in ledger.findings if f.severity is Severity.ERROR and f.span]
    if paragraph.by == "program":
        wrong = [f for f in wrong if f.check in ("uninvited_words", "link_not_allowed")]
    return _without(paragraph, wrong, standards)


def put_right(found: Review, offered: Sequence[Evidence], standards: Standards) -> tuple[list[Paragraph], list[Repair]]:
    """The reviewed paragraphs without errors, and what was done to them.

    What has one right form is put into it, unless that makes something else worse; a sentence with an error that is
    left is cut; a paragraph of which nothing is left goes with it. A product that only another source of the section
    names brings that source with it.
    """
    kept: list[Paragraph] = []
    repairs: list[Repair] = []
    faulty = {f.paragraph for f in found.findings if f.severity is Severity.ERROR or _is_exact(f)}
    unnamed = {f.paragraph for f in found.findings if f.check == "name_unsupported"}
    for paragraph in found.paragraphs:
        if paragraph.id in unnamed:
            paragraph = _with_products(paragraph, offered, standards)
        if paragraph.id not in faulty:
            kept.append(paragraph)
            continue
        mended, done = _mended(paragraph, offered, standards)
        mended, cuts = _cut(mended, offered, standards)
        repairs += done + cuts
        if mended.text and not _hopeless(_check(mended, offered, standards)):
            kept.append(mended)
    return kept, repairs


def _with_products(paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards) -> Paragraph:
    """The paragraph, citing also the sources that name its products. Names of others stay as they are: a customer or a
    person out of another source is more likely mixed up than forgotten in the citations."""
    claims = _check(paragraph, offered, standards).claims
    missing = [claim.text for claim in claims if claim.kind == "product" and claim.reason == "elsewhere"]
    holders = [next((e.id for e in offered if name in e.text), None) for name in missing]
    return replace(paragraph, citations=tuple(dict.fromkeys((*paragraph.citations, *filter(None, holders)))))


def _mended(paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards) -> tuple[Paragraph, list[Repair]]:
    """Every finding with an exact answer, from the end of the text to its beginning."""
    findings = _check(paragraph, offered, standards).findings
    exact = [f for f in findings if _is_exact(f)]
    repairs: list[Repair] = []
    worst = _errors(findings)
    for finding in sorted(exact, key=lambda f: f.span or Span(0, 0), reverse=True):
        span = finding.span
        assert span is not None
        if repairs and span.end > repairs[-1].at:
            continue  # another mend has changed this place
        before = paragraph.text[: span.start]
        if _HAN_BLANK.search(before) and _HAN.match(finding.fix):
            before = before[:-1]  # 服务 100 家 → 服务超过 100 家
        text = before + finding.fix + paragraph.text[span.end :]
        tried = replace(paragraph, text=text)
        errors = _errors(_check(tried, offered, standards).findings)
        if errors <= worst:
            repairs.append(Repair(finding.check, paragraph.id, span.of(paragraph.text), finding.fix, span.start))
            paragraph, worst = tried, errors
    return paragraph, repairs


def _cut(paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards) -> tuple[Paragraph, list[Repair]]:
    wrong = [f for f in _check(paragraph, offered, standards).findings if f.severity is Severity.ERROR and f.span]
    return _without(paragraph, wrong, standards)


def _without(paragraph: Paragraph, wrong: Sequence[Finding], standards: Standards) -> tuple[Paragraph, list[Repair]]:
    """The paragraph without the sentences in which a finding stands."""
    if not wrong:
        return paragraph, []
    repairs, kept = [], []
    for span in sentences(paragraph.text):
        sentence = span.of(paragraph.text).strip()
        fault = next((f for f in wrong if f.span and span.overlaps(f.span)), None)
        if fault is None:
            kept.append(sentence)
        else:
            repairs.append(Repair(fault.check, paragraph.id, sentence, "", span.start))
    return replace(paragraph, text=("" if standards.locale.counts_characters else " ").join(kept)), repairs


def _check(paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards) -> Ledger:
    return check_paragraph(paragraph, offered, standards)


def _is_exact(finding: Finding) -> bool:
    """True when a program can put the finding right."""
    return bool(finding.span and finding.fix and BY_ID[finding.check].mends)


def _errors(findings: Sequence[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)


def _hopeless(ledger: Ledger) -> bool:
    """Errors that no cutting helps: another language, no source at all."""
    return any(
        f.severity is Severity.ERROR and f.check in ("language_mismatch", "citation_missing") for f in ledger.findings
    )
