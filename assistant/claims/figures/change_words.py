"""The words that say that a figure moved, from where, to where, or that it is still an aim. Eight languages.

Words of change that do not say which way (improve, 优化) are left out on purpose.
"""

from __future__ import annotations

import re


def _pattern(*alternatives: str, before: bool = False) -> re.Pattern[str]:
    """One pattern of all; with `before`, one that must end where the figure begins."""
    return re.compile(f"(?:{'|'.join(alternatives)})" + (_BETWEEN if before else ""), re.IGNORECASE)


# What may stand between such a word and its figure.
_BETWEEN = (
    r"(?:的|为|是|了|只需?|仅|平均|需要?|要|约|有|(?:an? )?(?:average|total|annualised) of|just|only|about|around|"
    r"nearly|over|some|less than|more than|\s|:){0,4}$"
)

UP = _pattern(
    r"上升|增至|增加|增长|增到|升至|升到|上涨|涨至|涨到|提升|提高|攀升|扩大|多了|高出|翻番",
    r"増加|向上|上昇|拡大|증가|상승|늘어|늘었",
    r"\b(?:rose|rises?|risen|rising|grew|grows?|grown|growth|growing|increas\w{0,3}|climb\w{0,3}|up|higher|gain\w{0,3}|jump\w{0,3}|"
    r"surg\w{0,3}|soar\w{0,3}|expand\w{0,3}|rais(?:ed|es|ing)|more)\b",
    r"\b(?:stieg\w{0,3}|gestiegen|steig\w{0,4}|wuchs|gewachsen|erhöht\w{0,2}|mehr|augment\w{0,6}|haus\w{1,3}|aument\w{0,5}|"
    r"subi\w{0,4}|creci\w{0,4}|cresce\w{0,3}|incrément\w{0,5})\b",
)
DOWN = _pattern(
    r"下降|降至|降低|降到|减少|减至|减到|缩短|下滑|下跌|跌至|跌到|缩减|节省|节约|回落|少了|压缩|"
    r"減少|短縮|低下|削減|감소|줄어|줄었|단축|하락",
    r"\b(?:fell|fall(?:s|en|ing)?|drop\w{0,4}|declin\w{0,3}|decreas\w{0,3}|down|reduc\w{0,5}|cut(?:s|ting)?|lower\w{0,3}|"
    r"shrank|shr[iu]nk\w{0,3}|shorten\w{0,3}|sav(?:ed|es?|ing)|slid|less|fewer|shorter)\b",
    r"\b(?:sank|sanken|gesunken|sink\w{0,3}|reduzier\w{0,3}|gesenkt|senk\w{0,4}|verringer\w{0,3}|weniger|baiss\w{0,4}|"
    r"réduit\w{0,2}|réduction|diminu\w{0,4}|bajó|bajaron|redujo|redujeron|reduc\w{0,6}|caiu|caíram|reduzi\w{0,4})\b",
)

_ENGLISH_FROM = (
    r"\b(?:from|versus|vs\.?|against|previously|formerly|originally|initially|had been|used to (?:be|take)|"
    r"before (?:the |this |that )?[a-z-]{0,16}(?: it| they| this)? (?:was|were|took|had))"
)
_ENGLISH_TO = r"\b(?:to|now|today|currently|stands? at|stood at)"
FROM_BEFORE = {
    "zh": _pattern(
        r"[由从自]|原来|原先|此前|之前|以前|过去|最初|起初|(?:上线|改造|实施|项目|升级|使用)前|原为|原本|年前",
        _ENGLISH_FROM,
        before=True,
    ),
    "en": _pattern(_ENGLISH_FROM, before=True),
    "de": _pattern(r"\b(?:von|vorher|zuvor|früher)", before=True),
    "fr": _pattern(r"\b(?:de|contre|auparavant)", before=True),
    "es": _pattern(r"\b(?:de|desde|frente a|antes)", before=True),
    "pt": _pattern(r"\b(?:de|desde|contra|antes)", before=True),
}
TO_BEFORE = {
    "zh": _pattern(r"[至到]|变为|变成|成为|→|->|=>|如今|现在|目前|上线后|改造后|实施后", _ENGLISH_TO, before=True),
    "en": _pattern(r"→|->|=>", _ENGLISH_TO, before=True),
    "de": _pattern(r"→|\b(?:auf|heute|jetzt)", before=True),
    "fr": _pattern(r"→|(?<!\w)(?:à|aujourd'hui|maintenant)", before=True),
    "es": _pattern(r"→|\b(?:a|hasta|ahora|hoy)", before=True),
    "pt": _pattern(r"→|\b(?:para|a|até|agora|hoje)", before=True),
}
FROM_AFTER = {
    "en": re.compile(r"\s(?:before|earlier|previously)(?=\s*(?:[,.;)]|$|(?:and|but)\b))", re.IGNORECASE),
    "ja": re.compile(r"\s?(?:から|より)"),
    "ko": re.compile(r"\s?(?:에서|부터)"),
}
TO_AFTER = {
    "en": re.compile(r"\s(?:after|afterwards|now|today)(?=\s*(?:[,.;)]|$|(?:and|but)\b))", re.IGNORECASE),
    "ja": re.compile(r"\s?(?:へと?|に(?!つい|おい|よ)|まで)"),
    "ko": re.compile(r"\s?(?:으로|로(?!부터)|까지)"),
}

TURNED_INTO = _pattern(
    r"[降升增减缩提涨跌扩加改变][^，。；,;]{0,6}[至到为成]|→|->|=>|\b(?:up |down )?to\b|\bauf\b|(?<!\w)à(?!\w)|\bpara\b"
)
"""Between two figures of one measure: the first became the second."""
INSTEAD_OF = _pattern(
    r"\b(?:instead of|rather than|up from|down from|compared (?:with|to))|而不是|(?:原来|此前|之前)的?是?", before=True
)
"""Between two figures of one measure: the second was before."""

STATED = re.compile(
    r"(?:[为是达占到至]|\b(?:is|are|was|were|at|to|of|reached|totall?ed|averaged))"
    r"(?:了|约|近|超过?|(?: (?:an?|the|about|nearly|over))*)?\s?$|[:：]\s?$",
    re.IGNORECASE,
)
"""Directly before a figure: it is what the clause is about, not a circumstance (within six months, in 31 stations)."""

_AIM = (
    r"目标|(?<!非)计划(?!经济|单列|生育|外)|预计|预期|有望|力争|争取|规划|拟于?|将[于达在会增]|将实现|将建|打算|希望",
    r"\b(?:targets?|targeted|goals?|aim(?:s|ed|ing)?|plan(?:s|ned|ning)? (?:to|for)|(?:is|are) planned|expect\w{0,3}|"
    r"forecast\w{0,3}|project(?:ed|s) to|intend\w{0,3}|hopes? to)\b",
)
AIM = _pattern(*_AIM)
"""Narrow: in a source these say that the figure is not reached yet."""
STILL_AIM = _pattern(
    *_AIM,
    r"将|拟|若|如果|可望|愿景|到20\d\d年",
    r"\b(?:may|might|could|would|should|can|will|is to|are to|set to|due to|slated|scheduled|potential\w{0,2}|"
    r"ambition\w{0,3}|seek\w{0,3}|look\w{0,3} to|going to|by 20\d\d|future|upcoming|next year|propos\w{0,4}|hop\w{0,3}|"
    r"anticipat\w{0,4}|estimat\w{0,3}|budget\w{0,3}|if|objectives?|plan\w{0,4}|guid(?:ed|ance|es|ing)|"
    r"fores[ae]\w{0,4}|predict\w{0,4}|project\w{0,4}|outlook)\b",
)
"""Wide: in a text these keep the figure from being read as a result."""
