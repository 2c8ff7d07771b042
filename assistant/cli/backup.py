"""`koujing backup` and `koujing restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.output import Shown, json_option, print_json

if TYPE_CHECKING:
    from assistant.backup.manifest import Manifest


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", "check_only", is_flag=True, help="Write nothing: verify every part of this backup.")
@json_option
def backup(file: Path | None, check_only: bool, as_json: bool) -> int:
    """Everything into one file: all workspaces, own templates, settings without secrets; while the service runs.

    Without FILE it is named by the moment, in this folder.
    """
    from assistant.backup.restoring import check
    from assistant.backup.taking import take
    from assistant.settings import load_settings
    from knowledge.domain.errors import InputError

    if check_only and file is None:
        raise InputError("name the backup that should be verified")
    settings = load_settings()
    path = file or Path(f"koujing-{settings.now():%Y%m%d-%H%M%S}.zip")
    with Shown() as progress:
        manifest = check(path, progress) if check_only else take(settings, path, progress)
    if as_json:
        print_json({"path": str(path), "verified": check_only, "bytes": path.stat().st_size, **manifest.to_json()})
        return 0
    click.echo(f"{path}: {told(manifest)}.{' Every part is as it was written.' if check_only else ''}")
    if not check_only:
        click.echo(
            "It holds everything but secrets and is not encrypted: keep it where only its owner reads.", err=True
        )
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put it in the place of what is there, which is gone then.")
@json_option
def restore(file: Path, replace: bool, as_json: bool) -> int:
    """Bring a backup back into this home and database, SQLite or PostgreSQL, whichever it was taken from.

    The service and the workers must be stopped. Nothing is touched before every part of the file was verified.
    """
    from assistant.backup.restoring import restore as bring_back
    from assistant.settings import load_settings

    settings = load_settings()
    with Shown() as progress:
        restored = bring_back(settings, file, replace=replace, progress=progress)
    if as_json:
        print_json({"path": str(file), **restored.to_json()})
        return 1 if restored.unindexed else 0
    click.echo(f"Restored {told(restored.manifest)}; {restored.passages} passages are indexed.")
    for name in restored.kept:
        click.echo(f"{name} stays as it is on this machine.")
    click.echo(
        "Everybody signs in anew; keys and permissions are those of that moment: revoke again what was revoked since."
    )
    for person_id in restored.forgotten:
        click.echo(f"Somebody who was forgotten is back: koujing people forget {person_id}")
    for name, why in restored.unindexed.items():
        click.echo(
            f"koujing: the index of '{name}' could not be made: {why}; then run `koujing library reindex`", err=True
        )
    return 1 if restored.unindexed else 0


def told(manifest: Manifest) -> str:
    """An archive in one line."""
    rows = manifest.rows
    names = ", ".join(manifest.workspaces) or "none"
    return (
        f"workspaces {names} as of {manifest.taken_at} ({rows.get('entry', 0)} entries, {rows.get('draft', 0)} drafts, "
        f"{sum(rows.values())} rows, tables {manifest.database})"
    )
