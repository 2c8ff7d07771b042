"""The templates, and what one may be made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.writing.writers import WRITERS
from knowledge.domain.words import NOTHING
from prompts.inputs import Agreement, Answered, Input
from prompts.loader import Templates
from prompts.readers import common_inputs
from prompts.rendering import PROMPT_VARIABLES
from prompts.sandbox import FILTERS, TESTS
from prompts.section import Column, Part, Row, Share, Step, TemplateSection, Want
from prompts.template import Method, Rule, Template
from tools.docs.tables import both, doc, table, upper
from tools.docs.template_page import BY_MODEL

FAMILIES: Mapping[str, str] = {
    "News and stories": "press_release company_news success_story case_blurbs product_story insight_article",
    "Social media": "wechat_news viral_copy qa_answer video_script platform_titles",
    "Brand and campaigns": "brand_house brand_positioning value_proposition campaign_idea communication_plan "
    "content_plan event_plan",
    "Sales": "email_outreach solution_proposal visit_brief site_visit_plan reference_list reference_letter",
    "Analysis": "competitor_analysis industry_insight report_analysis text_digest policy_brief",
    "Other texts": "response_line meeting_minutes localized_copy style_rewrite repurpose",
}
"""The templates as a reader looks for them; one that is named nowhere comes last."""


def templates(_root: Path, _zh: bool) -> str:
    """Every built-in template by family: names, readers, stage, required inputs; the rest is on its page."""
    loaded = {one.template.id: one.template for one in Templates().all()}
    families = {family: ids.split() for family, ids in FAMILIES.items()}
    placed = {template_id for ids in families.values() for template_id in ids}
    families["Not placed yet"] = [template_id for template_id in loaded if template_id not in placed]
    parts = []
    for family, ids in families.items():
        rows = [_row(loaded[template_id]) for template_id in ids if template_id in loaded]
        if rows:
            listed = table(("template", "name", "for whom", "stage", "asks for", "own rules"), rows)
            parts.append(f"### {family}\n\n{listed}")
    return "\n\n".join([f"{len(loaded)} templates.", *parts])


def _row(t: Template) -> tuple[str, ...]:
    asked = ", ".join(f"`{i.name}`" for i in t.inputs if i.required) or "nothing"
    rules = ", ".join(dict.fromkeys(f"`{rule.check}`" for rule in t.rules))
    return f"[`{t.id}`](templates/{t.id}.md)", both(t.name), both(t.audience), t.stage, asked, rules


def common(_root: Path, _zh: bool) -> str:
    """The inputs that every template takes."""
    rows = [(f"`{i.name}`", ", ".join(i.choices), both(i.question), both(i.example)) for i in common_inputs()]
    return table(("input", "choices", "question", "example"), rows)


def writers(_root: Path, _zh: bool) -> str:
    """Who fills a section: the `write` words."""
    rows = [
        (f"`{word}`", "model" if word in BY_MODEL else "program", upper(doc(type(writer)).split(" — ")[-1]))
        for word, writer in WRITERS.items()
    ]
    return table(("`write`", "filled by a", "how"), rows)


def prompt_variables(_root: Path, _zh: bool) -> str:
    """What a prompt may use."""
    return table(("variable", "what it holds"), [(f"`{name}`", text) for name, text in PROMPT_VARIABLES.items()])


def prompt_filters(_root: Path, _zh: bool) -> str:
    """The filters and tests that texts and prompts may use."""
    filters, tests = (", ".join(f"`{name}`" for name in sorted(names)) for names in (FILTERS, TESTS))
    return f"Filters: {filters}. Tests: {tests}."


def template_keys(_root: Path, _zh: bool) -> str:
    """Every key of a template.yaml, with its default."""
    records: tuple[type[BaseModel], ...] = (
        Template,
        Input,
        Answered,
        Agreement,
        Step,
        Share,
        Rule,
        Method,
        TemplateSection,
        Part,
        Want,
        Row,
        Column,
    )
    rows = [
        (
            record.__name__ if n == 0 else "",
            f"`{name}`",
            "required" if field.is_required() else _default(field.get_default(call_default_factory=True)),
        )
        for record in records
        for n, (name, field) in enumerate(record.model_fields.items())
    ]
    return table(("record", "key", "default"), rows)


def _default(value: Any) -> str:
    if value is None or (isinstance(value, tuple) and not value) or value == NOTHING:
        return "empty"
    if isinstance(value, BaseModel):
        set_ = {name: inner for name, inner in value.model_dump().items() if inner not in ((), [], "", None)}
        return f"`{json.dumps(set_)}`" if set_ else "empty"
    return f"`{json.dumps(value)}`" if value != "" else "empty"
