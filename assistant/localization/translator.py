"""`SegmentTranslator`: prepares, asks, checks, mends by program, asks again, and holds back what still fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.gateway.port import ModelRequest
from assistant.localization.asking import Item, held_to, request_for, said_back, texts_in
from assistant.localization.checks.base import Pair, SegmentFinding
from assistant.localization.checks.facts import Reading
from assistant.localization.checks.names import letter_by_letter
from assistant.localization.checks.registry import BY_ID, check_pair
from assistant.localization.clauses import clauses, joined
from assistant.localization.content import Content
from assistant.localization.leftovers import filled, left_over
from assistant.localization.lexicon import Known, Lexicon
from assistant.localization.mending import mended
from assistant.localization.protection.codes import with_codes
from assistant.localization.protection.prepared import Prepared, prepare
from assistant.localization.protection.tokens import Shown, TokenStyle, read_tokens, show
from assistant.localization.scripts import reply_pattern
from assistant.localization.segment import Outcome, Segment, SegmentState
from assistant.localization.tagging import lost_pairs, wrapped
from assistant.localization.translating import Ask, Batch
from knowledge.domain.errors import BadReply
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale

TEMPERATURES = (0.0, 0.3, 0.6, 0.9)
"""Of the tries: the first is the most even, later ones look elsewhere."""

REPEATS = "the reply repeats the instruction"

Rules = Callable[[Locale], Sequence[str]]
"""The style rules of a locale, for the model."""

Requests = Callable[[Sequence[Item], Batch, float], ModelRequest]
"""How some texts of a batch are asked for, at a temperature."""


@dataclass(slots=True)
class _Work:
    """A segment on its way: what the model is shown, and the best that came back so far."""

    segment: Segment
    source: Content
    known: Known
    prepared: Prepared
    shown: Shown
    best: Content | None = None
    findings: tuple[Finding, ...] = ()
    trouble: str = ""
    tries: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def done(self) -> bool:
        return self.best is not None and not self.errors


class SegmentTranslator:
    """See `BatchTranslator`. `repairs` is how often a segment with errors goes back to the model, each time alone;
    `requests` asks in other words than the shared prompt for segments, and knows its own rules; `plain`: see
    `writes_plainly`."""

    def __init__(
        self,
        lexicon: Lexicon,
        *,
        style: TokenStyle = TokenStyle.NAMED,
        repairs: int = 2,
        rules: Rules | None = None,
        requests: Requests | None = None,
        plain: bool = False,
    ) -> None:
        self._lexicon, self._style, self._repairs, self._rules = lexicon, style, repairs, rules or _no_rules
        self._request, self._plain = requests or self._shared_request, plain

    def translate(self, batch: Batch, ask: Ask) -> dict[str, Outcome]:
        """An outcome for each segment; see the port for what is raised."""
        works = [self._work(segment, batch) for segment in batch.segments]
        self._ask([work for work in works if not self._by_program(work, batch)], batch, ask, 0.0)
        for number in range(1, self._repairs + 1):
            temperature = TEMPERATURES[min(number, len(TEMPERATURES) - 1)]
            for work in works:
                if not work.done:
                    self._ask([work], batch, ask, temperature)
        for work in works if self._repairs else ():
            if not work.done:
                self._by_tags(work, batch, ask)
            if not work.done:
                self._by_words(work, batch, ask)
            if not work.done:
                self._by_clauses(work, batch, ask)
        return {work.segment.id: _outcome(work) for work in works}

    def _work(self, segment: Segment, batch: Batch) -> _Work:
        source = with_codes(segment.source)
        known = self._lexicon.known(Reading(source, batch.source).text, batch.source, batch.target)
        prepared = prepare(source, batch.source, batch.target, known.names, known.term_forms)
        return _Work(segment, source, known, prepared, show(prepared.content, self._style))

    def _by_program(self, work: _Work, batch: Batch) -> bool:
        """Whether nothing but placed forms and codes is there: then it is translated already."""
        rest = "".join(piece for piece in work.prepared.content.pieces if isinstance(piece, str))
        for placed in work.prepared.placed:
            rest = rest.replace(placed.form, "", 1)
        if any(letter.isalpha() for letter in rest):
            return False
        self._take(work, work.prepared.content, batch)
        return work.done

    def _ask(self, works: Sequence[_Work], batch: Batch, ask: Ask, temperature: float) -> None:
        """One call for all of them; halves when the reply was too long for it."""
        if not works:
            return
        renamed = len(works) == 1 and self._show_otherwise(works[0], batch)
        pattern = _pattern(works[0], batch) if len(works) == 1 else None
        mends = pattern is None and not renamed and not self._plain
        items = [_item(str(number), work, batch, mends) for number, work in enumerate(works, start=1)]
        request = self._request(items, batch, temperature)
        request = held_to(request, pattern) if pattern else request
        try:
            reply = ask(request)
        except BadReply as error:
            if len(works) > 1:
                half = len(works) // 2
                self._ask(works[:half], batch, ask, temperature)
                self._ask(works[half:], batch, ask, temperature)
                return
            works[0].trouble, works[0].tries = str(error), works[0].tries + 1
            return
        texts = texts_in(reply, items)
        for item, work in zip(items, works, strict=True):
            work.tries += 1
            text = texts.get(item.id)
            if text is None:
                work.trouble = work.trouble or "the reply lacks this segment"
                continue
            if said_back(text, request, items):
                work.trouble = work.trouble or REPEATS
                continue
            work.said.append(text)
            self._take(work, read_tokens(text, work.shown), batch)

    def _show_otherwise(self, work: _Work, batch: Batch) -> bool:
        """After a lost placeholder a count is shown as a number; after a name in a made-up form, lost ones are shown
        as tokens; after a text that was given back, those without a form are: it may then have no Han at all. True when
        names are: the last try, which has them, would be copied."""
        broken = {finding.check for finding in work.errors}
        counted, said = "placeholder_broken" in broken, str(work.best)
        names: list[str] = []
        if "name_changed" in broken:
            forms = [form or name for name, form in work.known.names.items()]
            stay = letter_by_letter(Reading(work.prepared.content, batch.source))
            names = [name for name in dict.fromkeys([*forms, *stay]) if name not in said]
        elif broken & _LEFT:
            names = [name for name, form in work.known.names.items() if not form]
        if counted or names:
            work.shown = show(work.prepared.content, self._style, counted=counted, names=names)
        return bool(names)

    def _by_tags(self, work: _Work, batch: Batch, ask: Ask) -> None:
        """The words between lost tags on their own, in one call: where the sentence says them so, they are marked."""
        target = work.best
        if target is None or any(finding.check != "tag_broken" for finding in work.errors):
            return
        pairs = list(lost_pairs(work.prepared.content, target))
        items = [Item(str(number), pair.words, terms=_terms(work)) for number, pair in enumerate(pairs, start=1)]
        texts = self._parts(items, work, batch, ask)
        for item, pair in zip(items, pairs, strict=True):
            target = wrapped(target, pair, texts.get(item.id, ""))
        if target != work.best:
            self._take(work, target, batch)

    def _by_words(self, work: _Work, batch: Batch, ask: Ask) -> None:
        """The words that stayed in the source's script, each on its own with the sentence beside it."""
        target = work.best
        if target is None or any(finding.check not in _LEFT for finding in work.errors):
            return
        text = Reading(work.source, batch.source).text
        for word in left_over(text, target, batch.target):
            texts = self._parts([Item("1", word, text, _terms(work), is_note=True)], work, batch, ask)
            target = filled(target, word, texts["1"]) if texts else target
        if target != work.best:
            self._take(work, target, batch)

    def _parts(self, items: Sequence[Item], work: _Work, batch: Batch, ask: Ask) -> dict[str, str]:
        """The translations of parts of a segment, by item; without those that cannot be used."""
        if not items:
            return {}
        work.tries += 1
        request = self._request(items, batch, 0.0)
        try:
            texts = texts_in(ask(request), items)
        except BadReply as error:
            work.trouble = work.trouble or str(error)
            return {}
        return {id_: text for id_, text in texts.items() if not said_back(text, request, items)}

    def _by_clauses(self, work: _Work, batch: Batch, ask: Ask) -> None:
        """The sentence clause by clause, in one call: what is lost in a long sentence is kept in a short one."""
        parts = clauses(work.prepared.content, batch.source)
        if len(parts) < 2 and not parts[0].peeled:
            return
        shown = {str(number): show(part.content, self._style) for number, part in enumerate(parts, start=1)}
        said = [number for number, part in zip(shown, parts, strict=True) if part.content.says_something]
        items = [Item(number, shown[number].text, terms=_terms(work)) for number in said]
        texts = self._parts(items, work, batch, ask)
        if len(texts) == len(items):
            whole = [read_tokens(texts.get(number, one.text), one) for number, one in shown.items()]
            self._take(work, joined(whole, parts, batch.target), batch)

    def _shared_request(self, items: Sequence[Item], batch: Batch, temperature: float) -> ModelRequest:
        rules = self._rules(batch.target)
        return request_for(items, batch.source, batch.target, rules, temperature, plain=self._plain)

    def _take(self, work: _Work, target: Content, batch: Batch) -> None:
        """Mend what a program can, check, and keep it when it is better than what there was."""
        pair = Pair(
            work.source,
            target,
            batch.source,
            batch.target,
            work.known.terms,
            work.known.names,
            work.segment.max_length,
            work.segment.plural,
            work.known.culture,
        )
        pair = mended(pair, work.prepared)
        findings = tuple(check_pair(pair))
        if work.best is None or _weight(findings) < _weight(work.findings):
            work.best, work.findings = pair.target, findings


def _item(id_: str, work: _Work, batch: Batch, mends: bool) -> Item:
    """`mends`: the last try is shown with what is wrong with it. One held to a pattern, or with names as tokens, starts
    anew; so does a small model, which copies the try or the complaint."""
    examples = [(one.source, one.target) for one in batch.examples.get(work.segment.id, ())]
    previous = work.said[-1] if work.said and mends else ""
    return Item(
        id_,
        work.shown.text,
        work.segment.note or work.segment.context,
        _terms(work),
        examples,
        previous,
        _complaints(work, "zh" if batch.target.language == "zh" else "en") if previous else (),
        is_note=bool(work.segment.note),
    )


def _terms(work: _Work) -> dict[str, str]:
    return {term: form for term, form in work.known.term_forms.items() if form and form != term}


def _complaints(work: _Work, language: str) -> list[str]:
    """What the model is told of its last try, and the forms that must stand in the next one."""
    told = list(dict.fromkeys(f"{BY_ID[one.check].instruction} ({_in_words(one, language)})" for one in work.errors))
    for token, code in work.shown.tokens:  # the model knows a code by its token
        told = [line.replace(code.text, token) for line in told]
    missing = [form for form in work.prepared.figures if form not in work.said[-1]]
    if missing:
        told.append("These must stand in it as they are: " + "; ".join(missing))
    return told


_LEFT = frozenset({"untranslated", "partly_translated", "wrong_language"})


def _pattern(work: _Work, batch: Batch) -> str | None:
    """The script of the target, where the last try stayed in that of the source."""
    if not any(finding.check in _LEFT for finding in work.errors):
        return None
    kept = "".join(token for token, _ in work.shown.tokens) + "".join(one.form for one in work.prepared.placed)
    return reply_pattern(batch.source, batch.target, work.shown.text, kept)


def _in_words(finding: Finding, language: str) -> str:
    return finding.words.of(language) if isinstance(finding, SegmentFinding) else finding.message


def _weight(findings: Sequence[Finding]) -> tuple[int, int]:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return errors, len(findings)


def _outcome(work: _Work) -> Outcome:
    if work.best is None:
        return Outcome(SegmentState.FAILED, why=work.trouble or "no translation came back", tries=work.tries)
    if work.errors:
        why = work.errors[0].message
        return Outcome(SegmentState.NEEDS_REVIEW, work.best, work.findings, why, tries=work.tries)
    origin = "model" if work.tries else "program"
    return Outcome(SegmentState.TRANSLATED, work.best, work.findings, origin=origin, tries=work.tries)


def _no_rules(_: Locale) -> Sequence[str]:
    return ()
