"""`koujing eval labels`: what people found, by which a judge is measured."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.output import json_option, print_json
from evals.cli.group import runs_here


@click.group()
def labels() -> None:
    """People's verdicts, by which every judge is measured: a page to give them, a file to bring them in."""


@labels.command("page")
@click.argument("run", default="latest")
@click.option("--pairs", is_flag=True, help="Blind pairs of the run's variants, instead of single drafts.")
@click.option("--locale", "-l", type=click.Choice(("en", "zh")), default="en", show_default=True, help="Its language.")
def page(run: str, pairs: bool, locale: str) -> int:
    """Write the page on which people label the drafts of RUN, and say where it is."""
    from evals.report.keeping import keep_label_page, keep_pairs_page

    runs = runs_here()
    keep = keep_pairs_page if pairs else keep_label_page
    click.echo(str(keep(runs, runs.get(run), locale)))
    return 0


@labels.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def import_(file: Path, as_json: bool) -> int:
    """Take the labels of FILE (saved by the page) into the workspace. What somebody labelled before stays as it is."""
    from assistant.settings import load_settings
    from evals.judging.choices import are_choices, import_choices
    from evals.judging.labels import import_labels

    home = load_settings().home
    chosen = are_choices(file)
    count = import_choices(file, home) if chosen else import_labels(file, home)
    if as_json:
        print_json({"added": count, "what": "choices" if chosen else "labels"})
    else:
        click.echo(f"{count} {'choice' if chosen else 'label'}{'' if count == 1 else 's'} added.")
    return 0


@labels.command("list")
@json_option
def list_(as_json: bool) -> int:
    """How many labels there are, by language and criterion; ours and the workspace's."""
    from collections import Counter

    from assistant.settings import load_settings
    from evals.judging.labels import labels as all_labels

    found = Counter((label.language, label.criterion, label.by) for label in all_labels(load_settings().home))
    rows = [
        {"language": language, "criterion": name, "by": by, "labels": n}
        for (language, name, by), n in sorted(found.items())
    ]
    if as_json:
        print_json({"labels": rows})
    for row in [] if as_json else rows:
        click.echo(f"{row['language']}  {row['criterion']:32} {row['by']:12} {row['labels']}")
    return 0
