"""Texts as YAML holds them: in the style of the text they replace where YAML reads them the same there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

# What other versions of YAML than the parser's own take for a number, a truth value or nothing.
_NOT_WORDS = re.compile(r"[-+.]?\d.*|[-+.]|~|y|n|yes|no|on|off|true|false|null|\.inf|\.nan", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"[|>][+-]?[ \t]*(?:#[^\n]*)?\r?\n")


def styled(raw: str, text: str, *, in_flow: bool = False) -> str:
    """`text` in the style of `raw` (plain, quoted, block), else in double quotes. `in_flow`: inside `[…]` or `{…}`."""
    for candidate in _candidates(raw, text):
        if _read(candidate, in_flow) == text:
            return candidate
    quoted: str = yaml.dump(text, default_style='"', allow_unicode=True, width=2**31)
    return quoted.rstrip("\n")


def key(raw: str, name: str) -> str:
    """A key in the style of another one."""
    quote = raw[:1] if raw[:1] in ("'", '"') else "" if not _NOT_WORDS.fullmatch(name) else '"'
    return f"{quote}{name}{quote}"


def _candidates(raw: str, text: str) -> Iterator[str]:
    header = _BLOCK.match(raw)
    if header:
        lines = raw[header.end() :].lstrip("\r\n")
        indent = re.match(r"[ \t]*", lines)
        line_break = "\r\n" if header.group().endswith("\r\n") else "\n"
        between = line_break * (2 if raw[0] == ">" else 1)
        if indent and indent.group():
            said = text.rstrip("\n")
            yield header.group() + between.join(indent.group() + line if line else "" for line in said.split("\n"))
    elif raw[:1] == "'":
        yield "'" + text.replace("'", "''") + "'"
    elif raw[:1] not in ('"', "|", ">") and not _NOT_WORDS.fullmatch(text):
        yield text


def _read(candidate: str, in_flow: bool) -> str | None:
    """What YAML reads, in a place like that of the text."""
    block = candidate[:1] in ("|", ">")
    if in_flow and block:
        return None
    around = f"k: [{candidate}, 1]\n" if in_flow else f"k: {candidate}\n" + ("" if block else "z: 1\n")
    try:
        read = yaml.safe_load(around)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    value = read.get("k") if isinstance(read, dict) and len(read) == (1 if in_flow or block else 2) else None
    if in_flow:
        value = value[0] if isinstance(value, list) and len(value) == 2 else None
    return value if isinstance(value, str) else None
