"""The group of the library's commands, and what they share."""

from __future__ import annotations

from typing import Any

import click

from assistant.cli.output import print_json


@click.group()
def library() -> None:
    """Import, review, approve and recall what the company says; customers, permissions, glossary."""


def say(as_json: bool, document: dict[str, Any], words: str) -> None:
    """The document, or one line of words."""
    if as_json:
        print_json(document)
    else:
        click.echo(words)


def pairs(option: str, given: tuple[str, ...]) -> dict[str, str]:
    """`LOCALE=TEXT` pairs. Raises `InputError` for one without `=` or with an unknown locale."""
    from knowledge.domain.errors import InputError
    from knowledge.domain.locale import parse_locale

    found = {}
    for pair in given:
        locale, equals, text = pair.partition("=")
        if not equals or not text.strip():
            raise InputError(f"{option} '{pair}': write LOCALE=TEXT, e.g. en=Shente Group")
        found[parse_locale(locale).tag] = text.strip()
    return found


def show_mapping(preview: dict[str, Any]) -> None:
    """Which column of a sheet goes where, with an example."""
    where = f"{preview['file']} {preview['sheet']}".strip()
    click.echo(f"{where}: headings in row {preview['heading_row']}")
    for column in preview["mapping"]:
        near = f" (near: {column['nearest']})" if column.get("nearest") else ""
        goes = column["field"] or f"not taken over{near}"
        click.echo(f"  {column['column']:20} → {goes:24} {column['example']}")
