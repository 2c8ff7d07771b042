"""Content plans: whether stage and format of a line fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.checks.base import DraftView, Example
from assistant.checks.forms import fields_in
from assistant.checks.rule_words import rule_words
from assistant.checks.rules import NoParameters, RuleCheck, part_of
from assistant.draft import Paragraph
from assistant.writing.plans.journey import STAGES
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words
from prompts.template import Rule

_BETWEEN = re.compile(r"[;；|｜·/，,、。()（）\[\]【】—–\n]+|\s-\s")
_LABEL = re.compile(r"^[^:：]{1,12}[:：]\s*")
_SUFFIX = re.compile(r"(?:阶段|期)$|\s+stage$")


class StageMismatch(RuleCheck[NoParameters]):
    """A line of a content plan whose format does not serve its stage of the buying journey: awareness takes news,
    awards and people; consideration insight, white paper and product story; preference success story and comparison;
    purchase business case and reference visit. A stage or a format that is not known is told as unchecked."""

    id = "stage_mismatch"
    severity = Severity.WARNING
    title = Words(zh="阶段与形式不合", en="Stage and format do not fit")
    examples = (
        Example("2027 年 1 月；案例复盘；阶段：偏好；形式：客户成功案例", "", found=False),
        Example("2027 年 1 月；新厂落成；阶段：购买；形式：企业动态", "", found=True),
        Example("January 2027; a plant in Suzhou; stage: preference; format: success story", "", False, "en"),
        Example("January 2027; an award; stage: purchase; format: company news", "", True, "en"),
        Example("January 2027; an award; stage: purchase; format: puppet show", "", True, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        for paragraph in paragraphs:
            said = _said(view, paragraph)
            stage = next((_stages()[word] for word in said if word in _stages()), "")
            fitting = next((_formats()[word] for word in said if word in _formats()), frozenset())
            if stage and stage in fitting:
                continue
            if stage and fitting:
                name = {one.id: one.name for one in STAGES}
                fit = [name[one.id] for one in STAGES if one.id in fitting]
                serves = Words(zh="、".join(w.zh for w in fit), en=", ".join(w.en for w in fit))
                yield self.finding(
                    Words(
                        zh=f"这种形式适合{serves.zh}阶段，不适合{name[stage].zh}阶段；换形式或换阶段",
                        en=f"this format serves {serves.en}, not {name[stage].en}; change one of the two",
                    ),
                    view.locale, paragraph.id,
                )  # fmt: skip
            else:
                what = Words(zh="形式", en="format") if stage else Words(zh="阶段", en="stage")
                yield self.finding(
                    Words(
                        zh=f"未检查：认不出这一行的{what.zh}", en=f"unchecked: the {what.en} of this line is not known"
                    ),
                    view.locale, paragraph.id, severity=Severity.INFO,
                )  # fmt: skip


def _said(view: DraftView, paragraph: Paragraph) -> list[str]:
    """What may name stage and format: the form's own fields, else every piece of the line, without its label."""
    fields = fields_in(paragraph.text, part_of(view, paragraph), view.locale.language)
    if fields and {"stage", "format"} <= set(fields):
        pieces = [fields["stage"], fields["format"]]
    else:
        pieces = _BETWEEN.split(paragraph.text)
    bare = (_LABEL.sub("", piece.strip()).strip().casefold() for piece in pieces)
    return [_SUFFIX.sub("", piece).strip() for piece in bare]


@lru_cache(maxsize=1)
def _stages() -> Mapping[str, str]:
    """The stage that a word names."""
    names = {name.casefold(): one.id for one in STAGES for name in (one.id, one.name.zh, one.name.en)}
    more = {word.casefold(): stage for stage, words in rule_words().stages.items() for word in words.all()}
    return {**names, **more}


@lru_cache(maxsize=1)
def _formats() -> Mapping[str, frozenset[str]]:
    """The stages that a format serves."""
    found: dict[str, set[str]] = {}
    for stage in STAGES:
        for form in stage.formats:
            for name in (form.name.zh, form.name.en):
                found.setdefault(name.casefold(), set()).add(stage.id)
    for more in rule_words().formats:
        for word in more.names.all():
            found.setdefault(word.casefold(), set()).update(more.stages)
    return {name: frozenset(stages) for name, stages in found.items()}
