"""Names: known ones, those that look like one, and another one in their place."""

from __future__ import annotations

import pytest
from endless import ends
from examining import examined, verdicts
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims.examiner import Grounds, sources_of
from assistant.claims.names.examiner import NameExaminer
from assistant.claims.reading import read_text
from assistant.draft import Evidence
from knowledge.domain.locale import Locale
from knowledge.lexicon import KnownName, Lexicon, NameKind

NAMES = NameExaminer()
LEXICON = Lexicon(
    names=(
        KnownName(NameKind.ORGANISATION, ("Tingstone Industrial", "Tingstone", "汀石工联"), own=True),
        KnownName(NameKind.PLACE, ("Suzhou", "苏州"), own=True),
        KnownName(NameKind.ORGANISATION, ("Jilan Water", "Jilan", "济澜水务")),
        KnownName(NameKind.ORGANISATION, ("Panlan Compressors", "Panlan", "磐岚压缩机", "磐岚")),
        KnownName(NameKind.PRODUCT, ("TingDeck",)),
        KnownName(NameKind.PRODUCT, ("Windows",)),
        KnownName(NameKind.PERSON, ("Luo Wangshu", "罗望舒")),
    )
)
WATER_EN = "Jilan Water connected 58 pumping stations to TingDeck and cut its monthly power bill by a tenth."
WATER_ZH = "济澜水务把 58 座泵站接入 TingDeck，月均电费下降了一成。"


def judged(text: str, source: str, locale: str = "en", lexicon: Lexicon = LEXICON) -> dict[str, tuple[str, str]]:
    return verdicts(text, examined(NAMES, text, [source], locale, lexicon=lexicon))


def wrong(text: str, source: str, locale: str = "en", lexicon: Lexicon = LEXICON) -> dict[str, tuple[str, str]]:
    return {k: v for k, v in judged(text, source, locale, lexicon).items() if v[0] in ("contradicted", "unsupported")}


# --- known names -----------------------------------------------------------------------------------------------------


def test_any_spelling_of_a_known_name_supports_it() -> None:
    assert judged("Jilan saves power.", WATER_EN)["Jilan"] == ("supported", "")
    assert judged("Jilan Water saves power.", WATER_ZH)["Jilan Water"] == ("supported", "")


def test_a_known_name_in_the_place_of_another_is_contradicted_with_the_right_one() -> None:
    text = "Panlan Compressors connected 58 pumping stations to TingDeck."
    (claim,) = [c for c in examined(NAMES, text, [WATER_EN], "en", lexicon=LEXICON) if c.verdict != "supported"]
    assert (claim.verdict, claim.reason, claim.fix) == ("contradicted", "other_name", "Jilan Water")
    assert claim.evidence[0].span.of(WATER_EN) == "Jilan Water"
    assert wrong("磐岚压缩机把 58 座泵站接入 TingDeck。", WATER_ZH, "zh-CN") == {
        "磐岚压缩机": ("contradicted", "other_name")
    }


def test_a_name_that_the_source_has_elsewhere_is_contradicted_where_another_one_stands() -> None:
    source = f"{WATER_EN} Panlan Compressors looks after 3,400 machines with the same platform."
    text = "Panlan Compressors connected 58 pumping stations to TingDeck and cut its power bill by a tenth."
    assert wrong(text, source) == {"Panlan Compressors": ("contradicted", "other_name")}


def test_a_known_name_that_no_source_has_is_unsupported() -> None:
    assert wrong("Many users were present, among them Luo Wangshu.", WATER_EN) == {
        "Luo Wangshu": ("unsupported", "known")
    }


def test_the_company_may_always_name_itself() -> None:
    assert judged("Tingstone in Suzhou thanks its users.", WATER_EN)["Tingstone"] == ("supported", "own")
    assert not wrong("汀石工联在苏州感谢用户。", WATER_ZH, "zh-CN")


def test_a_name_of_evidence_that_is_not_cited_is_elsewhere() -> None:
    text = "Users praised it, among them Luo Wangshu."
    found = examined(NAMES, text, [WATER_EN], "en", lexicon=LEXICON, others=("Luo Wangshu spoke in Chengdu.",))
    assert verdicts(text, found)["Luo Wangshu"] == ("unsupported", "elsewhere")


def test_small_letters_are_no_product() -> None:
    assert "windows" not in judged("The windows were cleaned.", WATER_EN)
    assert wrong("It runs on Windows.", WATER_EN) == {"Windows": ("unsupported", "known")}


# --- what looks like a name ------------------------------------------------------------------------------------------

SOURCES = {
    "en": "In March 2025 the managers of Norfield Pumps in Hamburg met Anna Berg, head of service at the World Trade "
    "Organization, and installed the FX-200 gateway. The firm is based in the United States.",
    "zh": "2025 年 3 月，北川泵业有限公司总经理陈志远在杭州介绍了 FX-200 网关，浙江大学参与了测试。",
}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Last year they installed the FX-300 gateway.", ["FX-300"]),
        ("en", "They installed the FX200 gateway at Norfield's plant.", []),
        ("en", "Later, Peter Stone met the managers.", ["Peter Stone"]),
        ("en", "Later, Berg met the managers.", []),
        ("en", "The managers of Southmere Foundries Ltd. were there.", ["Southmere Foundries Ltd"]),
        ("en", "In Munich, the Chief Executive Officer and the German team met on Monday.", ["Munich"]),
        ("en", "The WTO, the UK and the US were named.", ["UK"]),
        ("en", "How Better Pumps Save Real Money", []),
        ("en", "Customers like it. Everyone does.", []),
        ("zh", "总经理李国强介绍了网关。", ["李国强"]),
        ("zh", "总经理陈志远介绍了网关。", []),
        ("zh", "南山机械有限公司介绍了网关。", ["南山机械有限公司"]),
        ("zh", "北川泵业介绍了网关，这家公司在浙江。", []),
        ("zh", "网关在杭州市测试，后来到了成都。", ["成都"]),
        ("zh", "FX200 网关与 MachineHub 平台。", ["MachineHub"]),
        ("zh", "电力公司与物流公司都在用。", []),
        ("zh", "他写了《南山机械有限公司史》。", []),
        ("zh", "还有 3 张工单，5 张订单。", []),
        ("zh", "总经理张国强介绍了网关。", ["张国强"]),
        ("zh", "后来 LakeHub 54% 的流量经过网关。", ["LakeHub"]),
        ("en", "Later, 40 of them chose LakeHub 11.", ["LakeHub 11"]),
    ],
)
def test_names_by_pattern(language: str, text: str, names: list[str]) -> None:
    found = wrong(text, SOURCES[language], {"en": "en", "zh": "zh-CN"}[language], Lexicon())
    assert found == dict.fromkeys(names, ("unsupported", "unknown"))


@pytest.mark.parametrize(
    ("locale", "text", "source"),
    [
        ("en", "Southmere's team moved 1,200 machines to the new platform.", "Norfield's team moved 1,200 machines to the new platform."),
        ("zh-CN", "南屿科技把一千台机器迁到新平台上。", "北川科技把一千台机器迁到新平台上。"),
        ("de", "Im Mai hat Südmoor AG 1.200 Maschinen angeschlossen.", "Im Mai hat Nordfeld AG 1.200 Maschinen angeschlossen."),
        ("fr", "En mai, Sudmer a connecté 1 200 machines.", "En mai, Norchamp a connecté 1 200 machines."),
    ],
)  # fmt: skip
def test_an_unknown_name_in_the_place_of_another(locale: str, text: str, source: str) -> None:
    found = wrong(text, source, locale, Lexicon())
    assert len(found) == 1
    assert next(iter(found.values())) in (("contradicted", "other_name"), ("unsupported", "unknown"))
    assert not wrong(source, source, locale, Lexicon())


def test_sources_in_another_language_say_nothing_of_unknown_names() -> None:
    assert not examined(NAMES, "Peter Stone met the managers in Ulm.", [SOURCES["zh"]], "en", source_locale="zh-CN")


def test_without_a_citation_known_names_are_not_checked() -> None:
    text = "Jilan Water saves power."
    found = examined(NAMES, text, [], "en", lexicon=LEXICON, complete=False)
    assert verdicts(text, found) == {"Jilan Water": ("not_checked", "")}
    found = examined(NAMES, text, [], "en", lexicon=LEXICON)
    assert verdicts(text, found) == {"Jilan Water": ("unsupported", "known")}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "zh-CN", "ja", "de"]))
def test_never_raises(text: str, locale: str) -> None:
    examined(NAMES, text, [WATER_EN, text[::-1]], locale, lexicon=LEXICON)


def test_a_long_line_ends() -> None:
    text = "A " * 20_000 + "Aa of " * 10_000 + "/@" + "a" * 60_000
    with ends():
        examined(NAMES, text, [WATER_EN], "en", lexicon=LEXICON)


def test_a_passage_of_an_entry_about_it_speaks_of_it() -> None:
    known = KnownName(NameKind.ORGANISATION, ("Tan Hoa Lam",), entries=frozenset({"case-packaging"}))
    evidence = [Evidence("S1", "“We did not buy a single machine.” — Khoa, Plant Director", "en", "case-packaging")]
    grounds = Grounds(sources_of(evidence), lexicon=Lexicon(names=(known,)))
    text = "“We did not buy a single machine,” said the Plant Director at Tan Hoa Lam."
    assert verdicts(text, list(NAMES.examine(read_text(text, "en"), Locale("en"), grounds))) == {
        "Tan Hoa Lam": ("supported", "")
    }


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("项目由质量总监陈以衡主管。", "质量总监陈以恒主管了整个项目。", "陈以衡"),
        ("新产线由厂长贺兰亭牵头。", "厂长贺澜亭牵头建了新产线。", "贺兰亭"),
    ],
)
def test_a_person_with_one_other_character(text: str, source: str, name: str) -> None:
    assert wrong(text, source, "zh-CN", Lexicon()) == {name: ("contradicted", "other_name")}


def test_a_person_of_the_library_with_one_other_character() -> None:
    library = Lexicon(names=(KnownName(NameKind.PERSON, ("Shen Leyao", "沈乐瑶")),))
    (claim,) = examined(NAMES, "工艺是沈乐遥改的。", ["工艺由沈乐瑶改进。"], "zh-CN", lexicon=library)
    assert (claim.verdict, claim.reason, claim.fix) == ("contradicted", "other_name", "沈乐瑶")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("厂长王明负责产线。", "厂长王明主持了产线的改造。"),
        ("厂长高建国提高建设水平。", "厂长高建国提高了建设的水平。"),
        ("项目经理陈以恒和陈以衡都在场。", "项目经理陈以恒和总监陈以衡在场。"),
        ("经理李思总在现场。", "经理李思远在现场。"),
    ],
)
def test_what_is_no_misspelt_person(text: str, source: str) -> None:
    found = wrong(text, source, "zh-CN", Lexicon())
    assert not any(reason == ("contradicted", "other_name") for reason in found.values())
