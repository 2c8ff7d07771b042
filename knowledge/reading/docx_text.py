"""The visible text of a Word paragraph: runs, insertions, links; no deletions, hidden runs, comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.reading.flow import HARD_BREAK, flow

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_SKIPPED = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "txbxContent",
        "pPr",
        "rPr",
        "commentReference",
        "rt",
        "pict",
    )
}
_BREAKS = {f"{W}br", f"{W}cr"}
_TINY = 4  # half points


def on(toggle: Any) -> bool:
    """True for a Word on/off element that is present and not switched off."""
    return toggle is not None and toggle.get(f"{W}val", "true").lower() not in ("false", "0", "off", "none")


class WordText:
    """Reads paragraphs; `dropped` counts the hidden runs that were left out."""

    def __init__(self, document: Any) -> None:
        self.dropped = 0
        self._styles = {style.get(f"{W}styleId"): style for style in document.styles.element.iter(f"{W}style")}
        self._targets = {id_: link.target_ref for id_, link in document.part.rels.items() if link.is_external}
        self._paper = document.element.find(f"{W}background") is None

    def style_of(self, paragraph: Any) -> str:
        """The style's name in lower case, e.g. `heading 1`."""
        reference = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._styles.get(reference.get(f"{W}val")) if reference is not None else None
        name = style.find(f"{W}name") if style is not None else None
        return str(name.get(f"{W}val", "")).lower() if name is not None else ""

    def of(self, paragraph: Any) -> str:
        """The text with `HARD_BREAK` for line breaks."""
        return "".join(self._texts(paragraph))

    def links(self, paragraph: Any) -> tuple[tuple[str, str], ...]:
        """The words of its links with the addresses they lead to."""
        targets = ((link, self._targets.get(link.get(f"{R}id", ""))) for link in paragraph.iter(f"{W}hyperlink"))
        return tuple((flow(self.of(link)), target) for link, target in targets if target)

    def _texts(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == f"{W}t":
                yield child.text or ""
            elif tag == f"{W}tab":
                yield " "
            elif tag in _BREAKS:
                yield HARD_BREAK
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag in _SKIPPED or not isinstance(tag, str) or tag.endswith("}Fallback"):
                continue
            elif tag == f"{W}r" and self._is_hidden(child):
                self.dropped += any((text.text or "").strip() for text in child.iter(f"{W}t"))
            else:
                yield from self._texts(child)

    def _is_hidden(self, run: Any) -> bool:
        """Hidden, struck out, white on the paper's white, or too small to be seen; also by style."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        own = run.find(f"{W}rPr")
        for name in ("vanish", "strike", "dstrike"):
            direct = own.find(f"{W}{name}") if own is not None else None
            if on(direct) or (direct is None and self._by_style(own, paragraph, name)):
                return True
        if own is None:
            return False
        size = own.find(f"{W}sz")
        if size is not None and size.get(f"{W}val", "").isdigit() and int(size.get(f"{W}val")) <= _TINY:
            return True
        colour = own.find(f"{W}color")
        white = colour is not None and colour.get(f"{W}val", "").lower() == "ffffff"
        return white and self._paper and not _on_colour(own, paragraph)

    def _by_style(self, own: Any, paragraph: Any, name: str) -> bool:
        references = [own.find(f"{W}rStyle") if own is not None else None]
        references.append(paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None)
        for reference in references:
            seen: set[str] = set()
            while reference is not None and (key := reference.get(f"{W}val", "")) in self._styles and key not in seen:
                seen.add(key)
                style = self._styles[key]
                found = style.find(f"{W}rPr/{W}{name}")
                if found is not None:
                    return on(found)
                reference = style.find(f"{W}basedOn")
        return False


def _on_colour(own: Any, paragraph: Any) -> bool:
    """True when the run may stand on a dark ground: shading, highlighting, a table, a text box."""
    if own.find(f"{W}shd") is not None or own.find(f"{W}highlight") is not None or paragraph is None:
        return True
    if paragraph.find(f"{W}pPr/{W}shd") is not None or paragraph.find(f"{W}pPr/{W}pStyle") is not None:
        return True
    return any(parent.tag in (f"{W}tc", f"{W}txbxContent") for parent in paragraph.iterancestors())
