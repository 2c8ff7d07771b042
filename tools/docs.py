"""Makes the generated parts of README and docs again, from the sources that they describe.

A part stands between the lines `<!-- made: NAME -->` and `<!-- end -->`. `python -m tools.docs` writes every page that
differs; `--check` writes nothing, names the stale files and exits 1.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.checks.base import Example
from assistant.checks.registry import BY_ID
from assistant.settings import SETTINGS, load_settings
from assistant.writing.writers import WRITERS
from knowledge.domain import errors as error_tree
from knowledge.reading import FORMATS, MAX_BYTES
from knowledge.records import KINDS
from prompts.loader import Templates
from prompts.rendering import PROMPT_VARIABLES
from prompts.template import NOTHING, Column, Input, Part, Row, Template, TemplateSection, Want, Words

ROOT = Path(__file__).parent.parent
ROOMS = ("api", "evals", "assistant", "prompts", "knowledge")
WIDTH = 88
"""Columns of the help texts."""

BY_MODEL = ("model", "each", "translate", "table")
"""The `write` words whose sections a language model fills."""

_BEGIN = re.compile(r"^<!-- made: ", re.MULTILINE)
_PART = re.compile(
    r"^(<!-- made: (?P<name>[\w-]+) -->\n)(?:(?!<!-- made: ).)*?^(<!-- end -->)", re.DOTALL | re.MULTILINE
)
_SUFFIXES = re.compile(r"^(?:`\.\w+`,? ?)+: ")
_SENTENCE = re.compile(r"^.*?[.!?](?=\s|$)")


class Unmade(Exception):
    """A marker names a part that nobody makes, or has no end."""


# --- pages and their parts ---------------------------------------------------------------------------------------


def pages(root: Path = ROOT) -> list[Path]:
    """README and docs. Example drafts are read into pages and are none themselves."""
    found = [*sorted(root.glob("README*.md")), *sorted((root / "docs").glob("*.md"))]
    return [path for path in found if not path.name.startswith("example-draft")]


def made(path: Path, root: Path = ROOT) -> str:
    """The page in `path` with every generated part made again. Raises `Unmade` for a marker that cannot be filled."""
    page = path.read_text(encoding="utf-8")
    zh = path.name.endswith(".zh-CN.md")

    def fill(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in PARTS:
            raise Unmade(f"{path.name}: no part is called '{name}'; there are {', '.join(sorted(PARTS))}")
        text = PARTS[name](root, zh).strip()
        return f"{found[1]}\n{text}\n\n{found[3]}" if text else f"{found[1]}{found[3]}"

    if len(_PART.findall(page)) != len(_BEGIN.findall(page)):
        raise Unmade(f"{path.name}: a '<!-- made: NAME -->' has no '<!-- end -->'")
    return _PART.sub(fill, page)


def stale(root: Path = ROOT) -> list[Path]:
    """The pages that differ from what would be made now."""
    return [path for path in pages(root) if path.read_text(encoding="utf-8") != made(path, root)]


# --- the command line and the settings ---------------------------------------------------------------------------


def cli(_root: Path, _zh: bool) -> str:
    """The help of every command, from click."""
    import click

    from assistant.cli.main import koujing

    context = click.Context(koujing, info_name="koujing", terminal_width=WIDTH, **koujing.context_settings)
    return "\n\n".join(
        f"{'#' * (2 + title.count(' '))} {title}\n\n```text\n{text}\n```" for title, text in _help(context)
    )


def _help(context: Any) -> Iterator[tuple[str, str]]:
    import click

    yield context.command_path, context.command.get_help(context).rstrip()
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from _help(click.Context(command, info_name=name, parent=context))


def settings(_root: Path, _zh: bool) -> str:
    """The table of settings."""
    rows = [
        (
            f"`{setting.variable}`",
            "–" if setting.name == "home" else f"`{setting.name}`",
            f"`{setting.default}`" if setting.default else "",
            setting.help + (" Never shown." if setting.secret else ""),
        )
        for setting in SETTINGS
    ]
    return _table(("variable", "in koujing.toml", "default", "what it is"), rows)


# --- templates ---------------------------------------------------------------------------------------------------


def templates(_root: Path, _zh: bool) -> str:
    """Every built-in template: names, purpose, inputs, sections, checks."""
    return "\n\n".join(_template(loaded.template) for loaded in Templates().all())


def _template(t: Template) -> str:
    inputs = [
        (
            f"`{i.name}`",
            i.type + (f": {', '.join(i.choices)}" if i.choices else f" of kind {i.kind}" if i.kind else ""),
            "yes" if i.required else "no",
            _both(i.question),
            _both(i.example),
        )
        for i in t.inputs
    ]
    sections = [
        (f"`{s.id}`", _both(s.heading), _writer(s), _parts(s), _both(s.gap) or ("left out" if s.optional else ""))
        for s in t.sections
    ]
    return "\n\n".join([
        f"## `{t.id}`: {_both(t.name)}",
        f"{t.purpose.zh}<br>{t.purpose.en}",
        f"Stage: {t.stage}. Version {t.version}. Checks: those that always run ([checks](checks.md)).",
        _table(("input", "type", "required", "question", "example"), inputs),
        _table(("section", "heading", "written by", "pieces and length", "when there is no evidence"), sections),
        *([_rubric(t)] if t.rubric else []),
    ])  # fmt: skip


def _writer(section: TemplateSection) -> str:
    return f"{'model' if section.write in BY_MODEL else 'program'} (`{section.write}`)"


def _parts(section: TemplateSection) -> str:
    if section.write == "table":
        rows, columns = ", ".join(r.name.en for r in section.rows), ", ".join(c.name.en for c in section.columns)
        return f"a cell for each of {rows}, and for each of {columns}"
    return "; ".join(
        f"{part.role} × {_range(part.count.least, part.count.most)}: "
        f"{_range(part.length.zh.least, part.length.zh.most)} characters (zh), "
        f"{_range(part.length.en.least, part.length.en.most)} words"
        for part in section.parts
    )


def _rubric(t: Template) -> str:
    return "A person judges it by:\n\n" + "\n".join(f"- {_both(criterion.question)}" for criterion in t.rubric)


def _range(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _both(words: Words) -> str:
    return words.zh if words.zh == words.en or words == NOTHING else f"{words.zh} / {words.en}"


def writers(_root: Path, _zh: bool) -> str:
    """Who fills a section: the `write` words."""
    rows = [
        (f"`{word}`", "model" if word in BY_MODEL else "program", _upper(_doc(type(writer)).split(" — ")[-1]))
        for word, writer in WRITERS.items()
    ]
    return _table(("`write`", "filled by a", "how"), rows)


def prompt_variables(_root: Path, _zh: bool) -> str:
    """What a prompt may use."""
    return _table(("variable", "what it holds"), [(f"`{name}`", text) for name, text in PROMPT_VARIABLES.items()])


def template_keys(_root: Path, _zh: bool) -> str:
    """Every key of a template.yaml, with its default."""
    records: tuple[type[BaseModel], ...] = (Template, Input, TemplateSection, Part, Want, Row, Column)
    rows = [
        (record.__name__ if n == 0 else "", f"`{name}`", "required" if field.is_required() else _default(field.default))
        for record in records
        for n, (name, field) in enumerate(record.model_fields.items())
    ]
    return _table(("record", "key", "default"), rows)


def _default(value: Any) -> str:
    if value is None or (isinstance(value, tuple) and not value) or value == NOTHING:
        return "empty"
    if isinstance(value, BaseModel):
        set_ = {name: inner for name, inner in value.model_dump().items() if inner not in ((), [], "", None)}
        return f"`{json.dumps(set_)}`" if set_ else "empty"
    return f"`{json.dumps(value)}`" if value != "" else "empty"


# --- checks, formats, kinds, benchmarks, errors ------------------------------------------------------------------


def checks(_root: Path, _zh: bool) -> str:
    """Every check: id, severity, titles, what it does, its own examples."""
    return "\n\n".join(
        "\n\n".join([
            f"## `{check.id}`",
            f"**{check.title.zh} / {check.title.en}** · {check.severity}"
            + (" · goes back to the model for repair" if check.repair else ""),
            _doc(check),
            *([_examples(check.examples)] if check.examples else []),
        ])
        for check in BY_ID.values()
    )  # fmt: skip


def _examples(examples: Sequence[Example]) -> str:
    rows = [
        ("finding" if e.found else "none", e.text, e.evidence, e.locale)
        for e in sorted(examples, key=lambda e: e.found, reverse=True)
    ]
    return _table(("result", "text", "cited source", "locale"), rows)


def check_ids(_root: Path, _zh: bool) -> str:
    """The ids of all checks in one line."""
    return ", ".join(f"`{check_id}`" for check_id in BY_ID)


def formats(_root: Path, zh: bool) -> str:
    """The file formats that can be imported."""
    readers = {reader.name: reader for reader in FORMATS.values()}
    rows = [(name, " ".join(f"`{suffix}`" for suffix in reader.suffixes)) for name, reader in readers.items()]
    if zh:
        return f"{_table(('格式', '后缀'), rows)}\n\n每个文件不超过 {MAX_BYTES >> 20} MiB。"
    how = [_upper(_SUFFIXES.sub("", _doc(type(reader)))) for reader in readers.values()]
    table = _table(
        ("format", "suffixes", "how it is read"), [(*row, said) for row, said in zip(rows, how, strict=True)]
    )
    return f"{table}\n\nA file may have up to {MAX_BYTES >> 20} MiB."


def kinds(_root: Path, _zh: bool) -> str:
    """The kinds of entry."""
    return ", ".join(f"`{kind}`" for kind in KINDS)


def benchmarks(_root: Path, _zh: bool) -> str:
    """Every benchmark with its command."""
    from evals.bench import BENCHMARKS

    rows = [
        (f"`koujing bench {name}`", benchmark.about, "yes" if benchmark.needs_data else "no")
        for name, benchmark in BENCHMARKS.items()
    ]
    return _table(("command", "what it measures", "needs public data"), rows)


def errors(_root: Path, _zh: bool) -> str:
    """The tree of errors, as drawn in the docstring."""
    lines = (error_tree.__doc__ or "").splitlines()
    tree = [line[4:] for line in lines if line.startswith("    ")]
    return "```text\n" + "\n".join(tree) + "\n```"


# --- the house and the service -----------------------------------------------------------------------------------


def layout(root: Path, _zh: bool) -> str:
    """The rooms, what stands in them, and what each file says of itself."""
    lines: list[str] = []
    for room in ROOMS:
        lines.append(_line(f"{room}/", root / room / "__init__.py", 0))
        packages = sorted(path for path in (root / room).iterdir() if (path / "__init__.py").is_file())
        modules = sorted(path for path in (root / room).glob("*.py") if path.name != "__init__.py")
        lines += [_line(f"{path.name}/", path / "__init__.py", 1) for path in packages]
        lines += [_line(path.name, path, 1) for path in modules]
    return "```text\n" + "\n".join(lines) + "\n```"


def _line(name: str, source: Path, depth: int) -> str:
    doc = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return f"{'  ' * depth + name:22}{_first_sentence(doc)}".rstrip()


def routes(_root: Path, _zh: bool) -> str:
    """Every address of the service, from its OpenAPI description."""
    rows = [
        (
            method.upper(),
            f"`{path}`",
            _flat(operation.get("description", "")),
            " ".join(sorted(operation["responses"])),
        )
        for path, methods in _openapi()["paths"].items()
        for method, operation in methods.items()
    ]
    return _table(("method", "address", "what it does", "answers"), rows)


def bodies(_root: Path, _zh: bool) -> str:
    """The request bodies, from the OpenAPI description."""
    schemas = _openapi()["components"]["schemas"]
    shown = [name for name in ("DraftRequest", "AnswerRequest", "CheckRequest", "GivenSource") if name in schemas]
    return "\n\n".join(_body(name, schemas[name]) for name in shown)


def _body(name: str, schema: Mapping[str, Any]) -> str:
    required = schema.get("required", [])
    rows = [
        (
            f"`{member}`",
            _type(part),
            "required" if member in required else f"`{json.dumps(part['default'])}`" if "default" in part else "",
            part.get("description", ""),
        )
        for member, part in schema["properties"].items()
    ]
    example = next(iter(schema.get("examples", ())), None)
    shown = f"\n\n```json\n{json.dumps(example, ensure_ascii=False, indent=2)}\n```" if example else ""
    return f"### {name}\n\n{_flat(schema.get('description', ''))}\n\n" + (
        _table(("member", "type", "default", "what it is"), rows) + shown
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_type(part) for part in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("type", "any"))


def _openapi() -> Mapping[str, Any]:
    from api.app import create_app

    return create_app(load_settings({})).openapi()


# --- what was measured and drafted -------------------------------------------------------------------------------


def figures(root: Path, _zh: bool) -> str:
    """The table of docs/figures.json (`koujing bench --json`); nothing when it was not measured yet."""
    from evals.bench.table import Row as Figure
    from evals.bench.table import as_text

    path = root / "docs" / "figures.json"
    if not path.is_file():
        return ""
    document = json.loads(path.read_text(encoding="utf-8"))
    known = Figure.__dataclass_fields__
    rows = [Figure(**{key: value for key, value in row.items() if key in known}) for row in document["rows"]]
    return as_text(document["machine"], document["versions"], rows)


def example_draft(root: Path, zh: bool) -> str:
    """docs/example-draft.md (in a Chinese page docs/example-draft.zh-CN.md when there is one), its headings put two
    levels down and its front matter left out; nothing when there is no such file."""
    names = ["example-draft.zh-CN.md", "example-draft.md"] if zh else ["example-draft.md"]
    path = next((root / "docs" / name for name in names if (root / "docs" / name).is_file()), None)
    if path is None:
        return ""
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"^(#{1,4}) ", r"##\1 ", text, flags=re.MULTILINE)


# --- words -------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return _flat(text).replace("|", "\\|")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _doc(thing: object) -> str:
    return _flat(getattr(thing, "__doc__", None) or "")


def _first_sentence(doc: str) -> str:
    text = _flat(doc.split("\n\n")[0])
    found = _SENTENCE.match(text)
    return found[0] if found else text


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


PARTS: Mapping[str, Callable[[Path, bool], str]] = {
    "cli": cli,
    "settings": settings,
    "templates": templates,
    "template-keys": template_keys,
    "writers": writers,
    "prompt-variables": prompt_variables,
    "checks": checks,
    "check-ids": check_ids,
    "formats": formats,
    "kinds": kinds,
    "benchmarks": benchmarks,
    "errors": errors,
    "layout": layout,
    "routes": routes,
    "bodies": bodies,
    "figures": figures,
    "example-draft": example_draft,
}
"""Name of a part: the function that makes it, given the root of the repository and whether the page is Chinese."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the parts, or check them."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description="Make the generated parts of the docs.")
    parser.add_argument("--check", action="store_true", help="write nothing; name stale files and exit 1")
    check = parser.parse_args(arguments).check
    try:
        old = stale()
        for path in old:
            if not check:
                path.write_text(made(path), encoding="utf-8")
            print(f"{'stale' if check else 'made'}: {path.relative_to(ROOT)}")
    except Unmade as error:
        print(f"docs: {error}", file=sys.stderr)
        return 2
    if check and old:
        print("make them again with `make docs`", file=sys.stderr)
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
