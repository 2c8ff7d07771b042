"""Plain data as YAML that people read and every YAML reader takes the same way, byte for byte the same each time.

Texts that could be taken for something else (yes, 95, 2026-03-01, ~) stand in quotes; several lines become a literal
block, long ones are folded at single spaces. `load_typed` gives back exactly what was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.reading.yaml_tree import load_yaml

LINE = 100
"""Longer texts are folded, where they have spaces."""

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,299})")
_FLOAT = re.compile(r"-?\d[\d.]*(?:e[+-]?\d+)?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WORDS: dict[str, bool] = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

_AMBIGUOUS = frozenset("y n yes no on off true false null nan inf .nan .inf ~ = <<".split())
_NUMBER_LIKE = re.compile(r"[-+.]?[\d.][\d.,_:+\-/\sA-Fa-foxTZ]*")
_NOT_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=<")
_UNPLAIN = re.compile(r":(?=\s|$)|\s#")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_FOLD = re.compile(r"(?<=[^ ]) (?=[^ ])")
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A scalar to be written as it is: a moment."""

    text: str


def as_yaml(data: Mapping[str, Any]) -> str:
    """A mapping of texts, numbers, yes and no, None, days, lists and mappings as YAML in block style."""
    return "".join(f"{line}\n" for line in _mapping(data))


def value_text(value: Any) -> str:
    """A value by itself, as it would stand below its key."""
    return "\n".join(_value(value))


def load_typed(text: str) -> Any:
    """The value of `as_yaml`'s text. A figure that would lose by becoming a number (`1.10`, `007`) stays a text.

    Raises `YamlRefused`.
    """
    return load_yaml(text, _typed)


def _typed(text: str) -> Any:
    if text in _NULLS:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and text != "-0":
        return int(text)
    if _FLOAT.fullmatch(text):
        try:
            number = float(text)
        except ValueError:
            return text
        return number if repr(number) == text else text
    return text


def _mapping(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        name = _one_line(key)
        first, *more = _value(value)
        if len(name) > _LONGEST_KEY:
            yield f"? {name}"
            name = ""
        if isinstance(value, Mapping | list | tuple) and value:
            yield f"{name}:"
            more = [first, *more]
        else:
            yield f"{name}: {first}"
        yield from (f"  {line}" if line else "" for line in more)


def _value(value: Any) -> list[str]:
    """The lines of a value; what is below the first belongs two columns further in than the key."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if value is None:
        return ["null"]
    if isinstance(value, int | float):
        return [repr(value)]
    if isinstance(value, Verbatim):
        return [value.text]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, Mapping):
        return list(_mapping(value)) or ["{}"]
    return list(_sequence(value)) or ["[]"]


def _sequence(items: Any) -> Iterator[str]:
    for item in items:
        first, *more = _value(item)
        yield f"- {first}"
        yield from (f"  {line}" if line else "" for line in more)


def _text(text: str) -> list[str]:
    lines = text.split("\n")
    if len(lines) > 1 and _is_literal(text, lines):
        return ["|", *lines[:-1]] if text.endswith("\n") else ["|-", *lines]
    if len(text) > LINE and len(lines) == 1 and text.isprintable() and text == text.strip(" "):
        folded = _folded(text)
        if len(folded) > 1:
            return [">-", *folded]
    return [_one_line(text)]


def _is_literal(text: str, lines: list[str]) -> bool:
    return (
        bool(lines[0])
        and lines[0][0] != " "
        and not text.endswith("\n\n")
        and all(line.isprintable() and not line.endswith(" ") for line in lines)
    )


def _folded(text: str) -> list[str]:
    """Lines that a folded block joins with one space each."""
    lines: list[str] = []
    start = last = 0
    for found in _FOLD.finditer(text):
        if found.start() - start > LINE and last > start:
            lines.append(text[start:last])
            start = last + 1
        last = found.start()
    if len(text) - start > LINE and last > start:
        lines.append(text[start:last])
        start = last + 1
    return [*lines, text[start:]]


def _one_line(text: str) -> str:
    if _is_plain(text):
        return text
    if text.isprintable() and "'" not in text and ('"' in text or "\\" in text):
        return f"'{text}'"
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _is_plain(text: str) -> bool:
    return (
        bool(text)
        and text.isprintable()
        and text == text.strip(" ")
        and text[0] not in _NOT_FIRST
        and not text.startswith("...")
        and not _UNPLAIN.search(text)
        and text.casefold() not in _AMBIGUOUS
        and not _NUMBER_LIKE.fullmatch(text)
    )
