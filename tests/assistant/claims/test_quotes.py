"""Quotations: the exact words, by their own speaker, in an approved translation."""

from __future__ import annotations

import pytest
from endless import ends
from examining import examined
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims.examiner import Found
from assistant.claims.quotes.examiner import QuoteExaminer
from assistant.claims.quotes.quotations import quotations
from assistant.claims.quotes.text import core, find, plain
from knowledge.lexicon import KnownName, Lexicon, NameKind, QuoteRecord

QUOTES = QuoteExaminer()
LEXICON = Lexicon(
    names=(KnownName(NameKind.PERSON, ("Gu Yanzhou", "顾言舟")), KnownName(NameKind.PERSON, ("Luo Wangshu", "罗望舒"))),
    quotes=(
        QuoteRecord(
            "装传感器不难，难的是说清楚它替谁省了哪一笔钱。", "zh", "顾言舟", "董事长", True,
            {"en": "Fitting a sensor is easy. Saying whom it saves which money is hard."},
        ),
        QuoteRecord("判断要留在现场，不能等云端回话。", "zh", "罗望舒", "首席技术官", True),
    ),
)  # fmt: skip
ZH = "“客户买的不是空压机，是不断气。能提前九天告诉他要换轴承，合同就不用我们去劝。” —— 苏明哲，服务事业部总经理"
EN = "“We did not buy a single extra machine – we just stopped letting ours sit idle.” — Tran Minh Khoa, Plant Director"


def one(text: str, source: str, locale: str = "zh-CN", **more: object) -> Found:
    (claim,) = examined(QUOTES, text, [source], locale, **more)  # type: ignore[arg-type]
    return claim


@pytest.mark.parametrize(
    ("locale", "text", "source"),
    [
        ("zh-CN", "苏明哲说：「客户买的不是空压机，是不断气。」", ZH),
        ("zh-CN", "苏明哲说：\"客户买的不是空压机, 是不断气。\"", ZH),
        ("zh-CN", "苏明哲说：“客户买的不是空压机……合同就不用我们去劝。”", ZH),
        ("en", '"We did not buy a single extra machine - we just stopped letting ours sit idle," says Tran Minh Khoa.', EN),
        ("en", "“… we just stopped letting ours sit idle,” says Khoa.", EN),
        ("de", "„Wir haben keine einzige Maschine gekauft“, sagt Frau Koch.", "Koch: »Wir haben keine einzige Maschine gekauft.«"),
        ("fr", "« Nous n'avons pas acheté une seule machine », dit-il.", "« Nous n’avons pas acheté une seule machine. »"),
        ("ja", "「機械を一台も追加で買っていません」と工場長は語る。", "工場長「機械を一台も追加で買っていません。」"),
        ("ko", "“기계를 한 대도 더 사지 않았습니다”라고 말했다.", "공장장은 “기계를 한 대도 더 사지 않았습니다.”라고 했다."),
    ],
)  # fmt: skip
def test_typography_does_not_count(locale: str, text: str, source: str) -> None:
    claim = one(text, source, locale)
    assert (claim.verdict, claim.kind) == ("supported", "quote")
    assert claim.evidence


@pytest.mark.parametrize(
    ("locale", "text", "source", "fix"),
    [
        ("zh-CN", "苏明哲说：“客户买的不是空压机，而是不断气。”", ZH, "客户买的不是空压机，是不断气。"),
        ("zh-CN", "苏明哲说：“客户买的不是空压机，是不断气，这是全行业最好的。”", ZH, "客户买的不是空压机，是不断气。"),
        ("en", "“We did not buy any extra machine,” says Khoa.", EN, "We did not buy a single extra machine,"),
        ("en", "The director said they did “buy a single extra machine”.", EN, "We did not buy a single extra machine"),
        ("de", "„Wir haben keine neue Maschine gekauft“, sagt Koch.", "„Wir haben keine einzige Maschine gekauft“, sagt Koch.",
         "Wir haben keine einzige Maschine gekauft"),
        ("ja", "「機械を一台も追加で買っています」と工場長は語る。", "「機械を一台も追加で買っていません」と工場長は語る。", "機械を一台も追加で買っていません"),
    ],
)  # fmt: skip
def test_other_words_are_altered_and_the_exact_ones_offered(locale: str, text: str, source: str, fix: str) -> None:
    claim = one(text, source, locale)
    assert (claim.verdict, claim.fix) == ("contradicted", fix)
    assert claim.evidence


def test_words_that_nobody_said_are_unsupported_unless_marked() -> None:
    said = "苏明哲说：“这套系统彻底改变了我们的行业。”"
    assert (one(said, ZH).verdict, one(said, ZH).reason) == ("unsupported", "unknown")
    assert one(f"{said}【引语待确认】", ZH).verdict == "not_checked"
    english = "“This system has changed our whole industry,” says Khoa."
    assert one(english, EN, "en").verdict == "unsupported"
    assert one(f"{english} [quote to be confirmed]", EN, "en").verdict == "not_checked"


def test_the_right_words_of_another_speaker() -> None:
    claim = one("周建国说：“客户买的不是空压机，是不断气。”", ZH)
    assert (claim.verdict, claim.reason) == ("contradicted", "other_speaker")
    assert "苏明哲" in claim.note.zh
    assert one("“We did not buy a single extra machine,” says Peter Stone.", EN, "en").reason == "other_speaker"
    assert one("“We did not buy a single extra machine,” says the director.", EN, "en").verdict == "supported"
    wrong = one("罗望舒说：“装传感器不难，难的是说清楚它替谁省了哪一笔钱。”", "无关。", lexicon=LEXICON)
    assert wrong.reason == "other_speaker"


def test_only_the_approved_translation_passes() -> None:
    source = "装传感器不难，难的是说清楚它替谁省了哪一笔钱。"
    right = "“Fitting a sensor is easy. Saying whom it saves which money is hard,” said Gu Yanzhou."
    free = "“Installing sensors is easy. Saying whom it saves which money is difficult,” said Gu Yanzhou."
    other = "“The decision must stay with the machine,” said Luo Wangshu."
    more = {"lexicon": LEXICON, "source_locale": "zh-CN"}
    assert (one(right, source, "en", **more).verdict, one(right, source, "en", **more).reason) == (
        "supported",
        "translation",
    )
    claim = one(free, source, "en", **more)
    assert claim.reason == "translation_unapproved"
    assert claim.fix == "Fitting a sensor is easy. Saying whom it saves which money is hard,"
    assert one(other, source, "en", **more).reason == "translation_unapproved"


def test_a_quotation_may_run_over_two_passages() -> None:
    text = "苏明哲说：“客户买的不是空压机，是不断气。能提前九天告诉他要换轴承。”"
    (claim,) = examined(QUOTES, text, ["苏明哲说：“客户买的不是空压机，是不断气。", "能提前九天告诉他要换轴承。”"])
    assert claim.verdict == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "所谓“不断气”是他们的口号。",
        "他表示，“专精特新”企业会越来越多。",
        "方案获“2025 年度设备远程运维优秀方案”。",
        "《客户买的不是空压机，是不断气》是一篇文章。",
        "The “smart factory” of tomorrow.",
        'A talk entitled "Keep the Judgement on Site" was given.',
        "It's 5\" wide and 6\" high, isn't it?",
        "“",
        "",
    ],
)
def test_terms_titles_and_irony_are_no_quotations(text: str) -> None:
    assert examined(QUOTES, text, [ZH, EN]) == []


@given(st.text(max_size=120), st.text(max_size=120))
def test_a_part_of_a_text_is_found_in_it(before: str, after: str) -> None:
    said = "客户买的不是空压机，是不断气"
    assert find(core(said), f"{before}\n{said}\n{after}") is not None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='“”"‘’「」«» abc，。.说said—-\n', max_size=120))
def test_never_raises(text: str) -> None:
    plain(text)
    for quotation in quotations(text):
        assert 0 <= quotation.outer.start < quotation.span.start <= quotation.span.end <= len(text)
    examined(QUOTES, text, [ZH, text[::-1]], lexicon=LEXICON)


@pytest.mark.parametrize("unit", ["“", '"', "‘a ", "说：“", "“a b c. ”"])
def test_a_megabyte_of_quotation_marks_ends(unit: str) -> None:
    with ends():
        quotations(unit * (1_000_000 // len(unit)))


@pytest.mark.parametrize(
    ("source", "said", "altered"),
    [
        ("获颁“2025 年度设备远程运维优秀方案”。", "获颁“2025 年度设备远程运维优秀方案，而且好得出奇”。", True),
        (
            "It won “Best Remote Maintenance Scheme”.",
            "It won “Best Remote Maintenance Scheme, by a wide margin”.",
            True,
        ),
        ("获颁“2025 年度设备远程运维优秀方案”。", "获颁“2025 年度设备远程运维优秀方案”。", False),
        ("称为“优秀方案”。", "称为“优秀方案之一”。", False),
    ],
)
def test_a_title_that_goes_on_is_not_the_title(source: str, said: str, altered: bool) -> None:
    found = examined(QUOTES, said, [source])
    assert any(one.verdict == "contradicted" for one in found) == altered
