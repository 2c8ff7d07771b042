"""Front matter of a page: YAML between `---`, TOML between `+++`. Only the values of its texts are written anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

import tomlkit
import yaml
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import String

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.spliced import Slot
from assistant.localization.formats.yaml_scalars import styled
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import Unit
from knowledge.domain.errors import UnreadableFile

FIELDS = frozenset(
    "title description summary linktitle subtitle excerpt shortdescription heading subheading headline subheadline "
    "tagline lead lede abstract intro introduction caption alt imagealt covertitle navtitle menutitle shorttitle "
    "sidebarlabel sidebartitle paginationlabel seotitle seodescription metatitle metadescription ogtitle ogdescription "
    "twittertitle twitterdescription teaser blurb".split()
)
"""The keys whose values a reader sees, at any depth, without signs between words."""

_YAML = re.compile(r"---[ \t]*\r?\n(?P<body>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(?P<body>(?:[^\n]*\n)*?)\+\+\+[ \t]*(?:\r?\n|\Z)")
_KEY = re.compile(r"^[\w\"'{][^\n]*:(?:\s|$)", re.M)
_TAGS = re.compile(r"(?:[&!]\S*\s+)+")

Path = tuple[str, ...]
_Value = tuple[Path, str, int, int, Callable[[Content], str]]
"""Where a text stands: its keys, the text, start and end, and how a new one is written."""


def front_matter(text: str, reading: Reading) -> tuple[int, list[Slot]]:
    """Where the front matter of `text` ends (0: there is none), and its units: titles, descriptions and the fields that
    `reading` names (a key, or a path with dots).

    Raises `UnreadableFile` when it cannot be read.
    """
    found = _YAML.match(text) or _TOML.match(text)
    if found is None:
        return 0, []
    values: Iterator[_Value] = iter(())
    try:
        if text.startswith("+++"):
            values = _toml_values(found["body"])
        elif _KEY.search(found["body"]):
            values = _yaml_values(found["body"])
        elif found["body"].strip():
            return 0, []
        slots = list(_slots(values, found, reading))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}: " if mark else ""
        problem = getattr(error, "problem", None) or "no YAML"
        raise UnreadableFile(reading.name, f"{line}front matter: {problem}", "mend the front matter") from error
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise UnreadableFile(reading.name, f"front matter: {error}", "mend the front matter") from error
    return found.end(), slots


def _slots(values: Iterator[_Value], found: re.Match[str], reading: Reading) -> Iterator[Slot]:
    offset = found.start("body")
    ids: set[str] = set()
    for path, text, start, end, render in values:
        content = with_codes(Content.of(text), "html")
        id_ = "front." + ".".join(path)
        if id_ in ids or not _is_text(path, reading) or not content.says_something:
            continue
        ids.add(id_)
        line = found["body"].count("\n", 0, start) + 2
        unit = Unit(id_, content, place=f"line {line}, {'.'.join(path)}", context=".".join(path), prose=True)
        yield Slot(unit, offset + start, offset + end, render)


def _is_text(path: Path, reading: Reading) -> bool:
    names = [key for key in path if not key.isdigit()]
    dotted = ".".join(names)
    if any(fnmatchcase(dotted, left) or fnmatchcase(names[-1], left) for left in reading.keys_left):
        return False
    if any(field in (dotted, names[-1]) for field in reading.fields):
        return True
    return re.sub(r"[-_ ]", "", names[-1]).lower() in FIELDS


# --- YAML ------------------------------------------------------------------------------------------------------------


def _yaml_values(body: str) -> Iterator[_Value]:
    root = yaml.compose(body, Loader=yaml.SafeLoader)
    if isinstance(root, yaml.MappingNode):
        yield from _yaml_texts(root, (), body, False, set())


def _yaml_texts(node: Any, path: Path, body: str, in_flow: bool, seen: set[int]) -> Iterator[_Value]:
    if id(node) in seen:  # an alias says what its anchor said
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _yaml_texts(value, (*path, str(key.value)), body, in_flow or bool(node.flow_style), seen)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _yaml_texts(value, (*path, str(number)), body, in_flow or bool(node.flow_style), seen)
    elif node.tag == "tag:yaml.org,2002:str":
        start, end = node.start_mark.index, node.end_mark.index
        if node.style not in ("'", '"') and (tags := _TAGS.match(body, start)):
            start = tags.end()
        raw = body[start:end]
        end -= len(raw) - len(raw.rstrip())
        tail = node.value[len(node.value.rstrip("\n")) :]
        yield path, node.value.rstrip("\n"), start, end, partial(_yaml_text, body[start:end], tail, in_flow)


def _yaml_text(raw: str, tail: str, in_flow: bool, target: Content) -> str:
    return styled(raw, str(target) + tail, in_flow=in_flow)


# --- TOML ------------------------------------------------------------------------------------------------------------


def _toml_values(body: str) -> Iterator[_Value]:
    at = 0
    for path, item in _toml_texts(tomlkit.parse(body), ()):
        raw = item.as_string()
        key = "" if path[-1].isdigit() else rf"""["']?{re.escape(path[-1])}["']?[ \t]*=[ \t]*"""
        found = re.compile(rf"(?:^|[\[{{,.])\s*{key}(?P<raw>{re.escape(raw)})", re.M).search(body, at)
        if found is not None:
            at = found.end() - 1 if key else found.end()
            yield path, item.value, found.start("raw"), found.end("raw"), partial(_toml_text, raw)


def _toml_texts(node: Any, path: Path) -> Iterator[tuple[Path, String]]:
    if isinstance(node, dict):
        for key in node:
            yield from _toml_texts(node[key], (*path, str(key)))
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for number, value in enumerate(node):
            yield from _toml_texts(value, (*path, str(number)))
    elif isinstance(node, String):
        yield path, node


def _toml_text(raw: str, target: Content) -> str:
    text = str(target)
    multiline = raw[:3] in ('"""', "'''")
    if raw[:1] == "'":
        try:
            return tomlkit.string(text, literal=True, multiline=multiline).as_string()
        except ValueError:
            pass
    return tomlkit.string(text, multiline=multiline).as_string()
