"""Locales (BCP 47) that Koujing writes, and which language a text is in.

Detection is by script and by the commonest words of each language: enough to tell whether a paragraph is in the
locale that was asked for, and which lexical statistics fit a query. It never guesses for short mixed text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from knowledge.domain.errors import InputError

LANGUAGES = ("zh", "en", "ja", "ko", "de", "fr", "es", "pt")

_ALIASES = {
    "zh": "zh-CN",
    "zh-cn": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hans-cn": "zh-CN",
    "cn": "zh-CN",
    "pt": "pt-BR",
}

_NAMES = {
    "zh": ("Chinese", "中文"),
    "en": ("English", "英文"),
    "ja": ("Japanese", "日文"),
    "ko": ("Korean", "韩文"),
    "de": ("German", "德文"),
    "fr": ("French", "法文"),
    "es": ("Spanish", "西班牙文"),
    "pt": ("Portuguese", "葡萄牙文"),
}

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?$")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[぀-ヿ]")
_HANGUL = re.compile(r"[가-힯]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_WORD = re.compile(r"[^\W\d_]+")

_COMMON = {
    "en": "the of and to in a is that for it on with as was are by be this from at its has have or an we our",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus wir",
    "fr": "le la les de des et en un une du est que dans pour qui sur par pas au avec ce il sont plus nous vous",
    "es": "el la los las de y en que un una del por con para es se al lo como más su sus este esta son nuestra",
    "pt": "o a os as de e em que um uma do da dos das para com por não se no na mais como seu sua são nossa é",
}
_COMMON_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


@dataclass(frozen=True, slots=True)
class Locale:
    """A BCP 47 tag in its usual case, e.g. `zh-CN`, `en`, `pt-BR`."""

    tag: str

    @property
    def language(self) -> str:
        """The primary language subtag: `zh` of `zh-CN`."""
        return self.tag.split("-", 1)[0]

    @property
    def known(self) -> bool:
        """True for the eight languages whose numbers and text Koujing can check."""
        return self.language in LANGUAGES

    @property
    def counts_characters(self) -> bool:
        """True where the length of a text is counted in characters and not in words."""
        return self.language in ("zh", "ja")

    def name(self, language: str = "en") -> str:
        """The language's name in English or (`zh`) in Chinese; the tag itself when unknown."""
        names = _NAMES.get(self.language)
        return self.tag if names is None else names[1 if language == "zh" else 0]

    def __str__(self) -> str:
        return self.tag


@lru_cache(maxsize=256)
def parse_locale(tag: str) -> Locale:
    """A `Locale` from what people type (`zh`, `zh_CN`, `EN-us`). Raises `InputError` when it is no language tag."""
    text = tag.strip()
    alias = _ALIASES.get(text.lower().replace("_", "-"))
    if alias:
        return Locale(alias)
    if not _TAG.match(text):
        raise InputError(f"'{tag}' is not a locale; write a BCP 47 tag such as zh-CN or en")
    parts = text.replace("_", "-").split("-")
    cased = [parts[0].lower()] + [p.title() if len(p) == 4 else p.upper() for p in parts[1:]]
    return Locale("-".join(cased))


def detect_language(text: str) -> str | None:
    """The language of `text` among the eight, or None when there is too little to tell.

    Han, kana and hangul decide by their share of letters; Latin text by its function words.
    """
    return _language_of(text[:5000])


@lru_cache(maxsize=2048)
def _language_of(sample: str) -> str | None:
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    hangul, latin = len(_HANGUL.findall(sample)), len(_LATIN.findall(sample))
    east = han + kana + hangul
    # One ideograph says about as much as four Latin letters.
    if east and east * 4 >= latin:
        if hangul > han + kana:
            return "ko"
        if kana and kana * 8 >= han:
            return "ja"
        return "zh"
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < 3:
        return None
    counts = Counter(words)
    scores = {
        language: sum(counts[word] for word in common.intersection(counts)) for language, common in _COMMON_SETS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    if scores[best] == 0:
        return None
    tied = [language for language, score in scores.items() if score == scores[best]]
    return best if len(tied) == 1 else None


def function_words(language: str) -> frozenset[str]:
    """The commonest words of a language in Latin script, in small letters; empty for the others."""
    return _COMMON_SETS.get(language, frozenset())


def has_language(text: str, language: str) -> bool:
    """False only when `text` is plainly written in another language; names and figures alone are in any language."""
    found = detect_language(text)
    return found is None or found == language
