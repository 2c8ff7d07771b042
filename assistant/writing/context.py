"""What every writer of a section needs: the brief, the evidence, the model, and where its calls are kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from assistant.brief import AUDIENCES, Brief
from assistant.checks.standards import Standards
from assistant.draft import Evidence, Paragraph, Repair, Section
from assistant.evidence import EvidenceBook
from assistant.gateway.port import LanguageModel, Message, ModelReply, ModelRequest, Source, Task, Usage
from assistant.readers import Reader
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from knowledge.library import Library
from knowledge.records import EntryVersion
from prompts.loader import LoadedTemplate
from prompts.rendering import fill
from prompts.section import Part, TemplateSection
from prompts.template import Template


@dataclass(frozen=True, slots=True)
class Call:
    """One answered request: kept with the draft, so that it can be told later how a text came to be."""

    section: str
    prompt_hash: str
    model: str
    seed: int
    usage: Usage

    def to_json(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "prompt_sha256": self.prompt_hash,
            "model": self.model,
            "seed": self.seed,
            "usage": self.usage.to_json(),
        }


class Stopped(Exception):
    """Somebody asked to stop the writing; what stands by then is kept."""


@dataclass(slots=True)
class Desk:
    """The desk at which one draft is written. `unsupported_at_first` counts figures that the model's first versions
    had and no source carried, or sentences that did not come back faithful: what repair and cutting took out.
    `sentences` and `verbatim` count what was put into other words, and what stands as the source has it; `used` are
    the sentences of the evidence that stand in the draft already, so that no section repeats another; `written` are the
    sections that are finished; `mended` is what a program put right or cut; `stopped` says whether to go on."""

    brief: Brief
    loaded: LoadedTemplate
    values: Mapping[str, str]
    book: EvidenceBook
    library: Library
    model: LanguageModel
    standards: Standards
    repairs: int
    rewrites: bool
    seed: int
    temperature: float
    reader: Reader = field(default_factory=Reader)
    calls: list[Call] = field(default_factory=list)
    unsupported_at_first: int = 0
    sentences: int = 0
    verbatim: int = 0
    written: dict[str, Section] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    mended: list[Repair] = field(default_factory=list)
    stopped: Callable[[], bool] = field(default=lambda: False)
    _paragraphs: int = 0

    @property
    def template(self) -> Template:
        return self.loaded.template

    @property
    def language(self) -> str:
        return self.brief.locale.split("-", 1)[0]

    @property
    def locale(self) -> Locale:
        """The locale of the draft as the company writes it: British dates where its style rules have them."""
        return self.standards.voice.written(Locale(self.brief.locale))

    @property
    def usage(self) -> Usage:
        total = Usage()
        for call in self.calls:
            total += call.usage
        return total

    def version(self, section: TemplateSection) -> str:
        """What keeps the versions of a template of alternatives apart in `used`: sections with the same `when` are one
        text, one without `when` is a text of its own. Empty for every other template."""
        if not self.template.alternatives:
            return ""
        return repr(sorted(section.when.items())) if section.when else section.id

    def words(self, words: Words) -> str:
        """The words in the draft's language, with the inputs filled in."""
        return fill(words.of(self.language), self.values).strip()

    def paragraph(self, text: str, citations: Sequence[str] = (), **more: Any) -> Paragraph:
        """A new paragraph with the next id."""
        self._paragraphs += 1
        return Paragraph(f"p{self._paragraphs}", text.strip(), tuple(dict.fromkeys(citations)), **more)

    def begin_after(self, number: int) -> None:
        """Number new paragraphs from here on: those up to `number` are in the draft already."""
        self._paragraphs = max(self._paragraphs, number)

    def gap(self, section: TemplateSection, **more: Any) -> Paragraph:
        """The section's gap: says what is missing, cites nothing."""
        return self.paragraph(self.words(section.gap), gap=True, by="program", **more)

    def quotes(self, entry: EntryVersion) -> list[dict[str, Any]]:
        """The entry's approved quotes that this brief may use; the speaker is left out where the alias must serve."""
        return self.library.gate(self.brief.scope()).quotes(entry)

    def ask(
        self,
        section: TemplateSection,
        evidence: Sequence[Evidence],
        schema: Mapping[str, Any],
        *,
        parts: Sequence[Part] = (),
        instruction: str | None = None,
        heading: str | None = None,
        facts: Sequence[str] = (),
        terms: Sequence[tuple[str, str]] = (),
        previous: str = "",
        findings: Sequence[str] = (),
        kind: str = "",
        temperature: float | None = None,
    ) -> Mapping[str, Any]:
        """The model's answer to the section's prompt (or the shared prompt `kind`), bound by `schema`; kept.

        Raises `Stopped` instead of asking once somebody wants to stop.
        """
        request = self.request(
            section, evidence, schema,
            parts=parts, instruction=instruction, heading=heading, facts=facts, terms=terms,
            previous=previous, findings=findings, kind=kind, temperature=temperature,
        )  # fmt: skip
        return self.send(section, request).data

    def request(
        self,
        section: TemplateSection,
        evidence: Sequence[Evidence],
        schema: Mapping[str, Any],
        *,
        parts: Sequence[Part] = (),
        instruction: str | None = None,
        heading: str | None = None,
        facts: Sequence[str] = (),
        terms: Sequence[tuple[str, str]] = (),
        previous: str = "",
        findings: Sequence[str] = (),
        kind: str = "",
        temperature: float | None = None,
        style: Sequence[str] = (),
    ) -> ModelRequest:
        """What `ask` sends. `style` are rules beside those of the company, which come last."""
        messages = self._messages(
            section, evidence, parts, instruction, heading, facts, terms, previous, findings, kind, style
        )
        longest = max((part.length.of(self.language).most for part in parts), default=None)
        return ModelRequest(
            messages=messages,
            schema=schema,
            max_tokens=_room(parts, evidence, self.locale),
            temperature=self.temperature if temperature is None else temperature,
            seed=self.seed,
            task=Task(
                section=section.id,
                locale=self.brief.locale,
                sources=tuple(Source(e.id, e.text) for e in evidence),
                query=self._query(section),
                max_length=longest,
            ),
        )

    def send(self, section: TemplateSection, request: ModelRequest) -> ModelReply:
        """The model's reply; the call is kept. Raises `Stopped` instead of asking once somebody wants to stop."""
        if self.stopped():
            raise Stopped
        reply = _without_fences(self.model.complete(request), request)
        digest = hashlib.sha256("\x00".join(m.content for m in request.messages).encode()).hexdigest()
        self.calls.append(Call(section.id, digest, reply.model or self.model.name, self.seed, reply.usage))
        return reply

    def _messages(
        self,
        section: TemplateSection,
        evidence: Sequence[Evidence],
        parts: Sequence[Part],
        instruction: str | None,
        heading: str | None,
        facts: Sequence[str],
        terms: Sequence[tuple[str, str]],
        previous: str,
        findings: Sequence[str],
        kind: str,
        style: Sequence[str],
    ) -> list[Message]:
        surface = "zh" if self.language == "zh" else "en"
        lengths = [(part, part.length.of(self.language)) for part in parts]
        voice = self.standards.voice
        documents = {i.name for i in self.template.inputs if i.type == "document"}
        sources = [{"id": e.id, "text": " ".join(e.text.split()) if kind in _OF_ONE_LINE else e.text} for e in evidence]
        values: dict[str, Any] = {
            "template": {"name": self.template.name.of(surface), "purpose": self.template.purpose.of(surface)},
            "language": self.locale.name(surface),
            "brief": {
                "reader": self.reader.words(surface),
                "audience": AUDIENCES[self.brief.audience].of(surface),
                "market": self.brief.market or "",
                "channel": self.brief.channel or "",
            },
            "inputs": {name: value for name, value in self.values.items() if name not in documents},
            "style": [*style, *(voice.wording if kind == "rewrite" else voice.rules)],
            "section": {
                "heading": heading or section.heading.of(surface) or section.id,
                "instruction": instruction or section.instruction.of(surface),
                "parts": [
                    {
                        "role": part.role,
                        "least": part.count.least,
                        "most": part.count.most,
                        "shortest": length.least,
                        "longest": length.most,
                    }
                    for part, length in lengths
                ],
            },
            "sources": sources,
            "fence": fence_for(source["text"] for source in sources),
            "facts": list(facts),
            "context": [
                {"heading": done.heading or done.id, "text": "\n".join(p.text for p in done.paragraphs if not p.gap)}
                for name in section.context
                if (done := self.written.get(name))
            ],
            "terms": [{"term": term, "form": form} for term, form in terms],
            "previous": previous,
            "findings": list(findings),
        }
        prompts = self.loaded.prompts
        return [
            Message("system", prompts.render("system", surface, values, kind)),
            Message("user", prompts.render("section", surface, values, kind)),
        ]

    def _query(self, section: TemplateSection) -> str:
        queries = [self.words(want.query) for want in section.evidence]
        return " ".join([section.heading.of(self.language), *queries]).strip()


_OF_ONE_LINE = ("rewrite", "headline", "retell")
"""Prompts in which a source has one line: a text without line breaks cannot pose as the next line of the prompt."""

_FENCE = re.compile(r"</?(?:s[0-9a-f]{6})>")


def fence_for(texts: Iterable[str]) -> str:
    """A mark to put around each of these texts, which none of them holds: so none can say that it ends before it does.

    The same for the same texts; who writes one cannot know it, and if he guesses it, it is another.
    """
    whole = "\x00".join(texts)
    marks = ("s" + hashlib.sha256(f"{number}\x00{whole}".encode()).hexdigest()[:6] for number in count())
    return next(mark for mark in marks if mark not in whole.casefold())


def _without_fences(reply: ModelReply, request: ModelRequest) -> ModelReply:
    """The reply without marks of the prompt that a small model copied along."""
    if not _FENCE.search(reply.text) or not any(_FENCE.search(message.content) for message in request.messages):
        return reply
    text = _FENCE.sub("", reply.text)
    return replace(reply, text=text, data=json.loads(_FENCE.sub("", json.dumps(reply.data, ensure_ascii=False))))


def _room(parts: Sequence[Part], evidence: Sequence[Evidence], locale: Locale) -> int:
    """Tokens that the reply may take: the longest allowed text and the JSON around it, with a third to spare."""
    if not parts:
        return 200 + 3 * sum(len(e.text) for e in evidence)
    per_unit = 1.1 if locale.counts_characters else 1.6
    text = sum(part.count.most * (part.length.of(locale.language).most * per_unit + 40) for part in parts)
    return int(60 + text * 1.35)
