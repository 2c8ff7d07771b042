"""High-context words and what may go wrong in a market, by `culture.yaml` and the workspace's own file of that shape.

class Culture          idioms and risks, ready to be looked for
Culture.built_in()     those that come with Koujing
culture_of(home)       with those of `HOME/culture.yaml`, where there is one
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError

from knowledge.domain.errors import InputError
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import Record, Words

BUILT_IN = Path(__file__).with_name("culture.yaml")
NAME = "culture.yaml"


class Idiom(Record):
    """Words that say more than they say. `said` by the language of the source; `literal` are renderings, by the
    language of the target, that carry them over word by word. Without any the words themselves are marked."""

    said: Mapping[str, tuple[str, ...]]
    literal: Mapping[str, tuple[str, ...]] = {}
    why: Words
    instead: Words


class Risk(Record):
    """Words of a target that may do harm there. `said` by locale: a language, or a language with its region."""

    kind: Literal["colour", "number", "region", "superlative", "religion", "politics", "animal", "wording"]
    said: Mapping[str, tuple[str, ...]]
    why: Words
    instead: Words


class _Declared(Record):
    idioms: tuple[Idiom, ...] = ()
    risks: tuple[Risk, ...] = ()


class Culture:
    """What is looked for in a pair. Made once for many."""

    def __init__(self, idioms: Sequence[Idiom], risks: Sequence[Risk]) -> None:
        self.idioms, self.risks = tuple(idioms), tuple(risks)
        self._first: dict[str, re.Pattern[str] | None] = {}

    @classmethod
    def built_in(cls) -> Culture:
        """What comes with Koujing."""
        return _read(None)

    def idioms_in(self, text: str, source: str, target: str) -> Iterator[tuple[Idiom, str, re.Pattern[str] | None]]:
        """The idioms of a source, by languages: each with its words as they stand there, and with what finds a
        rendering word by word; None where the words themselves are to be marked."""
        if not self._any(f"source {source}", (word for one in self.idioms for word in one.said.get(source, ())), text):
            return
        for idiom in self.idioms:
            found = _found(idiom.said.get(source, ()), text)
            if found is None or (idiom.literal and target not in idiom.literal):
                continue
            yield idiom, found.of(text), _pattern(idiom.literal[target]) if idiom.literal else None

    def risks_in(self, text: str, locale: Locale) -> Iterator[tuple[Risk, Span]]:
        """The risks of a target, each where it stands first."""
        words = (word for risk in self.risks for word in _of_locale(risk.said, locale))
        if not self._any(f"target {locale.tag}", words, text):
            return
        for risk in self.risks:
            found = _found(_of_locale(risk.said, locale), text)
            if found is not None:
                yield risk, found

    def _any(self, key: str, words: Iterator[str], text: str) -> bool:
        """Whether one of the words stands in the text: most texts have none, and are looked at once."""
        if key not in self._first:
            every = tuple(words)
            self._first[key] = _pattern(every) if every else None
        pattern = self._first[key]
        return pattern is not None and pattern.search(text) is not None


def culture_of(home: Path) -> Culture:
    """The built-in lists with those of `home`. Raises `InputError` that says what is wrong with its file."""
    path = home / NAME
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return _read(None)
    return _read(path, changed)


@lru_cache(maxsize=8)
def _read(path: Path | None, _changed: int = 0) -> Culture:
    declared = _Declared.model_validate(yaml.safe_load(BUILT_IN.read_text(encoding="utf-8")))
    if path is None:
        return Culture(declared.idioms, declared.risks)
    try:
        own = _Declared.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{NAME}: cannot be read as YAML ({' '.join(str(error).split())[:120]})") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{NAME}: {place}: {first['msg']}; write it as in docs/localization.md") from error
    return Culture((*declared.idioms, *own.idioms), (*declared.risks, *own.risks))


def _of_locale(said: Mapping[str, tuple[str, ...]], locale: Locale) -> tuple[str, ...]:
    """The words for a locale: those of its language, and those of its region; of Chinese without a region those of the
    mainland."""
    tag = "zh-CN" if locale.tag == "zh" else locale.tag
    own = said.get(tag, ()) if tag != locale.language else ()
    return (*said.get(locale.language, ()), *own)


def _found(words: Sequence[str], text: str) -> Span | None:
    found = _pattern(tuple(words)).search(text) if words else None
    return Span(*found.span()) if found else None


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Latin words as whole words, `*` at the end for any ending; other scripts wherever they stand."""
    return re.compile("|".join(_word(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)


def _word(word: str) -> str:
    open_end = word.endswith("*")
    bare = word.rstrip("*")
    spaced = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", bare))
    begins = r"(?<![^\W_])" if bare[:1].isalnum() and ord(bare[0]) < 0x2E80 else ""
    ends = r"(?![^\W_])" if bare[-1:].isalnum() and ord(bare[-1]) < 0x2E80 else ""
    return begins + spaced + (r"[^\W_]*" if open_end else ends)
