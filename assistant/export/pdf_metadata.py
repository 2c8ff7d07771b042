"""Metadata of our own in a finished PDF: as XMP, and the same in the document information, by an incremental update.

typst writes title, author, language and dates; for other names it has no words. An incremental update (ISO 32000-1,
7.5.6) leaves every byte of the file as it is and adds the two objects anew behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from knowledge.domain.errors import SetupError

NAMESPACES = {
    "AIGC": ("TC260", "http://www.tc260.org.cn/ns/AIGC/1.0/"),
    "DigitalSourceType": ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    "Provenance": ("koujing", "urn:koujing:provenance:1"),
}
"""Prefix and name of the XMP schema that each property belongs to."""

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_SECTION = re.compile(rb"xref\s+0 (\d+)\s+")
_REFERENCE = rb"/%s (\d+) 0 R"
_ENTRY = 20
"""Bytes of a line in the table of cross references."""


def with_metadata(pdf: bytes, properties: Mapping[str, str]) -> bytes:
    """The PDF with these properties (names of `NAMESPACES`, values in ASCII). Raises `SetupError` for a PDF that is not
    built the way typst builds it."""
    try:
        file = _File(pdf)
        packet = _packet(file.stream(file.number(b"Metadata", file.object(file.root))), properties)
        info = file.object(file.info)
        close = info.rindex(b">>")
        told = b"".join(b"/%s(%s)" % (name.encode(), _literal(value)) for name, value in properties.items())
        return file.updated(
            {
                file.info: info[:close] + told + info[close:],
                file.metadata: b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream"
                % (len(packet), packet),
            }
        )
    except (AttributeError, IndexError, ValueError) as error:
        raise SetupError(
            "this version of typst writes PDF files that cannot take metadata; install typst 0.15"
        ) from error


class _File:
    """A PDF with one classic table of cross references."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._start = int(_found(_START, pdf)[1])
        section = _found(_SECTION, pdf, self._start)
        self._size, self._table = int(section[1]), section.end()
        self._trailer = pdf[pdf.index(b"trailer", self._start) : pdf.rindex(b"startxref")]
        self.root = self.number(b"Root", self._trailer)
        self.info = self.number(b"Info", self._trailer)
        self.metadata = self.number(b"Metadata", self.object(self.root))

    def number(self, name: bytes, within: bytes) -> int:
        """The object that `/name` refers to."""
        return int(_found(re.compile(_REFERENCE % name), within)[1])

    def object(self, number: int) -> bytes:
        """What stands between `obj` and `endobj`; a stream's bytes hold no `endobj` where typst writes text."""
        line = self._pdf[self._table + number * _ENTRY :][:_ENTRY]
        start = int(line[:10])
        head = b"%d 0 obj" % number
        if not self._pdf.startswith(head, start):
            raise ValueError(f"object {number} is not where the table says")
        return self._pdf[start + len(head) : self._pdf.index(b"endobj", start)].strip()

    def stream(self, number: int) -> bytes:
        """The bytes of a stream that is not compressed."""
        body = self.object(number)
        head, _, rest = body.partition(b"stream")
        if b"/Filter" in head:
            raise ValueError("the metadata is compressed")
        return rest[: rest.rindex(b"endstream")].strip(b"\r\n")

    def updated(self, objects: Mapping[int, bytes]) -> bytes:
        """The file with these objects anew behind it."""
        parts = [self._pdf if self._pdf.endswith(b"\n") else self._pdf + b"\n"]
        table = []
        for number, body in sorted(objects.items()):
            table.append(b"%d 1\n%010d 00000 n \n" % (number, sum(map(len, parts))))
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at = sum(map(len, parts))
        dictionary = self._trailer[self._trailer.index(b"<<") : self._trailer.rindex(b">>")]
        parts += [
            b"xref\n",
            *table,
            b"trailer\n",
            dictionary,
            b"/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (self._start, at),
        ]
        return b"".join(parts)


def _packet(xmp: bytes, properties: Mapping[str, str]) -> bytes:
    """The XMP packet with a description more, one namespace a property."""
    text = xmp.decode()
    told = "".join(
        f'<rdf:Description rdf:about="" xmlns:{prefix}="{space}"><{prefix}:{name}>{escape(value)}</{prefix}:{name}>'
        "</rdf:Description>"
        for name, value in properties.items()
        for prefix, space in (NAMESPACES[name],)
    )
    end = text.index("</rdf:RDF>")
    return (text[:end] + told + text[end:]).encode()


def _literal(value: str) -> bytes:
    """A string as PDF writes it between brackets."""
    return re.sub(rb"([\\()])", rb"\\\1", value.encode("ascii"))


def _found(pattern: re.Pattern[bytes], within: bytes, at: int = 0) -> re.Match[bytes]:
    found = pattern.search(within, at)
    if found is None:
        raise ValueError(f"no {pattern.pattern!r}")
    return found
