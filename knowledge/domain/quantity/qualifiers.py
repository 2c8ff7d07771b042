"""Words that say how a value is meant: over, nearly, at least, 超过, 近, 以上."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity.model import Qualifier

Q = Qualifier
WINDOW = 28


class Found(NamedTuple):
    """A qualifier and the stretch of its words."""

    qualifier: Qualifier
    start: int
    end: int


# A tilde between two numbers makes a range; elsewhere it means about.
_TILDE = "(?<![0-9A-Za-z%万亿年月日天个元])(?<![0-9A-Za-z%万亿年月日天个元] )[~～]"
# Several Chinese words are also the tail of another word: 签约, 节约, 附近, 最近, 反超. `(?<!…)` keeps those out.
_BEFORE: dict[str, dict[Qualifier, str]] = {
    "zh": {
        Q.AT_LEAST: "至少|不低于|不少于|不小于|最少|最低|起码|≥|>=",
        Q.AT_MOST: "至多|最[多高大长](?:可达到?|可|达到?|为)?|不超过|不高于|不多于|不大于|不超|[多高长]达|≤|<=",
        Q.UNDER: "不到|不足|低于|少于|小于|未满|未超过|<",
        Q.NEARLY: "将近|接近|几近|几乎|(?<![最附临靠贴邻新远])近|逼近",
        Q.ABOUT: f"大约|大概|约为|(?<![预签合契节条违公制特履])约|差不多|≈|{_TILDE}",
        Q.OVER: "超过了?|超出|突破了?|高于|多于|大于|高出|(?<![反赶])超|逾|>",
    },
    "en": {
        Q.AT_LEAST: "at least|(?:no|not) (?:less|fewer|lower) than|(?:a )?minimum of|≥|>=",
        Q.AT_MOST: "up to|as (?:many|much|high|long) as|(?:no|not) (?:more|greater|higher|longer) than|at most|"
        "(?:a )?maximum of|not exceeding|≤|<=",
        Q.UNDER: "under|(?:less|fewer|lower|shorter) than|below|just under|<",
        Q.NEARLY: "nearly|almost|close to|approaching|nearing",
        Q.ABOUT: r"about|approximately|approx\.?|around|roughly|circa|ca\.|an estimated|some|≈",
        Q.OVER: "(?:well |just )?over|(?:more|greater|higher|longer) than|(?<!the )above|in excess of|exceed(?:s|ed|ing)?|"
        "upwards? of|surpass(?:es|ed|ing)?|north of|beyond|>",
    },
    "de": {
        Q.AT_LEAST: "mindestens|wenigstens|nicht weniger als",
        Q.AT_MOST: "bis zu|höchstens|maximal|nicht mehr als",
        Q.UNDER: "unter|weniger als",
        Q.NEARLY: "fast|nahezu|knapp|beinahe",
        Q.ABOUT: r"rund|etwa|circa|ca\.|ungefähr",
        Q.OVER: "mehr als|über",
    },
    "fr": {
        Q.AT_LEAST: "au moins|au minimum|pas moins de",
        Q.AT_MOST: "jusqu['’]à|au plus|au maximum|pas plus de",
        Q.UNDER: "moins de|moins d['’]",
        Q.NEARLY: "près de|presque",
        Q.ABOUT: "environ|à peu près",
        Q.OVER: "plus de|plus d['’]|au-delà de",
    },
    "es": {
        Q.AT_LEAST: "al menos|como mínimo|no menos de|por lo menos",
        Q.AT_MOST: "hasta|como máximo|no más de",
        Q.UNDER: "menos de",
        Q.NEARLY: "casi|cerca de",
        Q.ABOUT: "aproximadamente|alrededor de|unos|unas|en torno a",
        Q.OVER: "más de|por encima de",
    },
    "pt": {
        Q.AT_LEAST: "pelo menos|no mínimo|ao menos|não menos de",
        Q.AT_MOST: "até|no máximo|não mais de",
        Q.UNDER: "menos de",
        Q.NEARLY: "quase|perto de",
        Q.ABOUT: "cerca de|aproximadamente|por volta de|em torno de",
        Q.OVER: "mais de|acima de",
    },
    "ja": {
        Q.AT_LEAST: "少なくとも|最低",
        Q.AT_MOST: "最大|最高|最長|多くとも",
        Q.ABOUT: "約|およそ|おおよそ|ほぼ",
        Q.NEARLY: "ほとんど",
    },
    "ko": {
        Q.AT_LEAST: "최소|적어도",
        Q.AT_MOST: "최대|최고|많아야",
        Q.ABOUT: "약|대략|(?<![가-힣])한(?= )",
        Q.NEARLY: "거의",
    },
}
_AFTER: dict[str, dict[Qualifier, str]] = {
    "zh": {
        Q.AT_LEAST: "(?:及|或|或者)?以上|起(?=[,，。；;、!！ ]|\\Z)|或更多",
        Q.AT_MOST: "(?:及|或)?以下|以内|之内|或更少",
        Q.ABOUT: "左右|上下",
        Q.OVER: r"\+(?![0-9A-Za-z+])",
    },
    "en": {
        Q.AT_LEAST: r" or (?:more|above|higher|longer)(?!\w)",
        Q.OVER: r"\+(?![0-9A-Za-z+])",
        Q.AT_MOST: r" or (?:less|fewer|below|under)(?!\w)",
        Q.ABOUT: r" or so(?!\w)",
    },
    "ja": {
        Q.AT_LEAST: "以上",
        Q.AT_MOST: "以下|以内",
        Q.UNDER: "未満|弱(?!点|い|体)",
        Q.OVER: "超(?!え|高|大|音)|を超える|を超え|余り|余(?!裕|地|分)|強(?!い|化|み|調)",
        Q.NEARLY: "近く",
        Q.ABOUT: "程度|前後|ほど",
    },
    "ko": {
        Q.AT_LEAST: " ?이상",
        Q.AT_MOST: " ?이하| ?이내",
        Q.UNDER: " ?미만",
        Q.OVER: " ?초과|[을를] (?:넘는|넘어|초과)",
        Q.NEARLY: " ?가까이",
        Q.ABOUT: " ?정도| ?가량",
    },
}
# "内" closes a span of time (3天内); after other numbers it begins a word (3个内存).
_WITHIN_AFTER = re.compile(r"内(?![部容存置核外网测行地涵在])")
_WITHIN_BEFORE = re.compile(r"(?<![A-Za-z])within\s\Z", re.I)
_ZH_OVER_INFIX = re.compile(
    r"[ ]?[多余](?![次种样维方重项地媒租节核人]|个(?=集群|云))|\+(?=[ ]?(?:[万亿]|[mb]illion))|-plus(?=[- ])"
)
_OVER_INFIX = re.compile(r"\+(?=[ ]?(?:[万亿]|[mb]illion|thousand|Mio|Mrd|mil))|-plus(?=[- ])")
_KO_OVER_INFIX = re.compile(r"여(?=[만억조천 ]|개|명|대|곳|건|분)")
_INFIX = {"zh": _ZH_OVER_INFIX, "ko": _KO_OVER_INFIX}

_LATIN = r"(?<![A-Za-zÀ-ɏ])"
_EAST = frozenset({"zh", "ja", "ko"})


def _grammars(language: str) -> tuple[str, ...]:
    """East Asian text may quote English figures; Latin text may quote Chinese ones."""
    return (language, "en" if language in _EAST else "zh")


@lru_cache(maxsize=16)
def _before(language: str) -> re.Pattern[str]:
    groups = []
    for code in _grammars(language):
        edge = "" if code in _EAST else _LATIN
        groups += [f"(?P<{code}_{qualifier}>{edge}(?:{forms}))" for qualifier, forms in _BEFORE[code].items()]
    return re.compile(rf"(?i:{'|'.join(groups)})[ \t\u00a0]{{0,2}}\Z")


@lru_cache(maxsize=16)
def _after(language: str) -> re.Pattern[str]:
    groups = []
    for code in _grammars(language):
        groups += [f"(?P<{code}_{qualifier}>{forms})" for qualifier, forms in _AFTER.get(code, {}).items()]
    return re.compile(rf"[ \u00a0]{{0,1}}(?:{'|'.join(groups)})" if language == "zh" else "|".join(groups))


def _qualifier(match: re.Match[str]) -> Qualifier:
    return Qualifier((match.lastgroup or "").split("_", 1)[1])


def before(text: str, position: int, language: str, *, duration: bool = False) -> Found | None:
    """The qualifier that ends at `position`; with `duration`, "within" counts and 近 (the past …) does not."""
    window = max(0, position - WINDOW)
    left = text[window:position]
    if duration and (within := _WITHIN_BEFORE.search(left)):
        return Found(Qualifier.AT_MOST, window + within.start(), position)
    match = _before(language).search(left)
    return Found(_qualifier(match), window + match.start(), position) if match else None


def after(text: str, position: int, language: str, *, duration: bool = False) -> Found | None:
    """The qualifier that starts at `position`; with `duration`, 内 counts (3 天内)."""
    match = _after(language).match(text, position)
    if match:
        return Found(_qualifier(match), position, match.end())
    if duration and (within := _WITHIN_AFTER.match(text, position)):
        return Found(Qualifier.AT_MOST, position, within.end())
    return None


def infix(text: str, position: int, language: str) -> Found | None:
    """ "Over" between number and scale or noun: 30多万, 100余家, 230여만."""
    match = _INFIX.get(language, _OVER_INFIX).match(text, position)
    return Found(Qualifier.OVER, position, match.end()) if match else None
