"""Blind pairs: which of two texts would one send out? Each pair is asked twice, with the texts changing places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.gateway.port import LanguageModel, Usage
from evals.judging.addressing import addressed
from evals.judging.asking import Asker
from evals.judging.texts import blind as blind
from evals.judging.texts import cut, plain
from evals.scorers.base import Unscored
from evals.statistics.kappa import cohen
from knowledge.domain.locale import parse_locale

Choice = Literal["a", "b", "tie"]
_MENU = ("first", "second", "equal")
_FORWARD: Mapping[str, Choice] = {"first": "a", "second": "b", "equal": "tie"}
_BACKWARD: Mapping[str, Choice] = {"first": "b", "second": "a", "equal": "tie"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of one brief: `a` is the one in question, `b` what it is held against. `brief` is in words."""

    id: str
    brief: str
    a: str
    b: str
    locale: str


@dataclass(frozen=True, slots=True)
class Preference:
    """What was preferred with `a` first and with `b` first, and why."""

    orders: tuple[Choice, Choice]
    reasons: tuple[str, str]

    @property
    def consistent(self) -> bool:
        return self.orders[0] == self.orders[1]

    @property
    def choice(self) -> Choice:
        """What both orders say; a tie when they differ."""
        return self.orders[0] if self.consistent else "tie"


@dataclass(frozen=True, slots=True)
class PairResult:
    """Over `n` judged pairs: `preferred` for a, `other` for b, and `ties`, of which `inconsistent` only because the
    orders differ. `agreement_between_orders` is Cohen's kappa of the judge with itself.

    `judge_is_generator`: the judge wrote some of these texts, and models prefer their own.
    """

    preferred: int
    other: int
    ties: int
    inconsistent: int
    n: int
    unscored: int
    agreement_between_orders: float | None
    judge: str
    judge_is_generator: bool
    reasons: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """Of a: a tie counts half; None when no pair was judged."""
        return (self.preferred + self.ties / 2) / self.n if self.n else None

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "share": self.share}


class PairJudge:
    """A model that chooses. `keep` is the file of its answers; `generators` are the models whose texts it sees."""

    def __init__(
        self, model: LanguageModel, keep: Path | None, *, identity: str = "", generators: Collection[str] = ()
    ) -> None:
        self._asker = Asker(model, keep, identity=identity)
        self._generators = frozenset(generators)

    @property
    def name(self) -> str:
        return self._asker.name

    @property
    def usage(self) -> Usage:
        return self._asker.usage

    @property
    def is_generator(self) -> bool:
        """It judges texts of its own."""
        return self.name in self._generators

    def prefers(self, brief_words: str, a: str, b: str, locale: str) -> Choice | Unscored:
        """What both orders prefer, `tie` when they differ, or why there is no preference."""
        found = self.preference(brief_words, a, b, locale)
        return found if isinstance(found, Unscored) else found.choice

    def preference(self, brief_words: str, a: str, b: str, locale: str) -> Preference | Unscored:
        """The same with both orders and their reasons. A pair in which a text speaks to its judge is not judged."""
        if not a.strip() or not b.strip():
            return Unscored(f"text {'a' if not a.strip() else 'b'} is empty; there is nothing to choose from")
        order = addressed(a) or addressed(b)
        if order:
            return Unscored(f"a text speaks to its judge: “{order}”")
        language = "zh" if parse_locale(locale).language == "zh" else "en"
        brief, texts = plain(brief_words), (plain(a), plain(b))
        most = self._asker.size_for("pairs", language, lambda n: _values(brief, texts, n))
        if most is None:
            return Unscored("the two texts do not fit the judge's context")
        forward = self._asker.ask("pairs", language, _values(brief, texts, most), _MENU)
        if isinstance(forward, Unscored):
            return forward
        backward = self._asker.ask("pairs", language, _values(brief, texts[::-1], most), _MENU)
        if isinstance(backward, Unscored):
            return backward
        orders = (_FORWARD[forward.verdict], _BACKWARD[backward.verdict])
        return Preference(orders, (forward.reason, backward.reason))

    def weigh(self, pairs: Sequence[Pair]) -> PairResult:
        """Every pair judged, and counted."""
        found = [self.preference(pair.brief, pair.a, pair.b, pair.locale) for pair in pairs]
        judged = [preference for preference in found if isinstance(preference, Preference)]
        choices = [preference.choice for preference in judged]
        return PairResult(
            preferred=choices.count("a"),
            other=choices.count("b"),
            ties=choices.count("tie"),
            inconsistent=sum(not preference.consistent for preference in judged),
            n=len(judged),
            unscored=len(found) - len(judged),
            agreement_between_orders=cohen([p.orders[0] for p in judged], [p.orders[1] for p in judged], "none"),
            judge=self.name,
            judge_is_generator=self.is_generator,
            reasons=tuple(dict.fromkeys(str(reason) for reason in found if isinstance(reason, Unscored))),
        )


def _values(brief: str, texts: tuple[str, ...], most: int) -> dict[str, Any]:
    """Both texts are cut at the same length, so that neither gains by being long."""
    (first, one), (second, other) = (cut(text, most) for text in texts)
    return {"brief": cut(brief, 800)[0], "first": first, "second": second, "cut": one or other}
