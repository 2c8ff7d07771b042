"""Sentences, cleaning, length and snippets."""

import itertools
import unicodedata

import pytest
from endless import ends
from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.locale import parse_locale
from knowledge.domain.text import clean, length, sentences, snippet

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
PROSE = st.lists(
    st.sampled_from(
        [
            "。",
            "！",
            "…",
            ".",
            "!",
            "? ",
            " ",
            "\n",
            '"',
            "”",
            "“",
            ")",
            "3.5",
            "Dr.",
            "U.S.",
            "e.g.",
            "A",
            "b",
            "我们",
            "；",
        ]
    ),
    max_size=60,
).map("".join)

SENTENCES = [
    ["我们把部署时间缩短了 40%。", "客户很满意！", "真的？", "是的；", "没错……", "好。"],
    ["他说：“效率提高了。”", "然后离开了。"],
    ["（详见附录。）", "下一句。"],
    ['张伟说:"很好。"', "大家都同意。"],
    ["版本 3.5 已发布。", "v2.1 也是。"],
    ["We cut cost by 3.5 percent.", "Customers love it!", "Do you?", "Yes."],
    ["Dr. Smith joined e.g. Acme Inc. as CEO.", "He left."],
    ["See No. 5 and Fig. 3 for details.", "The end."],
    ["The answer is no.", "We stay."],
    ["He moved to the U.S. Army in 2019.", "The U.S. market grew."],
    ["They sell in the U.S.", "The market grew."],
    ["J. R. Tolkien wrote v2.1 of it.", "Good."],
    ["Read https://example.com/a.b?c=d!e for more.", "Then call."],
    ["Node.js and .NET run on example.com.", "Both work."],
    ['"We are happy," she said.', '"It works."', "Then we left."],
    ['"Really?" he asked.', "(Yes.)", "Fine."],
    ["Am 3. Mai 2024 kam der 2. Platz.", "Danach z.B. nichts."],
    ["1. First do this.", "2. Then that."],
    ["Sales rose in 2024.", "Costs fell."],
    ["Wait... there is more.", "Done...", "Really."],
    ["Acme Inc. (ACME) grew.", "Yahoo! is older."],
    ["使用 Acme Inc.的产品。", "U.S.市场增长。"],
    ["Café ouvert.", "«Bien sûr.»", "Élan."],
    ["３．５倍です。", "はい。"],
]


GLUED = [(glue, pieces) for pieces in SENTENCES for glue in (" ", "\n")]
GLUED += [("", pieces) for pieces in SENTENCES if all(piece[-1] in '。！？；…”）"' for piece in pieces[:-1])]


@pytest.mark.parametrize(("glue", "expected"), GLUED)
def test_sentences(glue: str, expected: list[str]) -> None:
    text = glue.join(expected)
    assert [span.of(text) for span in sentences(text)] == expected


def test_a_line_break_ends_a_sentence() -> None:
    text = "A heading without a full stop\n标题没有句号\n第二行。"
    assert [span.of(text) for span in sentences(text)] == text.split("\n")


@given(st.one_of(ANY_TEXT, PROSE))
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(span.start < span.end for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    kept = set().union(*(range(span.start, span.end) for span in spans)) if spans else set()
    assert all(text[index].isspace() for index in range(len(text)) if index not in kept)
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@pytest.mark.parametrize("unit", ["a", " ", "。", ".", '."', "\n ", ". ", ".)", "我们很好。", "1. ", "U.S. ", '"'])
def test_a_megabyte_is_split_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    with ends():
        sentences(text)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("a\u200bb\u2060c\ufeff", "abc"),
        ("a\u202eb\u2066c", "abc"),
        ("co\u00adoperate", "cooperate"),
        ("a\x00\x07b\x9f", "ab"),
        ("a\ud800b", "ab"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\u00a0b\u3000c\u202fd", "a b c d"),
        ("\u2f3f册与\u2ed3期、\u2edb险", "手册与长期、风险"),
        ("价格：１００元，“好”！", "价格：１００元，“好”！"),
        ("ignore\U000e0069\U000e0067this", "ignorethis"),
        ("\U0001f469\u200d\U0001f4bb a\u200db", "\U0001f469\u200d\U0001f4bb ab"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_clean(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(ANY_TEXT)
def test_clean_is_idempotent_and_encodable(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert not {unicodedata.category(character) for character in cleaned} & {"Cs"}
    assert set("\r\x00\u200b\u202e\u00a0\u3000").isdisjoint(cleaned)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("我们 很好。\n是的", "zh", 7),
        ("We are - fine, it's 3.5 %", "en", 5),
        ("デプロイ", "ja", 4),
        ("배포 시간", "ko", 2),
        ("", "en", 0),
    ],
)
def test_length(text: str, locale: str, expected: int) -> None:
    assert length(text, parse_locale(locale)) == expected


@pytest.mark.parametrize(
    ("text", "n", "expected"),
    [
        ("short", 10, "short"),
        ("two\n  lines", 20, "two lines"),
        ("a sentence that is long", 12, "a sentence…"),
        ("我们把部署时间缩短了", 6, "我们把部署…"),
        ("unbreakablelongword", 8, "unbreak…"),
        ("abc", 0, ""),
    ],
)
def test_snippet(text: str, n: int, expected: str) -> None:
    assert snippet(text, n) == expected


@given(ANY_TEXT, st.integers(0, 50))
def test_a_snippet_never_exceeds_its_length(text: str, n: int) -> None:
    assert len(snippet(text, n)) <= n
