"""JSON message catalogues: flat, nested, i18next, Chrome extensions, Docusaurus, FormatJS.

Which of them a file is, its shape says:

- Every entry is an object with `message` (and `description`, `placeholders`): Chrome's `messages.json`, Docusaurus.
  Only `message` is translated. Where the description speaks of plural forms, `|` stands between them (Docusaurus).
- Objects with `defaultMessage` (and `id`, `description`): FormatJS. Only `defaultMessage` is translated.
- All else: every text that is the value of a key or stands in an array, whatever the depth, by its path. Keys that
  i18next gives to plural forms belong together.

A text with a plural or select of ICU MessageFormat makes the whole file ICU. Bytes that need not change stay: order,
indentation, the way of escaping, numbers, doubled keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.formats import i18next
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.catalogue import Keys, Message, PlainMessage, PluralMessage, decoded
from assistant.localization.formats.json_scan import Member, Spelling, Value, respun, scan
from assistant.localization.messages.branches import Dialect, IcuMessage
from assistant.localization.messages.forms import Plural
from assistant.localization.messages.icu import parse
from assistant.localization.messages.plurals import categories
from assistant.localization.unit import Unit

_NAMED = re.compile(r"\$\$|\$([A-Za-z0-9_@]+)\$|\$[1-9]")
"""`$$` is a dollar sign, `$name$` and `$1` are placeholders."""
_BAR = re.compile(r"\s*\|\s*")
_NO_MESSAGES = ("$schema", "@metadata", "@@locale")
_DESCRIBED = frozenset(("message", "description", "placeholders"))


class JsonMessages:
    """The format `json`."""

    id = "json"
    suffixes = (".json",)

    def recognises(self, name: str, data: bytes) -> bool:
        """Whatever is an object or an array of texts; a broken file is refused when it is read, with the place."""
        return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[", b"/", b"")

    def read(self, data: bytes, reading: Reading) -> JsonCatalogue:
        """Read it. Raises `UnreadableFile`: not JSON, with comments, or compiled."""
        mark, text = decoded(data, reading.name)
        return JsonCatalogue(mark, text, scan(text, reading.name), reading)


@dataclass(slots=True)
class _Found:
    """What is translated: messages by the offset of their value, plurals of i18next by that of their object."""

    messages: dict[int, Message] = field(default_factory=dict)
    groups: dict[int, list[tuple[i18next.Group, PluralMessage]]] = field(default_factory=dict)
    order: list[Sequence[Unit]] = field(default_factory=list)


class JsonCatalogue:
    """A JSON file that was read."""

    def __init__(self, mark: str, text: str, root: Value, reading: Reading) -> None:
        self._mark = mark
        self._text = text
        self._root = root
        self._reading = reading
        self._keys = Keys(reading)
        strings = list(_strings(root))
        self._icu = any(parse(string).choices for string in strings)
        self._mustache = not self._icu and any("{{" in string or "$t(" in string for string in strings)
        self._found = _Found()
        self._walk(root, "", top=True)
        self.units: Sequence[Unit] = tuple(chain.from_iterable(self._found.order))

    def write(self, written: Written) -> bytes:
        """The file with the targets. A message keeps its source as long as one of its plural forms or variants is
        held, so that none is half translated."""
        return (self._mark + self._put(written)).encode()

    def _put(self, written: Written) -> str:
        spelling = Spelling.of(self._text)
        new = {
            start: spelling.literal(text)
            for start, message in self._found.messages.items()
            if (text := message.written(written.targets)) is not None
        }
        return _Writer(self._text, spelling, new, self._found.groups, written.targets).whole(self._root)

    # --- finding what is translated ---

    def _walk(self, value: Value, path: str, *, top: bool = False) -> None:
        if path and self._keys.left(path):
            return
        if value.text is not None:
            self._take(value, self._message(value.text, self._keys.unit(path)))
        for number, item in enumerate(value.items or ()):
            self._walk(item, f"{path}[{number}]")
        if value.members is None or self._described(value, path):
            return
        entries = top and bool(value.members) and all(_is_entry(member.value) for member in value.members)
        grouped = {} if self._icu or entries else self._grouped(value, path)
        for member in value.members:
            below = f"{path}.{member.key}" if path else member.key
            if entries:
                if not self._keys.left(below):
                    self._entry(member.value, below)
            elif member.start in grouped:
                message = grouped[member.start]
                if message is not None:
                    self._found.order.append(message.units)
            elif not (top and member.key in _NO_MESSAGES):
                self._walk(member.value, below)

    def _take(self, value: Value, message: Message) -> None:
        self._found.messages[value.start] = message
        self._found.order.append(message.units)

    def _message(self, text: str, unit: Unit, *, icu: bool = False) -> Message:
        if self._icu or icu:
            return IcuMessage(text, unit, Dialect(self._reading.source, self._reading.target))
        if self._mustache:
            return PlainMessage(text, unit, i18next.content(text))
        return PlainMessage(text, unit, doubtful=True)

    def _described(self, value: Value, path: str) -> bool:
        """FormatJS: takes the default message of an object that has one."""
        text = value.member("defaultMessage")
        if text is None or text.text is None:
            return False
        key = path if not path.endswith("]") else value.string("id") or path
        if not self._keys.left(key):
            unit = self._keys.unit(key, value.string("description") or "")
            self._take(text, self._message(text.text, unit, icu=True))
        return True

    def _entry(self, entry: Value, path: str) -> None:
        """Chrome and Docusaurus."""
        value = entry.member("message")
        assert value is not None
        assert value.text is not None
        note = entry.string("description") or ""
        unit = self._keys.unit(path, note)
        placeholders = entry.member("placeholders")
        if self._icu:
            self._take(value, self._message(value.text, unit))
        elif placeholders and placeholders.members:
            names = {member.key.lower() for member in placeholders.members}
            self._take(value, PlainMessage(value.text, unit, _named(value.text, names)))
        elif "plural" in note.lower() and "|" in value.text:
            self._take(value, self._piped(value.text, unit))
        else:
            self._take(value, self._message(value.text, unit))

    def _piped(self, text: str, unit: Unit) -> Message:
        """The forms that Docusaurus has between bars; the last one stands for those that are missing."""
        parts = _BAR.split(text)
        names = categories(self._reading.source)
        names = names if len(names) > 1 else ("one", "other")
        if len(parts) > len(names):
            return self._message(text, unit)
        texts = dict(zip((*names[: len(parts) - 1], "other"), parts, strict=True))
        bar = _BAR.search(text)
        assert bar is not None
        plural = Plural(self._reading.source, self._reading.target)
        return _Piped(PluralMessage(texts, unit, plural, counting=lambda part: "{" in part), text, bar.group())

    def _grouped(self, value: Value, path: str) -> dict[int, PluralMessage | None]:
        """The members of an object that are forms of a plural: the first of each with its message."""
        members = {member.key: member for member in value.members or ()}
        texts = {key: member.value.text for key, member in members.items() if member.value.text is not None}
        if len(members) < len(value.members or ()):
            return {}
        here: dict[int, PluralMessage | None] = {}
        for group in i18next.groups(texts, self._reading.source, self._reading.target):
            base = f"{path}.{group.base}" if path else group.base
            if self._keys.left(base) or any(members[key].start in here for key in group.keys.values()):
                continue
            message = PluralMessage(
                {selector: texts[key] for selector, key in group.keys.items()},
                self._keys.unit(base),
                group.plural,
                counting=i18next.counts,
                content=i18next.content,
            )
            self._found.groups.setdefault(value.start, []).append((group, message))
            starts = sorted(members[key].start for key in group.keys.values())
            here |= {starts[0]: message} | dict.fromkeys(starts[1:])
        return here


class _Piped:
    """Plural forms in one text, with bars between them."""

    def __init__(self, message: PluralMessage, text: str, bar: str) -> None:
        self._message, self._text, self._bar = message, text, bar
        self.units: Sequence[Unit] = message.units

    def written(self, targets: Mapping[str, Content]) -> str | None:
        """The forms in CLDR's order."""
        forms = self._message.written(targets)
        text = None if forms is None else self._bar.join(forms.values())
        return None if text == self._text else text


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes values anew where something changes, and as they were elsewhere."""

    text: str
    spelling: Spelling
    new: Mapping[int, str]
    groups: Mapping[int, Sequence[tuple[i18next.Group, PluralMessage]]]
    targets: Mapping[str, Content]

    def whole(self, root: Value) -> str:
        """The text with what stands before and behind the value."""
        return self.text[: root.start] + self._value(root) + self.text[root.end :]

    def _value(self, value: Value) -> str:
        if value.start in self.new:
            return self.new[value.start]
        if value.members and value.start in self.groups:
            return self._object(value, value.members)
        written, at = "", value.start
        for child in (*(member.value for member in value.members or ()), *(value.items or ())):
            written += self.text[at : child.start] + self._value(child)
            at = child.end
        return written + self.text[at : value.end]

    def _object(self, value: Value, members: Sequence[Member]) -> str:
        numbers = {member.key: number for number, member in enumerate(members)}
        instead: dict[int, list[tuple[str, int | None]]] = {}
        for group, message in self.groups[value.start]:
            forms = message.written(self.targets)
            if forms is None:
                continue
            own = {selector: numbers[key] for selector, key in group.keys.items()}
            lines = [
                (self._form(members[own[form.made_from]], group.key(form.selector), text), own.get(form.selector))
                for form, text in forms.items()
            ]
            if {number for _, number in lines} == set(own.values()):
                instead |= {number: [(line, number)] for line, number in lines if number is not None}
            else:
                instead |= {number: [] for number in own.values()} | {min(own.values()): lines}
        kept = chain.from_iterable(
            instead.get(number, [(self._member(member), number)]) for number, member in enumerate(members)
        )
        return respun(self.text, value, list(kept))

    def _member(self, member: Member) -> str:
        return self.text[member.start : member.value.start] + self._value(member.value)

    def _form(self, member: Member, key: str, text: str) -> str:
        name = self.text[member.start : member.key_end] if key == member.key else self.spelling.literal(key)
        value = self.text[member.value.start : member.value.end]
        value = value if text == member.value.text else self.spelling.literal(text)
        return name + self.text[member.key_end : member.value.start] + value


def _strings(value: Value) -> Iterator[str]:
    if value.text is not None:
        yield value.text
    for child in (*(member.value for member in value.members or ()), *(value.items or ())):
        yield from _strings(child)


def _is_entry(value: Value) -> bool:
    keys = {member.key for member in value.members or ()}
    return value.string("message") is not None and keys <= _DESCRIBED


def _named(text: str, names: set[str]) -> Content:
    """A text of Chrome with the placeholders of its entry as codes."""
    pieces: list[Piece] = []
    numbers = count(1)
    at = 0
    for found in _NAMED.finditer(text):
        if found.group() != "$$" and (found[1] is None or found[1].lower() in names):
            pieces += [text[at : found.start()], Code(str(next(numbers)), found.group(), CodeKind.PLACEHOLDER)]
            at = found.end()
    return Content.of(*pieces, text[at:])
