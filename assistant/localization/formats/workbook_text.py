"""The text of an Excel cell as words and codes, and back."""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree

from assistant.localization.content import Content
from assistant.localization.formats.formatted import Formatted, Run, Style, described

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LATIN = re.compile(r"[0-9A-Za-zÀ-ɏͰ-ӿ]")
_UNSEEN = {f"{S}{name}" for name in ("rFont", "charset", "family", "scheme")}


class CellText:
    """An `si` or `is` element. Reading does not change it; `rewrite` does."""

    def __init__(self, element: Any) -> None:
        self._element = element
        self._rich = element.find(f"{S}r") is not None
        self._formatted = Formatted([run for child in element for run in _runs(child)])
        self.content = self._formatted.content

    def rewrite(self, target: Content) -> None:
        """Put the target in place; readings of the old characters go."""
        inner = self._formatted.elements(target, _run) if self._rich else [_text(str(target))]
        for child in list(self._element):
            self._element.remove(child)
        self._element.extend(inner)


class SharedStrings:
    """The texts that cells share by their number; `root` is the part's tree, None where a workbook has none."""

    def __init__(self, root: Any) -> None:
        self.root, self.changed = root, False
        self._items: list[Any] = [] if root is None else root.findall(f"{S}si")
        self._done: set[int] = set()

    def contents(self) -> list[Content]:
        return [CellText(item).content for item in self._items]

    def change(self, number: int, target: Content) -> None:
        """Give it a new text for all cells that share it."""
        if number not in self._done:
            CellText(self._items[number]).rewrite(target)
            self._done.add(number)
        self.changed = True

    def added(self, number: int, target: Content) -> int:
        """The number of a new text that looks like this one."""
        own = copy.deepcopy(self._items[number])
        CellText(own).rewrite(target)
        self.root.append(own)
        self._items.append(own)
        self.root.set("uniqueCount", str(len(self._items)))
        self.changed = True
        return len(self._items) - 1


def _runs(child: Any) -> list[Run]:
    if child.tag == f"{S}t":
        return [Run(child.text, Style(""))] if child.text else []
    text = child.findtext(f"{S}t") if child.tag == f"{S}r" else ""
    return [Run(text, _style(child.find(f"{S}rPr"), text), not text.strip())] if text else []


def _style(properties: Any, text: str) -> Style:
    if properties is None:
        return Style("")
    seen = sorted(described(child) for child in properties if child.tag not in _UNSEEN and isinstance(child.tag, str))
    name = properties.find(f"{S}rFont")
    font = name.get("val", "") if name is not None else ""
    return Style("".join(seen), len(seen), font if _LATIN.search(text) else None, properties)


def _run(properties: Any, text: str) -> Any:
    run = etree.Element(f"{S}r")
    if properties is not None:
        run.append(copy.deepcopy(properties))
    run.append(_text(text))
    return run


def _text(text: str) -> Any:
    element = etree.Element(f"{S}t")
    element.text = text
    if text != text.strip() or "\n" in text:
        element.set(_SPACE, "preserve")
    return element
