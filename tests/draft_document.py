"""Holds a draft's JSON to the contract (CONTRACT.md, JSON): its members, and what must agree between them."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

KINDS = (
    "quantity money percent date organisation person product place quote superlative comparison certificate statement"
)
VERDICTS = "supported contradicted unsupported qualifier_changed ambiguous not_checked"
CHECKS = """
citation_missing citation_weak section_missing length_out_of_range language_mismatch invented_gap
number_unsupported number_contradicted number_swapped qualifier_changed multiple_ambiguous date_unsupported
name_unsupported name_unconfirmed quote_not_verbatim quote_translation_unapproved superlative_unproven
target_as_result figure_two_subjects certificate_unproven statement_contradicted statement_unsupported
customer_not_permitted alias_leak entry_not_approved entry_expired review_overdue competitor_stale
banned_term sensitive_term forbidden_variant term_missing style_rule
personal_data link_not_allowed hidden_characters ai_label_missing
action_without_owner budget_sum count_out_of_range title_length copied_run repeated_text keyword_overuse invented_title
number_changed currency_changed date_changed qualifier_lost placeholder_broken tag_broken link_changed name_changed
negation_changed untranslated partly_translated wrong_language added omitted inconsistent duplicate end_punctuation
spacing quote_style length_limit literal_idiom cultural_risk
"""


def _object(**members: Any) -> dict[str, Any]:
    """An object with these members; more are free."""
    return {"type": "object", "properties": members, "required": list(members)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = {"type": "string"}
FILLED = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer", "minimum": 0}
DAY = {"anyOf": [{"type": "null"}, {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}]}
SPAN = _object(start=NUMBER, end=NUMBER)
OPTIONAL_TEXT = {"type": ["string", "null"]}

SCHEMA = _object(
    schema={"const": 1},
    draft=_object(id=FILLED, state=FILLED, version={"type": "integer", "minimum": 1}),
    template=FILLED,
    locale=FILLED,
    market=OPTIONAL_TEXT,
    audience={"enum": ["public", "partner", "internal"]},
    title=TEXT,
    sections=_list(
        _object(
            id=FILLED,
            heading=TEXT,
            paragraphs=_list(_object(id=FILLED, text=FILLED, gap={"type": "boolean"}, citations=_list(FILLED))),
        )
    ),
    evidence=_list(
        _object(
            id={"type": "string", "pattern": r"^S[1-9]\d*$"},
            entry_id=OPTIONAL_TEXT,
            version={"type": ["integer", "null"]},
            source=TEXT,
            locator=TEXT,
            locale=FILLED,
            state=OPTIONAL_TEXT,
            review_due=DAY,
            valid_until=DAY,
            text=FILLED,
        )
    ),
    claims=_list(
        _object(
            id=FILLED,
            paragraph=FILLED,
            span=SPAN,
            text=FILLED,
            kind={"enum": KINDS.split()},
            verdict={"enum": VERDICTS.split()},
            evidence=_list(_object(id=FILLED, start=NUMBER, end=NUMBER)),
            by={"enum": ["program", "model"]},
            note=TEXT,
        )
    ),
    findings=_list(
        _object(
            check={"enum": CHECKS.split()},
            severity={"enum": ["error", "warning", "info"]},
            paragraph=OPTIONAL_TEXT,
            span={"anyOf": [{"type": "null"}, SPAN]},
            message=FILLED,
            evidence=_list(FILLED),
            fix=TEXT,
        )
    ),
    questions=_list(_object(input=FILLED, text=FILLED, example=TEXT)),
    usage=_object(
        prompt_tokens=NUMBER,
        completion_tokens=NUMBER,
        calls=NUMBER,
        seconds={"type": "number", "minimum": 0},
        cost={"type": ["number", "null"]},
    ),
    model=FILLED,
)


def hold_to_contract(document: dict[str, Any]) -> None:
    """Raises `jsonschema.ValidationError` or `AssertionError` for a document that is no draft of the contract."""
    Draft202012Validator(SCHEMA).validate(document)
    sections = document["sections"]
    paragraphs = {p["id"]: p for section in sections for p in section["paragraphs"]}
    evidence = {e["id"]: e for e in document["evidence"]}
    assert len({s["id"] for s in sections}) == len(sections), "two sections have one id"
    assert len(paragraphs) == sum(len(s["paragraphs"]) for s in sections), "two paragraphs have one id"
    assert len(evidence) == len(document["evidence"]), "two pieces of evidence have one id"
    assert len({c["id"] for c in document["claims"]}) == len(document["claims"]), "two claims have one id"
    assert bool(document["questions"]) == (document["draft"]["state"] == "open"), "open means questions"
    assert all(s["paragraphs"] for s in sections), "a section has no paragraph"
    uncited = {f["paragraph"] for f in document["findings"] if f["check"] == "citation_missing"}
    for paragraph in paragraphs.values():
        assert set(paragraph["citations"]) <= evidence.keys(), f"{paragraph['id']} cites what is not there"
        assert not (paragraph["gap"] and paragraph["citations"]), f"{paragraph['id']} is a gap and cites"
        assert paragraph["gap"] or paragraph["citations"] or paragraph["id"] in uncited, f"{paragraph['id']} is uncited"
    for claim in document["claims"]:
        paragraph = paragraphs[claim["paragraph"]]
        assert not paragraph["gap"], f"{claim['id']} is claimed by a gap"
        assert _within(claim["span"], paragraph["text"]) == claim["text"], f"{claim['id']} is not at its span"
        for carrier in claim["evidence"]:
            assert carrier["id"] in paragraph["citations"], f"{claim['id']} rests on what is not cited"
            assert _within(carrier, evidence[carrier["id"]]["text"]), f"{claim['id']} is carried by nothing"
        assert claim["evidence"] or claim["verdict"] != "supported", f"{claim['id']} is supported by nothing"
    for finding in document["findings"]:
        assert finding["paragraph"] is None or finding["paragraph"] in paragraphs, f"{finding} is about nothing"
        assert set(finding["evidence"]) <= evidence.keys(), f"{finding} names what is not there"
        if finding["span"] is not None:
            assert _within(finding["span"], paragraphs[finding["paragraph"]]["text"]), f"{finding} is at no place"


def _within(span: dict[str, int], text: str) -> str:
    assert 0 <= span["start"] < span["end"] <= len(text), f"{span} is outside a text of {len(text)}"
    return text[span["start"] : span["end"]]
