"""The label of text that a machine wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import DraftCheck, DraftView
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.words import Words

_LABEL = re.compile(
    r"(?:人工智能|AI|大模型|生成式(?:人工智能|AI))\s?(?:技术|模型|工具|助手)?\s?(?:辅助)?(?:生成|创作|撰写|写作|合成)|"
    r"(?:AI|artificial intelligence|machine)[- ](?:generated|assisted|written|created)|"
    r"(?:generated|written|created|drafted|produced)(?: in part)? (?:by|with(?: the help of)?|using) (?:an? )?"
    r"(?:generative )?(?:AI|artificial intelligence)\b|\bwith the help of AI\b|"
    r"(?:KI|mit Hilfe von KI)[- ](?:generiert|erstellt|unterstützt)|généré par (?:l')?IA|generado por IA|gerado por IA|"
    r"AI(?:による|が)?生成|AI가? ?생성",
    re.IGNORECASE,
)
# What says by itself that a machine wrote the text: metadata that came along as text, a model's word about itself.
_METADATA = re.compile(r"^\s{0,3}(?:ai[-_]label|ai[-_]generated|generated[-_]by|aigc)\s?[:：]\s?\S", re.IGNORECASE)
_CONFESSION = re.compile(
    r"作为(?:一个|一名|一款)?(?:AI|人工智能)(?:语言)?(?:模型|助手)|我是(?:一个|一名)?(?:AI|人工智能)(?:语言)?(?:模型|助手)|"
    r"\bas an? (?:AI|artificial intelligence)(?: language)? (?:model|assistant)\b|"
    r"\bI(?:'m| am) an AI (?:language )?(?:model|assistant)",
    re.IGNORECASE,
)


class AiLabelMissing(DraftCheck):
    """A text that says of itself that a machine wrote it (metadata among its lines, “as an AI language model”) and
    carries no label that a reader sees.

    China's labelling measures (in force since 2025-09-01) and Art. 50 of the EU AI Act ask for one. Our own drafts get
    theirs when they are exported.
    """

    id = "ai_label_missing"
    severity = Severity.WARNING
    title = Words(zh="缺少 AI 生成标识", en="AI label missing")

    def check(self, view: DraftView) -> Iterator[Finding]:
        if view.draft.template:
            return
        lines = [paragraph for _, paragraph in view.draft.paragraphs()]
        confessed = [(line, _METADATA.match(line.text) or _CONFESSION.search(line.text)) for line in lines]
        where = next(((line, found) for line, found in confessed if found), None)
        if where is None or any(has_ai_label(line.text) for line in lines if not _METADATA.match(line.text)):
            return
        yield self.finding(
            Words(
                zh="文中有机器生成的痕迹，却没有读者看得见的标识；加上“本内容由人工智能辅助生成”",
                en="this says that a machine wrote it, but no label tells the reader; add one",
            ),
            view.locale, where[0].id, Span(*where[1].span()) if where[1] else None,
        )  # fmt: skip


def has_ai_label(text: str) -> bool:
    """True when the text tells its reader, in any of the languages that Koujing writes, that AI made or helped it."""
    return _LABEL.search(text) is not None
