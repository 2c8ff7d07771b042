"""XML files edited in place: elements with their offsets, and edits that leave every other letter as it was.

The whole file is checked by expat first (well formed, no declarations of its own, nothing fetched), so the scan for
offsets may rely on that.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.parsers import expat

from knowledge.domain.errors import InputError, UnreadableFile

MAX_DEPTH = 200

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})["']""")
_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
    r"|<(?P<end>/?)(?P<name>[^\s/>]+)(?P<rest>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.S,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# What XML 1.0 holds in no form, neither as a letter nor as a reference.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_SPACE = "http://www.w3.org/XML/1998/namespace"


@dataclass(slots=True, eq=False)
class Element:
    """An element: `name` as written, `space` its namespace, `local` its name without prefix. `start` to `end` is the
    whole of it, `inner` to `inner_end` what stands between its tags; `attributes` are unescaped, by name as written,
    and `spans` where their values stand, with the quotes."""

    name: str
    local: str
    space: str
    start: int
    inner: int
    inner_end: int
    end: int
    parent: Element | None
    attributes: dict[str, str]
    spans: dict[str, tuple[int, int]]
    children: list[Element] = field(default_factory=list)

    @property
    def empty_tag(self) -> bool:
        """True for `<a/>`."""
        return self.inner == self.end

    def get(self, name: str) -> str | None:
        """An attribute's value, None when it is not there."""
        return self.attributes.get(name)

    def inherited(self, name: str) -> str | None:
        """The value at the nearest of the element and those around it."""
        here: Element | None = self
        while here is not None:
            if name in here.attributes:
                return here.attributes[name]
            here = here.parent
        return None

    def child(self, local: str) -> Element | None:
        """The first child of that name in the element's own namespace."""
        return next(self.named(local), None)

    def named(self, local: str) -> Iterator[Element]:
        """The children of that name in the element's own namespace."""
        return (child for child in self.children if child.local == local and child.space == self.space)

    def descendants(self) -> Iterator[Element]:
        """The element and all within it, in the order of the file."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(reversed(here.children))


@dataclass(frozen=True, slots=True, eq=False)
class XmlDocument:
    """A file as text, its root, and what is needed to write it again; `line_end` is that of the file."""

    name: str
    text: str
    root: Element
    encoding: str
    mark: bytes
    line_end: str

    def raw(self, element: Element) -> str:
        """What stands between the tags, as written."""
        return self.text[element.inner : element.inner_end]

    def blank_before(self, offset: int) -> str:
        """The spaces and line breaks before an offset."""
        at = offset
        while at > 0 and self.text[at - 1] in " \t\r\n":
            at -= 1
        return self.text[at:offset]

    def indent(self, element: Element) -> str:
        """The line break and blanks before an element that begins its line; else nothing."""
        blank = self.blank_before(element.start)
        at = blank.rfind("\n")
        if at < 0:
            return ""
        return ("\r\n" if blank[max(at - 1, 0) : at] == "\r" else "\n") + blank[at + 1 :]

    def encoded(self, text: str) -> bytes:
        """The file again. A letter that the encoding lacks is written as a reference."""
        return self.mark + text.encode(self.encoding, errors="xmlcharrefreplace")


def parse(data: bytes, name: str) -> XmlDocument:
    """`data` as a document. Raises `UnreadableFile` (line and reason) for what is no XML, for declarations of entities
    (they can expand without limit or point outside), and for elements nested too deep."""
    text, encoding, mark = _decoded(data, name)
    _check(text, name)
    return XmlDocument(name, text, _scan(text), encoding, mark, "\r\n" if "\r\n" in text else "\n")


def _decoded(data: bytes, name: str) -> tuple[str, str, bytes]:
    mark, encoding = next(((mark, known) for mark, known in _MARKS if data.startswith(mark)), (b"", ""))
    if not encoding:
        encoding = next((known for start, known in _WITHOUT_MARK if data.startswith(start)), "")
    if not encoding:
        declared = _DECLARED.match(data)
        encoding = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if encoding in ("utf-16", "utf-32"):  # declared, but neither a mark nor zero bytes say so
        encoding = "utf-8"
    try:
        text = data[len(mark) :].decode(encoding)
        if text.encode(encoding) == data[len(mark) :]:
            return text, encoding, mark
        reason = f"is not quite {encoding}: some bytes would not come back"
    except UnicodeDecodeError as error:
        reason = f"is not {encoding}: byte {error.start + len(mark)}"
    except (LookupError, UnicodeError):
        reason = f"has an encoding that is not known ({encoding})"
    raise UnreadableFile(name, reason, "save it as UTF-8")


def _check(text: str, name: str) -> None:
    """Well formed, and without declarations of its own."""
    depth = 0

    def starts(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            line = parser.CurrentLineNumber
            raise UnreadableFile(name, f"line {line}: elements are nested deeper than {MAX_DEPTH}", "flatten it")

    def ends(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(_name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:
            raise UnreadableFile(
                name,
                f"line {parser.CurrentLineNumber}: the document type declares entities or rules of its own",
                "remove the part in [ ] and write the entities out",
            )

    parser = expat.ParserCreate(encoding="utf-8")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = starts
    parser.EndElementHandler = ends
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        what = expat.errors.messages.get(error.code) or expat.ErrorString(error.code)
        raise UnreadableFile(name, f"line {error.lineno}: {what}", "mend the XML there") from None
    except UnicodeEncodeError:
        raise UnreadableFile(name, "holds half of a character", "save it as UTF-8") from None


def _scan(text: str) -> Element:
    root: Element | None = None
    here: Element | None = None
    scopes: list[dict[str, str]] = [{"xml": _XML_SPACE}]
    for token in _TOKEN.finditer(text):
        name = token["name"]
        if name is None:
            continue
        if token["end"]:
            assert here is not None
            here.inner_end, here.end = token.start(), token.end()
            here = here.parent
            scopes.pop()
            continue
        element, scope = _opened(token, here, scopes[-1])
        if here is None:
            root = element
        else:
            here.children.append(element)
        if not element.empty_tag:
            here = element
            scopes.append(scope)
    assert root is not None
    return root


def _opened(token: re.Match[str], parent: Element | None, scope: dict[str, str]) -> tuple[Element, dict[str, str]]:
    attributes: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    for found in _ATTRIBUTE.finditer(token["rest"]):
        value = found[2] if found[2] is not None else found[3]
        attributes[found[1]] = unescape(value)
        end = token.start("rest") + found.end()
        spans[found[1]] = end - len(value) - 2, end
    declared = {key.partition(":")[2]: value for key, value in attributes.items() if key.split(":")[0] == "xmlns"}
    scope = {**scope, **declared} if declared else scope
    prefix, _, local = token["name"].rpartition(":")
    # `<a/>` ends where it begins to hold something; its end is set at once.
    element = Element(
        token["name"], local, scope.get(prefix, ""), token.start(), token.end(), token.end(), token.end(), parent,
        attributes, spans,
    )  # fmt: skip
    if not token["rest"].endswith("/"):
        element.end = -1
    return element, scope


def unescape(raw: str) -> str:
    """Raw text as letters: line ends and the five names and figures of XML; other references stay."""
    return _REFERENCE.sub(_letter, raw.replace("\r\n", "\n").replace("\r", "\n"))


def _letter(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def escape(text: str) -> str:
    """Text as it stands between tags. Raises `InputError` for a letter that XML cannot hold."""
    refused = _NEVER.search(text)
    if refused:
        raise InputError(f"the character U+{ord(refused.group()):04X} cannot stand in XML; remove it from the target")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def escape_attribute(text: str) -> str:
    """Text as it stands between double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def well_formed(raw: str) -> bool:
    """Whether `raw` may stand between two tags."""
    parser = expat.ParserCreate(encoding="utf-8")
    try:
        parser.Parse(f"<a>{raw}</a>".encode(), True)
    except (expat.ExpatError, UnicodeEncodeError):
        return False
    return True


class Edits:
    """Changes of a document, put in at once. They must not overlap."""

    def __init__(self, document: XmlDocument) -> None:
        self._document = document
        self._changes: list[tuple[int, int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._changes)

    def replace(self, start: int, end: int, raw: str) -> None:
        """`raw` instead of what stands from `start` to `end`; nothing is noted when it is the same."""
        if self._document.text[start:end] != raw:
            self._changes.append((start, end, raw))

    def insert(self, at: int, raw: str) -> None:
        self.replace(at, at, raw)

    def set_inner(self, element: Element, raw: str) -> None:
        """`raw` between the tags of `element`."""
        if not element.empty_tag:
            self.replace(element.inner, element.inner_end, raw)
        elif raw:
            self.replace(element.end - 2, element.end, f">{raw}</{element.name}>")

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        """The attribute with that value, last among the others when it is new."""
        if element.get(name) == value:
            return
        if name in element.spans:
            self.replace(*element.spans[name], f'"{escape_attribute(value)}"')
        else:
            self.insert(self._last(element), f' {name}="{escape_attribute(value)}"')

    def drop_attribute(self, element: Element, name: str) -> None:
        """Without the attribute and the space before it."""
        if name in element.spans:
            _, end = element.spans[name]
            before = self._document.text[element.start : end]
            found = re.search(rf"\s+{re.escape(name)}\s*=\s*(?:\"[^\"]*\"|'[^']*')\Z", before)
            self.replace(element.start + found.start() if found else end, end, "")

    def drop(self, element: Element) -> None:
        """Without the element and the line break before it."""
        blank = self._document.blank_before(element.start)
        self.replace(element.start - (len(blank) if "\n" in blank else 0), element.end, "")

    def _last(self, element: Element) -> int:
        """The end of the last attribute, or of the name."""
        return max((end for _, end in element.spans.values()), default=element.start + 1 + len(element.name))

    def applied(self) -> bytes:
        """The document with the changes."""
        changes = sorted(self._changes, key=lambda change: change[:2])
        for (_, end, _), (start, _, _) in pairwise(changes):
            assert end <= start, "edits overlap"
        text, pieces, at = self._document.text, list[str](), 0
        for start, end, raw in changes:
            pieces += (text[at:start], raw)
            at = end
        return self._document.encoded("".join([*pieces, text[at:]]))
