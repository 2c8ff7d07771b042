"""`koujing library list`, `show`, `due`: what there is, and what needs somebody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import AUDIENCES, DAY, STATES, VERSION, known_kinds, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from knowledge.records import EntryVersion


@click.command("list")
@click.option("--kind", "-K", help="Only this kind.")
@click.option("--locale", "-l", help="Only this language.")
@click.option("--state", "-s", type=click.Choice(STATES), help="Only this state.")
@click.option("--audience", "-A", type=click.Choice(AUDIENCES), help="Only for this audience.")
@click.option("--market", "-m", help="Only what may be used in this market.")
@click.option("--customer", "-c", help="Only about this customer.")
@click.option("--owner", help="Only of this owner.")
@click.option("--on", "day", type=DAY, help="What the agreed line was on this day (YYYY-MM-DD).")
@json_option
def list_(day: date | None, as_json: bool, **wanted: str | None) -> int:
    """The newest version of every entry, or (--on) the line of a day."""
    from knowledge.records import State
    from knowledge.store.entry_list import EntryList, WantedEntries, fits

    known_kinds([wanted["kind"]] if wanted["kind"] else [])
    state = wanted.pop("state")
    narrowed = WantedEntries(state=State(state) if state else None, **wanted)
    with opened() as workspace:
        today = day or workspace.settings.now().date()
        entries = workspace.library.entries
        line = {e.entry_id: e.version for e in entries.line()}
        if day:
            found = [e for e in entries.on_day(day) if fits(e, narrowed, today)]
        else:
            found = EntryList(workspace.database, workspace.name).page(narrowed, today)
    if as_json:
        print_json({"entries": [_on(entry, today, day) for entry in found]})
        return 0
    for entry in found:
        marks = ["review overdue"] if entry.overdue(today) and entry.state_on(today) == "approved" else []
        if line.get(entry.entry_id, entry.version) != entry.version and not day:
            marks.append(f"version {line[entry.entry_id]} is the line")
        note = f"  [{', '.join(marks)}]" if marks else ""
        state = "approved" if day else entry.state_on(today)
        click.echo(
            f"{entry.entry_id:32} {entry.kind:12} {entry.locale:6} {state:9} {entry.audience:8} {entry.title}{note}"
        )
    click.echo(f"{len(found)} entries.")
    return 0


@click.command()
@click.argument("entry_id")
@click.option("--version", "-v", type=VERSION, help="An older version.")
@click.option("--history", is_flag=True, help="Every version and step: who, when, why.")
@json_option
def show(entry_id: str, version: int | None, history: bool, as_json: bool) -> int:
    """One entry with its text, source and life."""
    from knowledge.json_records import entry_whole, versions_listed

    with opened() as workspace:
        today = workspace.settings.now().date()
        entry = workspace.library.entries.get(entry_id, version)
        versions = workspace.library.entries.versions(entry_id)
        events = workspace.library.entries.events("entry", entry_id) if history or as_json else []
    if as_json:
        print_json({
            "entry": entry_whole(entry, today),
            "versions": versions_listed(versions, today),
            "history": [event.to_json() for event in events],
        })  # fmt: skip
        return 0
    click.echo(f"{entry.title}\n{entry.entry_id} v{entry.version} · {entry.kind} · {entry.locale} · "
               f"{entry.state_on(today).replace('_', ' ')}")  # fmt: skip
    click.echo(f"for {entry.audience} · markets {', '.join(entry.markets) or 'all'} · "
               f"customer {entry.customer or '–'} · source {entry.source or '–'}")  # fmt: skip
    click.echo(f"approved by {entry.approved_by or '–'} · review due {entry.review_due or '–'} · "
               f"valid until {entry.valid_until or '–'}")  # fmt: skip
    newest = versions[-1]
    if newest.version != entry.version:
        click.echo(f"version {newest.version} is {newest.state.replace('_', ' ')}: koujing library diff {entry_id}")
    for event in events if history else ():
        click.echo(f"  {event.at:%Y-%m-%d %H:%M}  v{event.version or '–'}  {event.act.replace('_', ' ')} by {event.by}"
                   f"{f': {event.reason}' if event.reason else ''}")  # fmt: skip
    click.echo(f"\n{entry.body or entry.text}")
    return 0


@click.command()
@click.option("--within", "-w", type=click.IntRange(0, 3650), default=30, show_default=True, help="Days ahead.")
@json_option
def due(within: int, as_json: bool) -> int:
    """What is due: reviews, entries and permissions that run out; the most urgent first."""
    from knowledge.due import due_list

    with opened() as workspace:
        library, today = workspace.library, workspace.settings.now().date()
        found = due_list(library.entries.line(), library.customers.all(), today, today + timedelta(days=within))
    if as_json:
        print_json({"due": [item.to_json() for item in found]})
        return 0
    for item in found:
        click.echo(
            f"{item.day}  {item.words(today):24} {item.subject_id:32} {item.title}  ({item.owner or 'no owner'})"
        )
    click.echo(f"{len(found)} due by {today + timedelta(days=within)}.")
    return 0


def _on(entry: EntryVersion, today: date, day: date | None) -> dict[str, Any]:
    """On a day of the past a version that was the line was approved, whatever became of it."""
    from knowledge.json_records import entry_listed

    return {**entry_listed(entry, today), "state": "approved"} if day else entry_listed(entry, today)
