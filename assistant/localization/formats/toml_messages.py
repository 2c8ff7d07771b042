"""TOML message catalogues, as Hugo and go-i18n have them: `[key]` with `other = "…"`, or `key = "…"`.

A table that holds plural categories, and beside them nothing but what go-i18n keeps there (`description`, `hash` …), is
one message; all other texts are messages of their own. Everything that need not change keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from assistant.localization.formats import toml_scan
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.catalogue import Keys, PlainMessage, PluralMessage, decoded, spliced
from assistant.localization.formats.form_lines import FormLines, Statement, edits_of
from assistant.localization.messages.forms import Plural
from assistant.localization.messages.plurals import CATEGORIES
from assistant.localization.unit import Unit

_ABOUT = frozenset(("id", "description", "hash", "leftDelim", "rightDelim"))
_COUNT = re.compile(r"\{\{[^}]*\.(?:PluralCount|Count)\b")

_Placed = tuple[int, Sequence[Unit]]


class TomlMessages:
    """The format `toml`."""

    id = "toml"
    suffixes = (".toml",)

    def recognises(self, name: str, data: bytes) -> bool:
        """The ending says it; a broken file is refused when it is read, with the line."""
        return True

    def read(self, data: bytes, reading: Reading) -> TomlCatalogue:
        """Read it. Raises `UnreadableFile` when it is not TOML."""
        mark, text = decoded(data, reading.name)
        return TomlCatalogue(mark, text, list(toml_scan.scan(text, reading.name)), reading)


class TomlCatalogue:
    """A TOML file that was read."""

    def __init__(self, mark: str, text: str, entries: Sequence[toml_scan.Entry], reading: Reading) -> None:
        self._mark = mark
        self._text = text
        self._reading = reading
        self._keys = Keys(reading)
        self._plain: list[tuple[Statement, PlainMessage]] = []
        self._plurals: list[tuple[FormLines, PluralMessage]] = []
        order: list[_Placed] = []
        tables: dict[toml_scan.Path, list[toml_scan.Entry]] = {}
        for entry in entries:
            tables.setdefault(entry.table, []).append(entry)
        above = {table[:length] for table in tables for length in range(len(table))}
        for table, inside in tables.items():
            order.extend(self._table(".".join(table), inside, nested=table in above))
        order.sort(key=itemgetter(0))
        self.units: Sequence[Unit] = tuple(unit for _, units in order for unit in units)

    def write(self, written: Written) -> bytes:
        """The file with the targets. A plural keeps its source as long as one of its forms is held."""
        edits = edits_of(self._plain, self._plurals, written.targets, self._literal)
        return (self._mark + spliced(self._text, edits)).encode()

    def _table(self, path: str, entries: Sequence[toml_scan.Entry], *, nested: bool) -> Iterator[_Placed]:
        """The units of a table, each with the place of what they come from."""
        statements = [entry.statement for entry in entries]
        texts = {statement.key: statement.text for statement in statements}
        if not nested and path and "other" in texts and texts.keys() <= _ABOUT | set(CATEGORIES):
            if not self._keys.left(path):
                yield statements[0].start, self._message(path, entries, texts)
            return
        for statement in statements:
            key = f"{path}.{statement.key}" if path else statement.key
            if self._keys.left(key) or (statement.key in _ABOUT and "translation" in texts):
                continue
            yield statement.start, self._one(statement, self._keys.unit(key))

    def _message(self, path: str, entries: Sequence[toml_scan.Entry], texts: dict[str, str]) -> Sequence[Unit]:
        """A table that is a message. With `other` alone it is a plural only where the text shows the number."""
        unit = self._keys.unit(path, texts.get("description", ""))
        statements = [entry.statement for entry in entries]
        forms = {key: text for key, text in texts.items() if key in CATEGORIES and key != "other"}
        forms["other"] = texts["other"]
        if len(forms) == 1 and not _COUNT.search(texts["other"]):
            return self._one(next(s for s in statements if s.key == "other"), unit)
        plural = Plural(self._reading.source, self._reading.target)
        message = PluralMessage(forms, unit, plural, counting=lambda text: bool(_COUNT.search(text)))
        self._plurals.append((FormLines(self._text, statements, entries[0].inline, self._literal), message))
        return message.units

    def _one(self, statement: Statement, unit: Unit) -> Sequence[Unit]:
        message = PlainMessage(statement.text, unit)
        self._plain.append((statement, message))
        return message.units

    def _literal(self, statement: Statement, text: str) -> str:
        return toml_scan.literal(self._text[statement.value : statement.end], text)
