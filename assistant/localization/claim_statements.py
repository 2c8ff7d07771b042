"""What bears on a whole sentence, a no or a condition, and whether the target's sentence has it, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.carried import CarriedClaim, Survival
from assistant.localization.checks.base import Pair
from assistant.localization.checks.facts import Reading
from assistant.localization.checks.negation import denies, may_deny
from knowledge.domain.finding import Span
from knowledge.domain.words import Words

_CONDITIONS = {
    "zh": r"如果|若(?!干)|倘若|假如|除非|只有|只要|仅限|仅在|仅对|前提|方可|才(?:能|可)|"
    r"视[^，。；]{1,8}而定|以[^，。；]{1,12}为准",
    "en": r"\b(?:if|unless|provided (?:that|you)|only (?:if|when|for|in|with)|as long as|subject to|except|"
    r"depend(?:s|ing) on|on condition|where available)\b",
    "de": r"\b(?:wenn|falls|sofern|soweit|solange|es sei denn|vorausgesetzt|vorbehaltlich|abhängig|außer|nur)\b",
    "fr": r"\b(?:si|s['’]il|sauf|à condition|sous réserve|à moins|tant que|uniquement|seulement|selon)\b",
    "es": r"\b(?:si|salvo|excepto|a menos que|siempre que|siempre y cuando|sujet[oa]s? a|sol[oa]mente|solo|según)\b",
    "pt": r"\b(?:se|salvo|exceto|a menos que|desde que|sujeit[oa]s? a|somente|apenas|conforme)\b",
    "ja": r"場合|限り|限定|ただし|を除|条件|なければ|れば|たら|次第|のみ|だけ|もし",
    "ko": r"경우|한하여|한정|조건|제외|않으면|다면|(?:으|하|되)면|만약|따라",
}
_PATTERNS = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _CONDITIONS.items()}
_LOST = Words(zh="译文里没有否定", en="nothing in the target says no")
_LOOK = Words(zh="译文里没有找到；请人看一眼", en="not found in the target; a person should look")
_PERHAPS = Words(zh="可能换了说法；请人看一眼", en="perhaps in other words; a person should look")

Row = tuple[CarriedClaim, Words | None]
_Has = Callable[[str, str], bool]


def statements(pair: Pair) -> Iterator[Row]:
    """A row for each sentence of the source with a clear negation, and for each with a condition."""
    yield from _carried(pair, "negation", denies, may_deny)
    yield from _carried(pair, "condition", _conditional, _conditional)


def _carried(pair: Pair, kind: str, says: _Has, may_say: _Has) -> Iterator[Row]:
    """Sentences go together by their number where both sides have as many; else those that say it, where they are as
    many on both sides."""
    source, target = pair.facts.source, pair.facts.target
    saying = [number for number, span in enumerate(source.sentences) if says(span.of(source.text), source.language)]
    there = [span for span in target.sentences if says(span.of(target.text), target.language)]
    aligned = len(source.sentences) == len(target.sentences)
    for order, number in enumerate(saying):
        mine = target.sentences[number] if aligned else there[order] if len(there) == len(saying) else None
        if mine is not None and says(mine.of(target.text), target.language):
            yield _row(pair, kind, source.sentences[number], Survival.KEPT, mine), None
        elif mine is not None and may_say(mine.of(target.text), target.language):
            yield _row(pair, kind, source.sentences[number], Survival.UNCLEAR, mine), _PERHAPS
        elif kind == "negation" and target.locale.known and not may_say(target.text, target.language):
            yield _row(pair, kind, source.sentences[number], Survival.MISSING), _LOST
        else:
            yield _row(pair, kind, source.sentences[number], Survival.UNCLEAR), _LOOK


def _row(pair: Pair, kind: str, sentence: Span, survival: Survival, said: Span | None = None) -> CarriedClaim:
    source, target = pair.facts.source, pair.facts.target
    place = _place(source, sentence)
    there = _place(target, said) if said is not None else None
    text = there.of(str(pair.target)) if there is not None else ""
    return CarriedClaim(kind, survival, place.of(str(pair.source)), place, text, there)


def _place(reading: Reading, span: Span) -> Span:
    return reading.place(span.start, span.end)


def _conditional(text: str, language: str) -> bool:
    pattern = _PATTERNS.get(language)
    return pattern is not None and pattern.search(text) is not None
