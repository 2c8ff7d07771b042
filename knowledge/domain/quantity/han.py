"""Chinese numerals in running text, which mostly are no quantities: 一些, 统一, 三方, 万一.

Conservative: a numeral counts when it has a scale (一百二十, 三千), or when it is at least 2 and a classifier, a unit
or a currency follows (两家, 三年). Vague counts (几十, 数百, 上千, 三五个) are left out; 近百 and 千余 have a value.
"""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.quantity.currency import EAST_CURRENCIES
from knowledge.domain.quantity.fold import GAP
from knowledge.domain.quantity.numerals import read_han
from knowledge.domain.quantity.suffixes import match_suffix
from knowledge.domain.quantity.trie import one_of, split
from knowledge.domain.quantity.unit_words import WORDS

# With the words that the classifier's character begins otherwise.
_CLASSIFIERS = (
    "个|个月|个小时|个百分点|个工作日|个季度|家|台|套|人(?!工|类|民|生|才|事|力|物|脸|气|员)|名(?!义|列|字|单|牌)|"
    "位(?!于|置|居|一体)|次(?!要|元|日)|项(?!目管)|种(?!植|子)|类(?!似|型)|条(?!件|款)|款(?!式)|座|部(?!分|署|门|委)|辆|"
    "艘|架(?!构)|张(?!力)|份(?!额)|所(?!有|以|谓)|间(?!接|隔)|轮(?!换|廓)|批(?!准|判|量)|起(?!来|到|着|步|点)|"
    "支(?!持|付|撑|出)|只(?!有|是|要|能)|颗|组(?!织|成|件|合|建)|对(?!于|比|外|应|接|手|标)|册|篇|件(?!套)|岁|"
    "省(?!级)|市(?!场|级)|国(?!家|际|语|内)|大(?!于|会|厦|学|小|家|概|约|量|型|陆|数|战|街)|层(?!面|次)|门(?!槛)|块|"
    "片|户|头|株|栋|幢|亩|例(?!如|外)|宗|笔(?!记)|节(?!点|能|约)|页|集(?!群|成|团|中|合|装)|场(?!景|所|地)|届|周年|"
    "方面|维度|环节|步骤|阶段|城(?!市)|地(?=、)|道(?!路|理)|步(?!骤|入|伐|行|兵|枪)|核(?!心)|卡(?=[、，。])|机(?=柜)|人次|工作日"
)
COUNTED = re.compile(rf"{GAP}{one_of(split(_CLASSIFIERS))}")
# What can follow a single numeral that counts; any other ideograph makes it part of a word.
_FOLLOWERS = frozenset(
    form[0]
    for table in (_CLASSIFIERS, *WORDS["zh"].values(), *WORDS["ja"].values(), *EAST_CURRENCIES.values())
    for form in split(table)
) | frozenset("百倍成割到至半点或")
_JA_COUNTERS = (
    "つ(?!い|く|か|け|き|な)|人(?!工|間|材|生|気|物|類|口|的|々)|名(?!前|称|刺|目|義|古)|社(?!員|会|長|内|外|団)|台(?!湾|風|所|本|頭)|件(?!名)|"
    "個(?!人|性|別)|本(?!社|部|人|当|質|格|体|日|年|番)|枚|冊|回(?!路|線|答|復|転|収)|倍|割(?!合|り|引)|か国|カ国|ヶ国|ヵ国|か所|カ所|ヶ所|箇所|"
    "拠点|店舗|種類|種(?!別)|校(?!長|正)|棟|歳|円(?!形|滑)|ドル|ユーロ|パーセント|点(?!検|在|灯|数)|段階|項目|都市|都道府県|"
    "分野|製品|部門|チーム|ページ|世帯|戸|基(?!本|盤|準|地|礎)|隻|機(?!能|関|会|械|種)|席|票|億|万|千"
)
_JA_COUNTED = re.compile(rf"{GAP}{one_of(split(_JA_COUNTERS))}")
# 十分 enough, 百貨店, 千葉, 万一, 八百屋, 三菱, 二次: words that begin as numerals do.
_JA_WORDS = re.compile(
    r"十分(?!間|後|前|ほど|程度|以内)|百貨|百科|千葉|千代|千里|万一|万全|万能|万博|八百屋|四国|九州|三重|五輪|七夕|六本木|四半期"
)
_SCALES = frozenset("十百千万亿")
_VAGUE_LEFT = re.compile(r"(?:[数几上成若第双万千百初周]|星期|礼拜)\Z")
_ONE_OF = re.compile(r"倍(?![数率])|(?:年|天|个月|小时|个小时)[半多]|个半(?:小时|钟头|月|星期|周)")
_ONE_TO = re.compile(rf"[到至][二两三四五六七八九十](?:{one_of(split(_CLASSIFIERS))}|[天年周分秒])")
_SCALE_ONLY = re.compile(r"[百千]?[万亿]|[百千十]")
_TO_NUMERAL = re.compile(r"[ ]?[到至][ ]?[二三四五六七八九十]{1,3}")
_AFTER_OR = re.compile(r"[一二两三四五六七八九十][一-鿿]?或\Z")
_IDIOM_LEFT = ("货比",)
_OR = re.compile(r"[一-鿿]?或[二三四五六七八九十]")
_NEAR_LEFT = re.compile(r"(?:近|超过?|逾|突破|超出|将近|接近)\Z")
_PARTY = re.compile(r"大(?![洲类])|强|一|黄金周|国集团|一世纪")
_THESE = frozenset("这那该此述")
_SPECIAL_FOLLOW = re.compile(
    r"[几来]|周(?!年|内|的|后|时)|元(?:催|锂|里|乙|桥|正极|前驱|材料|化)|次(?:元|开发|利用|创业|供|方)|点|级|期|代|分(?!钟)|手|维|线"
)


# Japanese leaves the 一 of 一百 and 一千 out.
_BARE_STEP = re.compile(r"(?<![一二三四五六七八九])(?=[百千])")


def _japanese(text: str, start: int, end: int) -> Fraction | None:
    """三つ, 二十社, 百万人: a numeral with a counter, a unit or a currency behind it."""
    token = text[start:end]
    value = read_han(_BARE_STEP.sub("一", token)) if token not in ("百", "千") else None
    if value is None or value < 2 or _JA_WORDS.match(text, start) or text[start - 1 : start] in ("第", "数", "何"):
        return None
    if _JA_COUNTED.match(text, end) or match_suffix(text, text, end, "ja"):
        return value
    return value if len(token) > 1 and token[0] not in "十百千万" and not _SCALES.isdisjoint(token) else None


def han_value(text: str, start: int, end: int, language: str) -> Fraction | None:
    """The value of the Chinese numeral at `start`:`end` of `text` (folded), None where it counts nothing."""
    token = text[start:end]
    if start and text[start - 1] in "0123456789.":
        return None
    if language == "ja":
        return _japanese(text, start, end)
    if token == "一":
        return Fraction(1) if _ONE_OF.match(text, end) or _ONE_TO.match(text, end) else None
    if len(token) == 1 and token not in _SCALES:
        after = text[end : end + 1]
        if after not in _FOLLOWERS and after >= "\u3040":
            return None
    if _SPECIAL_FOLLOW.match(text, end) or text.startswith(("年代", "世纪", "世紀", "进制"), end):
        return None
    if token != "十" and _SCALE_ONLY.fullmatch(token):
        return _scale_alone(text, start, end)
    if _VAGUE_LEFT.search(text, max(0, start - 2), start):
        return None
    if _OR.match(text, end) or _AFTER_OR.search(text, max(0, start - 3), start):
        return None  # 三个或四个
    value = read_han(token)
    if value is None or value < 2:
        return None
    if len(token) > 1 and not _SCALES.isdisjoint(token):
        return None if value < 10**4 and _PARTY.match(text, end) else value
    if token == "二" or (token == "四" and text[end : end + 1] == "周"):
        return None
    if text.endswith(_IDIOM_LEFT, 0, start):
        return None
    if token == "两" and text[start - 1 : start] in _THESE:
        return None  # these two: both
    if upper := _TO_NUMERAL.match(text, end):
        end_of_range = upper.end()
        if COUNTED.match(text, end_of_range) or match_suffix(text, text, end_of_range, language):
            return value
    if "点" in token or COUNTED.match(text, end) or match_suffix(text, text, end, language):
        return value
    return None


def _scale_alone(text: str, start: int, end: int) -> Fraction | None:
    """近百, 超千万, 千余: the scale alone has a value when a qualifier stands with it."""
    near = _NEAR_LEFT.search(text, max(0, start - 2), start)
    if not near and text[end : end + 1] != "余":
        return None
    value = 1
    for char in text[start:end]:
        value *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[char]
    return Fraction(value)
