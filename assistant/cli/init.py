"""`koujing init`."""

from __future__ import annotations

import click

from assistant.cli.output import Shown, json_option, print_json


@click.command()
@click.option("--sample", is_flag=True, help="Fill it with the sample library of a fictional company.")
@json_option
def init(sample: bool, as_json: bool) -> int:
    """Make a workspace in $KOUJING_HOME or ./.koujing. Doing it twice is harmless."""
    from assistant.settings import load_settings
    from assistant.workspace import Workspace
    from knowledge.domain.errors import SetupError
    from knowledge.sample import load

    settings = load_settings()
    with Shown() as progress:
        try:
            workspace, made = Workspace.create(settings, progress)
        except OSError as error:
            raise SetupError(f"{settings.home}: cannot be made ({error.strerror}); set KOUJING_HOME") from None
        with workspace:
            report = None
            if sample:
                report = load(workspace.library, lambda name, n, of: progress.step("sample library", n, of))
            entries = len(workspace.library.entries.latest())
    if as_json:
        print_json({
            "home": str(settings.home), "made": made, "entries": entries,
            "items": [item.to_json() for item in report.items] if report else [],
        })  # fmt: skip
    else:
        click.echo(f"{'Made' if made else 'Found'} the workspace in {settings.home} ({entries} entries).")
        for item in report.items if report else ():
            if item.status == "failed":
                click.echo(f"  failed: {item.source}: {item.message}", err=True)
    return 1 if report and report.failed else 0
