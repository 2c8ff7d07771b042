"""What the record says of a job and its segments, in both languages: who reads it decides which.

The record keeps the messages of checks in both. Reasons that the program itself gives are kept in English and known
here; what people, files and providers say stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.localization.checks.registry import BY_ID
from assistant.localization.jobs.planning import FACT_CHANGED, UNKNOWN
from assistant.localization.jobs.records import JobSegment
from assistant.localization.jobs.results import SPENT
from assistant.localization.jobs.store import CANCELLED
from assistant.localization.translator import REPEATS
from knowledge.domain.words import Words

BY_HAND = "stopped by hand"

NO_REPLY = Words(zh="没有可用的回复", en="no usable reply")
_KINDS = {
    CANCELLED: Words(zh="任务取消时还没译到", en="not reached before the job was cancelled"),
    UNKNOWN: Words(zh="口径不能核对这种语言", en="a language that Koujing cannot check"),
}
"""What reasons without a finding are counted as."""
_BESIDE = {FACT_CHANGED: Words(zh="所依据的事实已变", en="A fact behind it has changed")}

_REASONS: tuple[tuple[str, str], ...] = (
    (CANCELLED, "任务取消时还没有译到这里"),
    (UNKNOWN, "口径不认识 {locale}：程序无法核对这种译文，须由人来写"),
    (SPENT, "{budget} 词元的预算已用完（用了 {used}）；提高预算即可继续"),
    (BY_HAND, "被手动停止"),
    ("paused by {name}", "由 {name} 暂停"),
    ("cancelled by {name}", "由 {name} 取消"),
    ("no translation came back", "模型没有给出译文"),
    ("the reply lacks this segment", "模型的回复里没有这一段"),
    (REPEATS, "模型复述了指令，没有翻译"),
    ("the model has not answered for a while: {why}", "模型有一段时间没有回应：{why}"),
    ("{who}: the reply was cut by its length limit; ask for less text", "{who}：回复超长被截断"),
    ("{who}: the model refused to answer; change the request", "{who}：模型拒绝回答"),
    ("{who}: the reply broke off", "{who}：回复中断"),
    ("{who}: the provider's content filter refused the request ({status})",
     "{who}：被服务商的内容过滤拦下（{status}）"),
    ("{file}: cannot be written ({why})", "{file}：无法写入（{why}）"),
    ("an unexpected error ({error}) while the file was read; this is a fault of Koujing",
     "读文件时发生意外错误（{error}）；这是口径的问题"),
    ("an unexpected error ({error}); this is a fault of Koujing", "发生意外错误（{error}）；这是口径的问题"),
)  # fmt: skip


def message_words(finding: Mapping[str, Any]) -> Words:
    """What a finding says. One that was kept in one language only says the same in both."""
    kept = finding.get("words")
    message = str(finding.get("message", ""))
    return Words(**kept) if kept else Words(zh=message, en=message)


def check_words(check: str) -> Words:
    """What a check is called; its id where it is none of ours."""
    return BY_ID[check].title if check in BY_ID else _BESIDE.get(check, Words(zh=check, en=check))


def findings_in(segment: JobSegment, language: str) -> list[dict[str, Any]]:
    """The findings of a segment as data, their messages in one language."""
    return [
        {**{name: value for name, value in one.items() if name != "words"}, "message": message_words(one).of(language)}
        for one in segment.findings
    ]


def why_words(segment: JobSegment) -> Words:
    """Why a segment is held back; where a check is the reason, what that says."""
    for finding in segment.findings:
        if segment.why and segment.why == finding.get("message"):
            return message_words(finding)
    return reason_words(segment.why)


def reason_words(why: str) -> Words:
    """Why a job rests, a file failed or a segment is held back; one that is not known here says the same in both."""
    for pattern, (_, chinese) in zip(_PATTERNS, _REASONS, strict=True):
        if found := pattern.fullmatch(why):
            return Words(zh=chinese.format_map(found.groupdict()), en=why)
    return Words(zh=why, en=why)


def is_spent(why: str) -> bool:
    """Whether a job rests because its budget is used up."""
    return _pattern(SPENT).fullmatch(why) is not None


def kind_words(segment: JobSegment) -> Words:
    """What sort of reason it is that no check found."""
    return next((words for english, words in _KINDS.items() if _pattern(english).fullmatch(segment.why)), NO_REPLY)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)(?::,)?\\\}", r"(?P<\1>.+)", re.escape(english)), re.DOTALL)


_PATTERNS = tuple(_pattern(english) for english, _ in _REASONS)
