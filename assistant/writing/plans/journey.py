"""The buying journey: which kinds of entry speak to a buyer at which stage, and in which formats and channels.

Awareness, consideration, preference, purchase (ACPP). A success story does not win a first look, and company news does
not close a deal; an entry of a kind that fits two stages serves both, in another format each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.domain.words import Words

CHINA = "CN"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of piece: its name, the kinds of entry it is made from, the channels that bear it in China and abroad,
    the angle that suits it, and the fields of which the entry must have one."""

    name: Words
    kinds: tuple[str, ...]
    china: Words
    abroad: Words
    angle: str
    fields: tuple[str, ...] = ()

    def channel(self, market: str | None, language: str) -> str:
        """The channel for a market; without one, a Chinese text is for China."""
        at_home = market == CHINA if market else language == "zh"
        return (self.china if at_home else self.abroad).of(language)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the journey and its formats."""

    id: str
    name: Words
    formats: tuple[Format, ...]


ANGLES: Mapping[str, Words] = {
    "what": Words(zh="是什么", en="what"),
    "when": Words(zh="何时", en="when"),
    "why": Words(zh="为什么", en="why"),
    "where": Words(zh="在哪里", en="where"),
    "how": Words(zh="怎么做", en="how"),
}

_WECHAT = Words(zh="微信公众号", en="WeChat")
_VIDEO = Words(zh="视频号", en="WeChat Channels")
_ZHIHU = Words(zh="知乎", en="Zhihu")
_TOUTIAO = Words(zh="今日头条", en="Toutiao")
_BAIJIAHAO = Words(zh="百家号", en="Baijiahao")
_SITE = Words(zh="官网", en="website")
_MAIL = Words(zh="邮件", en="e-mail")
_LINKEDIN = Words(zh="LinkedIn", en="LinkedIn")
_YOUTUBE = Words(zh="YouTube", en="YouTube")
_X = Words(zh="X", en="X")

STAGES: tuple[Stage, ...] = (
    Stage(
        "awareness",
        Words(zh="意识", en="awareness"),
        (
            Format(Words(zh="企业动态", en="company news"), ("milestone", "document"), _WECHAT, _LINKEDIN, "when"),
            Format(Words(zh="人物专访", en="interview"), ("people", "person"), _VIDEO, _YOUTUBE, "why"),
            Format(
                Words(zh="获奖消息", en="award news"), ("company",), _TOUTIAO, _X, "what",
                fields=("award", "certificate"),
            ),
        ),
    ),
    Stage(
        "consideration",
        Words(zh="考虑", en="consideration"),
        (
            Format(
                Words(zh="行业洞察", en="industry insight"), ("position", "policy", "view", "document"),
                _ZHIHU, _LINKEDIN, "why",
            ),
            Format(Words(zh="产品介绍", en="product story"), ("product",), _WECHAT, _YOUTUBE, "what"),
            Format(Words(zh="白皮书", en="white paper"), ("technology",), _SITE, _SITE, "how"),
        ),
    ),
    Stage(
        "preference",
        Words(zh="偏好", en="preference"),
        (
            Format(Words(zh="客户成功案例", en="success story"), ("case", "document"), _WECHAT, _SITE, "how"),
            Format(Words(zh="对比文章", en="comparison"), ("competitor",), _ZHIHU, _LINKEDIN, "what"),
        ),
    ),
    Stage(
        "purchase",
        Words(zh="购买", en="purchase"),
        (
            Format(Words(zh="商业案例", en="business case"), ("case", "document"), _SITE, _MAIL, "why"),
            Format(Words(zh="样板考察", en="reference visit"), ("case",), _BAIJIAHAO, _SITE, "where"),
        ),
    ),
)  # fmt: skip
"""In the order of the journey: awareness by news, awards and people; consideration by insight, white paper and product
story; preference by success story and comparison; purchase by business case and reference visit."""
