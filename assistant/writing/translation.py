"""`write: translate` — a given text, line by line, in another locale.

Protection, mending and checks are those of localization (`SegmentTranslator`); the words in which the model is asked
are the template's.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft import Evidence, Paragraph
from assistant.gateway.port import ModelReply, ModelRequest
from assistant.localization.asking import Item, request_for
from assistant.localization.checks.base import Pair
from assistant.localization.content import Content
from assistant.localization.protection.codes import with_codes
from assistant.localization.segment import Outcome, Segment, SegmentState
from assistant.localization.segmenting import joined, segments_of
from assistant.localization.told import reason_words
from assistant.localization.translating import Batch
from assistant.localization.translator import Requests, SegmentTranslator
from assistant.localization.unit import Unit
from assistant.writing.context import Desk
from assistant.writing.schema import text_schema
from knowledge.domain.locale import parse_locale
from knowledge.domain.words import Words
from prompts.locale_style import rules_for_pieces
from prompts.section import TemplateSection

_UNTRANSLATED = Words(zh="待翻译：", en="To be translated: ")


class TranslateSection:
    """Each line becomes one paragraph that cites it; a small model gets it sentence by sentence.

    A line for which nothing usable came back is a gap. One in which an error is left stands with it: the checks of the
    draft find it again, and a person decides.
    """

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        written = [self._line(section, desk, evidence) for evidence in desk.book.select(section)]
        return written or [desk.gap(section)]

    def _line(self, section: TemplateSection, desk: Desk, evidence: Evidence) -> Paragraph:
        if not desk.model.writes:
            return _gap(desk, evidence)
        unit = Unit(evidence.id, with_codes(Content.of(evidence.text)), prose=desk.rewrites)
        segments = segments_of([unit])
        source, target = parse_locale(evidence.locale), desk.locale
        translator = SegmentTranslator(
            desk.standards.words, repairs=desk.repairs, requests=_requests(section, desk, evidence)
        )
        done: dict[str, Outcome] = {}
        for segment in segments:
            batch = Batch([segment], source, target)
            done |= translator.translate(batch, _Sending(section, desk, segment, batch))
        failed = next((outcome for outcome in done.values() if outcome.state is SegmentState.FAILED), None)
        if failed is not None:
            return _gap(desk, evidence, failed.why)
        targets = {id_: outcome.target for id_, outcome in done.items() if outcome.target is not None}
        by = "model" if any(outcome.origin == "model" for outcome in done.values()) else "program"
        return desk.paragraph(str(joined(unit, segments, targets, source, target)), [evidence.id], by=by)


class _Sending:
    """Asks the model for a segment; the figures that its first answer lost or made up are counted."""

    def __init__(self, section: TemplateSection, desk: Desk, segment: Segment, batch: Batch) -> None:
        self._section, self._desk, self._segment, self._batch = section, desk, segment, batch
        self._first = True

    def __call__(self, request: ModelRequest) -> ModelReply:
        reply = self._desk.send(self._section, request)
        if self._first:
            self._first = False
            said = Content.of(str(reply.data.get("text", "")))
            figures = Pair(self._segment.source, said, self._batch.source, self._batch.target).facts.figures
            self._desk.unsupported_at_first += len(figures.missing) + len(figures.added)
        return reply


def _requests(section: TemplateSection, desk: Desk, evidence: Evidence) -> Requests:
    """One text is asked for in the template's words; several (the clauses of a sentence) in those for segments."""

    style = rules_for_pieces(desk.locale)

    def request(items: Sequence[Item], batch: Batch, temperature: float) -> ModelRequest:
        if len(items) != 1:
            return request_for(items, batch.source, batch.target, [*style, *desk.standards.voice.rules], temperature)
        [item] = items
        return desk.request(
            section, [Evidence(evidence.id, item.text, evidence.locale)], text_schema(),
            terms=tuple(item.terms.items()), previous=item.previous, findings=item.findings, temperature=temperature,
            style=style,
        )  # fmt: skip

    return request


def _gap(desk: Desk, evidence: Evidence, why: str = "") -> Paragraph:
    reason = reason_words(why).of(desk.language)
    told = (f"（{reason}）" if desk.language == "zh" else f" ({reason})") if why else ""
    return desk.paragraph(_UNTRANSLATED.of(desk.language) + evidence.text + told, gap=True, by="program")
