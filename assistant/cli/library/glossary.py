"""`koujing library glossary`: terms, their translations, and what must not be written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from assistant.cli.library.group import pairs, say
from assistant.cli.options import acting_user, opened
from assistant.cli.output import json_option, print_json


@click.group()
def glossary() -> None:
    """Terms, their translations, and what must not be written."""


@glossary.command("set")
@click.argument("term")
@click.option("--locale", "-l", required=True, help="The term's own language, e.g. zh-CN.")
@click.option("--translation", "-t", "translations", multiple=True, metavar="LOCALE=FORM", help="Its form elsewhere.")
@click.option("--forbidden", "-f", multiple=True, help="A variant that must not be written.")
@click.option("--keep/--translate", "keep", default=None, help="It stays as it is in every language, or does not.")
@click.option("--case", "case_rule", type=click.Choice(("any", "exact")), help="Whether capitals count.")
@click.option("--part-of-speech", "part_of_speech", help="noun, verb, proper noun …")
@click.option("--note", help="A remark for writers.")
@json_option
def set_(
    term: str,
    locale: str,
    translations: tuple[str, ...],
    forbidden: tuple[str, ...],
    keep: bool | None,
    case_rule: str | None,
    part_of_speech: str | None,
    note: str | None,
    as_json: bool,
) -> int:
    """Make a term, or change what is given of one; all else stays."""
    from knowledge.domain.locale import parse_locale
    from knowledge.json_records import term_json
    from knowledge.records import Term

    tag = parse_locale(locale).tag
    given = pairs("--translation", translations)
    with opened() as workspace:
        terms = workspace.library.glossary
        before = next((t for t in terms.all() if (t.term, t.locale) == (term, tag)), Term(term, tag))
        after = replace(
            before,
            translations={**before.translations, **given},
            forbidden=tuple(dict.fromkeys((*before.forbidden, *forbidden))),
            do_not_translate=before.do_not_translate if keep is None else keep,
            case_rule=before.case_rule if case_rule is None else case_rule.replace("any", ""),
            part_of_speech=before.part_of_speech if part_of_speech is None else part_of_speech,
            note=before.note if note is None else note,
        )
        terms.save([after], by=acting_user(), now=workspace.settings.now())
    say(as_json, {"term": term_json(after)}, f"{term} ({tag}) is kept.")
    return 0


@glossary.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every term."""
    from knowledge.json_records import term_json

    with opened() as workspace:
        terms = workspace.library.glossary.all()
    if as_json:
        print_json({"terms": [term_json(t) for t in terms]})
        return 0
    for t in terms:
        click.echo(f"{t.term}  →  {', '.join(f'{locale}: {form}' for locale, form in t.translations.items())}")
    click.echo(f"{len(terms)} terms.")
    return 0


@glossary.command()
@click.argument("term")
@json_option
def show(term: str, as_json: bool) -> int:
    """A term in every language it is kept in."""
    from knowledge.domain.errors import NotFound
    from knowledge.json_records import term_json

    with opened() as workspace:
        found = [t for t in workspace.library.glossary.all() if t.term.casefold() == term.casefold()]
    if not found:
        raise NotFound(f"no term '{term}'; `koujing library glossary list` shows all")
    if as_json:
        print_json({"terms": [term_json(t) for t in found]})
        return 0
    for t in found:
        click.echo(f"{t.term} ({t.locale}) {t.part_of_speech}".rstrip())
        for name, value in term_json(t).items():
            if name not in ("term", "locale", "part_of_speech") and value not in ("", [], {}, False):
                shown = value if isinstance(value, str | bool) else ", ".join(
                    [f"{k}: {v}" for k, v in value.items()] if isinstance(value, dict) else value)  # fmt: skip
                click.echo(f"  {name.replace('_', ' '):18} {shown}")
    return 0


@glossary.command()
@click.argument("term")
@click.option("--locale", "-l", required=True, help="The term's own language.")
@click.option("--reason", "-r", default="", help="Why, for the record.")
@json_option
def withdraw(term: str, locale: str, reason: str, as_json: bool) -> int:
    """Take a term out of the glossary."""
    from knowledge.domain.locale import parse_locale

    tag = parse_locale(locale).tag
    with opened() as workspace:
        workspace.library.glossary.remove(term, tag, by=acting_user(), now=workspace.settings.now(), reason=reason)
    say(as_json, {"term": term, "locale": tag, "removed": True}, f"{term} ({tag}) is no longer in the glossary.")
    return 0


@glossary.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--preview", is_flag=True, help="Show what would become of each row, and stop.")
@json_option
def import_(path: Path, preview: bool, as_json: bool) -> int:
    """Read terms from CSV or XLSX (term, locale, translation_en …; or 中文, 英文); all of them or none."""
    from knowledge.sheets import plan_terms

    plan = plan_terms(path)
    if preview:
        if as_json:
            print_json(plan.preview())
        else:
            for problem in plan.problems:
                click.echo(f"failed: {problem.line}")
            click.echo(f"{len(plan.records)} terms could be read. Nothing was imported.")
        return 1 if plan.problems else 0
    plan.raise_first()
    with opened() as workspace:
        count = workspace.library.glossary.save(plan.records, by=acting_user(), now=workspace.settings.now())
    say(as_json, {"terms": count}, f"{count} terms.")
    return 0


@glossary.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--locale", "-l", default="en", show_default=True, help="The language of the headings.")
@json_option
def export(path: Path, locale: str, as_json: bool) -> int:
    """Write every term to CSV or XLSX."""
    from knowledge.sheets import write_terms

    with opened() as workspace:
        terms = workspace.library.glossary.all()
    write_terms(terms, path, language=locale.split("-")[0])
    say(as_json, {"terms": len(terms), "path": str(path)}, f"{len(terms)} terms are in {path}.")
    return 0
