"""Terms of the trade in a text: noun phrases that it uses again and again, and the names it is known for.

A term is always words of the text as they stand there; nothing is composed. Chinese phrases are runs of nouns by
rjieba's parts of speech, English ones runs of words between function words and punctuation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.claims.names.han import cut
from assistant.claims.stems import stem

_NOUNS = frozenset(("n", "vn", "nz", "an", "eng", "j", "l", "ng", "nrt"))
_HEADS = frozenset(("n", "vn", "nz", "eng", "j", "ng"))
_ASCII = re.compile(r"[A-Za-z][A-Za-z0-9./-]*$")
_LOOSE_ZH = frozenset(
    "情况 问题 方面 时候 时间 公司 企业 部门 人员 人 客户 用户 工作 内容 方式 方法 结果 效果 原因 作用 意义 部分 "
    "过程 阶段 水平 能力 条件 基础 关键 重点 特点 优势 目标 要求 需求 机会 趋势 行业 领域 市场 产品 服务 项目 方案 "
    "系统 技术 数据 数字 信息 资料 文章 报告 作者 本文 图表 附录 章节 记者 专家 人士 先生 女士 老师 同学 大家 自己 "
    "别人 双方 各方 对方 东西 事情 事 地方 办法 一年 今年 去年 明年 全年 年度 月份 上半年 下半年 季度 平均 总数 "
    "总量 比例 数量 程度 范围 规模 口径 概念 意见 建议 看法 观点 结论 说法 名称 单位 全国 国家 地区 区域 城市 中国 "
    "先后 前后 以上 以下 左右 之间 书 本书 报纸 杂志 出版社 全文 标题 摘要 关键词 目录 工厂 设备 机器"
    " 前提 价值 厂商 书单 工作日 主管 费用 库存 压力 成本 收入 老设备 用时".split()
)
"""Words that are no term by themselves; within a phrase they may stand (数据采集, 备件管理)."""
_EDGE_ZH = frozenset(
    "情况 问题 方面 时候 部分 原因 作者 本文 全年 以上 以下 左右 人士 东西 办法 同学 大家 自己".split()
)
_NO_NOUN_ZH = re.compile(r"^(?:上|下|前|后|内|外|里|间|次|个|家|台|年|月|日|天|元|万|亿|本|该|其|各)$")

_INSTITUTION = re.compile(r"(?:研究院|研究所|咨询|出版社|大学|学院|协会|学会|杂志|委员会)$")
"""Who says something is no term of the trade."""

_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:[-/&'’.][A-Za-zÀ-ɏ0-9]+)*|\d[\d.,%]*|[^\w\s]")
_STOP = frozenset(
    "a about above according across after again against ago all almost alone along already also although always am "
    "among an and another any anybody anyone anything are around as ask asked at away back be became because "
    "become been before began behind being below best better between beyond both but by call called came can "
    "cannot come could did do does done down during each early either else enough even ever every everybody "
    "everyone everything few fewer find first for found from full gave get gets give given gives go goes gone good "
    "got great had half hardly has have having he her here him his how however i if in instead into is it its "
    "itself just keep kept know knows known large last late later least leave left less let like likely little "
    "long look looks made make makes many may me mean means might more most much must my near nearly need needs "
    "never new next no nobody none nor not nothing now of off often old on once one only onto open or other others "
    "our out outside over own per perhaps put puts quite rather read reads really right said same saw say says "
    "second see seen several shall she should show showed shows since small so some somebody something sometimes "
    "soon still such take taken takes than that the their them themselves then there therefore these they thing "
    "things think third this those though three through thus time times to today together too took toward towards "
    "two under until up upon us use used uses using usually very want wants was way we well went were what when "
    "where whether which while who whole whom whose why will with within without word words would year years yes "
    "yet you your four five six seven eight nine ten twelve hundred thousand million whoever january february "
    "march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday percent per cent part parts kind day days month months week weeks hour hours minute minutes "
    "author authors publisher published press edition chapter page figure table appendix".split()
)
_LOOSE_EN = frozenset(
    stem(word)
    for word in "company companies firm firms people person group number numbers example case cases question questions "
    "answer answers reason reasons result results problem problems place point points side end case cost costs report "
    "reports book books study survey market markets customer customers supplier suppliers".split()
)
_DETERMINERS = frozenset("the a an of for in on with by and or to from their its our your each every this that".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A term as the text writes it first, how often it stands there, and in which of the texts first."""

    term: str
    count: int
    first: int


def frequent(texts: Sequence[str], language: str, *, least: int = 2) -> list[Found]:
    """The noun phrases that stand at least `least` times in the texts, those that say most first."""
    phrases = _han_phrases if language == "zh" else partial(_latin_phrases, whole=least < 2)
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, str]] = {}
    for number, text in enumerate(texts):
        for phrase in phrases(text):
            key = key_of(phrase)
            counts[key] += 1
            first.setdefault(key, (number, phrase))
    found = [Found(first[key][1], count, first[key][0]) for key, count in counts.items() if count >= least]
    found.sort(key=lambda f: (-f.count * weight(f.term, language), f.first))
    return _whole(found)


def contained(term: str, text: str) -> bool:
    """True when the text has the term, as words of its own where words are set apart."""
    if not _ASCII.match(term.split(" ")[0]):
        return term in text
    return bool(re.search(rf"(?<![A-Za-z0-9]){re.escape(term)}(?![A-Za-z0-9])", text, re.IGNORECASE))


def key_of(term: str) -> str:
    """The same for a term in singular and plural, in capitals or not."""
    return " ".join(stem(word.casefold()) for word in term.split())


def weight(term: str, language: str) -> float:
    """What a term says by its length: longer phrases say more than short ones, up to a point."""
    size = len(term) / 2 if language == "zh" else len(term.split())
    return min(size, 3.0)


def _whole(found: Sequence[Found]) -> list[Found]:
    """Without those that stand only as a part of a longer one that comes (nearly) as often."""
    return [
        one
        for one in found
        if not any(
            other is not one and one.term.casefold() in other.term.casefold() and 5 * other.count >= 3 * one.count
            for other in found
        )
    ]


def _han_phrases(text: str) -> Iterator[str]:
    """Runs of nouns, of at most four words and ten characters, that end in one."""
    run: list[tuple[str, str]] = []
    for line in text.splitlines():
        for word, tag, _ in (*cut(line), ("", "x", 0)):
            if word and tag in _NOUNS and not _NO_NOUN_ZH.match(word):
                run.append((word, tag))
                continue
            yield from _run(run)
            run = []


def _run(run: list[tuple[str, str]]) -> Iterator[str]:
    while run and (run[0][0] in _EDGE_ZH or run[0][1] == "l"):
        run = run[1:]
    while run and (run[-1][0] in _EDGE_ZH or run[-1][1] not in _HEADS):
        run = run[:-1]
    if not run:
        return
    words = [word for word, _ in run]
    said = "".join(words)
    latin = all(_ASCII.match(word) for word in words)
    if len(words) == 1 and (said in _LOOSE_ZH or len(said) < 2 or (latin and not said.isupper())):
        return
    if len(words) > 4 or len(said) > 10:
        yield from _run(run[-2:])
        return
    if _INSTITUTION.search(said):
        return
    if not (latin and len(words) > 1) and any(word not in _LOOSE_ZH for word in words):
        yield said


def _latin_phrases(text: str, *, whole: bool) -> Iterator[str]:
    """Runs of two or three words between function words and punctuation that a determiner or preposition leads in, and
    short forms in capitals. Where phrases are counted, what a run begins and ends with are some as well; what comes
    once only must be a `whole` run of two words: in a longer one a verb may stand."""
    for line in text.splitlines():
        run: list[str] = []
        before = ""
        for match in (*_WORD.finditer(line), None):
            word = match[0] if match else "."
            if word.casefold() not in _STOP and word[0].isalpha():
                run.append(word)
                continue
            yield from _nominal(run, before, whole=whole)
            run, before = [], word.casefold()


def _nominal(run: Sequence[str], before: str, *, whole: bool) -> Iterator[str]:
    words = list(run)
    while words and _NOT_LAST.search(words[-1]):
        words.pop()
    while words and words[0].endswith("ly"):
        words.pop(0)
    yield from (word for word in words if _CODE.fullmatch(word) and word not in _NO_TERM)
    named = len(words) > 1 and all(word[0].isupper() for word in words)
    if len(words) < 2 or not (named or before in _DETERMINERS) or _INSTITUTIONS & set(words):
        return
    options = [words[:2], words[:3], words[-2:]] if not whole else [words] * (len(words) == 2)
    for option in dict.fromkeys(map(tuple, options)):
        if stem(option[-1].casefold()) not in _LOOSE_EN:
            yield " ".join(option)


_INSTITUTIONS = frozenset(
    "Research Consulting Institute University Press Association Society Inc Ltd GmbH Agency Council".split()
)
_CODE = re.compile(r"[A-Z]{2,6}|[A-Z]+\d+|[A-Z][a-z]+[A-Z]\w*")
_NO_TERM = frozenset("RMB USD EUR GBP CNY JPY CEO CTO CFO COO USA US EU UK UN GDP AM PM OK FAQ NO ID TV".split())
_NOT_LAST = re.compile(r"(?:[^e]ed|ly)$")
"""Endings of words that end no noun phrase; "speed" and "feed" do."""

_PLACES = {"up": ("上游", "upstream"), "mid": ("中游", "midstream"), "down": ("下游", "downstream")}
_CLAUSES = re.compile(
    r"[；;。\n]|\.(?:\s|$)|[，,]\s*(?=[上中下]游)|,\s*(?=(?:and |while |with )?(?:up|mid|down)stream)", re.IGNORECASE
)
_LISTS = re.compile(r"(?:包括|涵盖|主要是|主要有|[是为有：])|\b(?:are|includes?|such as|like)\b|:", re.IGNORECASE)
_ITEMS = re.compile(r"[、，]|以及|[和及与](?=[㐀-鿿])|,\s*(?:and\s+)?|\s+and\s+")
_NO_ITEM = re.compile(r"[的了我你他它这那]|\b(?:we|our|us|it|that|which|who|is|are|was|were)\b", re.IGNORECASE)


def chain_items(texts: Sequence[str]) -> list[tuple[str, str]]:
    """What the texts list as standing upstream and downstream of the trade, as (`up` or `down`, item)."""
    found: list[tuple[str, str]] = []
    for clause in (clause for text in texts for clause in _CLAUSES.split(text)):
        there = [place for place, words in _PLACES.items() if any(word in clause.casefold() for word in words)]
        lists = _LISTS.search(clause)
        if len(there) != 1 or there[0] == "mid" or not lists:
            continue
        items = [item.strip(" 等") for item in _ITEMS.split(clause[lists.end() :])]
        items = [item for item in items if 2 <= len(item) <= 40 and not _NO_ITEM.search(item)]
        if len(items) >= 2:
            found += [(there[0], item) for item in items]
    return found
