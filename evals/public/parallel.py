"""Public segments with human translations: Kubernetes case studies (CC BY 4.0), Mozilla's site and mails (MPL-2.0).

Human translations are no perfect reference: a figure counts as expected only when both sides have it in the same
digits, a placeholder only when both sides have it equally often.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.cases import Case
from evals.scorers.exactness import PLACEHOLDER

CHINESE, OTHER = 20, 5
"""Cases per set and direction: with Chinese on one side, and for each other language."""

_LOCALES = {"zh-cn": "zh-CN", "pt-br": "pt-BR", **{code: code for code in ("de", "es", "fr", "ja", "ko")}}
_LENGTH = {"en": (60, 700), "zh-CN": (25, 350)}
_K8S, _WWW, _MAILS = "Kubernetes case studies (CC BY 4.0)", "mozilla.org (MPL-2.0)", "Mozilla mails (MPL-2.0)"
_LINK = re.compile(r"https?://[!-~]+")
_FIGURE = re.compile(r"(?<![A-Za-z\d._/-])\d+(?:[.,]\d+)*(?![A-Za-z\d])%?")


def parallel(data: Path | None) -> list[Case]:
    """Samples of all sets below a folder of public data; nothing of those that are absent."""
    return [] if data is None else [*k8s_cases(data), *mozilla_www(data), *mozilla_emails(data)]


def k8s_cases(data: Path) -> list[Case]:
    """Paragraphs of success stories: from English, and from Chinese into English."""
    found = []
    for row in _rows(data / "k8s_cases" / "segments.jsonl"):
        locale = _LOCALES[row["lang"]]
        found.append(_case(f"k8s-{row['id']}", "en", locale, row["en"], row["target"], _K8S))
        if locale == "zh-CN":
            found.append(_case(f"k8s-{row['id']}-en", locale, "en", row["target"], row["en"], _K8S))
    return _per_direction(found)


def mozilla_www(data: Path) -> list[Case]:
    """Strings of a marketing site with placeholders of Fluent, from English."""
    return _per_direction(_mozilla("www", data / "mozilla_www" / "segments.jsonl", _WWW))


def mozilla_emails(data: Path) -> list[Case]:
    """Sentences of campaign mails with tags, from English."""
    return _per_direction(_mozilla("mail", data / "mozilla_emails" / "segments.jsonl", _MAILS))


def _mozilla(name: str, path: Path, source: str) -> list[Case | None]:
    return [
        _case(f"{name}-{number}-{language}", "en", _LOCALES[language], row["en"], target, source)
        for number, row in enumerate(_rows(path), 1)
        for language, target in row["t"].items()
    ]


def _case(id_: str, begun: str, locale: str, text: str, reference: str, source: str) -> Case | None:
    """None for a string too short to be copy, too long for one answer, or not translated."""
    least, most = _LENGTH[begun]
    if not least <= len(text) <= most or text.strip() == reference.strip():
        return None
    expect: dict[str, Any] = {"reference": reference}
    if keep := _placeholders(text, reference):
        expect["keep"] = keep
    if figures := _figures(text, reference):
        expect["values"] = [{"source": figure, "forms": [figure]} for figure in figures]
    ask = {"template": "localized_copy", "inputs": {"text": text}}
    why = f"real copy with a human translation, {begun} to {locale}"
    return Case(id_, locale, why, ask, expect, core=False, source=source)


def _placeholders(text: str, reference: str) -> list[str]:
    found = dict.fromkeys(PLACEHOLDER.findall(text))
    return [each for each in found if text.count(each) == reference.count(each)]


def _figures(text: str, reference: str) -> list[str]:
    """Figures of both sides outside placeholders, tags and links."""
    here, there = (_FIGURE.findall(_LINK.sub(" ", PLACEHOLDER.sub(" ", each))) for each in (text, reference))
    return [figure for figure in dict.fromkeys(here) if figure in there]


def _per_direction(cases: Sequence[Case | None]) -> list[Case]:
    """A sample for each pair of languages, no text twice, the same on every machine: by the hash of the text."""
    directions: dict[str, dict[str, Case]] = {}
    for case in cases:
        if case is not None:
            directions.setdefault(case.why, {}).setdefault(case.ask["inputs"]["text"], case)
    return [case for name in sorted(directions) for case in _sample(name, directions[name])]


def _sample(name: str, cases: dict[str, Case]) -> list[Case]:
    texts = sorted(cases, key=lambda text: hashlib.sha256(text.encode()).digest())
    return [cases[text] for text in texts[: CHINESE if "zh-CN" in name else OTHER]]


def _rows(path: Path) -> Iterator[Any]:
    if path.is_file():
        lines: Iterable[str] = path.read_text(encoding="utf-8").splitlines()
        yield from (json.loads(line) for line in lines if line.strip())
