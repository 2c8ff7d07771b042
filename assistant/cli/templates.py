"""`koujing templates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from prompts.loader import Templates


@click.group(invoke_without_command=True)
@click.pass_context
def templates(ctx: click.Context) -> None:
    """What can be written."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=False)


@templates.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every template with its required inputs."""
    loaded = [item.template for item in _templates().all()]
    if as_json:
        print_json({"templates": [{"id": t.id, "version": t.version, "name": t.name.model_dump(), "stage": t.stage,
                                   "purpose": t.purpose.model_dump(),
                                   "required": [i.name for i in t.inputs if i.required]} for t in loaded]})  # fmt: skip
        return 0
    for t in loaded:
        required = ", ".join(i.name for i in t.inputs if i.required)
        click.echo(f"{t.id:22} {t.name.zh} / {t.name.en}  (needs {required or 'nothing'})")
    return 0


@templates.command()
@click.argument("template_id")
@json_option
def show(template_id: str, as_json: bool) -> int:
    """One template: purpose, inputs, sections, rubric."""
    t = _templates().get(template_id).template
    if as_json:
        print_json({"template": t.model_dump(mode="json")})
        return 0
    click.echo(f"{t.name.zh} / {t.name.en}\n{t.purpose.zh}\n{t.purpose.en}\n\nInputs")
    for i in t.inputs:
        click.echo(f"  {i.name}{'' if i.required else ' (optional)'}: {i.question.zh} / {i.question.en}")
    click.echo("\nSections")
    for s in t.sections:
        click.echo(f"  {s.id:14} {s.heading.zh or '–'} / {s.heading.en or '–'}  [{s.write}]")
    return 0


def _templates() -> Templates:
    from assistant.settings import load_settings
    from prompts.loader import Templates

    return Templates(load_settings().home / "templates")
