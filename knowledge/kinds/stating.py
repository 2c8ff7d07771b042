"""Fields as Markdown: a row of a sheet that has no text of its own becomes sections with the words of the row, under
the headings that templates look for. Nothing is added to the words but labels and what makes them sentences, since
drafts and people read the text as prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from knowledge.kinds.declaration import CHANGE, FieldDeclaration, Kind, Section
from knowledge.kinds.loading import kind_named
from knowledge.kinds.phrasing import as_sentences, change, in_brackets, labelled, lines_of, with_full_stop

_SLOT = re.compile(r"\{([a-z_]+)\}")
_LINE_MARK = re.compile(r"^(\s*)([#>=+-]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_INLINE = re.compile(r"[\\`*\[\]|]|~~|<(?=[A-Za-z/!?])|&(?=#?\w{1,40};)|(?<![^\W_])_|_(?![^\W_])")
_ENTRY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_CHINESE = "一二三四五六七八九十"
_ADDRESSES = ("link", "email", "phone")
_MARKS = '“”"„«»「」'


def title_of(kind: Kind | str, fields: Mapping[str, Any]) -> str:
    """The title that the fields give to an entry without one; empty when they do not."""
    kind = kind_named(kind) if isinstance(kind, str) else kind
    found = (_words(kind.field(name), fields.get(name), "en") for name in kind.title_from)
    return " ".join(next((text for text in found if text), "").split())


def body_of(kind: Kind | str, fields: Mapping[str, Any], locale: str) -> str:
    """Markdown that states checked `fields` under `##` headings in the language of `locale` (`zh…`, otherwise English).

    Left out are fields that are internal, quotes that nobody approved, and what `check_fields` found wrong in its type.
    Empty when there is nothing to state.
    """
    kind = kind_named(kind) if isinstance(kind, str) else kind
    language = "zh" if locale.lower().startswith("zh") else "en"
    sections = (part for section in kind.sections for part in _sections(kind, section, fields, language))
    return "\n\n".join(f"## {_safe(heading)}\n\n" + "\n\n".join(lines) for heading, lines in sections if lines)


def _sections(
    kind: Kind, section: Section, fields: Mapping[str, Any], language: str
) -> Iterator[tuple[str, list[str]]]:
    heading = section.heading.of(language)
    if section.heading_from and isinstance(fields.get(section.heading_from), str):
        heading = fields[section.heading_from]
    if section.each:
        declared = kind.field(section.each)
        for number, row in enumerate(_rows(fields.get(section.each)), start=1):
            slots = {**row, "number": _CHINESE[number - 1] if language == "zh" and number <= 10 else number}
            said = _filled(heading, slots)
            yield said, _of_record(declared, row, set(_SLOT.findall(heading)), language)
        return
    if section.group:
        yield from _grouped(kind, section, fields, heading, language)
        return
    lines = [line for name in section.fields for line in _lines(kind.field(name), fields.get(name), section, language)]
    if section.own_facts:
        own = {name: value for name, value in fields.items() if kind.field(name) is None}
        lines += [_labelled(name, str(value), language, ends=not section.card) for name, value in own.items()
                  if _is_scalar(value)]  # fmt: skip
    yield heading, lines


def _filled(heading: str, slots: Mapping[str, Any]) -> str:
    return _SLOT.sub(lambda match: str(slots.get(match[1], "")), heading).rstrip(" ：:")


def _grouped(
    kind: Kind, section: Section, fields: Mapping[str, Any], heading: str, language: str
) -> Iterator[tuple[str, list[str]]]:
    """One section for all records that share a sub-field's value, in the order in which they come."""
    declared = kind.field(section.fields[0])
    groups: dict[str, list[str]] = {}
    for row in _rows(fields.get(section.fields[0])):
        name = row.get(section.group or "")
        rest = {key: value for key, value in row.items() if key != section.group}
        groups.setdefault(name if isinstance(name, str) else heading, []).append(_of_row(declared, rest, language))
    yield from ((name, [line for line in lines if line]) for name, lines in groups.items())


def _lines(declared: FieldDeclaration | None, value: Any, section: Section, language: str) -> Iterator[str]:
    if declared is None or declared.internal:
        return
    if declared.type == "records":
        yield from filter(None, (_record(declared, row, language) for row in _rows(value)))
        return
    ends = not section.card
    if declared.type == "mapping" and isinstance(value, Mapping):
        said = {str(name): str(inner) for name, inner in value.items() if _is_scalar(inner)}
        yield from (_labelled(name, inner, language, ends=ends) for name, inner in said.items())
        return
    words = _words(declared, value, language)
    if words and section.labelled and not declared.prose:
        # A full stop would be taken for a part of an address.
        ends = ends and declared.type not in _ADDRESSES
        yield _labelled(declared.label.of(language), words, language, ends=ends)
    elif words:
        yield _paragraphs(words, language)


def _record(declared: FieldDeclaration, row: Mapping[str, Any], language: str) -> str:
    if declared.form == "quote":
        return _quote(row, language)
    return _change(declared, row, language) if declared.form == "change" else _of_row(declared, row, language)


def _of_record(declared: FieldDeclaration | None, row: Mapping[str, Any], said: set[str], language: str) -> list[str]:
    """The sub-fields of one record, each a paragraph; what the heading says is not said again."""
    subs = declared.fields if declared else ()
    found = ((sub, _words(sub, row.get(sub.name), language)) for sub in subs if sub.name not in said)
    return [
        _labelled(sub.label.of(language), words, language) if sub.type == "texts" else _paragraphs(words, language)
        for sub, words in found
        if words
    ]


def _of_row(declared: FieldDeclaration | None, row: Mapping[str, Any], language: str) -> str:
    """A record on one line: the first sub-field, then the others with their labels."""
    if declared is None:
        return ""
    units = {sub.unit for sub in declared.fields if sub.unit}
    said = [(sub, _with_unit(sub, row, language)) for sub in declared.fields if sub.name not in units]
    said = [(sub, _safe(" ".join(words.split()))) for sub, words in said if words and not sub.internal]
    if not said:
        return ""
    (first, head), rest = said[0], said[1:]
    whole = first.name == declared.fields[0].name
    tail = ""
    for sub, words in rest if whole else said:
        # Figures before and after stay in one clause, since they are read together.
        between = ("，" if sub.unit else "；") if language == "zh" else (", " if sub.unit else "; ")
        tail += (between if tail else "") + _marked(sub, words, language)
    if not whole or not tail:
        return f"- {with_full_stop(tail or head, language)}"
    before, after = {
        ("colon", "zh"): ("：", ""), ("colon", "en"): (": ", ""),
        ("brackets", "zh"): ("（", "）"), ("brackets", "en"): (" (", ")"),
    }[("brackets" if declared.form == "brackets" else "colon", language)]  # fmt: skip
    return f"- {with_full_stop(f'{head}{before}{tail}{after}', language)}"


def _change(declared: FieldDeclaration, row: Mapping[str, Any], language: str) -> str:
    """A figure before and after as a sentence; a record without its measure or figures as any other."""
    subs = {sub.name: sub for sub in declared.fields}
    measure, before, after = (_one_line(_with_unit(subs[name], row, language)) for name in CHANGE)
    if not measure or not (before or after):
        return _of_row(declared, row, language)
    units = {sub.unit for sub in declared.fields if sub.unit}
    rest: list[str] = []
    for sub in declared.fields:
        words = (
            "" if sub.internal or sub.name in (*CHANGE, *units) else _one_line(_words(sub, row.get(sub.name), language))
        )
        if words:
            # The period stands at once behind the figures and needs no label there.
            rest.append(words if sub.name == "period" else labelled(sub.label.of(language), words, language))
    clause = change(measure, before, after, language)
    return _safe(with_full_stop(f"{clause}{in_brackets(rest, language)}", language))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _marked(sub: FieldDeclaration, words: str, language: str) -> str:
    """`before 118 per month`, `period: nine months`: a figure follows its label at once."""
    gap = " " if sub.unit else ("：" if language == "zh" else ": ")
    return f"{sub.label.of(language)}{gap}{words}"


def _with_unit(sub: FieldDeclaration, row: Mapping[str, Any], language: str) -> str:
    words, unit = _words(sub, row.get(sub.name), language), row.get(sub.unit or "")
    if not words or not isinstance(unit, str) or words.endswith(unit):
        return words
    return f"{words}{unit}" if unit[0] in "%‰°℃" else f"{words} {unit}"


def _quote(row: Mapping[str, Any], language: str) -> str:
    """`> “…” —— speaker，title`, only when it is approved."""
    text = row.get("text")
    if row.get("approved") is not True or not isinstance(text, str):
        return ""
    dash, comma = (" —— ", "，") if language == "zh" else (" — ", ", ")
    by = comma.join(_safe(part) for part in (row.get("speaker"), row.get("title")) if isinstance(part, str) and part)
    said = _safe(" ".join(text.strip(_MARKS).split()))
    return f"> “{said}”{dash}{by}" if by else f"> “{said}”"


def _words(declared: FieldDeclaration | None, value: Any, language: str) -> str:
    """A value as a text; empty for what is not of its type."""
    if isinstance(value, list | tuple):
        comma = "、" if language == "zh" else "; "
        ids = declared is not None and declared.ids
        return comma.join(str(one) for one in value if _is_scalar(one) and not (ids and _ENTRY_ID.fullmatch(str(one))))
    if declared and declared.type == "choice":
        return next((option.label.of(language) for option in declared.options if option.id == value), "")
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    return str(value) if _is_scalar(value) else ""


def _labelled(label: str, words: str, language: str, *, ends: bool = True) -> str:
    said = labelled(label, words, language)
    return _paragraphs(said, language) if ends else _joined(lines_of(said))


def _paragraphs(words: str, language: str) -> str:
    """Each line of a cell is a paragraph, and each a sentence of its own."""
    return _joined(as_sentences(words, language))


def _joined(lines: Sequence[str]) -> str:
    return "\n\n".join(map(_safe, lines))


def _safe(text: str) -> str:
    """`text` with the characters escaped that Markdown would read as marks where they stand."""
    escaped = _INLINE.sub(lambda m: "".join("\\" + char for char in m[0]), text)
    return _LINE_MARK.sub(lambda m: m[1] + (m[2] + "\\" if m[2].isdigit() else "\\" + m[2]), escaped)


def _rows(value: Any) -> Sequence[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float)
