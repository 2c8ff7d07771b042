"""TMX 1.4b (LISA, 2005): translation memories of other tools read, and ours written.

A code is told by the native text that `bpt`, `ept`, `ph` … hold; placeholders that stand in a text as letters become
codes too, so that what is read meets the segments of files.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from lxml import etree

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.formats.xml_inline import Found, named_like, numbered
from assistant.localization.language_tags import stands_for
from assistant.localization.memory.tmx_writing import CONTEXT, KINDS, written
from assistant.localization.protection.codes import with_codes
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import Locale

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = "%Y%m%dT%H%M%SZ"
_ISOLATED = {"begin": CodeKind.OPEN, "end": CodeKind.CLOSE}


@dataclass(frozen=True, slots=True)
class Memo:
    """A translation that somebody made. `by` is who, `at` when (UTC), `context` what told it apart from the same text
    elsewhere; `props` are the other properties of the file, type and text."""

    source: Content
    target: Content
    source_locale: Locale
    target_locale: Locale
    context: str = ""
    by: str = ""
    at: datetime | None = None
    props: tuple[tuple[str, str], ...] = ()


def read_tmx(data: bytes | IO[bytes], source: Locale, target: Locale, name: str = "TMX file") -> Iterator[Memo]:
    """The translations from `source` to `target`, in the order of the file, one at a time.

    Languages are matched by language and region (`en-US` serves `en`); where the region itself is there, the others
    are left. A unit with several targets gives each. Raises `UnreadableFile` (line and reason) when the place is
    reached where the file is broken, so whoever wants all or nothing collects first.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    seen_root = False
    try:
        events = etree.iterparse(
            stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for event, element in events:
            if not seen_root:
                _check_root(element, name)
                seen_root = True
            if event == "end" and _local(element) == "tu":
                yield from _memos(element, source, target)
                _forget(element)
    except etree.XMLSyntaxError as error:
        line = f"line {error.lineno}: " if error.lineno else ""
        raise UnreadableFile(name, f"{line}{_reason(error)}", "mend the XML there or export it again") from None
    if not seen_root:
        raise UnreadableFile(name, "is empty", "export it again")


def write_tmx(memos: Iterable[Memo]) -> bytes:
    """The memory as TMX 1.4 in UTF-8, a `tu` for each translation. Letters that XML cannot hold become U+FFFD."""
    return written(memos)


def _check_root(root: Any, name: str) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise UnreadableFile(name, "the document type declares entities of its own", "remove the part in [ ]")
    if _local(root) != "tmx":
        raise UnreadableFile(name, f"the root is <{_local(root)}>, not <tmx>", "see what kind of file it is")


def _reason(error: etree.XMLSyntaxError) -> str:
    return str(error.msg or "is no XML").split(", line ")[0].split("\n")[0]


def _forget(element: Any) -> None:
    """Frees what was read: the unit and those before it."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _memos(unit: Any, source: Locale, target: Locale) -> Iterator[Memo]:
    variants = [child for child in unit if _local(child) == "tuv"]
    sources, targets = _of(variants, source), _of(variants, target)
    if not sources:
        return
    props = tuple((prop.get("type") or "", _text(prop)) for prop in unit if _local(prop) == "prop")
    words = with_codes(_content(sources[0]))
    for variant in targets:
        if variant is sources[0]:
            continue
        translated = named_like(with_codes(_content(variant)), words)
        if words and translated:
            yield Memo(
                words,
                translated,
                source,
                target,
                context=next((text for kind, text in props if kind == CONTEXT), ""),
                by=_first((variant, unit), "changeid", "creationid"),
                at=_date(_first((variant, unit), "changedate", "creationdate")),
                props=tuple(prop for prop in props if prop[0] != CONTEXT),
            )


def _of(variants: list[Any], locale: Locale) -> list[Any]:
    """The variants in a locale; those that name its region alone where there are some."""
    tags = [(variant.get(_LANGUAGE) or variant.get("lang") or "", variant) for variant in variants]
    fitting = [(tag, variant) for tag, variant in tags if stands_for(tag, locale)]
    exact = [variant for tag, variant in fitting if tag.replace("_", "-").lower() == locale.tag.lower()]
    return exact or [variant for _, variant in fitting]


def _first(elements: tuple[Any, ...], *names: str) -> str:
    return next((value for element in elements for name in names if (value := element.get(name))), "")


def _date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _DATE).replace(tzinfo=UTC)
    except ValueError:
        return None


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _content(variant: Any) -> Content:
    segment = next((child for child in variant if _local(child) == "seg"), None)
    return numbered(_pieces(segment)) if segment is not None else Content()


def _pieces(element: Any) -> Iterator[str | Found]:
    yield element.text or ""
    for child in element:
        local = _local(child)
        if local == "hi":
            yield Found(_tag(child), CodeKind.OPEN, child)
            yield from _pieces(child)
            yield Found("</hi>", CodeKind.CLOSE, child)
        elif local == "bpt":
            yield Found(_native(child), CodeKind.OPEN, child.get("i"))
        elif local == "ept":
            yield Found(_native(child), CodeKind.CLOSE, child.get("i"))
        elif local == "it":
            kind = _ISOLATED.get(child.get("pos") or "", CodeKind.SINGLE)
            yield Found(_native(child), kind, alone=True)
        elif local:
            yield Found(_native(child), CodeKind.SINGLE if local == "ut" else _kind(child))
        yield child.tail or ""


def _native(element: Any) -> str:
    """The code as its file had it; the element itself where that is not told."""
    return _text(element) or etree.tostring(element, with_tail=False, encoding="unicode")


def _tag(element: Any) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in element.attrib.items())
    return f"<hi{attributes}>"


def _kind(element: Any) -> CodeKind:
    """What a `ph` is: as we wrote it, else as it looks."""
    known = KINDS.get(element.get("type") or "")
    if known is not None:
        return known
    seen = with_codes(Content.of(_text(element))).pieces
    return seen[0].kind if len(seen) == 1 and isinstance(seen[0], Code) else CodeKind.PLACEHOLDER
