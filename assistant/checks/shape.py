"""The shape of a draft: its sections, lengths, language, and the figures it was asked to carry."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import DraftCheck, DraftView, Example, ParagraphCheck, ParagraphView
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from knowledge.domain.words import Words
from prompts.section import Part

FAR = 0.5
"""A length that is off by more than this share of the limit is an error, not a warning."""


class SectionMissing(DraftCheck):
    """A section of the template that is not there, or has neither text nor gap."""

    id = "section_missing"
    severity = Severity.ERROR
    drafts_only = True
    title = Words(zh="缺少一节", en="Section missing")

    def check(self, view: DraftView) -> Iterator[Finding]:
        if view.template is None:
            return
        there = {section.id for section in view.draft.sections if any(p.text for p in section.paragraphs)}
        for section in view.template.sections:
            optional = (
                section.optional
                or not section.wanted(view.draft.inputs)
                or (section.write == "brief" and not section.gap.zh)
            )
            if section.id not in there and not optional:
                name = section.heading
                yield self.finding(
                    Words(
                        zh=f"缺少“{name.zh or section.id}”一节", en=f"section '{name.en or section.id}' is missing"
                    ),
                    view.locale,
                )  # fmt: skip


class LengthOutOfRange(ParagraphCheck):
    """Shorter or longer than the template allows, in characters (zh) or words. An error when it is far off, or when the
    template holds that part to its length strictly."""

    id = "length_out_of_range"
    severity = Severity.WARNING
    drafts_only = True
    title = Words(zh="篇幅不合", en="Length out of range")
    repair = True

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        part = _part(view)
        if part is None or (view.paragraph.by == "program" and not part.strict):
            return
        limits = part.length.of(view.locale.language)
        size = length(view.text, view.locale)
        if limits.least <= size <= limits.most:
            return
        # How long a paragraph of their own is, people decide.
        far = view.paragraph.by != "person" and not limits.least * (1 - FAR) <= size <= limits.most * (1 + FAR)
        yield self.finding(
            Words(
                zh=f"这一段 {size} 字，要求 {limits.least}～{limits.most} 字",
                en=f"this has {size} words, {limits.least} to {limits.most} are asked for",
            ),
            view.locale, view.paragraph.id, severity=Severity.ERROR if far or part.strict else Severity.WARNING,
        )  # fmt: skip


class LanguageMismatch(ParagraphCheck):
    """Written in another language than the brief asks for. Names and figures alone are in any language."""

    id = "language_mismatch"
    severity = Severity.ERROR
    drafts_only = True
    title = Words(zh="语言不符", en="Wrong language")
    repair = True
    examples = (
        Example("The platform went live in March and serves plants.", "", found=True),
        Example("平台在三月上线。", "", found=True, locale="en"),
        Example("平台在三月上线，型号 R200。", "", found=False),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        found = detect_language(view.text)
        if found is not None and found != view.locale.language and view.paragraph.by != "program":
            asked = view.locale
            yield self.finding(
                Words(
                    zh=f"这一段不是{asked.name('zh')}，请用{asked.name('zh')}写",
                    en=f"this is not in {asked.name()}; write it in {asked.name()}",
                ),
                view.locale, view.paragraph.id,
            )  # fmt: skip


def _part(view: ParagraphView) -> Part | None:
    """The part of the template's section that a paragraph fills."""
    parts = view.section.parts if view.section else ()
    return next((part for part in parts if part.role == view.paragraph.role), None)
