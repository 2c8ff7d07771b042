"""HTML pages: texts by block, inline tags as codes; every byte that is no text stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.front_matter import front_matter
from assistant.localization.formats.html_events import Event, Kind, events
from assistant.localization.formats.html_units import Found, texts
from assistant.localization.formats.spliced import Encoded, Lines, Slot, SplicedFile, decoded
from assistant.localization.unit import Unit

_DECLARED = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,200}?encoding=["']([\w.:-]+)"""
)
_HEAD = 4096
# Browsers read these names as the larger sets that the files are written in.
_LARGER = {"gb2312": "gbk", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}


Place = Callable[[int], int]
"""From an offset in a piece of HTML to the offset in the file."""


class Html:
    """`.html`, also with front matter.

    `script`, `style`, `pre`, `template` and the like, what is marked `translate="no"` or `class="notranslate"` and
    comments stay; `code`, `kbd`, `samp` are literal codes of their sentence. `lang` of the page is set to the target
    when anything was translated.
    """

    id = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def recognises(self, name: str, data: bytes) -> bool:
        """Every text is HTML to a browser."""
        return True

    def read(self, data: bytes, reading: Reading) -> SplicedFile:
        """Read it. Raises `UnreadableFile` when it is no text or its front matter cannot be read."""
        source = _decoded(data, reading.name)
        begin, slots = front_matter(source.text, reading)
        parts = events(source.text[begin:], reading.name)
        lines = Lines(source.text)
        slots = slots + html_slots(texts(parts), "h", lambda at: at + begin, lines)
        return SplicedFile(reading.name, source, slots, _language(parts, begin, reading))


def html_slots(found: Sequence[Found], prefix: str, place: Place, lines: Lines) -> list[Slot]:
    """Texts as slots with the ids `PREFIX1` …; `place` gives the offset in the file."""
    slots = []
    for number, text in enumerate(found):
        start = place(text.start)
        is_attribute = text.quote is not None
        unit = Unit(f"{prefix}{number + 1}", text.content, place=lines.place(start), prose=not is_attribute)
        parent = f"{prefix}{text.inside + 1}" if text.inside >= 0 else ""
        slots.append(Slot(unit, start, place(text.end), text.rendered, parent, text.code, text.offset))
    return slots


def _decoded(data: bytes, name: str) -> Encoded:
    found = _DECLARED.search(data[:_HEAD])
    label = (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""
    source = decoded(data, name, _LARGER.get(label, label))
    return Encoded(source.text, source.encoding, source.mark, declared=source.declared, missing="xmlcharrefreplace")


def _language(parts: Sequence[Event], begin: int, reading: Reading) -> list[Slot]:
    """The place of the page's language, when the target is another one."""
    page = next((part for part in parts if part.kind is Kind.START and part.name == "html"), None)
    if page is None or reading.source == reading.target:
        return []
    slots = []
    for attribute in page.attributes():
        if attribute.name in ("lang", "xml:lang"):
            slots.append(_fixed(begin + attribute.start, begin + attribute.end, reading.target.tag))
    after_name = begin + page.start + len("<html")
    return slots or [_fixed(after_name, after_name, f' lang="{reading.target.tag}"')]


def _fixed(start: int, end: int, text: str) -> Slot:
    return Slot(Unit("", Content()), start, end, lambda _: text)
