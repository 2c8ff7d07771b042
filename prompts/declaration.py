"""A `template.yaml` as it was typed: its data, and the line on which each part of it stands.

YAML can be a weapon: aliases that grow without end, nesting without end. What a declaration may have is counted before
anything is made of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from prompts.faults import Fault, Faulty
from prompts.files import read_plain

NAME = "template.yaml"
MOST_NODES = 20_000
"""Keys, values and lists, aliases counted as what they stand for. The longest of ours has a tenth of that."""
MOST_DEPTH = 24
MOST_DIGITS = 40

_Loader = cast(type[yaml.SafeLoader], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_NAMES = ("id", "name", "check", "role")
"""Keys by which the elements of a list are called."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """The mapping in a `template.yaml`. `file` is FOLDER/template.yaml; a `loc` is keys and positions from the top."""

    file: str
    data: dict[str, Any]
    root: yaml.MappingNode

    def line(self, loc: Sequence[str | int]) -> int:
        """The line of what stands at `loc`: of its key where it has one, of the nearest above where it is missing."""
        node: yaml.Node = self.root
        line = node.start_mark.line + 1
        for part in loc:
            found = _below(node, part)
            if found is None:
                break
            line, node = found
        return line

    def place(self, loc: Sequence[str | int]) -> str:
        """The keys that lead to `loc`, elements of lists by their id, name or role where they have one."""
        words: list[str] = []
        here: Any = self.data
        for part in loc:
            here = _at(here, part)
            words.append(_called(here, part) if isinstance(part, int) else part)
        return " › ".join(words)

    def fault(self, loc: Sequence[str | int], message: str, remedy: str = "") -> Fault:
        """Something wrong at `loc`."""
        return Fault(self.file, message, remedy, self.line(loc), self.place(loc))


def read_declaration(folder: Path) -> Declaration:
    """The declaration in `folder`. Raises `Faulty` when it cannot be read, is no YAML or no mapping, or too large."""
    file = f"{folder.name}/{NAME}"
    text = read_plain(folder, NAME)
    try:
        _refuse_depth(text, file)
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            if root is not None:
                _refuse_growth(root, file)
            data = loader.construct_document(root) if root is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = " ".join(str(getattr(error, "problem", "") or "").split())
        message = "is not valid YAML" + (f" ({said})" if said else "")
        remedy = "look at the indent, and put a text with ': ' or a leading symbol in quotes"
        # What is missing at the end is told for a line behind the last.
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else 0
        raise Faulty([Fault(file, message, remedy, line)]) from None
    except (ValueError, OverflowError, TypeError) as error:
        raise Faulty([Fault(file, f"has a value that cannot be read ({error})", "put it in quotes")]) from None
    if not isinstance(data, dict) or not isinstance(root, yaml.MappingNode):
        keys = "id, version, name, purpose, stage, inputs and sections"
        raise Faulty([Fault(file, "is no mapping", f"begin with the keys {keys}", 1)])
    return Declaration(file, data, root)


def doubled_keys(root: yaml.Node) -> list[tuple[int, str]]:
    """Line and name of each key that stands twice in a mapping: YAML would silently take the last."""
    found: list[tuple[int, str]] = []
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            names = [key.value for key in keys]
            found += [(key.start_mark.line + 1, key.value) for n, key in enumerate(keys) if key.value in names[:n]]
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return sorted(found)


def _refuse_depth(text: str, file: str) -> None:
    """Raises `Faulty` before anything is composed: composing goes as deep as the text does."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 0
        if depth > MOST_DEPTH:
            raise Faulty([Fault(file, f"is nested deeper than {MOST_DEPTH} levels", "make it flatter", line)])
        if number > 2 * MOST_NODES:
            raise Faulty([_too_large(file, line)])


def _refuse_growth(root: yaml.Node, file: str) -> None:
    """Raises `Faulty` for aliases that grow, nest or lead back to themselves, and for numbers of too many digits."""
    measured: dict[int, tuple[int, int]] = {}

    def measure(node: yaml.Node, above: frozenset[int]) -> tuple[int, int]:
        """How many nodes there are, and how deep they go."""
        line = node.start_mark.line + 1
        if id(node) in above:
            raise Faulty([Fault(file, "has an alias that leads back to itself", "write the value out", line)])
        if id(node) not in measured:
            inner = [measure(child, above | {id(node)}) for child in _children(node)]
            size, depth = 1 + sum(n for n, _ in inner), 1 + max((d for _, d in inner), default=0)
            if size > MOST_NODES or depth > MOST_DEPTH + 1:
                raise Faulty([_too_large(file, line)])
            measured[id(node)] = size, depth
        return measured[id(node)]

    measure(root, frozenset())


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if node.tag.endswith((":int", ":float")) and len(node.value) > MOST_DIGITS:
        raise yaml.MarkedYAMLError(problem=f"a number of {len(node.value)} digits", problem_mark=node.start_mark)
    return []


def _too_large(file: str, line: int) -> Fault:
    return Fault(
        file, f"holds more than {MOST_NODES:,} values or {MOST_DEPTH} levels, aliases written out", "shorten it", line
    )


def _below(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    if isinstance(node, yaml.MappingNode):
        pairs = (pair for pair in node.value if isinstance(pair[0], yaml.ScalarNode) and pair[0].value == str(part))
        found = next(pairs, None)
        if found is not None:
            return found[0].start_mark.line + 1, found[1]
    return None


def _at(value: Any, part: str | int) -> Any:
    if isinstance(value, dict) and isinstance(part, Hashable):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def _called(element: Any, position: int) -> str:
    if isinstance(element, dict):
        name = next((element[key] for key in _NAMES if isinstance(element.get(key), str)), None)
        if name:
            return str(name)
    return str(position + 1)
