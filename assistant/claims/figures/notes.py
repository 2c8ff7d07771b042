"""What a verdict on a figure says to a person."""

from __future__ import annotations

from knowledge.domain.words import Words

_NOTES = {
    ("supported", ""): ("出处有同一数值", "the source has the same value"),
    ("supported", "rounded"): (
        "出处的“{there}”取整后是这个数",
        "the source has '{there}', of which this is the round figure",
    ),
    ("qualifier_changed", ""): (
        "数值相同，限定词变了：出处是“{there}”",
        "same value, another qualifier: the source has '{there}'",
    ),
    ("unsupported", ""): ("所引出处没有这个数值", "the cited sources do not have this value"),
    ("unsupported", "counted"): (
        "出处没有这个数；若是数出来的，请核对",
        "the sources do not have this number; if it was counted, count again",
    ),
    ("unsupported", "elsewhere"): (
        "所引出处没有；另一处资料里有“{there}”",
        "not in the cited sources; another source has '{there}'",
    ),
    ("contradicted", "other_value"): (
        "出处对同一件事写的是“{there}”",
        "the source says '{there}' of the same thing",
    ),
    ("contradicted", "swapped"): (
        "出处的这个数说的是另一件事；这里应是“{there}”",
        "the source says this figure of something else; here it has '{there}'",
    ),
    ("contradicted", "inverted"): (
        "前后颠倒：出处的“{there}”在变化的另一头",
        "before and after are inverted: in the source '{there}' stands at the other end",
    ),
    ("contradicted", "opposed"): ("升降方向与出处相反", "the source says that it went the other way"),
    ("contradicted", "target"): (
        "出处写的是目标或计划，不是结果",
        "the source gives it as a target or plan, not as a result",
    ),
    ("ambiguous", "multiple"): (
        "“增加几倍”与“增加到几倍”说法不同，可能差一倍",
        "'by' and 'to' so many times are not the same; it may be one time off",
    ),
    ("not_checked", ""): ("没有引用出处", "nothing is cited"),
}


def note_of(verdict: str, reason: str, there: str) -> Words:
    """The note on a figure; `there` is what stands in the source."""
    zh, en = _NOTES[verdict, reason]
    return Words(zh=zh.replace("{there}", there), en=en.replace("{there}", there))
