"""Another unit; another currency; a qualifier dropped, added or turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from evals.bench.claims.corpus import Place
from evals.bench.claims.mutations.base import Mutant, Mutator, chosen
from evals.bench.claims.mutations.measured import bare, has_earlier_end, in_compound, is_quantity, unit_after
from evals.bench.claims.mutations.words import (
    ADDED,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    OPPOSITE,
    QUALIFIERS_AFTER,
    QUALIFIERS_BEFORE,
    UNIT_SWAPS,
)
from evals.scorers.eyes.figures import Figure, figures

_CJK = ("zh", "ja", "ko")


class UnitMutator(Mutator):
    """Minutes as hours, kilograms as tonnes, percent as percentage points."""

    kind = "unit"

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        text, language = place.text, place.language
        for figure in figures(text, language):
            unit = unit_after(text, figure.tail, language)
            if unit is None or unit[2] not in UNIT_SWAPS[language] or not is_quantity(text, figure, language):
                continue
            start, end, word = unit
            if not bare(text, figure) or has_earlier_end(text, figure) or _longer(text[end:], word, language):
                continue
            new = UNIT_SWAPS[language][word]
            if not _said(place.document, figure, new, language):
                spaced = " " if new[0].isalpha() and language not in _CJK and not text[start - 1].isspace() else ""
                yield self.made(place, start, end, spaced + new, (figure.start, end))


def _longer(after: str, word: str, language: str) -> bool:
    """The unit goes on (`年代`, `分之一`, `km/h`, `minute-long`), so that another would be no mere exchange."""
    if word in ("%", "％"):
        return bool(re.match(r"[-‑]|ポイント|포인트", after))
    return bool(re.match(r"[/·²³-]|代|初|末|份|度|之|级|前半|후반|대|半|[-‑][a-z]|[a-z]", after)) or (
        language == "ja" and word == "分" and after[:1] not in "、。（(かでにのをはがも以 "
    )


def _said(document: str, figure: Figure, unit: str, language: str) -> bool:
    """True when the document has the figure with that unit somewhere."""
    shown = rf"{re.escape(figure.digits)} ?{re.escape(figure.scale)} ?(?:d[eo’'] ?)?{re.escape(unit)}"
    return re.search(shown, document) is not None or any(
        re.match(rf" ?{re.escape(unit)}", document[other.tail :]) and other.values & figure.values
        for other in figures(document, language)
    )


class CurrencyMutator(Mutator):
    """Dollars as euros, 元 as 美元, RMB as USD; the amount stays."""

    kind = "currency"

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        for figure in figures(place.text, place.language):
            for start, end, new in self._exchanges(place.text, figure, place.language, dice):
                if not self._said(place, figure, new):
                    yield self.made(place, start, end, new, (min(start, figure.start), max(end, figure.tail)))

    @staticmethod
    def _exchanges(text: str, figure: Figure, language: str, dice: Random) -> Iterator[tuple[int, int, str]]:
        signs = "|".join(map(re.escape, (*CURRENCY_SIGNS, *CURRENCY_CODES)))
        before = re.search(rf"(?<![A-Za-z$])({signs}) ?$", text[: figure.start])
        if before:
            yield *before.span(1), chosen(dice, (CURRENCY_SIGNS | CURRENCY_CODES)[before[1]])
            return
        sign = re.match(rf" ?({signs})(?![\w$])", text[figure.tail :])
        if sign:
            at = figure.tail
            yield at + sign.start(1), at + sign.end(1), chosen(dice, (CURRENCY_SIGNS | CURRENCY_CODES)[sign[1]])
            return
        words = CURRENCY_WORDS[language]
        named = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        after = re.match(rf" ?(?:多|余)?(?:de |d’)?({named})(?![\w素旦数])", text[figure.tail :])
        if after is None and language in _CJK:
            after = re.match(rf" ?(?:多|余)?({named})(?![素旦数件])", text[figure.tail :])
        if after:
            yield figure.tail + after.start(1), figure.tail + after.end(1), words[after[1]]

    @staticmethod
    def _said(place: Place, figure: Figure, new: str) -> bool:
        return new in place.document and any(
            other.values & figure.values and new in place.document[max(0, other.start - 6) : other.tail + 10]
            for other in figures(place.document, place.language)
        )


class QualifierMutator(Mutator):
    """`over` dropped, `nearly` added, `at least` turned into `at most`. The place of the error is the figure."""

    kind = "qualifier"

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        text, language = place.text, place.language
        for figure in figures(text, language):
            if not is_quantity(text, figure, language) or not bare(text, figure) or in_compound(text, figure):
                continue
            if sum(bool(other.values & figure.values) for other in figures(place.document, language)) != 1:
                continue
            end = _extent(text, figure, language)
            start = _sign_before(text, figure)
            word = _before(text, start, language)
            tail = _after(text, end, language)
            if word is not None:
                yield self.made(place, word[0], start, "", (word[0], end))
                opposite = OPPOSITE[language].get(word[2].lower())
                if opposite:
                    yield self.made(place, word[0], word[1], opposite, (word[0], end))
            elif tail is not None:
                yield self.made(place, tail[0], tail[1], "", (figure.start, tail[1]))
            elif not _hedged(text, start, end) and figure.digits != "1":
                added = chosen(dice, ADDED[language])
                if added != "近" or not re.match(
                    "[天日年月周个小分秒]", text[figure.tail :].lstrip()
                ):  # 近 7 天: the last 7 days
                    yield self.made(place, start, start, added, (start, end))


def _extent(text: str, figure: Figure, language: str) -> int:
    unit = unit_after(text, figure.tail, language)
    return unit[1] if unit else figure.tail


def _sign_before(text: str, figure: Figure) -> int:
    sign = re.search(r"(?:US\$|R\$|[$€£¥]|RMB|USD|EUR) ?$", text[: figure.start])
    return sign.start() if sign else figure.start


_ABOUT = re.compile(r"\b(?:talk\w*|know\w*|learn\w*|hear\w*|think\w*|information|more|what|it.s|all|questions?)$", re.I)
_SPAN = re.compile(r" ?(?:year|month|week|day|hour|minute|decade|Jahr|Monat|Woche|Tag|Stunde)", re.I)


def _before(text: str, at: int, language: str) -> tuple[int, int, str] | None:
    """The qualifier directly before: where it stands, and the word."""
    for word in QUALIFIERS_BEFORE[language]:
        boundary = "" if language in _CJK else r"(?<![\w-])"
        found = re.search(rf"{boundary}({re.escape(word)}) ?$", text[:at], re.I)
        if not found:
            continue
        head = text[: found.start(1)].rstrip()
        if re.search(r"\b(?:deutlich|weit|well|far|bien|muito|mucho|nicht|not|no|pas)$", head):
            return None
        if word in ("about", "around") and _ABOUT.search(head):
            return None
        during = word in ("over", "über") and _SPAN.match(text[at:].lstrip("0123456789 .,"))
        until = word in ("unter", "under", "hasta", "até", "jusqu’à") and not re.match(r"[0-9.,]+ ?%", text[at:])
        if during or until or head.endswith({"超": ("高",), "近": ("最", "靠", "附")}.get(word, ())):
            return None
        return found.start(1), found.end(1), found[1]
    return None


def _after(text: str, at: int, language: str) -> tuple[int, int] | None:
    for word in QUALIFIERS_AFTER[language]:
        found = re.match(rf"[ 의]?({re.escape(word)})", text[at:])
        if found and not (word == "多" and text[at + 1 : at + 2] in "种个样次数媒"):
            return at + found.start(), at + found.end()
    return None


_HEDGES = re.compile(
    r"超|逾|近|约|至少|左右|以上|以下|不到|达|每|前|后|内|余|多|よう|前後|ほど|程度|内|目|毎|以内|이내|마다|씩|가량|쯤|"
    r"\b(?:than|over|under|about|around|every|each|per|first|last|next|past|the|these|those|our|all|only|just|within|"
    r"another|other|top|older|least|most|as|nearly|almost|"
    r"alle|jede\w*|erste\w*|letzte\w*|nächste\w*|der|die|den|das|dem|als|um|auf|"
    r"les|des|ces|nos|tous|toutes|chaque|premi\w+|derni\w+|autres?|"
    r"los|las|cada|primer\w*|últim\w+|otr[oa]s|"
    r"os|as|nos|nas|dos|das|cada|primeir\w+|últim\w+|outr[oa]s)$",
    re.I,
)


def _hedged(text: str, start: int, end: int) -> bool:
    """True when something near the figure already qualifies it, or makes an added qualifier unreadable."""
    return bool(_HEDGES.search(text[max(0, start - 14) : start].rstrip()) or _HEDGES.search(text[end : end + 4])) or (
        start == 0 or text[start - 1] in '（(“"「+-±' or re.search(r"[0-9]\.[0-9]{2,}", text[start:end]) is not None
    )
