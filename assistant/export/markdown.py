"""Markdown: front matter, footnotes as citations, every word of the draft as data (CommonMark, GFM tables)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.draft import Draft, Evidence, Paragraph
from assistant.export.labels import MARK, Labels, labels_for
from assistant.export.layout import Block, Shape, Table, lay_out
from assistant.export.plain import (
    about,
    by_severity,
    carried_cells,
    cites,
    clean,
    facts,
    name_of,
    one_line,
    repair_line,
    texts_of,
)
from assistant.export.provenance import Colophon
from knowledge.domain.finding import Finding

# Emphasis, code, escapes and tags anywhere; `_` only where it could open or close emphasis; brackets only where they
# could make a link, an image or a footnote; an ampersand only before what reads as a character reference.
_INLINE = re.compile(
    r"[\\`*<]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|\](?=[\[(:]|\s*$)|\[(?=\^)|&(?=#?\w+;)|#(?=#*\s*$)",
    re.MULTILINE,
)
# A heading, quote, list, table, rule, fence or setext underline at the start of a line.
_LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|>|[-+](?=[\s:|-]|$)|\||=+(?=\s*$)|~|:(?=[\s-]))")
_LEAF = re.compile(r"(?P<mark> {0,12}- )")
_ORDERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def markdown_text(draft: Draft, *, marked: bool = True, sources: bool = True, colophon: Colophon | None = None) -> str:
    """The draft as Markdown. The front matter says what it is; footnotes carry the evidence."""
    labels = labels_for(draft.locale)
    page = lay_out(draft, labels)
    parts = [_front_matter(draft, page.headline, marked, labels, colophon)]
    if marked:
        parts.append(f"> **{MARK}** · {labels['ai_label']}")
    elif colophon and colophon.head:
        parts.append(f"> **{colophon.head}**")
    parts.append(f"# {_inline(draft, page.headline, labels, sources, ' ')}")
    for section in page.sections:
        if section.heading:
            parts.append(f"## {escape(one_line(section.heading), line_start=False)}")
        parts += [_block(draft, block, labels, sources) for block in section.blocks]
    if marked:
        parts.append(f"## {labels['findings']}")
        texts = texts_of(draft)
        lines = [_finding(finding, texts, labels) for finding in by_severity(draft.findings)]
        parts.append("\n".join(lines) or labels["no_findings"])
        if draft.claim_table:
            parts += [f"## {labels['claim_table']}", _claim_table(draft, labels)]
        if draft.repairs:
            parts.append(f"## {labels['repairs']}")
            changed = [escape(repair_line(repair, labels), line_start=False) for repair in draft.repairs]
            parts.append("\n".join(f"- {line}" for line in changed))
    if colophon and colophon.foot:
        parts.append(f"*{escape(colophon.foot)}*")
    if sources and draft.evidence:
        parts.append(f"## {labels['sources']}")
        parts += [_footnote(evidence, labels) for evidence in draft.evidence]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str, *, line_start: bool = True) -> str:
    """`text` so that Markdown shows it as it is. Lines stay lines; blank ones go; bare addresses stay bare."""
    lines = (line.strip() for line in _INLINE.sub(lambda found: "\\" + found[0], clean(text)).split("\n"))
    return "\n".join(_escape_start(line) if line_start else line for line in lines if line)


def _escape_start(line: str) -> str:
    return _ORDERED.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", line))


def _front_matter(draft: Draft, headline: Paragraph, marked: bool, labels: Labels, colophon: Colophon | None) -> str:
    import yaml

    unapproved = marked or bool(colophon and colophon.marked)
    fields: dict[str, Any] = {
        "title": one_line(headline.text),
        "status": "draft" if unapproved else draft.state,
        "label": MARK if unapproved else None,
        "draft": draft.id,
        "version": draft.version,
        "template": draft.template,
        "locale": draft.locale,
        "market": draft.market,
        "channel": draft.channel,
        "audience": draft.audience,
        "model": draft.model or None,
        "generated-by": "AI",
        "ai-label": labels["ai_label"] if marked else labels["ai"],
    }
    if colophon:
        history = colophon.provenance
        del fields["generated-by"], fields["ai-label"]
        fields |= {"AIGC": history.aigc(), "provenance": history.to_json()}
    known = {key: clean(value) if isinstance(value, str) else value for key, value in fields.items() if value}
    return f"---\n{yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000)}---"


def _inline(draft: Draft, paragraph: Paragraph, labels: Labels, sources: bool, newline: str) -> str:
    """The paragraph on one logical line; `newline` stands for its line breaks."""
    if paragraph.gap:
        box = labels.gap(clean(paragraph.text))
        return box[0] + escape(box[1:-1]).replace("\n", newline) + box[-1]
    text = escape(paragraph.text, line_start=paragraph.cell is None).replace("\n", newline)
    return text + "".join(f"[^{id_}]" for id_ in cites(draft, paragraph, sources))


def _block(draft: Draft, block: Block, labels: Labels, sources: bool) -> str:
    if block.table is not None:
        return _table(draft, block.table, labels, sources)
    if block.shape is Shape.MAP:
        return "\n\n".join(_nested(draft, paragraph, labels, sources) for paragraph in block.paragraphs)
    # Two blanks before a line feed break the line without starting a paragraph.
    indent = {Shape.LIST: "  \n  ", Shape.QUOTE: "  \n> "}.get(block.shape, "  \n")
    texts = [_inline(draft, paragraph, labels, sources, indent) for paragraph in block.paragraphs]
    if block.shape is Shape.LIST:
        return "\n".join(f"- {text}" for text in texts)
    if block.shape is Shape.QUOTE:
        return "\n".join(f"> {text}" for text in texts)
    if block.shape is Shape.LINE:
        return "\n\n".join(_strong(text, "**") for text in texts)
    if block.shape is Shape.SUBTITLE:
        return "\n\n".join(_strong(text, "*") for text in texts)
    return "\n\n".join(texts)


def _nested(draft: Draft, paragraph: Paragraph, labels: Labels, sources: bool) -> str:
    """A paragraph that is a nested list already: its indents and dashes stay, its words are data."""
    if paragraph.gap:
        return _inline(draft, paragraph, labels, sources, "  \n")
    lines = []
    for line in clean(paragraph.text).split("\n"):
        found = _LEAF.match(line)
        lines.append(f"{found['mark']}{escape(line[found.end() :])}" if found else escape(line))
    return "\n".join(lines) + "".join(f"[^{id_}]" for id_ in cites(draft, paragraph, sources))


def _strong(text: str, sign: str) -> str:
    """Emphasis around the words, the footnotes outside of it; an empty text has none."""
    words, notes = _split_notes(text)
    return f"{sign}{words}{sign}{notes}" if words else notes


def _split_notes(text: str) -> tuple[str, str]:
    found = re.search(r"(?:\[\^[^\]\s]+\])+$", text)
    return (text[: found.start()], found[0]) if found else (text, "")


def _table(draft: Draft, table: Table, labels: Labels, sources: bool) -> str:
    header = ["", *(_cell(escape(one_line(column), line_start=False)) for column in table.columns)]
    lines = [_row(header), _row(["---"] * len(header))]
    for name, cells in table.rows:
        texts = [_cell("<br>".join(_inline(draft, p, labels, sources, "<br>") for p in cell)) for cell in cells]
        lines.append(_row([_cell(escape(one_line(name), line_start=False)), *texts]))
    return "\n".join(lines)


def _claim_table(draft: Draft, labels: Labels) -> str:
    lines = [
        _row(["", *(labels[word] for word in ("claim_of_source", "claim_in_text", "survived"))]),
        _row(["---"] * 4),
    ]
    for row in draft.claim_table:
        lines.append(_row([_cell(escape(cell, line_start=False)) for cell in carried_cells(row, labels)]))
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Renderers differ on a bar after a backslash; the character reference is read alike by all."""
    return re.sub(r"(?<!\\)\|", r"\\|", re.sub(r"(?<=\\)\|", "&#124;", text)) or "—"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _footnote(evidence: Evidence, labels: Labels) -> str:
    title = f"**{escape(name_of(evidence))}**"
    known = [escape(fact, line_start=False) for fact in facts(evidence, labels)]
    quoted = "  \n".join(f"    > {line}" for line in escape(evidence.text).split("\n") if line)
    return f"[^{evidence.id}]: {' · '.join([title, *known])}" + (f"\n\n{quoted}" if quoted else "")


def _finding(finding: Finding, texts: dict[str | None, str], labels: Labels) -> str:
    words = about(finding, texts)
    head = f"- **{labels.of('severity', finding.severity)}** `{one_line(finding.check).replace('`', '')}`"
    said = f" “{escape(words, line_start=False)}”" if words else ""
    fix = f" → {escape(one_line(finding.fix), line_start=False)}" if finding.fix else ""
    return f"{head}{said}{labels['colon']}{escape(one_line(finding.message), line_start=False)}{fix}"
