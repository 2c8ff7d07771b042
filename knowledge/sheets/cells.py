"""What a cell says: days, yes and no, lists, records; and the cell that says a value, so that it comes back exactly.

A value that has no plain form in a cell (space at its ends, a number that is no text, a mapping) is written as
`json:` with the value in JSON behind it. Nobody types that by accident, and every cell may carry it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from knowledge.domain.folding import fold
from knowledge.kinds.days import as_day
from knowledge.kinds.values import SIMPLE, parted
from knowledge.kinds.wrong import NotThis
from knowledge.sheets.grid import cell_text

JSON = "json:"

_BELOW = re.compile(r"^[\w-]+$")


def parse_day(text: str, today: date) -> date:
    """The day of 2026-03-01, 2026/3/1, 2026年3月1日, 1 March 2026, +60d. Raises `ValueError` with what is wrong."""
    try:
        return date.fromisoformat(as_day(text, today))
    except NotThis as reason:
        raise ValueError(f"'{text}' {reason.what}; {reason.remedy}") from None


def parse_yes(text: str) -> bool:
    """是, yes, true, 1, √ and their opposites; empty is no. Raises `ValueError` with what is wrong."""
    try:
        return bool(text.strip()) and bool(SIMPLE["flag"](text))
    except NotThis as reason:
        raise ValueError(f"'{text}' {reason.what}; {reason.remedy}") from None


def parse_json(text: str) -> Any:
    """The value of a cell that begins with `json:`. Raises `ValueError`."""
    try:
        return json.loads(text[len(JSON) :])
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("is not valid JSON behind 'json:'; mend it, or write the text itself") from None


def json_cell(value: Any) -> str:
    """A cell for any value that JSON knows. Raises `TypeError` for what it does not."""
    plain = JSON + json.dumps(value, ensure_ascii=False)
    return plain if cell_text(plain) == plain else JSON + json.dumps(value, ensure_ascii=True)


def text_cell(value: str) -> str:
    """A cell that says `value` and nothing else."""
    return value if value and cell_text(value) == value and not value.startswith(JSON) else json_cell(value)


def parse_list(text: str) -> list[str]:
    """Items on lines or between `|`, `;` and 、, outside of brackets; also as `json:`. Raises `ValueError`."""
    if text.startswith(JSON):
        value = parse_json(text)
        if isinstance(value, str):
            return parted(value)
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise ValueError('is no list of texts in JSON; write ["…", "…"], or the items with | between them')
        return value
    return parted(text)


def list_cell(values: Sequence[Any]) -> str:
    """A cell with `|` between the items where that comes back as it was, else `json:`."""
    if values and all(isinstance(value, str) for value in values):
        cell = "|".join(values)
        if cell_text(cell) == cell and not cell.startswith(JSON) and parse_list(cell) == list(values):
            return cell
    return json_cell(list(values))


def parse_records(text: str, keys: Mapping[str, str]) -> list[dict[str, Any]]:
    """One record on each line: `measure: downtime; before: 12 h; after: 3 h`. Raises `ValueError` naming the line.

    `keys` goes from what may be written (指标, measure) to the key. A semicolon parts two pairs only where a known key
    and a colon follow it; `translation.en` is the key `en` of a mapping `translation`.
    """
    known = {fold(name): key for name, key in keys.items()}
    begins = _begins(known)
    records = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            records.append(_record(line.strip(), number, known, begins))
    return records


def record_lines(records: Sequence[Any], labels: Mapping[str, str], language: str) -> str | None:
    """A record on each line, or None where one has another shape. Whether it comes back the same, the caller asks."""
    lines = [_line(record, labels, language) for record in records]
    return "\n".join(filter(None, lines)) if lines and all(lines) else None


def word(value: Any, language: str) -> str | None:
    """A single value as people write it, or None for what is no single value."""
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    return str(value) if isinstance(value, str | int | float) else None


def _begins(known: Mapping[str, str]) -> re.Pattern[str]:
    """A known key with its colon, at the start of the line or behind a semicolon."""
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?:^|[;；])\s*((?:{names})(?:\.[\w-]+)?)\s*[:：]\s*", re.IGNORECASE)


def _record(line: str, number: int, known: Mapping[str, str], begins: re.Pattern[str]) -> dict[str, Any]:
    # Folding keeps every place, so the keys are found in the folded line and the values cut from the written one.
    found = list(begins.finditer(fold(line)))
    if not found or found[0].start() != 0:
        shown = ", ".join(dict.fromkeys(known.values())) or "key"
        raise ValueError(f"line {number} is no record; begin it with one of {shown} and a colon")
    record: dict[str, Any] = {}
    for pair, following in zip(found, [*found[1:], None], strict=True):
        value = line[pair.end() : following.start() if following else len(line)].strip()
        written, _, below = line[pair.start(1) : pair.end(1)].partition(".")
        key = known[fold(written)]
        place = record.setdefault(key, {}) if below else record
        name = below or key
        if not isinstance(place, dict) or name in place:
            raise ValueError(f"line {number} says '{written}' twice; put each record on a line of its own")
        if value:
            place[name] = value
    return record


def _line(record: Any, labels: Mapping[str, str], language: str) -> str | None:
    """`key: value; key.below: value`, or None when the record has another shape."""
    if not isinstance(record, dict):
        return None
    pairs: list[str] = []
    for key, value in record.items():
        nested = isinstance(value, dict)
        for below, inner in value.items() if nested else [("", value)]:
            label = labels.get(key, str(key))
            text = word(inner, language)
            if not text or (nested and not _BELOW.match(below)):
                return None
            pairs.append(f"{label}.{below}: {text}" if nested else f"{label}: {text}")
    return "; ".join(pairs) or None
