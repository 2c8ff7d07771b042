"""An entry whose fields and whose text say different figures: somebody edited the one and forgot the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction

from assistant.claims.quantities import is_share, match_of
from assistant.claims.reading import Reading, Sentence
from assistant.lint.comparing import FEWEST, RESTRICTING, Measures, at_odds, unit_of
from assistant.lint.field_figures import FieldFigure, figures_missing, stands
from assistant.lint.figures import Figure, figures_in_text
from assistant.lint.finding import LintFinding, at, whole
from assistant.lint.ledger import FigureLedger
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.folding import fold
from knowledge.domain.quantity import Kind, Match, Quantity
from knowledge.domain.words import Words
from knowledge.records import EntryVersion

Pair = tuple[FieldFigure, Figure]

SHARED = 0.6
"""The share of what a field's figure is said of that the text must say of its own."""
SHARED_CHANGE = 0.25
"""The same, where the other end of the change is the same figure."""
SAME_SIZE = Fraction(3, 2)
"""How far apart two counts of the same things may lie that are taken for one count, once corrected."""
REWORKED = 0.8
"""How like two sentences are, figures left out, that are one sentence before and after an edit."""
_THING_ZH = re.compile(r"\s?[多余]?([\u4e00-\u9fff]{3})")
_THING = re.compile(r" ([^\W\d_]{4,}(?:[ -][^\W\d_]{4,})?)")


class FieldAndText(LintRule):
    """A field of an entry (result, result records, blurbs, quotes …) with a figure that its own text has nowhere,
    though the text says another one of the same thing. What the text does not speak of, a field may say alone."""

    id = "field_and_text"
    severity = Severity.WARNING
    title = Words(zh="字段与正文数字不一", en="Field and text say different figures")
    remedy = Words(
        zh="核对哪个对，把字段和正文改成一致",
        en="settle which one is right, and make the field and the text agree",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        newest = {entry.entry_id: entry for entry in view.newest if not entry.expired(view.today)}
        for entry_id in sorted({*view.line, *newest}):
            told: set[tuple[str, str, str]] = set()
            line, last = view.line.get(entry_id), newest.get(entry_id)
            for entry in [e for e in (line, last if last is not line else None) if e is not None]:
                for pairs in _by_field(entry, view):
                    first, there = pairs[0]
                    key = (first.field, first.figure.quantity.text, there.quantity.text)
                    if key not in told:
                        told.add(key)
                        yield self._finding(entry, pairs)

    def _finding(self, entry: EntryVersion, pairs: Sequence[Pair]) -> LintFinding:
        said, there = pairs[0]
        old, new = _shown(said.figure), _shown(there)
        more_zh = "".join(f"；“{_shown(s.figure)}”对“{_shown(t)}”" for s, t in pairs[1:])
        more_en = "".join(f"; '{_shown(s.figure)}' and '{_shown(t)}'" for s, t in pairs[1:])
        return self.finding(
            f"字段 {said.path} 写“{old}”，正文写“{new}”{more_zh}",
            f"the field {said.path} says '{old}', the text '{new}'{more_en}",
            [whole(entry, said.path, said.words), *(at(entry, t.quantity.span) for _, t in pairs)],
        )


def _shown(figure: Figure) -> str:
    """The figure with its classifier: 4 次."""
    start, end = figure.quantity.span.start, figure.quantity.span.end
    text = figure.entry.text
    return text[start : text.index(figure.counter, end) + 1] if figure.counter else figure.quantity.text


def _by_field(entry: EntryVersion, view: LintView) -> list[list[Pair]]:
    """What is at odds, field by field."""
    ledger = FigureLedger.of(view)
    current = view.line.get(entry.entry_id) is entry
    # Headcount, revenue and the like of the current line: a contradiction, and told as one.
    missing = [
        said
        for said in (figures_missing(entry, view, ledger.subjects) if entry.fields else ())
        if said.in_prose or not (current and said.figure.concept)
    ]
    if not missing:
        return []
    there = list(figures_in_text(entry, view, ledger.subjects, dates=True))
    before = [view.reading(e) for e in view.versions[entry.entry_id] if e.version < entry.version]
    found: dict[str, list[Pair]] = defaultdict(list)
    for said in missing:
        free = [f for f in there if at_odds(said.figure, f) is Match.DIFFERENT and not _beside(f, said)]
        told = _edited(said, free, before, view.reading(entry)) or _told(said, free, ledger.measures)
        if told is not None:
            found[said.field].append((said, told))
    return list(found.values())


def _beside(figure: Figure, said: FieldFigure) -> bool:
    """True for a figure of the text that the field has, too."""
    return any(stands(figure.quantity, other, in_prose=said.in_prose) for other in said.beside)


# --- the sentence that was edited ------------------------------------------------------------------------------------


def _edited(said: FieldFigure, free: Sequence[Figure], before: Sequence[Reading], now: Reading) -> Figure | None:
    """The figure that stands where an earlier version of the text had the field's."""
    for reading in reversed(before) if free else ():
        for old in reading.sentences:
            for n, quantity in enumerate(old.quantities):
                if stands(said.figure.quantity, quantity, in_prose=said.in_prose):
                    for new in now.sentences:
                        if len(new.quantities) == len(old.quantities) and _reworked(old, new):
                            place = new.quantities[n].span
                            if found := next((f for f in free if f.quantity.span == place), None):
                                return found
    return None


def _reworked(old: Sentence, new: Sentence) -> bool:
    return SequenceMatcher(None, _bare(old), _bare(new), autojunk=False).ratio() >= REWORKED


def _bare(sentence: Sentence) -> str:
    """The sentence without its figures."""
    text, offset = sentence.text, sentence.span.start
    for quantity in reversed(sentence.quantities):
        text = text[: max(0, quantity.span.start - offset)] + text[max(0, quantity.span.end - offset) :]
    return text


# --- the same thing in other words -----------------------------------------------------------------------------------


def _told(said: FieldFigure, free: Sequence[Figure], measures: Measures) -> Figure | None:
    """The figure of the text that is most likely said of the same thing."""
    alike = [figure for figure in free if _same_frame(said.figure, figure)]
    if said.figure.concept:
        return alike[0] if alike else None
    if counted := _counted(said, alike):
        return counted
    if len(said.figure.words) < FEWEST.get(said.figure.language, 2):
        return _only_one(said.figure, alike)
    shares = [(measures.share_of(said.figure, figure), figure) for figure in alike]
    fit = [(share, figure) for share, figure in shares if _same_thing(said.figure, figure, share)]
    return max(fit, key=lambda pair: pair[0])[1] if fit else None


def _counted(said: FieldFigure, alike: Sequence[Figure]) -> Figure | None:
    """Of things that are counted (7 条产线, 7 production lines) the one count of the same things in the text."""
    thing = _thing(said.figure)
    if not thing or sum(_thing_at(said.words, q, said.figure.language) == thing for q in said.beside) != 1:
        return None
    same = [figure for figure in alike if _thing(figure) == thing]
    if len({figure.quantity.value for figure in same}) != 1:
        return None
    one, other = said.figure.quantity.value, same[0].quantity.value
    # Of 1.86 万台电梯 the text may well count 180 by themselves; what was corrected is of the same size.
    return same[0] if one and other and max(one, other) <= SAME_SIZE * min(one, other) else None


def _thing(figure: Figure) -> str:
    return _thing_at(figure.entry.text, figure.quantity, figure.language) if figure.in_text else ""


def _thing_at(text: str, quantity: Quantity, language: str) -> str:
    """What is counted, by the words behind the number; empty for a figure with a unit and for one without a noun."""
    if quantity.kind is not Kind.NUMBER or quantity.unit:
        return ""
    found = (_THING_ZH if language == "zh" else _THING).match(text, quantity.span.end)
    return fold(found[1]) if found else ""


def _only_one(said: Figure, alike: Sequence[Figure]) -> Figure | None:
    """Of a field of few words (降到 4 次): the one change of the text that ends in the same unit."""
    ends = [figure for figure in alike if said.role and figure.role == said.role]
    telling = bool(said.counter or said.quantity.unit)
    return ends[0] if telling and len({figure.quantity.value for figure in ends}) == 1 else None


def _same_frame(said: Figure, there: Figure) -> bool:
    """Same kind of figure, same unit or classifier, same side of a change, same product."""
    return (
        unit_of(said) == unit_of(there)
        and (said.counter == there.counter or not (said.counter and there.counter))
        and said.role == there.role
        and said.concept == there.concept
        and (said.product == there.product or not (said.product and there.product))
        and said.codes == there.codes
        and said.aim == there.aim
        and said.pilot == there.pilot
        and is_share(said.quantity) == is_share(there.quantity)
    )


def _same_thing(said: Figure, there: Figure, share: float) -> bool:
    partners = said.partner and there.partner and match_of(said.partner, there.partner) is Match.SAME
    if partners:
        return share >= SHARED_CHANGE
    enough = len(said.words & there.words) >= FEWEST.get(said.language, 2)
    return share >= SHARED and enough and said.words & RESTRICTING == there.words & RESTRICTING
