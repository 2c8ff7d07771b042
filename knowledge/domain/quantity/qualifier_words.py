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

_HAVE = ("有", "为", "占", "合", "达", "需", "在")


def _with_verbs(heads: str) -> str:
    """约有, 大约为: the adverb with the verb that stands between it and the number."""
    return "|".join(f"{head}{verb}" for head in heads.split("|") for verb in _HAVE)


# Plain words, separated by "|".
BEFORE: dict[str, dict[Qualifier, str]] = {
    "zh": {
        Q.AT_LEAST: "至少|至少有|至少需|至少需要|不低于|不少于|不小于|最少|最低|起码|大于等于|大于或等于|≥|>=",
        Q.AT_MOST: f"至多|{_AT_MOST_ZH}|不超过|不高于|不多于|不大于|不超|多达|高达|长达|小于等于|小于或等于|≤|<=",
        Q.UNDER: "不到|不足|低于|少于|小于|未满|未超过|不及|<",
        Q.NEARLY: "将近|将近有|接近|几近|几乎|近|近有|逼近",
        Q.ABOUT: "大约|大概|约|差不多|估计|≈|~|～|" + _with_verbs("约|大约|大概"),
        Q.OVER: "超过|超过了|已超过|超出|突破|突破了|高于|多于|大于|高出|超|逾|不止|>",
    },
    "en": {
        Q.AT_LEAST: "at least|a minimum of|minimum of|minimum|min.|"
        + _product("no|not", "less than|fewer than|lower than"),
        Q.AT_MOST: "up to|at most|a maximum of|maximum of|maximum|max.|not exceeding|as many as|as much as|as high as|"
        "as long as|" + _product("no|not", "more than|greater than|higher than|longer than"),
        Q.UNDER: "under|less than|fewer than|lower than|shorter than|smaller than|below|just under|well under",
        Q.NEARLY: "nearly|almost|close to|approaching|nearing|just short of|not quite",
        Q.ABOUT: "about|approximately|approx|approx.|around|roughly|circa|ca.|c.|an estimated|estimated|some|"
        "in the region of|on the order of|in the order of|more or less",
        Q.OVER: "over|well over|just over|more than|slightly more than|just more than|greater than|higher than|"
        "longer than|larger than|above|in excess of|exceed|exceeds|exceeded|exceeding|upward of|upwards of|surpass|"
        "surpasses|surpassed|surpassing|north of|beyond|topped|tops|topping",
    },
    "de": {
        Q.AT_LEAST: "mindestens|wenigstens|zumindest|nicht weniger als|minimal",
        Q.AT_MOST: "bis zu|höchstens|maximal|nicht mehr als|maximal bis zu",
        Q.UNDER: "unter|weniger als",
        Q.NEARLY: "fast|nahezu|knapp|beinahe|annähernd",
        Q.ABOUT: "rund|etwa|circa|zirka|ca.|ungefähr|schätzungsweise|um die|in etwa",
        Q.OVER: "mehr als|über|gut|weit über|deutlich über|deutlich mehr als|weit mehr als|etwas mehr als",
    },
    "fr": {
        Q.AT_LEAST: "au moins|au minimum|pas moins de|un minimum de|minimum",
        Q.AT_MOST: "jusqu'à|jusqu’à|au plus|au maximum|maximum|pas plus de|tout au plus|un maximum de",
        Q.UNDER: "moins de|moins d'|moins d’|inférieur à|inférieure à|sous les",
        Q.NEARLY: "près de|près d'|près d’|presque|quasi|quasiment",
        Q.ABOUT: "environ|à peu près|autour de|quelque|approximativement|aux alentours de|de l'ordre de|de l’ordre de",
        Q.OVER: "plus de|plus d'|plus d’|au-delà de|supérieur à|supérieure à|dépasse|dépassent|dépassé|dépassant|"
        "bien plus de|un peu plus de",
    },
    "es": {
        Q.AT_LEAST: "al menos|como mínimo|mínimo|no menos de|por lo menos|un mínimo de",
        Q.AT_MOST: "hasta|hasta un|hasta en un|como máximo|máximo|no más de|a lo sumo|un máximo de",
        Q.UNDER: "menos de|menos del|menos de un|por debajo de|por debajo del|inferior a|inferior al",
        Q.NEARLY: "casi|casi un|casi el|cerca de|cerca del|cerca de un|próximo a",
        Q.ABOUT: "aproximadamente|aproximadamente un|alrededor de|alrededor del|alrededor de un|unos|unas|en torno a|"
        "en torno al",
        Q.OVER: "más de|más del|más de un|más de los|por encima de|por encima del|superior a|superior al|supera|"
        "superan|supera los|superan los|superó|superó los|superaron|superando|algo más de|poco más de",
    },
    "pt": {
        Q.AT_LEAST: "pelo menos|no mínimo|ao menos|não menos de|mínimo de|um mínimo de",
        Q.AT_MOST: "até|no máximo|máximo de|não mais de|um máximo de",
        Q.UNDER: "menos de|abaixo de|inferior a|menos do que",
        Q.NEARLY: "quase|perto de|próximo de|próximo a",
        Q.ABOUT: "cerca de|aproximadamente|por volta de|em torno de|uns|umas|ao redor de|mais ou menos",
        Q.OVER: "mais de|mais do que|acima de|superior a|supera|superam|superou|superaram|ultrapassa|ultrapassam|"
        "ultrapassou|ultrapassando|ultrapassar|pouco mais de",
    },
    "ja": {
        Q.AT_LEAST: "少なくとも|最低|最低でも|最小",
        Q.AT_MOST: "最大|最大で|最大で約|最高|最高で|最長|最長で|多くとも|最多",
        Q.ABOUT: "約|およそ|おおよそ|ほぼ|概ね|おおむね|だいたい|大体|ざっと|推定",
        Q.NEARLY: "ほとんど",
        Q.OVER: "優に",
    },
    "ko": {
        Q.AT_LEAST: "최소|최소한|적어도",
        Q.AT_MOST: "최대|최고|많아야|최장",
        Q.ABOUT: "약|대략|대략적으로|어림잡아",
        Q.NEARLY: "거의",
    },
}

# Before a span of time: at most that long.
WITHIN: dict[str, tuple[str, ...]] = {
    "en": ("within", "inside of", "inside"),
    "de": ("innerhalb von", "innerhalb", "binnen"),
    "fr": ("dans un délai de", "dans les", "en l'espace de", "en l’espace de"),
    "es": ("dentro de", "dentro de los", "en un plazo de", "en el plazo de"),
    "pt": ("dentro de", "no prazo de", "em até"),
}

# Short words that are also the tail of another: 签约, 节约, 附近, 最近, 反超, the above three, a tag. A tilde after a
# number makes a range.
_TAG_ENDS = tuple("abcdefghijklmnopqrstuvwxyz0123456789\"'/-=>")
NOT_AFTER: dict[str, tuple[str, ...]] = {
    "近": tuple("最附临靠贴邻新远"),
    "约": tuple("预签合契节条违公制特履规盟相邀要"),
    "超": tuple("反赶"),
    "above": ("the ",),
    "約": tuple("予契公条規制節特"),
    "약": tuple("계예협공조제절요"),
    "最小": ("の",),
    ">": _TAG_ENDS,
    "<": _TAG_ENDS,
    **dict.fromkeys(
        ("~", "～"), tuple(f"{char}{gap}" for char in "0123456789%万亿年月日天个元bmskgthw" for gap in ("", " "))
    ),
}

# Regular expressions.
AFTER: dict[str, dict[Qualifier, str]] = {
    "zh": {
        Q.AT_LEAST: r"(?:及|或|或者)?以上|(?<=[元币镑])起(?=[,，。；;、!！ ]|\Z)|或更[多高]",
        Q.AT_MOST: "(?:及|或)?以下|以内(?!部)|之内|或更少",
        Q.ABOUT: r"\+?左右|上下",
        Q.UNDER: "不到(?=[,，。；;、!！ ]|\\Z)",
        Q.OVER: r"\+(?![0-9A-Za-z+])|有余|开外",
    },
    "en": {
        Q.AT_LEAST: r" (?:or|and) (?:more|above|higher|longer|greater|over|later|newer)(?!\w)"
        r"| and (?:above|over|up)(?=[.,;)]|\Z)",
        Q.OVER: r"\+(?![0-9A-Za-z+])|-plus(?!\w)",
        Q.AT_MOST: r" or (?:less|fewer|below|under|lower)(?!\w)",
        Q.ABOUT: r" or so(?!\w)| or thereabouts",
    },
    "de": {
        Q.AT_LEAST: r" (?:oder|und) (?:mehr|darüber|höher|neuer)(?!\w)",
        Q.AT_MOST: r" oder (?:weniger|darunter)(?!\w)",
        Q.OVER: r"\+(?![0-9A-Za-z+])",
    },
    "fr": {
        Q.AT_LEAST: r" (?:ou|et) (?:plus|supérieure?|ultérieure?)(?!\w)| au moins(?!\w)| minimum(?!\w)",
        Q.AT_MOST: r" ou moins(?!\w)| au plus(?!\w)| au maximum(?!\w)| maximum(?!\w)",
        Q.ABOUT: r" environ(?!\w)",
        Q.OVER: r"\+(?![0-9A-Za-z+])",
    },
    "es": {
        Q.AT_LEAST: r" o (?:más|superior|posterior)(?!\w)| como mínimo(?!\w)",
        Q.AT_MOST: r" o menos(?!\w)| como máximo(?!\w)",
        Q.ABOUT: r" aproximadamente(?!\w)",
        Q.OVER: r"\+(?![0-9A-Za-z+])",
    },
    "pt": {
        Q.AT_LEAST: r" ou (?:mais(?! antig)|superior|posterior)(?!\w)| no mínimo(?!\w)",
        Q.AT_MOST: r" ou menos(?!\w)| no máximo(?!\w)",
        Q.ABOUT: r" aproximadamente(?!\w)",
        Q.OVER: r"\+(?![0-9A-Za-z+])",
    },
    "ja": {
        Q.AT_LEAST: "[ ]?以上",
        Q.AT_MOST: "[ ]?以下|[ ]?以内|内(?![部容外訳閣])",
        Q.UNDER: "[ ]?未満|弱(?!点|い|体)|足らず|[をに](?:満たな|下回)|を下回",
        Q.OVER: "超(?!え|高|大|音)|を超え|を上回|余り|余(?!裕|地|分)|強(?!い|化|み|調|力)|を突破|\\+(?![0-9A-Za-z+])",
        Q.NEARLY: "近く|に迫る|弱(?=の)",
        Q.ABOUT: "程度|前後|ほど|くらい|ぐらい|内外",
    },
    "ko": {
        Q.AT_LEAST: " ?이상",
        Q.AT_MOST: " ?이하| ?이내",
        Q.UNDER: " ?미만| ?남짓 안",
        Q.OVER: " ?초과|[을를이가]? (?:넘는|넘어|넘게|넘은|초과|웃도)|\\+(?![0-9A-Za-z+])",
        Q.NEARLY: " ?가까이| ?가까운|에 육박",
        Q.ABOUT: " ?정도| ?가량| ?안팎| ?내외",
    },
}
# A noun between number and qualifier: 100家以上, 100社以上, 3億人を超える, 100개 이상, 100 users or more.
AFTER_NOUN = {
    "zh": {
        Q.AT_LEAST: "或更多|以上(?!海|述|所|是|为|各|三|两|就|内容|问题)",
        Q.AT_MOST: "以下(?!是|为|各|三|两|就|几|内容|问题|简称)|以内(?!部)|之内",
        Q.ABOUT: "左右(?!手)|上下(?!文|游|级|班|车|线)",
        Q.UNDER: r"不到(?=[,，。；;、!！ ]|\Z)",
    },
    "ja": {
        Q.AT_LEAST: "以上",
        Q.AT_MOST: "以下|以内",
        Q.UNDER: "未満|足らず|を下回|に満たな",
        Q.OVER: "超(?!え|高|大|音)|を超え|を上回|余り|余(?!裕|地|分)|を突破|強(?!い|化|み|調|力)",
        Q.NEARLY: "近く|に迫る",
        Q.ABOUT: "程度|前後|ほど",
    },
    "ko": {
        Q.AT_LEAST: " ?이상",
        Q.AT_MOST: " ?이하| ?이내",
        Q.UNDER: " ?미만",
        Q.OVER: "[을를이가]? (?:넘는|넘어|넘게|넘은|초과|웃도)| ?초과",
        Q.NEARLY: " ?가까이| ?가까운|에 육박",
        Q.ABOUT: " ?정도| ?가량| ?안팎| ?내외",
    },
    "en": {Q.AT_LEAST: " or more(?!\\w)", Q.AT_MOST: " or (?:less|fewer)(?!\\w)"},
    "de": {Q.AT_LEAST: " (?:oder|und) mehr(?!\\w)", Q.AT_MOST: " oder weniger(?!\\w)"},
    "fr": {
        Q.AT_LEAST: " (?:ou|et) plus(?!\\w)| au moins(?!\\w)",
        Q.AT_MOST: " ou moins(?!\\w)| au plus(?!\\w)| max(?!\\w)| maximum",
    },
    "es": {Q.AT_LEAST: " o más(?!\\w)| como mínimo", Q.AT_MOST: " o menos(?!\\w)| como máximo"},
    "pt": {Q.AT_LEAST: " ou mais(?!\\w)| no mínimo", Q.AT_MOST: " ou menos(?!\\w)| no máximo"},
}
