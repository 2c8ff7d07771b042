"""Pages and their generated parts."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from prompts.loader import Templates
from tools.docs import (
    claims,
    commands,
    eval_pages,
    fault_matrix,
    house,
    library_pages,
    licences,
    measured,
    segment_checks,
    service,
    template_page,
    template_pages,
)

ROOT = Path(__file__).parent.parent.parent
WHOLE = "templates"
"""The folder of docs with the pages of which all is made."""

PARTS: Mapping[str, Callable[[Path, bool], str]] = {
    "cli": commands.cli,
    "settings": commands.settings,
    "templates": template_pages.templates,
    "common-inputs": template_pages.common,
    "prompt-filters": template_pages.prompt_filters,
    "template-keys": template_pages.template_keys,
    "writers": template_pages.writers,
    "prompt-variables": template_pages.prompt_variables,
    "checks": claims.checks,
    "check-ids": claims.check_ids,
    "examiners": claims.examiners,
    "segment-checks": segment_checks.segment_checks,
    "weblate-checks": segment_checks.weblate_checks,
    "verdicts": claims.verdicts,
    "check-example": claims.check_example,
    "formats": library_pages.formats,
    "kinds": library_pages.kinds,
    "kind-fields": library_pages.kind_fields,
    "entry-columns": library_pages.entry_columns,
    "lint-rules": library_pages.lint_rules,
    "benchmarks": measured.benchmarks,
    "eval-suites": eval_pages.suite_table,
    "eval-measures": eval_pages.measure_table,
    "errors": house.errors,
    "layout": house.layout,
    "licences": licences.licences,
    "fault-matrix": fault_matrix.fault_matrix,
    "routes": service.routes,
    "bodies": service.bodies,
    "figures": measured.figures,
    "headlines": measured.headlines,
    "unmet": measured.unmet,
    "example-draft": measured.example_draft,
}
"""Name of a part: the function that makes it, given the root of the repository and whether the page is Chinese."""

_BEGIN = re.compile(r"^<!-- made: ", re.MULTILINE)
_PART = re.compile(
    r"^(<!-- made: (?P<name>[\w-]+) -->\n)(?:(?!<!-- made: ).)*?^(<!-- end -->)", re.DOTALL | re.MULTILINE
)


class Unmade(Exception):
    """A marker names a part that nobody makes, or has no end."""


def pages(root: Path = ROOT) -> list[Path]:
    """README and docs. Example drafts are read into pages and are none themselves."""
    found = [*sorted(root.glob("README*.md")), *sorted((root / "docs").glob("*.md"))]
    whole = sorted((root / "docs" / WHOLE).glob("*.md"))
    return [path for path in (*found, *whole) if not path.name.startswith("example-draft")]


def is_whole(path: Path, root: Path = ROOT) -> bool:
    """True for a page all of which is made: one for each template."""
    return path.parent == root / "docs" / WHOLE


def missing(root: Path = ROOT) -> list[Path]:
    """The whole pages that are not there yet; none where there are no templates."""
    if not (root / "prompts").is_dir():
        return []
    wanted = (root / "docs" / WHOLE / f"{template_id}.md" for template_id in Templates().ids)
    return [path for path in wanted if not path.is_file()]


def made(path: Path, root: Path = ROOT) -> str:
    """The page in `path` with every generated part made again; empty for one that nothing is made of any more. Raises
    `Unmade` for a marker that cannot be filled."""
    if is_whole(path, root):
        return template_page.template_page(path.stem) if path.stem in Templates().ids else ""
    page = path.read_text(encoding="utf-8")
    zh = path.name.endswith(".zh-CN.md")

    def fill(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in PARTS:
            raise Unmade(f"{path.name}: no part is called '{name}'; there are {', '.join(sorted(PARTS))}")
        text = PARTS[name](root, zh).strip()
        return f"{found[1]}\n{text}\n\n{found[3]}" if text else f"{found[1]}{found[3]}"

    if len(_PART.findall(page)) != len(_BEGIN.findall(page)):
        raise Unmade(f"{path.name}: a '<!-- made: NAME -->' has no '<!-- end -->'")
    return _PART.sub(fill, page)


def stale(root: Path = ROOT) -> list[Path]:
    """The pages that differ from what would be made now."""
    changed = [path for path in pages(root) if path.read_text(encoding="utf-8") != made(path, root)]
    return [*changed, *missing(root)]


def _write(path: Path, text: str) -> None:
    """Puts a page in its place; one that is empty goes."""
    if not text:
        path.unlink()
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the parts, or check them."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description="Make the generated parts of the docs.")
    parser.add_argument("--check", action="store_true", help="write nothing; name stale files and exit 1")
    check = parser.parse_args(arguments).check
    try:
        old = stale()
        for path in old:
            if not check:
                _write(path, made(path))
            print(f"{'stale' if check else 'made'}: {path.relative_to(ROOT)}")
    except Unmade as error:
        print(f"docs: {error}", file=sys.stderr)
        return 2
    if check and old:
        print("make them again with `make docs`", file=sys.stderr)
    return 1 if check and old else 0
