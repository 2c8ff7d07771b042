"""What the memory's tests say: segments written as text, and a library to state facts in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.segment import Segment
from knowledge.domain.locale import Locale
from knowledge.library import Library
from knowledge.records import Audience, EntryVersion, State

ZH, EN, DE = Locale("zh-CN"), Locale("en"), Locale("de")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

_CODE = re.compile(r"(?P<open><\w+>)|(?P<close></\w+>)|(?P<placeholder>\{\w+\})|(?P<link>https?://\w+)")


class Clock:
    """A minute later at every look, so that what is newer is told from what is older."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


def content(text: str, first: int = 1) -> Content:
    """`<b>`, `</b>`, `{name}` and addresses as codes, numbered from `first`."""
    pieces: list[Piece] = []
    at, number = 0, first
    for found in _CODE.finditer(text):
        pieces += [text[at : found.start()], Code(str(number), found.group(), CodeKind(str(found.lastgroup)))]
        at, number = found.end(), number + 1
    return Content.of(*pieces, text[at:])


def segment(
    text: str, id: str = "s1", *, before: str = "", context: str = "", plural: str = "", longest: int | None = None
) -> Segment:
    return Segment(id, "u1", content(text), before=before, context=context, plural=plural, max_length=longest)


def say(
    library: Library, entry_id: str, text: str, *, until: date | None = None, locale: str = "zh-CN", after: int = 0
) -> None:
    """An approved entry with this text, or (`after`) its next version."""
    version = EntryVersion(
        entry_id, 0, "case", locale, entry_id, text, State.DRAFT, Audience.PUBLIC, valid_until=until, body=text
    )
    with library.entries.writing() as session:
        library.entries.add_version(session, version, [], "writer", library.now(), after=after)
    library.entries.approve(entry_id, "boss", library.now())
