"""gettext PO and POT: bilingual files, edited in place; what is not a `msgstr`, a flag or the header stays.

A unit that is held keeps what its `msgstr` had, marked `fuzzy` so that no program uses it; where there was nothing the
`msgstr` stays empty and programs show the `msgid`. The reason is a translator's comment. Plurals have a unit for each
form of the target: by the formula of the file where its language is the target's, else by that of gettext for the
language. In a file of the source language the `msgstr` is the source text, as in projects whose `msgid` are keys; it
stays where a unit is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.plural_units import source_form
from assistant.localization.formats.po_header import (
    HeaderChange,
    declared_charset,
    fields,
    form_categories,
    header_edits,
)
from assistant.localization.formats.po_syntax import Entry, Part, entries, quoted
from assistant.localization.formats.spliced import Encoded, Lines, decoded
from assistant.localization.formats.xml_inline import named_like
from assistant.localization.language_tags import stands_for
from assistant.localization.messages.plurals import gettext_categories
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import TargetState, Unit

_FIRST = re.compile(r'^\s*(?:#[~:.,| ]|msgid\s*"|msgctxt\s*")', re.M)
_LIMIT = re.compile(r"max-length:\s*(\d{1,6})")
_OURS = "koujing:"
_BRACES = ("python-brace-format", "perl-brace-format", "csharp-format", "java-format", "java-printf-format")

_Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Message:
    """An entry with its units by the number of the form."""

    entry: Entry
    units: Mapping[int, Unit]
    sources: Mapping[int, Part] = field(default_factory=dict)
    """Where the source text of each unit stands."""


class PoFile:
    """A file that was read."""

    def __init__(self, source: Encoded, reading: Reading) -> None:
        self._source, self._reading = source, reading
        text = source.text
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        found = entries(text, reading.name)
        self._header = next((e for e in found if e.id and not e.id.text and e.context is None), None)
        self._wraps = any(p.wrapped for e in found if e is not self._header for p in (e.id, *e.forms.values()) if p)
        head = fields(self._header)
        language = head.get("Language", "").split("@")[0]
        own = form_categories(head.get("Plural-Forms", ""), reading.target)
        self._foreign = bool(language) and not stands_for(language, reading.target)
        self._of_source = self._foreign and stands_for(language, reading.source)
        self._new_forms = self._foreign or own is None
        self._categories = own if own and not self._foreign else gettext_categories(reading.target)
        self._source_forms = form_categories(head.get("Plural-Forms", ""), reading.source) or ()
        lines = Lines(text)
        messages = [entry for entry in found if entry is not self._header and entry.id and entry.id.text]
        self._messages = [self._message(number, entry, lines) for number, entry in enumerate(messages, 1)]

    @property
    def units(self) -> Sequence[Unit]:
        return [unit for message in self._messages for unit in message.units.values()]

    # --- reading ---

    def _message(self, number: int, entry: Entry, lines: Lines) -> _Message:
        assert entry.id is not None
        references = entry.said(":")
        notes = [*entry.said("."), *(line for line in entry.said(" ") if not line.startswith(_OURS))]
        limit = next((found[1] for flag in entry.flags if (found := _LIMIT.fullmatch(flag))), None)
        place = references[0].split()[0] if references and references[0] else lines.place(entry.id.start)
        context = entry.context.text if entry.context else ""
        id_ = f"message {number}"
        units: dict[int, Unit] = {}
        sources: dict[int, Part] = {}
        for form, (category, part) in enumerate(self._forms(entry)):
            source = _content(entry, part.text)
            target = self._target(entry, form, source)
            state = TargetState.NEEDS_REVIEW if "fuzzy" in entry.flags else TargetState.FINAL
            units[form] = Unit(
                f"{id_}[{form}]" if entry.plural else id_,
                source,
                place,
                context,
                "\n".join(note for note in notes if note),
                max_length=int(limit) if limit else None,
                plural=category,
                plural_of=id_ if entry.plural else "",
                target=target,
                target_state=state if target else TargetState.NEW,
            )
            sources[form] = part
        return _Message(entry, units, sources)

    def _forms(self, entry: Entry) -> Iterator[tuple[str, Part]]:
        """For each form of the target its category and where its source text stands."""
        assert entry.id is not None
        if entry.plural is None:
            yield "", self._singular(entry)
            return
        given = {"one": entry.id, "other": entry.plural}
        own = {category: entry.forms.get(form) for form, category in enumerate(self._source_forms)}
        if self._of_source and own and all(part and part.text for part in own.values()):
            given = {category: part for category, part in own.items() if part}
        texts = {category: _content(entry, part.text) for category, part in given.items()}
        for category in self._categories:
            yield category, given[source_form(category, texts, self._reading.source, self._reading.target)]

    def _singular(self, entry: Entry) -> Part:
        assert entry.id is not None
        return entry.forms[0] if self._of_source and entry.forms[0].text else entry.id

    def _target(self, entry: Entry, form: int, source: Content) -> Content | None:
        part = entry.forms.get(form)
        if self._foreign or part is None or not part.text or (entry.plural and self._new_forms):
            return None
        return named_like(_content(entry, part.text), source)

    # --- writing ---

    def write(self, written: Written) -> bytes:
        edits = [edit for message in self._messages for edit in self._edits(message, written)]
        if edits:
            edits += [edit for message in self._messages for edit in self._reshaped(message, written)]
            change = HeaderChange(self._reading.target, self._foreign, self._new_forms, self._line_end)
            edits += header_edits(self._header, self._source.text, change)
            if self._header:
                edits += self._fuzzy(self._header, False)
        text, at, parts = self._source.text, 0, []
        for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
            parts += [text[at:start], new]
            at = end
        return self._source.written("".join([*parts, text[at:]]), self._reading.name)

    def _edits(self, message: _Message, written: Written) -> Iterator[_Edit]:
        entry, units = message.entry, message.units.values()
        targets = [written.targets.get(unit.id) for unit in units]
        reasons = dict.fromkeys(written.held[unit.id] for unit in units if unit.id in written.held)
        if not reasons and all(target is None for target in targets):
            return
        keeps = all(target is None or target == unit.target for target, unit in zip(targets, units, strict=True))
        if not keeps:
            yield from self._replaced(entry, self._rendered(message, written))
        done = not reasons and all(target or unit.target for target, unit in zip(targets, units, strict=True))
        filled = any(targets) or any(self._kept(message, form) for form in message.units)
        yield from self._comment(entry, "; ".join(reasons))
        if done or filled:
            yield from self._fuzzy(entry, not done)

    def _rendered(self, message: _Message, written: Written) -> str:
        """All `msgstr` of an entry."""
        return self._line_end.join(
            self._one(message, form, unit, written.targets.get(unit.id)) for form, unit in message.units.items()
        )

    def _one(self, message: _Message, form: int, unit: Unit, target: Content | None) -> str:
        word = f"msgstr[{form}]" if message.entry.plural else "msgstr"
        text, part = self._source.text, message.sources[form]
        if target is None or target == unit.target:
            kept = self._kept(message, form)
            if kept is message.entry.forms.get(form) and kept is not None:
                return text[kept.start : kept.end]
            return f"{word} {text[kept.quoted : kept.end]}" if kept else f'{word} ""'
        if target == unit.source:
            return f"{word} {text[part.quoted : part.end]}"
        return quoted(str(target), word, wrap=self._wraps, line_end=self._line_end)

    def _kept(self, message: _Message, form: int) -> Part | None:
        """What a form has when no target is written: its target, or the source text where that is a `msgstr`."""
        if message.units[form].target:
            return message.entry.forms[form]
        part = message.sources[form]
        return part if part not in (message.entry.id, message.entry.plural) else None

    def _replaced(self, entry: Entry, raw: str) -> Iterator[_Edit]:
        start, end = entry.span
        if self._source.text[start:end] != raw:
            yield start, end, raw

    def _reshaped(self, message: _Message, written: Written) -> Iterator[_Edit]:
        """An entry that is not written, where the file gets other plural forms or another language."""
        touched = any(unit.id in written.targets for unit in message.units.values())
        if not touched and (self._foreign or (message.entry.plural and self._new_forms)):
            yield from self._replaced(message.entry, self._rendered(message, Written({})))

    def _comment(self, entry: Entry, why: str) -> Iterator[_Edit]:
        for comment in entry.comments:
            if comment.kind == " " and comment.text.startswith(_OURS):
                yield comment.start, comment.end, ""
        if why:
            yield entry.start, entry.start, f"# {_OURS} {' '.join(why.split())}{self._line_end}"

    def _fuzzy(self, entry: Entry, wanted: bool) -> Iterator[_Edit]:
        """The flag set or taken away, with the older `msgid` that it speaks of."""
        lines = [comment for comment in entry.comments if comment.kind == ","]
        if wanted and "fuzzy" not in entry.flags:
            if lines:
                at = lines[0].start + 2
                yield at, at, " fuzzy," if self._source.text[at : at + 1] == " " else " fuzzy, "
            else:
                at = next((comment.start for comment in entry.comments if comment.kind == "|"), entry.body)
                yield at, at, f"#, fuzzy{self._line_end}"
        if wanted or "fuzzy" not in entry.flags:
            return
        for comment in entry.comments:
            flags = [flag.strip() for flag in comment.text.split(",")]
            if comment.kind == "|":
                yield comment.start, comment.end, ""
            elif comment.kind == "," and "fuzzy" in flags:
                left = ", ".join(flag for flag in flags if flag and flag != "fuzzy")
                yield comment.start, comment.end, f"#, {left}{self._line_end}" if left else ""


def _content(entry: Entry, text: str) -> Content:
    """A string with its placeholders as codes, as its flags say."""
    formats = [flag for flag in entry.flags if flag.endswith("-format") and not flag.startswith(("no-", "possible-"))]
    style = ""
    if formats:
        braces = [flag in _BRACES for flag in formats]
        style = "brace" if all(braces) else "printf" if not any(braces) else ""
    return with_codes(Content.of(text), style)


class Po:
    """The format."""

    id = "po"
    suffixes = (".po", ".pot")

    def recognises(self, name: str, data: bytes) -> bool:
        head = data[:20_000].decode("latin-1").replace("\x00", "")
        return not head.strip() or _FIRST.search(head) is not None

    def read(self, data: bytes, reading: Reading) -> PoFile:
        return PoFile(decoded(data, reading.name, declared_charset(data)), reading)
