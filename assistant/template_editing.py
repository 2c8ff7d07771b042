"""A new template in a workspace, begun from one that exists or from a commented skeleton."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

import yaml

from knowledge.domain.errors import Conflict, InputError
from knowledge.domain.words import Words
from prompts.declaration import NAME
from prompts.files import is_plain_name, read_plain
from prompts.loader import SHARED, Templates, load

SKELETON = SHARED / "skeleton"

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COPY = Words(zh="（副本）", en=" (copy)")


def new_template(
    templates: Templates, own: Path, template_id: str, *, source: str = "", name_zh: str = "", name_en: str = ""
) -> Path:
    """The folder of the new template below `own`. Comments and the order of the YAML are kept; id, name and version
    are set.

    Raises `InputError` for a bad id, `Conflict` when the folder exists, `NotFound` and `Faulty` for the source.
    """
    if not _ID.fullmatch(template_id):
        raise InputError(
            f"'{template_id}' is no id; begin with a small letter, then small letters, digits and '_', at most 40"
        )
    target = own / template_id
    if target.exists() or target.is_symlink():
        raise Conflict(f"template '{template_id}' exists already in this workspace; edit it, or choose another id")
    if not source and template_id in templates.ids:
        raise Conflict(f"'{template_id}' is a built-in template; to change it, add `--from {template_id}`")
    begun = templates.get(source) if source else load(SKELETON)
    name = begun.template.name
    if source and source != template_id:
        name = Words(zh=name.zh + _COPY.zh, en=name.en + _COPY.en)
    values = {
        ("id",): template_id,
        ("version",): "1",
        ("name", "zh"): json.dumps(name_zh or name.zh, ensure_ascii=False),
        ("name", "en"): json.dumps(name_en or name.en, ensure_ascii=False),
    }
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=own, prefix=".new-") as kept:
        made = Path(kept) / template_id
        made.mkdir()
        for path in sorted(begun.folder.iterdir()):
            if path.suffix == ".j2" and is_plain_name(path.name):
                (made / path.name).write_text(read_plain(begun.folder, path.name), encoding="utf-8")
        declared = read_plain(begun.folder, NAME)
        (made / NAME).write_text(with_values(declared, values), encoding="utf-8")
        load(made)
        shutil.move(made, target)
    return target


def with_values(text: str, values: dict[tuple[str, ...], str]) -> str:
    """A YAML text with the scalars at these keys replaced, and nothing else changed. Raises `KeyError` for a key that
    is not there."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    places = [(_scalar(root, keys), value) for keys, value in values.items()]
    for node, value in sorted(places, key=lambda place: place[0].start_mark.index, reverse=True):
        end = "\n" if text[: node.end_mark.index].endswith("\n") else ""
        text = text[: node.start_mark.index] + value + end + text[node.end_mark.index :]
    return text


def _scalar(node: yaml.Node | None, keys: tuple[str, ...]) -> yaml.ScalarNode:
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
    if not isinstance(node, yaml.ScalarNode):
        raise KeyError(".".join(keys))
    return node
