"""The docs are true: generated parts are fresh, settings documented, commands and links exist, the example works."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assistant.checks import base as checks_base
from assistant.checks.standards import Standards
from assistant.claims import examiner
from assistant.cli.main import koujing, main
from assistant.draft import Evidence, Paragraph
from assistant.settings import SETTINGS, Setting
from knowledge.domain import finding
from knowledge.domain.locale import Locale
from prompts.loader import Templates, load
from tools import docs
from tools.docs.template_pages import FAMILIES

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


# --- a template of one's own -----------------------------------------------------------------------------------------


@pytest.fixture
def howto(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the sample library and the template of docs/templates-howto.md, as a reader would save it."""
    home = Path(shutil.copytree(sample_home, tmp_path / "reader"))
    monkeypatch.setenv("KOUJING_HOME", str(home))
    text = HOWTO.read_text(encoding="utf-8")
    for name, content in re.findall(r"^`(speaker_intro/[\w.]+)`:\n\n```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        path = home / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return home / "templates" / "speaker_intro"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Exit status and output of a command."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert isinstance(ended.value.code, int)
    return ended.value.code, capsys.readouterr().out


def lines_of_howto() -> list[str]:
    return [line for page, line in commands() if page == HOWTO.name]


def test_every_command_of_the_howto_works(howto: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the order of the page: what it begins it can lint, preview and draft."""
    done = {line: run(capsys, *shlex.split(line, comments=True)[1:])[0] for line in lines_of_howto()}
    assert {line: status for line, status in done.items() if status} == {}
    words = [shlex.split(line)[1:3] for line in done]
    assert {" ".join(two) for two in words if two[0] == "templates"} == {
        "templates new", "templates lint", "templates preview", "templates show",
    }  # fmt: skip
    assert "draft" in [two[0] for two in words]


def test_the_template_of_the_howto_has_nothing_that_lint_would_tell(
    howto: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run(capsys, "templates", "lint", "speaker_intro", "--json")
    assert (status, json.loads(out)["templates"][0]["faults"]) == (0, [])


@pytest.mark.parametrize(
    ("locale", "person", "says"), [("zh-CN", "罗望舒", "罗望舒"), ("en", "Luo Wangshu", "invention patents")]
)
def test_the_template_of_the_howto_drafts(
    howto: Path, capsys: pytest.CaptureFixture[str], locale: str, person: str, says: str
) -> None:
    given = ["-i", f"person={person}", "-i", "event=Forum 2027", "-i", "day=2027-04-20", "-l", locale, "--json"]
    status, out = run(capsys, "draft", "speaker_intro", *given)
    draft = json.loads(out)
    written = {section["id"]: section["paragraphs"] for section in draft["sections"]}
    assert status == 0
    assert list(written) == ["event", "who", "topics", "ask", "about"]
    assert [s for s, paragraphs in written.items() if any(p["gap"] or not p["citations"] for p in paragraphs)] == []
    assert says in written["who"][0]["text"]
    assert "20" in written["event"][0]["text"]
    assert len(written["ask"]) == 2
    assert [f for f in draft["findings"] if f["severity"] == "error"] == []


def test_the_template_of_the_howto_asks_and_leaves_out(howto: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, "draft", "speaker_intro", "-l", "en", "--json")
    assert (status, {q["input"] for q in json.loads(out)["questions"]}) == (2, {"person", "event"})
    given = ["-i", "person=Luo Wangshu", "-i", "event=Forum", "-i", "questions=no", "-l", "en", "--json"]
    _, out = run(capsys, "draft", "speaker_intro", *given)
    assert "ask" not in [section["id"] for section in json.loads(out)["sections"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_prompts_of_the_howto_render(howto: Path, language: str) -> None:
    prompts = load(howto).prompts
    assert prompts.variables(language) <= set(docs.PROMPT_VARIABLES)


# --- the pages of the templates --------------------------------------------------------------------------------------


@pytest.mark.parametrize("template_id", Templates().ids)
def test_each_template_has_its_page_with_its_example(template_id: str) -> None:
    page = (docs.ROOT / "docs" / "templates" / f"{template_id}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# `{template_id}`: ")
    assert page.count("```sh\nkoujing draft ") == 2
    assert f"](templates/{template_id}.md)" in (docs.ROOT / "docs" / "templates.md").read_text(encoding="utf-8")


def test_a_page_of_a_template_that_is_gone_is_stale(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "templates" / "sonnet.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Sonnet\n", encoding="utf-8")
    assert docs.stale(tmp_path) == [page]
    assert docs.made(page, tmp_path) == ""


def test_every_template_stands_in_a_family() -> None:
    placed = [template_id for ids in FAMILIES.values() for template_id in ids.split()]
    assert sorted(placed) == Templates().ids
