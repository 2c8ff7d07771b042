"""What is said twice: sentences in one text, a keyword, a model text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import cast

from pydantic import Field

from assistant.checks.base import DraftCheck, DraftView
from assistant.checks.rules import RuleCheck, given_text, paragraphs_of, parameters_of, rules_for
from assistant.checks.runs import pieces_of, without_quotes
from assistant.draft import Paragraph, Section
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.text import sentences
from knowledge.domain.words import Record, Words
from knowledge.lexicon import KnownName, NameKind
from prompts.template import Rule

RUN_LETTERS, RUN_WORDS = 25, 14
"""A run of this many characters or words does not come twice by chance."""
SENTENCE_LETTERS, SENTENCE_WORDS = 12, 6
"""Nor does a whole sentence from this length on."""

CHANNEL_LIMITS = {"zhihu": 2, "baidu_zhidao": 2, "qa": 2, "search": 4, "seo": 4}
"""How often a channel bears the name of a brand or product."""


class RepeatedText(DraftCheck):
    """The same sentence twice in one text, or the same run of 25 characters or 14 words. Titles, table cells and
    quotations may repeat what the text says, and so may versions of one text that each stand alone."""

    id = "repeated_text"
    severity = Severity.WARNING
    title = Words(zh="重复的文字", en="Repeated text")

    def check(self, view: DraftView) -> Iterator[Finding]:
        by_letter = view.locale.counts_characters
        size = RUN_LETTERS if by_letter else RUN_WORDS
        least = SENTENCE_LETTERS if by_letter else SENTENCE_WORDS
        said: set[Hashable] = set()
        runs: set[Hashable] = set()
        alone = view.template is not None and view.template.alternatives
        here = ""
        for section, paragraph in _running_text(view):
            if alone and section.id != here:
                said.clear()
                runs.clear()
            here = section.id
            text = without_quotes(paragraph.text)
            for sentence in sentences(text):
                pieces = pieces_of(sentence.of(text), view.locale)
                if len(pieces) < least:
                    continue
                again = [Span(0, sentence.end - sentence.start)] if pieces.texts in said else pieces.shared(runs, size)
                for span in again:
                    yield self._twice(view, paragraph, Span(sentence.start + span.start, sentence.start + span.end))
                said.add(pieces.texts)
                runs.update(pieces.windows(size))

    def _twice(self, view: DraftView, paragraph: Paragraph, span: Span) -> Finding:
        return self.finding(
            Words(zh="这段话前面已经有了；删去一处", en="this stands above already; say it once"),
            view.locale, paragraph.id, span,
        )  # fmt: skip


class KeywordLimit(Record):
    """How often a brand or product may be named."""

    most: int = Field(ge=1)


class KeywordOveruse(DraftCheck):
    """A brand or product named more often than the template's rule or the channel bears: twice on a question platform,
    four times in texts for search. Other texts may name it as they like."""

    id = "keyword_overuse"
    severity = Severity.WARNING
    title = Words(zh="关键词过密", en="Keyword named too often")
    parameters = KeywordLimit

    def check(self, view: DraftView) -> Iterator[Finding]:
        rules = [(rule, cast(KeywordLimit, parameters_of(type(self), rule))) for rule in rules_for(view, self.id)]
        whole = [limit.most for rule, limit in rules if rule.section is None and rule.role is None]
        channel = CHANNEL_LIMITS.get(view.standards.channel or "")
        bearable = min([*whole, *([channel] if channel else [])], default=None)
        if bearable is not None:
            texts = [paragraph for _, paragraph in view.draft.paragraphs() if not paragraph.gap]
            yield from self._counted(view, texts, bearable)
        for rule, limit in rules:
            if rule.section is not None or rule.role is not None:
                yield from self._counted(view, paragraphs_of(view, rule), limit.most)

    def _counted(self, view: DraftView, texts: Sequence[Paragraph], bearable: int) -> Iterator[Finding]:
        counts: Counter[int] = Counter()
        for paragraph in texts:
            for occurrence in view.standards.lexicon.spellings.find(fold(paragraph.text)):
                if not _is_keyword(occurrence.name):
                    continue
                counts[id(occurrence.name)] += 1
                if counts[id(occurrence.name)] == bearable + 1:
                    said = occurrence.span.of(paragraph.text)
                    yield self.finding(
                        Words(
                            zh=f"“{said}”在这里最多出现 {bearable} 次；多出的换成“它”或产品类别",
                            en=f"'{said}' may stand here {bearable} times at most; say 'it' or the kind of product",
                        ),
                        view.locale, paragraph.id, occurrence.span,
                    )  # fmt: skip


class Copied(Record):
    """The input that gives the model text, and the longest run that may be shared with it."""

    input: str
    letters: int = Field(default=12, ge=4)
    words: int = Field(default=8, ge=3)


class CopiedRun(RuleCheck[Copied]):
    """A rewritten text that shares more than 12 characters or 8 words in a row with the text it is modelled on.
    Quotations do not count."""

    id = "copied_run"
    severity = Severity.ERROR
    title = Words(zh="与范文雷同", en="Copied from the model text")
    parameters = Copied
    inputs = ("input",)

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: Copied
    ) -> Iterator[Finding]:
        model = given_text(view, parameters.input)
        size = 1 + (parameters.letters if view.locale.counts_characters else parameters.words)
        known = set(pieces_of(model, view.locale).windows(size))
        for paragraph in paragraphs if known else ():
            text = without_quotes(paragraph.text)
            for line in sentences(text):
                for shared in pieces_of(line.of(text), view.locale).shared(known, size):
                    span = Span(line.start + shared.start, line.start + shared.end)
                    yield self.finding(
                        Words(
                            zh=f"“{span.of(paragraph.text)}”照抄了范文；换一种说法",
                            en=f"'{span.of(paragraph.text)}' is copied from the model text; say it in other words",
                        ),
                        view.locale, paragraph.id, span,
                    )  # fmt: skip


def _running_text(view: DraftView) -> Iterator[tuple[Section, Paragraph]]:
    for section, paragraph in view.draft.paragraphs():
        if not paragraph.gap and paragraph.cell is None and paragraph.role not in ("title", "subtitle", "quote"):
            yield section, paragraph


def _is_keyword(name: KnownName) -> bool:
    return name.kind is NameKind.PRODUCT or (name.kind is NameKind.ORGANISATION and name.own)
