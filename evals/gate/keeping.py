"""Floors in their file: read with every mistake named, written so that a diff shows what changed."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from evals.gate.floors import CASES, Floor, Floors, Key, Step
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.reading.yaml_tree import YamlRefused, load_yaml

Value = TypeVar("Value")

FLOORS = Path(__file__).parent / "floors.yaml"


def load(path: Path = FLOORS) -> Floors:
    """The floors of a file. Raises `UnreadableFile`, or `InputError` naming file, place and remedy."""
    try:
        text = path.read_text(encoding="utf-8")
        tree = load_yaml(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(path), f"the floors cannot be read ({type(error).__name__})") from None
    except YamlRefused as error:
        raise InputError(f"{path.name}: {error}") from None
    _refuse_doubles(text, path.name)
    entries: dict[Key, Floor] = {}
    for suite, models in _mapping(tree, path.name).items():
        for model, measures in _mapping(models, f"{path.name}, at {suite}").items():
            for measure, entry in _mapping(measures, f"{path.name}, at {suite} › {model}").items():
                place = f"{path.name}, at {suite} › {model} › {measure}"
                entries[suite, model, measure] = _floor(entry, measure == CASES, place)
    return Floors(entries)


def _refuse_doubles(text: str, name: str) -> None:
    """The second of two equal keys would silently take the floors of the first away."""
    import yaml

    open_nodes: list[Any] = [yaml.compose(text, Loader=yaml.SafeLoader)]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, yaml.SequenceNode):
            open_nodes += node.value
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if str(key.value) in seen:
                    raise InputError(f"{name}, line {key.start_mark.line + 1}: '{key.value}' stands twice; keep one")
                seen.add(str(key.value))
                open_nodes.append(value)


def save(floors: Floors, path: Path = FLOORS) -> None:
    """Write the file anew, whole or not at all. The comment at its head stays, other comments go."""
    import yaml

    head: list[str] = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                break
            head.append(line)
    tree = yaml.safe_dump(
        _dated(floors.to_json()), sort_keys=False, allow_unicode=True, default_flow_style=None, width=10**6
    )
    beside = path.with_name(f".{path.name}.new")
    beside.write_text("\n".join([*head, tree]), encoding="utf-8", newline="\n")
    os.replace(beside, path)


def _dated(tree: Any) -> Any:
    """Days as YAML writes them, without quotes."""
    if isinstance(tree, dict):
        return {key: date.fromisoformat(v) if key == "since" and isinstance(v, str) else _dated(v)
                for key, v in tree.items()}  # fmt: skip
    return [_dated(item) for item in tree] if isinstance(tree, list) else tree


def _floor(entry: Any, counts_cases: bool, place: str) -> Floor:
    known = {"history"} if counts_cases else {"better", "history"}
    values = _known(entry, known, known, place)
    better = values.get("better", "higher")
    if better not in ("higher", "lower"):
        raise InputError(f"{place} › better: '{better}' is neither 'higher' nor 'lower'")
    steps = values["history"]
    if not isinstance(steps, list) or not steps:
        raise InputError(f"{place} › history: a list with at least one step is needed")
    found: list[Step] = []
    for number, item in enumerate(steps, 1):
        at = f"{place} › history › {number}"
        step, before = _step(item, counts_cases, at), found[-1] if found else None
        if before and step.since < before.since:
            raise InputError(f"{at}: since {step.since} lies before the step above it ({before.since})")
        if step.eased(before, better) and not step.reason:
            raise InputError(f"{at}: makes it easier than before without a reason; write down 'reason'")
        found.append(step)
    return Floor("higher" if better == "higher" else "lower", tuple(found))


def _step(item: Any, counts_cases: bool, place: str) -> Step:
    known = {"floor", "since", "reason"} | (set() if counts_cases else {"cases", "unscored"})
    values = _known(item, known, {"floor", "since"}, place)
    floor = values["floor"]
    return Step(
        floor=_count(floor, f"{place} › floor")
        if counts_cases
        else _read(floor, _finite, "a number", f"{place} › floor"),
        since=_read(values["since"], date.fromisoformat, "a day such as 2026-03-01", f"{place} › since"),
        cases=_count(values.get("cases", "0"), f"{place} › cases"),
        unscored=_count(values.get("unscored", "0"), f"{place} › unscored"),
        reason=str(values.get("reason") or "").strip(),
    )


def _count(text: Any, place: str) -> int:
    return _read(text, _whole, "a whole number from 0", place)


def _read(text: Any, read: Callable[[str], Value], needed: str, place: str) -> Value:
    try:
        return read(text if isinstance(text, str) else "")
    except ValueError:
        raise InputError(f"{place}: '{text}' is not {needed}") from None


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _known(value: Any, known: set[str], needed: set[str], place: str) -> dict[str, Any]:
    values = _mapping(value, place)
    unknown, missing = sorted(set(values) - known), sorted(needed - set(values))
    if unknown:
        raise InputError(f"{place}: unknown key '{unknown[0]}'; known: {', '.join(sorted(known))}")
    if missing:
        raise InputError(f"{place}: '{missing[0]}' is missing")
    return values


def _mapping(value: Any, place: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InputError(f"{place}: a mapping is needed")
    return value
