"""HTML to paste into the editor of WeChat articles (公众号): inline styles only, and only tags that it keeps.

The editor drops classes, ids, scripts, style sheets, positions and links to other sites. So a source is a raised number
and a line at the end, an address stays the words that it is, and the label stands in the text; there is no metadata.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.draft import Draft, Paragraph
from assistant.export.labels import Labels, labels_for
from assistant.export.layout import Block, Shape, Table, lay_out
from assistant.export.plain import cites, clean, facts, name_of, one_line
from assistant.export.provenance import Colophon

TAGS = frozenset("section p h2 strong em sup br blockquote ul ol li table thead tbody tr th td span".split())
"""What stands in the text. The file has a `meta` and a `title` besides, which stay behind when the text is copied."""

_INK, _SOFT, _ACCENT, _RULE, _WASH = "#2b2f33", "#7a7f85", "#8c2f23", "#e3ded3", "#f7f5f0"

_STYLES = {
    "page": f"max-width:677px;margin:0 auto;padding:8px;font-size:16px;line-height:1.9;color:{_INK};"
    "letter-spacing:.3px;text-align:justify;word-break:break-word;",
    "title": f"margin:0 0 24px;font-size:22px;line-height:1.45;font-weight:bold;color:{_INK};text-align:left;",
    "h2": f"margin:36px 0 16px;padding:0 0 0 12px;border-left:4px solid {_ACCENT};font-size:18px;line-height:1.4;"
    f"font-weight:bold;color:{_INK};text-align:left;",
    "p": "margin:0 0 18px;",
    "subtitle": f"margin:0 0 24px;font-size:16px;line-height:1.7;color:{_SOFT};",
    "quote": f"margin:24px 0;padding:14px 18px;background-color:{_WASH};border-left:3px solid {_RULE};font-size:16px;"
    f"line-height:1.85;color:{_INK};",
    "list": "margin:0 0 18px;padding:0 0 0 22px;",
    "item": "margin:0 0 8px;",
    "gap": f"padding:1px 6px;border:1px dashed {_ACCENT};color:{_ACCENT};",
    "cite": f"margin-left:2px;font-size:11px;color:{_SOFT};",
    "table": "width:100%;margin:8px 0 24px;border-collapse:collapse;font-size:14px;line-height:1.6;text-align:left;",
    "th": f"padding:8px 10px;border:1px solid {_RULE};background-color:{_WASH};font-weight:bold;",
    "td": f"padding:8px 10px;border:1px solid {_RULE};vertical-align:top;",
    "sources": f"margin:36px 0 0;padding:16px 0 0;border-top:1px solid {_RULE};font-size:13px;line-height:1.7;"
    f"color:{_SOFT};text-align:left;",
    "label": f"margin:28px 0 0;font-size:13px;line-height:1.7;color:{_SOFT};text-align:center;",
    "mark": f"margin:0 0 16px;font-size:14px;font-weight:bold;color:{_ACCENT};",
}


def wechat_html(draft: Draft, *, marked: bool = False, sources: bool = False, colophon: Colophon | None = None) -> str:
    """The draft as a file that a browser opens and from which everything is copied into the editor. `marked` is not for
    this format: the mark of an export without approval comes with the colophon."""
    labels = labels_for(draft.locale)
    title = one_line(lay_out(draft, labels).headline.text)
    body = "\n".join(_body(draft, labels, sources, colophon))
    return (
        f'<!doctype html>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f"{_open('section', 'page')}\n{body}\n</section>\n"
    )


def _body(draft: Draft, labels: Labels, sources: bool, colophon: Colophon | None) -> Iterator[str]:
    page = lay_out(draft, labels)
    if colophon and colophon.head:
        yield _tag("p", "mark" if colophon.marked else "label", escape(colophon.head))
    yield _tag("p", "title", f"<strong>{_inline(draft, page.headline, labels, sources)}</strong>")
    for section in page.sections:
        if section.heading:
            yield _tag("h2", "h2", escape(one_line(section.heading)))
        yield from (_block(draft, block, labels, sources) for block in section.blocks)
    if sources and draft.evidence:
        told = (" · ".join([name_of(e), *facts(e, labels)]) for e in draft.evidence)
        lines = [escape(f"[{e.id}] {words}") for e, words in zip(draft.evidence, told, strict=True)]
        heading = f"<strong>{escape(labels['sources'])}</strong>"
        yield _tag("section", "sources", "".join(_tag("p", "item", line) for line in (heading, *lines)))
    if colophon and colophon.foot:
        yield _tag("p", "label", escape(colophon.foot))


def _block(draft: Draft, block: Block, labels: Labels, sources: bool) -> str:
    if block.table is not None:
        return _table(draft, block.table, labels, sources)
    texts = [_inline(draft, paragraph, labels, sources) for paragraph in block.paragraphs]
    match block.shape:
        case Shape.LIST:
            return _tag("ul", "list", "".join(_tag("li", "item", _tag("p", "item", text)) for text in texts))
        case Shape.MAP:
            return "\n".join(_branches(paragraph) for paragraph in block.paragraphs)
        case Shape.QUOTE:
            return "\n".join(_tag("blockquote", "quote", text) for text in texts)
        case Shape.SUBTITLE:
            return "\n".join(_tag("p", "subtitle", text) for text in texts)
        case Shape.LINE:
            return "\n".join(_tag("p", "p", f"<strong>{text}</strong>") for text in texts)
        case _:
            return "\n".join(_tag("p", "p", text) for text in texts)


def _table(draft: Draft, table: Table, labels: Labels, sources: bool) -> str:
    head = _row("th", ["", *(escape(one_line(column)) for column in table.columns)])
    rows = []
    for name, cells in table.rows:
        texts = ["<br>".join(_inline(draft, p, labels, sources) for p in cell) or "—" for cell in cells]
        rows.append(_row("td", [f"<strong>{escape(one_line(name))}</strong>", *texts]))
    return _tag("table", "table", f"<thead>{head}</thead><tbody>{''.join(rows)}</tbody>")


def _row(tag: str, cells: Sequence[str]) -> str:
    return f"<tr>{''.join(_tag(tag, tag, cell) for cell in cells)}</tr>"


def _branches(paragraph: Paragraph) -> str:
    """A nested list by its depth: the editor keeps a margin, but breaks lists inside of lists."""
    lines = [line for line in clean(paragraph.text).split("\n") if line.strip()]
    return "".join(
        f'<p style="margin:0 0 6px {(len(line) - len(line.lstrip())) * 10}px;">{escape(line.strip())}</p>'
        for line in lines
    )


def _inline(draft: Draft, paragraph: Paragraph, labels: Labels, sources: bool) -> str:
    text = clean(paragraph.text).strip()
    if paragraph.gap:
        return _tag("span", "gap", escape(labels.gap(text)))
    marks = "".join(_tag("sup", "cite", f"[{escape(id_)}]") for id_ in cites(draft, paragraph, sources))
    return escape(text).replace("\n", "<br>") + marks


def _open(tag: str, style: str) -> str:
    return f'<{tag} style="{_STYLES[style]}">'


def _tag(tag: str, style: str, inside: str) -> str:
    return f"{_open(tag, style)}{inside}</{tag}>"
