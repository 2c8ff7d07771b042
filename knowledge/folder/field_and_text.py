"""Fields that were changed beside a text written by hand: what of it the text does not say, or still says otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from knowledge.domain.folding import fold
from knowledge.domain.quantity import Quantity, find, same_value
from knowledge.facts import texts_in
from knowledge.folder.content import same_value as same_field
from knowledge.records import EntryVersion

_CLASSIFIER = re.compile(r"\s?[次台个套件家条天名人项起趟艘辆批组间座户站层种只支份单页处轮道笔]")
_SHORTEST = 2
_SHOWN = 40
_REMEDY = "change it with --set text=@FILE or in the editor"


def apart(old: EntryVersion, new: EntryVersion) -> tuple[str, ...]:
    """A line for each field that `new` changes and whose figures, or whose words where it has none, its text does not
    say. Fields that stay inside the company are not expected in a text."""
    from knowledge.kinds import kind_named

    declared = kind_named(new.kind)
    names = [
        name for name in {**old.fields, **new.fields} if not same_field(old.fields.get(name), new.fields.get(name))
    ]
    public = [name for name in names if (field := declared.field(name)) is None or not field.internal]
    return tuple(filter(None, (_line(name, old, new) for name in public)))


def _line(name: str, old: EntryVersion, new: EntryVersion) -> str:
    before, after = _said(old, name), _said(new, name)
    there = find(new.text, new.locale)
    was, now = find(before, old.locale), find(after, new.locale)
    if not was and not now:
        return _words_line(name, old.fields.get(name), new.fields.get(name), new.text)
    missing = [q for q in now if not _among(q, was) and not _among(q, there)]
    kept = [q for other in new.fields if other != name for q in find(_said(new, other), new.locale)]
    stale = [q for q in was if not _among(q, [*now, *kept]) and _among(q, there)]
    if missing and stale:
        told = f"now says {_shown(missing, after)}; the text still says {_shown(stale, before)}"
    elif missing:
        told = f"now says {_shown(missing, after)}; the text does not"
    elif stale:
        told = f"no longer says {_shown(stale, before)}; the text still does"
    else:
        return ""
    return f"fields.{name} {told}: {_REMEDY}"


def _words_line(name: str, before: Any, after: Any, text: str) -> str:
    """A name or another word that stands in the text as it was."""
    if not isinstance(before, str) or len(before.strip()) < _SHORTEST:
        return ""
    said = fold(text)
    if fold(before) not in said or (isinstance(after, str) and fold(after) in said):
        return ""
    if not isinstance(after, str) or not after.strip():
        return f"fields.{name} no longer says '{_cut(before)}'; the text still does: {_REMEDY}"
    return f"fields.{name} now says '{_cut(after)}'; the text still says '{_cut(before)}': {_REMEDY}"


def _said(version: EntryVersion, name: str) -> str:
    """A field as a text would say it, with the units of its figures; else the plain values."""
    from knowledge.kinds import body_of

    value = version.fields.get(name)
    body = body_of(version.kind, {name: value}, version.locale) if value is not None else ""
    lines = [line for line in body.splitlines() if not line.startswith("#")]
    return "\n".join(lines).strip() or "\n".join(texts_in(value))


def _among(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    return any(same_value(quantity, other, loose=True) for other in others)


def _shown(quantities: Sequence[Quantity], text: str) -> str:
    """The figures as they stand in the field, Chinese ones with their classifier."""
    found = []
    for quantity in quantities:
        counted = _CLASSIFIER.match(text, quantity.span.end)
        found.append(quantity.text + (counted.group() if counted else ""))
    return ", ".join(dict.fromkeys(found))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
