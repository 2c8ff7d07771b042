"""`koujing people` and `koujing workspaces`. Only click is imported here; the rest when a command runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.options import acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from api.access.people import Member
    from assistant.workspace import Workspace

URL = click.option("--url", help="Where the service is reached; else KOUJING_PUBLIC_URL, else http://127.0.0.1:8420.")


@click.group()
def people() -> None:
    """People of the workspace, their roles, one-time links."""


@people.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every member: login, name, role, disabled."""
    from api.access.people import People

    with opened() as workspace:
        found = People(workspace.database, workspace.name).members()
    if as_json:
        print_json({"people": [member.to_json() for member in found]})
        return 0
    for member in found:
        click.echo(_in_words(member))
    click.echo(f"{len(found)} people." if found else "Nobody yet; `koujing people invite --role admin` makes a link.")
    return 0


@people.command()
@click.option("--role", default="author", show_default=True, help="viewer, author, editor, approver or admin.")
@click.option("--name", default="", help="Who it is meant for.")
@click.option("--password-of", metavar="ID", help="Instead: a link for this member, who forgot the password.")
@URL
@json_option
def invite(role: str, name: str, password_of: str | None, url: str | None, as_json: bool) -> int:
    """Make a one-time link; whoever opens it within 24 hours sets login and password."""
    from api.access.invitations import Invitations

    with opened() as workspace:
        invitations, now = Invitations(workspace.database, workspace.name), workspace.settings.now()
        if password_of:
            token = invitations.password(password_of, acting_user(), now)
        else:
            token = invitations.member(role, name, acting_user(), now)
        _print_link(workspace, token, url, as_json)
    return 0


@people.command()
@click.argument("person_id")
@click.option("--undo", is_flag=True, help="Let them in again.")
@json_option
def disable(person_id: str, undo: bool, as_json: bool) -> int:
    """Sign somebody out everywhere and let them in no more."""
    from api.access.people import People

    with opened() as workspace:
        members = People(workspace.database, workspace.name)
        act = members.enable if undo else members.disable
        _print(act(person_id, acting_user(), workspace.settings.now(), anywhere=True), as_json)
    return 0


@people.command()
@click.argument("person_id")
@click.option("--also", multiple=True, metavar="NAME", help="Another name of theirs; several times.")
@click.option("--dry-run", is_flag=True, help="Show what it would reach, and change nothing.")
@json_option
def forget(person_id: str, also: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Delete what says who somebody was, everywhere; their acts stay on record under the id.

    Texts that mention them are listed, not changed. Backups that were taken before still know them.
    """
    from api.access.forgetting import forget as forget_person
    from api.access.mentioned_files import files_that_mention, names_of

    with opened() as workspace:
        now, database = workspace.settings.now(), workspace.database
        names = names_of(database, person_id, also)
        files = files_that_mention(workspace.settings.home, names)
        forgotten = forget_person(database, person_id, acting_user(), now, also=also, look=dry_run)
    if as_json:
        print_json({"dry_run": dry_run, **forgotten.to_json(), "files": files})
        return 0
    click.echo("Would be done:" if dry_run else "Done:")
    for what, count in (*forgotten.removed.items(), *forgotten.replaced.items()):
        click.echo(f"  {what}: {count}")
    for name in forgotten.shared:
        click.echo(f"  '{name}' is somebody else's name, too: where it stands it was not changed")
    for mention in forgotten.mentions:
        where = ", ".join(str(value) for value in mention.key.values())
        click.echo(f"mentioned in {mention.table} ({where}), {mention.column}: {mention.words}")
    for file in files:
        click.echo(f"mentioned in the file {file}")
    left = len(forgotten.mentions) + len(files)
    click.echo(f"{left} texts mention them; decide on each." if left else "No text mentions them.")
    return 0


@people.command("role")
@click.argument("person_id")
@click.argument("role")
@json_option
def set_role(person_id: str, role: str, as_json: bool) -> int:
    """Give a member another role: viewer, author, editor, approver or admin."""
    from api.access.people import People

    with opened() as workspace:
        members = People(workspace.database, workspace.name)
        _print(members.set_role(person_id, role, acting_user(), workspace.settings.now()), as_json)
    return 0


@click.group()
def workspaces() -> None:
    """Workspaces of the database: list, create."""


@workspaces.command("list")
@json_option
def list_workspaces(as_json: bool) -> int:
    """Every workspace; KOUJING_WORKSPACE says which one commands work in."""
    from knowledge.store.workspaces import workspace_names

    with opened() as workspace:
        names = workspace_names(workspace.database)
        here = workspace.name
    if as_json:
        print_json({"workspaces": [{"name": name, "current": name == here} for name in names]})
        return 0
    for name in names:
        click.echo(f"{name}  (this one)" if name == here else name)
    return 0


@workspaces.command()
@click.argument("name")
@URL
@json_option
def create(name: str, url: str | None, as_json: bool) -> int:
    """Make an empty workspace; the link it prints is for its first administrator."""
    from api.access.invitations import Invitations
    from knowledge.domain.errors import Conflict
    from knowledge.store.workspaces import ensure_workspace

    with opened() as workspace:
        now = workspace.settings.now()
        if not ensure_workspace(workspace.database, name, now):
            raise Conflict(f"there is a workspace '{name}' already")
        token = Invitations(workspace.database, name).member("admin", "", acting_user(), now)
        _print_link(workspace, token, url, as_json)
    return 0


def _print_link(workspace: Workspace, token: str, url: str | None, as_json: bool) -> None:
    from api.access.invitations import look
    from api.access.secret import public_origin

    found = look(workspace.database, token, workspace.settings.now())
    origin = (url or public_origin(workspace.settings) or "http://127.0.0.1:8420").rstrip("/")
    address = f"{origin}/welcome/{token}"
    if as_json:
        print_json({"url": address, **(found.to_json() if found else {})})
        return
    click.echo(address)
    if found:
        ends = found.to_json()["expires_at"]
        click.echo(f"Role {found.role} in '{found.workspace}', until {ends}, to be used once.", err=True)


def _print(member: Member, as_json: bool) -> None:
    if as_json:
        print_json(member.to_json())
    else:
        click.echo(_in_words(member))


def _in_words(member: Member) -> str:
    person = member.person
    state = f"  disabled {member.to_json()['disabled_at']}" if person.disabled_at else ""
    return f"{person.id}  {person.login:30} {member.role:9} {person.name}{state}"
