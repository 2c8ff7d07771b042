"""Each check is tested with its own examples, in each language of the templates."""

from __future__ import annotations

import pytest

from assistant.checks.base import Check, Example, ParagraphCheck
from assistant.checks.paragraphs import check_paragraph, missing_figures
from assistant.checks.registry import BY_ID, PARAGRAPH_CHECKS
from assistant.checks.standards import Standards
from assistant.draft import Evidence, Paragraph
from knowledge.domain.finding import Severity
from knowledge.domain.locale import Locale

EXAMPLES = [(check, example) for check in PARAGRAPH_CHECKS for example in check.examples]


@pytest.mark.parametrize(
    ("check", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", None) or str(value)[:40]
)
def test_examples(check: ParagraphCheck, example: Example) -> None:
    evidence = [Evidence("S1", example.evidence or example.text, example.locale)]
    paragraph = Paragraph("p1", example.text, ("S1",))
    findings = check_paragraph(paragraph, evidence, Standards(Locale(example.locale))).findings
    assert any(finding.check == check.id for finding in findings) is example.found


@pytest.mark.parametrize("check_id", sorted(BY_ID))
def test_every_check_says_what_it_is(check_id: str) -> None:
    check: type[Check] = BY_ID[check_id]
    assert check.id == check_id
    assert check.__doc__
    assert check.title.zh
    assert check.title.en


@pytest.mark.parametrize(
    ("language", "text", "evidence"),
    [
        ("zh", "维保成本下降 28%。", "维保成本下降 27%。"),
        ("en", "Costs fell by 28%.", "Costs fell by 27%."),
        ("ja", "コストは28％減少した。", "コストは27％減少した。"),
        ("ko", "비용이 28% 감소했다.", "비용이 27% 감소했다."),
        ("de", "Die Kosten sanken um 28 %.", "Die Kosten sanken um 27 %."),
        ("fr", "Les coûts ont baissé de 28 %.", "Les coûts ont baissé de 27 %."),
        ("es", "Los costes bajaron un 28 %.", "Los costes bajaron un 27 %."),
        ("pt", "Os custos caíram 28%.", "Os custos caíram 27%."),
    ],
)
def test_a_figure_that_is_not_in_the_evidence_is_caught_in_every_language(
    language: str, text: str, evidence: str
) -> None:
    source = [Evidence("S1", evidence, language)]
    wrong = check_paragraph(Paragraph("p1", text, ("S1",)), source, Standards(Locale(language)))
    right = check_paragraph(Paragraph("p1", evidence, ("S1",)), source, Standards(Locale(language)))
    figures = {"number_unsupported", "number_contradicted"}
    assert figures & {f.check for f in wrong.findings}
    assert "supported" not in {c.verdict for c in wrong.claims if c.kind == "percent"}
    assert {c.verdict for c in right.claims if c.kind == "percent"} == {"supported"}
    assert not figures & {f.check for f in right.findings}


def test_a_figure_of_an_uncited_source_does_not_count() -> None:
    evidence = [Evidence("S1", "响应时间 95 分钟。", "zh-CN"), Evidence("S2", "成本下降 27%。", "zh-CN")]
    found = check_paragraph(Paragraph("p1", "成本下降 27%。", ("S1",)), evidence, Standards(Locale("zh-CN")))
    assert "number_unsupported" in {f.check for f in found.findings}


def test_claims_point_at_the_words_and_at_their_evidence() -> None:
    evidence = [Evidence("S1", "接入设备 3.2 万台。", "zh-CN")]
    text = "It connects 32,000 devices."
    claim = check_paragraph(Paragraph("p1", text, ("S1",)), evidence, Standards(Locale("en"))).claims[0]
    assert claim.span.of(text) == "32,000"
    assert claim.evidence[0].span.of(evidence[0].text).startswith("3.2")


def test_a_citation_of_nothing_is_missing() -> None:
    found = check_paragraph(Paragraph("p1", "平台上线。", ("S9",)), [], Standards(Locale("zh-CN")))
    assert "citation_missing" in {f.check for f in found.findings}


def test_a_gap_makes_no_claims() -> None:
    ledger = check_paragraph(Paragraph("p1", "待补充：2026 年的数字", gap=True), [], Standards(Locale("zh-CN")))
    assert (ledger.claims, ledger.findings) == ((), ())


def test_missing_figures_are_compared_by_value() -> None:
    said = [Paragraph("p1", "约 3.2 万台设备，成本下降 27%。")]
    assert missing_figures(said, ["32,000 台", "27%", "38 分钟"], Locale("zh-CN")) == ("38 分钟",)


def test_a_number_that_may_have_been_counted_only_warns() -> None:
    source = [Evidence("S1", "It offers ApexPro for planning and ApexConnect for contacts.", "en")]
    found = check_paragraph(
        Paragraph("p1", "It offers two products.", ("S1",)), source, Standards(Locale("en"))
    ).findings
    assert [(f.check, f.severity) for f in found if f.check == "number_unsupported"] == [
        ("number_unsupported", Severity.WARNING)
    ]
