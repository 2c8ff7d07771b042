"""The docs are true: generated parts are fresh, settings documented, commands and links exist, the example works."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assistant.brief import Brief
from assistant.checks import base as checks_base
from assistant.checks.standards import Standards
from assistant.claims import examiner
from assistant.cli.main import koujing
from assistant.draft import Evidence, Paragraph
from assistant.drafting import new_draft_id
from assistant.settings import SETTINGS, Setting
from assistant.workspace import Workspace
from knowledge.domain import finding
from knowledge.domain.locale import Locale
from prompts.loader import load
from tools import docs

PAGES = docs.pages()
HOWTO = docs.ROOT / "docs" / "templates-howto.md"


def test_no_generated_part_is_stale() -> None:
    assert [path.name for path in docs.stale()] == [], "run `make docs`"


def test_a_changed_part_is_stale_and_is_made_again(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- made: kinds -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    assert docs.stale(tmp_path) == [page]
    page.write_text(docs.made(page, tmp_path), encoding="utf-8")
    assert docs.stale(tmp_path) == []
    text = page.read_text(encoding="utf-8")
    assert "`case`" in text
    assert "old" not in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")


@pytest.mark.parametrize("page", ["<!-- made: nonsense -->\n<!-- end -->\n", "<!-- made: kinds -->\n\n"])
def test_a_marker_that_cannot_be_filled_is_refused(tmp_path: Path, page: str) -> None:
    (tmp_path / "README.md").write_text(page, encoding="utf-8")
    with pytest.raises(docs.Unmade, match=r"README\.md"):
        docs.stale(tmp_path)


def test_what_was_not_measured_or_drafted_yet_leaves_its_part_empty(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("<!-- made: figures -->\n<!-- end -->\n<!-- made: example-draft -->\n<!-- end -->\n", "utf-8")
    assert docs.stale(tmp_path) == []


def test_figures_and_an_example_draft_are_put_in(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    row = {
        "name": "speed", "value": 0.25, "unit": "s", "goal": "≤ 0.3", "baseline": "", "n": 3, "met": True, "note": "",
    }  # fmt: skip
    measured = {"schema": 1, "machine": "2 cores", "versions": {"python": "3.11"}, "rows": [row]}
    (tmp_path / "docs" / "figures.json").write_text(json.dumps(measured), encoding="utf-8")
    (tmp_path / "docs" / "example-draft.md").write_text("---\ntitle: T\n---\n\n# T[^S1]\n\n## Part\n", encoding="utf-8")
    page = tmp_path / "README.zh-CN.md"
    page.write_text("<!-- made: figures -->\n<!-- end -->\n<!-- made: example-draft -->\n<!-- end -->\n", "utf-8")
    text = docs.made(page, tmp_path)
    assert "2 cores" in text
    assert "| speed | 0.250 s | ≤ 0.3 |  | 3 | met |" in text
    assert "\n### T[^S1]\n\n#### Part\n" in text
    assert "title: T" not in text


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_is_documented(setting: Setting) -> None:
    table = (docs.ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert f"| `{setting.variable}` |" in table


# --- commands and links ------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, str]]:
    """Every `koujing …` line of the shell blocks, with its page."""
    for path in PAGES:
        for block in re.findall(r"^```sh\n(.*?)^```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
            for line in block.splitlines():
                if line.startswith("koujing "):
                    yield path.name, line


@pytest.mark.parametrize(("page", "line"), [*commands()])
def test_each_command_that_is_shown_exists_with_its_options(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    words = words[: words.index(">")] if ">" in words else words
    command: click.Command = koujing
    context = click.Context(koujing, info_name="koujing")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"{page}: no command '{name}' in '{line}'"
        command, context = found, click.Context(found, info_name=name, parent=context)
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    used = {word for word in words if re.fullmatch(r"--?[a-zA-Z][\w-]*", word)}
    assert used <= known, f"{page}: '{line}' uses {sorted(used - known)}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith(("http", "#"))]
    assert [link for link in links if not (path.parent / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("path", [*PAGES, docs.ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_no_page_knows_the_machine_it_was_written_on(path: Path) -> None:
    assert re.findall(r"(?:^|[\s`(\"])/(?:home|root|tmp|work|Users|var)\b", path.read_text(encoding="utf-8")) == []


def test_both_readmes_have_the_same_parts() -> None:
    parts = [re.findall(r"^<!-- made: ([\w-]+)", p.read_text(encoding="utf-8"), re.MULTILINE) for p in PAGES[:2]]
    assert [path.name for path in PAGES[:2]] == ["README.md", "README.zh-CN.md"]
    assert parts[0] == parts[1]


# --- a check and an examiner of one's own


def _of_claims_page(name: str) -> type:
    """The class of that name in docs/claims.md, made in the namespace that a file of its room has."""
    text = (docs.ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    [source] = [
        block for block in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE) if name in block
    ]
    namespace = {**vars(checks_base), **vars(examiner), **vars(finding), "re": re}
    exec(source, namespace)
    return namespace[name]


def test_the_check_of_the_claims_page_finds_what_its_examples_say() -> None:
    check = _of_claims_page("OldSlogan")()
    for example in check.examples:
        standards = Standards(Locale(example.locale))
        view = checks_base.ParagraphView(Paragraph("p1", example.text), (), (), standards, ())
        found = list(check.check(view))
        assert bool(found) is example.found
        assert all(f.span.of(example.text) == "think ahead" for f in found)


def test_the_examiner_of_the_claims_page_examines() -> None:
    clauses = _of_claims_page("ClauseExaminer")()
    cited = examiner.sources_of([Evidence("S1", "Terms: § 12 applies.", "en")])
    said = examiner.read_text("See § 12 and § 13.", "en")
    found = list(clauses.examine(said, Locale("en"), examiner.Grounds(cited, complete=True)))
    assert [(f.span.of(said.text), f.verdict) for f in found] == [("§ 12", "supported"), ("§ 13", "unsupported")]
    assert found[0].evidence[0].span.of("Terms: § 12 applies.") == "§ 12"


# --- the 35th template -------------------------------------------------------------------------------------------


@pytest.fixture
def howto(tmp_path: Path) -> Path:
    """The template of docs/templates-howto.md, as a reader would save it."""
    text = HOWTO.read_text(encoding="utf-8")
    for name, content in re.findall(r"^`(speaker_intro/[\w.]+)`:\n\n```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "speaker_intro"


@pytest.mark.parametrize(
    ("locale", "person", "says"), [("zh-CN", "罗望舒", "罗望舒"), ("en", "Luo Wangshu", "invention patents")]
)
def test_the_template_of_the_howto_drafts(howto: Path, sample: Workspace, locale: str, person: str, says: str) -> None:
    loaded = load(howto)
    brief = Brief("speaker_intro", {"person": person, "event": "Forum 2027"}, locale)
    draft, _ = sample.drafter().write(brief, loaded, new_draft_id())
    written = {section.id: section.paragraphs for section in draft.sections}
    assert list(written) == ["event", "who", "topics", "about"]
    assert [s for s, paragraphs in written.items() if any(p.gap or not p.citations for p in paragraphs)] == []
    assert says in written["who"][0].text
    assert not draft.has_errors


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_prompts_of_the_howto_render(howto: Path, language: str) -> None:
    prompts = load(howto).prompts
    assert prompts.variables(language) <= set(docs.PROMPT_VARIABLES)
