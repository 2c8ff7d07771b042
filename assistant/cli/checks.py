"""`koujing checks`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import acting_user, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.checks.policy import Ruling

SEVERITIES = ("error", "warning", "info", "off")

reason_option = click.option("--reason", required=True, help="Why; kept for those who read it later.")
by_option = click.option("--by", help="Who decides; your login name unless said otherwise.")


@click.group()
def checks() -> None:
    """Every check; its severity in this workspace, or off, with a reason."""


@checks.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every check: id, severity, title, and what this workspace ruled."""
    from assistant.checks.catalogue import described
    from assistant.checks.registry import BY_ID

    with opened() as workspace:
        policy = workspace.policy()
    rows = [described(check, policy) for check in BY_ID.values()]
    if as_json:
        print_json({"checks": rows})
        return 0
    wide = max(len(row["id"]) for row in rows)
    for row in rows:
        ruled = f"  ({row['ruling']['severity']} here: {row['ruling']['reason']})" if row["ruling"] else ""
        click.echo(f"{row['id']:{wide}}  {row['severity']:7}  {row['title']['zh']} / {row['title']['en']}{ruled}")
    click.echo(f"{len(rows)} checks, {len(policy.rulings)} ruled on in this workspace.")
    return 0


@checks.command()
@click.argument("check_id", metavar="ID")
@json_option
def show(check_id: str, as_json: bool) -> int:
    """What one check does, its examples, and every ruling on it."""
    from assistant.checks.catalogue import check_named, described_whole
    from assistant.rulings import Rulings

    check = check_named(check_id)
    with opened() as workspace:
        shown = described_whole(check, workspace.policy())
        history = Rulings(workspace.database, workspace.name).history(check_id)
    if as_json:
        print_json({"check": {**shown, "history": [ruling.to_json() for ruling in history]}})
        return 0
    click.echo(f"{shown['id']}: {shown['title']['zh']} / {shown['title']['en']}")
    click.echo(f"severity {shown['severity']}" + ("; looks at drafts only" if shown["drafts_only"] else ""))
    click.echo(f"\n{shown['about']}")
    if shown["parameters"]:
        said = (f"{p['name']}" + ("" if p["required"] else f" (default {p['default']})") for p in shown["parameters"])
        click.echo(f"\nParameters of a template's rule: {', '.join(said)}")
    _show_examples(shown["examples"])
    _show_history(history)
    return 0


def _show_examples(examples: Sequence[dict[str, Any]]) -> None:
    for found, title in ((True, "Finds something in:"), (False, "Finds nothing in:")):
        mine = [example for example in examples if example["found"] is found]
        if mine:
            click.echo(f"\n{title}")
        for example in mine:
            against = f"  (source: {example['evidence']})" if example["evidence"] else ""
            click.echo(f"  {example['text']}{against}")


def _show_history(history: Sequence[Ruling]) -> None:
    click.echo("\nRulings in this workspace:" if history else "\nNo ruling in this workspace.")
    for ruling in history:
        day = f"{ruling.at:%Y-%m-%d %H:%M} UTC" if ruling.at else ""
        click.echo(f"  {day}  {ruling.choice:7}  {ruling.by}: {ruling.reason}")


@checks.command("set")
@click.argument("check_id", metavar="ID")
@click.option("--severity", required=True, type=click.Choice(SEVERITIES), help="What its findings are from now on.")
@reason_option
@by_option
@json_option
def set_(check_id: str, severity: str, reason: str, by: str | None, as_json: bool) -> int:
    """Give a check another severity in this workspace, or switch it off."""
    return _rule(check_id, severity, reason, by, as_json)


@checks.command()
@click.argument("check_id", metavar="ID")
@reason_option
@by_option
@json_option
def reset(check_id: str, reason: str, by: str | None, as_json: bool) -> int:
    """Give a check its own severity back."""
    return _rule(check_id, "default", reason, by, as_json)


def _rule(check_id: str, choice: str, reason: str, by: str | None, as_json: bool) -> int:
    from assistant.checks.catalogue import check_named
    from assistant.rulings import Rulings

    check = check_named(check_id)
    with opened() as workspace:
        rulings = Rulings(workspace.database, workspace.name)
        ruling = rulings.rule(check_id, choice, reason, by or acting_user(), workspace.settings.now())
    if as_json:
        print_json({"ruling": ruling.to_json()})
        return 0
    now = {"off": "is off", "default": f"has its own severity again ({check.severity})"}
    click.echo(f"{check_id} {now.get(choice, f'has severity {choice}')} in this workspace. Reason: {ruling.reason}")
    return 0
