"""What every company says of itself, in the ways in which it is said: staff, customers, countries, patents, revenue …

A concept has one name in every language, so that `employs 486 people` and `员工 512 人` speak of the same thing. The
words must stand directly beside the figure: `研发人员 184 人` and `96 people in delivery` are no headcount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.domain.quantity import Kind

_ZH_JOIN = r"(?:[已达到至超过为有约近突破逾共计总数量合的]|人数|规模|\s)*$"
_ZH_HEAD = r"(?:^|[\s，。；、：,;:]|公司|集团|我们|现|全|拥有|共有|现有|已有|有|服务|累计|覆盖)"
_EN_LEFT = (
    r"(?: of| is| are| was| were| has| have| now| reached| stands at| totall?ed| more than| over| about| some|[\s:])*$"
)
_EN_END = r"(?=\s*(?:[.,;:)\n]|$|(?:and|at|across|worldwide|globally|from|as|on|in (?:\d|all|total|our|more|over))\b))"


@dataclass(frozen=True, slots=True)
class Concept:
    """`beside` are pairs of patterns: what ends before the figure, what begins after it. `keys` are names of fields."""

    id: str
    kinds: frozenset[Kind]
    beside: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    keys: frozenset[str] = frozenset()


def _beside(left: str, right: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(left, re.IGNORECASE), re.compile(right, re.IGNORECASE)


_COUNT = frozenset({Kind.NUMBER})
CONCEPTS = (
    Concept(
        "headcount",
        _COUNT,
        (
            _beside(rf"{_ZH_HEAD}(?:在册|在职|全职|正式|全体|全球)?(?:员工|职工|雇员){_ZH_JOIN}", r"\s*多?余?[人名位]"),
            _beside(
                rf"{_ZH_HEAD}(?:总人数|人员总数|员工总数|总员工数|员工人数|团队规模){_ZH_JOIN}",
                r"(?:\s*多?余?[人名位]|)",
            ),
            _beside(
                rf"(?:公司|集团|我们|拥有|共有|现有|有|^|\s|，){_ZH_JOIN}",
                r"\s*多?余?[名位人](?:全职|在职|正式)?(?:员工|职工|雇员)(?![^，。；]{0,4}(?:在|从事|负责|中))",
            ),
            _beside(r"\bemploy(?:s|ed|ing)?\b[^.,;]{0,16}$", r"\s(?:people|persons|staff|employees)" + _EN_END),
            _beside(
                r"(?:\bhas|\bhave|\bwith|\bof|\bour|\bsome|^)\s$",
                r"\s(?:full-time |permanent )?(?:employees|staff)" + _EN_END,
            ),
            _beside(rf"\b(?:staff|headcount|workforce|number of employees){_EN_LEFT}", r""),
        ),
        frozenset({"staff", "employees", "headcount", "员工", "员工人数", "员工数", "员工总数"}),
    ),
    Concept(
        "customers",
        _COUNT,
        (
            _beside(rf"{_ZH_HEAD}(?:企业|公司)?客户(?:总数|数量|数)?{_ZH_JOIN}", r"\s*多?余?[家个位]"),
            _beside(
                rf"(?:服务|拥有|共有|现有|有|为|累计服务)(?:了|于)?{_ZH_JOIN}",
                r"\s*多?余?[家个位](?:企业)?(?:客户|用户)",
            ),
            _beside(
                r"\b(?:serves?|served|serving|has|have|with)\s$",
                r"\s(?:business |corporate |enterprise |industrial )?(?:customers|clients)" + _EN_END,
            ),
        ),
        frozenset({"customers", "clients", "客户", "客户数", "客户数量"}),
    ),
    Concept(
        "countries",
        _COUNT,
        (
            _beside(
                r"(?:产品|业务|销往|覆盖|遍及|遍布|出口到?|在|服务)[^，。；\d]{0,6}$",
                r"\s*多?个?国家(?:运行|销售|使用|和地区|与地区|及地区|$|，|。)",
            ),
            _beside(
                r"\b(?:run|runs|running|sold|sells|present|active|operates?|used|installed|exports?)\b[^.,;\d]{0,12}$",
                r"\scountries",
            ),
        ),
        frozenset({"countries", "国家", "国家数"}),
    ),
    Concept(
        "patents",
        _COUNT,
        (
            _beside(rf"(?:授权)?发明专利(?:授权)?{_ZH_JOIN}", r"\s*多?余?[项件个]"),
            _beside(r"(?:拥有|取得|获得|持有|有)(?:了)?\s*$", r"\s*多?余?[项件个](?:授权)?发明专利"),
            _beside(r"\b(?:holds?|has|have|owns?|with)\s$", r"\s(?:granted )?invention patents"),
        ),
        frozenset({"patents", "发明专利", "专利"}),
    ),
    Concept(
        "revenue",
        frozenset({Kind.MONEY}),
        (
            _beside(
                r"(?:营业总?收入|营收|年销售额|年收入|销售收入)(?:为|达到?|约|超过?|近|突破|实现|\s|：)*$",
                r"(?!\s*(?:用于|投入))",
            ),
            _beside(r"(?:实现|取得|完成)\s*$", r"\s*(?:的)?(?:营业收入|营收|销售额|销售收入)"),
            _beside(r"\b(?:revenues?|turnover|annual sales)" + _EN_LEFT, r"(?! (?:in|from|on) [^\d\s])"),
        ),
        frozenset({"revenue", "turnover", "营业收入", "营收"}),
    ),
    Concept(
        "founded",
        frozenset({Kind.DATE}),
        (
            _beside(r"(?:公司|集团|我们|企业|司|^|\s|，|）|\))(?:正式)?(?:成立|创立|创建|创办|始建)于?\s*$", r""),
            _beside(r"(?:founded|established|set up)(?: in| on)?\s$", r"(?! (?:new|pilot|branch))"),
        ),
        frozenset({"founded", "established", "成立时间", "成立日期", "成立"}),
    ),
)
_BY_KEY = {key: concept.id for concept in CONCEPTS for key in concept.keys}
_REACH = 32


def concept_beside(text: str, start: int, end: int, kind: Kind) -> str:
    """The concept of the figure that stands at `start` … `end` of a sentence; empty when it is none of these."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    for concept in CONCEPTS:
        if kind in concept.kinds:
            for before, after in concept.beside:
                if before.search(left) and after.match(right):
                    return concept.id
    return ""


def concept_of_field(key: str) -> str:
    """The concept that a field is named after; empty when it is none. `revenue_2025` is revenue."""
    name = key.strip().lower()
    return _BY_KEY.get(name) or _BY_KEY.get(re.sub(r"_?(?:19|20)\d\d$", "", name), "")
