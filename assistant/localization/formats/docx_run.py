"""A Word run: how it looks, and new ones in the target's language."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from assistant.localization.formats.formatted import Style, described
from knowledge.domain.locale import Locale
from knowledge.reading.docx_text import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNSEEN = {f"{W}{name}" for name in "lang noProof rFonts bCs iCs szCs kern spacing w rPrChange".split()}
_LATIN = re.compile(r"[0-9A-Za-zÀ-ɏͰ-ӿ]")
_AFTER_LANG = (f"{W}eastAsianLayout", f"{W}specVanish", f"{W}oMath", f"{W}rPrChange")
_EAST = ("zh", "ja", "ko")


def bit_of(run: Any, bit: Any) -> Callable[[], list[Any]]:
    """A run of its own for one child of a run."""

    def make() -> list[Any]:
        made = _like(run)
        properties = run.find(f"{W}rPr")
        if properties is not None:
            made.append(copy.deepcopy(properties))
        made.append(bit)
        return [made]

    return make


def _like(element: Any) -> Any:
    """The element without what is in it."""
    return etree.Element(element.tag, element.attrib, element.nsmap)


def shell_of(element: Any) -> tuple[Any, Any]:
    """A link or content control without its runs, and where they go."""
    made = _like(element)
    if element.tag != f"{W}sdt":
        return made, made
    for child in element:
        made.append(_like(child) if child.tag == f"{W}sdtContent" else copy.deepcopy(child))
    return made, made.find(f"{W}sdtContent")


def style_of(properties: Any, text: str) -> Style:
    """How a run of these properties (or None) looks."""
    if properties is None:
        return Style("", 0, "" if _LATIN.search(text) else None)
    seen = sorted(described(child) for child in properties if child.tag not in _UNSEEN and isinstance(child.tag, str))
    fonts = properties.find(f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}asciiTheme") or ""
    return Style("".join(seen), len(seen), font if _LATIN.search(text) else None, properties)


def run_of(properties: Any, text: str, locale: Locale) -> Any:
    """A new run in the target's language."""
    run = etree.Element(f"{W}r", nsmap={"w": W[1:-1]})
    own = copy.deepcopy(properties) if properties is not None else etree.Element(f"{W}rPr")
    for old in own.findall(f"{W}rPrChange"):
        own.remove(old)
    _speak(own, locale)
    run.append(own)
    words = etree.SubElement(run, f"{W}t")
    words.text = text.replace("\n", " ")
    words.set(_SPACE, "preserve")
    return run


def _speak(properties: Any, locale: Locale) -> None:
    """Mark the language; and let marks that both scripts have (“ ” … —) come from the font of the target's script."""
    lang = properties.find(f"{W}lang")
    if lang is None:
        lang = etree.Element(f"{W}lang")
        after = next((child for child in properties if child.tag in _AFTER_LANG), None)
        properties.append(lang) if after is None else after.addprevious(lang)
    east = locale.language in _EAST
    lang.set(f"{W}eastAsia" if east else f"{W}val", locale.tag)
    fonts = properties.find(f"{W}rFonts")
    if fonts is None and east:
        fonts = etree.Element(f"{W}rFonts")
        properties.insert(int(properties.find(f"{W}rStyle") is not None), fonts)
    if fonts is not None:
        fonts.attrib.pop(f"{W}hint", None)
        if east:
            fonts.set(f"{W}hint", "eastAsia")
