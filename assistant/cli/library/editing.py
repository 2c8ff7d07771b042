"""`koujing library edit` and `diff`: a new version of an entry, and what it changes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.library.group import say
from assistant.cli.options import VERSION, acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from knowledge.domain.errors import InputError
    from knowledge.folder.editing import Edited
    from knowledge.records import EntryVersion


@click.command()
@click.argument("entry_id")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE",
              help="title, owner, markets, valid_until, fields.NAME, text …; @FILE is read, empty clears.")  # fmt: skip
@click.option("--version", "-v", type=VERSION, help="The version you looked at; refused when there is a newer one.")
@click.option("--reason", "-r", default="", help="Why, for the record.")
@json_option
def edit(entry_id: str, changes: tuple[str, ...], version: int | None, reason: str, as_json: bool) -> int:
    """Change an entry in $EDITOR, or with --set. It becomes a new draft version; the approved one stays the line."""
    from knowledge.composing import looked_at
    from knowledge.json_records import entry_listed

    with opened(embeds=True) as workspace:
        before = looked_at(workspace.library, entry_id, version)
        changed = _set(workspace, before, changes) if changes else _in_editor(workspace, before)
        if changed is None:
            say(as_json, {"entry": None}, "Nothing changed.")
            return 0
        after = _keep(workspace, before, changed, reason)
        today = workspace.settings.now().date()
    say(as_json, {"entry": entry_listed(after, today)},
        f"{entry_id} v{after.version} is a draft; `koujing library diff {entry_id}` shows it, "
        f"`koujing library submit {entry_id}` hands it in.")  # fmt: skip
    return 0


@click.command()
@click.argument("entry_id")
@click.option("--from", "old", type=VERSION, help="The older version; the agreed line, else the one before.")
@click.option("--to", "new", type=VERSION, help="The newer version; the newest.")
@json_option
def diff(entry_id: str, old: int | None, new: int | None, as_json: bool) -> int:
    """What changed between two versions of an entry, word by word."""
    from knowledge.entry_diff import entry_diff
    from knowledge.version_diff import as_plain

    with opened() as workspace:
        found = entry_diff(workspace.library.entries, entry_id, old, new)
    if as_json:
        print_json(found.to_json())
        return 0
    before, after = found.before, found.after
    click.echo(f"{entry_id}: version {before.version} ({before.state}) → version {after.version} ({after.state})")
    click.echo(as_plain(found.parts, around=60) or "no difference")
    return 0


def _set(workspace: Workspace, before: EntryVersion, changes: tuple[str, ...]) -> Edited | None:
    from knowledge.domain.errors import InputError
    from knowledge.folder.editing import with_changes

    given = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals or not name.strip():
            raise InputError(f"--set '{change}': write NAME=VALUE, e.g. --set title=…")
        given[name.strip()] = Path(value[1:]).read_text(encoding="utf-8") if value.startswith("@") else value
    return with_changes(before, given, workspace.settings.now().date())


def _in_editor(workspace: Workspace, before: EntryVersion) -> Edited | None:
    """What the editor gave back; a text that cannot be taken is kept in a file."""
    from knowledge.domain.errors import InputError
    from knowledge.folder.editing import edited, entry_text

    text = click.edit(entry_text(before), extension=".md")
    if text is None:
        return None
    try:
        return edited(before, text, workspace.settings.now().date())
    except InputError as error:
        raise _kept(error, before.entry_id, text) from None


def _keep(workspace: Workspace, before: EntryVersion, changed: Edited, reason: str) -> EntryVersion:
    from knowledge.composing import keep_edit
    from knowledge.domain.errors import Conflict
    from knowledge.folder.editing import entry_text

    try:
        written = keep_edit(workspace.library, before, changed, acting_user(), reason=reason)
    except Conflict as error:
        raise _kept(error, before.entry_id, entry_text(changed.version)) from None
    for note in written.notes:
        click.echo(f"note: {note}", err=True)
    return written.version


def _kept(error: InputError, entry_id: str, text: str) -> InputError:
    """The same error, with the place where the text that was written is kept."""
    name = "".join(c for c in entry_id if c.isalnum() or c == "-")
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f"koujing-{name}-", suffix=".md", delete=False
    ) as file:
        file.write(text)
    return type(error)(f"{error.message}; what you wrote is kept in {file.name}")
