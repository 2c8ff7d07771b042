"""`koujing check`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.options import circle_options, opened, writable
from assistant.cli.output import json_option


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", "sources", multiple=True, type=click.Path(path_type=Path),
              help="Check against this file only (repeatable); otherwise against the library.")  # fmt: skip
@circle_options
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write a report page (.html).")
@json_option
def check(
    file: Path,
    sources: tuple[Path, ...],
    locale: str | None,
    market: str | None,
    audience: str,
    output: Path | None,
    as_json: bool,
) -> int:
    """Check the figures, dates, qualifiers and customers' names of a text."""
    import json

    from assistant.workspace import read_sources
    from knowledge.domain.errors import InputError
    from knowledge.reading import read
    from knowledge.records import Audience

    writable(output, (".html", ".htm"))
    text = "\n".join(block.text for block in read(file).blocks)
    evidence = read_sources(sources) if sources else None
    with opened(embeds=evidence is None) as workspace:
        report = workspace.check(text, evidence, locale=locale, market=market, audience=Audience(audience))
    if output is not None:
        from assistant.export import check_report_html

        page = check_report_html(file.name, report.text, report.claims, report.findings, report.evidence, report.locale)
        try:
            output.write_text(page, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{output}: cannot be written ({error.strerror}); choose another place") from None
        click.echo(f"The report is in {output}.", err=True)
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    elif output is None:
        supported = sum(claim.verdict == "supported" for claim in report.claims)
        click.echo(f"{len(report.claims)} figures and dates, {supported} supported, {len(report.findings)} findings.")
        for finding in report.findings:
            where = f" “{finding.span.of(report.text)}”" if finding.span else ""
            click.echo(f"{finding.severity}: {finding.check}{where}: {finding.message}")
    return 1 if report.has_errors else 0
