"""A Word paragraph as words and codes, and back.

Left where it is or put at the paragraph's ends when it is rewritten: bookmarks, comment marks, hidden runs. Tracked
changes of a rewritten paragraph are taken as accepted. Proofing marks and the breaks of the last printing go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.docx_run import bit_of, run_of, shell_of, style_of
from assistant.localization.formats.docx_styles import Styles
from assistant.localization.formats.formatted import Atom, Formatted, Inline, Run, Wrapped
from knowledge.domain.locale import Locale
from knowledge.reading.docx_text import W

_DROPPED = {f"{W}{name}" for name in "proofErr lastRenderedPageBreak del moveFrom softHyphen annotationRef".split()}
_TRANSPARENT = {f"{W}{name}" for name in "ins moveTo smartTag customXml".split()}
_LABELS = {
    f"{W}tab": "tab",
    f"{W}ptab": "tab",
    f"{W}br": "br",
    f"{W}cr": "br",
    f"{W}footnoteReference": "note",
    f"{W}endnoteReference": "note",
    f"{W}footnoteRef": "note",
    f"{W}endnoteRef": "note",
    f"{W}drawing": "image",
    f"{W}pict": "image",
    f"{W}object": "image",
    f"{W}sym": "sign",
    f"{W}fldSimple": "field",
}
_FIXED = ("tab", "br")


class Fields:
    """How many fields that are left as they are were opened in earlier paragraphs and are still open."""

    depth = 0


class DocxParagraph:
    """A `w:p`: what is to be translated in it. Reading does not change the element; `rewrite` does."""

    def __init__(self, element: Any, styles: Styles, fields: Fields) -> None:
        self._element = element
        parser = _Parser(styles, fields, styles.paragraph_hides(element))
        parser.take(element)
        self._lead, self._tail = parser.lead, parser.tail
        self._formatted = Formatted(parser.finish())
        code = styles.paragraph_is_code(element)
        self.content = Content() if code else self._formatted.content

    def rewrite(self, target: Content, locale: Locale) -> None:
        """Put the target in place of the words, its runs marked as being in `locale`."""
        inner = self._formatted.elements(target, lambda properties, text: run_of(properties, text, locale))
        element = self._element
        lead, tail = [part() for part in self._lead], [part() for part in self._tail]
        for child in list(element):
            if child.tag != f"{W}pPr":
                element.remove(child)
        element.extend([*lead, *inner, *tail])


class _Parser:
    """Walks the children of a paragraph. `_frames` are the fields that are open: a link's result is text, all other
    fields are one code from their beginning to their end."""

    def __init__(self, styles: Styles, fields: Fields, hidden: bool) -> None:
        self._styles, self._fields, self._hidden = styles, fields, hidden
        self._frames: list[_Frame] = [_Frame()]
        if fields.depth:
            self._frames.append(_Frame(kind="left", depth=fields.depth))
        self.lead: list[Callable[[], Any]] = []
        self.tail: list[Callable[[], Any]] = []

    def finish(self) -> list[Atom]:
        """The atoms, with what was not closed closed."""
        self._fields.depth = sum(frame.depth or int(frame.opening) for frame in self._frames)
        while len(self._frames) > 1:
            self._close()
        return self._frames[0].atoms

    def take(self, parent: Any) -> None:
        for child in parent:
            tag = child.tag
            if self._top.kind != "text" and self._top.kind != "link":
                self._swallow(child)
            elif tag == f"{W}r":
                self._run(child)
            elif tag in _TRANSPARENT:
                self.take(child)
            elif tag in (f"{W}hyperlink", f"{W}sdt", f"{W}bdo", f"{W}dir"):
                self._wrapped(child)
            elif tag not in _DROPPED and tag != f"{W}pPr" and isinstance(tag, str):
                self._beside_runs(child)

    @property
    def _top(self) -> _Frame:
        return self._frames[-1]

    def _beside_runs(self, child: Any) -> None:
        name = child.tag.rpartition("}")[2]
        if child.tag.startswith(W) and name.endswith(("Start", "End")):
            (self.lead if name.endswith("Start") else self.tail).append(lambda: child)
        else:
            self._top.atoms.append(Inline(_LABELS.get(child.tag, "object"), lambda: [child]))

    def _wrapped(self, child: Any) -> None:
        content = child.find(f"{W}sdtContent") if child.tag == f"{W}sdt" else child
        if content is None or content.find(f".//{W}p") is not None:
            self._top.atoms.append(Inline("object", lambda: [child]))
            return
        self._frames.append(_Frame())
        self.take(content)
        while len(self._frames) > 1 and self._top.kind != "text":
            self._close()
        inner = self._frames.pop().atoms
        if inner:
            self._top.atoms.append(Wrapped(inner, lambda: shell_of(child)))

    def _swallow(self, child: Any) -> None:
        """Inside a field that is left as it is: everything goes along until it ends."""
        if child.tag == f"{W}pPr":
            return
        marks = child.findall(f".//{W}fldChar")
        if child.tag == f"{W}r" and len(marks) == 1 and len([one for one in child if one.tag != f"{W}rPr"]) > 1:
            for bit in [one for one in child if one.tag != f"{W}rPr"]:
                if self._top.kind == "left":
                    self._bit_of_field(bit, bit_of(child, bit))
                else:
                    self._bit(child, bit)
            return
        self._top.elements.append(lambda: [child])
        for mark in marks:
            self._count(mark)

    def _bit_of_field(self, bit: Any, element: Callable[[], list[Any]]) -> None:
        self._top.elements.append(element)
        if bit.tag == f"{W}fldChar":
            self._count(bit)

    def _count(self, mark: Any) -> None:
        kind = mark.get(f"{W}fldCharType")
        if self._top.kind == "left":
            self._top.depth += (kind == "begin") - (kind == "end")
            if self._top.depth == 0:
                self._close()

    def _run(self, run: Any) -> None:
        properties = run.find(f"{W}rPr")
        hidden = self._hidden or self._styles.hides(properties)
        if hidden and run.find(f"{W}fldChar") is None:
            (self.tail if self._top.atoms else self.lead).append(lambda: run)
            return
        if self._styles.is_code(properties) and (text := "".join(run.itertext(f"{W}t"))).strip():
            self._top.atoms.append(Inline("code", lambda: [run], CodeKind.LITERAL, literal=text))
            return
        for bit in run:
            if self._top.kind == "left":
                self._bit_of_field(bit, bit_of(run, bit))
            elif bit.tag != f"{W}rPr" and isinstance(bit.tag, str) and bit.tag not in _DROPPED:
                self._bit(run, bit)

    def _bit(self, run: Any, bit: Any) -> None:
        tag = bit.tag
        if tag == f"{W}t":
            self._text(run, " ".join((bit.text or "").split("\n")))
        elif tag == f"{W}noBreakHyphen":
            self._text(run, "\u2011")
        elif tag == f"{W}fldChar":
            self._field_mark(bit, bit_of(run, bit))
        elif tag == f"{W}instrText":
            self._instruction(bit, bit_of(run, bit))
        elif tag == f"{W}commentReference":
            self.tail.append(lambda: run)
        elif tag not in (f"{W}delText", f"{W}delInstrText"):
            label = _LABELS.get(tag, "object")
            self._top.atoms.append(Inline(label, bit_of(run, bit), movable=label not in _FIXED))

    def _text(self, run: Any, text: str) -> None:
        if text:
            style = style_of(run.find(f"{W}rPr"), text)
            blank = not text.strip() and "<u " not in style.key
            self._top.atoms.append(Run(text, style, blank))

    def _field_mark(self, mark: Any, element: Callable[[], list[Any]]) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin" and self._top.opening:
            # A field inside the instruction of another: both are left as they are.
            self._top.kind, self._top.depth, self._top.opening = "left", 1, False
            self._bit_of_field(mark, element)
        elif kind == "begin":
            self._frames.append(_Frame(kind="link", elements=[element], opening=True))
        elif kind == "separate" and self._top.opening:
            self._top.elements.append(element)
            self._top.opening = False
            if not self._top.instruction.strip().upper().startswith("HYPERLINK"):
                self._top.kind, self._top.depth = "left", 1
        elif kind == "end" and self._top.kind == "link":
            if self._top.opening:
                self._top.kind = "left"
                self._top.elements.append(element)
            else:
                self._top.ends.append(element)
            self._close()
        else:
            self._top.atoms.append(Inline("field", element))

    def _instruction(self, bit: Any, element: Callable[[], list[Any]]) -> None:
        if self._top.opening:
            self._top.instruction += bit.text or ""
            self._top.elements.append(element)
        else:
            self._top.atoms.append(Inline("field", element))

    def _close(self) -> None:
        frame = self._frames.pop()
        if frame.kind == "link" and not frame.opening:
            self._top.atoms.append(Wrapped(frame.atoms, before=_all(frame.elements), after=_all(frame.ends)))
        else:
            self._top.atoms.append(Inline("field", _all(frame.elements)))
            self._top.atoms.extend(frame.atoms)


class _Frame:
    """A stretch of atoms: `text`, a `link` field, or a field that is `left` as it is, `depth` deep."""

    def __init__(
        self,
        kind: str = "text",
        *,
        depth: int = 0,
        elements: list[Callable[[], list[Any]]] | None = None,
        opening: bool = False,
    ) -> None:
        self.kind, self.depth, self.opening, self.instruction = kind, depth, opening, ""
        self.atoms: list[Atom] = []
        self.elements = elements or []
        self.ends: list[Callable[[], list[Any]]] = []


def _all(parts: list[Callable[[], list[Any]]]) -> Callable[[], list[Any]]:
    return lambda: [element for part in parts for element in part()]
