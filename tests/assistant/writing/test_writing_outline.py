"""Outlines of given documents: their own headings, points from every part, each at its place, however long."""

from __future__ import annotations

import re

import pytest

from assistant.brief import Brief
from assistant.draft import Draft, Paragraph
from assistant.workspace import Workspace
from assistant.writing.documents.central import shares
from knowledge.sample import FOLDER

INPUTS = FOLDER / "inputs"


def points(draft: Draft) -> list[Paragraph]:
    return [p for s in draft.sections if s.id == "outline" for p in s.paragraphs]


def digest(workspace: Workspace, text: str, locale: str = "zh-CN") -> Draft:
    return workspace.draft(Brief("text_digest", {"text": text}, locale))


@pytest.mark.parametrize(
    ("name", "locale", "chapters"),
    [
        ("downtime-report.zh.md", "zh-CN", ["为什么做这次调查", "调查方法", "主要发现", "状态监测带来的变化", "结论", "局限与说明"]),
        ("downtime-report.en.md", "en", ["Why this survey", "Method", "Findings", "What condition monitoring changed",
                                         "Conclusions", "Limits of the survey"]),
    ],
)  # fmt: skip
def test_the_documents_own_headings_numbered_anew(
    sample: Workspace, name: str, locale: str, chapters: list[str]
) -> None:
    draft = digest(sample, (INPUTS / name).read_text(encoding="utf-8"), locale)
    said = [p.text for p in points(draft)]
    assert [text.split(". ", 1)[1] for text in said if re.match(r"\d+\. ", text)] == chapters
    assert sum(bool(re.match(r"\d+\.\d+\. ", text)) for text in said) >= 8
    assert not draft.has_errors
    assert not [f for f in draft.findings if f.check == "numbering_broken"]


def test_each_point_stands_in_the_piece_that_it_cites(sample: Workspace) -> None:
    draft = digest(sample, (INPUTS / "downtime-report.zh.md").read_text(encoding="utf-8"))
    evidence = {e.id: e.text for e in draft.evidence}
    for point in points(draft):
        said = re.sub(r"^[\d.]+ ", "", point.text).split("：", 1)[-1].rstrip("。；")
        assert all(part in "".join(evidence[c] for c in point.citations) for part in said.split("。") if part)


def test_a_text_without_headings_is_cut_into_stretches(sample: Workspace) -> None:
    topics = ["压缩机的轴承磨损", "泵站的供水压力", "电梯的困人救援", "纺机的断纱停车"]
    lines = [
        f"{topic}在第 {n} 周被记录下来，值班员逐条核对了{topic}的原因和时间。" * 6
        for topic in topics
        for n in (1, 2, 3)
    ]
    draft = digest(sample, "\n".join(lines))
    heads = [p for p in points(draft) if re.match(r"\d+\. ", p.text)]
    assert 2 <= len(heads) <= 6
    assert all(p.citations for p in points(draft))


def test_a_report_of_a_hundred_pages_gives_as_many_points_as_any_other(sample: Workspace) -> None:
    chapter = (INPUTS / "downtime-report.zh.md").read_text(encoding="utf-8").split("## 三、主要发现")[1]
    body = "".join(
        f"\n## 第{n}部分 车间{n}\n" + re.sub(r"(\d+)%", lambda m, n=n: f"{int(m[1]) % 90 + n % 9}%", chapter)
        for n in range(1, 236)
    )
    text = "# 停机大调查\n" + body
    assert len(text) > 290_000
    draft = digest(sample, text)
    found = points(draft)
    assert 10 <= len(found) <= 28
    lines = [int(e.locator.rsplit(" ", 1)[1]) for e in draft.evidence if e.origin == "input"]
    assert min(lines) < 0.1 * text.count("\n")
    assert max(lines) > 0.9 * text.count("\n")
    assert len(draft.evidence) < 80
    assert not draft.has_errors


def test_a_section_that_searches_gets_what_stands_below_its_headings(sample: Workspace) -> None:
    report = (INPUTS / "downtime-report.en.md").read_text(encoding="utf-8")
    draft = sample.draft(Brief("report_analysis", {"report": report}, "en"))
    limits = next(s for s in draft.sections if s.id == "limits")
    evidence = {e.id: e for e in draft.evidence}
    assert {evidence[c].locator.split(" · ")[0].split(" › ")[-1] for p in limits.paragraphs for c in p.citations} == {
        "6. Limits of the survey"
    }


def test_what_the_report_does_not_state_is_left_out(sample: Workspace) -> None:
    report = (
        "# 车间照明改造\n车间换了六十盏灯，亮度由 180 勒克斯提高到 320 勒克斯。\n工人反映看图纸不再费眼，夜班返工少了。"
    )
    draft = sample.draft(Brief("report_analysis", {"report": report}))
    assert "limits" not in [s.id for s in draft.sections]


@pytest.mark.parametrize(
    ("sizes", "count", "given"),
    [([10, 10], 4, [2, 2]), ([90, 10], 6, [5, 1]), ([5, 50, 6], 2, [0, 1, 1]), ([1, 1, 1], 3, [1, 1, 1])],
)
def test_shares_by_size(sizes: list[int], count: int, given: list[int]) -> None:
    assert shares(sizes, count) == given
