"""`koujing localize`: files in one language to files in others, with nothing lost and no number changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import acting_user, opened
from assistant.cli.output import json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.localization.jobs.records import JobOptions, SourceFile
    from assistant.settings import Settings

OUT = Path("localized")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--to", "targets", multiple=True, metavar="LOCALE[,LOCALE]", help="Into these; repeat it or use commas.")
@click.option("--from", "source", metavar="LOCALE", help="The language of the files; found from their texts otherwise.")
@click.option("--glossary", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Terms of this job (CSV, XLSX), before those of the workspace.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=OUT, show_default=True,
              help="Folder of the targets; each locale has its own, unless the paths name the locale.")  # fmt: skip
@click.option("--column", "columns", multiple=True, help="A column to translate: name or letter (tables).")
@click.option("--field", "fields", multiple=True, help="A field of front matter to translate, besides the usual ones.")
@click.option(
    "--keep-key", "keys_left", multiple=True, metavar="GLOB", help="Keys that are not translated (catalogues)."
)
@click.option("--model", help="Another model than KOUJING_MODEL.")
@click.option("--budget", type=click.IntRange(1), metavar="TOKENS", help="Pause when so many tokens are used.")
@click.option("--no-memory", is_flag=True, help="Neither look into the translation memory nor add to it.")
@click.option("--again", is_flag=True, help="A new job, also when the same one is done already.")
@click.option("--detach", is_flag=True, help="Only put it into the queue; `koujing worker` works on it.")
@click.option("--concurrency", type=click.IntRange(1, 512), help="Calls to the model at once, at most.")
@click.option("--report", "report_file", type=click.Path(path_type=Path, dir_okay=False),
              help="Write a page (.html) with every segment that was held back, and why.")  # fmt: skip
@click.option("--report-language", type=click.Choice(["zh", "en"]),
              help="That of the report; Chinese for Chinese files, else English.")  # fmt: skip
@click.option("--sample-site", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Write a small site in twelve formats (in --from, else zh-CN), and localize it.")  # fmt: skip
@click.option("--verbose", is_flag=True, help="Every segment, too.")
@json_option
def localize(
    paths: tuple[Path, ...],
    targets: tuple[str, ...],
    source: str | None,
    out: Path,
    detach: bool,
    again: bool,
    concurrency: int | None,
    report_file: Path | None,
    report_language: str | None,
    sample_site: Path | None,
    verbose: bool,
    as_json: bool,
    **asked: Any,
) -> int:
    """Localize files and folders. The same command again goes on where it was stopped."""
    from assistant.cli.localizing import items_of, report, work_on, write_report
    from assistant.cli.options import writable
    from assistant.localization.jobs.output import Output
    from assistant.localization.jobs.store import LocalizationJobs

    writable(report_file, (".html", ".htm"))
    if sample_site is not None:
        source = source or "zh-CN"
        paths = (*paths, _sample(sample_site, source))
        if not targets:
            click.echo(f"The sample site is in {sample_site}; `koujing localize {sample_site} --to en` localizes it.")
            return 0
    files = _files(paths, out)
    with opened() as workspace:
        options = _options(workspace.settings, files, targets, source, out, asked)
        say_where(workspace, options.model)
        jobs = LocalizationJobs(workspace.database, workspace.name)
        job, new = jobs.submit(options, files, acting_user(), again=again)
        click.echo(f"Job {job.id}: {'new' if new else str(job.state)}, {options.source} to "
                   f"{', '.join(options.targets)}, files: {len(files)}.", err=True)  # fmt: skip
        if job.state.ended:
            output = Output(workspace.database, workspace.name)
            output.mend(job)
            output.tell(job.id)
            job = jobs.get(job.id)
        else:
            job = jobs.resume(job.id)
            if not detach:
                job = work_on(workspace, job, concurrency=concurrency)
        if report_file is not None:
            write_report(workspace, job, report_file, report_language)
        return report(job, items_of(workspace, job.id) if verbose else None, as_json)


def say_where(workspace: Any, model: str) -> None:
    """Tell, once, where the texts go, when they leave this machine. Raises `SetupError` for a model that is none."""
    from assistant.localization.jobs.opening import model_of

    where = model_of(workspace, model).destination
    if where != "this machine":
        click.echo(f"Model: {model}; the texts go to {where}.", err=True)


def _files(paths: Sequence[Path], out: Path) -> Sequence[SourceFile]:
    from assistant.localization.formats.registry import known_suffixes
    from assistant.localization.jobs.gathering import gather
    from knowledge.domain.errors import InputError

    if not paths:
        raise InputError("no file is named; give files or folders, e.g. `koujing localize site --to en`")
    found = gather(paths, known_suffixes(), out=out)
    if found.left_alone:
        shown = ", ".join(found.left_alone[:5]) + (" …" if len(found.left_alone) > 5 else "")
        click.echo(f"Left alone, as of no known kind ({len(found.left_alone)}): {shown}", err=True)
    return found.files


def _options(
    settings: Settings,
    files: Sequence[SourceFile],
    targets: tuple[str, ...],
    source: str | None,
    out: Path,
    asked: dict[str, Any],
) -> JobOptions:
    from dataclasses import asdict

    from assistant.localization.formats.registry import format_of
    from assistant.localization.jobs.gathering import language_of
    from assistant.localization.jobs.opening import model_name
    from assistant.localization.jobs.records import JobOptions
    from assistant.localization.terms import read_terms
    from knowledge.domain.errors import InputError
    from knowledge.domain.locale import parse_locale

    into = tuple(dict.fromkeys(parse_locale(tag).tag for tags in targets for tag in tags.split(",") if tag.strip()))
    if not into:
        raise InputError("no target locale is named; add e.g. --to en or --to en,de")
    origin = parse_locale(source) if source else language_of(files, format_of, option="--from")
    if origin.tag in into:
        raise InputError(f"the files are in {origin} already; name another locale with --to, or their own with --from")
    return JobOptions(
        source=origin.tag,
        targets=into,
        out=str(out.resolve()),
        model=asked["model"] or model_name(settings),
        columns=asked["columns"],
        fields=asked["fields"],
        keys_left=asked["keys_left"],
        glossary=tuple(asdict(term) for term in read_terms(asked["glossary"])) if asked["glossary"] else (),
        budget=asked["budget"],
        memory=not asked["no_memory"],
    )


def _sample(folder: Path, locale: str) -> Path:
    from assistant.localization.site.making import make_site

    make_site(folder, locale)
    return folder
