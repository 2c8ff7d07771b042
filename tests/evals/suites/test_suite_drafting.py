"""The golden briefs are true of the sample library, and a library that nobody knows gets briefs of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from evals.bench.scratch import empty_workspace, sample_workspace
from evals.cases import Case, golden
from evals.public.libraries import EntryLine, cases_for, entry_lines, import_folder, kind_of
from evals.scorers.phrases import first
from evals.subjects.here import Here
from evals.subjects.port import Answer
from evals.suites.base import Wanted
from evals.suites.drafting import SAMPLE, Drafting
from knowledge.domain.errors import InputError
from knowledge.importing import Status
from knowledge.sample import FOLDER
from prompts.loader import Templates

CASES = golden("drafting")
TEMPLATES = Templates(Path("nowhere"))
ENTRIES = {
    str(meta["id"]): (meta, path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.rglob("*.md"))
    if path.name != "README.md"
    and path.parent.name != "inputs"
    and (meta := yaml.safe_load(path.read_text(encoding="utf-8").split("---", 2)[1]))
}
ABOUT = {
    "draft-press-zh": "launch-r300",
    "draft-press-en": "launch-r300",
    "draft-press-eu-en": "launch-r300",
    "draft-press-award-zh": "award-maintenance-2025",
    "draft-press-stuttgart-en": "milestone-stuttgart",
    "draft-press-certificate-zh": "cert-explosion-s10",
}
"""The entry with the news; all other briefs without a case rest on the whole library, or on the text they bring."""
UNIT = re.compile(r"\d\s?(?:%|分钟|小时|台|minutes|hours)")
SIX = {
    "success_story", "press_release", "meeting_minutes", "brand_house", "competitor_analysis", "localized_copy",
}  # fmt: skip
"""The templates of the default run; the others come with `--all`."""


class Deaf:
    """Keeps the brief it is given."""

    name = model = "deaf"
    brief: Mapping[str, Any] = {}

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        self.brief = brief
        return Answer({})


def _ask(case: Case) -> Mapping[str, Any]:
    subject = Deaf()
    Drafting().ask(case, subject)  # type: ignore[arg-type]
    return subject.brief


def _material(case: Case) -> str:
    """What a true draft of the brief may rest on: the entry it is about in all its languages, or all there is."""
    given = _ask(case)["inputs"]
    asked = given.get("case") or ABOUT.get(case.id)
    family = {asked, ENTRIES[asked][0].get("translates") or asked} if asked else set()
    texts = [
        text
        for name, (meta, text) in ENTRIES.items()
        if not asked or name in family or meta.get("translates") in family
    ]
    return "\n".join([*texts, *map(str, given.values())])


def _about(key: str) -> list[Any]:
    return [pytest.param(case, id=case.id) for case in CASES if case.expect.get(key)]


def test_enough_of_both_languages_and_one_core_case_for_each_of_six_templates() -> None:
    locales = Counter(case.locale for case in CASES)
    assert len(CASES) >= 26
    assert set(locales) == {"zh-CN", "en"}
    assert max(locales.values()) <= len(CASES) * 0.6
    core = Counter((case.ask["template"], case.locale) for case in CASES if case.core)
    assert core == {(template, locale): 1 for template in SIX for locale in ("zh-CN", "en")}
    every = {(template, locale) for template in TEMPLATES.ids for locale in ("zh-CN", "en")}
    assert {(case.ask["template"], case.locale) for case in CASES} == every


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_brief_is_complete_and_names_sections_of_its_template(case: Case) -> None:
    template = TEMPLATES.get(case.ask["template"]).template
    inputs = {declared.name: declared for declared in template.inputs}
    assert set(case.ask["inputs"]) <= set(inputs)
    assert {name for name, declared in inputs.items() if declared.required} <= set(case.ask["inputs"])
    sections = {section.id for section in template.sections}
    gaps, filled = set(case.expect.get("gaps", ())), set(case.expect.get("filled", ()))
    assert gaps | filled <= sections
    assert not gaps & filled
    assert set(case.expect) <= {"facts", "gaps", "filled", "terms", "unsaid", "blocked", "approved"}


@pytest.mark.parametrize("case", [c for c in _about("facts") if c.values[0].ask["template"] in (*SIX, "case_blurbs")])
def test_every_expected_fact_stands_in_the_entry_the_brief_is_about(case: Case) -> None:
    material = _material(case)
    assert [fact for fact in case.expect["facts"] if first(fact, material) is None] == []


@pytest.mark.parametrize("case", _about("facts"))
def test_every_expected_figure_stands_in_what_the_brief_may_rest_on_or_is_reckoned_from_it(case: Case) -> None:
    """A plan has days, amounts and words of its template besides; a figure with a unit is the library's."""
    material = _material(case) + (FOLDER / "customers.yaml").read_text(encoding="utf-8")
    told = [form for fact in case.expect["facts"] for form in fact if UNIT.search(form)]
    assert [form for form in told if first([form], material) is None] == []


@pytest.mark.parametrize("case", _about("terms"))
def test_terms_are_as_the_glossary_has_them(case: Case) -> None:
    glossary = (FOLDER / "glossary.csv").read_text(encoding="utf-8")
    assert [term["say"] for term in case.expect["terms"] if term["say"] not in glossary] == []


@pytest.mark.parametrize("case", [c for c in _about("unsaid") if c.values[0].ask["template"] in (*SIX, "case_blurbs")])
def test_what_must_not_be_said_is_in_the_library_and_not_in_the_brief(case: Case) -> None:
    files = [path for path in sorted(FOLDER.rglob("*")) if path.suffix in (".md", ".yaml", ".csv")]
    library = "\n".join(path.read_text(encoding="utf-8") for path in files)
    told = " ".join(map(str, _ask(case)["inputs"].values()))
    assert [name for name in case.expect["unsaid"] if name not in library or name in told] == []


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if "case" in case.ask["inputs"] and not case.ask.get("audience")],
    ids=lambda c: c.id,
)
def test_customers_who_may_not_be_named_are_among_what_must_not_be_said(case: Case) -> None:
    customers = {
        c["id"]: c for c in yaml.safe_load((FOLDER / "customers.yaml").read_text(encoding="utf-8"))["customers"]
    }
    customer = customers[ENTRIES[case.ask["inputs"]["case"]][0]["customer"]]
    allowed = any(
        permission["use"] == "name"
        and permission["level"] == "public"
        and not str(permission.get("until")).startswith("-")
        for permission in customer["permissions"]
    )
    unsaid = case.expect.get("unsaid", [])
    silent = [name for name in customer["other_names"] if not any(short in name for short in unsaid)]
    assert allowed or silent == []


def test_a_file_of_the_sample_is_given_as_its_text() -> None:
    [case] = [case for case in CASES if case.id == "draft-minutes-zh"]
    assert case.ask["inputs"]["transcript"].startswith(SAMPLE)
    assert "张晓岚：" in _ask(case)["inputs"]["transcript"]
    outside = Case("x", "en", "", {"template": "localized_copy", "inputs": {"text": f"{SAMPLE}../records.py"}})
    with pytest.raises(InputError, match="no such file"):
        _ask(outside)


def test_core_cases_by_default_and_no_golden_case_for_another_library() -> None:
    suite = Drafting()
    assert len(suite.cases(Wanted())) == 12
    assert len(suite.cases(Wanted(every=True))) == len(CASES)
    with pytest.raises(InputError, match="workspace"):
        suite.cases(Wanted(library="workspace"))
    with pytest.raises(InputError, match="no approved entry"):
        suite.cases_of_library([], Wanted(library="workspace"))


def test_golden_briefs_are_written_without_a_question() -> None:
    """By the extractive model: a brief with an open question would measure nothing."""
    with sample_workspace("extractive") as workspace:
        subject = Here(workspace)
        answers = {case.id: Drafting().ask(case, subject).document for case in CASES}
    assert [name for name, document in answers.items() if document["questions"] or not document["sections"]] == []


def test_cases_follow_from_the_entries_alone_and_are_spread_over_them() -> None:
    entries = [EntryLine(f"case-{n}", "case", "zh-CN", f"案例 {n}") for n in range(9)]
    entries += [EntryLine(f"press-{year}", "milestone", "en", f"News of {year}") for year in (2021, 2019)]
    entries += [EntryLine("rival", "competitor", "zh-CN", "竞品"), EntryLine("thing", "product", "zh-CN", "产品甲")]
    cases = cases_for(entries, "somewhere")
    assert cases == cases_for(list(reversed(entries)), "somewhere")
    assert [c.ask["inputs"]["case"] for c in cases if c.ask["template"] == "success_story"] == [
        "case-1",
        "case-4",
        "case-7",
    ]
    assert [c.locale for c in cases if c.ask["template"] == "brand_house"] == ["zh-CN", "en"]
    assert [c.ask["inputs"]["subject"] for c in cases if c.ask["template"] == "press_release"] == ["News of 2021"]
    assert [c.ask["inputs"]["product"] for c in cases if c.ask["template"] == "competitor_analysis"] == ["产品甲"]
    assert {c.source for c in cases} == {"somewhere"}
    assert not any(c.expect for c in cases)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["case_studies"], "case"),
        (["zh", "cases"], "case"),
        (["press_releases", "marketing"], "milestone"),
        (["brand_and_pr"], "press_kit"),
        (["competitive"], "competitor"),
        (["personas", "messaging"], "document"),
        (["showcase"], "document"),
        (["案例"], "case"),
    ],
)
def test_kinds_come_from_whole_words_of_folder_names(names: list[str], kind: str) -> None:
    assert kind_of(names) == kind


def test_a_folder_that_nobody_tuned_to_becomes_a_library_with_briefs(tmp_path: Path) -> None:
    files = {
        "stories/en/mill.md": "# A mill\n\n## Challenge\nThe mill stood still for 9 hours a week.\n\n## Results\n"
        "After a year the mill stood still for 2 hours a week.\n",
        "stories/zh-cn/mill.md": "# 磨坊\n\n## 客户痛点\n磨坊每周停机 9 小时。\n\n## 项目效果\n一年后，每周停机 2 小时。\n",
        "notes.txt": "The company has made millstones since 1954 and sells them in four countries.",
        "broken.pdf": "no PDF at all",
        "LICENSE.md": "Anybody may read this.",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with empty_workspace("extractive") as workspace:
        report = import_folder(workspace, tmp_path)
        lines = entry_lines(workspace.library)
        subject = Here(workspace)
        cases = Drafting().cases_of_library(lines, Wanted(library=str(tmp_path)))
        drafts = [Drafting().ask(case, subject).document for case in cases]
    assert Counter((line.kind, line.locale) for line in lines) == {
        ("case", "en"): 1,
        ("case", "zh-CN"): 1,
        ("document", "en"): 1,
    }
    assert [item.source for item in report.items if item.status is Status.FAILED] == ["broken.pdf"]
    assert {case.ask["template"] for case in cases} == {"success_story", "brand_house"}
    assert all(draft["sections"] and not draft["questions"] for draft in drafts)
    with empty_workspace("extractive") as workspace, pytest.raises(InputError, match="no such folder"):
        import_folder(workspace, tmp_path / "elsewhere")
