"""Words of figures and dates, per language: scales, months, numerals."""

from __future__ import annotations

from decimal import Decimal

THOUSAND, MYRIAD, MILLION, YI, BILLION, TRILLION = (Decimal(10) ** power for power in (3, 4, 6, 8, 9, 12))

SCALES: dict[str, dict[str, Decimal]] = {
    "zh": {"万": MYRIAD, "亿": YI, "百万": MILLION, "千万": MILLION * 10, "十亿": BILLION, "百亿": YI * 100,
           "千亿": YI * 1000, "千": THOUSAND, "万亿": TRILLION},
    "ja": {"万": MYRIAD, "億": YI, "兆": TRILLION, "百万": MILLION, "千": THOUSAND},
    "ko": {"만": MYRIAD, "억": YI, "조": TRILLION, "백만": MILLION, "천": THOUSAND},
    "en": {"thousand": THOUSAND, "million": MILLION, "billion": BILLION, "trillion": TRILLION,
           "k": THOUSAND, "K": THOUSAND, "M": MILLION, "mn": MILLION, "bn": BILLION},
    "de": {"Tausend": THOUSAND, "tausend": THOUSAND, "Million": MILLION, "Millionen": MILLION, "Mio.": MILLION,
           "Milliarde": BILLION, "Milliarden": BILLION, "Mrd.": BILLION, "Billionen": TRILLION},
    "fr": {"mille": THOUSAND, "million": MILLION, "millions": MILLION, "milliard": BILLION, "milliards": BILLION},
    "es": {"mil": THOUSAND, "millón": MILLION, "millones": MILLION, "mil millones": BILLION},
    "pt": {"mil": THOUSAND, "milhão": MILLION, "milhões": MILLION, "bilhão": BILLION, "bilhões": BILLION},
}  # fmt: skip

MONTHS: dict[str, tuple[str, ...]] = {
    "en": tuple("January February March April May June July August September October November December".split()),
    "de": tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    "fr": tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    "es": tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
    "pt": tuple("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()),
}

NUMERALS: dict[str, dict[str, int]] = {
    language: {word: number for number, word in enumerate(words.split(), start=2)}
    for language, words in {
        "en": "two three four five six seven eight nine ten eleven twelve",
        "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
        "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    }.items()
}
HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
HAN_PLACES = {"十": 10, "百": 100, "千": 1000}
NATIVE_KOREAN = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}

NO_UNIT_BEFORE: dict[str, str] = {"周": "年", "주": "년", "분": "의기", "千": "瓦克米字伏帕赫卡", "分": "野の散析布之"}
"""A unit or scale word that is none when one of these follows: 15 周年, 15 주년, 3분의 2, 千瓦."""
