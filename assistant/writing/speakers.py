"""Who speaks in a transcript: the lines `Name: …`, and which of their beginnings are people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.claims.names.han import cut
from assistant.claims.names.words import CALENDAR, ORDINARY, ROLES, SURNAMES, TITLES

_SPEAKER = re.compile(
    r"^\s*(?:[\[(【]?\d{1,2}:\d{2}(?::\d{2})?[\])】]?\s*)?(?P<name>[^\W\d_][^:：\n。，,]{0,30}?)\s*"
    r"(?:(?<!\d)[:：]|(?<=\d)[:：](?!\d\d))(?!//)\s*(?P<said>\S.*)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\s*[\d一二三四五六七八九十]+$")
_ENDED = re.compile(r"[.!?…。！？][\"'”’)）]*\s*$")
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: (?:[A-ZÀ-Þ][\w'’.-]*|von|van|de|der|den|di|da|del|la|le|bin|al)){0,4}$")
_SHORT = re.compile(r"[老小阿]([一-鿿])$")
_ADDRESSED = re.compile(rf"(?P<surname>[一-鿿]{{1,2}}?)(?:总|工|董|导|哥|姐|{TITLES})$")
_DOTTED = re.compile(r"[一-鿿]+(?:[·・•‧][一-鿿]+)+$")
_HAN_NAME = re.compile(r"[一-鿿]{2,4}$")
_DOUBLE_SURNAMES = frozenset("欧阳 司马 司徒 上官 诸葛 夏侯 东方 皇甫 尉迟 慕容 令狐 端木 公孙".split())
_FIRM_SURNAMES = frozenset(
    "王李张刘陈杨赵吴徐孙朱郭何罗郑梁谢宋唐许韩冯邓曹彭萧肖董袁潘蒋蔡杜魏吕丁沈姚卢姜崔谭陆汪范廖贾邹孟熊秦邱尹薛闫"
    "侯陶黎贺顾郝龚邵覃戴苏谷"
)
"""Surnames with which hardly anything but a name begins that no dictionary has; not 周 (周会), 钱 (钱数), 温 (水温)."""
_THING = re.compile(r"[性点表单费率量项款价额数件]$")
_PERSON = ("nr", "nrt", "nrfg")
_LABELS = frozenset(
    "备注 注 附注 注意 说明 结论 决定 决议 待办 待办事项 行动 行动项 议题 主题 议程 时间 日期 地点 附件 附 问题 问 答 "
    "提示 提醒 补充 记录 纪要 小结 总结 进展 进度 风险 目的 背景 参会人 与会 缺席 白皮书 "
    "会议主题 会议时间 会议地点 会议日期 "
    "action actions note notes decision decisions agenda place location venue time date present absent apologies "
    "attendees participants minutes topic topics purpose subject update updates status budget price question questions "
    "answer result results open issue issues risk risks outcome conclusion summary reminder warning important todo "
    "owner deadline background context follow-up news item items step steps point points call recorder title task "
    "tasks goal goals agreed resolved launch review recap key http https q a".split()
)
"""What stands before a colon in minutes and is nobody: a heading of the record, not a name."""


def utterances(text: str) -> list[tuple[str, str]]:
    """Speaker and whole line of every utterance (`Name: …`) of a transcript, in order."""
    found = ((match, line) for line in text.splitlines() if (match := _SPEAKER.match(line)))
    return [(match["name"].strip(), line.strip()) for match, line in found]


def split_line(line: str) -> tuple[str, str]:
    """Name and words of a line `Name: …`; an empty name and the line where it has no such form."""
    match = _SPEAKER.match(line)
    return (match["name"].strip(), match["said"].strip()) if match else ("", line.strip())


def speakers(texts: Sequence[str]) -> list[str]:
    """Who speaks, in the order in which they begin.

    Whoever begins two lines does, whatever the name looks like. Who begins one line must look like a person, since a
    heading (`Date:`, `备注：`) begins one as well: in Chinese by family name and word class, else by capitals.
    """
    lines = [(m["name"].strip(), m["said"]) for text in texts for m in _SPEAKER.finditer(text)]
    counts = Counter(name for name, _ in lines)
    often = {name for name, count in counts.items() if count >= 2 and not _is_label(name)}
    whole = "\n".join(texts)
    found, begun = list[str](), False
    for name, said in lines:
        begun = begun or name in often
        if name not in found and (name in often or _speaks_once(name, said, begun, often, whole)):
            found.append(name)
    return found


def _speaks_once(name: str, said: str, begun: bool, often: set[str], whole: str) -> bool:
    """True for the one line of a person. Before the talk has `begun`, where the headings stand, a name in Latin
    letters needs a whole sentence behind it."""
    if _is_label(name):
        return False
    if numbered := _NUMBER.search(name):
        return any(_NUMBER.sub("", other) == name[: numbered.start()] for other in often if _NUMBER.search(other))
    if not _LATIN_NAME.match(name):
        return is_han_person(name)
    if not (begun or _ENDED.search(said)) or not _is_latin_person(name):
        return False
    # One word alone (`Tom:`) may be any noun: others must be called so, too, and somebody must mention it.
    mentioned = re.search(rf"(?m)(?<=[^\n]){re.escape(name)}\b(?!\s*[:：])", whole)
    return " " in name or (bool(mentioned) and any(_LATIN_NAME.match(other) and " " not in other for other in often))


def _is_label(name: str) -> bool:
    words = _NUMBER.sub("", name.casefold()).split()
    return any(word in _LABELS for word in words) and all(word in _LABELS | ORDINARY for word in words)


def _is_latin_person(name: str) -> bool:
    words = name.casefold().split()
    return words[-1] not in ORDINARY | ROLES | CALENDAR | _LABELS and words[0] not in (ORDINARY | _LABELS) - {"will"}


def is_han_person(name: str) -> bool:
    """老彭, 何经理, 卡特琳·福尔默; or a family name and what no dictionary has: 林知夏, but not 时间 or 周计划."""
    if _DOTTED.match(name):
        return True
    called = (title := _ADDRESSED.match(name)) is not None and title["surname"] in SURNAMES | _DOUBLE_SURNAMES
    if not _HAN_NAME.match(name):
        return called
    if _THING.search(name):
        return False
    import rjieba

    words = cut(name)
    if rjieba.has_word(name):
        known = len(name) == 3 and len(words) == 1 and words[0][1] in _PERSON
        return known and (name[0] in SURNAMES or words[0][1] == "nrt")
    if called or ((short := _SHORT.match(name)) and short[1] in SURNAMES):
        return True
    if name[0] in _FIRM_SURNAMES and len(name) < 4 and words and words[0][0] in (name, name[0]):
        return True
    if len(words) == 1:
        return words[0][1] == "nrt" or (words[0][1] in _PERSON and name[0] in SURNAMES)
    begins = bool(words) and name[0] in SURNAMES and words[0][1] in _PERSON
    return begins and all(len(word) == 1 or tag in (*_PERSON, "a", "ns", "nz") for word, tag, _ in words[1:])
