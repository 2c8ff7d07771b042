"""Languages: what is missing in a locale that the library serves, and translations that their original has left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from assistant.lint.finding import LintFinding, whole
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.words import Words
from knowledge.records import Audience, EntryVersion, State

_SPOKEN = {
    "CN": ("zh",), "HK": ("zh", "en"), "MO": ("zh", "pt"), "TW": ("zh",), "JP": ("ja",), "KR": ("ko",),
    "DE": ("de", "en"), "AT": ("de", "en"), "FR": ("fr", "en"), "ES": ("es", "en"), "PT": ("pt", "en"),
    "BR": ("pt",), "MX": ("es",), "US": ("en", "es"), "GB": ("en",), "UK": ("en",),
}  # fmt: skip
"""What is read in a market; in one that is not named here, any language may be."""


class LocaleMissing(LintRule):
    """An approved public entry that a locale lacks which its kind serves: at least half of the approved public entries
    of the kind have it. Entries for markets where the language is not read do not count."""

    id = "locale_missing"
    severity = Severity.WARNING
    title = Words(zh="缺少语言版本", en="Locale missing")
    remedy = Words(zh="补译并送审", en="translate it and submit the translation")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        kinds: dict[str, list[tuple[EntryVersion, frozenset[str]]]] = defaultdict(list)
        for members in view.groups.values():
            public = [e for e in members if e.audience is Audience.PUBLIC]
            if public:
                first = next((e for e in public if not e.translates), public[0])
                kinds[first.kind].append((first, frozenset(_spoken(e) for e in members)))
        for kind, originals in sorted(kinds.items()):
            for tongue in sorted({t for _, locales in originals for t in locales}):
                wanted = [(entry, locales) for entry, locales in originals if _is_read(tongue, entry)]
                having = sum(tongue in locales for _, locales in wanted)
                if 2 * having < len(wanted):
                    continue
                for entry, locales in wanted:
                    if tongue not in locales:
                        yield self._missing(entry, tongue, kind, (having, len(wanted)), view)

    def _missing(
        self, entry: EntryVersion, tongue: str, kind: str, share: tuple[int, int], view: LintView
    ) -> LintFinding:
        waiting = [
            e for e in view.newest
            if e.translates == entry.entry_id and _spoken(e) == tongue and e.state is not State.APPROVED
        ]  # fmt: skip
        zh = f"；草稿 {waiting[0].entry_id} 尚未批准" if waiting else ""
        en = f"; {waiting[0].entry_id} is not approved yet" if waiting else ""
        return self.finding(
            f"没有 {tongue} 版本（{kind} 类 {share[1]} 条中有 {share[0]} 条有）{zh}",
            f"there is no {tongue} version ({share[0]} of {share[1]} entries of kind {kind} have one){en}",
            [whole(entry), *(whole(e) for e in waiting[:1])],
        )


class TranslationOutdated(LintRule):
    """A translation that is older than the version of its original that holds now."""

    id = "translation_outdated"
    severity = Severity.WARNING
    title = Words(zh="译文落后于原文", en="Translation older than its original")
    remedy = Words(zh="按原文新版本更新译文并送审", en="bring the translation up to the original's new version")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            original = view.line.get(entry.translates or "")
            if original is None or original.version < 2:
                continue
            changed, made = _written(original), _written(entry)
            if changed and made and changed > made and _says_other(original, view):
                yield self.finding(
                    f"译文早于原文 {original.entry_id} 的第 {original.version} 版",
                    f"it is older than version {original.version} of its original {original.entry_id}",
                    [whole(entry), whole(original)],
                )


def _written(entry: EntryVersion) -> datetime | None:
    return entry.created_at or entry.approved_at


def _says_other(original: EntryVersion, view: LintView) -> bool:
    """False when every version of the original that the library gave has the same text."""
    return len({e.text for e in view.versions[original.entry_id]}) > 1 or len(view.versions[original.entry_id]) == 1


def _spoken(entry: EntryVersion) -> str:
    """The language of an entry; Chinese in Taiwan, Hong Kong and Macao is written otherwise."""
    parts = entry.locale.replace("_", "-").split("-")
    traditional = parts[0].lower() == "zh" and {p.lower() for p in parts[1:]} & {"tw", "hk", "mo", "hant"}
    return "zh-Hant" if traditional else parts[0].lower()


def _is_read(tongue: str, entry: EntryVersion) -> bool:
    """True when the language is read in a market of the entry."""
    return not entry.markets or any(tongue.split("-")[0] in _SPOKEN.get(m, (tongue,)) for m in entry.markets)
