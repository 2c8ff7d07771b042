"""Currencies: symbols, codes and words, before and after the number. A currency is never converted or guessed."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.domain.quantity.fold import GAP
from knowledge.domain.quantity.model import UNKNOWN_CURRENCY


class Currency(NamedTuple):
    """An ISO 4217 code (or `UNKNOWN_CURRENCY`) and the stretch that names it."""

    code: str
    start: int
    end: int


_CODES = [
    "CNY",
    "USD",
    "EUR",
    "JPY",
    "GBP",
    "HKD",
    "TWD",
    "KRW",
    "SGD",
    "AUD",
    "CAD",
    "CHF",
    "INR",
    "BRL",
    "MXN",
    "RUB",
    "AED",
    "SAR",
    "THB",
    "VND",
    "IDR",
    "MYR",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
]

_PREFIX: dict[str, str] = {
    "USD": r"US\$|USD|美元|美金",
    "HKD": r"HK\$|港币|港元",
    "TWD": r"NT\$|新台币",
    "SGD": r"S\$",
    "AUD": r"AU?\$",
    "CAD": r"CA?\$",
    "BRL": r"R\$",
    "CNY": r"RMB[ \u00a0]?¥?|CNY|CN¥|人民币",
    "EUR": r"€|EUR|欧元",
    "GBP": r"£|GBP",
    "JPY": r"JPY|JP¥|日元",
    "KRW": r"₩",
    "INR": r"₹",
    "RUB": r"₽",
}
_OTHER_CODES = [code for code in _CODES if code not in ("CNY", "USD", "EUR", "GBP", "JPY")]
_PREFIX_PATTERN = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(f"(?P<{code}>{forms})" for code, forms in _PREFIX.items())
    + rf"|(?P<code>{'|'.join(_OTHER_CODES)})|(?P<dollar>\$)|(?P<yen>[¥]))[ \u00a0]?\Z"
)
_PREFIX_WINDOW = 8

_HAN_WORDS: dict[str, str] = {
    "USD": "美元|美金|米ドル|ドル|미국 달러|달러",
    "EUR": "欧元|ユーロ|유로",
    "JPY": "日元|日圆|円(?!形|滑|周)|엔(?!진|지|드|터)",
    "GBP": "英镑|ポンド|파운드",
    "HKD": "港元|港币|香港ドル|홍콩 달러",
    "TWD": "新台币|台币",
    "KRW": "韩元|韩圆|ウォン|원(?!칙|인|격|래|료)",
    "SGD": "新加坡元|新元",
    "AUD": "澳元|澳币",
    "CAD": "加元|加币",
    "CHF": "瑞士法郎|瑞郎",
    "INR": "印度卢比",
    "RUB": "卢布",
    "BRL": "雷亚尔",
    "THB": "泰铢",
    "CNY": "元人民币|人民元|人民币|위안|块钱|元(?!素|宇宙|数据|旦|件|器|组|年|月|老|首|化工)|圆(?!形|满|柱)",
}
_LATIN_WORDS: dict[str, str] = {
    "USD": r"US[- ]?\$|USD|US[- ]dollars?|US-Dollar|U\.S\. dollars?|dollars?(?: américains| US)?|"
    r"dólares(?: estadounidenses| americanos)?|dólar|Dollar|\$",
    "EUR": r"€|EUR|euros?",
    "CNY": r"RMB|CNY|yuane?s?|Chinese yuan|renminbi",
    "JPY": r"JPY|yens?|yenes|ienes",
    "GBP": r"£|GBP|pounds sterling|British pounds|livres sterling|libras esterlinas|Pfund Sterling",
    "KRW": r"won",
    "BRL": r"reais",
    "CHF": r"CHF|Swiss francs|Schweizer Franken|Franken|francs suisses",
    "HKD": r"HKD|Hong Kong dollars?",
    "unknown": r"pesos|francs|kronor|kroner|rupees|dinars?",
}
_SUFFIX_PATTERN = re.compile(
    rf"{GAP}(?:" + "|".join(f"(?P<{code}>{forms})" for code, forms in _HAN_WORDS.items()) + ")"
    r"|[ \u00a0\u202f-]?(?:d’|d'|de )?(?i:"
    + "|".join(f"(?P<l{code}>{forms})" for code, forms in _LATIN_WORDS.items())
    + rf"|(?P<code>{'|'.join(_OTHER_CODES)}))(?![A-Za-zÀ-ɏ0-9])"
)


def currency_before(text: str, position: int, language: str) -> Currency | None:
    """The currency that ends at `position`. "$" alone is the US dollar; "¥" is the yen in Japanese text only."""
    window = max(0, position - _PREFIX_WINDOW)
    match = _PREFIX_PATTERN.search(text[window:position])
    if match is None or match.lastgroup is None:
        return None
    code = match.lastgroup
    if code == "code":
        code = match["code"]
    elif code == "dollar":
        code = "USD"
    elif code == "yen":
        code = "JPY" if language == "ja" else "CNY"
    return Currency(code, window + match.start(), position)


def currency_after(text: str, position: int) -> Currency | None:
    """The currency word that starts at `position`, after at most two blanks and a French or Spanish "de"."""
    match = _SUFFIX_PATTERN.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    code = match.lastgroup
    if code == "code":
        code = match["code"].upper()
    elif code == "lunknown":
        code = UNKNOWN_CURRENCY
    else:
        code = code.removeprefix("l")
    return Currency(code, position, match.end())
