"""A word changed, left out or a clause added inside a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from evals.bench.claims.corpus import CJK, Place
from evals.bench.claims.mutations.base import Mutant, Mutator, chosen
from evals.scorers.eyes.words import SCALES

LEAST_WORDS, LEAST_IDEOGRAPHS = 6, 12

_QUOTATION = re.compile(
    r"“([^“”]{12,400})”|„([^„“”]{20,400})[“”]|«\s?([^«»]{20,400}?)\s?»|「([^「」]{12,300})」|『([^『』]{12,300})』|"
    r"(?<![\w”])\"([^\"]{20,400})\"(?!\w)"
)

CLAUSES = {
    "zh": "，而且效果好得超出所有人的想象",
    "en": ", and nobody else in the industry can do that",
    "ja": "そして業界でこれができるのは私たちだけです。",
    "ko": " 그리고 업계에서 이것은 우리만 할 수 있습니다.",
    "de": ", und das kann sonst niemand in der Branche",
    "fr": ", et personne d’autre dans le secteur ne sait le faire",
    "es": ", y nadie más en el sector puede hacerlo",
    "pt": ", e ninguém mais no setor consegue fazer isso",
}

_EXCHANGED = {
    "zh": "我们=他们 可以=必须 现在=以后 需要=喜欢 开发=销售 平台=产品 团队=部门 知道=忘记 机器=工人 非常=不太 "
    "提高=降低 简单=复杂 更快=更慢 电话=邮件 工程师=经理 时间=费用 增加=减少 选择=放弃 客户=同行 应用=设备 自己=别人",
    "ja": "私たち=競合他社 今=昔 技術=価格 開発=販売 チーム=会社 簡単=困難 早い=遅い 多く=一部 必要=不要 顧客=社員 "
    "機械=人間 プラットフォーム=アプリ 時間=費用",
    "ko": "우리=그들 지금=예전 기술=가격 개발=판매 쉽게=어렵게 빠르게=천천히 고객=직원 기계=사람 시간=비용 많은=일부 "
    "팀=회사",
}
SWAPS = {
    language: [(old, new) for old, _, new in (pair.partition("=") for pair in line.split())]
    for language, line in _EXCHANGED.items()
}

NEGATED: dict[str, dict[str, str]] = {
    "zh": {"会": "不会", "能": "不能", "是": "不是", "有": "没有", "都": "不都", "很": "不", "需要": "不需要"},
    "ja": {"できる": "できない", "ました": "ませんでした", "ています": "ていません", "なりました": "なりませんでした"},
    "ko": {
        "있습니다": "없습니다",
        "합니다": "하지 않습니다",
        "했습니다": "하지 않았습니다",
        "원합니다": "원하지 않습니다",
    },
    "en": {"is": "is not", "can": "cannot", "was": "was not", "are": "are not", "will": "will not", "has": "has not"},
    "de": {"ist": "ist nicht", "kann": "kann nicht", "können": "können nicht", "haben": "haben nicht"},
    "fr": {"est": "n’est pas", "sont": "ne sont pas", "veulent": "ne veulent pas", "peut": "ne peut pas"},
    "es": {"es": "no es", "puede": "no puede", "está": "no está", "quieren": "no quieren"},
    "pt": {"é": "não é", "pode": "não pode", "mostra": "não mostra", "querem": "não querem"},
}

_WORDS = {
    "en": "quickly slowly customers competitors machines simple difficult always rarely expensive important growing",
    "de": "schnell langsam Kunden Maschinen einfach schwierig immer selten teuer wichtig niemals häufig",
    "fr": "rapidement lentement clients machines simple difficile toujours rarement important jamais",
    "es": "rápidamente lentamente clientes máquinas sencillo difícil siempre raramente importante nunca",
    "pt": "rapidamente lentamente clientes máquinas simples difícil sempre raramente importante nunca",
}


class QuoteMutator(Mutator):
    """One word exchanged, denied or left out, or a clause added at the end of what is said."""

    kind = "quote"

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        for found in _QUOTATION.finditer(place.text):
            group = found.lastindex or 1
            start, end = found.span(group)
            said = place.text[start:end]
            if _long_enough(said) and place.document.count(said) == place.document.count(said[:12]):
                yield from self._clause(place, end, said)
                yield from self._words(place, start, said, dice)
                yield from self._negated(place, start, said)

    def _clause(self, place: Place, end: int, said: str) -> Iterator[Mutant]:
        clause = CLAUSES[place.language]
        closed = re.search(r"[,，.。!！?？…]$", said)
        at = end - 1 if closed else end
        if place.language in ("ja", "ko"):
            at = end
        yield self.made(place, at, at, clause)

    def _negated(self, place: Place, start: int, said: str) -> Iterator[Mutant]:
        for old, new in NEGATED[place.language].items():
            edge = "" if place.language in SWAPS else r"(?![\w’'])"
            before = (
                r"(?<![不没无非未别所拥具占可功性智职机社大])"
                if place.language == "zh"
                else ""
                if place.language in SWAPS
                else r"(?<![\w’'])"
            )
            found = re.search(f"{before}{re.escape(old)}{edge}", said)
            if found and new not in said:
                yield self.made(place, start + found.start(), start + found.end(), new)

    def _words(self, place: Place, start: int, said: str, dice: Random) -> Iterator[Mutant]:
        if place.language in SWAPS:
            for old, new in SWAPS[place.language]:
                at = said.find(old)
                if at >= 0 and new not in said:
                    yield self.made(place, start + at, start + at + len(old), new)
            return
        words = [w for w in re.finditer(r"(?<![\w’'-])[^\W\d_]{4,}(?![\w’'-])", said) if w.group().islower()]
        words = [w for w in words if w.group() not in SCALES[place.language]]
        dice.shuffle(words)
        for word in words[:1]:
            options = [w for w in _WORDS[place.language].split() if w.lower() not in place.document.lower()]
            if options:
                yield self.made(place, start + word.start(), start + word.end(), chosen(dice, options))
        followed = [word for word in words[1:] if said[word.end() : word.end() + 1] == " "]
        for word in followed[:1]:
            end = start + word.end() + 1
            yield self.made(place, start + word.start(), end, "", (max(start, start + word.start() - 2), end + 1))


def _long_enough(said: str) -> bool:
    if re.search(f"[{CJK}]", said):
        return len(re.findall(f"[{CJK}]", said)) >= LEAST_IDEOGRAPHS
    return len(said.split()) >= LEAST_WORDS
