"""High-context words that were carried over word by word, and what may go wrong in the market: advice, no error."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words


class LiteralIdiom(SegmentCheck):
    """An idiom or a high-context word of the source that stands in the target word by word; and polite words that mean
    something else, in any rendering."""

    id = "literal_idiom"
    severity = Severity.WARNING
    title = Words(zh="习语直译", en="Idiom carried over literally")
    instruction = "Say what an idiom means instead of translating its words."
    examples = (
        PairExample("平台为工厂赋能", "The platform empowers factories", True),
        PairExample("平台为工厂赋能", "With the platform, factories plan for themselves", False),
        PairExample("形成管理闭环", "It forms a closed loop of management", True),
        PairExample("以数据为抓手", "With data as the gripper", True),
        PairExample("我们马上处理", "We will handle it immediately", True),
        PairExample("Start with the low-hanging fruit.", "先摘低垂的果实。", True, ("en", "zh-CN")),
        PairExample("Start with the low-hanging fruit.", "先做容易见效的事。", False, ("en", "zh-CN")),
        PairExample("Do not boil the ocean.", "Kochen Sie nicht den Ozean.", True, ("en", "de")),
        PairExample("Do not boil the ocean.", "Nehmen Sie sich nicht zu viel vor.", False, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        for idiom, said, literal in pair.culture.idioms_in(source.text, source.language, target.language):
            if literal is None:
                yield self.finding(_advice(said, idiom.why, idiom.instead), pair, severity=Severity.INFO)
                continue
            found = literal.search(target.text)
            if found is not None:
                words = found.group()
                yield self.finding(
                    Words(
                        zh=f"“{said}”照字面成了“{words}”：{idiom.why.zh}；{idiom.instead.zh}",
                        en=f"'{said}' became '{words}' word by word: {idiom.why.en}; {idiom.instead.en}",
                    ),
                    pair,
                    target.place(*found.span()),
                )


class CulturalRisk(SegmentCheck):
    """Words of the target that may do harm in its market: numbers, colours, animals, names of regions, superlatives
    that are lawful elsewhere, words of religion and politics. A person of the market decides."""

    id = "cultural_risk"
    severity = Severity.INFO
    title = Words(zh="市场文化风险", en="Cultural risk in the market")
    instruction = "Choose words that give no offence in the market."
    examples = (
        PairExample("加入我们的推广行动", "Join our crusade", True),
        PairExample("加入我们的推广行动", "Join our campaign", False),
        PairExample("龙头产品", "The dragon of our range", True),
        PairExample("Our best gateway", "国内最佳的网关", True, ("en", "zh-CN")),
        PairExample("Our best gateway", "我们出色的网关", False, ("en", "zh-CN")),
        PairExample("Our best gateway", "我們最佳的閘道", False, ("en", "zh-TW")),
        PairExample("The first of its kind", "業界初の製品", True, ("en", "ja")),
        PairExample("Each to his own", "Jedem das Seine", True, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        target = pair.facts.target
        if not target.locale.known:
            return
        for risk, span in pair.culture.risks_in(target.text, target.locale):
            yield self.finding(
                _advice(span.of(target.text), risk.why, risk.instead),
                pair,
                target.place(span.start, span.end),
            )


def _advice(said: str, why: Words, instead: Words) -> Words:
    return Words(zh=f"“{said}”：{why.zh}；{instead.zh}", en=f"'{said}': {why.en}; {instead.en}")
