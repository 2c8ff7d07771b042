"""Every template keeps the contract in both directions: what it declares it uses, and what it uses it declares.

What the loader refuses and what `koujing templates lint` tells is compared here with a count of our own, made from the
files as they stand: a walk over the YAML and a search of the prompts by regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
import yaml

from assistant.checks.registry import BY_ID
from assistant.checks.rules import wrong_rules
from assistant.template_lint import lint
from assistant.writing.plans import budget
from knowledge.records import KINDS
from prompts.loader import BUILT_IN, SHARED, Templates
from prompts.readers import common_inputs
from prompts.rendering import BLOCKS, PROMPT_VARIABLES

ALL = frozenset(
    "meeting_minutes success_story product_story press_release brand_house brand_positioning competitor_analysis "
    "industry_insight report_analysis text_digest wechat_news viral_copy style_rewrite campaign_idea "
    "communication_plan localized_copy platform_titles case_blurbs email_outreach response_line reference_list "
    "reference_letter site_visit_plan solution_proposal visit_brief value_proposition content_plan insight_article "
    "company_news qa_answer video_script repurpose event_plan policy_brief".split()
)
"""The kinds of content of the trade."""

LANGUAGES = ("zh", "en")
GIVEN = {"date_text"}
"""What a text may use beside the inputs."""
EACH_ROUND = {"source", "rule", "done", "part", "term", "finding", "task", "line", "loop", "super"}
"""What a loop of a prompt gives, and what Jinja2 does."""

templates = Templates()
by_template = pytest.mark.parametrize("template_id", templates.ids)
by_language = pytest.mark.parametrize("language", LANGUAGES)


@lru_cache
def declared(template_id: str) -> dict[str, Any]:
    text = (BUILT_IN / template_id / "template.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def leaves(value: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a declaration, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*keys, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, keys)
    elif isinstance(value, str):
        yield keys, value


def names_in(text: str) -> set[str]:
    """The names within `{{ … }}` and `{% … %}`, quoted texts, attributes, filters and words of Jinja2 apart."""
    words = "if else elif endif for endfor in is not and or defined none".split()
    found: set[str] = set()
    for inside in re.findall(r"{{(.*?)}}|{%(.*?)%}", text, re.DOTALL):
        bare = re.sub(r"'[^']*'|\"[^\"]*\"", " ", "".join(inside))
        bare = re.sub(r"\|\s*\w+|\.\w+|\bis (?:not )?\w+", " ", bare)
        found |= set(re.findall(r"[a-z_][a-z0-9_]*", bare)) - set(words)
    return found


def prompt(template_id: str, language: str) -> str:
    """The text of a prompt with all that it extends or includes."""
    waiting, texts = [f"{language}.j2"], []
    while waiting:
        name = waiting.pop()
        own = BUILT_IN / template_id / name
        text = (own if own.is_file() else SHARED / name).read_text(encoding="utf-8")
        waiting += re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", text)
        texts.append(text)
    return "\n".join(texts)


def inputs_of_prompt(template_id: str, language: str) -> set[str]:
    return {a or b for a, b in re.findall(r"inputs\.(\w+)|inputs\[['\"](\w+)", prompt(template_id, language))}


def used_inputs(template_id: str) -> set[str]:
    """Names of inputs that something uses, as the files have it."""
    data = declared(template_id)
    names = {i["name"] for i in data["inputs"]}
    used = {name for agreement in data.get("agree", ()) for name in agreement["inputs"]}
    used |= {value for rule in data.get("rules", ()) for _, value in leaves(rule.get("with", {}))}
    for section in data["sections"]:
        used |= set(section.get("when", {})) | {section.get("input")}
        used |= {budget.TOTAL} if section.get("write") == "budget" else set()
        for want in section.get("evidence", ()):
            used |= names if want.get("origin") == "brief" and "query" not in want else {want.get("input")}
        for keys, text in leaves(section):
            if "form" not in keys:
                used |= names_in(text)
    if "date_text" in used:
        used |= {i["name"] for i in data["inputs"] if i.get("type") == "date"}
    for language in LANGUAGES:
        used |= inputs_of_prompt(template_id, language)
    return used | {common.name for common in common_inputs()}


def test_every_kind_of_content_of_the_trade_is_there() -> None:
    assert set(templates.ids) == ALL
    assert len(ALL) == 34


def test_no_template_is_broken() -> None:
    assert templates.broken() == {}


@by_template
def test_lint_has_nothing_to_say(template_id: str) -> None:
    assert [str(fault) for fault in lint(templates, template_id)] == []


@by_template
def test_every_text_is_there_in_both_languages(template_id: str) -> None:
    def halves(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if value and set(value) <= set(LANGUAGES):
                yield value
            for inner in value.values():
                yield from halves(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from halves(inner)

    said = [[one for one in LANGUAGES if words.get(one)] for words in halves(declared(template_id))]
    assert [languages for languages in said if len(languages) == 1] == []
    assert {path.name for path in (BUILT_IN / template_id).iterdir()} >= {"template.yaml", "zh.j2", "en.j2"}


@by_template
def test_each_declared_input_is_used(template_id: str) -> None:
    assert {i["name"] for i in declared(template_id)["inputs"]} - used_inputs(template_id) == set()


@by_template
def test_each_used_input_is_declared(template_id: str) -> None:
    data = declared(template_id)
    known = {i["name"] for i in data["inputs"]} | {common.name for common in common_inputs()}
    named = {name for agreement in data.get("agree", ()) for name in agreement["inputs"]}
    for section in data["sections"]:
        named |= set(section.get("when", {})) | ({section["input"]} if "input" in section else set())
        named |= {want["input"] for want in section.get("evidence", ()) if "input" in want}
        for keys, text in leaves(section):
            fields = {field for part in section.get("parts", ()) for field in part.get("fields", ())}
            named |= names_in(text) - GIVEN - (fields if "form" in keys else set())
    for language in LANGUAGES:
        named |= inputs_of_prompt(template_id, language)
    assert named - known == set()


@by_template
@by_language
def test_each_variable_of_a_prompt_is_documented(template_id: str, language: str) -> None:
    used = names_in(prompt(template_id, language)) - EACH_ROUND
    blocks = set(re.findall(r"{%-?\s*(?:end)?block\s*(\w*)", prompt(template_id, language)))
    words = {"block", "endblock", "extends", "include", *blocks}
    assert used - words <= set(PROMPT_VARIABLES)
    assert set(BLOCKS) <= blocks


@by_language
def test_each_documented_variable_is_used(language: str) -> None:
    used = set().union(*(templates.get(one.template.id).prompts.variables(language) for one in templates.all()))
    assert used == set(PROMPT_VARIABLES)


@by_template
def test_it_says_for_whom_when_and_by_what_it_is_judged(template_id: str) -> None:
    data = declared(template_id)
    assert data["audience"]["zh"]
    assert data["audience"]["en"]
    assert data["stage"] in ("awareness", "consideration", "preference", "purchase", "internal")
    assert len(data["rubric"]) >= 2
    assert all(criterion["question"]["zh"].endswith("？") for criterion in data["rubric"])
    assert all(criterion["question"]["en"].endswith("?") for criterion in data["rubric"])


@by_template
def test_each_section_says_what_it_asks_for_when_it_has_nothing(template_id: str) -> None:
    lacking = [s["id"] for s in declared(template_id)["sections"] if "gap" not in s and s.get("write") != "brief"]
    assert lacking == []


@by_template
def test_each_rule_is_a_check_that_exists_with_parameters_it_knows(template_id: str) -> None:
    assert {rule["check"] for rule in declared(template_id).get("rules", ())} <= set(BY_ID)
    assert wrong_rules(templates.get(template_id).template) == []


@by_template
def test_each_kind_exists(template_id: str) -> None:
    data = declared(template_id)
    named = {text for keys, text in leaves(data) if keys[-1] in ("kind", "kinds") and "when" not in keys}
    assert named <= set(KINDS)


@by_template
def test_there_are_lines_enough_where_a_model_proposes_nothing(template_id: str) -> None:
    for section in declared(template_id)["sections"]:
        for part in section.get("parts", ()):
            least = part.get("count", {}).get("least", 1)
            for text in part.get("otherwise", {}).values():
                lines = [line for line in re.sub(r"{%.*?%}", "", text, flags=re.DOTALL).splitlines() if line.strip()]
                assert len(lines) >= least, f"{section['id']} › {part.get('role', 'text')}"


@by_template
def test_questions_are_few_and_have_examples(template_id: str) -> None:
    """Required is only what nobody can know from the library."""
    inputs = declared(template_id)["inputs"]
    assert sum(bool(i.get("required")) for i in inputs) <= 4
    assert all(i["example"]["zh"] and i["example"]["en"] for i in inputs)


def test_the_count_of_this_file_finds_what_is_planted() -> None:
    assert names_in("{{ a }} {% if b and not c.d %}{{ {'x': 'y'}[e] | join('f') }}{% endif %} g") == {
        "a",
        "b",
        "c",
        "e",
    }
    assert used_inputs("success_story") >= {"case", "angle"}
