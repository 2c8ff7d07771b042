"""What is said of a figure must be what the source says of it: same thing, same side of a change, same direction."""

from __future__ import annotations

import pytest

from assistant.claims.ledger import claims_of
from assistant.draft import Claim, Evidence, Paragraph
from knowledge.domain.locale import Locale

ZH = (
    "上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟，困人救援平均到场时间由 27 分钟降至 16 分钟。"
    "二次上门率由 31% 降至 12%。集团有 640 名维保工、31 个服务站。"
)
EN = (
    "Four months after go-live, the average response time fell from 95 to 38 minutes and the rescue time from 27 to 16 "
    "minutes. The share of second visits dropped from 31% to 12%. The group has 640 technicians and 31 service stations."
)
PLAN = "公司计划到 2027 年把接入设备增加到 60 万台。截至 2025 年底，接入设备 41.5 万台。"
PLAN_EN = "The company aims to connect 600,000 machines. So far it has connected 415,000 machines."


def figures(text: str, *sources: str, language: str, cited: int = 1) -> list[Claim]:
    evidence = [Evidence(f"S{n}", source, language) for n, source in enumerate(sources, start=1)]
    paragraph = Paragraph("p1", text, tuple(e.id for e in evidence[:cited]))
    numbers = ("quantity", "money", "percent", "date")
    return [c for c in claims_of(paragraph, evidence, Locale(language)) if c.kind in numbers]


def wrong(text: str, *sources: str, language: str, cited: int = 1) -> list[tuple[str, str, str]]:
    claims = figures(text, *sources, language=language, cited=cited)
    return [(c.text, c.verdict, c.reason) for c in claims if c.verdict != "supported"]


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("zh", ZH, "故障平均响应时间由 95 分钟降至 38 分钟。"),
        ("zh", ZH, "二次上门率降至 12%，响应时间降到 38 分钟。"),
        ("zh", ZH, "上线后，救援到场时间只要 16 分钟，原来是 27 分钟。"),
        ("zh", ZH, "640 名维保工分布在 31 个服务站。"),
        ("zh", ZH, "95 分钟的响应时间缩短为 38 分钟。"),
        ("en", EN, "Second visits fell to 12%, and the response time is now 38 minutes."),
        ("en", EN, "The response time, previously 95 minutes, is down to 38 minutes."),
        ("en", EN, "Rescue now takes 16 minutes instead of 27 minutes."),
        ("en", EN, "With 640 technicians in 31 service stations, the group cut its response time to 38 minutes."),
        ("zh", PLAN, "公司的目标是接入 60 万台设备。"),
        ("zh", PLAN, "接入设备已有 41.5 万台。"),
        ("en", PLAN_EN, "The company wants to connect more: its goal is 600,000 machines."),
        (
            "en",
            "In May, mean response time on 6,200 connected lifts had fallen from 95 to 38 minutes, and the mean time to "
            "reach passengers from 27 to 16 minutes.",
            "Mean response time reduced from 95 to 38 minutes",
        ),
        ("zh", "五分之一的门店在试用。", "20% 的门店在试用。"),
        ("en", "Half of the tickets are solved remotely.", "50% of the tickets are solved remotely."),
        ("de", "Die Reaktionszeit sank von 95 auf 38 Minuten.", "Die Reaktionszeit sank von 95 auf 38 Minuten."),
        ("ja", "対応時間は95分から38分に短縮された。", "対応時間が95分から38分に短縮。"),
    ],
)
def test_true_and_reworded_sentences_pass(language: str, source: str, text: str) -> None:
    assert wrong(text, source, language=language) == []


@pytest.mark.parametrize(
    ("language", "source", "text", "expected"),
    [
        ("zh", ZH, "故障平均响应时间由 38 分钟降至 95 分钟。", {"38 分钟", "95 分钟"}),
        ("en", EN, "The average response time fell from 38 to 95 minutes.", {"38", "95 minutes"}),
        ("de", "Die Zeit sank von 95 auf 38 Minuten.", "Die Zeit sank von 38 auf 95 Minuten.", {"38", "95 Minuten"}),
        (
            "fr",
            "Le délai est passé de 95 à 38 minutes.",
            "Le délai est passé de 38 à 95 minutes.",
            {"38", "95 minutes"},
        ),
    ],
)
def test_before_and_after_inverted(language: str, source: str, text: str, expected: set[str]) -> None:
    found = wrong(text, source, language=language)
    assert {(verdict, reason) for _, verdict, reason in found} == {("contradicted", "inverted")}
    assert {said for said, _, _ in found} == expected


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("ja", "対応時間は95分から38分に短縮。", "対応時間は38分から95分に短縮。"),
        ("ko", "응답 시간은 95분에서 38분으로 단축됐다.", "응답 시간은 38분에서 95분으로 단축됐다."),
    ],
)
def test_inverted_and_read_as_a_range(language: str, source: str, text: str) -> None:
    """から and 에서 also begin a range; either way the source does not have it."""
    assert wrong(text, source, language=language)


@pytest.mark.parametrize(
    ("language", "source", "text", "figure"),
    [
        ("zh", ZH, "故障平均响应时间降至 16 分钟。", "16 分钟"),
        ("zh", ZH, "集团有 31 名维保工。", "31"),
        ("en", EN, "The average response time fell to 16 minutes.", "16 minutes"),
        ("en", EN, "The group has 31 technicians.", "31"),
    ],
)
def test_a_figure_of_something_else(language: str, source: str, text: str, figure: str) -> None:
    found = wrong(text, source, language=language)
    assert (figure, "contradicted", "swapped") in found


@pytest.mark.parametrize(
    ("language", "source", "text", "reason"),
    [
        ("zh", ZH, "二次上门率升至 12%。", "opposed"),
        ("en", EN, "The share of second visits rose to 12%.", "opposed"),
        ("zh", PLAN, "公司的接入设备达到 60 万台。", "target"),
        ("en", PLAN_EN, "The company has connected 600,000 machines.", "target"),
        ("zh", ZH, "故障平均响应时间降至 36 分钟。", "other_value"),
        ("en", EN, "The average response time fell to 36 minutes.", "other_value"),
    ],
)
def test_other_contradictions(language: str, source: str, text: str, reason: str) -> None:
    assert [(verdict, why) for _, verdict, why in wrong(text, source, language=language)] == [("contradicted", reason)]


def test_a_figure_of_a_source_that_is_not_cited_is_named() -> None:
    claims = figures("员工 486 人。", "公司在苏州。", "公司有员工 486 人。", language="zh")
    assert [(c.verdict, c.reason) for c in claims] == [("unsupported", "elsewhere")]
    assert claims[0].evidence[0].id == "S2"


def test_the_same_value_in_a_passage_on_something_else_points_to_the_right_one() -> None:
    said = "二次上门率降至 12%。"
    claims = figures(said, "研发人员占 12%。", "二次上门率由 31% 降至 12%。", language="zh")
    assert [(c.verdict, c.reason, c.evidence[0].id) for c in claims] == [("unsupported", "elsewhere", "S2")]


@pytest.mark.parametrize(
    ("source", "text", "verdict"),
    [
        ("吞吐量提升 3 倍。", "吞吐量提升 3 倍。", "supported"),
        ("吞吐量提升到原来的 3 倍。", "吞吐量提升 3 倍。", "ambiguous"),
        ("吞吐量提升 3 倍。", "吞吐量是原来的 3 倍。", "ambiguous"),
    ],
)
def test_multiples_by_and_to(source: str, text: str, verdict: str) -> None:
    assert [c.verdict for c in figures(text, source, language="zh")] == [verdict]


def test_both_ends_of_a_range_may_stand_apart() -> None:
    source = "Capital expenditure will be $90 million to $100 million."
    assert (
        wrong("Capital expenditure: between a low of $90 million and a high of $100 million.", source, language="en")
        == []
    )


def test_a_changed_qualifier_is_mended_with_the_words_of_the_source() -> None:
    claim = figures("服务 100 家客户。", "服务超过 100 家客户。", language="zh")[0]
    assert (claim.verdict, claim.fix) == ("qualifier_changed", "超过 100")


@pytest.mark.parametrize(
    ("text", "source", "fix"),
    [
        ("响应时间由 95 分钟降至 36 分钟。", "响应时间由 95 分钟降至 38 分钟。", "38 分钟"),
        ("2025 年响应时间降至 36 分钟。", "2024 年响应时间降至 38 分钟。", ""),
        ("响应时间降至 36 分钟。", "白班响应时间降至 38 分钟，夜班响应时间降至 41 分钟。", ""),
        ("到场时间降至 36 分钟。", "响应时间降至 38 分钟。", ""),
    ],
)
def test_a_figure_is_put_right_only_when_exactly_one_can_be_meant(text: str, source: str, fix: str) -> None:
    claim = next(c for c in figures(text, source, language="zh") if "36" in c.text)
    assert claim.verdict in ("contradicted", "unsupported")
    assert claim.fix == fix


def test_the_words_of_the_source_fit_into_the_middle_of_a_sentence() -> None:
    source = "More than 180 turbines are connected."
    assert figures("The 180 turbines are connected.", source, language="en")[0].fix == "more than 180"


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("zh", "平台注册用户 73.6 万人。", "平台注册用户超过 73 万人。"),
        ("zh", "平台注册用户 73.6 万人。", "平台注册用户近 74 万人。"),
        ("zh", "全市有 684 个充电站。", "全市的充电站超过 650 个。"),
        ("zh", "62% 的仓库用上了自动分拣。", "过半仓库用上了自动分拣。"),
        ("zh", "62% 的仓库用上了自动分拣。", "一半以上的仓库用上了自动分拣。"),
        ("en", "The network has 1,936 charging points.", "The network has nearly 2,000 charging points."),
        ("en", "The network has 1,936 charging points.", "The network has more than 1,900 charging points."),
        ("en", "The mill recycled 68% of its water.", "The mill recycled more than two-thirds of its water."),
        ("en", "The mill recycled 46% of its water.", "The mill recycled nearly half of its water."),
        ("en", "Freight cost EUR 2.83 million in that year.", "Freight cost over EUR 2.8 million in that year."),
    ],
)
def test_a_round_figure_with_a_word_that_makes_it_true(language: str, source: str, text: str) -> None:
    assert wrong(text, source, language=language) == []


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("zh", "平台注册用户 73.6 万人。", "平台注册用户超过 74 万人。"),
        ("zh", "平台注册用户 73.6 万人。", "平台注册用户近 73 万人。"),
        ("zh", "平台注册用户 73.6 万人。", "平台注册用户超过 71 万人。"),
        ("zh", "平台注册用户约 73.6 万人。", "平台注册用户超过 73 万人。"),
        ("zh", "平台注册用户 73.6 万人。", "平台注册用户 73 万人。"),
        ("zh", "38% 的仓库用上了自动分拣。", "过半仓库用上了自动分拣。"),
        ("en", "The network has 1,936 charging points.", "The network has more than 1,000 charging points."),
        ("en", "The network has 1,936 charging points.", "The network has nearly 3,000 charging points."),
        ("en", "The press makes 41 parts an hour. The city has a port.", "More than 40 cities have a port."),
        ("en", "The mill recycled 68% of its water.", "The mill recycled more than 68% of its water."),
        ("en", "Freight cost EUR 2.83 million in that year.", "Freight cost over USD 2.8 million in that year."),
        ("en", "The wait fell from 41 to 22 minutes.", "The wait fell to over 40 minutes."),
    ],
)
def test_a_round_figure_that_does_not_hold(language: str, source: str, text: str) -> None:
    assert len(wrong(text, source, language=language)) == 1


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("zh", "每场培训 90 分钟。", "每场培训一个半小时。"),
        ("zh", "换线耗时由 150 分钟缩短至 30 分钟。", "换线耗时由两个半小时缩短到半小时。"),
        ("en", "A shift check takes 150 minutes.", "A shift check takes two and a half hours."),
        ("en", "A shift check takes 150 minutes.", "A shift check takes 2 and a half hours."),
        ("en", "The buffer lasts 72 hours.", "The buffer lasts three days."),
        ("en", "The warranty runs for 24 months.", "The warranty runs for two years."),
    ],
)
def test_the_same_time_in_another_unit(language: str, source: str, text: str) -> None:
    assert wrong(text, source, language=language) == []


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("zh", "每场培训 90 分钟。", "每场培训两个半小时。"),
        ("en", "A shift check takes 150 minutes.", "A shift check takes 150 hours."),
        ("en", "The trial runs for 60 days.", "The trial runs for 2 months."),
    ],
)
def test_another_time_in_another_unit(language: str, source: str, text: str) -> None:
    assert len(wrong(text, source, language=language)) == 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Picking time fell from 44 to 17 minutes.", "Picking an order takes staff 17 minutes today, down from 44."),
        ("The reject rate fell from 9% to 4%.", "The reject rate is 4%, down from 9."),
        ("Range rose from 310 km to 420 km.", "Its range is 420 km, up from 310."),
    ],
)
def test_the_figure_before_has_its_unit_from_the_one_after(source: str, text: str) -> None:
    assert wrong(text, source, language="en") == []


def test_the_figure_before_may_count_something_else() -> None:
    source = "Picking time fell from 44 to 17 minutes."
    text = "Picking takes 17 minutes, down from 44 steps."
    assert [figure for figure, _, _ in wrong(text, source, language="en")] == ["44"]


def test_what_is_counted_has_no_unit_from_the_figure_behind() -> None:
    source = "集团有 26 家门店，日均营业额由 31 万元升至 38 万元。"
    assert wrong("26 家门店的日均营业额升到 38 万元。", source, language="zh") == []


CODES = "AX20 重 4 公斤，充一次电可运行 9 小时；AX50 充一次电可运行 16 小时。"
CODES_EN = "The AX20 weighs 4 kg and runs for 9 hours on one charge. The AX50 runs for 16 hours on one charge."


@pytest.mark.parametrize(
    ("language", "source", "text", "figure"),
    [
        ("zh", CODES, "充一次电，AX50 可运行 9 小时。", "9 小时"),
        ("zh", CODES, "AX20 充一次电可运行 16 小时。", "16 小时"),
        ("en", CODES_EN, "On one charge the AX20 runs for 16 hours.", "16 hours"),
        ("en", CODES_EN, "On one charge the AX50 runs for 9 hours.", "9 hours"),
    ],
)
def test_the_figure_of_another_product(language: str, source: str, text: str, figure: str) -> None:
    assert wrong(text, source, language=language) == [(figure, "contradicted", "swapped")]


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("zh", CODES, "充一次电，AX50 可运行 16 小时，AX20 可运行 9 小时。"),
        ("zh", CODES, "AX20 只重 4 公斤，充一次电可运行 9 小时。"),
        ("zh", "AX20 和 AX50 都可连续运行 9 小时，KB-10 可运行 5 小时。", "AX20 可连续运行 9 小时。"),
        ("en", CODES_EN, "The AX20 runs for 9 hours on one charge and the AX50 for 16 hours."),
        ("en", CODES_EN, "With one charge the AX50 keeps going for 16 hours, the AX20 for 9 hours."),
    ],
)
def test_each_product_with_its_own_figure(language: str, source: str, text: str) -> None:
    assert wrong(text, source, language=language) == []


def test_a_figure_of_a_part_is_not_told_of_the_whole() -> None:
    source = "仓库共有 40 台叉车。8 台叉车的平均充电时间由 95 分钟缩短到 60 分钟。"
    said = "仓库 40 台叉车的平均充电时间都缩短到 60 分钟。"
    assert wrong(said, source, language="zh") == [("40", "contradicted", "swapped")]
    assert wrong("仓库有 40 台叉车，8 台叉车的平均充电时间缩短到 60 分钟。", source, language="zh") == []
    other = "仓库改造了 40 台叉车，平均充电时间缩短到 60 分钟。抽测的 8 台叉车的平均充电时间原为 95 分钟。"
    assert "40" not in [
        figure for figure, _, _ in wrong("仓库改造的 40 台叉车的平均充电时间缩短到 60 分钟。", other, language="zh")
    ]
