"""Where the target file stands: the source locale in a path, replaced in the form that is used there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.domain.locale import Locale

_TAG = re.compile(r"([A-Za-z]{2,3})(?:([-_])(Hans|Hant))?(?:([-_])([A-Za-z]{2}|\d{3}))?", re.I)
_VALUES = re.compile(r"values(?:-(?P<language>[a-z]{2,3})(?:-r(?P<region>[A-Z]{2}))?|-b\+(?P<tag>[\w+]+))?")
_SCRIPTS = {"zh-CN": "Hans", "zh-SG": "Hans", "zh-TW": "Hant", "zh-HK": "Hant"}
_REGIONS = {"hans": "CN", "hant": "TW"}
_UNDERSCORED = (".arb", ".po", ".pot", ".mo", ".properties")


def target_path(path: PurePosixPath, source: Locale, target: Locale) -> PurePosixPath:
    """`path` with the source locale replaced wherever it stands: a folder (`en/`, `zh_CN/`, `values/`, `en.lproj/`) or
    a part of the name (`app_en.arb`, `messages.en.json`). The path as it is when it stands nowhere."""
    change = _Change(source, target, path.suffix.lower() in _UNDERSCORED)
    folders = [_folder(part, change, path) for part in path.parts[:-1]]
    return PurePosixPath(*folders, _name(path.name, change)) if path.name else path


@dataclass(frozen=True, slots=True)
class _Change:
    """From one locale to another; `underscored` is how this kind of file joins language and region."""

    source: Locale
    target: Locale
    underscored: bool

    def of(self, text: str, *, after: str = "", script: bool = False) -> str | None:
        """The target in the form of `text`, or None when `text` is not the source locale. `after`: the sign before."""
        found = _TAG.fullmatch(text)
        if text.lower() == "cn" and self.source.tag == "zh-CN":
            found = _TAG.fullmatch("zh")
        if found is None or not self._is_source(found):
            return None
        separator = found[2] or found[4] or ("_" if self.underscored or after == "_" else "-")
        tag = self.target.tag
        if (script or found[3]) and tag in _SCRIPTS:
            tag = f"zh-{_SCRIPTS[tag]}"
        if text.isupper():
            tag = tag.upper()
        elif (found[3] or found[5]) and text.islower():
            tag = tag.lower()
        return tag.replace("-", separator)

    def _is_source(self, found: re.Match[str]) -> bool:
        if found[1].lower() != self.source.language:
            return False
        region = (found[5] or _REGIONS.get((found[3] or "").lower(), "")).upper()
        own = self.source.tag.partition("-")[2]
        own = _REGIONS.get(own.lower(), own).upper()
        return not region or not own or region == own


def _folder(part: str, change: _Change, path: PurePosixPath) -> str:
    if part.endswith(".lproj"):
        new = change.of(part.removesuffix(".lproj"), script=True)
        return f"{new}.lproj" if new else part
    values = _VALUES.fullmatch(part)
    if values and path.suffix == ".xml":
        return _values(part, values, change)
    return change.of(part) or part


def _values(part: str, values: re.Match[str], change: _Change) -> str:
    """`values` holds the source; `values-de` is another language's unless it is the source's."""
    held = values["tag"].replace("+", "-") if values["tag"] else "-".join(filter(None, values.groups()[:2]))
    if held and change.of(held) is None:
        return part
    language, _, rest = change.target.tag.partition("-")
    if not rest:
        return f"values-{language}"
    return f"values-{language}-r{rest}" if len(rest) == 2 else f"values-b+{change.target.tag.replace('-', '+')}"


def _name(name: str, change: _Change) -> str:
    """The file's name, looked through from its end; the last ending is no locale."""
    parts = name.split(".")
    for at in range(max(0, len(parts) - 2), -1, -1):
        new = _of_stem(parts[at], change, alone=len(parts) > 1 or at > 0)
        if new is not None:
            return ".".join([*parts[:at], new, *parts[at + 1 :]])
    return name


def _of_stem(stem: str, change: _Change, alone: bool) -> str | None:
    """`en`, `app_en`, `app-en-US`, `en_app`."""
    if alone and (whole := change.of(stem)) is not None:
        return whole
    for cut in re.finditer(r"[-_]", stem):
        if cut.start() and (new := change.of(stem[cut.end() :], after=cut.group())) is not None:
            return stem[: cut.end()] + new
    for cut in reversed(list(re.finditer(r"[-_]", stem))):
        if (new := change.of(stem[: cut.start()], after=cut.group())) is not None:
            return new + stem[cut.start() :]
    return None
