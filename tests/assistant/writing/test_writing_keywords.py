"""Terms of the trade: those of the texts and no others."""

from __future__ import annotations

from assistant.brief import Brief
from assistant.workspace import Workspace
from assistant.writing.documents.terms import chain_items, contained, frequent

ZH = "边缘网关在现场判断。断网时，边缘网关照样报警，状态监测的数据先存在本地。状态监测离不开传感器。"
EN = (
    "The edge gateway decides on site. When the network is down, the edge gateway still raises alarms. "
    "Condition monitoring needs a sensor; for condition monitoring the edge gateway keeps data."
)


def test_noun_phrases_that_come_again() -> None:
    assert {"边缘网关", "状态监测"} <= {found.term for found in frequent([ZH], "zh")}
    found = {found.term.casefold() for found in frequent([EN], "en")}
    assert "edge gateway" in found
    assert not {"gateway still", "network is", "the edge"} & found


def test_every_term_stands_in_a_text() -> None:
    for language, text in (("zh", ZH), ("en", EN)):
        assert all(contained(found.term, text) for found in frequent([text], language, least=1))


def test_a_part_of_a_longer_term_is_no_term() -> None:
    assert "网关" not in {found.term for found in frequent([ZH], "zh")}


def test_what_stands_upstream_and_downstream() -> None:
    assert chain_items(["上游是传感器和芯片，中游是网关厂商，下游包括电梯维保集团、水务集团等。"]) == [
        ("up", "传感器"),
        ("up", "芯片"),
        ("down", "电梯维保集团"),
        ("down", "水务集团"),
    ]
    assert chain_items(
        ["Upstream are sensor makers and chips; midstream are gateways; downstream are utilities, mills."]
    ) == [
        ("up", "sensor makers"),
        ("up", "chips"),
        ("down", "utilities"),
        ("down", "mills"),
    ]


def test_a_remark_about_a_place_in_the_chain_lists_nothing() -> None:
    assert chain_items(["上游芯片的交货期缩短到 9 周。", "下游是我们最关心的部分。"]) == []


def test_keywords_cite_the_piece_that_has_them_and_say_their_place(sample: Workspace) -> None:
    notes = "# 市场笔记\n上游包括压电传感器和通信模组，下游包括电梯维保集团和水务公司。\n" + ZH
    draft = sample.draft(Brief("industry_insight", {"industry": "设备运维", "goal": "write", "sources": notes}))
    evidence = {e.id: e.text for e in draft.evidence}
    section = next(s for s in draft.sections if s.id == "keywords")
    said = [p for p in section.paragraphs if not p.gap]
    assert 20 <= len(said) <= 50
    assert any(p.text == "上游：通信模组" for p in said)
    assert any(p.text == "下游：电梯维保集团" for p in said)
    for paragraph in said:
        assert contained(paragraph.text.split("：")[-1], evidence[paragraph.citations[0]])


def test_too_few_terms_ask_for_more(sample: Workspace) -> None:
    draft = sample.draft(Brief("text_digest", {"text": "好的。"}))
    section = next(s for s in draft.sections if s.id == "tags")
    assert [p.gap for p in section.paragraphs] == [True]


def test_the_mind_map_is_made_of_what_the_sections_found(sample: Workspace) -> None:
    draft = sample.draft(Brief("industry_insight", {"industry": "设备运维", "goal": "plan", "sources": ZH}))
    (chart,) = next(s for s in draft.sections if s.id == "map").paragraphs
    lines = chart.text.splitlines()
    assert lines[0] == "- 设备运维"
    assert "  - 行业关键词" in lines
    leaves = [line.strip(" -") for line in lines if line.startswith("    - ")]
    said = "\n".join(p.text for s in draft.sections if s.id != "map" for p in s.paragraphs)
    assert leaves
    assert all(leaf.rstrip("…").strip() in said for leaf in leaves)
    assert chart.citations
    assert not chart.gap
