"""Which forms of a plural the target language needs, and from which form of the source each is made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.localization.messages.plurals import categories, category, examples, gettext_categories
from knowledge.domain.locale import Locale

_SHOWN = 5
_NAMED = {"zero": (0,), "one": (1,), "two": (2,)}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the target: its selector (`few`, `=0`), and the selector of the source that it is made from."""

    selector: str
    made_from: str


@dataclass(frozen=True, slots=True)
class Plural:
    """What is known of a plural: the locales, whether it counts or orders, what is taken off the number first.

    `zero_is_none`: `zero` stands for the number 0 in every language, as in i18next, Rails and Flutter. `as_gettext`:
    the forms are those of gettext, which knows whole numbers only.
    """

    source: Locale
    target: Locale
    ordinal: bool = False
    offset: int = 0
    zero_is_none: bool = False
    as_gettext: bool = False

    def forms(self, selectors: Collection[str], counting: Collection[str] | None = None) -> tuple[Form, ...]:
        """The forms of the target in the order of the source, new ones before `other`.

        `selectors` are those of the source, `other` (or what stands for the rest) last; `counting` those of them whose
        text shows the number (None: all). Exact numbers stay. A category whose numbers all have an exact form is not
        needed. A form that stands for more numbers in the target than in the source (`one` is 0 and 1 in French, 1 and
        21 in Russian) is made from `other` where the source's own does not show the number.
        """
        if self.source == self.target:
            return tuple(Form(selector, selector) for selector in selectors)
        exact = {number for number in map(self.number, selectors) if number is not None}
        names = gettext_categories(self.target) if self.as_gettext else categories(self.target, ordinal=self.ordinal)
        needed = [name for name in names if self._needed(name, exact)]
        kept = [s for s in selectors if s != "other" and (s in needed or self.number(s) is not None)]
        added = [name for name in needed if name not in selectors and name != "other"]
        rest = ["other"] if "other" in needed else []
        shown = set(selectors) if counting is None else set(counting)
        return tuple(Form(s, self.made_from(s, selectors, shown)) for s in (*kept, *added, *rest))

    def made_from(self, selector: str, selectors: Collection[str], shown: Collection[str]) -> str:
        """The selector of the source that the target's is made from; `shown` are those whose text shows the number."""
        rest = "other" if "other" in selectors else list(selectors)[-1]
        if selector not in selectors:
            return rest
        if selector in shown or rest not in shown or self.number(selector) is not None:
            return selector
        # A form that the source language does not have was written for the number that its name says.
        there = examples(selector, self.source, ordinal=self.ordinal) or _NAMED.get(selector, ())
        here = examples(selector, self.target, ordinal=self.ordinal)
        return selector if set(here) <= set(there) else rest

    def number(self, selector: str) -> int | None:
        """The number of an exact selector (`=0`); None for a category."""
        if selector == "zero" and self.zero_is_none:
            return 0
        return int(selector[1:]) if selector.startswith("=") else None

    def category(self, selector: str) -> str:
        """The category of the target that a selector's text is written in."""
        number = self.number(selector)
        if number is None or selector in categories(self.target, ordinal=self.ordinal):
            return selector
        return category(number - self.offset, self.target, ordinal=self.ordinal)

    def note(self, selector: str) -> str:
        """What a translator must know of the form: the numbers it stands for."""
        number = self.number(selector)
        if number is not None:
            return f"for the number {number}"
        numbers = examples(selector, self.target, ordinal=self.ordinal)
        if not numbers or selector == "other":
            return f'plural form "{selector}"'
        more = " …" if len(numbers) > _SHOWN else ""
        return f'plural form "{selector}": {", ".join(map(str, numbers[:_SHOWN]))}{more}'

    def _needed(self, name: str, exact: Collection[int]) -> bool:
        numbers = examples(name, self.target, ordinal=self.ordinal)
        return name == "other" or not numbers or not all(number + self.offset in exact for number in numbers)
