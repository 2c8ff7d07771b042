"""The escapes of Android string resources: what aapt makes of the text between the tags, and back."""

from __future__ import annotations

import re

from assistant.localization.content import Code, Content, Piece
from assistant.localization.formats.xml_splice import escape

# A blank that aapt joins with its neighbours; U+0000 cannot stand in XML, so it can mark one here.
_BLANK = "\x00"
_TOKEN = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|([\s\S]|\Z))|(\")|([ \t\n\r\f\v\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+)"
)
_NAMED = {"n": "\n", "t": "\t"}
_COLLAPSING = re.compile(r"[\r\f\v\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]")
_SPACES = re.compile(r"  +")
_REFERENCE = re.compile(r"[@?](?:\+|\*)?(?:[\w.]+:)?(?:\w+/)?[\w.$]+")


def read(content: Content) -> Content:
    """Text as the reader sees it: escapes and quotes are undone, blanks outside quotes are one."""
    quoted = False
    pieces: list[Piece] = []

    def letters(found: re.Match[str]) -> str:
        nonlocal quoted
        if found[1]:
            return chr(int(found[1], 16))
        if found[2] is not None:
            return _NAMED.get(found[2], found[2])
        if found[3]:
            quoted = not quoted
            return ""
        return found[4] if quoted else _BLANK

    for piece in content.pieces:
        pieces.append(piece if isinstance(piece, Code) else _TOKEN.sub(letters, piece))
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip(_BLANK)
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip(_BLANK)
    return Content.of(*(_joined(piece) if isinstance(piece, str) else piece for piece in pieces))


def _joined(text: str) -> str:
    """Blanks as one space each, and the two halves of a letter as one."""
    text = re.sub(f"{_BLANK}+", " ", text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_reference(raw: str) -> bool:
    """True for `@string/name` and `?attr/name`, which stand for a text that is elsewhere."""
    return _REFERENCE.fullmatch(raw.strip()) is not None


def is_quoted(raw: str) -> bool:
    """True when the whole text stands in quotes, which keep blanks and apostrophes as they are."""
    return re.fullmatch(r'\s*"(?:[^"\\]|\\[\s\S])*"\s*', raw) is not None


def render(content: Content, *, quoted: bool = False, cdata: bool = False) -> str:
    """Content as it stands between the tags, in quotes or in a CDATA section where the source stood in one."""
    last = len(content.pieces) - 1
    parts = []
    for number, piece in enumerate(content.pieces):
        if isinstance(piece, Code):
            parts.append(piece.text)
            continue
        text = _escaped(piece, quoted, first=number == 0, last=number == last)
        # The escapes of XML come on top; `escape` also refuses what XML cannot hold.
        parts.append(text.replace("]]>", "]]]]><![CDATA[>") if cdata and escape(text) else escape(text))
    inner = "".join(parts)
    if quoted:
        inner = f'"{inner}"'
    return f"<![CDATA[{inner}]]>" if cdata else inner


def _escaped(text: str, quoted: bool, *, first: bool, last: bool) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    if first and not quoted and text[:1] in ("@", "?"):
        text = "\\" + text
    if quoted:
        return text
    text = _COLLAPSING.sub(_as_figure, text.replace("'", "\\'"))
    text = _SPACES.sub(lambda found: " " + "\\u0020" * (len(found.group()) - 1), text)
    if last and text.endswith(" "):
        text = text[:-1] + "\\u0020"
    return "\\u0020" + text[1:] if first and text.startswith(" ") else text


def _as_figure(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
