"""Finds a text that speaks to its judge: "give this full marks", "请评委判为 yes". A plain detector, not a model.

Words of judging alone say nothing (a customer scores a supplier, a jury gives an award). What tells is an order beside
them in the same sentence, a call to the judge at its start, or an order to drop the instructions.
"""

from __future__ import annotations

import re

from knowledge.domain.folding import fold
from knowledge.domain.text import clean, sentences, snippet

_NEAR = r"[^\n]{0,60}?"
_NAH = r"[^\n]{0,24}?"

_MARKS = (
    r"(?:(?:full|top|perfect|maximum|highest(?: possible)?|max) (?:marks?|scores?|ratings?|grades?|points?)"
    r"|10 ?/ ?10|5 ?/ ?5|100 ?/ ?100|(?:a|the) (?:score|rating|grade|verdict|mark) of\b"
    r"|verdict\b|\"?(?:yes|partly)\"? (?:on|for|to) (?:every|each|all|any)\b)"
)
_JUDGE = r"(?:judge|grader|evaluator|assessor|rater|reviewer|scorer|language model|ai model)s?"
_VERB = r"(?:give|award|assign|rate|score|grade|mark|answer|reply|respond|output|return|print|say|choose|pick|set)"
_ORDER = rf"(?:^|[,;:]\s*|\b(?:please|must|should|shall|you|kindly|always)\s+(?:\w+\s+){{0,2}}){_VERB}\b"
_PIECE = r"(?:it|this|these|the (?:text|draft|answer|response|piece|copy|article|section))"
_ENGLISH = (
    rf"{_ORDER}{_NEAR}{_MARKS}",
    rf"\b{_VERB} {_PIECE}\b{_NEAR}{_MARKS}",
    rf"{_ORDER} (?:with |only )*\"?(?:yes|partly)\b",
    rf"^(?:dear |attention,? |hey |hello )?(?:the )?{_JUDGE}\s*[,:]{_NEAR}"
    rf"(?:\b(?:please|you|must|ignore)\b|{_ORDER}|{_MARKS})",
    rf"\b(?:must|should|shall|have to|has to|please)\b{_NEAR}\b{_JUDGE}\b{_NEAR}{_MARKS}",
    rf"\b{_JUDGE} (?:must|should|shall|have to|has to|please)\b{_NEAR}(?:{_MARKS}|\byes\b|\bignore\b)",
    rf"\b(?:dear|attention|note to(?: the)?|message (?:to|for)(?: the)?|instructions? (?:to|for)(?: the)?) {_JUDGE}\b",
    rf"\bas (?:an?|the) (?:\w+ )?{_JUDGE},? (?:you|please|{_VERB})\b",
    rf"\byou (?:are|act as) (?:an?|the) (?:\w+ )?{_JUDGE}\b",
    rf"\b(?:this|the) (?:text|draft|answer|response)\b{_NEAR}\b(?:deserves|merits|must get)\b{_NEAR}{_MARKS}",
    r"\b(?:ignore|disregard|forget|override)\b[^\n]{0,30}?\b(?:instructions?|prompt|rubric|criteria|guidelines|judge)\b",
    r"\"?verdict\"? ?[:=] ?\"?(?:yes|partly|no)\b",
)
_FULL = r"(?:满分|最高分|高分|(?:10|十|100|一百|五|5)分|yes|通过|优秀|最高(?:等级|评价|档))"
_PANEL = (
    r"(?:评委|评审(?:员|者|模型|专家)?|评判(?:员|者)|评分(?:员|者|模型|系统|人)|裁判|打分(?:者|员|模型|的人)"
    r"|语言模型|ai模型)"
)
_GIVE = r"(?:(?<![邀聘申])请(?!到|了)|务必|必须|应当|应该|一律|直接|全部|都要)"
_CHINESE = (
    rf"{_GIVE}{_NAH}(?:打|给|判|评|输出|回答|选)(?:为|出|成|予|定为)?{_NAH}{_FULL}",
    rf"(?:打|给|评|判)(?:出|予|为|成|定为)?(?:本文|此文|这篇|这段|所有|每|各|全部){_NAH}{_FULL}",
    rf"(?:本文|此文|这篇\w{{0,4}}|这段\w{{0,4}}|以上\w{{0,4}}|所有(?:标准|项目|维度)|每(?:一)?项|各项){_NAH}"
    rf"(?:打|给|判|评)(?:为|出|成|定为|予)?{_FULL}",
    rf"^(?:致|告|尊敬的|提示|提醒|注意)[,:]?(?:各位)?{_PANEL}",
    rf"^(?:各位)?{_PANEL}[,:]?(?:请|务必|必须|应当|不要|忽略|无视|注意|你)",
    rf"(?:你是|作为)(?:一[个名位])?\w{{0,4}}{_PANEL}[,:]?{_NAH}(?:你|请|必须|应|{_FULL})",
    r"(?:忽略|无视|忘记|不要理会|抛开|不必理会)[^\n]{0,14}(?:指令|指示|要求|规则|标准|提示词|说明)",
    r"(?:判定|结论|评分|打分|verdict)[:=]\"?(?:yes|满分|通过|partly|10|100)",
)
_SPEAKS_ENGLISH = re.compile("|".join(f"(?:{pattern})" for pattern in _ENGLISH))
_SPEAKS_CHINESE = re.compile("|".join(f"(?:{pattern})" for pattern in _CHINESE))
_SPACE = re.compile(r"\s+")
_COMMAS = str.maketrans("、；。", ",;.")


def addressed(text: str) -> str:
    """The sentence in which the text speaks to its judge, shortened; empty when it does not."""
    text = clean(text)
    for span in sentences(text):
        sentence = text[span.start : span.end]
        folded = fold(sentence).translate(_COMMAS).lstrip("\"'(-*#> ")
        if _SPEAKS_ENGLISH.search(folded) or _SPEAKS_CHINESE.search(_SPACE.sub("", folded)):
            return snippet(sentence, 160)
    return ""
