"""`koujing library`: what the company has agreed to say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assistant.cli.options import AUDIENCES, STATES, VERSION, acting_user, known_kinds, opened
from assistant.cli.output import json_option, print_json


@click.group()
def library() -> None:
    """Import, list, show, approve; customers and glossary."""


@library.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", help="Kind of entry for files that do not say it themselves.")
@click.option("--customer", "-c", help="Id of the customer whom the files are about.")
@click.option("--audience", "-A", type=click.Choice(AUDIENCES), help="Who may read it; internal unless said otherwise.")
@click.option("--market", "-m", "markets", multiple=True, help="Only for this market; may be given several times.")
@click.option("--locale", "-l", help="Language of the files; found out when left out.")
@click.option("--state", "-s", type=click.Choice(("draft", "approved")),
              help="draft unless said otherwise; approved is recorded with your name.")  # fmt: skip
@click.option("--trust", is_flag=True, help="Let front matter set state and audience (files you keep yourselves).")
@json_option
def import_(
    paths: tuple[Path, ...],
    kind: str | None,
    customer: str | None,
    audience: str | None,
    markets: tuple[str, ...],
    locale: str | None,
    state: str | None,
    trust: bool,
    as_json: bool,
) -> int:
    """Import files and folders: Markdown, text, HTML, DOCX, PPTX, XLSX, CSV, PDF, YAML, JSON."""
    from knowledge.importing import ImportOptions, Status
    from knowledge.records import Audience, State

    known_kinds([kind] if kind else [])
    options = ImportOptions(
        kind=kind,
        customer=customer,
        audience=Audience(audience) if audience else None,
        markets=markets,
        locale=locale,
        state=State(state) if state else None,
        by=acting_user(),
        trust_front_matter=trust,
    )
    with opened(embeds=True) as workspace:
        if customer:
            workspace.library.customers.get(customer)
        report = workspace.library.importer().run(
            paths, options, lambda name, n, of: workspace.progress.step(f"importing {Path(name).name}", n, of)
        )
    if as_json:
        print_json({
            "items": [item.to_json() for item in report.items],
            "counts": {str(status): report.count(status) for status in Status},
            "passages": report.passages,
        })  # fmt: skip
    else:
        for item in report.items:
            if item.status in (Status.FAILED, Status.VANISHED) or item.message:
                click.echo(f"{item.status}: {item.source}: {item.message}")
        counts = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
        click.echo(f"{counts or 'no files'}; {report.passages} new passages.")
        if report.count(Status.NEW) and state != "approved" and not trust:
            click.echo("They are drafts: `koujing library approve ID` offers them to drafting.")
    return 1 if report.failed else 0


@library.command("list")
@click.option("--kind", help="Only this kind.")
@click.option("--locale", "-l", help="Only this language.")
@click.option("--state", "-s", type=click.Choice(STATES), help="Only this state.")
@json_option
def list_(kind: str | None, locale: str | None, state: str | None, as_json: bool) -> int:
    """The newest version of every entry."""
    known_kinds([kind] if kind else [])
    with opened() as workspace:
        today = workspace.settings.now().date()
        entries = [
            entry
            for entry in workspace.library.entries.latest()
            if (not kind or entry.kind == kind)
            and (not locale or entry.locale.split("-")[0] == locale.split("-")[0])
            and (not state or entry.state == state)
        ]
    if as_json:
        print_json({"entries": [_listed(entry) for entry in entries]})
        return 0
    for entry in entries:
        marks = [m for m, on in (("expired", entry.expired(today)), ("review overdue", entry.overdue(today))) if on]
        note = f"  [{', '.join(marks)}]" if marks else ""
        click.echo(f"{entry.entry_id:32} {entry.kind:12} {entry.locale:6} {entry.state:9} {entry.title}{note}")
    click.echo(f"{len(entries)} entries.")
    return 0


@library.command()
@click.argument("entry_id")
@click.option("--version", "-v", type=VERSION, help="An older version.")
@json_option
def show(entry_id: str, version: int | None, as_json: bool) -> int:
    """One entry with its text, source and life."""
    with opened() as workspace:
        entry = workspace.library.entries.get(entry_id, version)
    if as_json:
        print_json({"entry": {**_listed(entry), "text": entry.text, "fields": dict(entry.fields),
                              "source": entry.source, "customer": entry.customer, "owner": entry.owner,
                              "approved_by": entry.approved_by}})  # fmt: skip
        return 0
    click.echo(f"{entry.title}\n{entry.entry_id} v{entry.version} · {entry.kind} · {entry.locale} · {entry.state}")
    click.echo(f"for {entry.audience} · markets {', '.join(entry.markets) or 'all'} · source {entry.source}")
    click.echo(f"approved by {entry.approved_by or '–'} · review due {entry.review_due or '–'} · "
               f"valid until {entry.valid_until or '–'}\n")  # fmt: skip
    click.echo(entry.text)
    return 0


@library.command()
@click.argument("entry_ids", nargs=-1, required=True)
@json_option
def approve(entry_ids: tuple[str, ...], as_json: bool) -> int:
    """Approve the newest version of entries; recorded with your name."""
    from knowledge.domain.errors import InputError

    approved, failed = [], list[InputError]()
    with opened() as workspace:
        for entry_id in entry_ids:
            try:
                approved.append(workspace.library.entries.approve(entry_id, acting_user(), workspace.settings.now()))
            except InputError as error:
                failed.append(error)
    if failed and not approved:
        raise failed[0]
    if as_json:
        print_json({"entries": [_listed(entry) for entry in approved], "failed": [e.message for e in failed]})
    else:
        for entry in approved:
            click.echo(f"{entry.entry_id} v{entry.version} is approved; review due {entry.review_due}.")
        for refused in failed:
            click.echo(f"failed: {refused.message}", err=True)
    return 1 if failed else 0


@library.command()
@json_option
def reindex(as_json: bool) -> int:
    """Make the indexes again from the database."""
    from knowledge.index.sync import rebuild

    with opened(embeds=True) as workspace:
        count = rebuild(
            workspace.library.indexes, lambda done, of: workspace.progress.step("making the indexes", done, of)
        )
    if as_json:
        print_json({"passages": count})
    else:
        click.echo(f"{count} passages indexed.")
    return 0


@library.group()
def customer() -> None:
    """Customers and what may be said about them."""


@customer.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def import_customers(path: Path, as_json: bool) -> int:
    """Read customers, aliases and permissions from a YAML file; existing ones are replaced."""
    from knowledge.registers import read_customers

    with opened() as workspace:
        customers = read_customers(path, workspace.settings.now().date())
        workspace.library.customers.save(customers)
    _say(as_json, {"customers": [c.id for c in customers]}, f"{len(customers)} customers.")
    return 0


@customer.command("list")
@json_option
def list_customers(as_json: bool) -> int:
    """Every customer with its alias and permissions."""
    with opened() as workspace:
        customers = workspace.library.customers.all()
    if as_json:
        print_json({"customers": [_customer(c) for c in customers]})
        return 0
    for c in customers:
        allowed = ", ".join(f"{p.use} {p.level}{f' until {p.until}' if p.until else ''}" for p in c.permissions)
        click.echo(f"{c.id:16} {next(iter(c.names.values()), '')} → {next(iter(c.aliases.values()), '–')}")
        click.echo(f"{'':16} {allowed or 'no permission'}")
    return 0


@customer.command()
@click.argument("customer_id")
@click.option("--use", type=click.Choice(("name", "logo", "quote", "figures", "visit")), help="Only this use.")
@json_option
def withdraw(customer_id: str, use: str | None, as_json: bool) -> int:
    """Take back a customer's permissions."""
    from knowledge.records import Use

    with opened() as workspace:
        count = workspace.library.customers.withdraw(customer_id, Use(use) if use else None)
    _say(as_json, {"customer": customer_id, "withdrawn": count}, f"{count} permissions withdrawn.")
    return 0


@library.group()
def glossary() -> None:
    """Terms, their translations, and what must not be written."""


@glossary.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def import_glossary(path: Path, as_json: bool) -> int:
    """Read terms from a CSV file (term, locale, translation_en, …)."""
    from knowledge.registers import read_glossary

    with opened() as workspace:
        count = workspace.library.glossary.save(read_glossary(path))
    _say(as_json, {"terms": count}, f"{count} terms.")
    return 0


@glossary.command("list")
@json_option
def list_terms(as_json: bool) -> int:
    """Every term."""
    with opened() as workspace:
        terms = workspace.library.glossary.all()
    if as_json:
        print_json({"terms": [
            {"term": t.term, "locale": t.locale, "translations": dict(t.translations),
             "do_not_translate": t.do_not_translate, "forbidden": list(t.forbidden), "note": t.note}
            for t in terms
        ]})  # fmt: skip
        return 0
    for t in terms:
        click.echo(f"{t.term}  →  {', '.join(f'{locale}: {form}' for locale, form in t.translations.items())}")
    return 0


def _say(as_json: bool, document: dict[str, Any], words: str) -> None:
    if as_json:
        print_json(document)
    else:
        click.echo(words)


def _listed(entry: Any) -> dict[str, Any]:
    return {
        "id": entry.entry_id,
        "kind": entry.kind,
        "title": entry.title,
        "locale": entry.locale,
        "state": str(entry.state),
        "audience": str(entry.audience),
        "version": entry.version,
        "review_due": entry.review_due.isoformat() if entry.review_due else None,
        "valid_until": entry.valid_until.isoformat() if entry.valid_until else None,
    }


def _customer(c: Any) -> dict[str, Any]:
    return {
        "id": c.id,
        "names": dict(c.names),
        "other_names": list(c.other_names),
        "aliases": dict(c.aliases),
        "segment": c.segment,
        "permissions": [
            {"use": str(p.use), "level": str(p.level), "markets": list(p.markets), "channels": list(p.channels),
             "until": p.until.isoformat() if p.until else None, "consented_by": p.consented_by}
            for p in c.permissions
        ],
    }  # fmt: skip
