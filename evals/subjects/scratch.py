"""Scratch workspaces of runs, so that nothing a run writes lands in the user's own."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from assistant.progress import Progress
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, SetupError
from knowledge.store.database import Database

MARK = "eval-workspace.json"
"""Stands in a scratch home: what fills it, and whether that was finished."""


def filled(
    settings: Settings,
    *,
    library: str,
    model_spec: str,
    prompts: Path | None,
    home: Path,
    progress: Progress | None = None,
) -> Workspace:
    """A workspace of its own in `home`, with the library and the templates asked for (see `here.opened`).

    A home that was filled before from the same is used as it is; one that was left half filled is filled anew.
    """
    name = settings.text("workspace") if library == "workspace" else "default"
    own = {"home": str(home), "workspace": name, "database_url": "", "chroma_url": "", "model": model_spec}
    scratch = Settings({**settings.values, **own})
    wanted = {"library": library, "prompts": str(prompts.resolve()) if prompts else ""}
    state = _state(scratch.home)
    if state is not None and state != {**wanted, "done": state.get("done")}:
        raise InputError(f"{scratch.home} was filled from something else; choose another folder, or delete it")
    if state is not None and state["done"]:
        return Workspace.open(scratch, progress)
    templates = _template_folders(prompts) if prompts else []
    _clear(scratch.home)
    _mark(scratch.home, {**wanted, "done": False})
    if library == "workspace":
        _copy_own(settings, scratch)
    workspace, _ = Workspace.create(scratch, progress)
    try:
        _import(workspace, library)
    except BaseException:
        workspace.close()
        raise
    for folder in templates:
        shutil.rmtree(scratch.templates / folder.name, ignore_errors=True)
        shutil.copytree(folder, scratch.templates / folder.name, symlinks=True)
    _mark(scratch.home, {**wanted, "done": True})
    return workspace


def _import(workspace: Workspace, library: str) -> None:
    if library == "sample":
        from knowledge.sample import load

        load(workspace.library)
    elif library != "workspace":
        folder = Path(library)
        if not folder.is_dir():
            raise InputError(f"no library '{library}'; give sample, workspace or a folder")
        from evals.public.libraries import import_folder

        import_folder(workspace, folder)


def _copy_own(settings: Settings, scratch: Settings) -> None:
    """The user's database as it is at this moment, and the user's templates; the index is rebuilt from the database."""
    if not Database(settings.database_url).is_sqlite:
        raise InputError(
            "the library of a database server is not copied: `koujing library export DIR`, then give DIR as the library"
        )
    path = Path(str(make_url(settings.database_url).database))
    if not path.is_file():
        raise SetupError(f"no workspace in {settings.home}; make one with `koujing init`")
    try:
        with (
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as own,
            closing(sqlite3.connect(scratch.home / "koujing.sqlite")) as copy,
        ):
            own.backup(copy)
    except sqlite3.Error as error:
        raise SetupError(f"{path}: cannot be copied ({error}); see `koujing doctor`") from None
    if settings.templates.is_dir():
        shutil.copytree(settings.templates, scratch.templates, symlinks=True)


def _template_folders(prompts: Path) -> list[Path]:
    """The template folders in `prompts`. Raises `InputError` for a folder in which nothing would be found."""
    if not prompts.is_dir():
        raise InputError(f"no folder '{prompts}' with prompts")
    if (prompts / "template.yaml").is_file():
        raise InputError(f"{prompts} is a template; give the folder that holds it")
    folders = sorted(path for path in prompts.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    wrong = [folder.name for folder in folders if not (folder / "template.yaml").is_file()]
    if wrong or not folders:
        place = prompts / wrong[0] if wrong else prompts
        raise InputError(f"{place}: no template.yaml; each folder of prompts must be a whole template")
    return folders


def _state(home: Path) -> dict[str, object] | None:
    """What stands in a home's mark; None for a new one. Raises `InputError` for a folder that is none of ours."""
    mark = home / MARK
    if mark.is_file():
        state: dict[str, object] = json.loads(mark.read_text(encoding="utf-8"))
        return state
    if home.is_dir() and any(home.iterdir()):
        raise InputError(f"{home} is not empty and no workspace of a run; choose another folder")
    return None


def _mark(home: Path, state: dict[str, object]) -> None:
    (home / MARK).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")


def _clear(home: Path) -> None:
    """An empty home; what an interrupted filling left goes."""
    if home.is_dir():
        shutil.rmtree(home)
    home.mkdir(parents=True, mode=0o700)
