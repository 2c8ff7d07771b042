"""The rooms of the house, and its errors."""

from __future__ import annotations

import ast
from pathlib import Path

from knowledge.domain import errors as error_tree
from tools.docs.tables import first_sentence

ROOMS = ("api", "evals", "assistant", "prompts", "knowledge")


def errors(_root: Path, _zh: bool) -> str:
    """The tree of errors, as drawn in the docstring."""
    lines = (error_tree.__doc__ or "").splitlines()
    tree = [line[4:] for line in lines if line.startswith("    ")]
    return "```text\n" + "\n".join(tree) + "\n```"


def layout(root: Path, _zh: bool) -> str:
    """The rooms, what stands in them, and what each file says of itself."""
    lines: list[str] = []
    for room in ROOMS:
        lines.append(_line(f"{room}/", root / room / "__init__.py", 0))
        packages = sorted(path for path in (root / room).iterdir() if (path / "__init__.py").is_file())
        modules = sorted(path for path in (root / room).glob("*.py") if path.name != "__init__.py")
        lines += [_line(f"{path.name}/", path / "__init__.py", 1) for path in packages]
        lines += [_line(path.name, path, 1) for path in modules]
    return "```text\n" + "\n".join(lines) + "\n```"


def _line(name: str, source: Path, depth: int) -> str:
    doc = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return f"{'  ' * depth + name:22}{first_sentence(doc)}".rstrip()
