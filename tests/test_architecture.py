"""The house: imports run down only, and heavy libraries stay at the edges."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assistant", "prompts", "knowledge", "api", "evals")
ALLOWED = {
    "knowledge": {"knowledge"},
    "prompts": {"prompts", "knowledge.domain"},
    "assistant": {"assistant", "prompts", "knowledge"},
    "api": {"api", "assistant", "prompts", "knowledge"},
    "evals": {"evals", "assistant", "prompts", "knowledge"},
}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] in ROOMS}


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_down_only(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in _imports(path)
        if not any(name == allowed or name.startswith(f"{allowed}.") for allowed in ALLOWED[room])
    ]
    assert wrong == []


def test_the_domain_imports_nothing_of_the_house_but_itself() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "knowledge" / "domain").rglob("*.py")
        for name in _imports(path)
        if not name.startswith("knowledge.domain")
    ]
    assert wrong == []


def test_planted_errors_are_made_without_the_eyes_that_look_for_them() -> None:
    """Neither the number engine nor the ledger nor the checks: a judge must not share the eyes of the accused."""
    allowed = (
        "evals.bench.claims.corpus", "evals.bench.claims.mutations", "evals.scorers.eyes", "knowledge.sample",
        "knowledge.domain.text",
    )  # fmt: skip
    claims = ROOT / "evals" / "bench" / "claims"
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (*(claims / "mutations").rglob("*.py"), claims / "corpus.py")
        for name in _imports(path)
        if not name.startswith(allowed)
    ]
    assert wrong == []


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from assistant.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as e:\n    assert e.code == 0\n"
        "heavy = {'chromadb', 'inspect_ai', 'langchain_core', 'openai', 'numpy', 'sqlalchemy', 'fastapi', 'pydantic', 'tiktoken'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"
    assert "draft" in done.stdout
    assert "serve" in done.stdout
    assert "bench" in done.stdout
