"""Korean numbers in words: native ones before a counter (두 배), Sino-Korean ones with a scale (삼십 퍼센트)."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.quantity.trie import one_of

_NATIVE_ONES = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_NATIVE_TENS = {"열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50}
_NATIVE = (
    _NATIVE_ONES
    | _NATIVE_TENS
    | {"스무": 20}
    | {f"{ten}{one}": a + b for ten, a in _NATIVE_TENS.items() for one, b in [("한", 1), *_NATIVE_ONES.items()]}
)
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_STEPS = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}

_COUNTERS = (
    "가지 개 개월 개국 개사 곳 군데 건 권 나라 단계 달 대 도시 마리 명 명의 번 번째 배 분기 분야 사람 살 송이 시간 "
    "쌍 잔 장 종 종류 주 차례 채 척 층 팀 판 편 항목 회사 회 해 그룹 공장 기업 국가 지역 제품 고객"
).split()
# 세대 is a generation, 세종 a king: without a blank only these.
_CLOSE_COUNTERS = "가지 개 개월 곳 달 명 번 배 시간".split()
_SINO_COUNTERS = (
    "% 퍼센트 프로 년 개월 개 명 곳 건 대 원 달러 유로 엔 위안 배 회 시간 분 초 일 주 만 억 조 천 가구 인 톤 킬로 "
    "미터 여"
).split()
HANGUL = re.compile(
    rf"(?<![가-힣])(?:(?P<native>{one_of(_NATIVE)})(?= {one_of(_COUNTERS)}|{one_of(_CLOSE_COUNTERS)})"
    rf"|(?P<sino>[일이삼사오육칠팔구십백천만억조]{{2,16}})(?= ?{one_of(_SINO_COUNTERS)}))"
)
"""A number in words where a counter follows."""
STARTS = "".join(sorted({word[0] for word in (*_NATIVE, *_SINO, *_STEPS, *_LARGE)}))


_ORDINAL = re.compile(" ?번째")


def hangul_at(text: str, start: int) -> tuple[int, Fraction | None]:
    """Where the number in words at `start` ends, and its value; the start when there is none."""
    match = HANGUL.match(text, start)
    if match is None or _ORDINAL.match(text, match.end()):
        return start, None
    if match["native"]:
        return match.end(), Fraction(_NATIVE[match["native"]])
    return match.end(), _sino(match["sino"])


def _sino(token: str) -> Fraction | None:
    """이십삼만 오천 and its like in one piece; at least one scale, each lower than the one before."""
    total = section = 0
    digit, last_step, last_large = 0, 10**4, 10**16
    for char in token:
        if char in _SINO:
            if digit:
                return None
            digit = _SINO[char]
        elif char in _STEPS:
            if _STEPS[char] >= last_step:
                return None
            section += (digit or 1) * _STEPS[char]
            last_step, digit = _STEPS[char], 0
        else:
            section += digit
            if not section or _LARGE[char] >= last_large:
                return None
            total += section * _LARGE[char]
            last_large, section, digit, last_step = _LARGE[char], 0, 0, 10**4
    value = total + section + digit
    return Fraction(value) if value >= 10 else None
