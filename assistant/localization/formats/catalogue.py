"""What message catalogues have in common: decoding, keys with unique ids, messages and their plural forms."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Protocol

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.messages.branches import unquoting
from assistant.localization.messages.forms import Form, Plural
from assistant.localization.unit import Unit
from knowledge.domain.errors import UnreadableFile

LARGEST = 50_000_000
"""Bytes of a catalogue; a larger one is no file that people keep messages in."""


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The byte order mark (or nothing) and the text. Raises `UnreadableFile` when it is not UTF-8 or too large."""
    if len(data) > LARGEST:
        raise UnreadableFile(name, f"larger than {LARGEST // 1_000_000} MB", "split it")
    mark = "\ufeff" if data.startswith(codecs.BOM_UTF8) else ""
    try:
        return mark, data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(name, f"line {line} is not UTF-8", "save the file as UTF-8") from None


def place_of(text: str, at: int) -> str:
    """`line 3, column 7` of an offset."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


def spliced(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """`text` with other words from `start` to `end` of each edit."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


class Keys:
    """Gives every message an id that no other has, and says which keys the user wants left alone."""

    def __init__(self, reading: Reading) -> None:
        self._left = reading.keys_left
        self._used: set[str] = set()

    def left(self, path: str) -> bool:
        """Whether a key, or one above it, is not to be translated: by its path, or by its own name."""
        if not self._left:
            return False
        parts = path.split(".")
        above = [".".join(parts[: n + 1]) for n in range(len(parts))]
        return any(fnmatchcase(key, glob) for glob in self._left for key in (*above, parts[-1]))

    def unit(self, path: str, note: str = "") -> Unit:
        """A unit without text for the message at `path`; a second one of that path has `~2` behind its id."""
        path = path or "~"  # an empty key
        id_, again = path, 1
        while id_ in self._used:
            again += 1
            id_ = f"{path}~{again}"
        self._used.add(id_)
        return Unit(id_, Content(), place=path, context=path, note=note)


class Message(Protocol):
    """A text of the file that is written as one."""

    @property
    def units(self) -> Sequence[Unit]:
        """Its variants."""

    def written(self, targets: Mapping[str, Content]) -> str | None:
        """The text in the target language; None when the source stays as it is."""


class PlainMessage:
    """A text without variants. `doubtful`: a reader may take an apostrophe before a brace for a quote."""

    def __init__(self, text: str, unit: Unit, source: Content | None = None, *, doubtful: bool = False) -> None:
        self._text = text
        self._doubtful = doubtful
        unit = replace(unit, source=source or Content.of(text))
        self.units: tuple[Unit, ...] = (unit,) if unit.source.says_something else ()

    def written(self, targets: Mapping[str, Content]) -> str | None:
        target = targets.get(self.units[0].id) if self.units else None
        if target is None or str(target) == self._text:
            return None
        return unquoting(str(target)) if self._doubtful and "'{" not in self._text else str(target)


class PluralMessage:
    """The forms of a plural that stand under keys of their own. `texts`: selector to text, `other` among them.

    Forms that the target has no use for are left out, others added; when one form has no target they all keep the
    source's, so that no plural is half translated.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        unit: Unit,
        plural: Plural,
        *,
        counting: Callable[[str], bool],
        content: Callable[[str], Content] = Content.of,
    ) -> None:
        self._texts = texts
        self.forms: Sequence[Form] = plural.forms(list(texts), [s for s, text in texts.items() if counting(text)])
        self._ids = {form: f"{unit.id}#{form.selector}" for form in self.forms}
        units = (
            replace(
                unit,
                id=id_,
                source=content(texts[form.made_from]),
                note="; ".join(filter(None, (unit.note, plural.note(form.selector)))),
                plural=plural.category(form.selector),
                plural_of=unit.id,
            )
            for form, id_ in self._ids.items()
        )
        self.units: tuple[Unit, ...] = tuple(unit for unit in units if unit.source.says_something)

    def written(self, targets: Mapping[str, Content]) -> Mapping[Form, str] | None:
        """The text of each form; None when the source stays as it is."""
        if not self.units or any(unit.id not in targets for unit in self.units):
            return None
        given = {unit.id for unit in self.units}
        return {
            form: str(targets[id_]) if id_ in given else self._texts[form.made_from] for form, id_ in self._ids.items()
        }
