"""What is said twice: sentences in one text, a keyword, a model text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator

from assistant.checks.base import DraftCheck, DraftView
from assistant.checks.runs import pieces_of, without_quotes
from assistant.draft import Paragraph, Section
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.text import sentences
from knowledge.domain.words import Words
from knowledge.lexicon import KnownName, NameKind

RUN_LETTERS, RUN_WORDS = 25, 14
"""A run of this many characters or words does not come twice by chance."""
SENTENCE_LETTERS, SENTENCE_WORDS = 12, 6
"""Nor does a whole sentence from this length on."""
COPIED_LETTERS, COPIED_WORDS = 12, 8
"""The longest run that a rewritten text may share with its model (the templates' rule)."""

LIMITS = {"qa_answer": 2, "platform_titles": 4}
"""How often a template bears the name of a brand or product."""
CHANNEL_LIMITS = {"zhihu": 2, "baidu_zhidao": 2, "qa": 2, "search": 4, "seo": 4}
"""How often a channel does."""


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


class KeywordOveruse(DraftCheck):
    """A brand or product named more often than the template or channel bears: twice in an answer on a question
    platform, four times in titles and texts for search. Other texts may name it as they like."""

    id = "keyword_overuse"
    severity = Severity.WARNING
    title = Words(zh="关键词过密", en="Keyword named too often")

    def check(self, view: DraftView) -> Iterator[Finding]:
        limits = (LIMITS.get(view.draft.template), CHANNEL_LIMITS.get(view.standards.channel or ""))
        bearable = min((limit for limit in limits if limit is not None), default=None)
        if bearable is None:
            return
        counts: Counter[int] = Counter()
        for _, paragraph in view.draft.paragraphs():
            if paragraph.gap:
                continue
            for occurrence in view.standards.lexicon.spellings.find(fold(paragraph.text)):
                if not _is_keyword(occurrence.name):
                    continue
                counts[id(occurrence.name)] += 1
                if counts[id(occurrence.name)] == bearable + 1:
                    said = occurrence.span.of(paragraph.text)
                    yield self.finding(
                        Words(
                            zh=f"“{said}”在这里最多出现 {bearable} 次",
                            en=f"'{said}' may stand here {bearable} times at most",
                        ),
                        view.locale, paragraph.id, occurrence.span,
                    )  # fmt: skip


class CopiedRun(DraftCheck):
    """A rewritten text that shares more than 12 characters or 8 words in a row with the text it is modelled on.
    Quotations do not count."""

    id = "copied_run"
    severity = Severity.ERROR
    drafts_only = True
    title = Words(zh="与范文雷同", en="Copied from the model text")

    def check(self, view: DraftView) -> Iterator[Finding]:
        models = [evidence for evidence in view.draft.evidence if evidence.origin == "input"]
        if view.draft.template != "style_rewrite" or not models:
            return
        size = 1 + (COPIED_LETTERS if view.locale.counts_characters else COPIED_WORDS)
        known = {window for model in models for window in pieces_of(model.text, view.locale).windows(size)}
        for _, paragraph in view.draft.paragraphs():
            if paragraph.gap:
                continue
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
