"""What was measured and drafted."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.docs.tables import table

if TYPE_CHECKING:
    from evals.bench.table import Row as Figure


def benchmarks(_root: Path, _zh: bool) -> str:
    """Every benchmark with its command."""
    from evals.bench import BENCHMARKS

    rows = [
        (f"`koujing bench {name}`", benchmark.about, "yes" if benchmark.needs_data else "no")
        for name, benchmark in BENCHMARKS.items()
    ]
    return table(("command", "what it measures", "needs public data"), rows)


HEADLINES = (
    "planted, all: recall",
    "planted, all: precision",
    "planted, true sentences marked",
    "exchanged, all exchanged: recall",
    "exchanged: true sentences marked",
    "parallel, k8s_cases: segments with a false alarm",
    "UHGEval, numeric hallucinations found, by figures and dates",
    "UHGEval, true continuations marked, by figures and dates",
    "SummEdits, all",
    "rules, China: precision",
    "rules, China: recall",
    "speed, all checks, zh-CN, 30 passages, cold",
    "speed, all checks, en, 30 passages, cold",
    "offers: forbidden, expired or unapproved passages offered to a brief",
    "names: leaks in prompts",
    "import of a 5,000-row case sheet, embedding included",
    "impact of an entry",
    "sample: unsupported figures, released drafts",
    "sample: unsupported dates, released drafts",
    "sample: unsupported names, released drafts",
    "sample: unsupported quotes, released drafts",
    "sample: released",
    "sample: facts of the case present",
    "gitlab_messaging: unsupported figures, released drafts",
    "gitlab_messaging: unsupported names, released drafts",
    "templates: releasable",
    "templates: required facts present",
    "templates: unsupported figures, released drafts",
    "templates: unsupported names, released drafts",
    "kept pairs: drafts preferred to the plain chain's",
    "eval, local: localization, numbers_kept",
    "eval, scripted: a default run",
    "eval, local: a default run",
    "exchanged citations flagged",
    "xquad en→en",
    "xquad zh→en",
    "search of 10000 passages, all, p50",
    "success story, whole command",
    "koujing --help",
)
"""The figures of the README, in this order; docs/benchmarks.md has all."""


def headlines(root: Path, zh: bool) -> str:
    """Those of the figures that say most."""
    return figures(root, zh, HEADLINES)


def unmet(root: Path, _zh: bool) -> str:
    """The figures that do not reach their goal."""
    _, rows = _measured(root)
    return table(
        ("what", "value", "goal", ""),
        [(row.name, f"{row.value:.3g} {row.unit}".strip(), row.goal, row.note) for row in rows if row.met is False],
    )


def figures(root: Path, _zh: bool, only: Sequence[str] = ()) -> str:
    """The table of docs/figures.json (`koujing bench --json`); nothing when it was not measured yet."""
    from evals.bench.table import as_text

    document, rows = _measured(root)
    if not rows:
        return ""
    if only:
        rows = sorted((row for row in rows if row.name in only), key=lambda row: only.index(row.name))
    return as_text(document["machine"], document["versions"], rows)


def _measured(root: Path) -> tuple[dict[str, Any], list[Figure]]:
    """The document and its rows; empty when nothing was measured yet."""
    from evals.bench.table import Row

    path = root / "docs" / "figures.json"
    if not path.is_file():
        return {}, []
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    known = Row.__dataclass_fields__
    return document, [Row(**{k: value for k, value in row.items() if k in known}) for row in document["rows"]]


def example_draft(root: Path, zh: bool) -> str:
    """docs/example-draft.md (in a Chinese page docs/example-draft.zh-CN.md when there is one), its headings put two
    levels down and its front matter left out; nothing when there is no such file."""
    names = ["example-draft.zh-CN.md", "example-draft.md"] if zh else ["example-draft.md"]
    path = next((root / "docs" / name for name in names if (root / "docs" / name).is_file()), None)
    if path is None:
        return ""
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"^(#{1,4}) ", r"##\1 ", text, flags=re.MULTILINE)
