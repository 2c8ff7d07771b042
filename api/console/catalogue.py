"""The words of the pages, in Chinese and in English: one catalogue, a file for each page; no word in a template.

A file of `words/` is YAML: `key: {zh: …, en: …}`; its keys are found under `file.key`. `{name}` is filled in; an
English text may have two forms for one and for more, parted by `|` (`{n} draft|{n} drafts`, chosen by `n`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent / "words"


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Every word: `page.key` to its Chinese and its English. Raises `KeyError` for one that has not just these two."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        for key, texts in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            if set(texts) != set(LANGUAGES):  # an unquoted comma ends a text in YAML
                raise KeyError(f"{path.name}: '{key}' has {sorted(texts)}")
            found[f"{path.stem}.{key}"] = (str(texts["zh"]), str(texts["en"]))
    return found


class Wording:
    """The words of one language: `t("start.title")`, `t("drafts.count", n=3)`. An unknown key is a `KeyError`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"

    def __call__(self, key: str, **values: object) -> str:
        text = catalogue()[key][LANGUAGES.index(self.language)]
        if "n" in values and "|" in text:
            one, _, more = text.partition("|")
            text = one if values["n"] == 1 else more
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def has(self, key: str) -> bool:
        """True when there is such a word: for values that may have none, such as the id of a customer's own kind."""
        return key in catalogue()
