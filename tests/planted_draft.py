"""A draft of the sample library with faults put into it on purpose, so that every verdict has something to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.brief import Brief
from assistant.draft import Draft, Paragraph
from assistant.workspace import Workspace
from knowledge.records import Audience

AUTHOR = "林晓"
GAP = {
    "zh-CN": "待补充：客户方项目负责人的一句话评价",
    "en": "To be supplied: a sentence of the customer's project lead",
}

_CASES = {"zh-CN": "case-elevator", "en": "case-elevator-en"}
_FAULTS: Mapping[str, Mapping[str, str]] = {
    "zh-CN": {
        "降至 38 分钟，困人": "降至 83 分钟，困人",
        "降至 16 分钟": "降至约 16 分钟",
        "没有增加班次": "没有增加班次，是全国领先的维保集团",
        "招人越来越慢": "客户满意度提升 45%，招人越来越慢",
    },
    "en": {"to 38 minutes": "to 83 minutes", "12%": "about 12%"},
}


def sound(workspace: Workspace, locale: str = "zh-CN", by: str = AUTHOR) -> Draft:
    """A success story in the words of approved entries: nothing to mend."""
    brief = Brief("success_story", {"case": _CASES[locale]}, locale, None, None, Audience.PUBLIC)
    return workspace.draft(brief, by=by)


def planted(workspace: Workspace, locale: str = "zh-CN", *, gap: bool = False) -> Draft:
    """The same with wrong figures, a changed qualifier, an unproven superlative, and (`gap`) a fill-in for the quote."""

    def faulty(paragraph: Paragraph) -> Paragraph:
        if gap and paragraph.role == "quote":
            return replace(paragraph, text=GAP[locale], gap=True, citations=())
        text = paragraph.text
        for right, wrong in _FAULTS[locale].items():
            if paragraph.role == "text":
                text = text.replace(right, wrong)
        return replace(paragraph, text=text)

    return changed(workspace, sound(workspace, locale), faulty)


def changed(workspace: Workspace, draft: Draft, change: object) -> Draft:
    """The draft with every paragraph put through `change`, kept and checked again."""
    assert callable(change)
    sections = tuple(replace(s, paragraphs=tuple(change(p) for p in s.paragraphs)) for s in draft.sections)
    brief = workspace.drafts.brief(draft.id)
    kept = workspace.keep_version(replace(draft, sections=sections), brief, after=draft.version, by=AUTHOR)
    return workspace.recheck(kept.id, by=AUTHOR)


def paragraph_with(draft: Draft, words: str) -> Paragraph:
    """The first paragraph in which these words stand."""
    return next(paragraph for _, paragraph in draft.paragraphs() if words in paragraph.text)
