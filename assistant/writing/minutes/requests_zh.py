"""Whether a Chinese sentence gives somebody a job: the promise, the request, the job that has nobody yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.names.han import han_names
from assistant.claims.names.words import SURNAMES
from assistant.writing.minutes.asked import Asked
from assistant.writing.minutes.dues import without_dues
from assistant.writing.minutes.spoken import called, tidy, without_names
from assistant.writing.speakers import is_han_person

_WORK = (
    "负责|跟进|联系|整理|准备|确认|安排|处理|落实|对接|更新|提交|起草|翻译|校对|设计|通知|汇总|统计|收集|牵头"
    "|推进|反馈|回复|答复|回访|租"
    "|打印|汇报|沟通|协调|调研|跟|办|做|写|查|审|核|改|发|出|配|盯|录|交|订|买|管|带|列|拍(?!个?板)|补|找|问|谈"
    "|拉|催|约|撤|换|删|测|试|报|递|拿|弄|搞|借|去|来"
)
_SPEAKS = re.compile(
    r"(?:谈|说|讲|介绍|分享|回答|发言|补充)(?:一下|谈|说|讲|一句|几句|您?的?(?:看法|想法|观点))"
    r"|谢谢|有请|[？?]$"
)
"""Somebody is given the floor, not a job."""

_MAY = re.compile(r"[我你让由请找叫派谁]|麻烦|安排|有人|没人|负责")
_FLOW = r"(?:说|讲|介绍|记|记录|觉得|认为|怎么|分享|总结|回答|看呢|先来|开始|听)"
_HELPING = (
    r"(?:会|要|还是|还|就|马上|这就|先|再|也|把|给|跟|来|去|回头|一会儿?|尽快|争取|可以|得|帮|这边|那边|自己"
    r"|发之前|之前|\s)*"
)
_PROMISE = re.compile(rf"(?<![和跟给找问叫让把帮对])我(?:们)?{_HELPING}(?!{_FLOW})(?:{_WORK})")
_NO_PROMISE = re.compile(
    rf"我(?:们)?(?:觉得|认为|记得|以为|想(?!办法)|知道|希望|喜欢|不|没|看(?:到|来|了|过|见)|听|说|补(?:一|充|个)"
    rf"|插|问(?:一下|你|过|了)|刚|昨|上(?:周|个|礼拜)|去年"
    rf"|打算|建议|同意|发现|们?之前|个人|倾向|{_FLOW})|我[^，。]{{0,12}}(?:过(?!去|来)|了(?=[，。]|$))"
    rf"|我们(?:原文|公司|国家|自己的|做的)|[？?]$"
)
_SURE = re.compile(rf"我(?:来|去|负责|会|马上|这就|一会儿?|尽快|先|就|再|把)|我(?:{_WORK})?[^，。]{{0,2}}(?=[，。]|$)")
_YOU = re.compile(rf"你(?:们)?{_HELPING}(?!{_FLOW})(?:{_WORK}|看(?=[，。]|$))")
_NOT_YOU = re.compile(
    rf"你(?:们)?(?:觉得|认为|想|怎么|看看?呢|知道|如果|要是|会不|不|先?{_FLOW})|[？?]$|你看[，,]|如果"
)
_NOBODY = re.compile(
    r"(?:没|无)(?:有)?(?:人(?:管|做|拍|负责|认领)|负责人)|负责人[^，。]{0,4}(?:空着|待定|未定|没定|未指定)|(?:得"
    r"|需要|要|必须)(?:有人|找(?:个|一)|找人)"
    r"|(?:谁|哪位)[^，。？]{0,8}(?:不知道|没(?:有)?(?:想好|定)|再定|再说)"
)
_STATE = re.compile(
    r"负责人[^，。]{0,4}(?:空着|待定|未定|没定|未指定)|(?:谁|哪位)[^，。？]{0,8}(?:不知道|没(?:有)?(?:想好|定)"
    r"|再定|再说)|没有(?:负责人|时间|日期)"
    r"|(?:时间|日期|日子)[^，。]{0,3}(?:空着|待定|未定|没定|不急)|先(?:挂着|空着|记着)|等[^，。]{1,6}(?:回话"
    r"|回复|消息)|记下了|还没人管"
)
_GIVES = r"(?:让|由|请|麻烦|安排|找|叫|派)"
_RELAY = re.compile(r"转告|通知(?:他|她|一下)|出差|不在|没来|请假|发邮件给(?:他|她)|在(?:火车|飞机|路)上|^(?:他|她)")
_ASIDE = re.compile(
    r"(?:总|主任|经理|老师|他们?|她们?)[^，]{0,2}(?:喜欢|说|觉得|不|在)|应该|可能|说不好|不好说|不知道|大概|上次|去年"
)
"""A clause that tells why or how likely, not what is to be done."""

_STOCK = re.compile(
    r"^(?:可以|对|好|行|也是|都是|就行|什么时候都行|做完说一声|最后一句|这样|(?:这|那)(?:条|个)?(?:先)?记(?:上"
    r"|下|着|一下)?吧?|第[一二三四五]个?|散会后?|(?:这|那)?(?:件|个|块)?(?:事|条)?(?:你|我)?(?:来|办|看|负责)?"
    r"|(?:你|我)(?:来|办|看|去|负责|做)(?:一下|吧)?)$"
)
_TOPIC_FIRST = re.compile(
    rf"^(?P<thing>[^，。我你他她]{{2,16}}?)(?:的话)?(?:我|你)(?:们)?(?:来|去)?(?P<work>(?:{_WORK})?[^，。]{{0,1}})$"
)


def asked_zh(sentence: str, speaker: str, names: Sequence[str], *, timed: bool) -> list[Asked]:
    """The jobs that a Chinese sentence gives; none, one, or a part that the speaker takes and one for somebody else.

    `timed`: it has a time by which something is due, or is told to have none.
    """
    if _SPEAKS.search(sentence) or (not _MAY.search(sentence) and not timed):
        return []
    said = tidy(sentence)
    clauses = re.split(r"(?<=[，,；;])", said)
    third = [(n, who) for n, clause in enumerate(clauses) if (who := _third(clause, names))]
    if third:
        at, who = third[0]
        before = "".join(clauses[:at])
        own = bool(_PROMISE.search(before)) and not _NO_PROMISE.search(before)
        rest = clauses[at:] if own else clauses
        jobs = [Asked(_what(before, names, ""), speaker)] if own else []
        return [*jobs, Asked(_what("".join(rest), names, who), who)]
    if said.endswith(("？", "?")):
        return []
    undated = without_dues(said)
    call = _called(said, names, speaker)
    mine = bool(_PROMISE.search(undated)) and not _NO_PROMISE.search(said)
    given = bool(_YOU.search(undated)) and not _NOT_YOU.search(said)
    if _NOBODY.search(said) and not mine:
        return [Asked(_what(said, names, ""), nobody=True)]
    if (
        call
        and not re.search(rf"{re.escape(call)}\s*[，,]?\s*(?:你)?(?:先|再|也)*{_FLOW}", said)
        and (given or _works(undated, call) or timed)
    ):
        whole = next(name for name in names if call in called(name))
        return [Asked(_what(said, names, whole), whole)]
    if mine and not call and (_SURE.search(undated) or timed):
        return [Asked(_what(said, names, ""), speaker)]
    if given:
        return [Asked(_what(said, names, ""), to_you=True)]
    return []


def _works(said: str, call: str) -> bool:
    return bool(re.search(rf"(?:^|[，。；]){re.escape(call)}\s*[，,]?\s*(?:你)?{_HELPING}(?!{_FLOW})(?:{_WORK})", said))


def _third(clause: str, names: Sequence[str]) -> str:
    """Whom a clause asks for by name, present or not: 让贺川办, 由小李负责, 找卡特琳."""
    for match in re.finditer(rf"{_GIVES}(?:[一-鿿]{{1,6}}的)?(?P<rest>[一-鿿]{{2,8}})", clause):
        rest = match["rest"]
        known = next((name for name in names for call in called(name) if rest.startswith(call)), "")
        if known:
            return known
        if short := re.match(r"[老小阿][一-鿿](?![一-鿿]?的)", rest):
            return short.group()
        full = (
            re.match(rf"[一-鿿]{{2,3}}?(?=$|{_WORK}|[，,。在]|先|把|今天|明天)", rest) if rest[0] in SURNAMES else None
        )
        if full and is_han_person(full.group()):
            return full.group()
        found = next((n for n in han_names(rest) if n.kind == "person" and n.span.start == 0), None)
        if found is not None:
            return found.span.of(rest)
    return ""


def _called(said: str, names: Sequence[str], speaker: str) -> str:
    """The short name by which a sentence calls somebody at the beginning of one of its parts."""
    after = r"(?=\s*(?:[，,]|你|来|去|负责|\d|这|今|明|下?周|[一二三四五六七八九十]+月))"
    for name in names:
        for call in called(name):
            if name != speaker and re.search(rf"(?:^|[，。；]){re.escape(call)}{after}", said):
                return call
    return ""


def _what(said: str, names: Sequence[str], owner: str) -> str:
    """What is to be done: the sentence without who and when."""
    kept = []
    people = sorted({call for name in (*names, owner) if name for call in called(name)}, key=len, reverse=True)
    for clause in re.split(r"[，,；;](?!\d)", without_dues(said).rstrip("。！？.!?")):
        clause = tidy(without_names(clause.strip(), names))
        if _RELAY.search(clause) or _ASIDE.search(clause) or (_STATE.search(clause) and len(clause) <= 14):
            continue
        for call in people:
            clause = re.sub(
                rf"(?:(?:这|那)(?:事|个|条|块))?{_GIVES}(?:[一-鿿]{{1,6}}的)?{re.escape(call)}(?:来|去)?(?:办"
                rf"|负责|做)?(?=$|.)",
                "",
                clause,
            )
            clause = re.sub(rf"^{re.escape(call)}(?=\s|你|来|去|负责|也|\d|就|$)", "", clause).strip()
        if topic := _TOPIC_FIRST.match(clause):
            clause = f"{topic['work'].removesuffix('来')}{topic['thing']}"
        clause = re.sub(rf"^(?:那|就)?(?:我|你)(?:们)?(?:这边|自己)?{_HELPING}?(?=.{{2}})", "", clause)
        clause = re.sub(r"(?<=.)(?<![给跟向找让叫帮])[我你](?:们)?(?:就|来|会)*(?=.{2})", "", clause)
        clause = re.sub(r"^(?:来|去)(?=.)", "", clause).strip()
        if clause and clause not in kept and not _STOCK.match(clause):
            kept.append(clause)
    while len(kept) > 1 and len("，".join(kept)) > 60:
        kept = kept[1:]
    return "，".join(kept)
