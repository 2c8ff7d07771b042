"""What a sentence says as a whole is held against its sources: opposites, negations, roles, plans, strangers."""

from __future__ import annotations

import pytest
from endless import ends
from hypothesis import given, settings
from hypothesis import strategies as st
from reworded import FALSE, TRUE

from assistant.checks.paragraphs import check_paragraph
from assistant.checks.standards import Standards
from assistant.claims.examiner import Found, Grounds, sources_of
from assistant.claims.reading import read_text
from assistant.claims.statements.examiner import StatementExaminer
from assistant.draft import Evidence, Paragraph
from knowledge.domain.locale import Locale
from knowledge.lexicon import KnownName, Lexicon, NameKind
from knowledge.sample import FOLDER

LANGUAGES = {path: "zh" if ".zh-CN." in path else "en" for path in (*TRUE, *FALSE)}


def statements(
    text: str, *sources: str, language: str = "en", others: tuple[str, ...] = (), lexicon: Lexicon | None = None
) -> list[Found]:
    cited = [Evidence(f"S{n}", source, language) for n, source in enumerate(sources, start=1)]
    offered = [Evidence(f"T{n}", source, language) for n, source in enumerate(others, start=1)]
    grounds = Grounds(sources_of(cited), sources_of(offered), lexicon or Lexicon(), complete=True)
    return list(StatementExaminer().examine(read_text(text, language), Locale(language), grounds))


def reasons(text: str, *sources: str, language: str = "en") -> list[str]:
    found = statements(text, *sources, language=language)
    return [claim.reason for claim in found if claim.verdict in ("contradicted", "unsupported")]


def passages(path: str) -> list[str]:
    body = (FOLDER / path).read_text(encoding="utf-8").split("---", 2)[2]
    return [line.strip() for line in body.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The pilot ran from 2 March to 31 May 2026. Installation took the first week. In weeks two to four the system "
         "only collected data, to build a good curve for every die.", "en"),
        ("安装用了第一周。第二到第四周系统只采集数据，计划为每副模具建立基准曲线。", "zh"),
    ],
)  # fmt: skip
def test_a_sentence_that_stands_in_the_source_word_for_word_is_carried(text: str, language: str) -> None:
    for sentence in read_text(text, language).sentences:
        (found,) = statements(sentence.text, text, language=language)
        assert found.verdict == "supported", found


@pytest.mark.parametrize(("path", "sentence"), [(path, s) for path, several in TRUE.items() for s in several])
def test_the_truth_in_other_words_is_not_doubted(path: str, sentence: str) -> None:
    assert reasons(sentence, *passages(path), language=LANGUAGES[path]) == []


@pytest.mark.parametrize(
    ("path", "sentence", "expected"), [(path, s, why) for path, several in FALSE.items() for s, why in several]
)
def test_what_the_source_does_not_say_is_found(path: str, sentence: str, expected: str) -> None:
    assert set(reasons(sentence, *passages(path), language=LANGUAGES[path])) & set(expected.split())


def test_most_of_the_truth_in_other_words_is_supported() -> None:
    verdicts = [
        claim.verdict
        for path, several in TRUE.items()
        for sentence in several
        for claim in statements(sentence, *passages(path), language=LANGUAGES[path])
    ]
    assert verdicts.count("supported") >= 0.85 * len(verdicts)


@pytest.mark.parametrize("path", sorted(TRUE))
def test_a_source_supports_itself(path: str) -> None:
    sources = passages(path)
    for passage in sources:
        assert {claim.verdict for claim in statements(passage, *sources, language=LANGUAGES[path])} <= {"supported"}


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        (
            "Northlake Valves acquired Hemmer Pumps.",
            "In March, Hemmer Pumps acquired Northlake Valves.",
            "role_swapped",
        ),
        ("Hemmer Pumps was acquired by Northlake Valves.", "Hemmer Pumps acquired Northlake Valves.", "role_swapped"),
        (
            "The company opened a plant in Leipzig.",
            "The company plans to open a plant in Leipzig next year.",
            "planned",
        ),
        ("The vendor accepted the proposal of the city.", "The vendor rejected the proposal of the city.", "opposed"),
        ("The results were inaccurate on every line.", "The results were accurate on every line.", "opposed"),
        ("The gateway does not store readings on site.", "The gateway stores readings on site.", "negated"),
        ("The gateway stores readings on site.", "The gateway does not store readings on site.", "affirmed"),
        ("The housing of the gateway is made of plastic.", "The housing of the gateway is made of steel.", "replaced"),
        ("The plant in Leipzig was built by Orvald.", "The plant in Leipzig was built in two years.", "not_said"),
        ("The platform only runs in the large plants.", "The platform runs in the large plants.", "narrowed"),
    ],
)
def test_each_reason(text: str, source: str, reason: str) -> None:
    assert reasons(text, source) == [reason]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Northlake Valves was acquired by Hemmer Pumps.", "In March, Hemmer Pumps acquired Northlake Valves."),
        (
            "Hemmer Pumps and Northlake Valves signed a contract.",
            "Northlake Valves and Hemmer Pumps signed a contract.",
        ),
        ("The company will open a plant in Leipzig.", "The company plans to open a plant in Leipzig next year."),
        ("The gateway works without any extra staff.", "The gateway needs no extra staff and works day and night."),
        ("No matter how old, machines can be connected.", "Machines of any age can be connected, however old."),
        ("The U.K. office opened in the spring.", "The British office was opened in spring."),
        ("The LCD of the gateway shows the state.", "The gateway shows the state on its L. C. D. panel."),
        (
            "The new office in Ho Chi Minh City has room for growth.",
            "The office in HCMC is new and has room for growth.",
        ),
        ("It serves clients in northern China.", "The clients it serves are in North China."),
        ("First, it reads the state. Third, it sends it.", "It reads the state first, then it sends it."),
        ("Not only pumps are connected, but also fans.", "Pumps and fans are connected."),
    ],
)
def test_what_only_looks_odd_is_no_fault(text: str, source: str) -> None:
    assert reasons(text, source) == []


@pytest.mark.parametrize(
    ("language", "text", "source", "reason"),
    [
        ("zh", "车队已批准更换全部轮胎。", "更换轮胎的方案尚未批准。", "affirmed"),
        ("zh", "KB-10 能覆盖原始记录。", "KB-10 仅作比对，不覆盖原始记录。", "affirmed"),
        ("zh", "所有车间都上了数字化排产系统。", "三个车间试点了数字化排产系统。", "piloted"),
        (
            "en",
            "Orvald has fitted the sensor to all of its barges.",
            "Orvald trialled the sensor on its barges.",
            "piloted",
        ),
        (
            "en",
            "The new pumps have been delivered in Brazil since June.",
            "Deliveries of the new pumps in Brazil are planned from June.",
            "planned",
        ),
    ],
)
def test_what_is_open_denied_or_tried_is_not_told_as_done(language: str, text: str, source: str, reason: str) -> None:
    assert reasons(text, source, language=language) == [reason]


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("zh", "更换轮胎的方案已批准。", "更换轮胎的方案去年尚未批准，今年三月批准了。"),
        ("zh", "车队已批准新的班表。", "班表批准后，更换轮胎的方案尚未批准。"),
        ("zh", "KB-10 不覆盖原始记录。", "KB-10 仅作比对，不覆盖原始记录。"),
        ("zh", "平台正在试用，全部数据留在本地。", "平台正在两个仓库试用，数据留在本地。"),
        ("en", "Orvald trialled the sensor on all of its barges.", "Orvald trialled the sensor on its barges."),
        ("en", "All barges have the sensor.", "After a trial, Orvald fitted the sensor to every barge."),
        ("en", "Shipments to Brazil are planned from May.", "Shipments of spare parts to Brazil are planned from May."),
        ("en", "Sales came to CNY 88,000 a month.", "Sales came to RMB 88,000 a month."),
        ("en", "Sales came to USD 88,000 a month.", "Sales came to $88,000 a month."),
        ("en", "Sales came to GBP 88,000 a month.", "Sales came to £88,000 a month."),
        ("zh", "月销售额 RMB 8.8 万。", "月销售额 8.8 万元。"),
        ("zh", "月销售额 8.8 万欧元。", "月销售额 EUR 88,000。"),
    ],
)
def test_what_is_still_told_as_the_source_has_it(language: str, text: str, source: str) -> None:
    assert reasons(text, source, language=language) == []


def test_other_words_around_the_same_figures_are_not_called_little_said() -> None:
    source = "货车排队时间由 150 分钟缩短至 20 分钟。"
    text = "司机从前得在场外空等两个半小时才轮得上，眼下 20 分钟就办妥离开。"
    assert reasons(text, source, language="zh") == []
    assert reasons(text.replace("20", "25"), source, language="zh") == ["little_said"]


@pytest.mark.parametrize(
    "text",
    [
        "# A heading of several words about the platform",
        "Why does the platform matter to the plant?",
        "Contact us today to learn more about it.",
        "Mean response time",
        "您想了解更多关于平台的信息吗？",
        "欢迎联系我们了解更多平台信息。",
        "平台概况",
    ],
)
def test_headings_questions_and_calls_assert_nothing(text: str) -> None:
    assert statements(text, "The platform is in use.", language="zh" if text[0] > "一" else "en") == []


def test_a_supported_statement_names_the_sentence_that_carries_it() -> None:
    source = "The plant is in Leipzig. It stores readings for seven days. Nobody works there at night."
    claim = statements("Readings are kept for seven days.", source)[0]
    assert claim.verdict == "supported"
    assert "It stores readings for seven days." in [evidence.span.of(source) for evidence in claim.evidence]


def test_a_contradicted_statement_names_where_the_source_says_otherwise() -> None:
    source = "The plant is in Leipzig. The response time fell from 95 to 38 minutes."
    text = "It is new. The response time rose to 38 minutes."
    claim = next(claim for claim in statements(text, source) if claim.reason == "opposed")
    assert claim.span.of(text) == "The response time rose to 38 minutes."
    assert claim.evidence[0].span.of(source).startswith("The response time fell")
    assert "fell" in claim.note.en


def test_sources_in_another_language_are_not_compared() -> None:
    found = statements("The gateway stores readings for seven days.", "网关在本地保存七天的读数。")
    assert [(claim.verdict, claim.reason) for claim in found] == [("contradicted", "")] or found[
        0
    ].verdict != "supported"
    cited = [Evidence("S1", "网关在本地保存七天的读数，断网也不丢。", "zh-CN")]
    reading = read_text("The gateway stores readings for seven days.", "en")
    claims = list(StatementExaminer().examine(reading, Locale("en"), Grounds(sources_of(cited), complete=True)))
    assert [(claim.verdict, claim.reason) for claim in claims] == [("not_checked", "other_language")]


def test_without_a_citation_a_draft_is_not_checked() -> None:
    reading = read_text("The gateway stores readings for seven days.", "en")
    assert [c.verdict for c in StatementExaminer().examine(reading, Locale("en"), Grounds(()))] == ["not_checked"]


def test_a_name_in_another_source_or_in_the_library_is_no_stranger() -> None:
    text, source = "The plant in Leipzig was built by Orvald.", "The plant in Leipzig was built in two years."
    assert statements(text, source, others=("Orvald builds plants.",))[0].verdict == "supported"
    known = Lexicon(names=(KnownName(NameKind.ORGANISATION, ("Orvald",)),))
    assert statements(text, source, lexicon=known)[0].verdict == "supported"


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("de", "Das Gateway speichert die Daten sieben Tage.", "Das Gateway speichert die Daten sieben Tage lang."),
        ("fr", "La passerelle conserve les données sept jours.", "La passerelle conserve les données sept jours."),
        ("ja", "ゲートウェイは七日分の計測値を保存する。", "ゲートウェイは七日分の計測値を保存する。"),
    ],
)
def test_other_languages_are_supported_or_not_checked(language: str, text: str, source: str) -> None:
    assert statements(text, source, language=language)[0].verdict == "supported"
    other = "Etwas ganz anderes steht hier." if language != "ja" else "まったく別の話。"
    assert statements(text, other, language=language)[0].verdict == "not_checked"


def test_a_wrong_name_is_reported_once() -> None:
    evidence = [Evidence("S1", "It stores goods for dairies and bakeries in the north.", "en")]
    paragraph = Paragraph("p1", "It stores 40 goods for dairies and hospitals in the north.", ("S1",))
    found = check_paragraph(paragraph, evidence, Standards(Locale("en"))).findings
    assert sum(f.check in ("statement_unsupported", "name_unsupported", "number_unsupported") for f in found) == 1


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=160), st.text(max_size=160), st.sampled_from(["en", "zh", "de", "ja", "ko"]))
def test_any_text_can_be_examined(text: str, source: str, language: str) -> None:
    for claim in statements(text, source, language=language):
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        for evidence in claim.evidence:
            assert 0 <= evidence.span.start <= evidence.span.end <= len(source)


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("en", "the plant never rose more or less in Leipzig "),
        ("en", "The plant never rose more than Acme acquired Zeta in Leipzig. "),
        ("zh", "设备上升不下降也没有收购，"),
        ("zh", "设备上升不下降，甲公司也没有收购乙公司。"),
    ],
)
def test_a_very_long_text_ends(language: str, piece: str) -> None:
    source = piece * (100_000 // len(piece))
    with ends():
        statements(piece * 20, source, language=language)
        statements(source[:1900], source, language=language)
