"""Rules of templates: where they look, what is wrong with them, and the examples of the checks that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruled import found, section, severities, template

from assistant.checks.base import DraftView, Example
from assistant.checks.counting import CountOutOfRange
from assistant.checks.forms import fields_in
from assistant.checks.registry import DRAFT_CHECKS
from assistant.checks.rules import NoParameters, RuleCheck, keep_rules, wrong_rules
from assistant.draft import Evidence, Paragraph
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words
from prompts.loader import Templates
from prompts.section import Part
from prompts.template import Rule

EXAMPLES = [(check, example) for check in DRAFT_CHECKS if isinstance(check, RuleCheck) for example in check.examples]


@pytest.mark.parametrize(("check", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", str(value)[:40]))
def test_examples(check: RuleCheck[Any], example: Example) -> None:
    evidence = [Evidence("S1", example.evidence, example.locale)] if example.evidence else []
    findings = found(check, example.text.splitlines(), example.rule, locale=example.locale, evidence=evidence)
    assert bool(findings) is example.found


@pytest.mark.parametrize("check", [check for check in DRAFT_CHECKS if isinstance(check, RuleCheck)], ids=lambda c: c.id)
def test_without_a_rule_none_of_them_looks(check: RuleCheck[Any]) -> None:
    for example in check.examples:
        draft_rule = "repeated_text"
        lines = example.text.splitlines()
        assert found(_Renamed(check, draft_rule), lines, locale=example.locale) == []


class _Renamed(RuleCheck[NoParameters]):
    """A check asked about in a template that names another one."""

    severity = Severity.INFO
    title = Words(zh="", en="")

    def __init__(self, asked: RuleCheck[Any], named: str) -> None:
        self.id = named  # type: ignore[misc]
        self._asked = asked

    def check(self, view: DraftView) -> Iterator[Finding]:
        return self._asked.check(view)

    def look(self, *_: object) -> Iterator[Finding]:
        raise NotImplementedError


class _Seen(RuleCheck[NoParameters]):
    """Tells which paragraphs it was given."""

    id = "seen"
    severity = Severity.INFO
    title = Words(zh="见", en="seen")

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        for paragraph in paragraphs:
            yield self.finding(Words(zh=paragraph.text, en=paragraph.text), view.locale, paragraph.id)


PIECES = [
    Paragraph("p1", "题", role="title"), Paragraph("p2", "文"), Paragraph("p3", "缺", gap=True), Paragraph("p4", "又")
]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "role", "seen"),
    [("s", None, ["p1", "p2", "p4"]), (None, "title", ["p1"]), ("s", "text", ["p2", "p4"]), (None, None, 3)],
)
def test_a_rule_looks_at_its_section_and_role_and_at_no_gap(where: str | None, role: str | None, seen: Any) -> None:
    given = [f.paragraph for f in found(_Seen(), PIECES, where=where, role=role)]
    assert given == seen if isinstance(seen, list) else len(given) == seen


# --- rules as they are written ---------------------------------------------------------------------------------------


def _rule(check: str, **parameters: Any) -> Rule:
    return Rule.model_validate({"check": check, "with": parameters})


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (_rule("count_out_of_rang", least=1), ["'count_out_of_rang'", "do you mean count_out_of_range"]),
        (_rule("zzzz"), ["no check 'zzzz'"]),
        (_rule("count_out_of_range", least=1, mots=3), ["unknown parameter 'mots'", "least, most"]),
        (_rule("count_out_of_range"), ["say 'least', 'most' or both"]),
        (_rule("count_out_of_range", least="many"), ["parameter 'least'", "integer"]),
        (_rule("copied_run"), ["parameter 'input' is missing"]),
        (_rule("copied_run", input="sample"), ["'input' names input 'sample'", "inputs are model"]),
        (_rule("customer_not_permitted", uses=["fame"]), ["uses"]),
        (_rule("number_unsupported", most=3), ["unknown parameter 'most'"]),
    ],
)
def test_what_is_wrong_with_a_rule_is_one_clear_line(rule: Rule, said: list[str]) -> None:
    (line,) = wrong_rules(template([rule], inputs={"model": "document"}))
    assert line.startswith(f"rule 1 ('{rule.check}')")
    assert "\n" not in line
    for words in said:
        assert words in line
    with pytest.raises(InputError, match=r"template 'try', rule 1"):
        keep_rules(template([rule], inputs={"model": "document"}))


def test_a_rule_may_name_a_check_that_looks_at_every_draft() -> None:
    rules = [_rule("quote_not_verbatim"), _rule("copied_run", input="model"), _rule("keyword_overuse", most=2)]
    assert wrong_rules(template(rules, inputs={"model": "document"})) == []


def test_every_rule_of_our_own_templates_can_be_kept() -> None:
    templates = Templates()
    assert [line for template_id in templates.ids for line in wrong_rules(templates.get(template_id).template)] == []


def test_a_wrong_rule_is_told_when_a_draft_is_checked() -> None:
    with pytest.raises(InputError, match="unknown parameter 'mots'"):
        found(CountOutOfRange(), ["文"], {"least": 1, "mots": 3})


# --- counting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "parameters", "told"),
    [
        (["一", "二", "三"], {"least": 3}, []),
        (["一", "二"], {"least": 3}, ["error"]),
        (["一", "二", "三", "四"], {"least": 1, "most": 3}, ["error"]),
        (["一", Paragraph("g", "待补充", gap=True)], {"least": 3}, ["warning"]),
        ([Paragraph("g", "待补充", gap=True)], {"least": 1}, []),
    ],
)
def test_pieces_are_counted_and_gaps_ask_by_themselves(pieces: list[Any], parameters: Any, told: list[str]) -> None:
    assert severities(found(CountOutOfRange(), pieces, parameters)) == told


def test_only_the_role_of_the_rule_counts() -> None:
    pieces = [Paragraph("p1", "主张", role="line"), Paragraph("p2", "证明", role="proof")]
    assert len(found(CountOutOfRange(), pieces, {"least": 2}, role="proof")) == 1
    assert found(CountOutOfRange(), pieces, {"least": 1, "most": 1}, role="proof") == []


def test_a_section_that_is_not_there_has_nothing_to_count() -> None:
    other = section("other")
    assert found(CountOutOfRange(), ["一"], {"least": 3}, where="other", declared=other) == []


# --- forms -----------------------------------------------------------------------------------------------------------


def _part(form: str, fields: list[str]) -> Part:
    bounds = {"least": 1, "most": 90}
    return Part.model_validate(
        {"length": {"zh": bounds, "en": bounds}, "fields": fields, "form": {"zh": form, "en": form}}
    )


@pytest.mark.parametrize(
    ("form", "text", "fields"),
    [
        (
            "{{ what }}（负责人：{{ owner }}）",
            "寄样机（含附件）（负责人：周工）",
            {"what": "寄样机（含附件）", "owner": "周工"},
        ),
        ("{{ what }} (owner: {{ owner }})", "send it (owner: )", {"what": "send it", "owner": ""}),
        ("{{ what }} (owner: {{ owner }})", "Zhou sends it", None),
        ("{% if what %}{{ what }}{% endif %} - {{ owner }}", "a - b", None),
        ("{{ what | upper }}: {{ owner }}", "A: b", None),
    ],
)
def test_the_fields_of_a_piece_are_read_back(form: str, text: str, fields: dict[str, str] | None) -> None:
    assert fields_in(text, _part(form, ["what", "owner"]), "zh") == fields


def test_a_long_text_is_read_as_fast_as_a_short_one() -> None:
    """Many places where a field could end must not be tried in every combination."""
    form = "，".join(f"{{{{ {name} }}}}" for name in ("a", "b", "c", "d", "e", "f", "g")) + "！"
    part = _part(form, ["a", "b", "c", "d", "e", "f", "g"])
    assert fields_in("字，" * 4000, part, "zh") is None


@given(st.text(max_size=160), st.sampled_from(["zh-CN", "en"]))
@settings(max_examples=120, deadline=None)
def test_no_text_raises(text: str, locale: str) -> None:
    inputs = {"input": text, "city": text, "date": text, "readers": text}
    evidence = [Evidence("S1", text, locale, source="input", origin="input", kind="competitor")]
    for check in (check for check in DRAFT_CHECKS if isinstance(check, RuleCheck)):
        wanted = check.parameters.model_fields
        given_ = {name: name for name in check.inputs} | ({"least": 2} if "least" in wanted else {})
        given_ |= {"platform": "x"} if "platform" in wanted else {}
        for finding in found(check, [text, text], given_, locale=locale, inputs=inputs, evidence=evidence, role=None):
            assert finding.span is None or finding.span.of(text)
