"""YAML as plain data, from its events: no tags that build objects, no expanding anchors, no deep nesting.

Scalars stay as they are written (`1.10`, `yes`, `2024-05-01`), because the text is the evidence; only null is None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MAX_DEPTH = 100
MAX_NODES = 200_000
_PLAIN_TAGS = frozenset(
    {"str", "int", "float", "bool", "null", "timestamp", "seq", "map", "binary", "merge", "set", "omap"}
)
_CORE = "tag:yaml.org,2002:"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class YamlRefused(ValueError):
    """YAML that is broken or dangerous; the message says why, and where."""


def _as_written(text: str) -> Any:
    return None if text in _NULLS else text


def load_yaml(text: str, plain: Callable[[str], Any] = _as_written) -> Any:
    """The only document of `text`; `plain` gives the value of a scalar without quotes. Raises `YamlRefused`."""
    documents = load_yaml_all(text, plain)
    if len(documents) > 1:
        raise YamlRefused("it holds more than one document")
    return documents[0] if documents else None


def load_yaml_all(text: str, plain: Callable[[str], Any] = _as_written) -> list[Any]:
    """Every document of `text` as mappings, lists, strings and None. Raises `YamlRefused`."""
    import yaml

    builder = _Builder(plain)
    try:
        # Only the scanner of libyaml is used: its own composer recurses in C and crashes on deep nesting.
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.take(event, yaml)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise YamlRefused(f"{where}{error.problem or error}") from error
    except yaml.YAMLError as error:
        raise YamlRefused(str(error)) from error
    return builder.documents


class _Merge(str):
    """`<<` without quotes: as a key it merges."""


class _Builder:
    """Builds values from events. Aliases share the value, and count with the size it would have when written out."""

    def __init__(self, plain: Callable[[str], Any]) -> None:
        self.documents: list[Any] = []
        self._plain = plain
        self._open: list[tuple[list[Any], str, str | None, int]] = []  # items, "seq" or "map", anchor, size before
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._size = 0

    def take(self, event: Any, yaml: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise YamlRefused(f"{_line(event)}the alias *{event.anchor} refers to itself or to nothing")
            value, size = self._anchors[event.anchor]
            self._count(size, event)
            self._put(value)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_tag(event)
            self._count(1, event)
            bare = not event.style and event.tag is None
            value = self._plain(event.value) if bare else event.value
            if bare and value == "<<":
                value = _Merge(value)
            self._remember(event.anchor, value, 1)
            self._put(value)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._check_tag(event)
            self._count(1, event)
            if len(self._open) >= MAX_DEPTH:
                raise YamlRefused(f"{_line(event)}it is nested deeper than {MAX_DEPTH} levels")
            shape = "seq" if isinstance(event, yaml.SequenceStartEvent) else "map"
            self._open.append(([], shape, event.anchor, self._size - 1))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            items, shape, anchor, before = self._open.pop()
            value = items if shape == "seq" else _mapping(items)
            self._remember(anchor, value, self._size - before)
            self._put(value)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()

    def _put(self, value: Any) -> None:
        (self._open[-1][0] if self._open else self.documents).append(value)

    def _remember(self, anchor: str | None, value: Any, size: int) -> None:
        if anchor:
            self._anchors[anchor] = (value, size)

    def _count(self, size: int, event: Any) -> None:
        self._size += size
        if self._size > MAX_NODES:
            raise YamlRefused(f"{_line(event)}it expands to more than {MAX_NODES:,} values")

    def _check_tag(self, event: Any) -> None:
        tag = event.tag
        if tag and tag != "!" and not (tag.startswith(_CORE) and tag.removeprefix(_CORE) in _PLAIN_TAGS):
            raise YamlRefused(f"{_line(event)}the tag {tag.replace(_CORE, '!!')} is not allowed")


def _mapping(items: list[Any]) -> dict[str, Any]:
    """Pairs to a mapping; `<<` merges what it names below the mapping's own keys."""
    merged: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for key, value in zip(items[::2], items[1::2], strict=True):
        if isinstance(key, _Merge) and isinstance(value, (dict, list)):
            for part in reversed(value if isinstance(value, list) else [value]):
                merged |= part if isinstance(part, dict) else {}
        else:
            own[key if isinstance(key, str) else "" if key is None else str(key)] = value
    return merged | own


def _line(event: Any) -> str:
    return f"line {event.start_mark.line + 1}: "
