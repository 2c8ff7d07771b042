"""`koujing library permission`: who consented to what, where, until when, and what follows for a text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.library.group import say, show_mapping
from assistant.cli.options import AUDIENCES, DAY, acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from knowledge.records import Permission

USES = ("name", "logo", "quote", "figures", "visit")
LEVELS = ("public", "alias", "internal")


@click.group()
def permission() -> None:
    """What customers consented to: name, logo, quote, figures, visit."""


@permission.command("set")
@click.argument("customer_id")
@click.option("--use", "uses", multiple=True, required=True, type=click.Choice(USES), help="For what; several times.")
@click.option("--level", required=True, type=click.Choice(LEVELS), help="In public, by alias only, or inside only.")
@click.option("--market", "-m", "markets", multiple=True, help="Only in this market; several times.")
@click.option("--channel", "channels", multiple=True, help="Only in this channel; several times.")
@click.option("--until", type=DAY, help="Last day (YYYY-MM-DD); without it, until withdrawn.")
@click.option("--by", "consented_by", required=True, help="Who consented for the customer.")
@click.option("--on", "consented_on", type=DAY, help="When they did (YYYY-MM-DD).")
@click.option("--evidence", default="", help="File or link that proves it.")
@json_option
def set_(
    customer_id: str,
    uses: tuple[str, ...],
    level: str,
    markets: tuple[str, ...],
    channels: tuple[str, ...],
    until: date | None,
    consented_by: str,
    consented_on: date | None,
    evidence: str,
    as_json: bool,
) -> int:
    """Put a consent on record, beside those there are. Of several that cover a case, the narrowest holds."""
    from assistant.permitting import Consent, permit
    from knowledge.json_records import permission_json
    from knowledge.records import Level, Use

    consent = Consent(
        tuple(map(Use, uses)), Level(level), consented_by, markets, channels, until, consented_on, evidence
    )
    with opened() as workspace:
        customer = permit(workspace, customer_id, consent, by=acting_user())
    say(as_json, {"customer": customer.id, "permissions": [permission_json(p) for p in customer.permissions]},
        "\n".join(told(p) for p in consent.permissions))  # fmt: skip
    return 0


@permission.command("list")
@click.option("--customer", "-c", "customer_id", help="Only of this customer.")
@click.option("--all", "withdrawn_too", is_flag=True, help="Withdrawn ones, too.")
@json_option
def list_(customer_id: str | None, withdrawn_too: bool, as_json: bool) -> int:
    """Every permission in force."""
    from knowledge.json_records import permission_json

    with opened() as workspace:
        library = workspace.library
        found = [
            (c, p)
            for c in ([library.customer_called(customer_id)] if customer_id else library.customers.all())
            for p in c.permissions
            if withdrawn_too or p.withdrawn_on is None
        ]
    if as_json:
        print_json({"permissions": [{"customer": c.id, **permission_json(p)} for c, p in found]})
        return 0
    for c, p in found:
        click.echo(f"{c.id:20} {next(iter(c.names.values()), ''):24} {told(p)}")
    click.echo(f"{len(found)} permissions.")
    return 0


@permission.command()
@click.argument("customer_id")
@click.option("--audience", "-A", type=click.Choice(AUDIENCES), default="public", show_default=True)
@click.option("--market", "-m", help="Market, e.g. CN or EU.")
@click.option("--channel", help="Channel, e.g. website.")
@json_option
def show(customer_id: str, audience: str, market: str | None, channel: str | None, as_json: bool) -> int:
    """What a text for this circle may do with a customer today, and why."""
    from knowledge.records import Audience, Scope

    with opened() as workspace:
        customer_id = workspace.library.customer_called(customer_id).id
        scope = Scope(audience=Audience(audience), market=market, channel=channel)
        clearance = workspace.library.clearance(customer_id, scope)
    document = clearance.to_json() if clearance else {}
    if as_json:
        print_json(document)
        return 0
    for use in document.get("uses", ()):
        click.echo(f"{use['use']:8} {use['level']:9} {use['reason']['en']}")
    return 0


@permission.command()
@click.argument("customer_id")
@click.option("--use", type=click.Choice(USES), help="Only this use.")
@click.option("--reason", "-r", default="", help="Why, for the record.")
@json_option
def withdraw(customer_id: str, use: str | None, reason: str, as_json: bool) -> int:
    """Take back a customer's permissions; they stay on record and cover nothing from now on."""
    return withdrawn(customer_id, use, reason, as_json)


@permission.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--preview", is_flag=True, help="Show what would become of each row, and stop.")
@json_option
def import_(path: Path, preview: bool, as_json: bool) -> int:
    """Read permissions from a sheet (客户, 用途, 级别, 市场, 渠道, 有效期至, 同意人 …; or English headings)."""
    from knowledge.sheets import plan_permissions, to_permit

    with opened() as workspace:
        customers, now = workspace.library.customers, workspace.settings.now()
        plan = plan_permissions(path, customers.all(), now.date())
        given = {} if plan.blocked else to_permit(plan)
        if not preview:
            customers.permit(given, by=acting_user(), now=now)
    if as_json:
        print_json({**plan.preview(), "permitted": {c: len(p) for c, p in given.items()}})
    else:
        if preview:
            show_mapping(plan.preview())
            for customer_id, permissions in given.items():
                click.echo(f"{customer_id}: {'; '.join(map(told, permissions))}")
        for problem in plan.problems:
            click.echo(f"failed: {problem.line}")
        count = sum(map(len, given.values()))
        click.echo(f"{count} permissions of {len(given)} customers are new."
                   f"{' Nothing was imported.' if preview else ''}")  # fmt: skip
    return 1 if plan.problems else 0


@permission.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--locale", "-l", default="zh", show_default=True, help="The language of the headings.")
@json_option
def export(path: Path, locale: str, as_json: bool) -> int:
    """Write every permission, withdrawn ones, too, to a sheet (.xlsx, .csv)."""
    from knowledge.sheets import write_permissions

    with opened() as workspace:
        customers = workspace.library.customers.all()
    write_permissions(customers, path, language=locale.split("-")[0])
    count = sum(len(c.permissions) for c in customers)
    say(as_json, {"permissions": count, "path": str(path)}, f"{count} permissions are in {path}.")
    return 0


def withdrawn(customer_id: str, use: str | None, reason: str, as_json: bool) -> int:
    """Withdraw, and tell how many drafts that reaches."""
    from assistant.permitting import take_back
    from knowledge.records import Use

    with opened() as workspace:
        done = take_back(workspace, customer_id, Use(use) if use else None, by=acting_user(), reason=reason)
    words = f"{done.withdrawn} permissions withdrawn."
    if done.stale:
        words += f" {done.stale} drafts are stale: koujing library impact {done.customer}"
    say(as_json, done.to_json(), words)
    return 0


def told(p: Permission) -> str:
    """A permission on one line."""
    where = " in ".join(filter(None, ("/".join(p.channels), "/".join(p.markets))))
    parts = [f"{p.use} {p.level}", where and f"({where})", p.until and f"until {p.until}"]
    if p.withdrawn_on:
        parts.append(f"withdrawn {p.withdrawn_on}{f': {p.reason}' if p.reason else ''}")
    return " ".join(str(part) for part in parts if part)
