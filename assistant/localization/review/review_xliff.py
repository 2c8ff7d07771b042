"""XLIFF for the tools of linguists, out and back: 2.1, or 1.2 for older ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.formats.xml_inline import plain
from assistant.localization.formats.xml_splice import Element, XmlDocument, escape, escape_attribute, parse
from assistant.localization.review.records import Returns, Review, ReviewRow, in_order, shown
from assistant.localization.review.review_xlsx import note_of
from assistant.localization.segment import SegmentState
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import Locale

VERSIONS = ("2.1", "1.2")

_NAMESPACES = {"2.1": "urn:oasis:names:tc:xliff:document:2.0", "1.2": "urn:oasis:names:tc:xliff:document:1.2"}
_STATES1 = {SegmentState.NEEDS_REVIEW: "needs-review-translation", SegmentState.FAILED: "needs-translation"}
_DONE = frozenset({"translated", "reviewed", "signed-off", "final"})
_APPROVED = _DONE - {"translated"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A code as an inline element: `ph`, `open`, `close`, or one of the latter two without its partner (`alone`)."""

    role: str
    number: int
    alone: bool = False

    @property
    def name(self) -> tuple[str, int]:
        return self.role, self.number


_Writer = Callable[[_Mark, Code, int], str]


def write_xliff(
    rows: Iterable[ReviewRow], source: Locale, target: Locale, version: str = "2.1", language: str = "en"
) -> bytes:
    """The rows of one target locale, quarantined ones first in each file; notes in Chinese (`zh`) or English.

    Raises `InputError` for another version and for rows of another locale.
    """
    if version not in VERSIONS:
        raise InputError(f"XLIFF {version} is not written; choose {' or '.join(VERSIONS)}")
    ordered = in_order(rows)
    other = next((row for row in ordered if row.locale != target.tag), None)
    if other is not None:
        raise InputError(
            f"segment {other.number} is in {other.locale}, the file in {target}; write a file for each locale"
        )
    by_file = [
        (name, list(group)) for name, group in groupby(sorted(ordered, key=lambda r: r.file), key=lambda r: r.file)
    ]
    body = "".join(
        _FILES[version](number, name, group, source, target, language)
        for number, (name, group) in enumerate(by_file, 1)
    )
    languages = f' srcLang="{source}" trgLang="{target}"' if version == "2.1" else ""
    head = f'<xliff xmlns="{_NAMESPACES[version]}" version="{version}"{languages}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}</xliff>\n'.encode()


def read_xliff(data: bytes, rows: Iterable[ReviewRow], name: str = "review.xlf") -> Review:
    """What came back, held against `rows`, the segments of the job as they are now. A target in a state that says it
    is done counts as confirmed. Raises `UnreadableFile` for what is no XLIFF."""
    document = parse(data, name)
    if document.root.local != "xliff":
        raise UnreadableFile(
            name, f"the root is <{document.root.name}>, not <xliff>", "give the file that was exported"
        )
    returns = Returns.of(rows)
    for element in document.root.descendants():
        if element.space == document.root.space and element.local in ("unit", "trans-unit"):
            key = element.get("id") or ""
            where = f"unit {key}"
            row = returns.row(where, key)
            if row is not None:
                _take(returns, where, row, document, element)
    return returns.review()


# --- writing ---


def _file2(number: int, name: str, rows: list[ReviewRow], source: Locale, target: Locale, language: str) -> str:
    units = "".join(_unit2(row, language) for row in rows)
    return f'<file id="f{number}" original="{_attribute(name)}" canResegment="no">\n{units}</file>\n'


def _unit2(row: ReviewRow, language: str) -> str:
    codes = _codes(row)
    notes = [("reason", row.why), ("note", note_of(row, language))]
    told = "".join(f'<note category="{kind}">{_text(text)}</note>' for kind, text in notes if text)
    data = "".join(f'<data id="d{n}">{_text(code.text)}</data>' for n, code in enumerate(row.source.codes, 1))
    state = "translated" if row.state.released and row.target else "initial"
    target = f'<target xml:space="preserve">{_inline(row.target, codes, _element2)}</target>' if row.target else ""
    return (
        f'<unit id="{row.key}" name="{_attribute(row.place)}">\n'
        + (f"<notes>{told}</notes>\n" if told else "")
        + (f"<originalData>{data}</originalData>\n" if data else "")
        + f'<segment state="{state}"><source xml:space="preserve">{_inline(row.source, codes, _element2)}</source>'
        + f"{target}</segment>\n</unit>\n"
    )


def _element2(mark: _Mark, code: Code, data: int) -> str:
    reference = f'dataRef="d{data}"'
    isolated = ' isolated="yes"' if mark.alone else ""
    if mark.role == "open":
        return f'<sc id="{mark.number}"{isolated} {reference}/>'
    if mark.role == "close":
        own = f'id="{mark.number}" isolated="yes"' if mark.alone else f'startRef="{mark.number}"'
        return f"<ec {own} {reference}/>"
    return f'<ph id="{mark.number}" {reference}/>'


def _file1(number: int, name: str, rows: list[ReviewRow], source: Locale, target: Locale, language: str) -> str:
    languages = f'source-language="{source}" target-language="{target}"'
    head = f'original="{_attribute(name) or "-"}" {languages} datatype="plaintext"'
    return f"<file {head}>\n<body>\n{''.join(_unit1(row, language) for row in rows)}</body>\n</file>\n"


def _unit1(row: ReviewRow, language: str) -> str:
    codes = _codes(row)
    state = _STATES1.get(row.state, "translated")
    target = f'<target state="{state}">{_inline(row.target, codes, _element1)}</target>\n' if row.target else ""
    told = "".join(f"<note>{_text(text)}</note>\n" for text in (row.why, note_of(row, language)) if text)
    width = f' maxwidth="{row.max_length}" size-unit="char"' if row.max_length is not None else ""
    return (
        f'<trans-unit id="{row.key}" resname="{_attribute(row.place)}" xml:space="preserve"{width}>\n'
        f"<source>{_inline(row.source, codes, _element1)}</source>\n{target}{told}</trans-unit>\n"
    )


def _element1(mark: _Mark, code: Code, data: int) -> str:
    text = _text(code.text)
    if mark.alone:
        return f'<it id="{mark.number}" pos="{mark.role}">{text}</it>'
    name = {"open": "bpt", "close": "ept"}.get(mark.role, "ph")
    return f'<{name} id="{mark.number}">{text}</{name}>'


_FILES = {"2.1": _file2, "1.2": _file1}


@dataclass(frozen=True, slots=True)
class _Codes:
    """The codes of a source and how they are marked."""

    codes: tuple[Code, ...]
    marks: Mapping[int, _Mark]

    def place(self, code: Code) -> int | None:
        """Which of the codes it is."""
        return next((at for at, own in enumerate(self.codes) if (own.id, own.text) == (code.id, code.text)), None)


def _codes(row: ReviewRow) -> _Codes:
    codes = row.source.codes
    places = {code.id: at for at, code in enumerate(codes)}
    marks: dict[int, _Mark] = {}
    for at, code in enumerate(codes):
        if code.kind is CodeKind.OPEN:
            marks[at] = _Mark("open", at + 1, alone=f"/{code.id}" not in places)
        elif code.kind is CodeKind.CLOSE:
            opening = places.get(code.id.removeprefix("/"))
            alone = opening is None or opening == at
            marks[at] = _Mark("close", at + 1 if opening is None else opening + 1, alone)
        else:
            marks[at] = _Mark("ph", at + 1)
    return _Codes(codes, marks)


def _inline(content: Content, codes: _Codes, element: _Writer) -> str:
    """A code that the source lacks stands as text: the linguist sees it, and it is told when it comes back."""
    parts = []
    for piece in content.pieces:
        at = codes.place(piece) if isinstance(piece, Code) else None
        if isinstance(piece, Code) and at is not None:
            parts.append(element(codes.marks[at], piece, at + 1))
        else:
            parts.append(_text(piece if isinstance(piece, str) else piece.text))
    return "".join(parts)


def _text(text: str) -> str:
    return escape(shown(text))


def _attribute(text: str) -> str:
    return escape_attribute(shown(text))


# --- reading ---


def _take(returns: Returns, where: str, row: ReviewRow, document: XmlDocument, unit: Element) -> None:
    boxes = list(unit.named("segment")) if unit.local == "unit" else [unit]
    targets = [target for box in boxes if (target := box.child("target")) is not None]
    if len(boxes) != 1 or len(targets) > 1:
        returns.problem(where, f"segment {row.number} was cut in {len(boxes)} parts; join them and export again")
        return
    codes = _codes(row)
    known = {codes.marks[at].name: code for at, code in enumerate(row.source.codes)}
    content = Content()
    for target in targets:
        pieces = list(_pieces(document, target))
        strange = next((piece for piece in pieces if isinstance(piece, tuple) and piece not in known), None)
        if strange is not None:
            returns.problem(
                where, f"segment {row.number}: the target has a code {strange[1]} that the source lacks; remove it"
            )
            return
        content = Content.of(*(known[piece] if isinstance(piece, tuple) else piece for piece in pieces))
    returns.take(where, row, content or None, confirmed=_confirmed(row, unit, boxes[0], targets))


def _confirmed(row: ReviewRow, unit: Element, box: Element, targets: list[Element]) -> bool:
    states = {box.get("state"), *(target.get("state") for target in targets)}
    if not targets:
        return False
    if unit.get("approved") == "yes" or not _APPROVED.isdisjoint(states):
        return True
    return not row.state.released and not _DONE.isdisjoint(states)


def _pieces(document: XmlDocument, element: Element) -> Iterator[str | tuple[str, int]]:
    """Text, and codes by role and number. Marks that a tool added are passed over."""
    at = element.inner
    for child in element.children:
        yield plain(document.text[at : child.start])
        if child.local in ("mrk", "sm", "em"):
            yield from _pieces(document, child)
        else:
            yield _role(child), _number(child)
            if child.local in ("pc", "g"):
                yield from _pieces(document, child)
                yield "close", _number(child)
        at = child.end
    yield plain(document.text[at : element.inner_end])


def _role(element: Element) -> str:
    if element.local == "it":
        return element.get("pos") or "ph"
    return {"sc": "open", "bpt": "open", "pc": "open", "g": "open", "ec": "close", "ept": "close"}.get(
        element.local, "ph"
    )


def _number(element: Element) -> int:
    text = element.get("startRef") or element.get("id") or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
