"""Whether what a paragraph cites carries it, and whether what it says is carried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally
from evals.scorers.eyes import dates, names, quantities
from evals.scorers.eyes.pages import Page, Source, evidence, pages
from evals.scorers.eyes.texts import content, language_of, letters, sentences
from evals.subjects.port import Answer

SHARE = 0.3
"""A sentence rests on a passage that has this share of what it is about."""
LEAST_LETTERS = {"zh": 8, "ja": 8, "ko": 8}
RIGHT_ONES = 5


@dataclass(frozen=True, slots=True)
class Common:
    """What most passages of a draft have: it tells none of them from another."""

    pieces: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]


class Citations(Scorer):
    """By plain overlap, in the manner of ALCE (Gao et al. 2023) without its language model.

    A passage supports a sentence when they share a figure with its unit, a date, a name or a good part of the words
    (pairs of characters in Chinese) that not every passage of the draft has. Between two languages only figures, dates
    and names that look the same can be compared; where there are none, nothing is looked at. A sentence of a paragraph
    that cites nothing is not carried. Overlap is not entailment: a sentence that twists its passage is not seen here.
    """

    id = "citations"
    version = 1
    measures = (
        Measure("citation_precision", "citations whose passage has something specific of its paragraph", "higher"),
        Measure("citation_recall", "sentences that a cited passage supports", "higher"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored`: not a draft."""
        known = evidence(answer.document)
        common = _common(list(known.values()))
        precise: list[Shown] = []
        carried: list[Shown] = []
        for page in pages(answer.document):
            precise += _of_citations(page, known, common, case.locale)
            carried += _of_sentences(page, known, common, case.locale)
        found = {"citation_precision": precise, "citation_recall": carried}
        return {measure: _tally(shown) for measure, shown in found.items() if shown}


def supports(sentence: str, source: Source, common: Common, locale: str) -> bool | None:
    """True when the passage has something specific of the sentence; None when the two cannot be compared."""
    language = language_of(sentence, locale)
    telling = [each for each in quantities.said(sentence, language) if each.unit or max(each.values) > 12]
    read = quantities.known(source.text, source.language)
    if any(quantities.stands(each, read) and each.text not in common.figures for each in telling):
        return True
    days, known_days = dates.dates(sentence, language), dates.known_dates(source.text, source.language)
    if any(dates.stands(date, known_days) for date in days if date.month or date.quarter or date.half):
        return True
    called = [name for name in names.names(sentence) if name.text.casefold() not in common.names]
    if any(names.stands(name, source.text) for name in called):
        return True
    if language != source.language:
        return False if telling and read else None
    about, read_about = content(sentence), content(source.text)
    own = about - common.pieces
    if not own:
        return bool(about) and about <= read_about
    return len(own & read_about) >= SHARE * len(own) or letters(sentence) in letters(source.title)


def _of_citations(page: Page, known: Mapping[str, Source], common: Common, locale: str) -> list[Shown]:
    found = []
    for cited in dict.fromkeys(page.citations):
        if cited not in known:
            found.append(Shown(page.text, cited, "cites what is not among the evidence", True))
            continue
        views = [supports(each, known[cited], common, locale) for each in (*sentences(page.text), page.text)]
        if any(view is not None for view in views):
            right = any(views)
            found.append(Shown(page.text, known[cited].text[:600], "" if right else "nothing in common", not right))
    return found


def _of_sentences(page: Page, known: Mapping[str, Source], common: Common, locale: str) -> list[Shown]:
    sources = [known[cited] for cited in page.citations if cited in known]
    found = []
    for sentence in sentences(page.text):
        language = language_of(sentence, locale)
        if len(letters(sentence)) < LEAST_LETTERS.get(language, 16):
            continue
        views = [supports(sentence, source, common, locale) for source in sources]
        if not sources or any(view is not None for view in views):
            right = any(views)
            why = "" if right else "cites nothing" if not sources else "no cited passage has it"
            found.append(Shown(sentence, "\n".join(source.text for source in sources)[:900], why, not right))
    return found


def _common(sources: Sequence[Source]) -> Common:
    if len(sources) < 3:
        return Common(frozenset(), frozenset(), frozenset())
    said = [frozenset(each.text for each in quantities.said(s.text, s.language)) for s in sources]
    called = [frozenset(name.text.casefold() for name in names.names(source.text)) for source in sources]
    return Common(_frequent([content(source.text) for source in sources]), _frequent(called), _frequent(said))


def _frequent(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """What stands in more than half of them."""
    every: frozenset[str] = frozenset().union(*sets)
    return frozenset(piece for piece in every if sum(piece in each for each in sets) > len(sets) / 2)


def _tally(shown: Sequence[Shown]) -> Tally:
    wrong = [item for item in shown if item.wrong]
    right = [item for item in shown if not item.wrong][:RIGHT_ONES]
    return Tally(len(shown) - len(wrong), len(shown), (*wrong, *right))
