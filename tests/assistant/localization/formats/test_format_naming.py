"""Target files are named as the project names its files."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from assistant.localization.formats.naming import target_path
from knowledge.domain.locale import parse_locale


@pytest.mark.parametrize(
    ("path", "source", "target", "wanted"),
    [
        ("content/en/docs/a.md", "en", "zh-CN", "content/zh-CN/docs/a.md"),
        ("content/zh-cn/a.md", "zh-CN", "pt-BR", "content/pt-br/a.md"),
        ("content/zh-CN/a.md", "zh-CN", "en", "content/en/a.md"),
        ("content/zh/a.md", "zh-CN", "en", "content/en/a.md"),
        ("site/zh-Hans/a.md", "zh-CN", "zh-TW", "site/zh-Hant/a.md"),
        ("site/cn/a.md", "zh-CN", "en", "site/en/a.md"),
        ("EN/a.md", "en", "de", "DE/a.md"),
        ("i18n/en-US/app.json", "en", "de", "i18n/de/app.json"),
        ("locale/en/LC_MESSAGES/django.po", "en", "zh-CN", "locale/zh_CN/LC_MESSAGES/django.po"),
        ("locale/zh_CN/LC_MESSAGES/django.po", "zh-CN", "pt-BR", "locale/pt_BR/LC_MESSAGES/django.po"),
        ("lib/l10n/app_en.arb", "en", "zh-CN", "lib/l10n/app_zh_CN.arb"),
        ("lib/l10n/app_en_US.arb", "en-US", "de", "lib/l10n/app_de.arb"),
        ("messages.en.json", "en", "ja", "messages.ja.json"),
        ("messages.en.json", "en", "zh-CN", "messages.zh-CN.json"),
        ("locales/en.json", "en", "fr", "locales/fr.json"),
        ("locales/en/app.en.json", "en", "fr", "locales/fr/app.fr.json"),
        ("messages_en.properties", "en", "zh-CN", "messages_zh_CN.properties"),
        ("README.zh-CN.md", "zh-CN", "en", "README.en.md"),
        ("README-en.md", "en", "zh-CN", "README-zh-CN.md"),
        ("en_messages.json", "en", "de", "de_messages.json"),
        ("res/values/strings.xml", "en", "zh-CN", "res/values-zh-rCN/strings.xml"),
        ("res/values/strings.xml", "en", "de", "res/values-de/strings.xml"),
        ("res/values/strings.xml", "en", "zh-Hant-TW", "res/values-b+zh+Hant+TW/strings.xml"),
        ("res/values-en-rUS/strings.xml", "en", "pt-BR", "res/values-pt-rBR/strings.xml"),
        ("app/en.lproj/a.strings", "en", "zh-CN", "app/zh-Hans.lproj/a.strings"),
        ("app/zh-Hans.lproj/a.strings", "zh-CN", "en", "app/en.lproj/a.strings"),
    ],
)
def test_the_locale_is_replaced(path: str, source: str, target: str, wanted: str) -> None:
    assert target_path(PurePosixPath(path), parse_locale(source), parse_locale(target)) == PurePosixPath(wanted)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("docs/guide.md", "en"),
        ("zh-TW/a.md", "zh-CN"),
        ("res/values-de/strings.xml", "en"),
        ("values/house.md", "en"),
        ("opening.md", "en"),
        ("how-to-sign-in-today.md", "en"),
        ("a.en", "en"),
        ("content/fr/a.md", "en"),
        ("messages.properties", "en"),
        ("en", "en"),
    ],
)
def test_other_names_stay(path: str, source: str) -> None:
    assert target_path(PurePosixPath(path), parse_locale(source), parse_locale("ja")) == PurePosixPath(path)


def test_targets_of_one_language_do_not_meet() -> None:
    places = {target_path(PurePosixPath("en/a.md"), parse_locale("en"), parse_locale(t)) for t in ("zh-CN", "zh-TW")}
    assert len(places) == 2
