"""`koujing library customer`: who they are, what the text says instead of their names."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.library.group import pairs, say, show_mapping
from assistant.cli.library.permissions import USES, told, withdrawn
from assistant.cli.options import acting_user, opened
from assistant.cli.output import json_option, print_json

_file = click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))


@click.group()
def customer() -> None:
    """Customers: names, aliases, segment. What may be said of them is under `permission`."""


@customer.command("set")
@click.argument("customer_id")
@click.option("--name", "-n", "names", multiple=True, metavar="LOCALE=NAME", help="A name, e.g. zh-CN=申特电梯集团.")
@click.option("--alias", "-a", "aliases", multiple=True, metavar="LOCALE=TEXT", help="What is said instead of it.")
@click.option("--other", "-o", "others", multiple=True, help="A further spelling or abbreviation.")
@click.option("--segment", help="The customer's segment.")
@json_option
def set_(
    customer_id: str,
    names: tuple[str, ...],
    aliases: tuple[str, ...],
    others: tuple[str, ...],
    segment: str | None,
    as_json: bool,
) -> int:
    """Make a customer, or change what is given of one; all else stays."""
    from assistant.permitting import customer_there, describe
    from knowledge.domain.errors import InputError
    from knowledge.json_records import customer_json

    given_names, given_aliases = pairs("--name", names), pairs("--alias", aliases)
    with opened() as workspace:
        before = customer_there(workspace, customer_id)
        if not before.names and not given_names:
            raise InputError(f"customer '{customer_id}' is new: give --name LOCALE=NAME")
        after = describe(
            workspace,
            customer_id,
            names={**before.names, **given_names},
            aliases={**before.aliases, **given_aliases},
            other_names=(*before.other_names, *others),
            segment=before.segment if segment is None else segment,
            by=acting_user(),
        )
    say(as_json, {"customer": customer_json(after)}, f"{customer_id} is kept.")
    return 0


@customer.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every customer with its alias and permissions."""
    from knowledge.json_records import customer_json

    with opened() as workspace:
        customers = workspace.library.customers.all()
    if as_json:
        print_json({"customers": [customer_json(c) for c in customers]})
        return 0
    for c in customers:
        allowed = ", ".join(told(p) for p in c.permissions if p.withdrawn_on is None)
        click.echo(f"{c.id:16} {next(iter(c.names.values()), '')} → {next(iter(c.aliases.values()), '–')}")
        click.echo(f"{'':16} {allowed or 'no permission'}")
    click.echo(f"{len(customers)} customers.")
    return 0


@customer.command()
@click.argument("customer_id")
@json_option
def show(customer_id: str, as_json: bool) -> int:
    """One customer: names, aliases, every permission ever given, and the record."""
    from knowledge.json_records import customer_json

    with opened() as workspace:
        found = workspace.library.customer_called(customer_id)
        events = workspace.library.customers.events("customer", found.id)
    if as_json:
        print_json({"customer": customer_json(found), "history": [event.to_json() for event in events]})
        return 0
    click.echo(f"{found.id}  {found.segment}".rstrip())
    for locale, name in found.names.items():
        click.echo(f"  {locale:6} {name}  → {found.alias(locale) or 'no alias'}")
    if found.other_names:
        click.echo(f"  also   {', '.join(found.other_names)}")
    for permission in found.permissions:
        click.echo(f"  {told(permission)}")
    for event in events:
        click.echo(
            f"  {event.at:%Y-%m-%d %H:%M}  {event.act} by {event.by}{f': {event.reason}' if event.reason else ''}"
        )
    return 0


@customer.command()
@click.argument("customer_id")
@click.option("--use", type=click.Choice(USES), help="Only this use.")
@click.option("--reason", "-r", default="", help="Why, for the record.")
@json_option
def withdraw(customer_id: str, use: str | None, reason: str, as_json: bool) -> int:
    """Take back a customer's permissions; drafts that used them are stale at once."""
    return withdrawn(customer_id, use, reason, as_json)


@customer.command("import")
@_file
@click.option("--preview", is_flag=True, help="Of a sheet: show what would become of each row, and stop.")
@json_option
def import_(path: Path, preview: bool, as_json: bool) -> int:
    """Read customers from YAML (with permissions: what is not in it is withdrawn) or a sheet (names and aliases)."""
    from knowledge.registers import read_customers
    from knowledge.sheets import plan_customers

    with opened() as workspace:
        customers, now = workspace.library.customers, workspace.settings.now()
        if preview and path.suffix.lower() not in (".yaml", ".yml"):
            plan = plan_customers(path, customers.all())
            if as_json:
                print_json(plan.preview())
                return 1 if plan.problems else 0
            show_mapping(plan.preview())
            for problem in plan.problems:
                click.echo(f"failed: {problem.line}")
            click.echo(f"{len(plan.records)} customers could be read. Nothing was imported.")
            return 1 if plan.problems else 0
        read = read_customers(path, now.date(), customers.all())
        if not preview:
            customers.save(read, by=acting_user(), now=now)
    say(as_json, {"customers": [c.id for c in read]}, f"{len(read)} customers{' would be read' if preview else ''}.")
    return 0


@customer.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--locale", "-l", default="zh", show_default=True, help="Of a sheet: the language of its headings.")
@json_option
def export(path: Path, locale: str, as_json: bool) -> int:
    """Write customers to YAML (with permissions) or a sheet (.xlsx, .csv; names and aliases)."""
    from knowledge.folder.registers_text import customers_text
    from knowledge.sheets import write_customers

    with opened() as workspace:
        customers = workspace.library.customers.all()
    if path.suffix.lower() in (".yaml", ".yml"):
        path.write_text(customers_text(customers), encoding="utf-8", newline="\n")
    else:
        write_customers(customers, path, language=locale.split("-")[0])
    say(as_json, {"customers": len(customers), "path": str(path)}, f"{len(customers)} customers are in {path}.")
    return 0
