"""HTML pages: the text a reader sees, block by block."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from knowledge.reading.document import Block, HeadingPath, Parts
from knowledge.reading.flow import HARD_BREAK, flow
from knowledge.reading.source import Source
from knowledge.reading.table import Row, rows_to_blocks
from knowledge.reading.visibility import hidden_by_attributes, hidden_by_rules

LINE_ATTRIBUTE = "data-koujing-line"
"""Markdown writes here the line of its own file; without it the line of the HTML file is the place."""
LINE_MARKER = "koujing-line:"
"""A comment that says on which line of the Markdown file the raw HTML after it begins."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {"li": "list_item", "blockquote": "quote"}
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form header hgroup hr html legend li main menu ol optgroup option p pre section summary table tbody td
    tfoot th thead tr ul
"""
_ADDRESS = re.compile(r"(?:https?:|ftp:|mailto:)?//\S|mailto:\S", re.IGNORECASE)
_BLOCKS = frozenset(_BLOCK_TAGS.split())


class Html:
    """`.html`: visible text only. Navigation (`nav`) is left out too; the place is the line in the file."""

    name = "HTML"
    suffixes = (".html", ".htm")

    def read(self, source: Source) -> Parts:
        return read_html(source, source.text())


def read_html(source: Source, markup: str, *, rendered: bool = False) -> Parts:
    """The parts of a page; `rendered` when it was made from another file, whose lines it tells.

    Raises `UnreadableFile` when it is nested deeper than a real page ever is.
    """
    from lxml import etree, html

    # lxml refuses text with an XML declaration, therefore bytes; a NUL or a lone surrogate is no character of a page.
    data = markup.encode("utf-8", errors="ignore")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except etree.ParserError:  # nothing but white space and comments
        return Parts([])
    if any("depth" in entry.message.lower() or "huge" in entry.message.lower() for entry in parser.error_log):
        raise source.unreadable("is nested too deeply to be a document", "simplify it or save it as plain text")
    walk = _Walk(hidden_by_rules(root), None if rendered else 0)
    for body in root.findall("body"):
        walk.enter(body, _Context())
    walk.flush()
    found = root.find(".//head/title")
    title = flow(found.text or "") if found is not None else ""
    language = root.get("lang", "")
    first = next((block.text for block in walk.blocks if block.kind == "heading"), "")
    meta = {key: value for key, value in (("title", title), ("lang", language)) if value}
    return Parts(walk.blocks, title or first, meta)


def _is_code(pre: Any) -> bool:
    """True for `<pre><code>`, as Markdown's fences become; `<pre>` alone may be a text set by hand."""
    return len(pre) == 1 and pre[0].tag == "code" and not (pre.text or "").strip() and not (pre[0].tail or "").strip()


def _place(line: int) -> str:
    return f"line {line}"


@dataclass(frozen=True, slots=True)
class _Context:
    kind: str = "text"
    line: int = 0


class _Walk:
    """Collects inline text until a block begins or ends."""

    def __init__(self, hidden: set[Any], shift: int | None) -> None:
        self.blocks: list[Block] = []
        self.headings = HeadingPath()
        self._hidden = hidden
        self._text: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._context = _Context()
        self._shift = shift

    def visible(self, element: Any) -> bool:
        if element in self._hidden or hidden_by_attributes(element):
            return False
        return bool(element.tag != "nav" and element.get("role") != "navigation")

    def enter(self, element: Any, above: _Context) -> None:
        """Walk a visible element."""
        tag = element.tag
        if tag not in _BLOCKS and tag not in _HEADINGS:
            self._inline(element, above)
            return
        self.flush()
        context = replace(above, kind=_KINDS.get(tag, above.kind), line=self._line(element, above.line))
        self._context = context
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag], context)
        elif tag == "table" and self._is_data(element):
            self._table(element, context)
        elif tag == "pre":
            self._pre(element, context)
        else:
            self._children(element, context)
            self.flush()
        self._context = above

    def _inline(self, element: Any, context: _Context) -> None:
        quoted = element.tag == "q"
        if element.tag == "br":
            self._text.append(HARD_BREAK)
        self._links += self._link(element)
        self._text.append("“" if quoted else "")
        self._children(element, context)
        self._text.append("”" if quoted else "")

    def _children(self, element: Any, context: _Context) -> None:
        self._text.append(element.text or "")
        for child in element:
            if self.visible(child):
                self.enter(child, context)
            elif not isinstance(child.tag, str):
                self._marker(child)
            self._text.append(child.tail or "")

    def _marker(self, comment: Any) -> None:
        text = (comment.text or "").strip()
        if text.startswith(LINE_MARKER) and text.removeprefix(LINE_MARKER).isdigit():
            self._shift = int(text.removeprefix(LINE_MARKER)) - comment.sourceline - 1

    def _line(self, element: Any, inherited: int) -> int:
        own = element.get(LINE_ATTRIBUTE, "")
        if own.isdigit() and len(own) < 10:
            self._shift = None
            return int(own)
        return inherited if self._shift is None else int(element.sourceline or 0) + self._shift

    def flush(self) -> None:
        """End the block that is being collected."""
        text, links = flow("".join(self._text)), tuple(self._links)
        self._text.clear()
        self._links.clear()
        if text:
            place, kind = _place(self._context.line), self._context.kind
            self.blocks.append(Block(text, self.headings.path, place, kind, links=links))

    def _link(self, element: Any) -> list[tuple[str, str]]:
        """The words and the address of a link to another place."""
        target = (element.get("href") or "").strip() if element.tag == "a" else ""
        return [(flow(self._all_text(element)), target)] if _ADDRESS.match(target) else []

    def _heading(self, element: Any, level: int, context: _Context) -> None:
        text = flow(self._all_text(element)).replace("\n", " ")
        if text:
            above = self.headings.enter(level, text)
            links = tuple(link for inner in element.iter("a") for link in self._link(inner))
            self.blocks.append(Block(text, above, _place(context.line), "heading", links=links))

    def _pre(self, element: Any, context: _Context) -> None:
        first = element[0] if len(element) else element
        line = self._line(first, context.line)
        text = self._all_text(element).replace(HARD_BREAK, "\n").strip("\n").rstrip()
        if text.strip():
            kind = "code" if _is_code(element) else context.kind
            self.blocks.append(Block(text, self.headings.path, _place(line), kind))

    def _all_text(self, element: Any) -> str:
        """Visible text of an element, blocks inside set apart by a space."""
        parts = [element.text or ""]
        for child in element:
            if self.visible(child):
                between = " " if child.tag in _BLOCKS else ""
                parts += [HARD_BREAK if child.tag == "br" else between, self._all_text(child), between]
            parts.append(child.tail or "")
        return "".join(parts)

    def _is_data(self, table: Any) -> bool:
        """False for tables that only lay out a page: one column, or blocks and tables inside the cells."""
        if table.find(".//table") is not None or any(table.find(f".//{tag}") is not None for tag in _HEADINGS):
            return False
        return any(sum(cell.tag in ("td", "th") for cell in row) > 1 for row in table.iter("tr"))

    def _table(self, table: Any, context: _Context) -> None:
        for caption in table.iter("caption"):
            text = flow(self._all_text(caption))
            if text and self.visible(caption):
                self.blocks.append(Block(text, self.headings.path, _place(context.line), context.kind))
        rows: list[Row] = []
        header: bool | None = None
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th") and self.visible(cell)]
            if not cells or not self._shown(row, table):
                continue
            if not rows:
                header = True if all(cell.tag == "th" for cell in cells) else None if len(cells) > 2 else False
            rows.append((self._line(row, context.line), [text for cell in cells for text in self._cell(cell)]))
        self.blocks.extend(rows_to_blocks(rows, _place, self.headings.path, header=header))

    def _cell(self, cell: Any) -> list[str]:
        """The cell's text in its first column, empty in the other columns that it spans."""
        span = cell.get("colspan", "1")
        return [flow(self._all_text(cell)), *[""] * (min(int(span), 50) - 1 if span.isdecimal() else 0)]

    def _shown(self, element: Any, root: Any) -> bool:
        while element is not None and element is not root:
            if not self.visible(element):
                return False
            element = element.getparent()
        return True
