"""Which elements of an HTML page a reader does not see, and whose text therefore is no evidence.

Looked at: tags and attributes that hide, inline styles, and the rules of the page's own `<style>` elements for
selectors of tags, classes, ids and attributes. Scripts and linked style sheets are not run or loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

_NEVER_SHOWN_TAGS = """
    script style template noscript head title meta link iframe object embed applet svg canvas audio video source
    track select datalist textarea input noembed noframes param map area del s strike
"""
NEVER_SHOWN = frozenset(_NEVER_SHOWN_TAGS.split())
_MAX_RULES = 2000
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;{}]+)")
_ZERO = re.compile(r"^[+-]?0*\.?0*(?:px|em|rem|pt|%|vh|vw|ex|ch)?$")
_FAR_AWAY = re.compile(r"^-\s*\d{3,}(?:\.\d+)?(?:px|pt)?$|^-\s*\d{2,}(?:\.\d+)?(?:r?em|vw|vh|%)$")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCREEN = re.compile(r"^@(?:media\s+(?:only\s+)?(?:screen|all)|layer\b.*|supports\b.*)\s*$", re.IGNORECASE)
_COMPOUND = re.compile(r"^(?P<tag>[a-z][\w-]*|\*)?(?P<rest>(?:[.#][\w-]+|\[[\w-]+(?:=[\"']?[\w -]+[\"']?)?\])*)$", re.I)
_SIMPLE = re.compile(r"(?P<mark>[.#\[])(?P<name>[\w-]+)(?:=[\"']?(?P<value>[\w -]+)[\"']?)?\]?")


def hidden_by_style(style: str) -> bool:
    """True when the declarations (`display:none; …`) make text invisible."""
    found = {name: value.strip() for name, value in _DECLARATION.findall(_COMMENT.sub("", style).lower())}
    values = {name: value.replace("!important", "").strip() for name, value in found.items()}

    def has(name: str, *wanted: str) -> bool:
        return values.get(name) in wanted

    def zero(name: str) -> bool:
        return name in values and bool(_ZERO.match(values[name])) and any(c.isdigit() for c in values[name])

    if has("display", "none") or has("visibility", "hidden", "collapse") or has("content-visibility", "hidden"):
        return True
    if zero("opacity") or zero("font-size") or has("color", "transparent"):
        return True
    if zero("max-height") or zero("height") or zero("width") or zero("max-width"):
        return has("overflow", "hidden", "clip")
    placed = ("left", "right", "top", "bottom") if has("position", "absolute", "fixed", "relative") else ()
    if any(_FAR_AWAY.match(values.get(name, "")) for name in (*placed, "text-indent", "margin-left", "margin-top")):
        return True
    if values.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px,1px,1px,1px")):
        return True
    if values.get("clip-path", "").replace(" ", "") in ("inset(50%)", "inset(100%)", "circle(0)"):
        return True
    if values.get("transform", "").replace(" ", "") in ("scale(0)", "scale(0,0)"):
        return True
    background = values.get("background-color") or values.get("background", "")
    return "color" in values and _colour(values["color"]) == _colour(background)


_COLOURS = {"white": "ffffff", "black": "000000", "red": "ff0000", "rgb(255,255,255)": "ffffff", "rgb(0,0,0)": "000000"}


def _colour(value: str) -> str:
    value = re.sub(r"\s+", "", value)
    value = _COLOURS.get(value, value.removeprefix("#"))
    return "".join(digit * 2 for digit in value) if re.fullmatch(r"[0-9a-f]{3}", value) else value


def hidden_by_attributes(element: Any) -> bool:
    """True when the element's own tag, attributes or inline style hide it."""
    tag = element.tag
    if not isinstance(tag, str) or tag.lower() in NEVER_SHOWN:
        return True
    attributes = element.attrib
    if not attributes:
        return tag == "dialog"
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if attributes.get("aria-hidden", "").strip().lower() == "true" or (tag == "dialog" and "open" not in attributes):
        return True
    return "style" in attributes and hidden_by_style(attributes["style"])


def hidden_by_rules(root: Any) -> set[Any]:
    """The elements that rules in the page's `<style>` elements hide."""
    hidden: set[Any] = set()
    for selector in islice(dict.fromkeys(_hiding_selectors(root)), _MAX_RULES):
        path = _xpath(selector)
        if path:
            hidden.update(root.xpath(path))
    return hidden


def _hiding_selectors(root: Any) -> Iterator[str]:
    for style in root.iter("style"):
        if "print" in style.get("media", ""):
            continue
        for selectors, declarations in _rules(_COMMENT.sub(" ", style.text or "")):
            if hidden_by_style(declarations):
                yield from (selector.strip() for selector in selectors.split(","))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, also those inside at-rules that hold on every screen."""
    inside: list[str] = []
    prelude = ""
    for piece in re.split(r"([{};])", css):
        if piece == "{":
            inside.append(prelude.strip())
            prelude = ""
        elif piece == "}":
            selector = inside.pop() if inside else ""
            if selector and not selector.startswith("@") and all(_SCREEN.match(outer) for outer in inside):
                yield selector, prelude
            prelude = ""
        elif piece == ";":
            prelude = prelude + ";" if inside and not inside[-1].startswith("@") else ""
        else:
            prelude += piece


def _xpath(selector: str) -> str:
    """An XPath for a selector of compounds with descendant and child combinators; "" for any other."""
    path, axis = "", "//"
    for step in re.sub(r"\s*>\s*", " > ", selector).split():
        if step == ">":
            axis = "/"
            continue
        compound = _COMPOUND.match(step)
        if compound is None or step in ("*", "body", "html"):
            return ""
        path += axis + (compound["tag"] or "*").lower() + "".join(map(_condition, _SIMPLE.finditer(compound["rest"])))
        axis = "//"
    return path if axis == "//" else ""


def _condition(part: re.Match[str]) -> str:
    name, value = part["name"], part["value"]
    if part["mark"] == ".":
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    if part["mark"] == "#":
        return f"[@id='{name}']"
    return f"[@{name.lower()}]" if value is None else f"[@{name.lower()}='{value}']"
