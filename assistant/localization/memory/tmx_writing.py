"""How translations are written as TMX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Protocol

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.formats.xml_splice import escape, escape_attribute
from knowledge.domain.locale import Locale

CONTEXT = "x-context"
"""The property that tells equal texts apart."""
KINDS = {
    "x-placeholder": CodeKind.PLACEHOLDER,
    "x-link": CodeKind.LINK,
    "x-literal": CodeKind.LITERAL,
    "x-single": CodeKind.SINGLE,
}
"""The `type` of a `ph` that we write."""

_TYPES = {kind: type_ for type_, kind in KINDS.items()}
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Translation(Protocol):
    """What is written of a translation (`Memo`)."""

    @property
    def source(self) -> Content: ...
    @property
    def target(self) -> Content: ...
    @property
    def source_locale(self) -> Locale: ...
    @property
    def target_locale(self) -> Locale: ...
    @property
    def context(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def props(self) -> tuple[tuple[str, str], ...]: ...


def written(memos: Iterable[Translation]) -> bytes:
    """A whole file."""
    units: list[str] = []
    languages: set[str] = set()
    for memo in memos:
        languages.add(memo.source_locale.tag)
        units.append("\n".join(_unit(memo)))
    source = languages.pop() if len(languages) == 1 else "*all*"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        '<header creationtool="koujing" creationtoolversion="1" segtype="sentence" o-tmf="koujing" adminlang="en" '
        f'srclang="{escape_attribute(source)}" datatype="plaintext"/>\n<body>\n'
    )
    return "".join([head, *(f"{unit}\n" for unit in units), "</body>\n</tmx>\n"]).encode()


def _unit(memo: Translation) -> Iterator[str]:
    yield "<tu>"
    for kind, text in ((CONTEXT, memo.context), *memo.props) if memo.context else memo.props:
        yield f'<prop type="{_attribute(kind)}">{_text(text)}</prop>'
    yield f'<tuv xml:lang="{memo.source_locale.tag}"><seg>{_segment(memo.source)}</seg></tuv>'
    by = f' creationid="{_attribute(memo.by)}"' if memo.by else ""
    at = f' changedate="{memo.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"' if memo.at else ""
    yield f'<tuv xml:lang="{memo.target_locale.tag}"{by}{at}><seg>{_segment(memo.target)}</seg></tuv>'
    yield "</tu>"


def _segment(content: Content) -> str:
    ids = [code.id for code in content.codes]
    numbers = {id_: number for number, id_ in enumerate(dict.fromkeys(id_.lstrip("/") for id_ in ids), 1)}
    paired = {id_ for id_ in ids if f"/{id_}" in ids}
    return "".join(
        piece if isinstance(piece, str) else _code(piece, numbers[piece.id.lstrip("/")], paired)
        for piece in (_text(piece) if isinstance(piece, str) else piece for piece in content.pieces)
    )


def _code(code: Code, number: int, paired: set[str]) -> str:
    """`x` is what the source's code and the target's have in common: the id."""
    id_ = code.id.lstrip("/")
    x = f' x="{id_}"' if id_.isdecimal() else ""
    if code.kind is CodeKind.OPEN:
        name, rest = ("bpt", f' i="{number}"{x}') if id_ in paired else ("it", f' pos="begin"{x}')
    elif code.kind is CodeKind.CLOSE:
        name, rest = ("ept", f' i="{number}"') if id_ in paired else ("it", ' pos="end"')
    else:
        name, rest = "ph", f'{x} type="{_TYPES[code.kind]}"'
    return f"<{name}{rest}>{_text(code.text)}</{name}>"


def _text(text: str) -> str:
    return escape(_NEVER.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return escape_attribute(_NEVER.sub("\ufffd", text))
