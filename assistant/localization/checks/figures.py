"""Figures of the source that the target lacks or changes, and figures it has of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.figure_words import few, says_few
from assistant.localization.checks.periods import other_period
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.quantity import Kind, Qualifier, Quantity
from knowledge.domain.words import Words

_DATES = frozenset({Kind.DATE, Kind.TIME})


class _FiguresKept(SegmentCheck):
    """What two checks share: one finding for what is lost, replaced and added."""

    severity = Severity.ERROR

    def changes(self, pair: Pair, missing: Sequence[str], added: Sequence[str], span: Span | None) -> Iterator[Finding]:
        lost, new = "、".join(missing), "、".join(added)
        if lost and new:
            yield self.finding(
                Words(zh=f"原文是{lost}，译文成了{new}", en=f"the source says {lost}, the target {new}"), pair, span
            )
        elif lost:
            yield self.finding(Words(zh=f"译文里少了：{lost}", en=f"missing from the target: {lost}"), pair)
        elif new:
            yield self.finding(Words(zh=f"原文没有：{new}", en=f"not in the source: {new}"), pair, span)


def _texts(figures: Sequence[Quantity]) -> list[str]:
    return [figure.text for figure in figures]


def _span(pair: Pair, figures: Sequence[Quantity]) -> Span | None:
    return pair.facts.target.place(figures[0].span.start, figures[0].span.end) if figures else None


class NumberChanged(_FiguresKept):
    """A figure of the source that the target lacks, or one that it has of its own.

    By exact value in any notation (230 万 and 2.3 million), as often as the source has it. A number word up to ten, a
    share and an ordinal in words may be said otherwise.
    """

    id = "number_changed"
    title = Words(zh="译文数字有变", en="Figure changed in translation")
    instruction = "Keep every figure of the source with its exact value, and add none."
    examples = (
        PairExample("营收 230 万美元", "Revenue of US$230 million", True),
        PairExample("营收 230 万美元", "Revenue of US$2.3 million", False),
        PairExample("覆盖 1.2 亿用户", "Reaching users everywhere", True),
        PairExample("提供两个版本", "Available in both versions", False),
        PairExample("三个数据中心", "five data centres", True),
        PairExample("The team of 40 saved 35%.", "40 人的团队节省了 35%。", False, ("en", "zh-CN")),
        PairExample("交付从 12 天缩短到 3 天", "Delivery went from 3 days to 12 days", True),
        PairExample("The team of 40 saved 35%.", "40 人的团队节省了 53%。", True, ("en", "zh-CN")),
        PairExample("It holds 100% of the orders.", "它保留所有订单。", True, ("en", "zh-CN")),
        PairExample("It holds 100% of the orders.", "它保留百分之百的订单。", False, ("en", "zh-CN")),
        PairExample("We answer around the clock.", "我们 24 小时应答。", False, ("en", "zh-CN")),
        PairExample("We answer at once.", "我们 24 小时应答。", True, ("en", "zh-CN")),
        PairExample("It runs in two or three days.", "两天内就能运行。", True, ("en", "zh-CN")),
        PairExample("It runs in two or three days.", "两三天就能运行。", False, ("en", "zh-CN")),
        PairExample("It runs in two or three days.", "Es läuft in 2–3 Tagen.", False, ("en", "de")),
        PairExample("两三天就能运行。", "It runs in a few days.", True),
        PairExample("It took a couple of months.", "Es dauerte eine Woche.", True, ("en", "de")),
        PairExample("It took a couple of months.", "Es dauerte ein paar Monate.", False, ("en", "de")),
        PairExample("It took several days.", "花了很久。", False, ("en", "zh-CN")),
        PairExample("几天就能上线", "It goes live within hours", True),
        PairExample("几天就能上线", "It goes live in days", False),
        PairExample("领先一到两步", "one or two steps ahead", False),
        PairExample("领先一到两步", "ten or two steps ahead", True),
        PairExample("一两周完成", "done in a week or two", False),
        PairExample("每 10 家门店有 7 家使用", "Of every 10 stores, 7 use it", False),
        PairExample("每 10 家门店有 7 家使用", "Of every 10 stores, 8 use it", True),
        PairExample("三四月份投产", "Production starts in March or April", False),
        PairExample("Now 20% off.", "现在八折优惠。", False, ("en", "zh-CN")),
        PairExample("Requires version 56.0.1.", "需要 57.0.2 版本。", True, ("en", "zh-CN")),
        PairExample("1,500 stores in 12 countries", "1.500 Filialen in 12 Ländern", False, ("en", "de")),
        PairExample("1,500 stores in 12 countries", "1,5 Filialen in 12 Ländern", True, ("en", "de")),
        PairExample("用户达 3200 万", "ユーザー数は3,200万人", False, ("zh-CN", "ja")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        figures = pair.facts.figures
        missing = [q for q in figures.missing if q.kind not in _DATES]
        a_few = {first for first, _ in few(pair.facts.source.text, pair.facts.source.language)}
        added = [q for q in figures.added if q.kind not in _DATES and not (q.high is not None and q.value in a_few)]
        lost = [*_texts(missing), *figures.digits_missing, *_few_lost(pair)]
        source, target = pair.facts.source, pair.facts.target
        if period := other_period(source.text, source.language, target.text, target.language):
            yield from self.changes(pair, [period[0]], [period[1]], None)
        for first, second in figures.swapped:
            yield self.finding(
                Words(zh=f"{first.text}与{second.text}颠倒了", en=f"{first.text} and {second.text} change places"),
                pair,
                _span(pair, [first]),
            )
        yield from self.changes(pair, lost, [*_texts(added), *figures.digits_added], _span(pair, added))


def _few_lost(pair: Pair) -> list[str]:
    """Two or three days are not two."""
    source, target = pair.facts.source, pair.facts.target
    return [said for first, said in few(source.text, source.language)
            if not says_few(first, target.text, target.language)]  # fmt: skip


class DateChanged(_FiguresKept):
    """A date or a time of day of the source that the target lacks or changes, or one that it has of its own."""

    id = "date_changed"
    title = Words(zh="译文日期有变", en="Date changed in translation")
    instruction = "Keep every date and time of the source, complete and unchanged."
    examples = (
        PairExample("2026年3月15日发布", "Released on 15 March 2026", False),
        PairExample("2026年3月15日发布", "Released on 16 March 2026", True),
        PairExample("2026年3月发布", "Released recently", True),
        PairExample("Opens at 9:30 on May 4, 2026.", "2026年5月4日 9:30 开放。", False, ("en", "zh-CN")),
        PairExample("Opens at 9:30 on May 4, 2026.", "2026年4月5日 9:30 开放。", True, ("en", "zh-CN")),
        PairExample("Founded in Q3 2021.", "成立于 2021 年第四季度。", True, ("en", "zh-CN")),
        PairExample("On January 14, 2025", "Am 14. Januar 2025", False, ("en", "de")),
        PairExample("On Double 11 this year", "Am 11. Dezember dieses Jahres", True, ("en", "de")),
        PairExample("On Double 11 this year", "在今年的双11", False, ("en", "zh-CN")),
        PairExample("今年双11", "November 11 this year", False),
        PairExample("On January 14, 2025", "Le 14 juin 2025", True, ("en", "fr")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        missing = [q for q in pair.facts.figures.missing if q.kind in _DATES]
        added = [q for q in pair.facts.figures.added if q.kind in _DATES]
        yield from self.changes(pair, _texts(missing), _texts(added), _span(pair, added))


class CurrencyChanged(SegmentCheck):
    """An amount whose value stands in the target in another currency, or in none."""

    id = "currency_changed"
    severity = Severity.ERROR
    title = Words(zh="译文币种有变", en="Currency changed in translation")
    instruction = "Keep the currency of every amount; convert nothing."
    examples = (
        PairExample("投资 5000 万元", "An investment of $50 million", True),
        PairExample("投资 5000 万元", "An investment of RMB 50 million", False),
        PairExample("成本为 80 万欧元", "The cost is 800,000", True),
        PairExample("It costs US$20.", "价格为 20 美元。", False, ("en", "zh-CN")),
        PairExample("It costs US$20.", "价格为 20 元。", True, ("en", "zh-CN")),
        PairExample("It costs €20.", "Es kostet 20 Euro.", False, ("en", "de")),
        PairExample("It costs €20.", "Es kostet 20 Dollar.", True, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        for known, said in pair.facts.figures.currencies:
            yield self.finding(
                Words(
                    zh=f"原文是{known.text}，译文成了{said.text}",
                    en=f"the source says {known.text}, the target {said.text}",
                ),
                pair,
                _span(pair, [said]),
            )


_NAMES = {
    Qualifier.EXACT: Words(zh="无限定", en="no qualifier"),
    Qualifier.OVER: Words(zh="超过", en="more than"),
    Qualifier.NEARLY: Words(zh="近", en="nearly"),
    Qualifier.UNDER: Words(zh="不到", en="less than"),
    Qualifier.AT_LEAST: Words(zh="至少", en="at least"),
    Qualifier.AT_MOST: Words(zh="至多", en="at most"),
    Qualifier.ABOUT: Words(zh="约", en="about"),
    Qualifier.SEVERAL: Words(zh="数（十、百）", en="several"),
}


class QualifierLost(SegmentCheck):
    """A figure whose qualifier (more than, nearly, at least) is lost, added or another in the target."""

    id = "qualifier_lost"
    severity = Severity.ERROR
    title = Words(zh="限定词丢失或有变", en="Qualifier lost or changed")
    instruction = "Keep the qualifier of every figure (more than, nearly, about, at least), and add none."
    examples = (
        PairExample("超过 300 家门店", "300 stores", True),
        PairExample("超过 300 家门店", "more than 300 stores", False),
        PairExample("成本下降近三成", "costs fell by more than 30%", True),
        PairExample("约 50 人", "about 50 people", False),
        PairExample("任务在10个左右，十分稳定", "stable for over 10 years", True),
        PairExample("300 stores", "300 多家门店", True, ("en", "zh-CN")),
        PairExample("at least 20 minutes", "至少 20 分钟", False, ("en", "zh-CN")),
        PairExample("at least 20 minutes", "20 分钟", True, ("en", "zh-CN")),
        PairExample("nearly 40%", "fast 40 %", False, ("en", "de")),
        PairExample("nearly 40%", "über 40 %", True, ("en", "de")),
        PairExample("route traffic through two sites", "Traffic über zwei Standorte leiten", False, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        for known, said in pair.facts.figures.qualifiers:
            before, after = _NAMES[known.qualifier], _NAMES[said.qualifier]
            yield self.finding(
                Words(
                    zh=f"“{known.text}”（{before.zh}）译成“{said.text}”（{after.zh}）",
                    en=f"'{known.text}' ({before.en}) became '{said.text}' ({after.en})",
                ),
                pair,
                _span(pair, [said]),
            )
