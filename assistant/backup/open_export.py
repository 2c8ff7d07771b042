"""Everything of one workspace in open formats, for other tools and for the day on which somebody leaves Koujing."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.audit import Asked, Audit
from assistant.backup.home_files import files_of
from assistant.draft import draft_from_json
from assistant.export.formats import render
from assistant.localization.memory.exchange import give_out
from assistant.localization.memory.inventory import MemoryInventory
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.folder.exporting import export_folder
from knowledge.sheets import write_customers, write_permissions, write_terms
from knowledge.store.schema import Base, LocalizationFileRow
from knowledge.store.snapshot import LEFT_OUT, Value, snapshot_of

README, MANIFEST = "README.md", "manifest.json"

WITHOUT = {"passage": "pieces of the entries with their embeddings; made again from them", **LEFT_OUT}
"""Tables that are not told row by row, and why."""

SECRET = {"api_key": "key_hash", "person": "password_hash"}
"""Columns that nobody needs who leaves."""

_FOLDERS = {
    "library": "entries, with their history, as Markdown with front matter; customers, permissions, glossary as YAML",
    "registers": "customers, permissions and glossary as CSV (UTF-8), which spreadsheets open",
    "drafts": "every version of every draft as JSON, the newest as Markdown, too",
    "memory": "the translation memory, one TMX 1.4 file a locale pair",
    "audit": "the record of acts, exports and rulings, the newest first, as JSON Lines and as CSV",
    "localization": "files of localization jobs as they were given; their segments are in rows/",
    "rows": "every table as JSON Lines, one object a row: jobs, usage, choices, keys without secrets …",
    "home": "own templates, culture list, evaluations, settings without secrets",
}

_MOST_LINES = 10_000_000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: files and bytes by folder."""

    folder: str
    files: dict[str, int]
    bytes: int

    def to_json(self) -> dict[str, Any]:
        return {"folder": self.folder, "files": self.files, "bytes": self.bytes}


def export_everything(workspace: Workspace, path: Path) -> Exported:
    """Write all of a workspace into `path`, a new or empty folder, with a README and a manifest of hashes.

    Raises `InputError` for a folder that holds something, or cannot be written.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path}: is no empty folder; name a new one")
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        export_folder(workspace.library, path / "library", history=True)
        _registers(workspace, path / "registers")
        for name, data in _texts(workspace):
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return _told(workspace, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); choose another folder") from None


def _registers(workspace: Workspace, folder: Path) -> None:
    folder.mkdir()
    customers = workspace.library.customers.all()
    write_customers(customers, folder / "customers.csv")
    write_permissions(customers, folder / "permissions.csv", language="en")
    write_terms(workspace.library.glossary.all(), folder / "glossary.csv")


def _texts(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    yield from _rows_and_drafts(workspace)
    inventory = MemoryInventory(workspace.database, workspace.name)
    for pair in inventory.pairs():
        data, _ = give_out(inventory, parse_locale(pair.source), parse_locale(pair.target))
        yield f"memory/{pair.source}_{pair.target}.tmx", data
    lines = [line.to_json() for line in Audit(workspace.database, workspace.name).lines(Asked(), _MOST_LINES)]
    yield "audit/audit.jsonl", _json_lines(lines)
    yield "audit/audit.csv", _csv(lines)
    for name, data in files_of(workspace.settings.home):
        if _of_workspace(name, workspace.name):
            yield f"home/{name}", data


def _rows_and_drafts(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    with snapshot_of(workspace.database) as snapshot:
        people = {
            row[snapshot.columns("member").index("person_id")]
            for row in snapshot.rows("member")
            if row[snapshot.columns("member").index("workspace")] == workspace.name
        }
        for table in sorted(set(snapshot.tables) - set(WITHOUT)):
            rows = [
                _told_row(table, dict(zip(snapshot.columns(table), row, strict=True))) for row in snapshot.rows(table)
            ]
            mine = [row for row in rows if row["id"] in people] if table == "person" else _mine(rows, workspace.name)
            yield f"rows/{table}.jsonl", _json_lines(_without_files(table, mine))
            if table == "draft_version":
                yield from _drafts(mine)
            if table == LocalizationFileRow.__tablename__:
                yield from _given_files(mine)


def _mine(rows: list[dict[str, Any]], workspace: str) -> list[dict[str, Any]]:
    return [row for row in rows if row.get("workspace", row.get("id")) == workspace]


def _told_row(table: str, row: dict[str, Value]) -> dict[str, Any]:
    """A row with its JSON as JSON, without what is secret."""
    columns = Base.metadata.tables[table].columns
    row.pop(SECRET.get(table, ""), None)
    return {
        name: json.loads(str(value)) if value is not None and type(columns[name].type).__name__ == "JSON" else value
        for name, value in row.items()
    }


def _drafts(versions: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    newest: dict[str, dict[str, Any]] = {}
    for row in versions:
        newest[row["draft_id"]] = max(row, newest.get(row["draft_id"], row), key=lambda one: int(one["version"]))
        document = json.dumps(row["document"], ensure_ascii=False, indent=2)
        yield f"drafts/{row['draft_id']}/v{row['version']}.json", document.encode()
    for draft_id, row in newest.items():
        yield f"drafts/{draft_id}/newest.md", render(draft_from_json(row["document"]), "markdown").encode()


def _given_files(rows: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    for row in rows:
        name = PurePosixPath(str(row["source"]).replace("\\", "/")).name or "file"
        yield f"localization/{row['job_id']}/{row['number']}-{name}", base64.b64decode(row["data"])


def _without_files(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files stand beside the rows that tell of them."""
    if table != LocalizationFileRow.__tablename__:
        return rows
    return [{name: value for name, value in row.items() if name != "data"} for row in rows]


def _of_workspace(name: str, workspace: str) -> bool:
    own = "templates/" if workspace == "default" else f"workspaces/{workspace}/"
    return name.startswith(own) or not name.startswith(("templates/", "workspaces/"))


def _told(workspace: Workspace, path: Path) -> Exported:
    """Write what is in the folder: for people, and for programs."""
    listed, counts = [], dict.fromkeys(_FOLDERS, 0)
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        name, data = file.relative_to(path).as_posix(), file.read_bytes()
        counts[name.split("/", 1)[0]] += 1
        listed.append({"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    now = workspace.settings.now().isoformat(timespec="seconds")
    lines = [f"- `{name}/` ({counts[name]} files): {what}." for name, what in _FOLDERS.items()]
    left = [f"- {table}: {why}." for table, why in WITHOUT.items()]
    readme = [
        f"# Everything of the workspace “{workspace.name}”", "", f"Written by Koujing on {now}.", "", *lines, "",
        "Not here:", "", *left, "- secrets: hashes of keys and passwords, keys of providers.", "",
        f"`{MANIFEST}` has the length and the SHA-256 of each file. `koujing library import library --trust` and",
        "`koujing memory import` read it back. A copy of one moment that comes back whole is `koujing backup`.", "",
    ]  # fmt: skip
    (path / README).write_text("\n".join(readme), encoding="utf-8")
    manifest = {"schema": 1, "workspace": workspace.name, "written_at": now, "files": listed, "left_out": WITHOUT}
    (path / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return Exported(str(path), counts, sum(int(str(file["bytes"])) for file in listed))


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def _csv(lines: list[dict[str, Any]]) -> bytes:
    """With a byte-order mark, by which spreadsheets know UTF-8; a cell never begins a formula."""
    names = ("at", "subject", "subject_id", "version", "act", "by", "reason", "detail")
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(names)
    for line in lines:
        told = {**line, "detail": json.dumps(line["detail"], ensure_ascii=False) if line["detail"] else ""}
        rows.writerow([_plain(told[name]) for name in names])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
