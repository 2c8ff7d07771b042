"""Currencies: symbols, codes and words, before and after the number. A currency is never converted or guessed."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.domain.quantity.model import UNKNOWN_CURRENCY
from knowledge.domain.quantity.trie import Endings, flat


class Currency(NamedTuple):
    """An ISO 4217 code (or `UNKNOWN_CURRENCY`) and the stretch that names it."""

    code: str
    start: int
    end: int


_CODES = (
    "CNY USD EUR JPY GBP HKD TWD KRW SGD AUD CAD CHF INR BRL MXN RUB AED SAR THB VND IDR MYR SEK NOK DKK PLN".split()
)
_BEFORE: dict[str, str] = {
    "USD": "US$|$|美元|美金",
    "HKD": "HK$|港币|港元",
    "TWD": "NT$|新台币",
    "SGD": "S$",
    "AUD": "A$|AU$",
    "CAD": "C$|CA$",
    "BRL": "R$",
    "CNY": "RMB|RMB¥|RMB ¥|CN¥|¥|人民币",
    "EUR": "€|欧元",
    "GBP": "£",
    "JPY": "JP¥|日元",
    "KRW": "₩",
    "INR": "₹",
    "RUB": "₽",
}
_BEFORE_CODES = {code: code for code in _CODES} | flat(_BEFORE)
_BEFORE_WORDS = Endings(_BEFORE_CODES)
_BEFORE_LAST = frozenset(word[-1] for word in _BEFORE_CODES)

# After the number, in East Asian scripts; a lookahead keeps 元宇宙 and 円形 apart.
EAST_CURRENCIES: dict[str, str] = {
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
# After the number, in Latin letters and signs, whatever the case.
LATIN_CURRENCIES: dict[str, str] = {
    "USD": "us$|us-$|us $|usd|us dollar|us dollars|us-dollar|us-dollars|u.s. dollar|u.s. dollars|dollar|dollars|"
    "dollars américains|dollar us|dollars us|dólar|dólares|dólares estadounidenses|dólares americanos|$",
    "EUR": "€|eur|euro|euros",
    "CNY": "rmb|cny|yuan|yuans|yuane|yuanes|chinese yuan|renminbi",
    "JPY": "jpy|yen|yens|yenes|ienes",
    "GBP": "£|gbp|pounds sterling|british pounds|livres sterling|libras esterlinas|pfund sterling",
    "KRW": "won",
    "BRL": "reais",
    "CHF": "chf|swiss francs|schweizer franken|franken|francs suisses",
    "HKD": "hkd|hong kong dollar|hong kong dollars",
    UNKNOWN_CURRENCY: "pesos|francs|kronor|kroner|rupees|dinar|dinars",
}
for _code in _CODES:
    LATIN_CURRENCIES[_code] = (
        f"{LATIN_CURRENCIES[_code]}|{_code.lower()}" if _code in LATIN_CURRENCIES else _code.lower()
    )


def currency_before(text: str, position: int, language: str) -> Currency | None:
    """The currency that ends at `position`. "$" alone is the US dollar; "¥" is the yen in Japanese text only."""
    end = position
    if text[end - 1 : end] in (" ", "\u00a0"):
        end -= 1
    if text[end - 1 : end] not in _BEFORE_LAST:
        return None
    word = _BEFORE_WORDS.at(text, end)
    if not word:
        return None
    code = "JPY" if word == "¥" and language == "ja" else _BEFORE_CODES[word]
    return Currency(code, end - len(word), position)
