"""The sample site: twelve files of twelve formats, the same content in both languages, facts of the sample library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.localization.formats.base import Reading
from assistant.localization.formats.registry import format_of
from assistant.localization.site import LOCALES, make_site
from assistant.localization.unit import Unit
from knowledge.domain.errors import InputError
from knowledge.domain.locale import detect_language, parse_locale
from knowledge.sample import FOLDER

_FORMATS = {
    "markdown", "html", "docx", "pptx", "json", "arb", "android", "po", "xliff", "properties", "table", "subtitles",
}  # fmt: skip
# What a program says of itself, and examples of input: no statements about the company.
_NO_CLAIMS = {"ui.json", "app_en.arb", "app_zh_CN.arb", "strings.xml", "messages.po", "mail.properties"}


def _units(path: Path, locale: str) -> list[Unit]:
    data = path.read_bytes()
    other = parse_locale("en" if locale == "zh-CN" else "zh-CN")
    return list(format_of(path.name, data).read(data, Reading(path.name, parse_locale(locale), other)).units)


def _words(path: Path, locale: str) -> Iterator[str]:
    return (unit.source.words for unit in _units(path, locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_twelve_files_of_twelve_formats_with_something_to_translate(tmp_path: Path, locale: str) -> None:
    paths = make_site(tmp_path / "new" / "folder", locale)
    assert len(paths) == 12
    assert {format_of(path.name, path.read_bytes()).id for path in paths} == _FORMATS
    for path in paths:
        assert 8 <= len(_units(path, locale)) <= 20, path.name
        assert detect_language(" ".join(_words(path, locale))) == locale[:2], path.name


def test_both_languages_hold_the_same_files_and_as_much_to_translate(tmp_path: Path) -> None:
    for chinese, english in zip(*(make_site(tmp_path / tag, tag) for tag in LOCALES), strict=True):
        assert chinese.suffix == english.suffix
        # Plural forms make the difference: English has two, Chinese one.
        counts = [
            len({unit.plural_of or unit.id for unit in _units(p, t)})
            for p, t in zip((chinese, english), LOCALES, strict=True)
        ]
        assert abs(counts[0] - counts[1]) <= 1, chinese.name


@pytest.mark.parametrize(
    ("locale", "figures"),
    [
        ("zh-CN", ["230 多万元", "1.2 亿元", "230 万美元", "18%", "2026年3月", "{{name}}", "%1$s", "TingSense S10", "段文清"]),
        ("en", ["RMB 120 million", "US$2.3 million", "18%", "March 2026", "{{name}}", "%1$s", "TingSense S10", "Duan Wenqing"]),
    ],
)  # fmt: skip
def test_it_holds_what_is_hard_to_translate(tmp_path: Path, locale: str, figures: list[str]) -> None:
    texts = " ".join(str(unit.source) for path in make_site(tmp_path, locale) for unit in _units(path, locale))
    for figure in figures:
        assert figure in texts


@pytest.mark.parametrize("locale", LOCALES)
def test_every_figure_about_the_company_is_one_of_the_sample_library(tmp_path: Path, locale: str) -> None:
    library = "\n".join(path.read_text("utf-8") for path in FOLDER.rglob("*.*") if path.suffix in (".md", ".txt"))
    known = {figure.strip(".,") for figure in re.findall(r"\d[\d,.]*", library)} | {"260", "230", "2.6", "2.3"}
    for path in make_site(tmp_path, locale):
        if path.name not in _NO_CLAIMS:
            told = {figure.strip(".,") for figure in re.findall(r"\d[\d,.]*", " ".join(_words(path, locale)))}
            assert told <= known, path.name


def test_the_same_site_is_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in make_site(tmp_path / "a", "en")]
    assert first == [path.read_bytes() for path in make_site(tmp_path / "b", "en")]
    assert first == [path.read_bytes() for path in make_site(tmp_path / "a", "en")]


def test_other_languages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="written in zh-CN and en, not in de"):
        make_site(tmp_path, "de")
    assert list(tmp_path.iterdir()) == []
