"""`koujing templates new`, `lint`, `preview`: a template as something a marketer edits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from command_line import Run

from assistant.settings import load_settings
from knowledge.domain.errors import InputError
from prompts.loader import BUILT_IN, load


def test_a_template_begun_from_another_keeps_its_comments_and_order(run: Run, empty: Path) -> None:
    made = run(
        "templates",
        "new",
        "our_story",
        "--from",
        "success_story",
        "--name-zh",
        "我们的：案例",
        "--name-en",
        'Our "story"',
    )
    assert made.status == 0
    assert "koujing templates lint our_story" in made.out
    folder = empty / "templates" / "our_story"
    ours, theirs = (
        path.read_text(encoding="utf-8").splitlines()
        for path in (folder / "template.yaml", BUILT_IN / "success_story" / "template.yaml")
    )
    changed = [line for line, old in zip(ours, theirs, strict=True) if line != old]
    assert [line.split(":")[0] for line in changed] == ["id", "version", "name"]
    template = load(folder).template
    assert (template.id, template.version, template.name.zh, template.name.en) == (
        "our_story",
        1,
        "我们的：案例",
        'Our "story"',
    )
    assert {path.name for path in folder.iterdir()} == {"template.yaml", "zh.j2", "en.j2"}
    assert run("templates", "lint", "our_story").status == 0
    assert "our_story" in run("templates").out


def test_a_template_begun_without_another_can_be_used_at_once(run: Run, with_sample: Path) -> None:
    assert run("templates", "new", "product_faq", "--name-zh", "产品问答", "--name-en", "Product questions").status == 0
    declared = (with_sample / "templates" / "product_faq" / "template.yaml").read_text(encoding="utf-8")
    assert declared.count("#") > 5
    assert run("templates", "lint", "product_faq", "--json").document["counts"] == {"error": 0, "warning": 0}
    for locale, topic in (("zh-CN", "R200 边缘网关"), ("en", "R200 edge gateway")):
        draft = run("draft", "product_faq", "-i", f"topic={topic}", "-l", locale, "--json")
        assert draft.status == 0
        assert [p["text"] for s in draft.document["sections"] for p in s["paragraphs"] if p["gap"]] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["our-story", "--from", "success_story"], "is no id"),
        (["../escape", "--from", "success_story"], "is no id"),
        (["our_story", "--from", "sucess_story"], "did you mean 'success_story'"),
        (["success_story"], "--from success_story"),
        (["there", "--from", "success_story"], "exists already"),
    ],
)
def test_what_cannot_be_begun_says_why(run: Run, empty: Path, arguments: list[str], says: str) -> None:
    (empty / "templates" / "there").mkdir(parents=True)
    refused = run("templates", "new", *arguments)
    assert refused.status == 2
    assert says in refused.err
    assert [path.name for path in (empty / "templates").iterdir()] == ["there"]


def test_an_own_template_takes_the_place_of_a_built_in_one_and_says_so(run: Run, empty: Path) -> None:
    made = run("templates", "new", "press_release", "--from", "press_release")
    assert "takes the place of the built-in one" in made.out
    listed = {t["id"]: t["origin"] for t in run("templates", "--json").document["templates"]}
    assert (listed["press_release"], listed["success_story"]) == ("overrides built-in", "built-in")
    shown = run("templates", "show", "press_release")
    assert "overrides built-in" in shown.out
    assert run("templates", "show", "press_release", "--json").document["template"]["origin"] == "overrides built-in"


def test_show_tells_readers_rules_and_method(run: Run, empty: Path) -> None:
    shown = run("templates", "show", "visit_brief").out
    assert "Readers: " in shown
    assert "count_out_of_range (questions)" in shown
    assert "Method\n" in shown
    assert "Judged by\n" in shown


# --- lint ------------------------------------------------------------------------------------------------------------


def edited(home: Path, run: Run, **changes: str) -> Path:
    """A copy of the visit brief with texts of its declaration replaced."""
    run("templates", "new", "ours", "--from", "visit_brief")
    path = home / "templates" / "ours" / "template.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("added", "severity", "place", "says", "remedy"),
    [
        ({"inputs": [{"name": "spare", "question": {"zh": "？", "en": "?"}, "example": {"zh": "a", "en": "a"}}]},
         "warning", "inputs › spare", "nothing uses input 'spare'", "take it out"),
        ({"method": [{"id": "spare", "text": {"zh": "甲", "en": "a"}}]}, "warning", "method › spare", "nothing uses method", ""),
        ({"rules": [{"check": "count_out_of_rang"}]}, "error", "rules › count_out_of_rang", "count_out_of_range", ""),
        ({"rules": [{"check": "count_out_of_range", "with": {"leest": 2}}]}, "error", "rules › count_out_of_range",
         "unknown parameter 'leest'", ""),
        ({"rules": [{"check": "count_out_of_range", "section": "last", "role": "idee", "with": {"least": 1}}]}, "error",
         "rules › count_out_of_range › role", "no role 'idee'", "did you mean 'idea'?"),
        ({"last": {"evidence": [{"kinds": ["produkt"], "query": {"zh": "a", "en": "a"}}]}}, "error",
         "sections › last › evidence › 1 › kinds", "no kind 'produkt'", "did you mean 'product'?"),
        ({"last": {"heading": {"zh": "标题", "en": ""}}}, "error", "sections › last › heading", "has nothing in 'en'", "both"),
        ({"last": {"when": {"reader_role": ["desider"]}}}, "error", "sections › last › when › reader_role",
         "'desider' is no choice", "did you mean 'decider'?"),
        ({"last": {"parts": [{"role": "idea", "count": {"least": 2, "most": 3},
                              "length": {"zh": {"least": 1, "most": 9}, "en": {"least": 1, "most": 9}},
                              "otherwise": {"zh": "甲\n乙\n", "en": "only one\n"}}]}},
         "error", "sections › last › parts › idea › otherwise › en", "holds 1 ideas", "one idea a line"),
        ({"last": {"gap": {"zh": "{{ {'decider': '甲'}[reader_role] }}", "en": "b"}}}, "error",
         "sections › last › gap › zh", "cannot be filled when 'reader_role' is", "default"),
    ],
)  # fmt: skip
def test_lint_tells_what_is_wrong_beyond_loading(
    run: Run, empty: Path, added: dict[str, object], severity: str, place: str, says: str, remedy: str
) -> None:
    run("templates", "new", "ours", "--from", "visit_brief")
    path = empty / "templates" / "ours" / "template.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["sections"].append({
        "id": "last", "write": "propose", "instruction": {"zh": "写", "en": "Write"}, "gap": {"zh": "缺", "en": "gap"},
        "evidence": [{"origin": "brief"}] if "method" in added else [{"kinds": ["case"], "query": {"zh": "a", "en": "a"}}],
        "parts": [{"role": "idea", "length": {"zh": {"least": 1, "most": 9}, "en": {"least": 1, "most": 9}},
                   "otherwise": {"zh": "甲", "en": "a"}}],
        **added.pop("last", {}),  # type: ignore[dict-item]
    })  # fmt: skip
    for key, more in added.items():
        data[key] = [*data.get(key, []), *more]  # type: ignore[misc]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    looked = run("templates", "lint", "ours", "--json")
    [fault] = looked.document["templates"][0]["faults"]
    assert (fault["severity"], fault["place"], fault["file"]) == (severity, place, "ours/template.yaml")
    assert says in fault["message"]
    assert remedy in fault["remedy"]
    named = [word for word in place.split(" › ") if not word.isdigit()]
    line = path.read_text(encoding="utf-8").splitlines()[fault["line"] - 1]
    assert any(word in line for word in named[-2:])
    assert looked.status == (1 if severity == "error" else 0)


def test_lint_looks_at_every_template_and_stops_at_none(run: Run, empty: Path) -> None:
    edited(empty, run, **{"    gap:": "    gaap:"})
    shutil.copytree(empty / "templates" / "ours", empty / "templates" / "others")
    looked = run("templates", "lint")
    assert looked.status == 1
    for name in ("ours", "others"):
        assert f"error  {name}/template.yaml, line " in looked.out
    assert "→ did you mean 'gap'?" in looked.out
    assert "success_story/" not in looked.out
    assert run("templates", "lint", "success_story").status == 0
    assert run("templates", "lint", "sucess_story").status == 2


# --- preview ---------------------------------------------------------------------------------------------------------

CASE = ("success_story", "-i", "case=case-elevator-en", "-l", "en")


def test_a_preview_shows_the_prompt_that_a_draft_would_send(
    run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sections = {s["id"]: s for s in run("templates", "preview", *CASE, "--json").document["sections"]}
    drafted = run("draft", *CASE, "--json").document["sections"]
    assert list(sections) == [section["id"] for section in drafted]
    pain = sections["pain"]
    assert pain["state"] == "model"
    assert {e["entry_id"] for e in pain["evidence"]} == {"case-elevator-en"}
    [asked] = pain["asked"]
    assert set(asked["sources"]) == {e["id"] for e in pain["evidence"]}
    assert "95 minutes" in asked["prompt"]
    assert "The challenge" in asked["prompt"]
    assert sections["voice"]["state"] == "program"
    assert sections["voice"]["asked"] == []
    assert "depot" in sections["voice"]["paragraphs"][0]["text"]


def test_a_preview_of_the_local_models_writing_goes_sentence_by_sentence(run: Run, with_sample: Path) -> None:
    whole = run("templates", "preview", *CASE, "--writing", "rewrite", "--section", "change", "--json").document
    [change] = whole["sections"]
    assert whole["writing"] == "rewrite"
    assert len(change["asked"]) >= 2
    assert all(one["prompt"].startswith("Sentence: ") for one in change["asked"])


def test_a_preview_names_gaps_and_asks_no_model(run: Run, with_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOUJING_MODEL", "openai:nobody")
    monkeypatch.setenv("KOUJING_BASE_URL", "http://127.0.0.1:9/v1")
    given = ["-i", "subject=收购一家葡萄牙的水下机器人公司", "-i", "date=2026-12-01", "-i", "city=苏州"]
    shown = run("templates", "preview", "press_release", *given)
    assert shown.status == 0
    assert "== headline: –  [model] would be a gap" in shown.out
    assert "[entry] filled by program" in shown.out
    assert "--- prompt" not in shown.out.split("== headline")[1].split("== ")[0]
    assert run("drafts", "list", "--json").document["drafts"] == []


def test_a_preview_asks_for_what_is_missing(run: Run, with_sample: Path) -> None:
    refused = run("templates", "preview", "press_release", "-l", "en", "--json")
    assert refused.status == 2
    assert {q["input"] for q in refused.document["error"]["questions"]} == {"subject", "date", "city"}
    assert run("templates", "preview", *CASE, "--section", "pein").err.endswith("did you mean 'pain'?\n")


# --- whose templates they are ----------------------------------------------------------------------------------------


def test_each_workspace_has_templates_of_its_own(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init")
    run("templates", "new", "ours", "--from", "visit_brief")
    monkeypatch.setenv("KOUJING_WORKSPACE", "berlin")
    run("init")
    assert "\nours " not in run("templates").out
    run("templates", "new", "theirs", "--from", "visit_brief")
    assert (home / "workspaces" / "berlin" / "templates" / "theirs" / "template.yaml").is_file()
    monkeypatch.delenv("KOUJING_WORKSPACE")
    assert "\ntheirs " not in run("templates").out
    assert "\nours " in run("templates").out


@pytest.mark.parametrize("name", ["../other", "a/b", "..", "Berlin", "a\\b", "/etc"])
def test_a_name_of_a_workspace_leads_nowhere_else(name: str) -> None:
    with pytest.raises(InputError, match="KOUJING_WORKSPACE"):
        _ = load_settings({"KOUJING_WORKSPACE": name}).templates
