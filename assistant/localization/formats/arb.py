"""Application Resource Bundles, the message catalogues of Flutter: JSON with ICU messages and `@key` metadata.

Source: github.com/google/app-resource-bundle, ApplicationResourceBundleSpecification; Flutter's `gen-l10n`, where
`zero` is the number 0 in every language and apostrophes quote only when the project says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.catalogue import Keys, decoded, spliced
from assistant.localization.formats.json_scan import Member, Spelling, Value, scan
from assistant.localization.messages.branches import Dialect, IcuMessage
from assistant.localization.messages.icu import parse
from assistant.localization.unit import Unit
from knowledge.domain.errors import UnreadableFile

_NOT_WORDS = ("image", "css")


class Arb:
    """The format `arb`."""

    id = "arb"
    suffixes = (".arb",)

    def recognises(self, name: str, data: bytes) -> bool:
        """The ending says it."""
        return True

    def read(self, data: bytes, reading: Reading) -> ArbCatalogue:
        """Read it. Raises `UnreadableFile` when it is not a JSON object."""
        mark, text = decoded(data, reading.name)
        root = scan(text, reading.name)
        if root.members is None:
            raise UnreadableFile(reading.name, "line 1: not an object of messages", "begin the file with {")
        return ArbCatalogue(mark, text, root.members, reading)


class ArbCatalogue:
    """An ARB file that was read."""

    def __init__(self, mark: str, text: str, members: Sequence[Member], reading: Reading) -> None:
        self._mark = mark
        self._text = text
        self._reading = reading
        self._locale = next((member.value for member in members if member.key == "@@locale"), None)
        metadata = {member.key[1:]: member.value for member in members if member.key.startswith("@")}
        texts = [member for member in members if not member.key.startswith("@") and member.value.text is not None]
        dialect = Dialect(
            reading.source,
            reading.target,
            zero_is_none=True,
            quotes=_quotes([member.value.text or "" for member in texts]),
        )
        keys = Keys(reading)
        self._messages = {
            (member.value.start, member.value.end): IcuMessage(
                member.value.text or "", _unit(member.key, metadata, keys), dialect
            )
            for member in texts
            if not keys.left(member.key) and not _is_no_text(metadata.get(member.key))
        }
        self.units: Sequence[Unit] = tuple(unit for message in self._messages.values() for unit in message.units)

    def write(self, written: Written) -> bytes:
        """The file with the targets, and with the target's locale in `@@locale`. A message keeps its source as long as
        one of its variants is held, so that none is half translated."""
        spelling = Spelling.of(self._text)
        edits = [
            (start, end, spelling.literal(text))
            for (start, end), message in self._messages.items()
            if (text := message.written(written.targets)) is not None
        ]
        if self._locale is not None and self._locale.text is not None and self._reading.source != self._reading.target:
            tag = str(self._reading.target).replace("-", "_")
            edits.append((self._locale.start, self._locale.end, spelling.literal(tag)))
        return (self._mark + spliced(self._text, edits)).encode()


def _quotes(texts: Sequence[str]) -> bool:
    """Whether a file shows that apostrophes quote: doubled ones, or braces that are balanced only then."""
    return any(
        "''" in text or (re.search("'[{}]", text) and not parse(text, quotes=False).valid and parse(text).valid)
        for text in texts
    )


def _unit(key: str, metadata: Mapping[str, Value], keys: Keys) -> Unit:
    """The unit of a message, with its description and its placeholders as the note."""
    about = metadata.get(key)
    if about is None:
        return keys.unit(key)
    placeholders = about.member("placeholders")
    named = [
        f"{member.key} ({example})" if (example := member.value.string("example")) else member.key
        for member in (placeholders.members if placeholders else None) or ()
    ]
    description = about.string("description") or ""
    names = f"placeholders: {', '.join(named)}" if named else ""
    return keys.unit(key, "; ".join(filter(None, (description, names))))


def _is_no_text(about: Value | None) -> bool:
    return about is not None and about.string("type") in _NOT_WORDS
