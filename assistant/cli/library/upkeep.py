"""`koujing library lint`, `impact`, `reindex`, `blurb`: what keeps a library in order."""

from __future__ import annotations

import click

from assistant.cli.options import acting_user, known_kinds, opened
from assistant.cli.output import json_option, print_json
from knowledge.domain.finding import Severity

PLACES = 6
"""Places of a finding that a terminal shows."""


@click.command()
@click.argument("entry_ids", nargs=-1)
@click.option("--rule", "rules", multiple=True, help="Only this rule; several times.")
@click.option("--kind", "-K", "kinds", multiple=True, help="Only what touches entries of this kind.")
@click.option("--locale", "-l", default="en", show_default=True, help="Language of the messages: en or zh.")
@json_option
def lint(entry_ids: tuple[str, ...], rules: tuple[str, ...], kinds: tuple[str, ...], locale: str, as_json: bool) -> int:
    """What is wrong inside the library: contradictions, mixed-up figures, expired facts, missing proofs and locales."""
    from assistant.lint.library import lint_library

    known_kinds(kinds)
    with opened() as workspace:
        library = workspace.library
        found = lint_library(
            library.entries.every(),
            library.customers.all(),
            library.glossary.all(),
            workspace.settings.now().date(),
            rules=rules,
            kinds=kinds,
            entry_ids=entry_ids,
        )
    language = locale.split("-", 1)[0]
    counts = {str(severity): sum(f.severity is severity for f in found) for severity in Severity}
    if as_json:
        print_json({"findings": [finding.to_json(language) for finding in found], "counts": counts})
        return 1 if counts["error"] else 0
    for finding in found:
        click.echo(f"{finding.severity}  {finding.rule}: {finding.message.of(language)}")
        for place in finding.places[:PLACES]:
            click.echo(
                f"    {place.entry_id} v{place.version}{f' {place.field}' if place.field else ''}: {place.words}"
            )
        if len(finding.places) > PLACES:
            click.echo(f"    … and {len(finding.places) - PLACES} more places (--json has all)")
        click.echo(f"    → {finding.remedy.of(language)}")
    click.echo(", ".join(f"{count} {severity}s" for severity, count in counts.items()) + ".")
    return 1 if counts["error"] else 0


@click.command()
@click.argument("case_id")
@click.option("--length", "lengths", multiple=True, type=click.Choice(("short", "long")),
              help="About 100 or about 500 characters; both when left out.")  # fmt: skip
@json_option
def blurb(case_id: str, lengths: tuple[str, ...], as_json: bool) -> int:
    """Write the 100- and 500-character blurbs of a case; they are kept with it as a draft version."""
    from assistant.blurbs import write_blurbs
    from assistant.cli.draft import say_where

    with opened(embeds=True) as workspace:
        say_where(workspace)
        written = write_blurbs(workspace, case_id, lengths or ("short", "long"), acting_user())
    version = written.entry_version
    if as_json:
        print_json({
            "draft": written.draft.id, "id": case_id, "version": version.version if version else None,
            "kept": {name: version.fields[name] for name in written.kept} if version else {},
            "refused": dict(written.refused),
        })  # fmt: skip
        return 1 if written.refused else 0
    for name in written.kept:
        click.echo(f"{name}: {version.fields[name] if version else ''}\n")
    for name, reason in written.refused.items():
        click.echo(f"{name} was not kept: {reason}")
    if version is not None:
        click.echo(f"They are in {case_id} v{version.version}, a draft; `koujing library diff {case_id}` shows them.")
    return 1 if written.refused else 0


@click.command()
@click.argument("subject")
@json_option
def impact(subject: str, as_json: bool) -> int:
    """Which drafts and files rest on an entry or a customer (id), and which of them are stale."""
    from knowledge.domain.errors import NotFound

    with opened() as workspace:
        try:
            found = workspace.recall.of_entry(subject)
        except NotFound:
            try:
                customer = workspace.library.customer_called(subject)
            except NotFound:
                raise NotFound(
                    f"'{subject}' is neither an entry nor a customer; see `koujing library list` and "
                    "`koujing library customer list`"
                ) from None
            found = workspace.recall.of_customer(customer.id)
    stale = sum(bool(draft.stale) for draft in found)
    if as_json:
        print_json({
            "subject": subject,
            "counts": {"drafts": len(found), "stale": stale, "exports": sum(len(d.exports) for d in found)},
            "drafts": [draft.to_json() for draft in found],
        })  # fmt: skip
        return 0
    for draft in found:
        mark = "stale" if draft.stale else "holds" if draft.uses_now else "no longer uses it"
        click.echo(f"{draft.draft_id}  v{draft.version}  {draft.locale:6} {mark:17} {draft.title}")
        for reason in draft.stale:
            click.echo(f"    {reason.words.of('en')}")
        for export in draft.exports:
            click.echo(
                f"    {export.name} left on {export.at:%Y-%m-%d} as {export.format} (version {export.draft_version})"
            )
    click.echo(f"{len(found)} drafts rest on it, {stale} of them are stale.")
    return 0


@click.command()
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
