"""Public human translations as pairs, to measure how many good translations the checks would hold back.

    python tests/assistant/localization/checks/human_translations.py [FOLDER]

prints, per corpus and locale, the share of segments with an error and the errors by check. Human translations have
faults of their own: read samples before a rule is changed.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.localization.checks.base import Pair
from assistant.localization.checks.registry import check_pair
from assistant.localization.content import Content
from assistant.localization.protection.codes import with_codes
from knowledge.domain.finding import Severity
from knowledge.domain.locale import parse_locale

Named = tuple[str, Pair]


def folder() -> Path | None:
    """Where the data are: `KOUJING_DATA`, or beside the checkout."""
    named = os.environ.get("KOUJING_DATA")
    path = Path(named) if named else Path(__file__).parents[4] / ".." / "shared" / "data"
    return path if (path / "mozilla_www").is_dir() else None


def _pair(source: str, target: str, locales: tuple[str, str]) -> Pair:
    here, there = (with_codes(Content.of(text)) for text in (source, target))
    return Pair(here, there, parse_locale(locales[0]), parse_locale(locales[1]))


def cases(data: Path) -> Iterator[Named]:
    """Success stories, both ways."""
    for line in (data / "k8s_cases" / "segments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield f"k8s_cases en-{row['lang']}", _pair(row["en"], row["target"], ("en", row["lang"]))
        yield f"k8s_cases {row['lang']}-en", _pair(row["target"], row["en"], (row["lang"], "en"))


def site(data: Path) -> Iterator[Named]:
    """Messages of a web site with placeholders and tags."""
    for line in (data / "mozilla_www" / "segments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for locale, target in row["t"].items():
            if target:
                yield f"mozilla_www en-{locale}", _pair(row["en"], target, ("en", locale))


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else folder()
    if data is None:
        raise SystemExit("no public data here; name the folder or set KOUJING_DATA")
    total: Counter[str] = Counter()
    held: Counter[str] = Counter()
    checks: dict[str, Counter[str]] = {}
    for reader in (cases, site):
        for name, pair in reader(data):
            errors = {finding.check for finding in check_pair(pair) if finding.severity is Severity.ERROR}
            total[name] += 1
            held[name] += bool(errors)
            checks.setdefault(name, Counter()).update(errors)
    for name, count in sorted(total.items()):
        print(f"{name:24} {held[name]:4} of {count:4}  {held[name] / count:6.1%}  {dict(checks[name].most_common())}")


if __name__ == "__main__":
    main()
