"""A template cannot run code, read files, or burn the machine. Each attack here succeeds where its guard is taken out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from knowledge.domain.errors import InputError
from prompts import declaration, files, sandbox
from prompts.faults import Faulty
from prompts.loader import SHARED, Templates, load
from prompts.rendering import Prompts, fill

GOOD = Templates().get("localized_copy").folder
TEXTS = ["t" * 100] * 100


def template(folder: Path, **files_: str) -> Path:
    """A template that works, with some of its files replaced (`zh` stands for zh.j2)."""
    target = folder / "mine"
    target.mkdir()
    declared = (GOOD / "template.yaml").read_text(encoding="utf-8").replace("id: localized_copy", "id: mine", 1)
    for name, text in {"yaml": declared, "zh": BASE, "en": BASE, **files_}.items():
        path = target / ("template.yaml" if name == "yaml" else f"{name}.j2")
        path.write_text(text, encoding="utf-8")
    return target


BASE = '{% extends "base.zh.j2" %}'


def test_the_template_of_these_tests_works(tmp_path: Path) -> None:
    assert load(template(tmp_path)).template.id == "mine"


# --- code ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ x | attr('__class__') }}",
        "{{ [x] | map(attribute='__class__') | join }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ x.upper() }}",
        "{{ x is filter('upper') }}",
        "{{ self._TemplateReference__context }}",
    ],
)
def test_no_python_is_reached(attack: str) -> None:
    with pytest.raises(InputError):
        fill(attack, {"x": "text"})


# --- the machine -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attack", "says"),
    [
        ("{% for n in range(999999999) %}x{% endfor %}", "functions are not available"),
        ("{{ lipsum(n=999999) }}", "functions are not available"),
        ("{% set n = namespace(a=1) %}", "'set' is not available"),
        ("{{ cycler('a').next() }}", "functions are not available"),
        ("{{ 'a' * 999999999 }}", "no arithmetic"),
        ("{{ 9 ** 9 ** 9 }}", "no arithmetic"),
        ("{{ '%0999999999d' % 1 }}", "no arithmetic"),
        ("{{ '%0999999999d' | format(1) }}", "no filter 'format'"),
        ("{{ 'a' | center(999999999) }}", "no filter 'center'"),
        ("{{ 'a' | indent(999999999) }}", "no filter 'indent'"),
        ("{{ 1.5 | round(999999999, 'ceil') }}", "no filter 'round'"),
        ("{{ '{:999999999}'.format('a') }}", "functions are not available"),
        ("{{ 'a'.ljust(999999999) }}", "functions are not available"),
        ("{% set x = x ~ x %}", "'set' is not available"),
        ("{% with y = x ~ x %}{{ y }}{% endwith %}", "'with' is not available"),
        ("{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}", "macros are not available"),
        ("{% block a %}{{ self.a() }}{% endblock %}", "not available"),
        ("{% for y in [x ~ x] %}{% for x in [y ~ y] %}{{ x }}{% endfor %}{% endfor %}", "put together on the spot"),
        ("{% for y in [x, x] | join %}{{ y }}{% endfor %}", "put together on the spot"),
        ("{% for y in texts recursive %}{{ loop(texts) }}{% endfor %}", "not available|may not call itself"),
        ("{% block a %}{% for y in texts %}{{ super() }}{% endfor %}{% endblock %}", "outside loops"),
        ("{% block a %}{{ super() }}{{ super() }}{% endblock %}", "stands twice"),
        ("{{ " + "(" * 300 + "1" + ")" * 300 + " }}" + "{{ " + "not " * 900 + "1 }}", "nested too deeply"),
    ],
)
def test_what_grows_without_end_is_refused_before_it_runs(attack: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        fill(attack, {"x": "text", "texts": TEXTS})


def in_loops(depth: int, body: str) -> str:
    opened = "".join(f"{{% for v{n} in texts %}}" for n in range(depth))
    return opened + body + "{% endfor %}" * depth


@pytest.mark.parametrize(
    ("attack", "says"),
    [
        (in_loops(4, ""), "loops turn more than"),
        (in_loops(2, "{{ v0 }}" * 20), "grows beyond"),
        ("{{ " + " ~ ".join(["long"] * 50) + " }}", "grows beyond"),
        ("{{ " + " | join(long) | join(long)".join(["long", ""]) + " }}", "grows beyond"),
        ("{{ [" + ", ".join(["long"] * 50) + "] }}", "cannot be written as text"),
        ("{{ long | sort | length }}" * 300, "filters are given more than"),
        ("{{ long | lower | length }}" * 300, "filters are given more than"),
        ("{{ [" + ", ".join(["long"] * 50) + "] | upper }}", "cannot be written as text"),
        ("{{ [" + ", ".join(["long"] * 50) + "] ~ '' }}", "cannot be written as text"),
    ],
)
def test_what_grows_by_its_values_is_stopped_while_it_runs(attack: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        fill(attack, {"texts": TEXTS, "long": "x" * 50_000})


def test_loops_and_long_texts_of_an_honest_prompt_pass() -> None:
    assert fill("{% for t in texts %}{{ t }}{% endfor %}", {"texts": TEXTS}) == "t" * 10_000
    assert fill("{{ a ~ '-' ~ b }}", {"a": "x" * 1000, "b": "y"}).endswith("-y")
    assert fill("{{ [a, b] | select | join(', ') }}", {"a": "x", "b": ""}) == "x"


@pytest.mark.parametrize("loops", ["includes itself", "in a circle", "extends itself"])
def test_files_that_lead_back_to_themselves_are_refused(tmp_path: Path, loops: str) -> None:
    made = {
        "includes itself": {"zh": BASE + '{% block role %}{% include "zh.j2" %}{% endblock %}'},
        "in a circle": {"zh": BASE + '{% include "a.j2" %}', "a": '{% include "b.j2" %}', "b": '{% include "a.j2" %}'},
        "extends itself": {"zh": '{% extends "zh.j2" %}'},
    }[loops]
    with pytest.raises(Faulty, match="leads back to it"):
        load(template(tmp_path, **made))


def test_includes_that_multiply_are_refused(tmp_path: Path) -> None:
    doubled = {f"d{n}": f'{{% include "d{n + 1}.j2" %}}' * 8 for n in range(8)}
    made = {"zh": BASE + '{% block role %}{% include "d0.j2" %}{% endblock %}', **doubled, "d8": "x"}
    with pytest.raises(Faulty, match="more than 30 files"):
        load(template(tmp_path, **made))


# --- YAML ------------------------------------------------------------------------------------------------------------

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LAUGHS, "values"),
        ("a: &a [*a]\n", "leads back to itself"),
        ("a: " + "[" * 60 + "]" * 60 + "\n", "nested deeper"),
        ("a: " + "[" * 5000 + "]" * 5000 + "\n", "nested deeper"),
        ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 100)), "levels"),
        ("a: [" + "x, " * 30_000 + "x]\n", "values"),
        ("version: " + "9" * 5000 + "\n", "digits"),
        ("version: " + "1:1" * 2000 + "\n", "digits"),
        ("id: !!python/object/apply:os.system ['id']\n", "not valid YAML"),
        ("- a\n- b\n", "is no mapping"),
        ("", "is no mapping"),
    ],
)
def test_a_declaration_that_explodes_is_refused_before_it_is_built(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Faulty, match=says) as caught:
        load(template(tmp_path, yaml=text))
    assert caught.value.faults[0].file == "mine/template.yaml"
    assert "\n" not in str(caught.value)


def test_the_laughs_would_have_been_built() -> None:
    """Without the guard nothing refuses the aliases: what the test above stops is there."""
    built = yaml.safe_load(LAUGHS)
    assert len(built["a8"]) == 10
    assert declaration.MOST_NODES < 10**8


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secret.txt", "../../etc/passwd", "..\\\\secret.txt", ".hidden", "sub/x.j2"]
)
@pytest.mark.parametrize("word", ["extends", "include"])
def test_no_path_leads_out(tmp_path: Path, name: str, word: str) -> None:
    for path in (tmp_path / "secret.txt", tmp_path / "mine" / ".hidden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("SECRET", encoding="utf-8")
    (tmp_path / "mine" / ".hidden").unlink()
    (tmp_path / "mine").rmdir()
    folder = template(tmp_path, zh=f'{{% {word} "{name}" %}}{{% block system %}}{{% endblock %}}')
    (folder / ".hidden").write_text("SECRET", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "x.j2").write_text("SECRET", encoding="utf-8")
    with pytest.raises(Faulty, match="no file"):
        load(folder)
    with pytest.raises(InputError):
        Prompts(folder, SHARED).render("system", "zh", {})


@pytest.mark.parametrize("word", ["extends", "include", "import"])
def test_a_file_is_not_named_by_a_value(tmp_path: Path, word: str) -> None:
    ending = " as m" if word == "import" else ""
    with pytest.raises(Faulty, match=r"by a value|macros are not available"):
        load(template(tmp_path, zh=f"{{% {word} inputs.text{ending} %}}"))


def link_out(folder: Path, secret: Path) -> None:
    (folder / "zh.j2").unlink()
    (folder / "zh.j2").symlink_to(secret)


def link_declaration(folder: Path, secret: Path) -> None:
    kept = (folder / "template.yaml").read_text(encoding="utf-8")
    secret.write_text(kept, encoding="utf-8")
    (folder / "template.yaml").unlink()
    (folder / "template.yaml").symlink_to(secret)


def pipe(folder: Path, _secret: Path) -> None:
    (folder / "zh.j2").unlink()
    os.mkfifo(folder / "zh.j2")


def folder_for_file(folder: Path, _secret: Path) -> None:
    (folder / "zh.j2").unlink()
    (folder / "zh.j2").mkdir()


def huge(folder: Path, _secret: Path) -> None:
    (folder / "zh.j2").write_text(BASE + "x" * files.MOST_BYTES, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (link_out, "is a link"),
        (link_declaration, "is a link"),
        (pipe, "no plain file"),
        (folder_for_file, "no plain file"),
        (huge, "larger than"),
    ],
)
def test_only_plain_files_of_a_bounded_size_are_read(
    tmp_path: Path, change: Callable[[Path, Path], None], says: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("{% block system %}SECRET{% endblock %}{% block section %}{% endblock %}", encoding="utf-8")
    folder = template(tmp_path)
    change(folder, secret)
    with pytest.raises(Faulty, match=says):
        load(folder)


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine").symlink_to(template(tmp_path / "elsewhere"))
    assert "is a link" in Templates(tmp_path / "own").broken()["mine"]


# --- the limits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template_id", Templates().ids)
def test_our_own_templates_stay_far_below_the_limits(template_id: str) -> None:
    folder = Templates().folder(template_id)
    assert all(path.stat().st_size < files.MOST_BYTES / 4 for path in folder.iterdir())


def test_what_a_text_may_use_is_what_the_lists_say() -> None:
    environment = sandbox.PromptEnvironment()
    assert not environment.globals
    assert {name for name in environment.filters if not name.startswith("_")} == sandbox.FILTERS
    assert set(environment.tests) == sandbox.TESTS
