"""`koujing draft`: from a brief to a draft, on a terminal with questions where something is missing."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import AUDIENCES, STATES, acting_user, opened, writable
from assistant.cli.output import json_option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.brief import Brief
    from assistant.draft import Draft, Paragraph, Question, Section
    from assistant.progress import Progress
    from assistant.workspace import Workspace
    from knowledge.domain.finding import Finding


@click.command()
@click.argument("template", required=False)
@click.option("--input", "-i", "inputs", multiple=True, metavar="NAME=VALUE", help="An input; NAME=@FILE reads a file.")
@click.option("--brief", "brief_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A brief as YAML or JSON; options override it.")  # fmt: skip
@click.option("--locale", "-l", help="BCP 47 tag, e.g. zh-CN or en; zh-CN unless said otherwise.")
@click.option("--market", "-m", help="Market, e.g. CN or EU.")
@click.option("--channel", help="Channel, e.g. website.")
@click.option("--audience", "-A", type=click.Choice(AUDIENCES), help="public unless said otherwise.")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Also draw on entries in this state.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False),
              help="Write it to a file, by its ending: .md .html .docx .txt .json; marked as a draft.")  # fmt: skip
@json_option
def draft(
    template: str | None,
    inputs: tuple[str, ...],
    brief_file: Path | None,
    locale: str | None,
    market: str | None,
    channel: str | None,
    audience: str | None,
    states: tuple[str, ...],
    output: Path | None,
    as_json: bool,
) -> int:
    """Write a draft from TEMPLATE (see `koujing templates`). Without -o it is printed."""
    from assistant.export import ENDINGS

    writable(output, ENDINGS)
    given = {"template": template, "locale": locale, "market": market, "channel": channel, "audience": audience}
    brief = brief_of(brief_file, given, inputs, states)
    with opened(embeds=True) as workspace:
        say_where(workspace)
        written = answered(workspace, workspace.draft(brief, Watcher(workspace.progress), by=acting_user()), as_json)
        leave(workspace, written, output)
    return show_result(written, output, as_json)


def brief_of(
    brief_file: Path | None, given: Mapping[str, str | None], inputs: tuple[str, ...], states: tuple[str, ...] = ()
) -> Brief:
    """The brief of a file with what the command line says on top. Raises `InputError` naming what is wrong."""
    from assistant.brief import brief_from_json

    document = _brief_document(brief_file)
    document.update({name: value for name, value in given.items() if value})
    if states:
        document["states"] = ["approved", *states]
    brief = brief_from_json(document)
    return replace(brief, inputs={**brief.inputs, **parse_inputs(inputs)})


def leave(workspace: Workspace, written: Draft, output: Path | None) -> None:
    """Write a draft to the file asked for, if one was and there is something to write."""
    if output is not None and not written.questions:
        workspace.leave(written, output, acting_user())
        click.echo(f"Draft {written.id} is in {output}.", err=True)


def answered(workspace: Workspace, written: Draft, as_json: bool) -> Draft:
    """The draft; on a terminal its open questions are asked, step by step, until none is left. Before it is written,
    what may be said on top is offered once."""
    offered = False
    while written.questions and sys.stdin.isatty() and not as_json:
        answers = _ask(written.questions)
        further = () if offered else _offered(workspace, written, answers)
        if further:
            answers, offered = {**answers, **_ask(further, may_be_empty=True)}, True
        written = workspace.answer(written.id, answers, Watcher(workspace.progress), by=acting_user())
    return written


def _offered(workspace: Workspace, written: Draft, answers: dict[str, str]) -> Sequence[Question]:
    """What may be said on top once these answers are given; nothing while something is still open."""
    from assistant.interview import offers, open_questions

    template = workspace.templates.get(written.template).template
    brief = workspace.drafts.brief(written.id)
    brief = replace(brief, inputs={**brief.inputs, **answers})
    return () if open_questions(brief, template, workspace.library) else offers(brief, template, workspace.library)


def say_where(workspace: Workspace, asked_from: str = "") -> None:
    """Once per run: which model writes, and where the text goes. A draft asked from `extractive` keeps to it."""
    if asked_from == "extractive":
        click.echo("Model: extractive; text goes to this machine.", err=True)
    else:
        click.echo(f"Model: {workspace.model.name}; text goes to {workspace.model.destination}.", err=True)


def show_result(written: Draft, output: Path | None, as_json: bool) -> int:
    """Print a draft that went into no file; the exit status says what is left to do."""
    if as_json:
        import json

        click.echo(json.dumps(written.to_json(), ensure_ascii=False, indent=2))
    elif written.questions:
        click.echo(
            f"Draft {written.id} is open; answer with `koujing drafts answer {written.id} -i NAME=VALUE`:", err=True
        )
        for question in written.questions:
            click.echo(f"  {question.input}: {question.text}  ({_hint(question)})", err=True)
    elif output is None:
        from rich.console import Console

        from assistant.export import print_draft

        print_draft(written, Console())
    if written.questions:
        return 2
    return 1 if written.has_errors else 0


def parse_inputs(pairs: tuple[str, ...]) -> dict[str, str]:
    """`NAME=VALUE` and `NAME=@FILE`. Raises `InputError` for a pair without `=`, `UnreadableFile` for a file."""
    from knowledge.domain.errors import InputError

    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise InputError(f"-i '{pair}': write NAME=VALUE or NAME=@FILE")
        found[name.strip()] = _file_text(Path(value[1:])) if value.startswith("@") else value
    return found


class Watcher:
    """Shows which section is being written."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def section(self, section: Section) -> None:
        self._progress.step(f"writing: {section.heading or section.id}")

    def paragraph(self, section: Section, paragraph: Paragraph) -> None: ...

    def finding(self, finding: Finding) -> None: ...

    def done(self, draft: Draft) -> None: ...

    def stopped(self) -> bool:
        return False


def _file_text(path: Path) -> str:
    """The text of a file in any format that can be imported."""
    from knowledge.reading import read

    return "\n".join(block.text for block in read(path).blocks)


def _brief_document(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    import yaml

    from knowledge.domain.errors import InputError

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name}: is neither YAML nor JSON ({str(error).splitlines()[0]})") from None
    if not isinstance(document, dict):
        raise InputError(f"{path.name}: a brief is a mapping with template, inputs, locale …")
    return document


def _ask(questions: Sequence[Question], *, may_be_empty: bool = False) -> dict[str, str]:
    """The answers to questions, from the terminal; what is left empty is left out."""
    more: dict[str, Any] = {"default": "", "show_default": False} if may_be_empty else {}
    answers = {q.input: click.prompt(f"{q.text} [{_hint(q)}]", err=True, **more) for q in questions}
    return {
        name: _file_text(Path(value[1:])) if value.startswith("@") else value
        for name, value in answers.items()
        if value
    }


def _hint(question: Question) -> str:
    """What may be chosen, or an example."""
    return (", " if question.many else " | ").join(question.choices) or question.example
