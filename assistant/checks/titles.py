"""Titles: how long they are, punctuation in a subject line, and titles of works that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Self

from pydantic import Field, model_validator

from assistant.checks.base import DraftView, Example
from assistant.checks.platforms import Platform, platform
from assistant.checks.rules import NoParameters, RuleCheck
from assistant.checks.runs import pieces_of
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.locale import Locale
from knowledge.domain.text import length
from knowledge.domain.words import Record, Words
from prompts.template import Rule

TITLE_ROLES = ("title", "subtitle")


class TitleLimit(Record):
    """A platform of `platforms.yaml`, or a limit of the template's own: characters for zh, words for en."""

    platform: str = ""
    zh: int | None = Field(default=None, ge=1)
    en: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if bool(self.platform) == bool(self.zh or self.en):
            raise ValueError("say 'platform', or 'zh' and 'en'")
        return self


class TitleLength(RuleCheck[TitleLimit]):
    """A title that is longer than its platform takes, or than the template allows. Limits of platforms are dated data
    with their source.

    An error where the platform itself publishes the limit; a warning where others report it, where sources differ, and
    for the template's own limit. A platform without a dated limit, or one that is not known, is said to be unchecked.
    """

    id = "title_length"
    severity = Severity.ERROR
    title = Words(zh="标题过长", en="Title too long")
    parameters = TitleLimit
    examples = (
        Example("小厂也能 23 天接完 312 台老设备，不换一台机器", "", found=True, rule={"platform": "xiaohongshu"}),
        Example("312 台老设备，23 天全部接完", "", found=False, rule={"platform": "xiaohongshu"}),
        Example("How one plant connected 312 old machines in 23 days", "", False, "en", rule={"platform": "youtube"}),
        Example("A headline of seven words or more", "", True, "en", rule={"zh": 20, "en": 6}),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: TitleLimit
    ) -> Iterator[Finding]:
        if rule.section is None and rule.role is None:
            paragraphs = [p for p in paragraphs if p.role in TITLE_ROLES]
        if parameters.platform:
            yield from self._on_platform(view, paragraphs, parameters.platform)
            return
        most = parameters.zh if view.locale.counts_characters else parameters.en
        for paragraph in paragraphs:
            size = length(paragraph.text, view.locale)
            if most is not None and size > most:
                yield self.finding(
                    Words(zh=f"标题 {size} 字，最多 {most} 字；缩短", en=f"{size} words, at most {most}; shorten it"),
                    view.locale, paragraph.id, severity=Severity.WARNING,
                )  # fmt: skip

    def _on_platform(self, view: DraftView, paragraphs: Sequence[Paragraph], name: str) -> Iterator[Finding]:
        known = platform(name)
        if known is None or known.most is None:
            called = known.names if known else Words(zh=name, en=name)
            why = Words(zh=f"：{known.source.zh}", en=f": {known.source.en}") if known else Words(zh="", en="")
            if paragraphs:
                yield self.finding(
                    Words(
                        zh=f"未检查：没有“{called.zh}”标题长度的有日期的规定{why.zh}；发布前在平台上核对",
                        en=f"unchecked: no dated limit for {called.en}{why.en}; look it up before publishing",
                    ),
                    view.locale, paragraphs[0].id, severity=Severity.INFO,
                )  # fmt: skip
            return
        for paragraph in paragraphs:
            finding = self._too_long(view, paragraph, known)
            if finding:
                yield finding

    def _too_long(self, view: DraftView, paragraph: Paragraph, known: Platform) -> Finding | None:
        size, most, careful = known.size(paragraph.text), known.most, known.caution
        assert most is not None
        if size <= (careful or most):
            return None
        over = size > most
        limit = most if over or careful is None else careful
        said = Words(
            zh=f"标题长 {size}，{known.names.zh}{'上限' if over else '按较严的说法上限'} {limit}",
            en=f"{size} long, {known.names.en} takes {limit}{'' if over else ' by the stricter of two sources'}",
        )
        return self.finding(
            Words(
                zh=f"{said.zh}（{known.as_of}，{known.source.zh}）；缩短",
                en=f"{said.en} ({known.as_of}; {known.source.en}); shorten it",
            ),
            view.locale, paragraph.id,
            severity=Severity.ERROR if over and known.official else Severity.WARNING if over else Severity.INFO,
        )  # fmt: skip


_PUNCTUATION = re.compile(
    r"[。！？!?；;…、“”\"‘「」『』《》〈〉【】\[\]（）()｡]"
    r"|[,，](?!\d)|(?<!\d)[,，]|[:：](?!\d)|(?<!\d)[:：]|\.(?=\s|$)|(?<=\s)['’]|(?:^|\s)[-–—]+(?=\s|$)|[—–]{2}"
)


class SubjectPunctuation(RuleCheck[NoParameters]):
    """Punctuation in the subject of a mail. What belongs to a word or a figure stays: hyphens, decimal points, %, &,
    apostrophes, 24/7."""

    id = "subject_punctuation"
    severity = Severity.WARNING
    title = Words(zh="主题含标点", en="Punctuation in the subject")
    examples = (
        Example("停机少一半，怎么做到的？", "", found=True),
        Example("注塑车间 23 天接完 312 台老设备", "", found=False),
        Example("Less downtime: how one plant did it", "", True, "en"),
        Example("312 machines on-line in 23 days with 0.5% downtime", "", False, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        for paragraph in paragraphs:
            found = _PUNCTUATION.search(paragraph.text)
            if found:
                without = re.sub(r"\s{2,}", " ", _PUNCTUATION.sub(" ", paragraph.text)).strip()
                yield self.finding(
                    Words(
                        zh=f"主题里不用标点“{found.group().strip()}”；改成“{without}”",
                        en=f"no punctuation in a subject ('{found.group().strip()}'); write '{without}'",
                    ),
                    view.locale, paragraph.id, Span(*found.span()),
                )  # fmt: skip


_BOOK_MARKS = re.compile(r"《(?P<title>[^《》\n]{2,80})》")
_WORK = r"(?:report|white ?paper|study|book|survey|guide|handbook|yearbook|outlook|monograph|textbook)s?"
_QUOTED = r"[“\"「『](?P<{}>[^“”\"「」『』\n]{{2,120}})[”\"」』]"
_QUOTED_WORKS = (
    re.compile(rf"\b{_WORK}\b[^.!?\n“\"]{{0,24}}{_QUOTED.format('title')}", re.IGNORECASE),
    re.compile(rf"{_QUOTED.format('title')}[^.!?\n“\"]{{0,12}}\b{_WORK}\b", re.IGNORECASE),
    re.compile(rf"(?:报告|白皮书|蓝皮书|专著|书籍|一书|手册|年鉴)[^。！？\n“「]{{0,6}}{_QUOTED.format('title')}"),
    re.compile(rf"{_QUOTED.format('title')}(?:一书|这?[本份]|的?(?:研究|行业|年度|调查)?(?:报告|白皮书|蓝皮书|专著))"),
)
_OPEN = re.compile(r"待查|待找|待补充|待确认|to be (?:found|supplied|confirmed|named)|\bTBC\b|\bTBD\b", re.IGNORECASE)
_LAW = re.compile(r"(?:法|条例|规定|办法|规则|通知|标准|公约|规范)(?:（[^）]{1,12}）)?$")


class InventedTitle(RuleCheck[NoParameters]):
    """A title of a report or a book that no cited source has: in 《》, or in quotation marks beside a word for such a
    work. One that another source of the draft has, and the name of a law or standard, is a warning. A title that is
    marked "to be found" is left alone."""

    id = "invented_title"
    severity = Severity.ERROR
    title = Words(zh="查无此书名", en="Title of a work that no source has")
    examples = (
        Example("可读《设备联网白皮书》。", "2026 年发布《设备联网白皮书》。", found=False),
        Example("可读《未来工厂十讲》。", "2026 年发布《设备联网白皮书》。", found=True),
        Example("报告“压缩空气能耗”：待查。", "2026 年发布《设备联网白皮书》。", found=False),
        Example('Read the report "Machines that talk".', "The book Machines at Work came out in 2025.", True, "en"),
        Example('Read the book "Machines at Work".', "The book Machines at Work came out in 2025.", False, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        for paragraph in paragraphs:
            cited = [f"{e.title}\n{e.text}" for e in view.draft.cited(paragraph)]
            others = [f"{e.title}\n{e.text}" for e in view.draft.evidence]
            for span in _works(paragraph.text):
                name = span.of(paragraph.text)
                if _OPEN.search(paragraph.text) or _stands(name, cited, view.locale):
                    continue
                elsewhere = _stands(name, others, view.locale)
                advice = (
                    Words(zh="补上那条资料的编号", en="cite that source")
                    if elsewhere
                    else Words(zh="删去，或注明“待查”", en="leave it out, or mark it 'to be found'")
                )
                yield self.finding(
                    Words(
                        zh=f"引用的资料里没有《{name}》；{advice.zh}",
                        en=f"no cited source has the title '{name}'; {advice.en}",
                    ),
                    view.locale, paragraph.id, span,
                    severity=Severity.WARNING if elsewhere or _LAW.search(name) else None,
                )  # fmt: skip


def _works(text: str) -> list[Span]:
    """Where the titles of works stand, without their marks, each once."""
    found = {m.span("title") for pattern in (_BOOK_MARKS, *_QUOTED_WORKS) for m in pattern.finditer(text)}
    return [Span(*span) for span in sorted(found)]


def _stands(title: str, texts: Sequence[str], locale: Locale) -> bool:
    """True when a text has the words of the title in a row; punctuation and width do not count."""
    words = "".join(pieces_of(title, locale).texts)
    return any(words in "".join(pieces_of(text, locale).texts) for text in texts)
