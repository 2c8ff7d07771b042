"""YAML message catalogues: nested keys, as Rails, Symfony and others have them.

A root key that is the source's locale (`en:`) becomes the target's. A mapping of plural categories is one message. Only
texts are translated, not Ruby symbols and not formats of dates. All that need not change keeps its bytes: comments,
anchors, quotes, order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import yaml

from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.catalogue import Keys, Message, PlainMessage, PluralMessage, decoded, spliced
from assistant.localization.formats.form_lines import Edit, FormLines, Statement, edits_of
from assistant.localization.formats.yaml_scalars import key as key_like
from assistant.localization.formats.yaml_scalars import styled
from assistant.localization.messages.branches import Dialect, IcuMessage
from assistant.localization.messages.forms import Plural
from assistant.localization.messages.icu import parse
from assistant.localization.messages.plurals import CATEGORIES
from assistant.localization.unit import Unit
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale

_STR = "tag:yaml.org,2002:str"
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_SYMBOL = re.compile(r":[A-Za-z_]\w*[?!]?")
_DIRECTIVE = re.compile(r"%[-0^#:]*\d*[A-Za-z]")
_COUNT = re.compile(r"%\{count\}|\{\{?\s*count\s*\}|%count%|%d")


class YamlMessages:
    """The format `yaml`."""

    id = "yaml"
    suffixes = (".yaml", ".yml")

    def recognises(self, name: str, data: bytes) -> bool:
        """The ending says it; a broken file is refused when it is read, with the line."""
        return True

    def read(self, data: bytes, reading: Reading) -> YamlCatalogue:
        """Read it. Raises `UnreadableFile`: not YAML, or with more locales than one."""
        mark, text = decoded(data, reading.name)
        try:
            roots = [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node is not None]
        except RecursionError:
            raise UnreadableFile(reading.name, "more levels than can be read", "nest less deeply") from None
        except (yaml.YAMLError, ValueError, IndexError) as error:
            place = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
            where = f"line {place.line + 1}: " if place else ""
            raise UnreadableFile(reading.name, f"{where}{problem}", "mend the file") from None
        return YamlCatalogue(mark, text, roots, reading)


class YamlCatalogue:
    """A YAML file that was read."""

    def __init__(self, mark: str, text: str, roots: Sequence[yaml.Node], reading: Reading) -> None:
        self._mark = mark
        self._text = text
        self._reading = reading
        self._keys = Keys(reading)
        self._plain: list[tuple[Statement, Message]] = []
        self._plurals: list[tuple[FormLines, PluralMessage]] = []
        self._in_flow: dict[int, bool] = {}
        self._tails: dict[int, str] = {}
        self._seen: set[int] = set()
        self._locale = _locale_key(roots, reading)
        order = [units for root in roots for units in self._walk(root, "", in_flow=False)]
        self.units: Sequence[Unit] = tuple(chain.from_iterable(order))

    def write(self, written: Written) -> bytes:
        """The file with the targets, and the target's locale as its root key. A plural keeps its source as long as one
        of its forms is held.

        Raises `InputError` where a text stands so that YAML would not read another one there.
        """
        edits: list[Edit] = []
        if self._locale is not None:
            start, end = self._locale.start_mark.index, self._locale.end_mark.index
            raw = self._text[start:end]
            tag = str(self._reading.target)
            edits.append((start, end, key_like(raw, tag.replace("-", "_") if "_" in raw else tag)))
        edits += edits_of(self._plain, self._plurals, written.targets, self._literal)
        text = spliced(self._text, edits)
        if edits and not _is_yaml(text):
            raise InputError(
                f"{self._reading.name}: no YAML any more with the new texts; put the old ones in quotes first"
            )
        return (self._mark + text).encode()

    def _walk(self, node: yaml.Node, path: str, *, in_flow: bool) -> Iterator[Sequence[Unit]]:
        # An alias is the node of its anchor again: its text was taken there.
        if id(node) in self._seen or (path and self._keys.left(path)):
            return
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            inside = in_flow or bool(node.flow_style)
            plural = self._plural(node, path, inside)
            if plural is not None:
                yield plural
                return
            for name, value in node.value:
                if isinstance(name, yaml.ScalarNode):
                    below = f"{path}.{name.value}" if path else str(name.value)
                    yield from self._walk(value, "" if name is self._locale else below, in_flow=inside)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                yield from self._walk(value, f"{path}[{number}]", in_flow=in_flow or bool(node.flow_style))
        elif _is_text(node):
            statement = self._statement("", node.start_mark.index, node.start_mark.index, node, in_flow)
            unit = self._keys.unit(path)
            message: Message = PlainMessage(statement.text, unit)
            if parse(statement.text).choices:
                message = IcuMessage(statement.text, unit, Dialect(self._reading.source, self._reading.target))
            self._plain.append((statement, message))
            yield message.units

    def _plural(self, node: yaml.MappingNode, path: str, in_flow: bool) -> Sequence[Unit] | None:
        """The forms of a mapping of plural categories. `other` alone is a plural only where it shows the number."""
        if not all(isinstance(k, yaml.ScalarNode) and k.value in CATEGORIES for k, _ in node.value):
            return None
        statements = [
            self._statement(name.value, name.start_mark.index, name.end_mark.index, value, in_flow)
            for name, value in node.value
            if _is_text(value, blank=True) and id(value) not in self._seen
        ]
        texts = {statement.key: statement.text for statement in statements}
        between = [self._text[statement.key_end : statement.value].lstrip(" \t") for statement in statements]
        plain = all(piece.startswith(":") and "&" not in piece for piece in between)
        if "other" not in texts or len(texts) < len(node.value) or not plain:
            return None
        if len(texts) == 1 and not _COUNT.search(texts["other"]):
            return None
        self._seen.update(id(value) for _, value in node.value)
        forms = {name: text for name, text in texts.items() if name != "other"} | {"other": texts["other"]}
        plural = Plural(self._reading.source, self._reading.target, zero_is_none=True)
        message = PluralMessage(forms, self._keys.unit(path), plural, counting=lambda text: bool(_COUNT.search(text)))
        self._plurals.append((FormLines(self._text, statements, in_flow, self._literal), message))
        return message.units

    def _statement(self, key: str, start: int, key_end: int, node: yaml.Node, in_flow: bool) -> Statement:
        value, end = node.start_mark.index, node.end_mark.index
        properties = _PROPERTIES.match(self._text, value)
        value = properties.end() if properties else value
        raw = self._text[value:end].rstrip()
        text = str(node.value)
        if getattr(node, "style", None) in ("|", ">"):
            self._tails[value] = text[len(text.rstrip("\n")) :]
            text = text.rstrip("\n")
        self._in_flow[value] = in_flow
        return Statement(key, text, start, key_end, value, value + len(raw))

    def _literal(self, statement: Statement, text: str) -> str:
        raw = self._text[statement.value : statement.end]
        tail = self._tails.get(statement.value, "")
        return styled(raw, text + tail, in_flow=self._in_flow[statement.value])


def _is_yaml(text: str) -> bool:
    try:
        return all(True for _ in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError:
        return False


def _is_text(node: yaml.Node, *, blank: bool = False) -> bool:
    """Whether a value is a text for readers; `blank`: or an empty one."""
    if not isinstance(node, yaml.ScalarNode) or node.tag != _STR:
        return False
    if node.style is None and _SYMBOL.fullmatch(node.value):
        return False
    return blank or any(letter.isalnum() for letter in _DIRECTIVE.sub("", node.value))


def _locale_key(roots: Sequence[yaml.Node], reading: Reading) -> yaml.ScalarNode | None:
    """The root key that names the source's locale. Raises `UnreadableFile` when there are keys of other locales too."""
    if len(roots) != 1 or not isinstance(roots[0], yaml.MappingNode):
        return None
    keys = [
        key for key, value in roots[0].value if isinstance(value, yaml.MappingNode) and isinstance(key, yaml.ScalarNode)
    ]
    languages = [_language(str(key.value)) for key in keys]
    if reading.source.language not in languages or len(keys) < len(roots[0].value):
        return None
    if len(keys) > 1:
        if all(languages):
            raise UnreadableFile(reading.name, "texts of several locales in one file", "give each locale its own file")
        return None
    return None if reading.source == reading.target else keys[0]


def _language(name: str) -> str:
    """The language of a key that looks like a locale; nothing for another key."""
    try:
        return parse_locale(name).language
    except InputError:
        return ""
