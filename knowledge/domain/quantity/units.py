"""Units: how each language writes them, and their canonical names.

Conversions are known to nobody here on purpose: 90 minutes and 1.5 hours are the same time, but a text that says
one and a source that says the other is for a person to see.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity.model import Kind


class Unit(NamedTuple):
    """A canonical unit found in a text, and where its word ends."""

    unit: str
    kind: Kind
    end: int


DURATIONS = (
    "millisecond",
    "microsecond",
    "nanosecond",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
)

# canonical unit -> dimension; two units of one dimension can be told apart but not summed here.
DIMENSIONS: dict[str, str] = {
    **dict.fromkeys(DURATIONS, "time"),
    **dict.fromkeys(("km", "m", "cm", "mm", "μm", "nm", "mile", "inch", "foot"), "length"),
    **dict.fromkeys(("t", "kg", "g", "mg", "lb"), "mass"),
    **dict.fromkeys(("L", "mL"), "volume"),
    **dict.fromkeys(("m²", "km²", "ha", "mu", "ft²"), "area"),
    "m³": "volume",
    **dict.fromkeys(("B", "KB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB"), "data"),
    **dict.fromkeys(("kbps", "Mbps", "Gbps", "Tbps", "KB/s", "MB/s", "GB/s"), "rate"),
    **dict.fromkeys(("W", "kW", "MW", "GW"), "power"),
    **dict.fromkeys(("Wh", "kWh", "MWh", "GWh"), "energy"),
    **dict.fromkeys(("V", "kV"), "voltage"),
    **dict.fromkeys(("Hz", "kHz", "MHz", "GHz"), "frequency"),
    **dict.fromkeys(("°C", "°F"), "temperature"),
    **dict.fromkeys(("QPS", "TPS", "rpm", "fps"), "rate of events"),
    "dB": "level",
}

# Symbols are the same in every language; case counts (mW is no MW).
_SYMBOLS = {
    unit: re.escape(unit) for unit in DIMENSIONS if unit not in DURATIONS and len(unit) < 6 and unit != "mu"
} | {
    "millisecond": "ms",
    "microsecond": "[μµ]s",
    "nanosecond": "ns",
    "second": "s|sec",
    "minute": "min|mins",
    "hour": "h|hrs?",
    "μm": "[μµ]m",
    "m²": "m²|m2|㎡|sqm",
    "km²": "km²|km2",
    "m³": "m³|m3",
    "°C": "°[ ]?C|℃",
    "°F": "°[ ]?F|℉",
    "kbps": "[kK]bps",
    "GB/s": "GB/s|GBps",
    "MB/s": "MB/s|MBps",
    "QPS": "QPS|qps",
    "TPS": "TPS|tps",
    "L": "L",
    "foot": "ft",
    "inch": "inch",
    "mile": "mi",
    "lb": "lbs?",
    "ft²": "sq ft|ft²",
}
# A capital letter alone after a number is mostly a name (5G, 4B, 3V); these read as units.
_SYMBOLS.pop("B", None)

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "millisecond": "milliseconds?",
        "microsecond": "microseconds?",
        "second": "seconds?|secs",
        "minute": "minutes?",
        "hour": "hours?",
        "day": "days?",
        "week": "weeks?",
        "month": "months?",
        "quarter": "quarters",
        "year": "years?|yrs?",
        "km": "kilomet(?:re|er)s?",
        "m": "met(?:re|er)s?",
        "mile": "miles?",
        "inch": "inch(?:es)?",
        "foot": "feet|foot",
        "kg": "kilograms?|kilos?",
        "t": "tons?|tonnes?|metric tons?",
        "L": "lit(?:re|er)s?",
        "m²": "square met(?:re|er)s?",
        "km²": "square kilomet(?:re|er)s?",
        "ft²": "square feet",
        "ha": "hectares?",
        "mu": "mu",
        "GB": "gigabytes?",
        "TB": "terabytes?",
        "PB": "petabytes?",
        "MB": "megabytes?",
        "kWh": "kilowatt[- ]hours?",
        "MW": "megawatts?",
        "GW": "gigawatts?",
        "kW": "kilowatts?",
        "°C": "degrees Celsius",
    },
    "zh": {
        "millisecond": "毫秒",
        "microsecond": "微秒",
        "nanosecond": "纳秒",
        "second": "秒(?:钟|(?!级|杀))",
        "minute": "分钟(?!级)|分(?=\\d{1,2}秒)",
        "hour": "个?半?小时(?!级)|个?钟头",
        "day": "天(?!然|津|猫|河|地|空)|日(?=内|之内|以内|游|均|龄)",
        "week": "个?星期|周(?!年|边|岁|围|期|一|二|三|四|五|六|日|末)",
        "month": "个月(?!球)",
        "quarter": "个季度",
        "year": "年(?!级|代|轻|货|报|会|份|度)",
        "km": "公里|千米",
        "m": "米(?!粉|饭|兰|其)",
        "cm": "厘米",
        "mm": "毫米",
        "μm": "微米",
        "nm": "纳米",
        "mile": "英里",
        "inch": "英寸|吋",
        "foot": "英尺",
        "kg": "公斤|千克",
        "t": "吨",
        "g": "克(?!隆|服|里|拉|罗)",
        "mg": "毫克",
        "lb": "磅",
        "L": "升(?!级|至|到|高|值|温|为|幅)",
        "mL": "毫升",
        "m²": "平方米|平米",
        "km²": "平方公里|平方千米",
        "ha": "公顷",
        "mu": "亩",
        "m³": "立方米",
        "kWh": "千瓦时|度电",
        "MWh": "兆瓦时",
        "GWh": "吉瓦时",
        "W": "瓦(?!时|片|解)",
        "kW": "千瓦(?!时)",
        "MW": "兆瓦(?!时)",
        "GW": "吉瓦(?!时)",
        "V": "伏(?!特加)",
        "Hz": "赫兹",
        "°C": "摄氏度",
        "dB": "分贝",
    },
    "ja": {
        "millisecond": "ミリ秒",
        "microsecond": "マイクロ秒",
        "second": "秒(?:間)?",
        "minute": "分(?:間)?(?!の|析|野|散|類|割)",
        "hour": "時間",
        "day": "日(?:間)?(?!本|常|程)",
        "week": "週間",
        "month": "[かカヶケヵ]月(?:間)?|ヶ月間?|箇月",
        "quarter": "四半期",
        "year": "年(?:間)?(?!度|代|齢|版)",
        "km": "キロメートル",
        "m": "メートル",
        "kg": "キログラム",
        "t": "トン",
        "m²": "平方メートル",
        "km²": "平方キロメートル",
        "kWh": "キロワット時",
        "GB": "ギガバイト",
        "TB": "テラバイト",
    },
    "ko": {
        "millisecond": "밀리초",
        "second": "초(?![과기보반급])",
        "minute": "분(?!의|기|야|석|산)",
        "hour": "시간",
        "day": "일(?!반|부|본)",
        "week": "주(?:일|간)?(?![가-힣]{2})",
        "month": "개월",
        "quarter": "개?[ ]?분기",
        "year": "년(?:간)?(?!도|대)",
        "km": "킬로미터",
        "m": "미터",
        "kg": "킬로그램",
        "t": "톤",
        "m²": "제곱미터",
    },
    "de": {
        "millisecond": "Millisekunden?",
        "second": "Sekunden?",
        "minute": "Minuten?",
        "hour": "Stunden?",
        "day": "Tage?n?",
        "week": "Wochen?",
        "month": "Monate?n?",
        "quarter": "Quartale?n?",
        "year": "Jahre?n?",
        "km": "Kilometern?|Kilometer",
        "m": "Metern?|Meter",
        "kg": "Kilogramm",
        "t": "Tonnen?",
        "L": "Litern?|Liter",
        "m²": "Quadratmetern?|Quadratmeter",
        "kWh": "Kilowattstunden?",
    },
    "fr": {
        "millisecond": "millisecondes?",
        "second": "secondes?",
        "minute": "minutes?",
        "hour": "heures?",
        "day": "jours?",
        "week": "semaines?",
        "month": "mois",
        "quarter": "trimestres",
        "year": "ans?|années?",
        "km": "kilomètres?",
        "m": "mètres?",
        "t": "tonnes?",
        "m²": "mètres carrés",
        "kg": "kilogrammes?",
    },
    "es": {
        "millisecond": "milisegundos?",
        "second": "segundos?",
        "minute": "minutos?",
        "hour": "horas?",
        "day": "días?",
        "week": "semanas?",
        "month": "meses|mes",
        "quarter": "trimestres",
        "year": "años?",
        "km": "kilómetros?",
        "m": "metros?(?! cuadrado)",
        "t": "toneladas?",
        "m²": "metros cuadrados",
        "kg": "kilogramos?|kilos?",
    },
    "pt": {
        "millisecond": "milissegundos?",
        "second": "segundos?",
        "minute": "minutos?",
        "hour": "horas?",
        "day": "dias?",
        "week": "semanas?",
        "month": "meses|mês",
        "quarter": "trimestres",
        "year": "anos?",
        "km": "quilômetros?|quilómetros?",
        "m": "metros?(?! quadrado)",
        "t": "toneladas?",
        "m²": "metros quadrados",
        "kg": "quilogramas?|quilos?",
    },
}


def _alternatives(table: dict[str, str], prefix: str) -> tuple[str, list[str]]:
    names = sorted(table, key=lambda unit: -max(len(form) for form in table[unit].split("|")))
    return "|".join(f"(?P<{prefix}{i}>{table[unit]})" for i, unit in enumerate(names)), names


@lru_cache(maxsize=16)
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for a language's words, the shared symbols, and English inside East Asian text."""
    east = {"zh": ("zh",), "ja": ("ja",), "ko": ("ko",)}.get(language, ("zh",))
    latin = language if language not in ("zh", "ja", "ko") else "en"
    symbols, symbol_names = _alternatives(_SYMBOLS, "s")
    words, word_names = _alternatives(_WORDS[latin], "w")
    han, han_names = _alternatives(_WORDS[east[0]], "h")
    particle = "(?:(?<=[a-zé] )de )?" if latin in ("fr", "es", "pt") else ""  # 2 millones de toneladas
    lookup = {f"s{i}": unit for i, unit in enumerate(symbol_names)}
    lookup |= {f"w{i}": unit for i, unit in enumerate(word_names)}
    lookup |= {f"h{i}": unit for i, unit in enumerate(han_names)}
    return re.compile(
        rf"[ \t\u00a0\u202f\u3000]{{0,2}}(?:{han})"
        rf"|[ \u00a0\u202f-]?{particle}(?i:{words})(?![A-Za-zÀ-ɏ0-9])"
        rf"|[ \u00a0\u202f]?(?:{symbols})(?![A-Za-zÀ-ɏ0-9²³/])"
    ), lookup


def match_unit(text: str, position: int, language: str) -> Unit | None:
    """The unit that starts at `position`, after at most two blanks or a hyphen before a word (24-hour)."""
    pattern, lookup = _pattern(language)
    match = pattern.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    unit = lookup[match.lastgroup]
    return Unit(unit, Kind.DURATION if unit in DURATIONS else Kind.NUMBER, match.end())
