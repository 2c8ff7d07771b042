"""A judge must not share the eyes of the accused: no scorer reaches the checks or the number engine of the product."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("evals", "assistant", "knowledge", "prompts", "api")
ACCUSED = ("assistant.checks", "assistant.claims", "knowledge.domain.quantity")


def _file(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    return next((p for p in (path / "__init__.py", path.with_suffix(".py")) if p.is_file()), None)


def _imports(module: str) -> set[str]:
    """The modules of ours that one imports, anywhere in its code, with the packages that they lie in."""
    path = _file(module)
    assert path is not None
    base = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = base.split(".")
            above = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            source = ".".join(filter(None, (above, node.module or "")))
            found |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    whole = {".".join(name.split(".")[:n]) for name in found for n in range(1, name.count(".") + 2)}
    return {name for name in whole if name.split(".")[0] in PACKAGES and _file(name)}


def _reached(module: str) -> dict[str, str]:
    """Everything that a module leads to, with where it came from."""
    seen, waiting = {module: ""}, [module]
    while waiting:
        current = waiting.pop()
        for name in _imports(current) - set(seen):
            seen[name] = current
            waiting.append(name)
    return seen


def _modules(folder: str) -> list[str]:
    paths = sorted((ROOT / folder).rglob("*.py"))
    return [".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for p in paths]


def _accused(names: Iterable[str]) -> list[str]:
    return [name for name in names if any(name == accused or name.startswith(f"{accused}.") for accused in ACCUSED)]


@pytest.mark.parametrize("module", _modules("evals/scorers"))
def test_no_scorer_reaches_the_accused(module: str) -> None:
    reached = _reached(module)
    assert [f"{name} ← {reached[name]}" for name in _accused(reached)] == []


@pytest.mark.parametrize("module", _modules("evals/bench/claims/mutations"))
def test_no_mutator_looks_through_their_eyes(module: str) -> None:
    """What they mutate is loaded from the sample library, with the product; what they see it with is their own."""
    assert _accused(_imports(module)) == []


def test_the_walk_sees_what_does_reach_them() -> None:
    reached = _reached("evals.bench.drafts")
    assert all(any(name.startswith(accused) for name in reached) for accused in ACCUSED)
