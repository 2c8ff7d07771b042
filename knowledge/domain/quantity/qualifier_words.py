"""The words that qualify a number, before and after it, per language."""

from __future__ import annotations

from knowledge.domain.quantity.model import Qualifier

Q = Qualifier


def _product(heads: str, tails: str) -> str:
    """Every head with every tail: "no less than|no fewer than|…"."""
    return "|".join(f"{head} {tail}" for head in heads.split("|") for tail in tails.split("|"))


_AT_MOST_ZH = "|".join(
    f"最{size}{verb}" for size in "多高大长" for verb in ("", "可", "可达", "可达到", "达", "达到", "为")
)

# Plain words, separated by "|".
BEFORE: dict[str, dict[Qualifier, str]] = {
    "zh": {
        Q.AT_LEAST: "至少|不低于|不少于|不小于|最少|最低|起码|≥|>=",
        Q.AT_MOST: f"至多|{_AT_MOST_ZH}|不超过|不高于|不多于|不大于|不超|多达|高达|长达|≤|<=",
        Q.UNDER: "不到|不足|低于|少于|小于|未满|未超过|<",
        Q.NEARLY: "将近|接近|几近|几乎|近|逼近",
        Q.ABOUT: "大约|大概|约为|约|差不多|≈|~|～",
        Q.OVER: "超过|超过了|超出|突破|突破了|高于|多于|大于|高出|超|逾|>",
    },
    "en": {
        Q.AT_LEAST: "at least|a minimum of|minimum of|" + _product("no|not", "less than|fewer than|lower than"),
        Q.AT_MOST: "up to|at most|a maximum of|maximum of|not exceeding|as many as|as much as|as high as|as long as|"
        + _product("no|not", "more than|greater than|higher than|longer than"),
        Q.UNDER: "under|less than|fewer than|lower than|shorter than|below|just under",
        Q.NEARLY: "nearly|almost|close to|approaching|nearing",
        Q.ABOUT: "about|approximately|approx|approx.|around|roughly|circa|ca.|an estimated|some",
        Q.OVER: "over|well over|just over|more than|greater than|higher than|longer than|above|in excess of|exceed|"
        "exceeds|exceeded|exceeding|upward of|upwards of|surpass|surpasses|surpassed|surpassing|north of|beyond",
    },
    "de": {
        Q.AT_LEAST: "mindestens|wenigstens|nicht weniger als",
        Q.AT_MOST: "bis zu|höchstens|maximal|nicht mehr als",
        Q.UNDER: "unter|weniger als",
        Q.NEARLY: "fast|nahezu|knapp|beinahe",
        Q.ABOUT: "rund|etwa|circa|ca.|ungefähr",
        Q.OVER: "mehr als|über",
    },
    "fr": {
        Q.AT_LEAST: "au moins|au minimum|pas moins de",
        Q.AT_MOST: "jusqu'à|jusqu’à|au plus|au maximum|pas plus de",
        Q.UNDER: "moins de|moins d'|moins d’",
        Q.NEARLY: "près de|presque",
        Q.ABOUT: "environ|à peu près",
        Q.OVER: "plus de|plus d'|plus d’|au-delà de",
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
        Q.ABOUT: "약|대략",
        Q.NEARLY: "거의",
    },
}

# Short words that are also the tail of another: 签约, 节约, 附近, 最近, 反超, the above three. A tilde after a
# number makes a range.
NOT_AFTER: dict[str, tuple[str, ...]] = {
    "近": tuple("最附临靠贴邻新远"),
    "约": tuple("预签合契节条违公制特履"),
    "超": tuple("反赶"),
    "above": ("the ",),
    **dict.fromkeys(
        ("~", "～"), tuple(f"{char}{gap}" for char in "0123456789%万亿年月日天个元bmskgthw" for gap in ("", " "))
    ),
}

# Regular expressions.
AFTER: dict[str, dict[Qualifier, str]] = {
    "zh": {
        Q.AT_LEAST: r"(?:及|或|或者)?以上|(?<=[元币镑])起(?=[,，。；;、!！ ]|\Z)|或更多",
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
# A noun between number and qualifier: 100家以上, 100社以上, 100개 이상, 100 users or more.
AFTER_NOUN = {
    **dict.fromkeys(("以上", "이상", "more"), Q.AT_LEAST),
    **dict.fromkeys(("以下", "以内", "之内", "이하", "이내", "less", "fewer"), Q.AT_MOST),
    **dict.fromkeys(("左右", "上下", "程度"), Q.ABOUT),
    **dict.fromkeys(("未満", "미만"), Q.UNDER),
}
