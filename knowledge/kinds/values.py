"""One value by its type: checked and brought to one form, never guessed. What does not fit raises `NotThis`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from knowledge.kinds.days import as_day, as_when
from knowledge.kinds.declaration import FieldDeclaration
from knowledge.kinds.wrong import NotThis

LONGEST = 20_000
_LONGEST_LINK = 2_000
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{1,30})?")
_LINK = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@,;:<>()\"]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_PHONE = re.compile(r"[\d+()（）\-–—./ 、,;；#*:：]|转|分机|总机|ext\.?|x", re.IGNORECASE)
_FLAGS = {
    **dict.fromkeys(("true", "yes", "y", "1", "是", "对", "有", "√", "✓", "✔"), True),
    **dict.fromkeys(("false", "no", "n", "0", "否", "不", "无", "×", "✗", "✘"), False),
}
_OPENING = dict(zip("（([【《〈“‘「『", "）)]】》〉”’」』", strict=True))
_SEPARATORS = "；;|｜、\n"


def text_of(value: Any) -> str:
    """A text; figures and days become one, since a sheet or YAML may have read `486` as a number."""
    if isinstance(value, bool):
        raise NotThis("is a yes or no where a text belongs", "put the words in quotes")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if _whole(value) else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if not isinstance(value, str):
        raise NotThis("is where one text belongs", "write one text")
    return _clean(value)


def _clean(value: str) -> str:
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST:
        raise NotThis(f"has {len(text)} characters", f"keep it under {LONGEST} and put the rest into the entry's text")
    return text


def _whole(value: float) -> bool:
    return value.is_integer() and abs(value) < 1e15


def parted(text: str) -> list[str]:
    """The parts of a list written as one text: cut at `；`, `;`, `|`, `、` and line ends, not inside brackets or
    quotation marks; not at commas, which stand inside names (`Tingstone Industrial (Suzhou) Co., Ltd.`)."""
    parts: list[str] = []
    awaited: list[str] = []
    start = 0
    for at, char in enumerate(text):
        if awaited and char == awaited[-1]:
            awaited.pop()
        elif char in _OPENING:
            awaited.append(_OPENING[char])
        elif char in _SEPARATORS and not awaited:
            parts.append(text[start:at])
            start = at + 1
    if awaited:  # a bracket that never closes says nothing about the rest
        return [part for part in map(str.strip, re.split(f"[{_SEPARATORS}]", text)) if part]
    return [part for part in map(str.strip, (*parts, text[start:])) if part]


def _number(value: Any) -> int | float:
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip()
        if not _NUMBER.fullmatch(text):
            raise NotThis("is no number", "write digits only, such as 1280 or 12.5")
        value = float(text.replace(",", "")) if "." in text else int(text.replace(",", ""))
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotThis("is no number", "write digits only, such as 1280 or 12.5")
    return int(value) if isinstance(value, float) and _whole(value) else value


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = text_of(value).casefold()
    if word not in _FLAGS:
        raise NotThis("is neither yes nor no", "write yes or no (是 / 否)")
    return _FLAGS[word]


def _link(value: Any) -> str:
    text = text_of(value)
    if len(text) > _LONGEST_LINK or not _LINK.fullmatch(text):
        raise NotThis("is no web address", "write it as www.example.com/page, without spaces")
    return text


def _email(value: Any) -> str:
    text = text_of(value)
    if not _EMAIL.fullmatch(text):
        raise NotThis("is no e-mail address", "write one address, as name@example.com")
    return text


def _phone(value: Any) -> str:
    text = text_of(value)
    digits = sum(char.isdecimal() for char in text)
    if not 5 <= digits <= 60 or _PHONE.sub("", text):
        raise NotThis("is no phone number", "write it as +86 512 5555 0120, with at least five digits")
    return text


def _mapping(value: Any) -> dict[str, Any]:
    """Names with one value each; a text gives one pair a line, `name: value`."""
    if isinstance(value, str):
        pairs = [re.split(r"[:：]", line, maxsplit=1) for line in re.split(r"[\n；;]", _clean(value)) if line.strip()]
        if any(len(pair) != 2 for pair in pairs):
            raise NotThis("is no list of names and values", "write one pair a line, as name: value")
        value = dict(pairs)
    if not isinstance(value, Mapping):
        raise NotThis("is no list of names and values", "write pairs, as name: value")
    found: dict[str, Any] = {}
    for key, inner in value.items():
        if inner is None or inner == "":
            continue
        kept = inner if isinstance(inner, bool | int | float) else text_of(inner)
        if kept != "":
            found[text_of(key) if isinstance(key, str) else str(key)] = kept
    return found


def plain(value: Any) -> Any:
    """A storable value as JSON keeps it: days become ISO text, the rest stays as it is."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | float | str) else text_of(value)


SIMPLE: dict[str, Callable[[Any], Any]] = {
    "text": text_of,
    "number": _number,
    "flag": _flag,
    "link": _link,
    "email": _email,
    "phone": _phone,
    "mapping": _mapping,
}


def simple_value(field: FieldDeclaration, value: Any, today: date) -> Any:
    """The value of a field that is neither a list nor records."""
    if field.type == "day":
        return as_day(value, today)
    if field.type == "when":
        return as_when(text_of(value) if isinstance(value, int | float) else value)
    if field.type == "choice":
        return _choice(field, text_of(value))
    return SIMPLE[field.type](value)


def _choice(field: FieldDeclaration, text: str) -> str:
    for option in field.options:
        if text.casefold() in {word.casefold() for word in option.words()}:
            return option.id
    known = ", ".join(f"{option.id} ({option.label.zh})" for option in field.options)
    raise NotThis("is none of the choices", f"write one of {known}")
