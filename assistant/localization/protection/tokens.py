"""How codes are shown to a model, and how its text is read back into codes.

`OWN` shows a code as the file has it (`{name}`, `<b>`); `NAMED` shows a short name (`{value1}`, `<t1>`). Which one a
model keeps best is measured at set-up; whatever comes back is checked by program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.localization.content import Code, CodeKind, Content, Piece


class TokenStyle(StrEnum):
    """How codes are shown."""

    OWN = "own"
    NAMED = "named"


_NAMES = {
    CodeKind.PLACEHOLDER: "value",
    CodeKind.LINK: "link",
    CodeKind.LITERAL: "code",
    CodeKind.SINGLE: "mark",
}
_NAMED = re.compile(r"</?t\d+>|\{(?:value|link|code|mark|name)\d+\}")
_STRAY = re.compile(r"[<＜]\s?[/／]?\s?t\s?\d+\s?[>＞]|[{｛]\s?(?:value|link|code|mark)\s?\d+\s?[}｝]", re.IGNORECASE)
_WIDE = {"{": "[{｛]", "}": "[}｝]", "<": "[<＜]", ">": "[>＞]", "/": "[/／]"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A content as the model sees it: its text, and the code behind each token, in order."""

    text: str
    tokens: Sequence[tuple[str, Code]]


def show(content: Content, style: TokenStyle, *, counted: bool = False, names: Sequence[str] = ()) -> Shown:
    """The text with a token for each code. `counted`: a count (`%d`, `{count}`) is shown as a number that stands
    nowhere else, for a model that drops a mark and keeps a number. `names` are shown as tokens, too, for a model that
    writes them in its own way; `read_tokens` gives them back as words."""
    tokens: list[tuple[str, Code]] = []
    text = ""
    for piece in _without_names(content, names):
        if isinstance(piece, str):
            text += piece
            continue
        token = piece.text if style is TokenStyle.OWN and not _is_name(piece) else _named(piece)
        if counted and _COUNT.fullmatch(piece.text):
            token = _free_number(content, len(tokens))
        tokens.append((token, piece))
        text += token
    return Shown(text, tokens)


_NAME = "name "
"""How the id of a name begins that is shown as a token."""


def _is_name(code: Code) -> bool:
    return code.id.startswith(_NAME)


def _without_names(content: Content, names: Sequence[str]) -> Iterator[Piece]:
    """The pieces with each of `names`, wherever it stands, as a code of its own."""
    codes = {name: Code(f"{_NAME}{number}", name, CodeKind.LITERAL) for number, name in enumerate(names, start=1)}
    longest = sorted(map(re.escape, codes), key=len, reverse=True)
    parts = re.compile(f"({'|'.join(longest)})") if codes and "{name" not in str(content) else None
    for piece in content.pieces:
        if isinstance(piece, str) and parts:
            yield from (codes.get(part, part) for part in parts.split(piece))
        else:
            yield piece


_COUNT = re.compile(
    r"%(?:\d\$|\(\w+\))?l?[du]|[{$%(]+\s*(?:\w*count|n|num|number|total|\w*_?(?:number|num|qty|quantity))\s*[})]+[du]?",
    re.IGNORECASE,
)


def _free_number(content: Content, taken: int) -> str:
    """A number that the text does not have, another one for each token."""
    text = str(content)
    return next(str(number) for number in range(407 + 10 * taken, 9999) if str(number) not in text)


def read_tokens(text: str, shown: Shown) -> Content:
    """What the model wrote, with its tokens as codes again: each as often as it was shown, in whatever order.

    Full-width brackets and blanks within a named token count as the token; one said twice on end counts once. A named
    token too many is a code too many, so that the checks see it.
    """
    left = list(shown.tokens)
    pieces: list[Piece] = []
    at = 0
    while left:
        found = min(
            ((match.start(), -len(match.group()), number, match) for number, (token, _) in enumerate(left)
             if (match := _token(token).search(text, at))),
            default=None,
        )  # fmt: skip
        if found is None:
            break
        *_, number, match = found
        token, code = left.pop(number)
        pieces += [*_strays(text[at : match.start()]), code.text if _is_name(code) else code]
        at = match.end()
        if _NAMED.fullmatch(token):
            while again := _token(token).match(text, at):
                at = again.end()
    return Content.of(*pieces, *_strays(text[at:]))


def _strays(text: str) -> Iterator[Piece]:
    """The text with the named tokens in it that nobody showed, or that were shown less often, as codes."""
    at = 0
    for match in _STRAY.finditer(text):
        yield text[at : match.start()]
        yield Code(f"stray {match.start()}", match.group(), CodeKind.PLACEHOLDER)
        at = match.end()
    yield text[at:]


def _named(code: Code) -> str:
    if _is_name(code):
        return f"{{name{code.id.removeprefix(_NAME)}}}"
    number = code.id.lstrip("/")
    number = number if number.isdecimal() else str(sum(map(ord, number)) % 1000)
    if code.kind is CodeKind.OPEN:
        return f"<t{number}>"
    if code.kind is CodeKind.CLOSE:
        return f"</t{number}>"
    return f"{{{_NAMES[code.kind]}{number}}}"


def _token(token: str) -> re.Pattern[str]:
    """The token as a model may write it: one of the file's own stands letter by letter."""
    if token.isdecimal():
        return re.compile(rf"(?<![\d.,]){token}(?![\d%]|[.,]\d)")
    if _NAMED.fullmatch(token) is None:
        return re.compile(re.escape(token))
    parts = (_WIDE.get(part, re.escape(part)) for part in re.findall(r"\w+|\W", token))
    return re.compile("[ ]?".join(parts), re.IGNORECASE)
