"""Rule packs: what offends is found, what only looks like it is not; packs are whole; which packs a text is held to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from endless import ends
from hypothesis import given, settings
from hypothesis import strategies as st
from pattern_words import written_out

from assistant.checks.paragraphs import check_paragraph
from assistant.checks.rulepack import GENERIC, PACKS, Pack, offences, pack, packs_for
from assistant.checks.standards import Standards
from assistant.claims.cues import Cues
from assistant.claims.phrases import PHRASEBOOKS, Phrase, Phrasebook, Vocabulary, load, phrasebook
from assistant.claims.searching import Searcher, closed, lowered, superlatives
from assistant.draft import Paragraph
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Finding, Span
from knowledge.domain.locale import LANGUAGES, Locale
from knowledge.lexicon import Certificate, KnownName, Lexicon, NameKind

HERE = Path(__file__).parent
PACK_NAMES = sorted(path.stem for path in PACKS.glob("*.yaml"))
BOOK_NAMES = sorted(path.stem for path in PHRASEBOOKS.glob("*.yaml"))
ABOUT_WORDS = {"banned_term", "sensitive_term", "superlative_unproven"}


def _rows(name: str) -> list[tuple[bool, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(line.startswith("X "), line[2:]) for line in lines if line[:2] in ("X ", "- ")]


def _found(
    text: str, locale: str, market: str | None = None, lexicon: Lexicon | None = None, channel: str | None = None
) -> list[Finding]:
    standards = Standards(Locale(locale), lexicon=lexicon or Lexicon(), market=market, channel=channel)
    ledger = check_paragraph(Paragraph("p1", text, by="person"), [], standards)
    return [finding for finding in ledger.findings if finding.check in ABOUT_WORDS]


def test_chinese_sentences() -> None:
    wrong = [text for offends, text in _rows("wording_zh.txt") if bool(_found(text, "zh-CN")) is not offends]
    assert wrong == []


def test_english_sentences() -> None:
    rows = [(offends, *row.split(" ", 1)) for offends, row in _rows("wording_en.txt")]
    assert [text for offends, market, text in rows if bool(_found(text, "en", market)) is not offends] == []


@pytest.mark.parametrize(
    ("market", "locale", "packs"),
    [
        ("CN", "en", ("cn", GENERIC)),
        (None, "zh-CN", ("cn", GENERIC)),
        (None, "zh", ("cn", GENERIC)),
        (None, "zh-TW", (GENERIC,)),
        ("US", "zh-CN", ("us", GENERIC)),
        (None, "en-US", ("us", GENERIC)),
        ("EU", "en", ("eu", GENERIC)),
        ("DE", "en", ("eu", GENERIC)),
        (None, "de-DE", ("eu", GENERIC)),
        (None, "pt-BR", (GENERIC,)),
        ("JP", "ja", (GENERIC,)),
        (None, "en", (GENERIC,)),
    ],
)
def test_the_market_says_which_packs_or_else_the_locale(
    market: str | None, locale: str, packs: tuple[str, ...]
) -> None:
    assert packs_for(market, Locale(locale)) == packs


def _phrases() -> Iterator[tuple[Phrase, Vocabulary]]:
    for language in BOOK_NAMES:
        book = phrasebook(language)
        assert book is not None
        yield from ((phrase, book) for phrase in book.phrases)
        for name in PACK_NAMES:
            words = book.and_more(pack(name))
            rules = (rule for rule in pack(name).rules if (rule.language or pack(name).language) == language)
            yield from ((rule, words) for rule in rules)


def test_every_pattern_of_ours_can_be_made() -> None:
    for phrase, words in _phrases():
        searcher = Searcher(phrase, words)
        assert searcher.meant("", Span(0, 0)) in (True, False)
        list(searcher.find("".join((*phrase.cues, *phrase.words))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_phrasebook(language: str) -> None:
    book = phrasebook(language)
    assert book is not None
    assert book.language == language


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "Wir sind Weltmarktführer für Gateways."),
        ("fr", "Une solution unique au monde."),
        ("es", "Somos el líder mundial en sensores."),
        ("pt", "Somos a empresa líder em sensores."),
        ("ja", "世界初の無線センサーです。"),
        ("ko", "업계 최고의 센서입니다."),
    ],
)
def test_the_commonest_superlatives_of_other_languages(locale: str, text: str) -> None:
    assert superlatives(text, locale)


def test_every_pattern_has_its_cues() -> None:
    """A cue decides whether a pattern is tried at all, so every text that the pattern matches must have one."""
    for phrase, words in _phrases():
        cues = (*phrase.cues, *phrase.words)
        for pattern in phrase.patterns:
            without = [text for text in written_out(words.filled(pattern)) if not any(cue in text for cue in cues)]
            assert without[:3] == [], f"{phrase.id}: {pattern}"


def test_the_message_names_the_law_and_the_article() -> None:
    finding = _found("本公司网关是国家级产品。", "zh-CN")[0]
    assert finding.check == "banned_term"
    assert "《广告法》第九条第（三）项" in finding.message
    assert "2005/29/EC" in _found("An eco-friendly pump.", "en", "EU")[0].message


def test_an_exact_rewrite_is_offered() -> None:
    assert _found("CE certified quality.", "en", "EU")[0].fix == "CE-marked"
    assert _found("选择行业第一的排产软件。", "zh-CN")[0].fix == ""


def test_one_finding_for_one_stretch_and_the_stricter_one() -> None:
    found = _found("选择行业第一的排产软件。", "zh-CN")
    assert [finding.check for finding in found] == ["banned_term"]
    found = _found("我们是国内领先的供应商。", "zh-CN")
    assert [finding.check for finding in found] == ["superlative_unproven"]


def test_in_another_market_the_same_words_only_need_proof() -> None:
    assert {f.check for f in _found("选择行业第一的排产软件。", "zh-CN", "US")} == {"superlative_unproven"}


def test_a_proved_title_and_a_known_name_are_no_offence() -> None:
    title = Lexicon(certificates=(Certificate(("国家级诚信示范品牌",)),))
    assert _found("公司获评国家级诚信示范品牌。", "zh-CN") != []
    assert _found("公司获评国家级诚信示范品牌。", "zh-CN", lexicon=title) == []
    name = Lexicon(names=(KnownName(NameKind.PRODUCT, ("极致性能版 R300",)),))
    assert _found("极致性能版 R300 已到货。", "zh-CN") != []
    assert _found("极致性能版 R300 已到货。", "zh-CN", lexicon=name) == []


def test_a_report_of_the_library_proves_what_it_is_about() -> None:
    text = "2023 年公司真空泵国内出货量第一。"
    report = Lexicon(certificates=(Certificate(("江海研究院真空泵国内出货量报告",)),))
    other = Lexicon(certificates=(Certificate(("江海研究院阀门能耗测试报告",)),))
    assert _found(text, "zh-CN", lexicon=report) == []
    assert _found(text, "zh-CN") != []
    assert _found(text, "zh-CN", lexicon=other) != []


def test_a_word_taken_apart_is_found_where_it_stands() -> None:
    text = "这是全国第 １ 的网关，也是 最 先 进 的 网 关。"
    assert [finding.span.of(text) for finding in _found(text, "zh-CN") if finding.span] == ["全国第 １", "最 先 进"]
    assert closed("第一步，再 说。") is None


def test_cues_are_found_at_every_place() -> None:
    cues = Cues([Phrase(id="a", words=("第一", "第一步")), Phrase(id="b", words=("一步", "最"))])
    assert cues.of("第一步最") == {0: [Span(0, 2), Span(0, 3)], 1: [Span(1, 3), Span(3, 4)]}
    assert cues.of("") == {}
    assert Cues(()).of("第一") == {}


def test_a_rule_for_a_channel_holds_there_only() -> None:
    assert _found("Urgent: your offer", "en", "US", channel="email") != []
    assert _found("Urgent repairs take a day.", "en", "US") == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rule": {"word": ["a"]}}, "word"),
        ({"rule": {"law": "nowhere"}}, "nowhere"),
        ({"rule": {"level": "strict"}}, "level"),
        ({"rule": {"patterns": ["a"]}}, "cues"),
        ({"rule": {"words": []}}, "no words"),
        ({"title": {"zh": "x"}}, "title"),
    ],
)
def test_a_broken_pack_says_where(tmp_path: Path, change: dict[str, object], says: str) -> None:
    import yaml

    rule = {"id": "r", "level": "careful", "law": "own", "words": ["a"], "advice": {"zh": "x", "en": "x"}}
    whole = {
        "market": "XX",
        "title": {"zh": "x", "en": "x"},
        "laws": {"own": {"law": {"zh": "x", "en": "x"}}},
        "rules": [{**rule, **change.pop("rule", {})}],  # type: ignore[dict-item]
        **change,
    }
    path = tmp_path / "xx.yaml"
    path.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputError, match=says):
        load(path, Pack)


@pytest.mark.parametrize("pattern", ["a.*b", "a+", "a{3,}", "a{0,900}"])
def test_a_repetition_needs_a_small_bound(pattern: str) -> None:
    with pytest.raises(InputError, match="bound"):
        Vocabulary().filled(pattern)


def test_unknown_names_are_errors() -> None:
    with pytest.raises(InputError, match="no set"):
        Vocabulary().filled("<nowhere>")
    book = Phrasebook(language="xx", phrases=())
    rule = pack("cn").rules[0]
    with pytest.raises(InputError, match="no setting"):
        Searcher(rule, book)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_raises_and_spans_are_words_of_it(text: str) -> None:
    for language in ("zh", "en"):
        for offence in offences(text, language, ("cn", "eu", "us", GENERIC)):
            assert offence.span.of(text)
    assert len(lowered(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["最好", "第一", "国内最", "零风险100%", "the best ", "最最最最，", "据研究", "“第一"]
)
def test_a_long_text_is_searched_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    superlatives("最好 best", "zh")
    with ends():
        offences(text, "en" if piece.isascii() else "zh", ("cn", GENERIC))
