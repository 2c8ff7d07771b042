"""What the record says of a declaration, in words for the person who wrote it.

One mistake must not hide the next: what is wrong is taken out or stood in for, and the rest is looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from prompts.declaration import Declaration
from prompts.faults import Fault, instead_of
from prompts.template import Template

Loc = tuple[str | int, ...]

_PASSES = 8
_DASH = {"zh": "–", "en": "–"}
_STAND_INS: Mapping[str, Any] = {
    "id": "unnamed",
    "version": 1,
    "name": _DASH,
    "purpose": _DASH,
    "stage": "internal",
    "inputs": [],
    "sections": [{"id": "unnamed", "write": "brief", "text": _DASH}],
}
"""For the keys that every template needs; a wrong one of the others is left out."""
_ELEMENTS: Mapping[str, Mapping[str, Any]] = {
    "inputs": {"name": "", "question": _DASH, "example": _DASH},
    "sections": {"id": "", "write": "brief", "text": _DASH},
    "method": {"id": "", "text": _DASH},
    "rubric": {"id": "", "question": _DASH},
    "rules": {"check": "section_missing"},
}
"""What stands in for a wrong element of a list; its name is kept, so that those who name it still find it."""
_SHAPES = {
    "string_type": ("must be a text", "put it in quotes"),
    "int_type": ("must be a whole number", ""),
    "int_parsing": ("must be a whole number", ""),
    "int_from_float": ("must be a whole number", ""),
    "bool_type": ("must be true or false", ""),
    "bool_parsing": ("must be true or false", ""),
    "float_type": ("must be a number", ""),
    "float_parsing": ("must be a number", ""),
    "tuple_type": ("must be a list", "write [a, b], or a line with '- ' for each"),
    "dict_type": ("must be a mapping", "write keys with their values"),
}


def validated(declaration: Declaration) -> tuple[Template | None, list[Fault], bool]:
    """The template, all that is wrong with it in the order of the lines, and whether something stands in for a part.
    With faults the template is for looking at the rest of it only; None when that cannot be made out."""
    data = deepcopy(declaration.data)
    faults: list[Fault] = []
    stood_in: set[Loc] = set()
    for _ in range(_PASSES):
        try:
            template = Template.model_validate(data)
        except ValidationError as error:
            located = [(tuple(part for part in d["loc"] if part != "[key]"), d) for d in error.errors()]
            # A list is called too short when its elements are wrong: those are told already.
            details = [(loc, d) for loc, d in located if d["type"] != "too_short" or not _within(loc, located)]
        else:
            return template, sorted(faults, key=lambda fault: fault.line), bool(stood_in)
        faults += [_fault(declaration, loc, d) for loc, d in details if loc[:2] not in stood_in]
        for loc, detail in details:
            if detail["type"] in ("extra_forbidden", "contract") and loc[:2] not in stood_in and _taken_out(data, loc):
                continue
            _stand_in(data, loc)
            stood_in.add(loc[:2])
        if stood_in & {("inputs",), ("sections",)}:
            break  # nothing is left to which the rest could be compared
    return None, sorted(faults, key=lambda fault: fault.line), True


def _within(loc: Loc, located: Sequence[tuple[Loc, Any]]) -> bool:
    """True when something lies inside `loc`."""
    return any(len(other) > len(loc) and other[: len(loc)] == loc for other, _ in located)


def _taken_out(data: Any, loc: Loc) -> bool:
    """True when the key at `loc` could be taken out; an element of a list keeps its place."""
    for part in loc[:-1]:
        data = data[part]
    if not loc or not isinstance(data, dict):
        return False
    data.pop(loc[-1], None)
    return True


def _stand_in(data: dict[str, Any], loc: Loc) -> None:
    """Puts something right into the place of the element or the key in which `loc` lies."""
    if not loc:
        return
    top = str(loc[0])
    if len(loc) > 1 and isinstance(loc[1], int) and top in _ELEMENTS:
        element, number = data[top][loc[1]], loc[1]
        made = dict(_ELEMENTS[top])
        for key in ("id", "name"):
            if key in made:
                named = str(element.get(key, "")) if isinstance(element, dict) else ""
                others = [e.get(key) for n, e in enumerate(data[top]) if n != number and isinstance(e, dict)]
                made[key] = named if named and named not in others else f"unnamed_{number}"
        data[top][number] = made
    elif top in _STAND_INS:
        data[top] = deepcopy(_STAND_INS[top])
    else:
        data.pop(top, None)


def _fault(declaration: Declaration, loc: Loc, detail: Any) -> Fault:
    message, remedy = _said(loc, detail)
    return declaration.fault(loc, message, remedy)


def _said(loc: Loc, detail: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and what to do."""
    kind, context = str(detail["type"]), detail.get("ctx", {})
    key = str(loc[-1]) if loc else ""
    message = str(detail["msg"]).removeprefix("Value error, ")
    if kind == "contract":
        return message, instead_of(context["name"], context["known"]) if context["name"] else ""
    if kind == "extra_forbidden":
        return f"unknown key '{key}'", instead_of(key, _keys_at(loc[:-1]))
    if kind == "missing":
        return f"'{key}' is missing", "write it" + (", in both languages" if key in ("zh", "en") else "")
    if kind == "literal_error":
        known = [word.strip(" '\"") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        return f"'{detail['input']}' is none of those known", instead_of(str(detail["input"]), known, most=40)
    if kind == "string_pattern_mismatch":
        rule = "begin with a small letter, then small letters, digits and '_', at most 40"
        return f"'{str(detail['input'])[:60]}' is no id", rule
    if kind in ("model_type", "model_attributes_type"):
        keys = _keys_at(loc)
        written = "{zh: …, en: …}" if keys == ["zh", "en"] else f"a mapping with {', '.join(keys)}"
        return "must be a mapping", f"write {written}"
    return _SHAPES.get(kind, (message[:1].lower() + message[1:], ""))


def _keys_at(loc: Sequence[str | int]) -> list[str]:
    """The keys of the record at a place of the declaration."""
    record: Any = Template
    for part in loc:
        if isinstance(part, int) or not isinstance(record, type) or not issubclass(record, BaseModel):
            continue
        field = next((f for name, f in record.model_fields.items() if part in (name, f.alias)), None)
        record = _record_in(field.annotation) if field is not None else None
    if not isinstance(record, type) or not issubclass(record, BaseModel):
        return []
    return [field.alias or name for name, field in record.model_fields.items()]


def _record_in(annotation: Any) -> Any:
    """The record that an annotation holds: `tuple[Part, ...]` and `Part | None` hold `Part`."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _record_in(inner)) is not None), None)
