"""`koujing drafts export`: an approved draft as a file that may leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.options import VERSION, acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.export import Form
    from knowledge.domain.errors import NotReady

NAMES = ("markdown", "html", "docx", "pdf", "text", "wechat")


@click.command()
@click.argument("draft_id")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path),
              help="The file: .md .html .docx .pdf .txt .wechat.html; or a folder, with --form.")  # fmt: skip
@click.option("--form", type=click.Choice(NAMES), help="The form, where the ending does not say it.")
@click.option("--version", "-v", type=VERSION, help="The version; the approved one unless said otherwise.")
@click.option("--sources", is_flag=True, help="With the entries it cites, as footnotes or a list.")
@click.option("--override", metavar="REASON", default="", help="Export it although something is missing; on record.")
@json_option
def export(
    draft_id: str, output: Path, form: str | None, version: int | None, sources: bool, override: str, as_json: bool
) -> int:
    """Write the approved version of a draft to a file, clean: with the label that the market's law asks for, and with
    its provenance in the file's metadata."""
    from assistant.export import write_whole
    from knowledge.domain.errors import NotReady

    wanted = _form(output, form)
    with opened() as workspace:
        try:
            # Who works on the database itself is its admin.
            released = workspace.release(
                draft_id, wanted.name, by=acting_user(), version=version, sources=sources, override=override,
                may_override=True,
            )  # fmt: skip
        except NotReady as error:
            return _refused(error, as_json)
        path = output / released.name if output.is_dir() else output
        write_whole(path, released.content)
    if as_json:
        print_json(
            {
                "export": {
                    "draft": draft_id,
                    "version": released.version,
                    "form": released.form,
                    "file": str(path),
                    "name": released.name,
                    "media_type": released.media_type,
                    "bytes": len(released.content),
                    "label": released.label,
                    "overridden": list(released.overridden),
                    "marked": released.marked,
                }
            }
        )
        return 0
    click.echo(f"Draft {draft_id} v{released.version} is in {path}.", err=True)
    if released.overridden:
        click.echo(
            f"Not ready, exported all the same: {', '.join(released.overridden)}; the reason is on record.", err=True
        )
    return 0


def _form(output: Path, form: str | None) -> Form:
    """The form asked for, else that of the file's ending. Raises `InputError` before any work is done."""
    from assistant.export import form_of
    from knowledge.domain.errors import InputError

    if not output.is_dir() and not output.resolve().parent.is_dir():
        raise InputError(f"{output}: the folder {output.parent} does not exist; create it first")
    if form:
        return form_of(form)
    if output.is_dir():
        raise InputError(f"{output}: this is a folder; say the form with --form")
    name = output.name.lower()
    return form_of("wechat" if name.endswith(".wechat.html") else output.suffix or name)


def _refused(error: NotReady, as_json: bool) -> int:
    """Say everything that is missing."""
    if as_json:
        told = {"title": error.title, "message": error.message, "questions": [], "missing": error.missing}
        print_json({"error": told})
    click.echo(f"koujing: {error.message}", err=True)
    for item in error.missing:
        where = f" [{item['paragraph']}]" if item.get("paragraph") else ""
        click.echo(f"  {item['what']}{where}: {item['message']}", err=True)
    return 1
