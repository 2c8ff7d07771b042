"""Writes the sample site: text files as they stand beside this one, Office files from their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.localization.site import office
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale

LOCALES = ("zh-CN", "en")
"""The languages in which the site is written, each on its own; neither is a translation of the other."""

_HERE = Path(__file__).parent
_TEXTS = "index.md product.html ui.json messages.po promo.xlf mail.properties specs.csv video.srt".split()
_OFFICE: Mapping[str, Callable[[str], bytes]] = {"case.docx": office.case, "deck.pptx": office.deck}


def make_site(folder: Path, locale: str) -> list[Path]:
    """Write the site in one of `LOCALES` into `folder`, which is made when it is not there; what is there already
    under these names is written over. Returns the twelve files.

    Raises `InputError` for another locale.
    """
    tag = parse_locale(locale).tag
    if tag not in LOCALES:
        raise InputError(f"the sample site is written in {' and '.join(LOCALES)}, not in {tag}; choose one of these")
    files = {name: _text(tag, name) for name in _TEXTS}
    files[f"app_{tag.replace('-', '_')}.arb"] = _text(tag, "app.arb")
    files["values/strings.xml"] = _text(tag, "strings.xml")
    files |= {name: make(tag) for name, make in _OFFICE.items()}
    paths = []
    for name, data in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        paths.append(path)
    return paths


def _text(tag: str, name: str) -> bytes:
    # The suffix keeps the build and its checkers from taking a sample for a file of the project.
    return (_HERE / tag / f"{name}.txt").read_bytes()
