"""Rules where drafts are made: a template that names an unknown check, the rules of the trade, dates of entries."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.brief import Brief
from assistant.checks.registry import BY_ID
from assistant.draft import Draft, Evidence, draft_from_json
from assistant.evidence import evidence_of
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.records import Audience, EntryVersion, Passage, State
from prompts.loader import BUILT_IN, Templates

BY_RULE = {
    "brand_house": {"count_out_of_range"},
    "communication_plan": {"count_out_of_range", "budget_sum"},
    "company_news": {"lead_without_benefit"},
    "competitor_analysis": {"competitor_stale"},
    "content_plan": {"stage_mismatch"},
    "email_outreach": {"subject_punctuation", "opt_out_missing", "sender_missing", "count_out_of_range"},
    "event_plan": {"dates_inconsistent", "budget_sum"},
    "industry_insight": {"count_out_of_range", "invented_title"},
    "insight_article": {"lead_without_benefit"},
    "meeting_minutes": {"action_without_owner", "person_not_in_transcript"},
    "platform_titles": {"title_length", "count_out_of_range"},
    "press_release": {"dateline_missing"},
    "qa_answer": {"keyword_overuse"},
    "reference_letter": {"draft_mark_missing"},
    "reference_list": {"customer_not_permitted"},
    "repurpose": {"beyond_original"},
    "response_line": {"removal_advice"},
    "site_visit_plan": {"customer_not_permitted"},
    "style_rewrite": {"copied_run"},
    "video_script": {"seconds_sum", "spoken_length"},
    "wechat_news": {"beyond_original"},
}
"""What the trade asks of a kind of content and a program can check, beyond what every draft is held to."""

ALWAYS = {
    "citation_missing", "section_missing", "length_out_of_range", "invented_gap", "number_unsupported",
    "number_contradicted", "number_swapped", "date_unsupported", "name_unsupported", "quote_not_verbatim",
    "certificate_unproven", "customer_not_permitted", "banned_term", "number_changed",
}  # fmt: skip
"""What every draft is held to without a rule, and the trade relies on."""


@pytest.mark.parametrize("template_id", sorted(BY_RULE))
def test_a_template_names_the_checks_that_its_trade_asks_for(template_id: str) -> None:
    template = Templates().get(template_id).template
    assert BY_RULE[template_id] <= {rule.check for rule in template.rules}


def test_the_checks_that_need_no_rule_are_there() -> None:
    assert set(BY_ID) >= ALWAYS


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{check: title_lenght, section: short, with: {zh: 20, en: 8}}", "do you mean title_length"),
        ("{check: title_length, section: short, with: {zh: 20, characters: 8}}", "unknown parameter 'characters'"),
        ("{check: copied_run, with: {input: sample}}", "inputs are case, length"),
    ],
)
def test_a_rule_that_no_check_can_keep_is_refused_before_anything_is_written(
    sample: Workspace, tmp_path: Path, rule: str, said: str
) -> None:
    own = tmp_path / "case_blurbs"
    shutil.copytree(BUILT_IN / "case_blurbs", own)
    path = own / "template.yaml"
    before, _, _ = path.read_text(encoding="utf-8").partition("\nrules:")
    path.write_text(f"{before}\nrules:\n  - {rule}\n", encoding="utf-8")
    loaded = Templates(tmp_path).get("case_blurbs")
    with pytest.raises(InputError, match=r"template 'case_blurbs', rule 1 \(") as refused:
        sample.drafter().desk(Brief("case_blurbs", {"case": "x"}, "zh-CN"), loaded)
    assert said in str(refused.value)


# --- dates of entries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "as_of"),
    [
        ({"date": "2026 年 9 月"}, date(2026, 9, 30)),
        ({"date": "2024-02-10"}, date(2024, 2, 10)),
        ({"as_of": "Q1 2026", "date": "2020"}, date(2026, 3, 31)),
        ({"as_of": 2025}, date(2025, 12, 31)),
        ({"date": "recently"}, None),
        ({}, None),
    ],
)
def test_evidence_knows_when_the_facts_of_its_entry_held(fields: dict[str, Any], as_of: date | None) -> None:
    entry = EntryVersion(
        "rival", 1, "competitor", "zh-CN", "对手", "文", State.APPROVED, Audience.INTERNAL, fields=fields
    )
    assert evidence_of(Passage(1, "p", entry, "文", (), "", "zh-CN")).as_of == as_of


def test_the_date_comes_back_from_the_document_and_older_documents_have_none() -> None:
    draft = Draft("d", "t", "zh-CN", "public", evidence=(Evidence("S1", "文", "zh-CN", as_of=date(2026, 9, 30)),))
    document = draft.to_json()
    assert draft_from_json(document).evidence[0].as_of == date(2026, 9, 30)
    del document["evidence"][0]["as_of"]
    assert draft_from_json(document).evidence[0].as_of is None
