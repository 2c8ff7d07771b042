"""`koujing library import` and `export`: files, sheets and whole libraries, in and out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.library.group import say, show_mapping
from assistant.cli.options import AUDIENCES, acting_user, known_kinds, opened
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from knowledge.importing import ImportItem, ImportOptions, ImportReport
    from knowledge.sheets.importing import SheetOptions

SHOWN = 200
"""Lines of trouble that a terminal gets; all of them are in `--json`."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", "-K", help="Kind of entry for files that do not say it themselves; rows of a sheet become "
              "entries of this kind.")  # fmt: skip
@click.option("--customer", "-c", help="Id of the customer whom the files are about.")
@click.option("--audience", "-A", type=click.Choice(AUDIENCES), help="Who may read it; internal unless said otherwise.")
@click.option("--market", "-m", "markets", multiple=True, help="Only for this market; may be given several times.")
@click.option("--locale", "-l", help="Language of the files; found out when left out.")
@click.option("--state", "-s", type=click.Choice(("draft", "approved")),
              help="draft unless said otherwise; approved is recorded with your name.")  # fmt: skip
@click.option("--trust", is_flag=True, help="Let front matter set state and audience (files you keep yourselves).")
@click.option("--preview", is_flag=True, help="Of a sheet: show what would become of each column and row, and stop.")
@click.option("--sheet", help="Of a workbook: the sheet to read.")
@click.option("--map", "columns", multiple=True, metavar="COLUMN=FIELD",
              help="Of a sheet: what a column is whose heading is not known; COLUMN=- leaves it out.")  # fmt: skip
@click.option("--new-customers", is_flag=True, help="Of a sheet: make unknown customers, without any permission.")
@click.option("--strict", is_flag=True, help="Of a sheet: import nothing when a row cannot be imported.")
@json_option
def import_(paths: tuple[Path, ...], preview: bool, as_json: bool, **given: Any) -> int:
    """Import files and folders: Markdown, text, HTML, DOCX, PPTX, XLSX, CSV, PDF, YAML, JSON.

    With --kind, each row of a sheet (XLSX, CSV) is an entry. A folder that `koujing library export` wrote comes back
    whole; with --trust its approvals, too.
    """
    options = _options(**given)
    with opened(embeds=True) as workspace:
        if options.customer:
            options = replace(options, customer=workspace.library.customer_called(options.customer).id)
        if preview:
            return _preview(workspace, paths, options, as_json)
        report = _import(workspace, paths, options)
    return _tell(report, options, as_json)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--kind", "-K", default="case", show_default=True, help="Of a sheet: which kind of entry.")
@click.option("--locale", "-l", default="zh", show_default=True, help="Of a sheet: the language of its headings.")
@click.option("--history", is_flag=True, help="Of a folder: with every older version.")
@json_option
def export(path: Path, kind: str, locale: str, history: bool, as_json: bool) -> int:
    """Write the library to a folder of Markdown and YAML, or entries of one kind to a sheet (.xlsx, .csv)."""
    from knowledge.folder.exporting import export_folder
    from knowledge.sheets import write_entries
    from knowledge.sheets.importing import SHEETS

    with opened() as workspace:
        library = workspace.library
        if path.suffix.lower() in SHEETS:
            known_kinds([kind])
            entries = [entry for entry in library.entries.latest() if entry.kind == kind]
            write_entries(entries, kind, path, language=locale.split("-")[0], customers=library.customers.all())
            say(as_json, {"entries": len(entries), "path": str(path)}, f"{len(entries)} entries are in {path}.")
            return 0
        report = export_folder(library, path, history=history)
    say(as_json, report.to_json(), f"{report.entries} entries, {report.customers} customers and {report.terms} terms "
        f"are in {path} ({len(report.written)} files written, {len(report.removed)} removed).")  # fmt: skip
    return 0


def _options(
    kind: str | None,
    customer: str | None,
    audience: str | None,
    markets: tuple[str, ...],
    locale: str | None,
    state: str | None,
    trust: bool,
    sheet: str | None,
    columns: tuple[str, ...],
    new_customers: bool,
    strict: bool,
) -> ImportOptions:
    from knowledge.importing import ImportOptions
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
    if kind is None:
        return options
    return replace(options, sheet=_sheet_options(options, kind, sheet, columns, new_customers, strict))


def _sheet_options(
    options: ImportOptions, kind: str, sheet: str | None, columns: tuple[str, ...], new_customers: bool, strict: bool
) -> SheetOptions:
    from knowledge.domain.errors import InputError
    from knowledge.records import State
    from knowledge.sheets.importing import SheetOptions
    from knowledge.sheets.planning import Defaults

    mapping = {}
    for pair in columns:
        column, equals, name = pair.rpartition("=")
        if not equals or not column.strip() or not name.strip():
            raise InputError(f"--map '{pair}': write COLUMN=FIELD, or COLUMN=- to leave it out")
        mapping[column.strip()] = name.strip()
    return SheetOptions(
        kind=kind,
        defaults=Defaults(
            locale=options.locale,
            audience=options.audience,
            markets=options.markets,
            customer=options.customer,
        ),
        sheet=sheet,
        columns=mapping,
        new_customers=new_customers,
        strict=strict,
        state=options.state or State.DRAFT,
    )


def _preview(workspace: Workspace, paths: tuple[Path, ...], options: ImportOptions, as_json: bool) -> int:
    from knowledge.domain.errors import InputError
    from knowledge.sheets.importing import SHEETS, plan_sheet
    from knowledge.version_diff import as_plain

    if options.sheet is None or any(path.suffix.lower() not in SHEETS for path in paths):
        raise InputError("--preview is for sheets: give .xlsx or .csv files and --kind, e.g. --kind case")
    library = workspace.library
    plans = [plan_sheet(library.shelf, library.customers, path, options.sheet) for path in paths]
    if as_json:
        print_json({"previews": [plan.preview() for plan in plans]})
        return 1 if any(plan.problems for plan in plans) else 0
    for plan in plans:
        shown = plan.preview()
        show_mapping(shown)
        for item in plan.changed:
            words = as_plain((change.part for change in item.changes), around=30).replace("\n", "; ")
            click.echo(f"changed: row {item.row}, {item.version.entry_id}: {words}")
        for note in plan.table.notes:
            click.echo(f"note: {note.line}")
        for problem in plan.problems[:SHOWN]:
            click.echo(f"failed: {problem.line}")
        counts = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in shown["counts"].items() if count)
        click.echo(f"{counts or 'no rows'}. Nothing was imported.")
    return 1 if any(plan.problems for plan in plans) else 0


def _import(workspace: Workspace, paths: tuple[Path, ...], options: ImportOptions) -> ImportReport:
    """Folders that were exported come back as such; all else are documents and sheets."""
    from knowledge.folder.importing import import_folder
    from knowledge.folder.manifest import has_manifest
    from knowledge.importing import ImportReport

    libraries = [path for path in paths if path.is_dir() and has_manifest(path)]
    items: list[ImportItem] = []
    for path in libraries:
        report = import_folder(
            workspace.library, path, trust=options.trust_front_matter, by=options.by,
            on_step=lambda done, of: workspace.progress.step("embedding", done, of),
        )  # fmt: skip
        for note in report.notes:
            click.echo(f"note: {note}", err=True)
        if not options.trust_front_matter:
            click.echo("note: --trust takes over states, approvals and permissions as well", err=True)
        items += report.items
    others = [path for path in paths if path not in libraries]
    if others:
        items += workspace.library.importer().run(
            others, options, lambda name, n, of: workspace.progress.step(f"importing {Path(name).name}", n, of)
        ).items  # fmt: skip
    return ImportReport(tuple(items))


def _tell(report: ImportReport, options: ImportOptions, as_json: bool) -> int:
    from knowledge.importing import Status

    if as_json:
        print_json({
            "items": [item.to_json() for item in report.items],
            "counts": {str(status): report.count(status) for status in Status},
            "passages": report.passages,
        })  # fmt: skip
        return 1 if report.failed else 0
    told = [i for i in report.items if i.status in (Status.FAILED, Status.VANISHED) or i.message]
    for item in told[:SHOWN]:
        where = "" if item.message.startswith(Path(item.source.partition(" row ")[0]).name) else f"{item.source}: "
        click.echo(f"{item.status}: {where}{item.message}")
    if len(told) > SHOWN:
        click.echo(f"… and {len(told) - SHOWN} more; --json tells them all.")
    counts = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
    click.echo(f"{counts or 'no files'}; {report.passages} new passages.")
    if report.count(Status.NEW) and options.state != "approved" and not options.trust_front_matter:
        click.echo(
            "They are drafts: `koujing library submit ID` hands them in, `koujing library approve ID` offers them."
        )
    return 1 if report.failed else 0
