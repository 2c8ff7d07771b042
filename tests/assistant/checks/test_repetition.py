"""Repeated text, overused keywords, runs copied from a model text, the AI label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from ruled import template as ruled_template

from assistant.checks.ai_label import AiLabelMissing, has_ai_label
from assistant.checks.base import DraftCheck, DraftView
from assistant.checks.repetition import CopiedRun, KeywordOveruse, RepeatedText
from assistant.checks.standards import Standards
from assistant.draft import Cell, Draft, Evidence, Paragraph, Section
from assistant.export.labels import labels_for
from knowledge.domain.finding import Finding
from knowledge.domain.locale import Locale
from knowledge.lexicon import KnownName, Lexicon, NameKind
from prompts.template import Rule


def _found(
    check: DraftCheck, paragraphs: Iterable[str | Paragraph], *, locale: str = "zh-CN", template: str = "",
    model: str = "", channel: str | None = None, lexicon: Lexicon | None = None, rules: Sequence[Rule] = (),
) -> list[Finding]:  # fmt: skip
    pieces = [
        piece if isinstance(piece, Paragraph) else Paragraph(f"p{n}", piece) for n, piece in enumerate(paragraphs, 1)
    ]
    evidence = (Evidence("S1", model, locale, source="model", origin="input"),) if model else ()
    draft = Draft("d", template, locale, "public", sections=(Section("s", "", tuple(pieces)),), evidence=evidence)
    standards = Standards(Locale(locale), channel=channel, lexicon=lexicon or Lexicon())
    ruled = ruled_template(rules, inputs={"model": "document"}) if rules else None
    return list(check.check(DraftView(draft, standards, ruled)))


def _rule(check: str, section: str | None = None, **parameters: object) -> Rule:
    return Rule.model_validate({"check": check, "section": section, "with": parameters})


# --- repeated text ---------------------------------------------------------------------------------------------------

SENTENCE = "上线四个月后，平均响应时间由 95 分钟降至 38 分钟。"


def test_a_sentence_that_stands_twice() -> None:
    (finding,) = _found(RepeatedText(), [f"项目在三月启动。{SENTENCE}", f"客户很满意。{SENTENCE}"])
    assert finding.paragraph == "p2"
    assert finding.span is not None
    assert finding.span.of(f"客户很满意。{SENTENCE}") == SENTENCE


def test_a_run_inside_different_sentences() -> None:
    first = "我们看到，网关把现场三百台设备的振动和温度数据每分钟上传一次并在本地缓存，班长放心了。"
    second = "据介绍，网关把现场三百台设备的振动和温度数据每分钟上传一次并在本地缓存，断网不怕。"
    (finding,) = _found(RepeatedText(), [first, second])
    assert finding.span is not None
    assert finding.span.of(second).startswith("网关把现场")


def test_words_are_counted_where_words_are_written() -> None:
    said = "The gateway sends vibration and temperature data from three hundred machines to the platform every minute."
    assert len(_found(RepeatedText(), [said, said], locale="en")) == 1
    assert _found(RepeatedText(), ["It works well.", "It works well."], locale="en") == []


def test_titles_cells_gaps_and_quotations_may_repeat() -> None:
    quoted = f"周工说：“{SENTENCE}”"
    for again in (
        Paragraph("p2", SENTENCE, role="title"),
        Paragraph("p2", SENTENCE, cell=Cell("a", "b")),
        Paragraph("p2", SENTENCE, gap=True),
        quoted,
    ):
        assert _found(RepeatedText(), [SENTENCE, again]) == []


# --- keywords --------------------------------------------------------------------------------------------------------

NAMES = Lexicon(
    names=(
        KnownName(NameKind.PRODUCT, ("R200", "R200 网关")),
        KnownName(NameKind.ORGANISATION, ("汀石工联", "汀石"), own=True),
        KnownName(NameKind.ORGANISATION, ("桅灯物联",)),
    )
)


@pytest.mark.parametrize(
    ("most", "where", "channel", "times", "found"),
    [
        (2, None, None, 2, 0),
        (2, None, None, 3, 1),
        (None, None, "zhihu", 3, 1),
        (4, None, None, 4, 0),
        (4, None, None, 5, 1),
        (4, None, "zhihu", 3, 1),
        (None, None, None, 9, 0),
        (2, "s", None, 3, 1),
    ],
)
def test_a_keyword_has_a_limit_where_one_is_set(
    most: int | None, where: str | None, channel: str | None, times: int, found: int
) -> None:
    text = [f"第{n}点：R200 能做到。" for n in range(times)]
    rules = [_rule("keyword_overuse", where, most=most)] if most else []
    assert len(_found(KeywordOveruse(), text, rules=rules, channel=channel, lexicon=NAMES)) == found


def test_all_spellings_count_and_others_names_do_not() -> None:
    text = ["汀石工联给出方案，汀石负责安装，汀石负责维保。"]
    rules = [_rule("keyword_overuse", most=2)]
    assert len(_found(KeywordOveruse(), text, rules=rules, lexicon=NAMES)) == 1
    assert _found(KeywordOveruse(), ["桅灯物联" * 5], rules=rules, lexicon=NAMES) == []


# --- copied runs -----------------------------------------------------------------------------------------------------

MODEL = "清晨六点，泵站的灯还亮着，值班员老周第一次没有被报警声吵醒。"


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("清晨六点，泵站的灯还亮着，屏幕上一切正常。", "清晨六点，泵站的灯还亮着"),
        ("值班员老周第一次没有被报警声吵醒，他笑了。", "值班员老周第一次没有被报警声吵醒"),
        ("凌晨的泵站很安静，老周喝完茶才去巡检。", ""),
        ("原文写道：“清晨六点，泵站的灯还亮着，值班员老周第一次没有被报警声吵醒。”", ""),
    ],
)
def test_a_run_of_the_model_text(text: str, copied: str) -> None:
    found = _found(CopiedRun(), [text], rules=[_rule("copied_run", input="model")], model=MODEL)
    length = sum(character.isalnum() for character in copied)
    assert [f.span.of(text) for f in found if f.span] == ([copied] if length > 12 else [])
    assert _found(CopiedRun(), [text], template="style_rewrite", model=MODEL) == []


def test_eight_words_may_be_shared_and_nine_may_not() -> None:
    model = "At six in the morning the lights were still on at the pumping station."
    nine = "We came when the lights were still on at the pumping station, tired."
    eight = "Later the lights were still on at the works."
    for words, found in ((8, [1, 0]), (6, [1, 1]), (9, [0, 0])):
        rules = [_rule("copied_run", input="model", words=words)]
        shown = [_found(CopiedRun(), [text], locale="en", rules=rules, model=model) for text in (nine, eight)]
        assert [len(findings) for findings in shown] == found


# --- the AI label ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_our_own_labels_are_labels(locale: str) -> None:
    assert has_ai_label(labels_for(locale)["ai_label"])
    assert has_ai_label(labels_for(locale)["ai"])


@pytest.mark.parametrize(
    "text", ["本文由 AI 生成", "AI-generated content", "Drafted with the help of AI", "生成式人工智能辅助撰写"]
)
def test_other_labels(text: str) -> None:
    assert has_ai_label(text)


@pytest.mark.parametrize("text", ["我们的 AI 算法很稳定。", "AI diagnosis finds faults early.", ""])
def test_to_speak_of_ai_is_no_label(text: str) -> None:
    assert not has_ai_label(text)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["作为一个人工智能语言模型，我无法访问实时数据。", "平台已上线。"], 1),
        (["As an AI language model, I cannot verify this.", "It is live."], 1),
        (["---", "ai-label: 人工智能辅助生成", "---", "平台已上线。"], 1),
        (["---", "ai-label: 人工智能辅助生成", "---", "本内容由人工智能辅助生成", "平台已上线。"], 0),
        (["平台已上线，AI 诊断上线三个月。"], 0),
    ],
)
def test_a_text_that_a_machine_wrote_says_so(lines: list[str], found: int) -> None:
    assert len(_found(AiLabelMissing(), lines)) == found
    assert _found(AiLabelMissing(), lines, template="press_release") == []


def test_spans_are_words_of_their_paragraph() -> None:
    text = f"前言。{SENTENCE}"
    for finding in _found(RepeatedText(), [SENTENCE, replace(Paragraph("p2", text))]):
        assert finding.span is not None
        assert finding.span.of(text) == SENTENCE
