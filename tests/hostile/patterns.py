"""Every regular expression of the house, and texts made to be hard for each: found by looking, not by a list."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("knowledge", "prompts", "assistant", "api", "evals")
_CALLS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


@dataclass(frozen=True, order=True)
class Found:
    """A pattern and the first place that has it."""

    place: str
    pattern: str | bytes
    flags: int


def all_patterns() -> list[Found]:
    """What the modules compile while they are imported, and what calls of `re` with a literal would compile later."""
    found: dict[tuple[str | bytes, int], str] = {}
    real = re._compiler.compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: int = 0) -> Any:
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back  # type: ignore[assignment]
        if frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] in ROOMS:
            found.setdefault((pattern, int(flags)), f"{frame.f_globals['__name__']}:{frame.f_lineno}")
        return real(pattern, flags)

    re._compiler.compile = noted  # type: ignore[attr-defined]
    try:
        re.purge()
        for name in _modules():
            importlib.import_module(name)
    finally:
        re._compiler.compile = real  # type: ignore[attr-defined]
    for place, pattern, flags in _literals():
        found.setdefault((pattern, flags), place)
    return sorted(Found(place, *key) for key, place in found.items())


def _modules() -> Iterator[str]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for info in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not info.name.endswith("__main__") and ".migrations" not in info.name:
                yield info.name


def _literals() -> Iterator[tuple[str, str | bytes, int]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in _CALLS
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "re"
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0].value, 0


def hard_texts(pattern: str | bytes, flags: int, size: int) -> Iterator[str]:
    """Texts of about `size` letters: what leads to a repetition, what it repeats so often, and then what cannot follow."""
    source = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(source, flags)
    seen: set[tuple[str, str]] = set()
    for before, body in _repeats(list(tree), ""):
        for pump in _examples(body):
            if not pump or (before, pump) in seen:
                continue
            seen.add((before, pump))
            yield before + pump * (size // len(pump)) + "\x00"


def _repeats(items: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    for index, (code, value) in enumerate(items):
        lead = before + "".join(_example([item]) for item in items[:index])
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, high, body = value
            if high > 20:
                yield lead, list(body)
                if following := items[index + 1 : index + 2]:  # what stands between two turns may be read both ways
                    yield lead, [*body, *following]
            yield from _repeats(list(body), lead)
        for part in _inside(code, value):
            yield from _repeats(part, lead)


def _inside(code: Any, value: Any) -> Iterator[list[Any]]:
    if code is op.SUBPATTERN:
        yield list(value[3])
    elif code is op.BRANCH:
        yield from (list(part) for part in value[1])
    elif code in (op.ASSERT, op.ASSERT_NOT):
        yield list(value[1])
    elif code is op.ATOMIC_GROUP:
        yield list(value)


def _examples(items: list[Any]) -> list[str]:
    """A few texts that the items match."""
    made = [_example(items, choice) for choice in range(3)]
    return list(dict.fromkeys(made))


_CATEGORIES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_WORD: "a1",
    op.CATEGORY_SPACE: " \t",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_NOT_WORD: " -",
    op.CATEGORY_NOT_DIGIT: "a",
}


def _example(items: list[Any], choice: int = 0) -> str:
    out = ""
    for code, value in items:
        if code is op.LITERAL:
            out += chr(value)
        elif code in (op.NOT_LITERAL, op.ANY):
            out += "a" if code is op.ANY or chr(value) != "a" else "b"
        elif code is op.IN:
            out += _member(value, choice)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            low, _, body = value
            out += _example(list(body), choice) * (max(low, 1) if choice % 2 == 0 else low)
        elif code is op.SUBPATTERN:
            out += _example(list(value[3]), choice)
        elif code is op.ATOMIC_GROUP:
            out += _example(list(value), choice)
        elif code is op.BRANCH:
            parts = value[1]
            out += _example(list(parts[choice % len(parts)]), choice)
    return out


def _member(members: list[Any], choice: int) -> str:
    if members[0][0] is op.NEGATE:
        inside = {chr(value) for code, value in members if code is op.LITERAL}
        return next((letter for letter in "a 1-中"[choice % 3 :] + "a!" if letter not in inside), "a")
    letters: list[str] = []
    for code, value in members:
        if code is op.LITERAL:
            letters.append(chr(value))
        elif code is op.RANGE:
            letters += [chr(value[0]), chr(value[1])]
        elif code is op.CATEGORY:
            letters += list(_CATEGORIES.get(value, "a"))
    return letters[choice % len(letters)] if letters else ""
