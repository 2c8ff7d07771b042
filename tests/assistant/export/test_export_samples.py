"""Two drafts that the tests of the exports share, with everything a draft can hold; and that they are sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.draft import Cell, Claim, Draft, Evidence, EvidenceSpan, Paragraph, Section, draft_from_json
from assistant.gateway.port import Usage
from knowledge.domain.finding import Finding, Severity, Span

HOSTILE = "<script>alert(1)</script> | x | \x1b[31m\u202e [link](http://example.com) **bold** `code` &lt; <!-- c -->"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def claim(
    id_: str, paragraph: Paragraph, words: str, verdict: str, kind: str, *on: EvidenceSpan, note: str = ""
) -> Claim:
    return Claim(id_, paragraph.id, span(paragraph.text, words), words, kind, verdict, on, note=note)


def on(evidence: Evidence, words: str) -> EvidenceSpan:
    return EvidenceSpan(evidence.id, span(evidence.text, words))


CASE = Evidence(
    "S1",
    "上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟，二次上门率由 31% 降至 12%，纸质工单全部取消。"
    "客户的维保工每人平均管理电梯"
    "由 29 台增至 36 台，困人救援平均到场时间由 27 分钟缩短到 16 分钟。",
    "zh-CN",
    entry_id="case-elevator",
    version=4,
    title="华东电梯维保：故障平均响应时间由 95 分钟降至 38 分钟",
    source="cases/elevator.md",
    locator="效果 › 第 4 行",
    state="approved",
    review_due=date(2026, 12, 1),
    valid_until=date(2027, 3, 31),
    approved_by="林澜",
    kind="case",
)
QUOTE = Evidence(
    "S2",
    "以前是业主先知道电梯停了，我们后知道。",
    "zh-CN",
    entry_id="quote-elevator",
    version=1,
    title="维保运营总监的话",
    source="cases/elevator.md",
    locator="引语",
    state="approved",
    review_due=date(2026, 12, 1),
    approved_by="林澜",
    kind="case",
)
BRIEF = Evidence("S3", "本稿用于行业展会的展板。", "zh-CN", title="需求", origin="brief")

TITLE = Paragraph("p1", "从“等电话”到“先知道”：响应时间降至 38 分钟", ("S1",), role="title")
SUB = Paragraph("p2", "一家电梯维保集团的四个月", role="subtitle", by="person")
LEAD = Paragraph("p3", "同样的人手，管住更多电梯。", ("S1",), role="line")
CHANGE = Paragraph(
    "p4",
    "上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟，二次上门率由 31% 降至约 12%。人工巡检成本下降 27%，"
    "在行业内处于领先水平，困人救援平均到场时间由 27 分钟缩短到 16 分钟。",
    ("S1",),
)
GAP = Paragraph("p5", "客户方项目负责人的一句话评价", gap=True)
SAID = Paragraph("p6", "“以前是业主先知道电梯停了，我们后知道。”", ("S2",), role="quote", by="program")
ITEMS = (
    Paragraph("p7", "故障先于电话到达值班台", ("S1", "S3"), role="proof"),
    Paragraph("p8", "# 不是标题", role="item"),
    Paragraph("p9", "[第三条依据]", gap=True, role="proof"),
)
CELLS = (
    Paragraph("t1", "95 分钟", ("S1",), cell=Cell("平均响应时间", "用前")),
    Paragraph("t2", "38 分钟", ("S1",), cell=Cell("平均响应时间", "用后")),
    Paragraph("t3", "31% | 约三成", ("S1",), cell=Cell("二次上门率", "用前")),
    Paragraph("t4", "没有数据", gap=True, cell=Cell("二次上门率", "用后")),
)
BAD = Paragraph("p10", f"# h\n> 引用\n- 项\n1. 一\n{HOSTILE}")

FINDINGS = (
    Finding("style_rule", Severity.INFO, "标题里有引号，平台可能截断", "p1"),
    Finding(
        "superlative_unproven",
        Severity.WARNING,
        "没有来源证明“领先”",
        "p4",
        span(CHANGE.text, "领先"),
        fix="写明由谁、按什么评定，或删去",
    ),
    Finding(
        "number_unsupported",
        Severity.ERROR,
        "27% 在所引来源中找不到",
        "p4",
        span(CHANGE.text, "27%"),
        fix="删去，或补充来源",
    ),
)

ZH = Draft(
    id="d-0142",
    template="success_story",
    locale="zh-CN",
    audience="public",
    market="CN",
    channel="website",
    version=3,
    title=TITLE.text,
    sections=(
        Section("title", "标题", (TITLE,)),
        Section("subtitle", "副标题", (SUB,)),
        Section("change", "用后变化", (LEAD, CHANGE, GAP, SAID)),
        Section("proofs", "三条依据", ITEMS),
        Section("table", "前后对照", CELLS),
        Section("bad", "## 敌意文本 <b>", (BAD,)),
    ),
    evidence=(CASE, QUOTE, BRIEF),
    claims=(
        claim("C0", TITLE, "38 分钟", "supported", "quantity", on(CASE, "38 分钟")),
        claim(
            "C1",
            CHANGE,
            "故障平均响应时间由 95 分钟降至 38 分钟",
            "supported",
            "statement",
            on(CASE, "故障平均响应时间由 95 分钟降至 38 分钟"),
        ),
        claim("C2", CHANGE, "38 分钟", "supported", "quantity", on(CASE, "38 分钟")),
        claim("C3", CHANGE, "约 12%", "qualifier_changed", "percent", on(CASE, "12%"), note="来源中没有“约”"),
        claim("C4", CHANGE, "27%", "unsupported", "percent"),
        claim("C5", CHANGE, "领先水平", "not_checked", "superlative"),
        claim("C6", CELLS[1], "38 分钟", "supported", "quantity", on(CASE, "38 分钟")),
        claim("C7", CHANGE, "27 分钟缩短到 16 分钟", "supported", "quantity", on(CASE, "27 分钟缩短到 16 分钟")),
    ),
    findings=FINDINGS,
    usage=Usage(prompt_tokens=5210, completion_tokens=873, calls=6, seconds=41.37),
    model="local",
)

EN_CASE = Evidence(
    "S1",
    "Four months after go-live the mean response time to a fault fell from 95 to 38 minutes, "
    "and repeat visits from 31% to 12%.",
    "en",
    entry_id="case-elevator",
    version=4,
    title="Elevator maintenance, East China",
    source="cases/elevator.en.md",
    locator="Results",
    state="approved",
    review_due=date(2026, 12, 1),
    approved_by="Lin Lan",
)
EN_TITLE = Paragraph("p1", "From waiting for the call to knowing first", role="title")
EN_TEXT = Paragraph("p2", "Response time fell from 95 to 38 minutes, and staff costs by 27%.", ("S1",))
EN_GAP = Paragraph("p3", "[to be supplied: one sentence from the customer]", gap=True)
EN_QUOTE = Paragraph("p4", "“We used to be the last to know.”", ("S1",), role="quote")
EN = Draft(
    id="d-0143",
    template="success_story",
    locale="en",
    audience="partner",
    title=EN_TITLE.text,
    sections=(
        Section("title", "Title", (EN_TITLE,)),
        Section("change", "What changed", (EN_TEXT, EN_QUOTE, EN_GAP, Paragraph("p5", HOSTILE))),
    ),
    evidence=(EN_CASE,),
    claims=(
        claim("C1", EN_TEXT, "95 to 38 minutes", "supported", "quantity", on(EN_CASE, "95 to 38 minutes")),
        claim("C2", EN_TEXT, "27%", "unsupported", "percent"),
    ),
    findings=(
        Finding("number_unsupported", Severity.ERROR, "27% is in no cited source", "p2", span(EN_TEXT.text, "27%")),
    ),
    usage=Usage(prompt_tokens=900, completion_tokens=120, calls=2, seconds=8.0, cost=0.0123),
    model="openai:some-model",
)
EMPTY = replace(EN, title="", sections=(), evidence=(), claims=(), findings=(), model="", usage=Usage())


def test_the_samples_survive_the_contract_document() -> None:
    for draft in (ZH, EN, EMPTY):
        assert draft_from_json(draft.to_json()) == draft


def test_the_samples_claims_lie_where_they_say() -> None:
    for draft in (ZH, EN):
        texts = {p.id: p.text for _, p in draft.paragraphs()}
        assert all(c.paragraph and c.span.of(texts[c.paragraph]) == c.text for c in draft.claims)
