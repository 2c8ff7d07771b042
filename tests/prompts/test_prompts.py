"""Templates are a contract in both directions, and a broken one is refused with file, place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge.domain.errors import InputError, NotFound
from prompts.loader import LANGUAGES, Templates, load
from prompts.rendering import PROMPT_VARIABLES, fill

FIRST_SIX = {
    "success_story", "press_release", "meeting_minutes", "brand_house", "competitor_analysis", "localized_copy",
}  # fmt: skip
REQUIRED = {
    "success_story": {"case"},
    "press_release": {"subject", "date", "city"},
    "meeting_minutes": {"transcript"},
    "brand_house": {"period"},
    "competitor_analysis": {"product", "goal", "stage"},
    "localized_copy": {"text"},
    "case_blurbs": {"case"},
}
templates = Templates()


def test_the_first_six_are_there() -> None:
    assert set(templates.ids) >= FIRST_SIX


@pytest.mark.parametrize("template_id", sorted(REQUIRED))
def test_required_inputs_are_those_of_the_contract(template_id: str) -> None:
    declared = templates.get(template_id).template.inputs
    assert {i.name for i in declared if i.required} == REQUIRED[template_id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_documented_prompt_variable_is_used_and_every_used_one_documented(language: str) -> None:
    used = set().union(*(templates.get(i).prompts.variables(language) for i in templates.ids))
    assert used == set(PROMPT_VARIABLES)


@pytest.mark.parametrize("template_id", sorted(REQUIRED))
@pytest.mark.parametrize("language", LANGUAGES)
def test_prompts_render_with_sources_and_section(template_id: str, language: str) -> None:
    values = {
        "template": {"name": "N", "purpose": "P"},
        "language": "L",
        "brief": {"reader": "R", "audience": "A", "market": "M", "channel": "C"},
        "inputs": {i.name: "" for i in templates.get(template_id).template.inputs},
        "style": ["S-RULE"],
        "section": {"heading": "HEAD", "instruction": "DO", "parts": []},
        "sources": [{"id": "S7", "text": "SOURCE {{ 7*7 }} TEXT"}],
        "fence": "s0f1e2d",
        "facts": [],
        "context": [],
        "terms": [{"term": "T1", "form": "T2"}],
        "previous": "",
        "findings": [],
    }
    prompts = templates.get(template_id).prompts
    assert "S-RULE" in prompts.render("system", language, values)
    section = prompts.render("section", language, values)
    assert "SOURCE {{ 7*7 }} TEXT" in section, "text of a source is data and is never compiled"
    assert "T1" in section


def broken(folder: Path, **changes: object) -> Path:
    source = templates.get("localized_copy").folder
    target = folder / "mine"
    target.mkdir()
    for name in ("zh.j2", "en.j2"):
        (target / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    data = yaml.safe_load((source / "template.yaml").read_text(encoding="utf-8"))
    data.update({"id": "mine", "rules": [], **changes})
    (target / "template.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "red"}, "colour"),
        ({"version": 0}, "version"),
        ({"sections": []}, "sections"),
        ({"id": "other"}, "must be the name of its folder"),
        ({"sections": [{"id": "a", "write": "model"}]}, "needs 'parts'"),
        ({"sections": [{"id": "a", "write": "brief", "text": {"zh": "{{ nobody }}", "en": "x"}}]}, "nobody"),
        ({"sections": [{"id": "a", "write": "brief", "text": {"zh": "{{ text", "en": "x"}}]}, "line 1"),
        (
            {"sections": [{"id": "a", "write": "brief", "text": {"zh": "x", "en": "x"}, "when": {"size": ["big"]}}]},
            "depends on input 'size'",
        ),
    ],
)
def test_a_broken_template_is_refused_with_the_place(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        load(broken(tmp_path, **changes))
    assert "\n" not in str(caught.value)


def test_a_prompt_with_an_unknown_variable_is_refused(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    (folder / "zh.j2").write_text("{% block system %}{{ secret }}{% endblock %}", encoding="utf-8")
    with pytest.raises(InputError, match="secret"):
        load(folder)


def test_a_prompt_cannot_read_files_outside(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    (folder / "zh.j2").write_text("{% extends '../../etc/passwd' %}", encoding="utf-8")
    with pytest.raises(InputError):
        load(folder)


@pytest.mark.parametrize(
    "attack",
    ["{{ ''.__class__.__mro__ }}", "{{ case.__init__.__globals__ }}", "{{ lipsum.__globals__ }}", "{{ x }}"],
)
def test_the_sandbox_holds(attack: str) -> None:
    try:
        assert fill(attack, {"case": "c"}) == ""
    except InputError:
        return


def test_a_workspace_overrides_by_id(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    assert "mine" in Templates(folder.parent).ids
    assert Templates(folder.parent).get("mine").template.id == "mine"


def test_an_unknown_template_names_those_there_are() -> None:
    with pytest.raises(NotFound, match="success_story"):
        templates.get("poem")


@pytest.mark.parametrize(
    ("inputs", "sections"),
    [
        ({"case": "c"}, ["short", "long"]),
        ({"case": "c", "length": "both"}, ["short", "long"]),
        ({"case": "c", "length": " short "}, ["short"]),
        ({"case": "c", "length": "long"}, ["long"]),
    ],
)
def test_a_section_is_wanted_by_the_answers_that_ask_for_it(inputs: dict[str, str], sections: list[str]) -> None:
    declared = templates.get("case_blurbs").template.sections
    assert [section.id for section in declared if section.wanted(inputs)] == sections
