"""`koujing eval run`: suites asked of one or several variants, a table, a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.output import Shown, json_option, print_json
from evals.cli.group import runs_here

if TYPE_CHECKING:
    from assistant.progress import Progress
    from assistant.settings import Settings
    from evals.running.record import Run
    from evals.running.request import Request
    from evals.running.run import Runner

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("suites", nargs=-1, metavar="[SUITE]...")
@click.option(
    "--model",
    "-M",
    "models",
    multiple=True,
    help="Who writes: a model as in KOUJING_MODEL, or `scripted`; several are compared. KOUJING_MODEL, else scripted.",
)
@click.option(
    "--prompts",
    "-P",
    multiple=True,
    type=_FOLDER,
    help="A folder of templates in the place of ours; compared with ours, or with each other when several.",
)
@click.option(
    "--baseline",
    "-B",
    "baselines",
    multiple=True,
    type=click.Choice(("plain", "bm25")),
    help="Beside Koujing: a plain LangChain chain with the same model, or BM25 alone.",
)
@click.option("--compare", "earlier", metavar="RUN", help="Compare with an earlier run: its id, or `latest`.")
@click.option("--judge", metavar="MODEL", help="A model that judges drafts by the rubric; nobody unless given.")
@click.option(
    "--library",
    default="sample",
    show_default=True,
    help="What drafts are written from: sample, workspace, or a folder of documents.",
)
@click.option("--url", default="", help="Ask a running service instead; its key in KOUJING_SERVICE_KEY.")
@click.option("--data", type=_FOLDER, help="Folder of public sets; with --all their cases are asked, too.")
@click.option("--all", "every", is_flag=True, help="Every case, not only those of the default run.")
@click.option("--locale", "-l", "locales", multiple=True, help="Only cases whose locale begins so.")
@click.option("--case", "-c", "only", multiple=True, help="Only cases whose id has this in it.")
@click.option("--resume", metavar="RUN", help="Go on with a run that was cut off.")
@click.option("--plan", "only_plan", is_flag=True, help="Say what it would take, and stop.")
@click.option("--open", "opens", is_flag=True, help="Open the report in the browser.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Copy the report (HTML) there.")
@json_option
def run(
    suites: tuple[str, ...],
    models: tuple[str, ...],
    prompts: tuple[Path, ...],
    baselines: tuple[str, ...],
    earlier: str | None,
    judge: str | None,
    library: str,
    url: str,
    data: Path | None,
    every: bool,
    locales: tuple[str, ...],
    only: tuple[str, ...],
    resume: str | None,
    only_plan: bool,
    opens: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Run SUITEs (all when none is named) and say how good the answers are, with 95% intervals."""
    from assistant.cli.options import writable
    from assistant.settings import load_settings
    from evals.bench import find_data
    from evals.running.request import Request

    writable(output, [".html"])
    settings = load_settings()
    if resume:
        _only_resumed()
    found = find_data(data, settings) if every else None
    request = Request(
        suites=suites,
        models=_writers(models, prompts, url, settings),
        prompts=_compared(prompts),
        baselines=baselines,
        library=_library(library),
        url=url,
        data=str(found) if found else "",
        every=every,
        locales=locales,
        only=only,
        judge=judge or "",
    )
    with Shown() as progress:
        runner = _runner(progress)
        if only_plan:
            return _tell_plan(runner, request, as_json)
        against = runs_here().get(earlier) if earlier else None
        result = runner.resume(resume) if resume else runner.start(request)
    page = _tell(result, against, output, as_json)
    if opens:
        click.launch(str(page))
    return 1 if result.status != "done" or result.troubled else 0


def _runner(progress: Progress) -> Runner:
    from assistant.settings import load_settings
    from evals.running.run import Runner

    return Runner(load_settings(), runs_here(), progress, lambda line: click.echo(line, err=True), _key())


def _only_resumed() -> None:
    """Raises `InputError` when options choose anew what a run that is resumed has chosen."""
    from click.core import ParameterSource

    from knowledge.domain.errors import InputError

    context = click.get_current_context()
    given = {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if given - {"resume", "earlier", "output", "opens", "as_json"}:
        raise InputError("--resume goes on with what the run asked for; leave out suites and the options that choose")


def _writers(models: tuple[str, ...], prompts: tuple[Path, ...], url: str, settings: Settings) -> tuple[str, ...]:
    """The models that write; a service says itself which it has. Raises `SetupError` when it does not answer."""
    from knowledge.domain.errors import InputError

    if not url:
        return models or (settings.text("model") or "scripted",)
    if models or prompts:
        raise InputError("--url asks a service, which has its own model and prompts; leave out --model and --prompts")
    from evals.subjects.service import Service

    service = Service(url, _key())
    try:
        return (service.model,)
    finally:
        service.close()


def _key() -> str:
    import os

    return os.environ.get("KOUJING_SERVICE_KEY", "")


def _compared(prompts: tuple[Path, ...]) -> tuple[str, ...]:
    """One folder is held against our own prompts; several against each other."""
    folders = tuple(str(folder.resolve()) for folder in prompts)
    return ("", *folders) if len(folders) < 2 else folders


def _library(spelt: str) -> str:
    """Raises `InputError` for a folder that is not there."""
    from knowledge.domain.errors import InputError

    if spelt in ("sample", "workspace"):
        return spelt
    if not Path(spelt).is_dir():
        raise InputError(
            f"--library {spelt}: there is no such folder; give sample, workspace, or a folder of documents"
        )
    return str(Path(spelt).resolve())


def _tell_plan(runner: Runner, request: Request, as_json: bool) -> int:
    from evals.running.run import plan_words

    plan = runner.plan(request)
    if as_json:
        print_json({"plan": plan.to_json()})
        return 0
    for part in plan.parts:
        cases = "case " if part.n == 1 else "cases"
        seconds = "not known" if part.seconds is None else f"{part.seconds:6.0f} s"
        click.echo(f"{part.suite:14} {part.variant:24} {part.n:4} {cases}  {seconds:>10}  {part.source}")
    click.echo(plan_words(plan))
    return 0


def _tell(result: Run, against: Run | None, output: Path | None, as_json: bool) -> Path:
    """The table, what changed, and where the report is, which is returned."""
    from evals.cli.table import show_run
    from evals.report.keeping import keep_report
    from evals.statistics.paired import compare, compare_variants, joined

    first, *others = (variant.id for variant in result.variants)
    found = [compare(against, result)] if against else []
    found += [compare_variants(result, first, other) for other in others]
    comparison = joined(found)
    page = keep_report(runs_here(), result, comparison, output)
    if as_json:
        print_json({"run": result.to_json(cases=False), "report": str(page),
                    "comparison": comparison.to_json() if comparison else None})  # fmt: skip
    else:
        show_run(result, comparison)
        click.echo(f"Report: {page}", err=True)
        if result.status != "done":
            click.echo(f"The run was cut off; go on with `koujing eval run --resume {result.id}`.", err=True)
    return page
