"""`koujing memory`: the translation memory: taken in, given out, listed, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assistant.cli.library.group import say
from assistant.cli.options import acting_user, opened, writable
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.localization.memory.inventory import MemoryInventory
    from assistant.workspace import Workspace
    from knowledge.domain.locale import Locale

Command = TypeVar("Command", bound=Callable[..., Any])


def _pair(required: bool) -> Callable[[Command], Command]:
    def options(command: Command) -> Command:
        for option in (
            click.option("--to", "-t", "target", required=required, help="The target locale, e.g. en."),
            click.option("--from", "-f", "source", required=required, help="The source locale, e.g. zh-CN."),
        ):
            command = option(command)
        return command

    return options


@click.group()
def memory() -> None:
    """What was translated before, and is used again: taken in, given out, listed, forgotten."""


@memory.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_pair(required=True)
@json_option
def import_(path: Path, source: str, target: str, as_json: bool) -> int:
    """Take in a TMX file: all of it, or nothing when it is broken. What people here wrote stays."""
    from assistant.localization.memory.exchange import take_in
    from assistant.localization.memory.store import MemoryStore

    with opened() as workspace:
        count = take_in(MemoryStore(workspace.library), path, *_locales(source, target))
    say(as_json, {"path": str(path), "translations": count}, f"{count} translations from {path.name}.")
    return 0


@memory.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@_pair(required=True)
@json_option
def export(path: Path, source: str, target: str, as_json: bool) -> int:
    """Write a locale pair to a TMX file."""
    from assistant.localization.jobs.output import write_whole
    from assistant.localization.memory.exchange import give_out

    writable(path, (".tmx",))
    with _inventory() as (_, inventory):
        data, count = give_out(inventory, *_locales(source, target))
    write_whole(path, data)
    say(as_json, {"path": str(path), "translations": count}, f"{count} translations are in {path}.")
    return 0


@memory.command("list")
@_pair(required=False)
@click.option("--containing", "-c", default="", help="Only sources that hold this text.")
@click.option("--number", "-n", default=20, show_default=True, type=click.IntRange(1), help="How many at most.")
@json_option
def list_(source: str | None, target: str | None, containing: str, number: int, as_json: bool) -> int:
    """The locale pairs that have translations; with --from and --to, the translations of one."""
    from assistant.localization.memory.facts import SourceFacts
    from knowledge.domain.errors import InputError

    if (source is None) != (target is None) or (containing and not source):
        raise InputError("give both --from and --to to see the translations of a pair")
    with _inventory() as (workspace, inventory):
        if source is None or target is None:
            return _pairs(inventory, as_json)
        found = list(islice(inventory.of(*_locales(source, target), containing), number))
        changed = SourceFacts(workspace.library).stale(used for kept in found for used in kept.facts)
    held = [
        "; ".join(filter(None, (kept.stale, *(changed[used].of("en") for used in kept.facts if used in changed))))
        for kept in found
    ]
    if as_json:
        both = zip(found, held, strict=True)
        print_json({"translations": [{**kept.to_json(), "held_back": why} for kept, why in both]})
        return 0
    for kept, why in zip(found, held, strict=True):
        click.echo(f"{kept.source}\n  → {kept.target}\n    {kept.origin}, {kept.by}, {kept.updated_at:%Y-%m-%d}")
        if why:
            click.echo(f"    held back: {why}")
    click.echo(f"{len(found)} translations.")
    return 0


@memory.command()
@click.argument("text", required=False, default="")
@_pair(required=True)
@click.option("--by", default="", help="What this person, file or model said.")
@json_option
def forget(text: str, source: str, target: str, by: str, as_json: bool) -> int:
    """Take out what is kept for a source TEXT, or all that somebody said (--by)."""
    from knowledge.domain.errors import NotFound

    with _inventory() as (workspace, inventory):
        now = workspace.settings.now()
        count = inventory.forget(*_locales(source, target), text=text, by=by, now=now, who=acting_user())
    if not count:
        raise NotFound(f"nothing of that is in the memory from {source} to {target}; `koujing memory list` shows it")
    say(as_json, {"forgotten": count}, f"{count} translations are forgotten.")
    return 0


def _pairs(inventory: MemoryInventory, as_json: bool) -> int:
    pairs = inventory.pairs()
    if as_json:
        print_json({"pairs": [pair._asdict() for pair in pairs]})
        return 0
    for pair in pairs:
        click.echo(f"{pair.source:8} → {pair.target:8} {pair.translations:8}  by people: {pair.by_people}")
    click.echo(f"{len(pairs)} locale pairs.")
    return 0


@contextmanager
def _inventory() -> Iterator[tuple[Workspace, MemoryInventory]]:
    from assistant.localization.memory.inventory import MemoryInventory

    with opened() as workspace:
        yield workspace, MemoryInventory(workspace.database, workspace.name)


def _locales(source: str, target: str) -> tuple[Locale, Locale]:
    """Both as locales. Raises `InputError` when they are the same."""
    from knowledge.domain.errors import InputError
    from knowledge.domain.locale import parse_locale

    pair = parse_locale(source), parse_locale(target)
    if pair[0] == pair[1]:
        raise InputError(f"--from and --to are both {pair[0]}")
    return pair
