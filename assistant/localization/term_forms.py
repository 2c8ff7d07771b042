"""A term's form in a locale, and how its last word may be inflected there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.domain.locale import Locale
from knowledge.records import Term

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_GERMAN = ("e", "en", "er", "ern", "n", "nen", "s", "es", "se", "ses")
_ROMANCE = ("s", "es", "x")


def form_in(term: Term, locale: Locale) -> str:
    """How a term is written in a locale: as it is when it is not translated, else as given for the locale, else as
    given for its language; of several ways the first. Empty when the glossary does not say."""
    return next(iter(forms_in(term, locale)), "")


def forms_in(term: Term, locale: Locale) -> list[str]:
    """All ways in which a term may be written in a locale: a cell of a glossary may give several (`node / nodes`)."""
    return [term.term] if term.do_not_translate else ways(cell_in(term, locale))


def ways(cell: str) -> list[str]:
    """The forms that a glossary gives in one cell, between slashes or semicolons."""
    parts = [part.strip() for part in cell.replace("；", ";").replace(" / ", ";").split(";")]
    return [part for part in parts if part]


def cell_in(term: Term, locale: Locale) -> str:
    """What the glossary gives for a locale, several ways among it; as `form_in` chooses."""
    if term.do_not_translate:
        return term.term
    forms = {term.locale: term.term, **term.translations}
    exact = next((form for tag, form in forms.items() if form and _tag(tag) == _tag(locale.tag)), "")
    alike = next((form for tag, form in forms.items() if form and _tag(tag).split("-")[0] == locale.language), "")
    return exact or alike


def inflected(form: str, language: str) -> tuple[str, ...]:
    """A form and its usual plurals and cases, for telling that a text has the term; some of them are no words.

    Only the last word changes. A plural gives its singular, too, unless it has a capital: `Windows` are no window.
    """
    if not form[-1:].isalpha() or not form[-1:].isascii():
        return (form,)
    return tuple(dict.fromkeys((form, *_inflected(form, language))))


def _inflected(form: str, language: str) -> Iterator[str]:
    if language == "en":
        yield from _english(form)
    elif language == "de":
        yield from (form + ending for ending in _GERMAN)
    elif language in ("fr", "es", "pt"):
        yield from (form + ending for ending in _ROMANCE)
    else:
        yield form + "s"  # an English word in an eastern text: Pods


_PARTICLE = re.compile(r"([a-z]+)-(live|up|out|in|on|off|over|down|back|through)")
_IRREGULAR = {
    "go": "goes went gone going", "set": "sets setting", "put": "puts putting", "run": "runs ran running",
    "take": "takes took taken taking", "build": "builds built building", "break": "breaks broke broken breaking",
    "buy": "buys bought buying", "cut": "cuts cutting", "get": "gets got getting", "make": "makes made making",
}  # fmt: skip


def as_verb(form: str) -> Iterator[str]:
    """A go-live is what goes live, went live or is going live; a roll-out what is rolled out."""
    noun = _PARTICLE.fullmatch(form)
    if noun is None:
        return
    verb, particle = noun.groups()
    regular = f"{verb}s {verb}ed {verb}ing {verb}{verb[-1]}ed {verb}{verb[-1]}ing {verb.removesuffix('e')}ing {verb}d"
    yield from (f"{one} {particle}" for one in (verb, *_IRREGULAR.get(verb, regular).split()))


def _english(form: str) -> Iterator[str]:
    yield from as_verb(form)
    if form.endswith(_SIBILANTS):
        yield form + "es"
    else:
        yield form + "s"
    if form.endswith("y") and form[-2:-1] not in tuple("aeiou"):
        yield form[:-1] + "ies"
    last = form.rsplit(" ", 1)[-1]
    if len(last) > 3 and last.islower() and last.endswith("s") and not last.endswith(("ss", "us", "is")):
        yield form[:-1]
        if last.endswith("ies"):
            yield form[:-3] + "y"
        elif last[:-2].endswith(_SIBILANTS):
            yield form[:-2]


def _tag(tag: str) -> str:
    return tag.replace("_", "-").lower()
