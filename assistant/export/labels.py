"""The words on the surface of an export, in Chinese and in English. The locale of the draft chooses."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "DRAFT / 草稿"
"""What a draft that is not approved says at its top, in both languages: whoever it reaches must be able to read it."""

# word: (zh, en)
_WORDS: dict[str, tuple[str, str]] = {
    "ai_label": (
        "本内容由人工智能辅助生成，发布前须经人工审核",
        "Written with the help of AI; a person must review it before publication",
    ),
    "ai": ("人工智能辅助生成", "AI-assisted"),
    "sources": ("来源", "Sources"),
    "findings": ("检查结果", "Findings"),
    "no_findings": ("没有发现问题", "Nothing found"),
    "nothing_found": ("没有发现问题", "nothing found"),
    "repairs": ("程序已改动", "Changed by program"),
    "cut": ("已删去", "cut"),
    "claim_table": ("原文的事实到译文", "Claims of the source in the text"),
    "claim_of_source": ("原文", "Source"),
    "claim_in_text": ("译文", "Text"),
    "survived": ("结果", "Outcome"),
    "survival.kept": ("保留", "kept"),
    "survival.changed": ("有变", "changed"),
    "survival.missing": ("缺失", "missing"),
    "survival.unclear": ("待人核对", "to be looked at"),
    "no_sources": ("没有引用来源", "No source is cited"),
    "evidence": ("依据", "Evidence"),
    "claims": ("事实陈述", "Claims"),
    "check": ("核查报告", "Check report"),
    "text": ("正文", "Text"),
    "legend": ("图例", "Key"),
    "untitled": ("无标题", "Untitled"),
    "template": ("模板", "Template"),
    "locale": ("语言", "Locale"),
    "market": ("市场", "Market"),
    "channel": ("渠道", "Channel"),
    "audience": ("受众", "Audience"),
    "version": ("版本", "Version"),
    "model": ("模型", "Model"),
    "draft": ("稿件", "Draft"),
    "fix": ("改法", "Fix"),
    "unsourced": ("来源中找不到", "Not found in any source"),
    "usage": ("用量", "Usage"),
    "calls": ("次调用", "calls"),
    "tokens": ("词元", "tokens"),
    "seconds": ("秒", "s"),
    "cost": ("费用", "cost"),
    "approved_by": ("批准人", "approved by"),
    "review_due": ("复核期限", "review due"),
    "valid_until": ("有效至", "valid until"),
    "product": ("口径", "Koujing"),
    "colon": ("：", ": "),
    "comma": ("、", ", "),
    "semicolon": ("；", "; "),
    "stop": ("。", "."),
    "kinds": ("类别", "Kinds"),
    "rulings": ("本工作区的规定", "Rulings of this workspace"),
    "whole_text": ("全文", "whole text"),
    # counted; in English one and more
    "count.claim": ("{n} 处事实陈述", "{n} claim|{n} claims"),
    "verdicts": ("{n} 处{verdict}", "{n} {verdict}"),
    "count.finding": ("{n} 个问题", "{n} finding|{n} findings"),
    "count.error": ("{n} 个错误", "{n} error|{n} errors"),
    "count.warning": ("{n} 个警告", "{n} warning|{n} warnings"),
    "count.info": ("{n} 个提示", "{n} note|{n} notes"),
    "count.off": (
        "本工作区关闭了 {n} 项检查",
        "{n} check is off in this workspace|{n} checks are off in this workspace",
    ),
    "count.changed": (
        "本工作区改了 {n} 项检查的级别",
        "{n} check has another severity in this workspace|{n} checks have another severity in this workspace",
    ),
    "count.left_out": ("略去 {n} 个问题", "{n} finding left out|{n} findings left out"),
    # where evidence comes from
    "by.model": ("模型判断", "judged by a model"),
    "origin.library": ("资料库", "library"),
    "origin.input": ("所给文件", "file given"),
    "origin.brief": ("需求", "brief"),
    "origin.template": ("模板的方法", "method of the template"),
    "origin.register": ("客户名册", "register of customers"),
    # states of an entry and of a draft
    "state.draft": ("草稿", "draft"),
    "state.in_review": ("审核中", "in review"),
    "state.changes_requested": ("待修改", "changes requested"),
    "state.approved": ("已批准", "approved"),
    "state.published": ("已发布", "published"),
    "state.withdrawn": ("已撤回", "withdrawn"),
    "state.retired": ("已停用", "retired"),
    "verdict.supported": ("有依据", "supported"),
    "verdict.contradicted": ("与来源矛盾", "contradicted"),
    "verdict.unsupported": ("无依据", "unsupported"),
    "verdict.qualifier_changed": ("限定语有变", "qualifier changed"),
    "verdict.ambiguous": ("有歧义", "ambiguous"),
    "verdict.not_checked": ("未核查", "not checked"),
    "severity.error": ("错误", "error"),
    "severity.warning": ("警告", "warning"),
    "severity.info": ("提示", "note"),
    "severities.error": ("错误", "Errors"),
    "severities.warning": ("警告", "Warnings"),
    "severities.info": ("提示", "Notes"),
    # places in a file, as its reader names them
    "place.line": ("第 {} 行", "line {}"),
    "place.paragraph": ("第 {} 段", "paragraph {}"),
    "place.page": ("第 {} 页", "page {}"),
    "place.slide": ("第 {} 张幻灯片", "slide {}"),
    "place.table": ("表 {}", "table {}"),
    "place.row": ("第 {} 行", "row {}"),
    "place.footnote": ("脚注 {}", "footnote {}"),
    "place.endnote": ("尾注 {}", "endnote {}"),
    "kind.quantity": ("数量", "quantity"),
    "kind.money": ("金额", "money"),
    "kind.percent": ("百分比", "percent"),
    "kind.date": ("日期", "date"),
    "kind.organisation": ("机构", "organisation"),
    "kind.person": ("人物", "person"),
    "kind.product": ("产品", "product"),
    "kind.place": ("地点", "place"),
    "kind.quote": ("引语", "quote"),
    "kind.superlative": ("最高级", "superlative"),
    "kind.comparison": ("比较", "comparison"),
    "kind.certificate": ("资质", "certificate"),
    "kind.statement": ("陈述", "statement"),
    "kind.name": ("名称", "name"),
    "kind.term": ("术语", "term"),
    "kind.negation": ("否定", "negation"),
    "kind.condition": ("条件", "condition"),
    "audience.public": ("公开", "public"),
    "audience.partner": ("合作伙伴", "partner"),
    "audience.internal": ("内部", "internal"),
}

_WHERE = r"(line|paragraph|page|slide|table|row|footnote|endnote) (\d+)"
_PLACE = re.compile(_WHERE)
# At the end only: headings before it may speak of lines and pages themselves.
_PLACES = re.compile(rf"(?:^|(?<=· )|(?<=› )|(?<=\s)(?=row \d+$))(?:{_WHERE} ?){{1,3}}$")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language, `zh` or `en`: `labels["sources"]`, `labels.of("verdict", claim.verdict)`."""

    language: str

    def __getitem__(self, word: str) -> str:
        return _WORDS[word][0 if self.language == "zh" else 1]

    def of(self, family: str, value: str) -> str:
        """The word for a value such as a state or a verdict; a value without a word stands for itself."""
        return self[f"{family}.{value}"] if f"{family}.{value}" in _WORDS else value

    def named(self, word: str, value: object) -> str:
        """`word: value` with the language's own colon."""
        return f"{self[word]}{self['colon']}{value}"

    def counted(self, what: str, n: int) -> str:
        """`n` of something: `labels.counted("error", 3)` is "3 errors"."""
        one, _, more = self[f"count.{what}"].partition("|")
        return (one if n == 1 or not more else more).replace("{n}", str(n))

    def place(self, place: str) -> str:
        """A place in a file, with or without headings before it (see `Block.place`), in the words of the language."""
        return _PLACES.sub(lambda all_: _PLACE.sub(lambda found: self._place(found[1], found[2]), all_[0]), place)

    def _place(self, what: str, number: str) -> str:
        return self[f"place.{what}"].format(number)

    def gap(self, missing: str) -> str:
        """The fill-in box for what is missing; text that is in brackets already stays as it is."""
        text = missing.strip()
        if text[:1] in ("[", "【") and text[-1:] in ("]", "】"):
            return text
        return f"[{text}]"


def labels_for(locale: str) -> Labels:
    """Chinese words for a Chinese draft, English ones for every other."""
    return Labels("zh" if locale.lower().split("-", 1)[0] == "zh" else "en")
