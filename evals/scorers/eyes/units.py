"""What a figure counts or measures: the unit beside it, as a dimension and a factor to the dimension's base."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """`percent`, `points`, `times`, `seconds`, `money CNY` …; `things` are people, machines and all that is counted."""

    dimension: str
    factor: Decimal = Decimal(1)


_TABLE = """
percent 1: % percent per_cent pct Prozent
points 1: 个百分点 百分点 percentage_points percentage_point %_points pp
times 1: 倍 fold x ×
seconds 0.001: 毫秒 ms milliseconds millisecond
seconds 1: 秒钟 秒 s sec seconds second
seconds 60: 分钟 min minutes minute
seconds 3600: 个小时 小时 钟头 h hours hour
seconds 86400: 天 日 days day
seconds 604800: 周 个星期 星期 weeks week
workdays 1: 个工作日 工作日 working_days working_day business_days business_day
months 1: 个月 months month
months 3: 个季度 quarters
months 12: 周年 年 岁 years year
metres 0.000001: 微米 μm µm
metres 0.001: 毫米 mm millimetres millimeters
metres 0.01: 厘米 cm centimetres centimeters
metres 1: 米 m metres meters
metres 1000: 公里 千米 km kilometres kilometers
kilograms 0.001: 克 g grams
kilograms 1: 千克 公斤 kg kilograms
kilograms 1000: 吨 t tonnes tons
square_metres 1: 平方米 m² sqm square_metres square_meters
square_metres 10000: 公顷 hectares
square_metres 1000000: 平方公里 km² square_kilometres square_kilometers
bytes 1: KB
bytes 1000: MB
bytes 1000000: GB
bytes 1000000000: TB
watt_hours 1: 千瓦时 kWh
watt_hours 1000: 兆瓦时 MWh
watts 1: 千瓦 kW
watts 1000: 兆瓦 MW
degrees 1: ℃ °C 摄氏度 degrees_Celsius
things 1: 台 家 个 人 名 座 条 套 项 位 批 次 款 只 件 辆 种 路 篇 组 户 处 people pieces
money_CNY 1: 元 人民币 yuan renminbi RMB CNY
money_USD 1: 美元 dollars dollar USD
money_EUR 1: 欧元 euros euro EUR €
money_GBP 1: 英镑 pounds GBP £
money_JPY 1: 日元 yen JPY
money_HKD 1: 港元 港币 HKD
"""
_SIGNS = {"US$": "USD", "HK$": "HKD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "RMB": "CNY", "CNY": "CNY",
          "人民币": "CNY", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "HKD": "HKD"}  # fmt: skip
_NO_NOUNS = frozenset("across always times plus less versus minus its this thus has was does various".split())
_NO_UNIT = {"年": "代级轮检度", "次": "日", "个": "人体性案", "天": "然", "人": "工民", "日": "元", "周": "边",
            "条": "件", "x": "0123456789", "×": "0123456789", "m": "²³", "倍": "数", "位": "于置"}  # fmt: skip


def _units() -> dict[str, Unit]:
    found = {}
    for row in _TABLE.strip().splitlines():
        head, _, words = row.partition(": ")
        dimension, factor = head.split()
        found.update({word.replace("_", " "): Unit(dimension, Decimal(factor)) for word in words.split()})
    return found


_UNITS = _units()
_AFTER = re.compile(
    " ?-?(?:" + "|".join(re.escape(w) + ("(?![A-Za-z])" if w[-1].isalpha() and w.isascii() else "")
                         for w in sorted(_UNITS, key=len, reverse=True)) + ")"
)  # fmt: skip
_BEFORE = re.compile("(?<![A-Za-z])(" + "|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))) + ") ?\\Z")
_NOUN = re.compile(r" ([a-z]{2,}(?:s|ies))(?![\w-])")


def unit_at(text: str, start: int, end: int) -> Unit | None:
    """The unit of the figure at `start`–`end` (a scale word included); None when nothing known stands beside it."""
    sign = _BEFORE.search(text[max(0, start - 6) : start])
    if sign:
        return Unit(f"money_{_SIGNS[sign[1]]}")
    found = _AFTER.match(text, end)
    if found:
        word = found.group().removeprefix(" ").removeprefix("-").removeprefix(" ")
        if not text[found.end() :].startswith(tuple(_NO_UNIT.get(word, ""))):
            return _UNITS[word]
    noun = _NOUN.match(text, end)
    return Unit("things") if noun and noun[1] not in _NO_NOUNS and not noun[1].endswith("ss") else None
