"""The words marketers write in cells for what the library has one word for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from knowledge.domain.folding import fold
from knowledge.domain.locale import parse_locale
from knowledge.records import Audience, Level, Use
from knowledge.sheets.cells import JSON, parse_list

_Word = TypeVar("_Word", bound=StrEnum)

USES: Mapping[Use, str] = {
    Use.NAME: "名称|客户名称|具名|company name",
    Use.LOGO: "标识|标志|商标|徽标",
    Use.QUOTE: "引语|引言|证言|客户评价|quotes|testimonial",
    Use.FIGURES: "数据|数字|效果数据|figure|data|results",
    Use.VISIT: "参观|考察|样板参观|site visit|reference visit",
}
LEVELS: Mapping[Level, str] = {
    Level.PUBLIC: "公开|具名|可公开|实名",
    Level.ALIAS: "代称|匿名|化名|脱敏|anonymous|alias only",
    Level.INTERNAL: "内部|仅限内部|仅内部|不公开|internal only",
}
AUDIENCES: Mapping[Audience, str] = {
    Audience.PUBLIC: "公开|对外|公众",
    Audience.PARTNER: "伙伴|合作伙伴|代理商|渠道伙伴|partners",
    Audience.INTERNAL: "内部|仅限内部|对内|internal only",
}
_MARKETS = {
    "中国": "CN", "中国大陆": "CN", "国内": "CN", "china": "CN", "美国": "US", "usa": "US", "united states": "US",
    "欧盟": "EU", "european union": "EU", "英国": "UK", "united kingdom": "UK", "德国": "DE", "germany": "DE",
    "法国": "FR", "france": "FR", "日本": "JP", "japan": "JP", "韩国": "KR", "south korea": "KR", "俄罗斯": "RU",
    "russia": "RU", "印度": "IN", "india": "IN", "巴西": "BR", "brazil": "BR", "墨西哥": "MX", "mexico": "MX",
    "西班牙": "ES", "spain": "ES", "新加坡": "SG", "singapore": "SG",
}  # fmt: skip
_CHANNELS = {
    "官网": "website", "网站": "website", "公众号": "wechat", "微信": "wechat", "微信公众号": "wechat", "活动": "event",
    "展会": "event", "知乎": "zhihu", "抖音": "douyin", "小红书": "xiaohongshu", "领英": "linkedin", "邮件": "email",
    "媒体": "press", "新闻稿": "press",
}  # fmt: skip
_ALL = frozenset({"全部", "所有", "不限", "全球", "all", "any", "global", "worldwide"})
_CODE = re.compile(r"^[A-Z]{2,6}$")
_LOCALES = {
    "中文": "zh-CN", "简体中文": "zh-CN", "汉语": "zh-CN", "chinese": "zh-CN", "英文": "en", "英语": "en",
    "english": "en", "日文": "ja", "日语": "ja", "japanese": "ja", "韩文": "ko", "韩语": "ko", "korean": "ko",
    "德文": "de", "德语": "de", "german": "de", "法文": "fr", "法语": "fr", "french": "fr", "西班牙文": "es",
    "西班牙语": "es", "西语": "es", "spanish": "es", "葡萄牙文": "pt-BR", "葡萄牙语": "pt-BR", "葡语": "pt-BR",
    "portuguese": "pt-BR",
}  # fmt: skip


def choose(text: str, words: Mapping[_Word, str]) -> _Word:
    """The member that a word of ours or of the marketers' means. Raises `ValueError` naming what is known."""
    word = fold(text).strip()
    for member, said in words.items():
        if word == member.value or word in map(fold, said.split("|")):
            return member
    known = ", ".join(f"{member} ({said.split('|')[0]})" for member, said in words.items())
    raise ValueError(f"'{text}' is not known here; write one of {known}")


def markets(text: str) -> tuple[str, ...]:
    """Codes such as CN, EU, US from codes and names; 全部 and all mean no restriction. Raises `ValueError`."""
    found = []
    for item in items(text):
        code = _MARKETS.get(fold(item), item.upper())
        if fold(item) in _ALL:
            return ()
        if not _CODE.match(code):
            raise ValueError(f"'{item}' is no market's code; write one such as CN, EU or US")
        found.append(code)
    return tuple(dict.fromkeys(found))


def channels(text: str) -> tuple[str, ...]:
    """Channels by the words the library uses; one it does not know stays as it is written."""
    found = items(text)
    return () if any(fold(item) in _ALL for item in found) else tuple(_CHANNELS.get(fold(item), item) for item in found)


def locale(text: str) -> str:
    """A tag from a tag or the language's name. Raises `InputError` when it is neither."""
    return _LOCALES.get(fold(text).strip()) or parse_locale(text).tag


def language_named(heading: str) -> str | None:
    """The locale that a heading names by its language's name, as in 英文 or German."""
    return _LOCALES.get(fold(heading).strip())


def items(text: str) -> list[str]:
    """The words of a cell that lists some, also parted by commas and slashes."""
    if text.startswith(JSON):
        return parse_list(text)
    return [item for part in parse_list(text) for item in re.split(r"\s*[,，/]\s*", part) if item]
