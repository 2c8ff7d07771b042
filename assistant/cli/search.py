"""`koujing search`."""

from __future__ import annotations

import click

from assistant.cli.options import STATES, circle_options, known_kinds, opened
from assistant.cli.output import json_option, print_json


@click.command()
@click.argument("query")
@circle_options
@click.option("--kind", "kinds", multiple=True, help="Only this kind of entry; may be given several times.")
@click.option(
    "--state", "-s", "states", multiple=True, type=click.Choice(STATES), help="approved unless said otherwise."
)
@click.option("-k", "count", type=click.IntRange(1, 50), default=8, show_default=True, help="How many passages.")
@json_option
def search(
    query: str,
    locale: str | None,
    market: str | None,
    audience: str,
    kinds: tuple[str, ...],
    states: tuple[str, ...],
    count: int,
    as_json: bool,
) -> int:
    """Find passages that may be used in a text for this audience, market and locale."""
    from knowledge.domain.errors import InputError
    from knowledge.domain.locale import parse_locale
    from knowledge.records import Audience, Scope, State

    if not query.strip():
        raise InputError("the query is empty; say what to look for")
    known_kinds(kinds)
    scope = Scope(
        audience=Audience(audience),
        market=market,
        locale=parse_locale(locale).tag if locale else None,
        kinds=kinds,
        states=tuple(State(state) for state in states) or (State.APPROVED,),
    )
    with opened(embeds=True) as workspace:
        hits = workspace.search(query, scope, count)
        waiting = 0 if hits else workspace.library.has_states(State.DRAFT, State.IN_REVIEW)
    if as_json:
        print_json({"hits": [hit.to_json() for hit in hits]})
        return 0
    for number, hit in enumerate(hits, start=1):
        p = hit.passage
        click.echo(f"{number}. {p.entry.title}  ({p.entry.source} › {p.locator})  {hit.score:.2f}")
        click.echo(f"   {' '.join(p.text.split())[:300]}\n")
    if not hits:
        more = f" {waiting} entries are not approved yet: --state draft shows them." if waiting else ""
        click.echo(f"Nothing that {audience} readers may see.{more}")
    return 0
