"""Every public file as projects keep it, read and written with the source as target: is it the same file?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.registry import format_of
from assistant.localization.memory.tmx import read_tmx, write_tmx
from assistant.localization.unit import TargetState
from evals.bench import Bench
from evals.bench.table import Row
from knowledge.domain.errors import KoujingError
from knowledge.domain.locale import Locale, parse_locale

ENDINGS = (".arb", ".json", ".po", ".pot", ".toml", ".xml")
FOLDERS = ("l10n_files", "k8s_cases", "k8s_blog", "cases_zh_en")


def round_trips(bench: Bench) -> Iterator[Row]:
    """Files that came out otherwise than they went in, by folder; translation memories by their pairs."""
    if bench.data is None:
        yield Row("round trip of public files", None, note="skipped: no public data here")
        return
    for folder in FOLDERS:
        endings = ENDINGS if folder == "l10n_files" else (".md",)
        paths = sorted(p for p in (bench.data / folder).rglob("*") if p.suffix in endings)
        results = [_same(path, bench) for path in paths]
        if results:
            changed = results.count(False)
            yield Row(
                f"{folder}: files changed by a round trip", changed, "files", "≤ 0", "byte for byte", len(results)
            )
    memories = sorted((bench.data / "tico19_tm").glob("*.tmx"))
    lost = sum(not _same_memory(path) for path in memories)
    yield Row("tico19_tm: memories changed by a round trip", lost, "files", "≤ 0", "pair for pair", len(memories))


def _same(path: Path, bench: Bench) -> bool:
    """Whether the copy is the file. Source and target are one locale, so that nothing is renamed in it; a file with
    two languages gets the final targets that it has."""
    data = path.read_bytes()
    bilingual = path.suffix in (".po", ".pot")
    locale = _locale_of(path) if bilingual else parse_locale("en")
    try:
        file = format_of(path.name, data).read(data, Reading(path.name, parse_locale("en"), locale))
        final = {u.id: u.target for u in file.units if u.target is not None and u.target_state is TargetState.FINAL}
        copy = file.write(Written(final if bilingual else {unit.id: unit.source for unit in file.units}))
    except KoujingError as error:
        bench.say(f"    {path.name}: {error}")
        return False
    if copy != data:
        bench.say(f"    {path.parent.name}/{path.name}: the copy differs")
    return copy == data


def _locale_of(path: Path) -> Locale:
    """The locale of a catalogue by the folders it is in: `locale/cs/LC_MESSAGES/django.po`."""
    named = [part for part in path.parts[-4:-1] if re.fullmatch(r"[a-z]{2}(?:[-_][A-Z]{2})?", part)]
    return parse_locale(named[-1] if named else "en")


def _same_memory(path: Path) -> bool:
    data = path.read_bytes()
    source, target = parse_locale("en"), parse_locale(path.name.split(".")[1].split("-", 1)[1])
    pairs = list(read_tmx(data, source, target))
    again = list(read_tmx(write_tmx(pairs), source, target))
    return bool(pairs) and [(m.source, m.target) for m in pairs] == [(m.source, m.target) for m in again]
