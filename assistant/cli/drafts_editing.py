"""`koujing drafts edit`, `mend`, `keep`, `regenerate`, `restore`, `diff`: each change is a new version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.options import VERSION, acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.draft import Draft
    from assistant.workspace import Workspace

_id = click.argument("draft_id")
_seen = click.option(
    "--version", "-v", type=VERSION, help="The version you looked at; refused when there is a newer one."
)
_number = click.argument("finding", required=False)


@click.command()
@_id
@click.argument("paragraph", required=False)
@click.option("--text", "-t", help="The new text; empty takes the paragraph out.")
@click.option("--file", "-f", "path", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A text file with the new text.")  # fmt: skip
@click.option("--cite", "citations", multiple=True, metavar="S1", help="Sources to cite, in place of those it has.")
@_seen
@json_option
def edit(
    draft_id: str,
    paragraph: str | None,
    text: str | None,
    path: Path | None,
    citations: tuple[str, ...],
    version: int | None,
    as_json: bool,
) -> int:
    """Write PARAGRAPH anew; without it, every paragraph is listed with its id."""
    from knowledge.domain.errors import InputError

    if paragraph is None:
        return _list_paragraphs(draft_id, as_json)
    if (text is None) == (path is None):
        raise InputError("give the new text with --text, or a file that holds it with --file")
    given = text if path is None else _text_of(path)
    assert given is not None

    def act(workspace: Workspace, by: str) -> Draft:
        return workspace.edit(draft_id, paragraph, given, by=by, after=version, citations=citations or None)

    return _changed(draft_id, as_json, act)


@click.command()
@_id
@_number
@_seen
@json_option
def mend(draft_id: str, finding: str | None, version: int | None, as_json: bool) -> int:
    """Put right what FINDING (number or id) knows; without it, the findings are listed."""
    if finding is None:
        return _list_findings(draft_id, as_json)
    which = _which(finding)
    return _changed(draft_id, as_json, lambda w, by: w.mend(draft_id, which, by=by, after=version))


@click.command()
@_id
@_number
@click.option("--reason", "-r", default="", help="Why it may stay, for those who read it later.")
@_seen
@json_option
def keep(draft_id: str, finding: str | None, reason: str, version: int | None, as_json: bool) -> int:
    """Let the warning FINDING (number or id) stand, with a reason; without it, the findings are listed."""
    if finding is None:
        return _list_findings(draft_id, as_json)
    which = _which(finding)
    return _changed(draft_id, as_json, lambda w, by: w.keep(draft_id, which, reason, by=by, after=version))


@click.command()
@_id
@click.argument("section")
@click.option("--force", is_flag=True, help="Also a section that a person edited.")
@_seen
@json_option
def regenerate(draft_id: str, section: str, force: bool, version: int | None, as_json: bool) -> int:
    """Write one SECTION again; the others stay as they are."""
    from assistant.cli.draft import Watcher, say_where

    with opened(embeds=True) as workspace:
        say_where(workspace, workspace.drafts.get(draft_id).model)
        before = workspace.drafts.get(draft_id)
        after = workspace.regenerate(
            draft_id, section, Watcher(workspace.progress), by=acting_user(), after=version, force=force
        )
    return _shown(before, after, as_json)


@click.command()
@_id
@click.argument("number", type=VERSION)
@_seen
@json_option
def restore(draft_id: str, number: int, version: int | None, as_json: bool) -> int:
    """Make version NUMBER the newest one again, checked against the library of today."""
    return _changed(draft_id, as_json, lambda w, by: w.restore(draft_id, number, by=by, after=version))


@click.command()
@_id
@click.argument("one", required=False, type=VERSION)
@click.argument("other", required=False, type=VERSION)
@json_option
def diff(draft_id: str, one: int | None, other: int | None, as_json: bool) -> int:
    """Two versions word by word; without numbers the newest one and the one before it."""
    from assistant.draft_diff import as_plain

    with opened() as workspace:
        newest = workspace.status(draft_id).version
        other = other or newest
        one = one or max(1, other - 1)
        found = workspace.draft_diff(draft_id, one, other)
    if as_json:
        print_json({"diff": found.to_json()})
        return 0
    click.echo(as_plain(found) or f"Versions {one} and {other} of {draft_id} say the same.")
    return 0


def _changed(draft_id: str, as_json: bool, act: Callable[[Workspace, str], Draft]) -> int:
    with opened() as workspace:
        before = workspace.drafts.get(draft_id)
        after = act(workspace, acting_user())
    return _shown(before, after, as_json)


def _shown(before: Draft, after: Draft, as_json: bool) -> int:
    """The new version, or what is different in it and what is still to be done."""
    from assistant.draft_diff import as_plain, draft_diff

    if as_json:
        import json

        click.echo(json.dumps(after.to_json(), ensure_ascii=False, indent=2))
        return 1 if after.has_errors else 0
    if after.version == before.version:
        click.echo(f"Nothing changed; draft {after.id} is still version {after.version}.")
        return 1 if after.has_errors else 0
    told = as_plain(draft_diff(before, after))
    if told:
        click.echo(told)
    click.echo(f"Draft {after.id} is now version {after.version}.")
    if after.findings:
        _print_findings(after)
    return 1 if after.has_errors else 0


def _list_paragraphs(draft_id: str, as_json: bool) -> int:
    with opened() as workspace:
        draft = workspace.drafts.get(draft_id)
    if as_json:
        print_json({"sections": [section.to_json() for section in draft.sections]})
        return 0
    for section in draft.sections:
        click.echo(section.heading or section.id)
        for paragraph in section.paragraphs:
            gap = "[gap] " if paragraph.gap else ""
            text = " ".join(paragraph.text.split())
            click.echo(f"  {paragraph.id:4} {gap}{text[:100]}{'…' if len(text) > 100 else ''}")
    return 0


def _list_findings(draft_id: str, as_json: bool) -> int:
    with opened() as workspace:
        draft = workspace.drafts.get(draft_id)
    if as_json:
        print_json({"findings": draft.to_json()["findings"]})
    else:
        _print_findings(draft)
    return 1 if draft.has_errors else 0


def _print_findings(draft: Draft) -> None:
    """Numbered as `mend` and `keep` take them."""
    from assistant.export.plain import about, texts_of
    from assistant.publishing.editing import is_mendable
    from assistant.publishing.kept import kept_findings

    texts = texts_of(draft)
    for number, (finding, kept) in enumerate(zip(draft.findings, kept_findings(draft), strict=True), start=1):
        where = f" {finding.paragraph}" if finding.paragraph else ""
        words = f" “{found}”" if (found := about(finding, texts)) else ""
        fix = f"  → {finding.fix}" if is_mendable(finding) else ""
        stays = f"  (kept by {kept.by}: {kept.reason})" if kept else ""
        click.echo(f"{number:3} {finding.severity:7} {finding.check}{where}{words}: {finding.message}{fix}{stays}")
    if not draft.findings:
        click.echo("No findings.")


def _which(finding: str) -> int | str:
    """A number as it is listed, from 1; anything else is an id."""
    return int(finding) - 1 if finding.isascii() and finding.isdecimal() else finding


def _text_of(path: Path) -> str:
    from knowledge.domain.errors import UnreadableFile

    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path.name, str(error), "give a text file in UTF-8") from None


COMMANDS = (edit, mend, keep, regenerate, restore, diff)
