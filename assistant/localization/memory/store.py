"""The translation memory of one workspace, in its database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, insert, update
from sqlalchemy.orm import Session

from assistant.localization.checks.base import Pair
from assistant.localization.checks.registry import check_pair
from assistant.localization.content import Content
from assistant.localization.memory.facts import SourceFacts, Used
from assistant.localization.memory.fuzzy import Alike
from assistant.localization.memory.matching import context_of, digest_of, fitted
from assistant.localization.memory.port import MatchKind, MemoryMatch
from assistant.localization.memory.shelf import CandidateShelf
from assistant.localization.segment import Segment
from assistant.localization.translating import Example
from knowledge.domain.finding import Severity
from knowledge.domain.locale import Locale
from knowledge.domain.text import snippet
from knowledge.domain.words import Words
from knowledge.library import Library
from knowledge.store.passages import batches
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import MemoryRow

RANKS = {"person": 3, "file": 2, "model": 1}
"""What counts more: what a person wrote, what came in with a file, what a model wrote and nobody looked at."""
EXAMPLES = 2
"""Fuzzy matches shown for a segment."""
_LOOKED_AT = 6
"""So many of those that are alike are looked at, as some of them may be stale."""


@dataclass(frozen=True, slots=True)
class Held:
    """A translation that was there and must not be used again before a person has looked at it: a fact that its source
    states does not hold any more. `why` is one line for people."""

    target: Content
    why: Words


class LookedUp(NamedTuple):
    """What the memory has for some segments, by segment id; no id stands in both."""

    matches: dict[str, MemoryMatch]
    held: dict[str, Held]


class MemoryStore(Record):
    """Implements `TranslationMemory` on the database. Make one for a library and keep it: it holds the sources that
    fuzzy matches are looked for among, and the facts of the library."""

    def __init__(self, library: Library) -> None:
        super().__init__(library.database, library.workspace)
        self._now = library.now
        self._facts = SourceFacts(library)
        self._shelf = CandidateShelf(library.database, library.workspace)

    def find(self, segments: Sequence[Segment], source: Locale, target: Locale) -> dict[str, MemoryMatch]:
        """See the port. Stale ones are left out; `look_up` tells of them, too."""
        return self.look_up(segments, source, target).matches

    def look_up(self, segments: Sequence[Segment], source: Locale, target: Locale) -> LookedUp:
        """The matches, and for segments without one the translation that no longer holds.

        A segment that is held goes to review with its reason: its source says what is not the line any more, so that
        a new translation would not be better. What came in with a file is checked as a model's words are, and is no
        match when a check finds an error.
        """
        digests = {segment.id: digest_of(segment.source, segment.plural) for segment in segments}
        rows: dict[str, list[MemoryRow]] = defaultdict(list)
        for row in self._rows(set(digests.values()), source, target):
            rows[row.digest].append(row)
        why = self._why_stale([row for found in rows.values() for row in found])
        found = LookedUp({}, {})
        taken: list[MemoryRow] = []
        for segment in segments:
            for row, content in _fitting(rows.get(digests[segment.id], []), segment):
                if id(row) in why:
                    found.held.setdefault(segment.id, Held(content, why[id(row)]))
                    continue
                if row.origin == "file" and _is_wrong(segment, content, source, target):
                    continue
                taken.append(row)
                found.held.pop(segment.id, None)
                found.matches[segment.id] = MemoryMatch(_kind(row, segment), content, row.origin, row.by)
                break
        self._count(taken)
        return found

    def alike(self, segments: Sequence[Segment], source: Locale, target: Locale) -> dict[str, Sequence[Example]]:
        """See the port. Figures do not count for being alike; a stale one stands behind one that holds, never first."""
        candidates = self._shelf.of(source, target)
        near = {segment.id: candidates.like(segment.source.words, _LOOKED_AT) for segment in segments}
        rows: dict[str, MemoryRow] = {}
        for row in self._rows({one.digest for found in near.values() for one in found}, source, target):
            rows[row.digest] = max(row, rows.get(row.digest, row), key=_counts)
        stale = self._why_stale(list(rows.values()))
        examples: dict[str, Sequence[Example]] = {}
        for segment_id, found in near.items():
            there = [(rows[one.digest], one) for one in found if one.digest in rows]
            shown = _shown([pair for pair in there if id(pair[0]) not in stale])
            if shown:
                examples[segment_id] = (*shown, *_shown([p for p in there if id(p[0]) in stale]))[:EXAMPLES]
        return examples

    def keep(self, done: Mapping[Segment, Content], source: Locale, target: Locale, *, origin: str, by: str) -> None:
        """See the port. `origin` is one of `RANKS`; of two with the same rank the newer one stands, and what a person
        wrote before is on record. A source that says nothing and an empty target are not kept.
        """
        new = {
            (digest_of(segment.source, segment.plural), context_of(segment)): (segment.source, content)
            for segment, content in done.items()
            if content.says_something and segment.source.says_something
        }
        for keys in batches(list(new)):
            part = {key: new[key] for key in keys}
            facts = self._facts.of((text.words for text, _ in part.values()), source)
            with self.writing(revises=False) as session:
                self._write(session, part, facts, source, target, origin, by)
        self._shelf.add(source, target, ((digest, new[digest, context][0].words) for digest, context in new))

    # --- inside ---

    def _rows(self, digests: set[str], source: Locale, target: Locale) -> Iterator[MemoryRow]:
        with self.reading() as session:
            for part in batches(sorted(digests)):
                yield from session.scalars(
                    self.rows(MemoryRow).where(*_pair(source, target), MemoryRow.digest.in_(part))
                )

    def _why_stale(self, rows: Sequence[MemoryRow]) -> dict[int, Words]:
        """Why rows do not hold, by their identity; those that do are left out."""
        changed = self._facts.stale(used for row in rows for used in _facts_of(row))
        found = {}
        for row in rows:
            marked = [Words(zh=row.stale, en=row.stale)] if row.stale else []
            reasons = [*marked, *(changed[used] for used in _facts_of(row) if used in changed)]
            if reasons:
                found[id(row)] = Words(zh=_joined(reasons, "zh"), en=_joined(reasons, "en"))
        return found

    def _count(self, taken: Sequence[MemoryRow]) -> None:
        """Each row that was taken, with how often."""
        if not taken:
            return
        uses: dict[tuple[str, str, str, str], int] = defaultdict(int)
        before = {_key(row): row.uses for row in taken}
        for row in taken:
            uses[_key(row)] += 1
        names = ("source_locale", "target_locale", "digest", "context")
        now = utc(self._now())
        with self.writing(revises=False) as session:
            session.execute(update(MemoryRow), [
                {"workspace": self.workspace, **dict(zip(names, key, strict=True)),
                 "uses": before[key] + count, "used_at": now}
                for key, count in sorted(uses.items())
            ])  # fmt: skip

    def _write(
        self,
        session: Session,
        part: Mapping[tuple[str, str], tuple[Content, Content]],
        facts: Sequence[tuple[Used, ...]],
        source: Locale,
        target: Locale,
        origin: str,
        by: str,
    ) -> None:
        """Write one batch: new rows together, changed ones one by one."""
        digests = sorted({digest for digest, _ in part})
        there = session.scalars(self.rows(MemoryRow).where(*_pair(source, target), MemoryRow.digest.in_(digests)))
        known = {(row.digest, row.context): row for row in there}
        rank, now = RANKS[origin], self._now()
        fresh: list[dict[str, Any]] = []
        for (key, (text, content)), used in zip(part.items(), facts, strict=True):
            values = {
                "source": text.to_json(), "target": content.to_json(), "text": text.words, "origin": origin,
                "rank": rank, "by": by, "facts": [list(one) for one in used], "stale": "", "updated_at": utc(now),
            }  # fmt: skip
            row = known.get(key)
            if row is None:
                names = {"source_locale": source.tag, "target_locale": target.tag, "digest": key[0], "context": key[1]}
                fresh.append({"workspace": self.workspace, **names, **values, "created_at": utc(now), "uses": 0})
            elif rank >= row.rank:
                self._note_change(session, row, content, by, now)
                for name, value in values.items():
                    setattr(row, name, value)
        if fresh:
            session.execute(insert(MemoryRow), fresh)

    def _note_change(self, session: Session, row: MemoryRow, content: Content, by: str, now: datetime) -> None:
        old = Content.from_json(row.target)
        if row.origin == "person" and str(old) != str(content):
            what = f"{row.source_locale}-{row.target_locale}: {snippet(row.text, 120)}"
            self.note(session, "memory", what, "replaced", by, now, reason=f"{row.by}: {old}")


def _pair(source: Locale, target: Locale) -> tuple[ColumnElement[bool], ...]:
    return MemoryRow.source_locale == source.tag, MemoryRow.target_locale == target.tag


def _key(row: MemoryRow) -> tuple[str, str, str, str]:
    return row.source_locale, row.target_locale, row.digest, row.context


def _facts_of(row: MemoryRow) -> list[Used]:
    return [(entry_id, version) for entry_id, version in row.facts]


def _counts(row: MemoryRow) -> tuple[int, datetime]:
    return row.rank, row.updated_at


def _fitting(rows: Sequence[MemoryRow], segment: Segment) -> Iterator[tuple[MemoryRow, Content]]:
    """The rows whose codes and length fit, the best first: what a person saw before what nobody looked at, then the
    same context, then rank, then the newest."""
    model, context = RANKS["model"], context_of(segment)
    ordered = sorted(rows, key=lambda r: (r.rank > model, bool(context) and r.context == context, *_counts(r)))
    for row in reversed(ordered):
        content = fitted(Content.from_json(row.source), Content.from_json(row.target), segment)
        if content is not None and (segment.max_length is None or len(str(content)) <= segment.max_length):
            yield row, content


def _is_wrong(segment: Segment, content: Content, source: Locale, target: Locale) -> bool:
    """Whether a check finds an error in what came in with a file: memories of other tools hold wrong figures, too."""
    pair = Pair(segment.source, content, source, target, max_length=segment.max_length, plural=segment.plural)
    return any(finding.severity is Severity.ERROR for finding in check_pair(pair))


def _kind(row: MemoryRow, segment: Segment) -> MatchKind:
    return MatchKind.IN_CONTEXT if row.context and row.context == context_of(segment) else MatchKind.EXACT


def _shown(found: Sequence[tuple[MemoryRow, Alike]]) -> list[Example]:
    """As examples, the likest first, a person's before a model's where both are as like."""
    best = sorted(found, key=lambda pair: (-pair[1].score, -pair[0].rank))
    return [Example(row.text, Content.from_json(row.target).words, round(one.score, 3)) for row, one in best]


def _joined(reasons: Sequence[Words], language: str) -> str:
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(reason.of(language) for reason in reasons))
