"""Plain text: what every format says about a source, a finding and the usage, and the `.txt` format itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.carried import CarriedClaim
from assistant.draft import Draft, Evidence, Paragraph, Repair
from assistant.export.labels import MARK, Labels, labels_for
from assistant.export.layout import Block, Shape, lay_out
from knowledge.domain.finding import Finding, Severity

if TYPE_CHECKING:
    from assistant.export.provenance import Colophon

# Controls, lone surrogates and non-characters break XML and terminals; bidirectional overrides make a text read
# otherwise than it is stored. Tab and line feed stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")

_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


def clean(text: str) -> str:
    """`text` without terminal sequences and control characters; every line break is a line feed."""
    return _UNPRINTABLE.sub("", _TERMINAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """`text` cleaned and on one line."""
    return " ".join(clean(text).split())


def facts(evidence: Evidence, labels: Labels) -> tuple[str, ...]:
    """What a reader must know about a source besides its title, in order of use; what is unknown is left out."""
    entry = f"{evidence.entry_id} v{evidence.version}" if evidence.version is not None else evidence.entry_id
    place = " › ".join(part for part in (evidence.source, labels.place(evidence.locator)) if part)
    found = (
        entry if evidence.origin == "library" else labels.of("origin", evidence.origin),
        place,
        labels.of("state", evidence.state) if evidence.state else "",
        labels.named("approved_by", evidence.approved_by) if evidence.approved_by else "",
        labels.named("review_due", evidence.review_due) if evidence.review_due else "",
        labels.named("valid_until", evidence.valid_until) if evidence.valid_until else "",
    )
    return tuple(one_line(fact) for fact in found if fact)


def name_of(evidence: Evidence) -> str:
    """The title of a source, or the best there is."""
    return one_line(evidence.title or evidence.source or evidence.entry_id or evidence.id)


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; otherwise in their own order."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def about(finding: Finding, texts: dict[str | None, str]) -> str:
    """The words that a finding speaks of, shortened; empty when it speaks of a whole paragraph or draft.

    `texts` maps paragraph ids to texts; under None stands the text of a check without paragraphs.
    """
    text = texts.get(finding.paragraph, "")
    words = one_line(finding.span.of(text)) if finding.span else ""
    return words if len(words) <= 40 else words[:39] + "…"


def texts_of(draft: Draft) -> dict[str | None, str]:
    """The texts of a draft's paragraphs by id."""
    return {paragraph.id: paragraph.text for _, paragraph in draft.paragraphs()}


def origin_line(draft: Draft, labels: Labels) -> tuple[str, ...]:
    """Draft id and version, template, locale, market, channel, audience: whose text this is and for whom."""
    found = (
        f"{draft.id} v{draft.version}",
        draft.template,
        draft.locale,
        draft.market or "",
        draft.channel or "",
        labels.of("audience", draft.audience),
    )
    return tuple(one_line(part) for part in found if part)


def usage_line(draft: Draft, labels: Labels) -> str:
    """One line on the model and what it took."""
    usage = draft.usage
    parts = [
        draft.model or "—",
        f"{usage.calls} {labels['calls']}",
        f"{usage.prompt_tokens} + {usage.completion_tokens} {labels['tokens']}",
        f"{usage.seconds:.1f} {labels['seconds']}",
    ]
    if usage.cost is not None:
        parts.append(f"{labels['cost']} {usage.cost:.4f}")
    return one_line(" · ".join(parts))


def cites(draft: Draft, paragraph: Paragraph, sources: bool = True) -> tuple[str, ...]:
    """The ids that a paragraph cites and that the draft knows; none when sources are left out."""
    return tuple(evidence.id for evidence in draft.cited(paragraph)) if sources else ()


def plain_text(draft: Draft, *, marked: bool = True, sources: bool = True, colophon: Colophon | None = None) -> str:
    """The draft as plain text: headings, paragraphs with [S1], sources, findings. It has no metadata: of a colophon it
    says only the lines that readers see."""
    labels = labels_for(draft.locale)
    parts = [body_text(draft, labels, marked, sources), *end_matter(draft, labels, marked, sources)]
    if colophon:
        parts = [colophon.head, *parts, colophon.foot]
    return "\n\n".join(part for part in parts if part) + "\n"


def body_text(draft: Draft, labels: Labels, marked: bool, sources: bool) -> str:
    """Headline and sections."""
    page = lay_out(draft, labels)
    parts = [f"{MARK} · {labels['ai_label']}\n{' · '.join(origin_line(draft, labels))}"] if marked else []
    parts.append(_inline(draft, page.headline, labels, sources))
    for section in page.sections:
        heading = one_line(section.heading)
        lines = [f"{heading}\n{'=' * min(_width(heading), 72)}"] if heading else []
        lines += [_block(draft, block, labels, sources) for block in section.blocks]
        parts.append("\n\n".join(lines))
    return "\n\n".join(parts)


def end_matter(draft: Draft, labels: Labels, marked: bool, sources: bool) -> list[str]:
    """The list of sources and, when marked, the findings."""
    parts = []
    if sources and draft.evidence:
        parts.append(_listed("sources", [_source(evidence, labels) for evidence in draft.evidence], labels))
    if marked:
        lines = [finding_line(finding, texts_of(draft), labels) for finding in by_severity(draft.findings)]
        parts.append(_listed("findings", lines or [labels["no_findings"]], labels))
        if draft.claim_table:
            parts.append(_listed("claim_table", [carried_line(row, labels) for row in draft.claim_table], labels))
        if draft.repairs:
            parts.append(_listed("repairs", [repair_line(repair, labels) for repair in draft.repairs], labels))
    return parts


def _listed(title: str, lines: Sequence[str], labels: Labels) -> str:
    return "\n".join([f"{labels[title]}\n{'-' * _width(labels[title])}", *lines])


def finding_line(finding: Finding, texts: dict[str | None, str], labels: Labels) -> str:
    """One finding on one line: severity, check, words, message, fix."""
    words = about(finding, texts)
    head = f"[{labels.of('severity', finding.severity)}] {one_line(finding.check)}"
    fix = f" → {one_line(finding.fix)}" if finding.fix else ""
    return head + (f" “{words}”" if words else "") + labels["colon"] + one_line(finding.message) + fix


def repair_line(repair: Repair, labels: Labels) -> str:
    """What a program changed, on one line: check, the words before and after."""
    after = f"“{one_line(repair.after)}”" if repair.after else labels["cut"]
    return f"{one_line(repair.check)}{labels['colon']}“{one_line(repair.before)}” → {after}"


def carried_cells(row: CarriedClaim, labels: Labels) -> tuple[str, str, str, str]:
    """A row of the claim table: kind, the words of the source, those of the text, and what became of it."""
    outcome = labels.of("survival", row.survival) + (f"{labels['colon']}{row.note}" if row.note else "")
    kind = f"[{row.evidence}] {labels.of('kind', row.kind)}"
    return kind, one_line(row.text), one_line(row.said) or "—", outcome


def carried_line(row: CarriedClaim, labels: Labels) -> str:
    """A row of the claim table on one line."""
    kind, text, said, outcome = carried_cells(row, labels)
    return f"{kind} “{text}” → {f'“{said}”' if row.said else said} · {outcome}"


def _source(evidence: Evidence, labels: Labels) -> str:
    told = f"[{evidence.id}] {' · '.join([name_of(evidence), *facts(evidence, labels)])}"
    return f"{told}\n     “{one_line(evidence.text)}”" if evidence.text else told


def _inline(draft: Draft, paragraph: Paragraph, labels: Labels, sources: bool) -> str:
    text = clean(paragraph.text).strip()
    marks = "".join(f"[{id_}]" for id_ in cites(draft, paragraph, sources))
    return labels.gap(text) if paragraph.gap else f"{text} {marks}".rstrip()


def _block(draft: Draft, block: Block, labels: Labels, sources: bool) -> str:
    if block.table is not None:
        rows = []
        for name, cells in block.table.rows:
            rows.append(one_line(name))
            for column, paragraphs in zip(block.table.columns, cells, strict=True):
                text = "; ".join(_inline(draft, p, labels, sources) for p in paragraphs) or "—"
                rows.append(f"  {one_line(column)}{labels['colon']}{one_line(text)}")
        return "\n".join(rows)
    return _lines(block.shape, [_inline(draft, p, labels, sources) for p in block.paragraphs])


def _lines(shape: Shape, texts: Sequence[str]) -> str:
    first, rest = {Shape.LIST: ("- ", "  "), Shape.QUOTE: ("    ", "    ")}.get(shape, ("", ""))
    return "\n".join(first + text.replace("\n", f"\n{rest}") for text in texts)


def _width(text: str) -> int:
    """Columns that `text` takes in a terminal: two for a wide East Asian character."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
