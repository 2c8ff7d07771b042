"""The text of a subtitle: tags are codes, soft line breaks are joined, and lines are broken anew when it is written."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from assistant.localization.content import Code, CodeKind, Content, Piece

_TAG = re.compile(
    r"(?P<close></(?P<ends>[A-Za-z]+)\s*>)|(?P<time><\d[\d:.]*>)|(?P<open><(?P<begins>[A-Za-z]+)(?:[.\s][^<>]*)?>)"
    r"|(?P<place>\{\\[^{}]*\})|(?P<break>\r\n|\r|\n)"
)
_SRT_TAGS = ("i", "b", "u", "s", "font")
# A line that begins so is another speaker's: its break stays.
_SPEAKER = re.compile(r"\s*(?:[-‐–—]\s*\S|<v[.\s])")
_WIDE = 42
"""Columns of a line, as broadcasters set them; a wide character takes two."""
_NOT_FIRST = "，。、；：？！）】》」』”’…,.;:?!)]}%％"
_MARKS = "，。、；：？！,.;:?!—"
_AFTER_MARK = 10
"""A line that ends with a mark may be this much further from the middle."""
_NOT_LAST = "（【《「『“‘([{"


class CueText:
    """A cue's text as it stands in the file, and how a target is written there."""

    def __init__(self, raw: str, *, vtt: bool, newline: str) -> None:
        self._vtt, self._newline = vtt, newline
        self._lines = 1 + len(re.findall(r"\r\n|\r|\n", raw))
        self.content = Content.of(*self._pieces(raw))

    def written(self, target: Content) -> str:
        """The text with its lines: as many as the source has, more where they would be too long."""
        parts: list[list[Piece]] = [[]]
        for piece in target.pieces:
            parts[-1].append(piece)
            if isinstance(piece, Code) and piece.text in ("\n", "\r", "\r\n"):
                parts.append([])
        lines = max(self._lines - len(parts) + 1, 1)
        return "".join(self._broken(part, lines) for part in parts)

    def _pieces(self, raw: str) -> Iterator[Piece]:
        found = [tag for tag in _TAG.finditer(raw) if self._is_tag(tag)]
        pairs = _pairs(found)
        at, singles = 0, 0
        for tag in found:
            yield self._plain(raw[at : tag.start()])
            at = tag.end()
            if tag["break"]:
                before, after = raw[: tag.start()], raw[tag.end() :]
                if not _SPEAKER.match(after):
                    yield "" if _joins(before, after) else " "
                    continue
            singles += 1
            pair = pairs.get(tag.start())
            if pair is None:
                yield Code(f"s{singles}", tag[0], CodeKind.SINGLE, movable=not tag["break"])
            else:
                kind = CodeKind.CLOSE if tag["close"] else CodeKind.OPEN
                yield Code(f"/{pair}" if tag["close"] else str(pair), tag[0], kind)
        yield self._plain(raw[at:])

    def _is_tag(self, tag: re.Match[str]) -> bool:
        """In SubRip only the usual tags are tags: nothing else can be told from text there."""
        name = tag["begins"] or tag["ends"]
        return self._vtt or (name.lower() in _SRT_TAGS if name else not tag["time"])

    def _plain(self, text: str) -> str:
        return html.unescape(text) if self._vtt else text

    def _broken(self, part: list[Piece], lines: int) -> str:
        """One speaker's words in at least `lines` lines of about the same width."""
        text = Content.of(*part)
        places = list(_places(text))
        total = _width("".join(piece for piece in text.pieces if isinstance(piece, str)))
        wanted = max(lines, -(-total // _WIDE))
        breaks = _breaks(places, [total * number / wanted for number in range(1, wanted)])
        out, at = [], 0
        for piece in text.pieces:
            if isinstance(piece, Code):
                out.append(piece.text)
                continue
            for letter in piece:
                new_line = at in breaks
                shown = html.escape(letter, quote=False) if self._vtt else letter
                out.append(self._newline + ("" if letter == " " else shown) if new_line else shown)
                at += 1
        return "".join(out)


def _pairs(tags: list[re.Match[str]]) -> dict[int, int]:
    """The number of the pair for the place of each tag that has one."""
    pairs: dict[int, int] = {}
    open_: list[re.Match[str]] = []
    for tag in tags:
        if tag["open"]:
            open_.append(tag)
        elif tag["close"]:
            at = next((n for n in reversed(range(len(open_))) if open_[n]["begins"] == tag["ends"]), None)
            if at is not None:
                pairs[open_[at].start()] = pairs[tag.start()] = len(pairs) // 2 + 1
                del open_[at:]
    return pairs


def _places(text: Content) -> Iterator[tuple[int, int, int]]:
    """Where a line may end: the number of the letter that begins the next one (or of the space between), the width
    before it, and how good the place is. What is joined without a space is broken only where it is joined so again."""
    letters = "".join(piece for piece in text.pieces if isinstance(piece, str))
    width = 0
    for at, letter in enumerate(letters):
        if 0 < at < len(letters) - 1 or (at and letter != " "):
            before, after = letters[at - 1], letters[at + 1] if letter == " " else letter
            if letter == " ":
                possible = " " not in (before, after) and not (_is_wide(before) and _is_wide(after))
            else:
                possible = _is_wide(before) and _is_wide(after) and before not in _NOT_LAST and after not in _NOT_FIRST
            if possible and not _SPEAKER.match(letters[at:].lstrip()):
                yield at, width, _AFTER_MARK if before in _MARKS else 0
        width += _width(letter)


def _breaks(places: list[tuple[int, int, int]], widths: list[float]) -> set[int]:
    """A place for each width that is wanted, the nearest that is left."""
    breaks: set[int] = set()
    for wanted in widths:
        found = [(abs(width - wanted) - good, at) for at, width, good in places if at not in breaks]
        if found:
            breaks.add(min(found)[1])
    return breaks


def _joins(before: str, after: str) -> bool:
    """Whether two lines belong together without a space: both sides are written without spaces."""
    first, second = _TAG.sub("", before)[-1:], _TAG.sub("", after)[:1]
    return not first or not second or (_is_wide(first) and _is_wide(second)) or first == " " or second == " "


def _is_wide(letter: str) -> bool:
    hangul = "\uac00" <= letter <= "\ud7af"
    return unicodedata.east_asian_width(letter) in ("W", "F") and not hangul


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1 for letter in text)
