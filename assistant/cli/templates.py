"""`koujing templates`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.options import AUDIENCES, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.template_preview import PreviewedSection
    from prompts.loader import Templates
    from prompts.template import Template

SHOWN = 3
"""Prompts of one section that are printed; `--json` has all."""


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def templates(ctx: click.Context, as_json: bool) -> int:
    """What can be written."""
    return int(ctx.invoke(list_, as_json=as_json)) if ctx.invoked_subcommand is None else 0


@templates.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every template with its readers and its required inputs; those that cannot be used apart."""
    found = _templates()
    broken = found.broken()
    loaded = [one.template for one in found.all()]
    if as_json:
        print_json({"templates": [{"id": t.id, "version": t.version, "name": t.name.model_dump(), "stage": t.stage,
                                   "purpose": t.purpose.model_dump(), "audience": t.audience.model_dump(),
                                   "origin": found.origin(t.id),
                                   "required": [i.name for i in t.inputs if i.required]} for t in loaded],
                    "broken": [{"id": i, "message": message} for i, message in broken.items()]})  # fmt: skip
    else:
        for t in loaded:
            required = ", ".join(i.name for i in t.inputs if i.required)
            whose = "" if found.origin(t.id) == "built-in" else f"  [{found.origin(t.id)}]"
            click.echo(f"{t.id:22} {t.name.zh} / {t.name.en}  (needs {required or 'nothing'}){whose}")
        for message in broken.values():
            click.echo(f"cannot be used: {message}", err=True)
    return 1 if broken else 0


@templates.command()
@click.argument("template_id", metavar="ID")
@json_option
def show(template_id: str, as_json: bool) -> int:
    """One template: purpose, readers, inputs, sections, rules, method, rubric."""
    from prompts.readers import accepted_inputs

    found = _templates()
    t = found.get(template_id).template
    if as_json:
        common = [i.model_dump(mode="json") for i in accepted_inputs(t)[len(t.inputs) :]]
        print_json({
            "template": {**t.model_dump(mode="json"), "origin": found.origin(t.id), "common_inputs": common}
        })  # fmt: skip
        return 0
    click.echo(f"{t.name.zh} / {t.name.en}\n{t.purpose.zh}\n{t.purpose.en}\n")
    readers = f"{t.audience.zh} / {t.audience.en}" if t.audience.zh else "not said"
    click.echo(f"Readers: {readers}\nStage: {t.stage}. Version {t.version}, {found.origin(t.id)}.\n\nInputs")
    for i in accepted_inputs(t):
        kinds = f" [{i.type}{': ' + ', '.join(i.choices) if i.choices else ''}]"
        click.echo(f"  {i.name}{'' if i.required else ' (optional)'}{kinds}: {i.question.zh} / {i.question.en}")
    click.echo("\nSections")
    for s in t.sections:
        click.echo(f"  {s.id:14} {s.heading.zh or '–'} / {s.heading.en or '–'}  [{s.write}]")
    _show_rest(t)
    return 0


def _show_rest(t: Template) -> None:
    if t.rules:
        click.echo("\nRules")
    for rule in t.rules:
        where = " › ".join(filter(None, [rule.section, rule.role])) or "whole draft"
        given = ", ".join(f"{name} {value}" for name, value in rule.parameters.items())
        click.echo(f"  {rule.check} ({where}){': ' + given if given else ''}")
    for title, lines in (
        ("Method", [f"{m.id}: {m.text.zh} / {m.text.en}" for m in t.method]),
        ("Judged by", [f"{c.question.zh} / {c.question.en}" for c in t.rubric]),
    ):
        if lines:
            click.echo(f"\n{title}")
        for line in lines:
            click.echo(f"  {line}")


@templates.command()
@click.argument("template_id", metavar="ID")
@click.option("--from", "source", metavar="TEMPLATE", help="Begin from this one; else from a commented skeleton.")
@click.option("--name-zh", default="", help="Its name in Chinese.")
@click.option("--name-en", default="", help="Its name in English.")
@json_option
def new(template_id: str, source: str | None, name_zh: str, name_en: str, as_json: bool) -> int:
    """Begin a template of your own in the workspace; with the id of a built-in one it takes its place."""
    from assistant.settings import load_settings
    from assistant.template_editing import new_template

    own = load_settings().templates
    found = _templates()
    folder = new_template(found, own, template_id, source=source or "", name_zh=name_zh, name_en=name_en)
    files = sorted(path.name for path in folder.iterdir())
    if as_json:
        print_json({"template": {"id": template_id, "folder": str(folder), "files": files,
                                 "origin": _templates().origin(template_id)}})  # fmt: skip
        return 0
    instead = " It takes the place of the built-in one." if template_id in found.ids else ""
    click.echo(f"{template_id} is in {folder}.{instead}")
    click.echo("  template.yaml  what it consists of: names, inputs, sections, evidence, rules, rubric")
    click.echo("  zh.j2, en.j2   who reads it and in which voice, for the model")
    click.echo("Try it:")
    click.echo(f"  koujing templates lint {template_id}")
    needed = " ".join(f"-i {i.name}=…" for i in _templates().get(template_id).template.inputs if i.required)
    click.echo(f"  koujing templates preview {template_id} {needed}".rstrip())
    click.echo(f"  koujing draft {template_id} {needed}".rstrip())
    return 0


@templates.command()
@click.argument("template_ids", nargs=-1, metavar="[ID]...")
@json_option
def lint(template_ids: tuple[str, ...], as_json: bool) -> int:
    """Everything that is wrong with templates, with file, line and remedy; all templates when none is named."""
    from assistant.template_lint import lint as look

    found = _templates()
    faults = {template_id: look(found, template_id) for template_id in template_ids or found.ids}
    every = [fault for one in faults.values() for fault in one]
    counts = {word: sum(str(fault.severity) == word for fault in every) for word in ("error", "warning")}
    if as_json:
        print_json({
            "templates": [
                {"id": template_id, "origin": found.origin(template_id), "faults": [fault.to_json() for fault in one]}
                for template_id, one in faults.items()
            ],
            "counts": counts,
        })  # fmt: skip
        return 1 if counts["error"] else 0
    for fault in every:
        click.echo(f"{fault.severity}  {fault.where}: {fault.message}")
        if fault.remedy:
            click.echo(f"    → {fault.remedy}")
    looked_at = "1 template" if len(faults) == 1 else f"{len(faults)} templates"
    click.echo(f"{looked_at}: {counts['error']} errors, {counts['warning']} warnings.")
    return 1 if counts["error"] else 0


@templates.command()
@click.argument("template_id", metavar="ID")
@click.option("--input", "-i", "inputs", multiple=True, metavar="NAME=VALUE", help="An input; NAME=@FILE reads a file.")
@click.option("--brief", "brief_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A brief as YAML or JSON; options override it.")  # fmt: skip
@click.option("--section", "-s", "section_ids", multiple=True, metavar="ID", help="Only this section; may repeat.")
@click.option("--locale", "-l", help="BCP 47 tag, e.g. zh-CN or en; zh-CN unless said otherwise.")
@click.option("--market", "-m", help="Market, e.g. CN or EU.")
@click.option("--channel", help="Channel, e.g. website.")
@click.option("--audience", "-A", type=click.Choice(AUDIENCES), help="public unless said otherwise.")
@click.option("--writing", type=click.Choice(("compose", "rewrite")),
              help="A section at once, or sentence by sentence; as in the settings unless said otherwise.")  # fmt: skip
@json_option
def preview(
    template_id: str,
    inputs: tuple[str, ...],
    brief_file: Path | None,
    section_ids: tuple[str, ...],
    locale: str | None,
    market: str | None,
    channel: str | None,
    audience: str | None,
    writing: str | None,
    as_json: bool,
) -> int:
    """The prompts with real evidence of the library, section by section. No model is asked."""
    from assistant.cli.draft import brief_of
    from assistant.template_preview import default_writing
    from assistant.template_preview import preview as look

    given = {"template": template_id, "locale": locale, "market": market, "channel": channel, "audience": audience}
    brief = brief_of(brief_file, given, inputs)
    with opened(embeds=True) as workspace:
        declared = workspace.templates.get(brief.template).template
        for section_id in section_ids:
            _known(section_id, [section.id for section in declared.sections])
        sections = look(workspace, brief, writing=writing or "")
        how = writing or default_writing(workspace)
    shown = [section for section in sections if not section_ids or section.id in section_ids]
    if as_json:
        sections_json = [section.to_json() for section in shown]
        print_json({"template": brief.template, "locale": brief.locale, "writing": how, "sections": sections_json})
        return 0
    _show_preview(shown)
    return 0


def _known(section_id: str, ids: list[str]) -> None:
    from knowledge.domain.errors import NotFound
    from prompts.faults import instead_of

    if section_id not in ids:
        raise NotFound(f"no section '{section_id}'; {instead_of(section_id, ids)}")


def _show_preview(sections: list[PreviewedSection]) -> None:
    system = ""
    for section in sections:
        click.echo(f"== {section.id}: {section.heading or '–'}  [{section.write}] {_STATES[section.state]}")
        for evidence in section.evidence:
            place = " › ".join(filter(None, [evidence.title, evidence.locator]))
            about = evidence.entry_id or evidence.origin
            click.echo(f"   {evidence.id}  {about}  {place}")
        for paragraph in section.paragraphs:
            click.echo(f"   {'gap' if paragraph.gap else ', '.join(paragraph.citations)}: {paragraph.text}")
        for asked in section.asked[:SHOWN]:
            if asked.system != system:
                click.echo(f"--- system\n{asked.system}")
                system = asked.system
            click.echo(f"--- prompt\n{asked.prompt}")
        if len(section.asked) > SHOWN:
            click.echo(f"--- and {len(section.asked) - SHOWN} more prompts like these (--json has all)")
        click.echo("")


_STATES = {
    "model": "a model would be asked",
    "program": "filled by program",
    "gap": "would be a gap",
    "left out": "would be left out",
}


def _templates() -> Templates:
    from assistant.settings import load_settings
    from prompts.loader import Templates

    return Templates(load_settings().templates)
