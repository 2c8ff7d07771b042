"""Plurals of i18next, whose forms stand under keys of their own beside each other.

Version 4 of its JSON: `key_one`, `key_other`, `key_ordinal_two`; up to version 3: `key`, `key_plural`, or `key_0`,
`key_1`, `key_2` where a language has one form or more than two. A context stands before the form: `friend_male_one`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.messages.forms import Plural
from assistant.localization.messages.plurals import CATEGORIES, categories, gettext_categories
from knowledge.domain.locale import Locale

_SUFFIX = re.compile(rf"(.+?)(_ordinal)?_({'|'.join(CATEGORIES)})", re.DOTALL)
_COUNT = re.compile(r"\{\{-?\s*count\b")
_NESTED = re.compile(r"\$t\((?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Group:
    """The forms of one plural: `keys` from the category to the key it stands under in the source."""

    base: str
    keys: Mapping[str, str]
    plural: Plural

    def key(self, selector: str) -> str:
        """The key of a form in the target."""
        if self.plural.source == self.plural.target:
            return self.keys[selector]
        if self.plural.as_gettext:
            return _numbered(self.base, self.plural.target)[selector]
        return f"{self.base}{'_ordinal' if self.plural.ordinal else ''}_{selector}"


def counts(text: str) -> bool:
    """Whether a text shows the number."""
    return bool(_COUNT.search(text))


def content(text: str) -> Content:
    """A text with its references to other messages, `$t(key)`, as codes."""
    pieces: list[Piece] = []
    at = 0
    for number, found in enumerate(_NESTED.finditer(text), 1):
        pieces += [text[at : found.start()], Code(str(number), found.group(), CodeKind.PLACEHOLDER)]
        at = found.end()
    return Content.of(*pieces, text[at:])


def groups(texts: Mapping[str, str], source: Locale, target: Locale) -> Iterator[Group]:
    """The plurals among the messages of one object (key to text).

    A group has the forms that its language asks for. A single form tells nothing by its key (`industry_other`): its
    text must show the number.
    """
    yield from _by_category(texts, source, target)
    yield from _by_number(texts, source, target)


def _by_category(texts: Mapping[str, str], source: Locale, target: Locale) -> Iterator[Group]:
    found: dict[tuple[str, bool], dict[str, str]] = {}
    for key in texts:
        match = _SUFFIX.fullmatch(key)
        if match:
            found.setdefault((match[1], bool(match[2])), {})[match[3]] = key
    for (base, ordinal), keys in found.items():
        own = set(categories(source, ordinal=ordinal))
        if "other" not in keys or not set(keys) <= own | {"zero"}:
            continue
        if len(keys) > 1 or any(counts(texts[key]) for key in keys.values()):
            ordered = {name: keys[name] for name in keys if name != "other"} | {"other": keys["other"]}
            yield Group(base, ordered, Plural(source, target, ordinal, zero_is_none=True))


def _by_number(texts: Mapping[str, str], source: Locale, target: Locale) -> Iterator[Group]:
    plural = Plural(source, target, as_gettext=True)
    for key in texts:
        if key.endswith("_plural") and (base := key.removesuffix("_plural")) in texts:
            yield Group(base, {"one": base, "other": key}, plural)
        elif key.endswith("_0"):
            base = key.removesuffix("_0")
            keys = _numbered(base, source)
            complete = len(keys) != 2 and set(keys.values()) <= texts.keys() and f"{base}_{len(keys)}" not in texts
            if complete and any(counts(texts[name]) for name in keys.values()):
                yield Group(base, keys, plural)


def _numbered(base: str, locale: Locale) -> dict[str, str]:
    forms = gettext_categories(locale)
    if len(forms) == 2:
        return {forms[0]: base, forms[1]: f"{base}_plural"}
    return {form: f"{base}_{number}" for number, form in enumerate(forms)}
