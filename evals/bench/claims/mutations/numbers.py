"""Another number; another scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from evals.bench.claims.corpus import Place
from evals.bench.claims.mutations.base import Mutant, Mutator, chosen
from evals.bench.claims.mutations.measured import in_compound, is_quantity, span_of_range
from evals.bench.claims.mutations.words import COUNTED, SCALE_SWAPS
from evals.scorers.eyes.figures import Figure, figures, han, values_in, values_of
from evals.scorers.eyes.words import NUMERALS


class ValueMutator(Mutator):
    """Another number of the same magnitude: digits transposed, one digit changed, all digits changed, another word."""

    kind = "value"

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        known = values_in(place.document, place.language)
        for figure in figures(place.text, place.language):
            if not is_quantity(place.text, figure, place.language):
                continue
            for _ in range(12):
                digits = _changed(figure.digits, dice)
                values = values_of(digits, figure.scale, place.language)
                if values.isdisjoint(known | figure.values):
                    yield self.made(place, figure.start, figure.end, digits, span_of_range(place.text, figure))
                    break
        yield from self._in_words(place, dice, known)

    def _in_words(self, place: Place, dice: Random, known: frozenset[Decimal]) -> Iterator[Mutant]:
        counted = "|".join(map(re.escape, COUNTED[place.language].split()))
        if place.language in ("zh", "ja"):
            lone = re.compile(
                f"(?<![零一二两三四五六七八九十百千万亿億第每几数之\\d])[两三四五六七八九](?=(?:{counted}))"
            )
            for found in lone.finditer(place.text):
                options = [word for word in "三四五六七八九" if Decimal(han(word)) not in known]
                if options:
                    yield self.made(place, *found.span(), chosen(dice, options))
            return
        numerals = NUMERALS.get(place.language, {})
        if numerals:
            words = "|".join(numerals)
            for found in re.finditer(rf"(?<![\w-])({words})(?= (?:{counted})(?!\w))", place.text):
                options = [word for word, value in numerals.items() if Decimal(value) not in known]
                if options:
                    yield self.made(place, *found.span(), chosen(dice, options))


def _changed(digits: str, dice: Random) -> str:
    """Digits with the same marks and as many places."""
    at = [index for index, character in enumerate(digits) if character.isdigit()]
    new = list(digits)
    way = dice.randrange(3)
    if way == 0 and len(at) > 1:
        first = dice.randrange(len(at) - 1)
        new[at[first]], new[at[first + 1]] = new[at[first + 1]], new[at[first]]
    elif way == 1:
        place = at[0] if digits.strip("0.,")[1:] == "" else chosen_int(dice, at)
        new[place] = chosen(dice, "123456789")
    else:
        zeros = len(digits) - len(digits.rstrip("0"))
        for place in at[: len(at) - zeros] or at:
            new[place] = chosen(dice, "123456789")
    return "".join(new) if new[0] != "0" or digits[0] == "0" else digits


def chosen_int(dice: Random, options: list[int]) -> int:
    """One of them."""
    return options[dice.randrange(len(options))]


class ScaleMutator(Mutator):
    """万 and 亿, thousand and million exchanged; ten times too much or too little."""

    kind = "scale"

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        known = values_in(place.document, place.language)
        for figure in figures(place.text, place.language):
            if not is_quantity(place.text, figure, place.language):
                continue
            if in_compound(place.text, figure):
                continue
            if figure.scale:
                yield from self._other_word(place, figure, known)
            yield from self._tenfold(place, figure, known, dice)

    def _other_word(self, place: Place, figure: Figure, known: frozenset[Decimal]) -> Iterator[Mutant]:
        text = place.text
        start = figure.tail - len(figure.scale)
        for new in SCALE_SWAPS[place.language].get(figure.scale, ()):
            after = text[figure.tail :]
            word = new.removesuffix(" de") if re.match(r" (?:de|d’)\b", after) else new
            plain = word.removesuffix(" de")
            values = values_of(figure.digits, plain if plain != "千万" else "万", place.language)
            if plain == "千万":
                values = frozenset(value * 1000 for value in values)
            larger = {value for value in values if value not in values_of(figure.digits, "", place.language)}
            if larger.isdisjoint(known):
                yield self.made(place, start, figure.tail, word, (figure.start, figure.tail))

    def _tenfold(self, place: Place, figure: Figure, known: frozenset[Decimal], dice: Random) -> Iterator[Mutant]:
        new = _times_ten(figure.digits) if dice.random() < 0.6 else _tenth(figure.digits)
        if new and values_of(new, figure.scale, place.language).isdisjoint(known | figure.values):
            yield self.made(place, figure.start, figure.end, new, span_of_range(place.text, figure))


def _times_ten(digits: str) -> str:
    """`3,200` as `32,000`, `3.2` as `32`."""
    mark = re.search(r"[.,]([0-9]{1,2})$", digits)
    if mark:
        whole, part = digits[: mark.start()], mark[1]
        return f"{whole}{part[0]}" + (digits[mark.start()] + part[1:] if part[1:] else "")
    separators = re.findall(r"[^0-9]", digits)
    plain = re.sub(r"[^0-9]", "", digits) + "0"
    return _grouped(plain, separators[0]) if separators else plain


def _tenth(digits: str) -> str:
    """`32,000` as `3,200`; nothing when it cannot be divided."""
    separators = re.findall(r"[^0-9]", digits)
    plain = re.sub(r"[^0-9]", "", digits)
    if not plain.endswith("0") or len(plain) < 2 or re.search(r"[.,][0-9]{1,2}$", digits):
        return ""
    return _grouped(plain[:-1], separators[0]) if separators else plain[:-1]


def _grouped(plain: str, mark: str) -> str:
    head = len(plain) % 3
    parts = [plain[:head]] if head else []
    return mark.join(parts + [plain[i : i + 3] for i in range(head, len(plain), 3)])
