"""Android string resources (`res/values/strings.xml`): string, string-array, plurals; edited in place.

What is marked translatable="false" is no unit and belongs to the default file alone: it goes as soon as a text of the
file was translated. References to other resources are no texts. Plurals get the quantities of the target's language.
A unit that is held keeps its source text, with a comment that says why above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats import android_text
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.plural_units import source_form
from assistant.localization.formats.xliff_entry import Ids
from assistant.localization.formats.xml_inline import NESTED, FileCodes, Inline, content_of, raw_of
from assistant.localization.formats.xml_splice import Edits, Element, XmlDocument, parse
from assistant.localization.messages.plurals import CATEGORIES, categories
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import Unit
from knowledge.domain.errors import UnreadableFile

_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?"
    rb"(?:\s++|(?><\?.*?\?>)|(?><!--.*?-->)|<!DOCTYPE(?:[^\[>]|\[[^\]]*+\])*+>)*+<resources[\s>/]",
    re.S,
)
_CDATA = re.compile(r"\s*<!\[CDATA\[(?:(?!\]\]>).)*\]\]>\s*", re.S)
_COMMENT = re.compile(r"<!--((?:(?!-->).)*)-->\s*\Z", re.S)
_LIMIT = re.compile(r"\[CHAR[ _]LIMIT\s*=\s*(\d{1,6})\]", re.IGNORECASE)
_OURS = "koujing: not translated:"
_LONGEST_COMMENT = 2000


def inline(element: Element) -> Inline:
    """How an element within a string is a code: `xliff:g` is left alone with what it holds, styles surround text."""
    if element.local == "g" and "xliff" in element.space:
        return Inline(CodeKind.PLACEHOLDER)
    return NESTED


@dataclass(frozen=True, slots=True)
class _Text:
    """An element with a text: a string, or an item of an array or of plurals."""

    element: Element
    content: Content
    codes: FileCodes


@dataclass(frozen=True, slots=True, eq=False)
class _Resource:
    """A string (one text), an array (several) or plurals (by quantity), and the units that come of it."""

    element: Element
    texts: Sequence[_Text]
    forms: Mapping[str, _Text] = field(default_factory=dict)
    units: Sequence[Unit] = ()
    of: Sequence[_Text] = ()
    """The text that each unit is translated from."""


class AndroidFile:
    """A file that was read."""

    def __init__(self, document: XmlDocument, reading: Reading) -> None:
        self._document, self._reading = document, reading
        self._resources = list(_Reader(document, reading).resources())

    @property
    def units(self) -> Sequence[Unit]:
        return [unit for resource in self._resources for unit in resource.units]

    def write(self, written: Written) -> bytes:
        edits = Edits(self._document)
        for resource in self._resources:
            if resource.forms:
                self._write_plurals(edits, resource, written)
            else:
                for unit, text in zip(resource.units, resource.of, strict=True):
                    target = written.targets.get(unit.id)
                    if target is not None and target != unit.source:
                        edits.set_inner(text.element, self._raw(unit, text, target))
        if edits:
            self._leave_out(edits)
        for resource in self._resources:
            self._mark(edits, resource, written)
        return edits.applied()

    def _raw(self, unit: Unit, text: _Text, target: Content) -> str:
        raw = self._document.raw(text.element)
        cdata = _CDATA.fullmatch(raw) is not None
        quoted = android_text.is_quoted(raw.strip()[9:-3] if cdata else raw)
        where = f"{self._document.name}, {unit.id}"
        return raw_of(target, text.codes, where, lambda c: android_text.render(c, quoted=quoted, cdata=cdata))

    def _write_plurals(self, edits: Edits, resource: _Resource, written: Written) -> None:
        """The items of the target's quantities, in their order; nothing when no form was translated."""
        targets = [written.targets.get(unit.id) for unit in resource.units]
        if all(target is None or target == unit.source for unit, target in zip(resource.units, targets, strict=True)):
            return
        wanted: dict[str, str] = {}
        for unit, text, target in zip(resource.units, resource.of, targets, strict=True):
            same = target is None or target == unit.source
            wanted[unit.plural] = (
                self._document.raw(text.element) if same else self._raw(unit, text, target or Content())
            )
        present = {category: text.element for category, text in resource.forms.items()}
        first = next(iter(present.values()))
        after: Element | None = None
        for category in sorted(wanted, key=CATEGORIES.index):
            if category in present:
                after = present[category]
                edits.set_inner(after, wanted[category])
                continue
            item = f'<{first.name} quantity="{category}">{wanted[category]}</{first.name}>'
            if after is None:
                edits.insert(resource.element.inner, self._document.indent(first) + item)
            else:
                edits.insert(after.end, self._document.indent(after) + item)
        for category, element in present.items():
            if category not in wanted:
                edits.drop(element)

    def _leave_out(self, edits: Edits) -> None:
        for element in self._document.root.children:
            if element.get("translatable") == "false":
                edits.drop(element)

    def _mark(self, edits: Edits, resource: _Resource, written: Written) -> None:
        reasons = dict.fromkeys(written.held[unit.id] for unit in resource.units if unit.id in written.held)
        if reasons:
            why = re.sub(r"-(?=-)|-$", "- ", " ".join("; ".join(reasons).split()))
            indent = self._document.indent(resource.element)
            edits.insert(resource.element.start, f"<!-- {_OURS} {why} -->{indent}")


class _Reader:
    """Finds the resources of a document."""

    def __init__(self, document: XmlDocument, reading: Reading) -> None:
        self._document, self._reading, self._ids = document, reading, Ids()

    def resources(self) -> Iterator[_Resource]:
        root = self._document.root
        ends = [root.inner, *(child.end for child in root.children)]
        for element, end in zip(root.children, ends, strict=False):
            if element.inherited("translatable") == "false":
                continue
            resource = self._resource(element)
            if resource is not None:
                yield self._with_units(resource, self._comment(end, element.start))

    def _resource(self, element: Element) -> _Resource | None:
        if element.local == "string" or (element.local == "item" and element.get("type") == "string"):
            text = self._text(element)
            return _Resource(element, [text]) if text else None
        if element.local in ("string-array", "array"):
            # An `array` may hold colours or numbers; its items are texts only where they say so themselves.
            named = element.local == "string-array"
            texts = [self._text(item) for item in element.named("item") if named or item.get("type") == "string"]
            return _Resource(element, [text for text in texts if text]) if any(texts) else None
        if element.local == "plurals":
            found = {item.get("quantity") or "": self._text(item) for item in element.named("item")}
            forms = {quantity: text for quantity, text in found.items() if text and quantity in CATEGORIES}
            return _Resource(element, list(forms.values()), forms) if forms else None
        return None

    def _text(self, element: Element) -> _Text | None:
        raw = self._document.raw(element)
        if android_text.is_reference(raw):
            return None
        content = android_text.read(content_of(self._document, element, inline))
        whole = with_codes(content)
        return _Text(element, whole, FileCodes.of(content.codes, whole)) if whole.says_something else None

    def _with_units(self, resource: _Resource, note: str) -> _Resource:
        element = resource.element
        name = element.get("name") or element.local
        product = element.get("product")
        id_ = self._ids.of(f"{name} (product {product})" if product else name)
        found = _LIMIT.search(note)
        limit = int(found[1]) if found else None
        if resource.forms:
            return self._plural_units(resource, id_, note, limit)
        many = element.local in ("string-array", "array")
        items = list(element.named("item"))
        units = []
        for text in resource.texts:
            own = f"{id_}[{items.index(text.element)}]" if many else id_
            units.append(Unit(own, text.content, own, name, note, max_length=limit))
        return _Resource(element, resource.texts, units=units, of=resource.texts)

    def _plural_units(self, resource: _Resource, id_: str, note: str, limit: int | None) -> _Resource:
        here = self._reading
        contents = {category: text.content for category, text in resource.forms.items()}
        wanted = categories(here.target)
        of = [resource.forms[source_form(category, contents, here.source, here.target)] for category in wanted]
        units = [
            Unit(f"{id_}/{category}", text.content, id_, id_, note, max_length=limit, plural=category, plural_of=id_)
            for category, text in zip(wanted, of, strict=True)
        ]
        return _Resource(resource.element, resource.texts, resource.forms, units, of)

    def _comment(self, start: int, end: int) -> str:
        """The comment that stands directly above, in one line."""
        found = _COMMENT.search(self._document.text[start:end])
        words = " ".join(found[1].split()) if found else ""
        return "" if words.startswith(_OURS) else words[:_LONGEST_COMMENT]


class AndroidStrings:
    """The format: XML with the root `resources`."""

    id = "android"
    suffixes = (".xml",)

    def recognises(self, name: str, data: bytes) -> bool:
        return _ROOT.match(data[:20_000].replace(b"\x00", b"")) is not None

    def read(self, data: bytes, reading: Reading) -> AndroidFile:
        document = parse(data, reading.name)
        if document.root.local != "resources":
            what = f"the root is <{document.root.name}>, not <resources>"
            raise UnreadableFile(reading.name, what, "give an Android resource file")
        return AndroidFile(document, reading)
