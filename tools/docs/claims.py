"""The checks and the claims, from their own classes; and a press release checked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from assistant.checks.base import Check, Example
from assistant.checks.registry import BY_ID
from assistant.claims.ledger import EXAMINERS
from assistant.export.check_words import VERDICTS
from assistant.export.labels import Labels
from assistant.export.marks import SIGNS
from tools.docs.tables import doc, table


def checks(_root: Path, _zh: bool) -> str:
    """Every check: id, severity, titles, what it does, its own examples."""
    return "\n\n".join(
        "\n\n".join([
            f"## `{check.id}`",
            f"**{check.title.zh} / {check.title.en}** · {check.severity}{_uses(check)}",
            doc(check),
            *([_examples(check.examples)] if check.examples else []),
        ])
        for check in BY_ID.values()
    )  # fmt: skip


def _uses(check: type[Check]) -> str:
    uses = [
        *(["drafts only"] if check.drafts_only else []),
        *(["its fix is put in by program"] if check.mends else []),
        *(["goes back to the model for repair"] if check.repair else []),
        *([f"a template's rule may set {', '.join(_settings(check))}"] if _settings(check) else []),
    ]
    return "".join(f" · {use}" for use in uses)


def _settings(check: type[Check]) -> list[str]:
    return [f"`{name}`" for name in check.parameters.model_fields] if check.parameters else []


def _examples(examples: Sequence[Example]) -> str:
    rows = [
        ("finding" if e.found else "none", e.text.replace("\n", " ⏎ "), e.evidence, e.locale, _rule(e))
        for e in sorted(examples, key=lambda e: e.found, reverse=True)
    ]
    wide = 5 if any(e.rule for e in examples) else 4
    return table(("result", "text", "cited source", "locale", "rule")[:wide], [row[:wide] for row in rows])


def _rule(example: Example) -> str:
    return ", ".join(f"{name}: {value}" for name, value in example.rule.items())


def check_ids(_root: Path, _zh: bool) -> str:
    """The ids of all checks in one line."""
    return ", ".join(f"`{check_id}`" for check_id in BY_ID)


def examiners(_root: Path, _zh: bool) -> str:
    """Who finds claims of which kinds."""
    rows = [(f"`{type(e).__name__}`", ", ".join(f"`{kind}`" for kind in e.kinds), doc(type(e))) for e in EXAMINERS]
    return table(("examiner", "kinds", "what it looks at"), rows)


def verdicts(_root: Path, _zh: bool) -> str:
    """Every verdict with its sign and its name on the surface."""
    rows = [
        (
            f"`{verdict}`",
            SIGNS.get(verdict, ""),
            Labels("zh").of("verdict", verdict),
            Labels("en").of("verdict", verdict),
        )
        for verdict in VERDICTS
    ]
    return table(("verdict", "sign", "中文", "English"), rows)


def check_example(root: Path, _zh: bool) -> str:
    """docs/examples/release*.md checked against source*.md, as a pipe gets it; nothing without them."""
    pairs = [(root / "docs" / "examples" / f"release{end}", end) for end in (".md", ".zh-CN.md")]
    return "\n\n".join(_checked(release, end) for release, end in pairs if release.is_file())


def _checked(release: Path, end: str) -> str:
    from rich.console import Console

    from assistant.checking import check_text, only
    from assistant.checks.standards import Standards
    from assistant.export import print_check
    from assistant.given import given_file
    from assistant.workspace import read_sources
    from knowledge.domain.locale import Locale

    source = release.with_name(f"source{end}")
    standards = Standards(Locale("zh-CN" if "zh" in end else "en"))
    report = check_text(given_file(release)[0], only(read_sources([source])), standards)
    out = io.StringIO()
    print_check(report, Console(file=out, width=120))
    command = f"koujing check docs/examples/{release.name} --source docs/examples/{source.name}"
    return f"```sh\n{command}\n```\n\n```text\n{out.getvalue().strip()}\n```"
