"""`koujing templates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from prompts.loader import Templates


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def templates(ctx: click.Context, as_json: bool) -> int:
    """What can be written."""
    return int(ctx.invoke(list_, as_json=as_json)) if ctx.invoked_subcommand is None else 0


@templates.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every template with its required inputs; those that cannot be used apart."""
    from assistant.doctor import broken_templates

    found = _templates()
    broken = broken_templates(found)
    loaded = [found.get(template_id).template for template_id in found.ids if template_id not in broken]
    if as_json:
        print_json({"templates": [{"id": t.id, "version": t.version, "name": t.name.model_dump(), "stage": t.stage,
                                   "purpose": t.purpose.model_dump(),
                                   "required": [i.name for i in t.inputs if i.required]} for t in loaded],
                    "broken": [{"id": i, "message": message} for i, message in broken.items()]})  # fmt: skip
    else:
        for t in loaded:
            required = ", ".join(i.name for i in t.inputs if i.required)
            click.echo(f"{t.id:22} {t.name.zh} / {t.name.en}  (needs {required or 'nothing'})")
        for message in broken.values():
            click.echo(f"cannot be used: {message}", err=True)
    return 1 if broken else 0


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
