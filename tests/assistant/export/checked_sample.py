"""Two checked texts with every verdict, most kinds, findings of each severity, and rulings."""

from __future__ import annotations

from dataclasses import replace

from assistant.checking import CheckReport, Ruled
from assistant.checks.policy import Ruling
from assistant.draft import Claim, Evidence, EvidenceSpan
from assistant.given import given_document
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.reading.document import Block, Document

_ZH_TEXT = (
    Block("发布网关，停机下降 52%", (), "line 1", "heading"),
    Block("停机由 74 小时降至 36 小时，接入 3.2 万台，是西南最大的项目。苏州工厂快三倍。", (), "line 3"),
    Block("“再也不用半夜爬风机了。”张伟说。", (), "line 5", "quote"),
    Block("指标: 停机; 用前: 74 小时", (), "line 9", "row", ("指标: 停机", "用前: 74 小时")),
    Block("print(4711)", (), "line 12", "code"),
    Block("客户续约两年。", (), "line 14"),
)
_EN_TEXT = (
    Block("A new gateway: downtime falls by 52%", (), "paragraph 1", "heading"),
    Block(
        "Downtime fell from 74 to 36 hours, 32,000 devices, the largest in the region. Suzhou is three times faster.",
        (),
        "paragraph 2",
    ),
    Block("“No more climbing at midnight,” said Zhang Wei.", (), "paragraph 3", "quote"),
    Block("Metric: downtime; Before: 74 hours", (), "table 1 row 2", "row", ("Metric: downtime", "Before: 74 hours")),
    Block("print(4711)", (), "paragraph 4", "code"),
    Block("The customer renewed for two years.", (), "paragraph 5"),
)
_ZH_SOURCE = Evidence(
    "S1", "停机由 74 小时降至 46 小时。接入超过 3.2 万台。", "zh-CN", entry_id="case-wind", version=1,
    title="风电案例", source="cases/wind.md", locator="效果 · line 31", state="approved",
)  # fmt: skip
_EN_SOURCE = Evidence(
    "S1", "Downtime fell from 74 to 46 hours. More than 32,000 devices.", "en", entry_id="case-wind-en", version=1,
    title="Wind case", source="cases/wind.en.md", locator="Results · line 31", state="approved",
)  # fmt: skip

# zh words, en words, kind, verdict, words of the source (zh, en)
_CLAIMS = (
    ("52%", "52%", "percent", "unsupported", ("", "")),
    ("停机由 74 小时降至 36 小时，接入 3.2 万台，是西南最大的项目。",
     "Downtime fell from 74 to 36 hours, 32,000 devices, the largest in the region.", "statement", "contradicted",
     ("降至 46 小时", "to 46 hours")),
    ("36 小时", "36 hours", "quantity", "contradicted", ("46 小时", "46 hours")),
    ("3.2 万台", "32,000 devices", "quantity", "qualifier_changed", ("超过 3.2 万台", "More than 32,000 devices")),
    ("西南最大", "the largest in the region", "superlative", "unsupported", ("", "")),
    ("苏州", "Suzhou", "place", "supported", ("", "")),
    ("快三倍", "three times faster", "comparison", "ambiguous", ("", "")),
    ("“再也不用半夜爬风机了。”", "“No more climbing at midnight,”", "quote", "supported", ("", "")),
    ("张伟", "Zhang Wei", "person", "not_checked", ("", "")),
    ("客户续约两年。", "The customer renewed for two years.", "statement", "unsupported", ("", "")),
)  # fmt: skip
_FINDINGS = (
    ("number_unsupported", Severity.ERROR, "52%", "52%", ()),
    ("number_contradicted", Severity.ERROR, "36 小时", "36 hours", ("S1",)),
    ("statement_contradicted", Severity.WARNING, _CLAIMS[1][0], _CLAIMS[1][1], ("S1",)),
    ("superlative_unproven", Severity.WARNING, "西南最大", "the largest in the region", ()),
    ("multiple_ambiguous", Severity.INFO, "快三倍", "three times faster", ()),
    ("ai_label_missing", Severity.WARNING, "", "", ()),
)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def checked(language: str) -> CheckReport:
    """The sample in `zh` (a Markdown file) or `en` (a Word file)."""
    zh = language == "zh"
    format_, blocks, source = ("Markdown", _ZH_TEXT, _ZH_SOURCE) if zh else ("Word", _EN_TEXT, _EN_SOURCE)
    given = given_document(Document(format_, "t", {}, blocks, ""))
    claims = []
    for number, (words_zh, words_en, kind, verdict, there) in enumerate(_CLAIMS, start=1):
        words, carries = (words_zh, there[0]) if zh else (words_en, there[1])
        evidence = (EvidenceSpan("S1", span(source.text, carries)),) if carries else ()
        claims.append(Claim(f"c{number}", None, span(given.text, words), words, kind, verdict, evidence))
    findings = []
    for check, severity, words_zh, words_en, evidence_ids in _FINDINGS:
        words = words_zh if zh else words_en
        place = span(given.text, words) if words else None
        finding = Finding(check, severity, f"message of {check}", None, place, evidence_ids)
        fixed = replace(finding, fix=source.text[-9:-1]) if check == "number_contradicted" else finding
        findings.append(fixed)
    rulings = (
        Ruled(Ruling("banned_term", "off", "legal reads it", "anna"), 2),
        Ruled(Ruling("multiple_ambiguous", "info", "custom of the trade", "anna"), 1),
    )
    return CheckReport(given, "zh-CN" if zh else "en", tuple(claims), tuple(findings), (source,), rulings)
