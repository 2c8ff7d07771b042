"""What a linguist gets and what comes back."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.jobs.records import JobSegment
from assistant.localization.segment import SegmentState
from assistant.localization.told import why_words

KEY = re.compile(r"(\d{1,18})-([0-9a-f]{16})")

_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WITHOUT_NUMBER = frozenset({"zero", "one", "two"})
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A segment as a linguist sees it. `file` is the name of the source file, `target` what there is so far (also a
    quarantined proposal), `why` the reason of its state."""

    number: int
    file: str
    place: str
    locale: str
    source: Content
    target: Content | None
    state: SegmentState
    why: str = ""
    note: str = ""
    plural: str = ""
    max_length: int | None = None

    @property
    def key(self) -> str:
        """Number and digest of the source: by it a row is known again, and whether its source is still the same."""
        told = json.dumps([self.locale, self.source.to_json()], ensure_ascii=True)
        return f"{self.number}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A target that a person wrote or confirmed, for the segment with that number."""

    number: int
    target: Content


@dataclass(frozen=True, slots=True)
class Review:
    """What came back: the edits, and one line for each row that cannot be taken as it is."""

    edits: tuple[Edit, ...] = ()
    problems: tuple[str, ...] = ()


def rows_of(segments: Iterable[JobSegment], files: Mapping[int, str], language: str = "en") -> list[ReviewRow]:
    """The rows of segments, those that want a person first. `files` are the names by number, `language` is that of the
    reasons."""
    rows = [
        ReviewRow(
            number=segment.number,
            file=files.get(segment.file, ""),
            place=segment.segment.place,
            locale=segment.locale,
            source=segment.segment.source,
            target=segment.target,
            state=segment.state,
            why=why_words(segment).of(language),
            note=segment.segment.note,
            plural=segment.segment.plural,
            max_length=segment.segment.max_length,
        )
        for segment in segments
    ]
    return in_order(rows)


def in_order(rows: Iterable[ReviewRow]) -> list[ReviewRow]:
    """Quarantined, then failed, then the others, each in the order of the job."""
    first = {SegmentState.NEEDS_REVIEW: 0, SegmentState.FAILED: 1}
    return sorted(rows, key=lambda row: (first.get(row.state, 2), row.number))


def shown(text: str) -> str:
    """A text as it stands in the file: line breaks in one kind, letters that XML cannot hold as U+FFFD."""
    return _NEVER.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(slots=True)
class Returns:
    """Holds what comes back against the rows of the job as they are now. Each row that is taken, refused or unknown is
    told once."""

    rows: Mapping[int, ReviewRow]
    edits: dict[int, Edit] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seen: dict[int, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[ReviewRow]) -> Returns:
        return cls({row.number: row for row in rows})

    def row(self, where: str, key: str) -> ReviewRow | None:
        """The row with that key; None, with the problem noted, when there is none or its source is another now."""
        found = KEY.fullmatch(key.strip())
        row = self.rows.get(int(found[1])) if found else None
        if row is None:
            self.problem(where, f"no segment of this job has the key '{shorter(key)}'; take it over by hand")
        elif row.key != key.strip():
            self.problem(where, f"the source of segment {row.number} changed meanwhile; export it again")
            return None
        return row

    def problem(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")

    def take(self, where: str, row: ReviewRow, target: Content | None, *, confirmed: bool = False) -> None:
        """A row as it came back. What is as it was is no edit, unless it was confirmed."""
        text = shown(str(target)) if target else ""
        before = shown(str(row.target)) if row.target else ""
        if row.number in self.seen:
            self._again(where, row, text)
            return
        self.seen[row.number] = where, text
        if text == before and not confirmed:
            return
        if not text.strip():
            self.problem(where, f"segment {row.number} has no target; write one, or leave the row as it was")
            return
        assert target is not None
        wrong = code_fault(row, target)
        if wrong:
            self.problem(where, f"segment {row.number}: {wrong}")
            return
        # What was not touched is taken from the job: the file may show a letter otherwise.
        self.edits[row.number] = Edit(row.number, row.target if text == before and row.target else target)

    def _again(self, where: str, row: ReviewRow, text: str) -> None:
        first, before = self.seen[row.number]
        if text != before:
            self.edits.pop(row.number, None)
            self.problem(where, f"segment {row.number} stands in {first} too, with another target; leave one of them")

    def review(self) -> Review:
        """All of it, in the order of the job."""
        return Review(tuple(self.edits[number] for number in sorted(self.edits)), tuple(self.problems))


def code_fault(row: ReviewRow, target: Content) -> str:
    """What is wrong with the codes of a target, in words; empty when they are all there. The number may be left out
    where a plural form says it by itself."""
    wanted = Counter(code.text for code in row.source.codes)
    there = Counter(code.text for code in target.codes)
    missing = wanted - there
    if row.plural in _WITHOUT_NUMBER and missing.total() == 1 and _is_placeholder(row, next(iter(missing))):
        missing.clear()
    if missing:
        return f"{_listed(missing)} of the source is missing from the target; put it back"
    before, after = _strings(row.source), _strings(target)
    doubled = [text for text in wanted if after.count(text) > before.count(text)] + list(there - wanted)
    return f"{_listed(doubled)} is in the target more often than in the source; remove one" if doubled else ""


def _strings(content: Content) -> str:
    return "\0".join(piece for piece in content.pieces if isinstance(piece, str))


def _is_placeholder(row: ReviewRow, text: str) -> bool:
    return any(code.text == text and code.kind is CodeKind.PLACEHOLDER for code in row.source.codes)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(shorter(text) for text in texts)


def shorter(text: str) -> str:
    """A text in one line that is not too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


def as_shown(codes: Iterable[Code]) -> list[Code]:
    """Codes with their texts as they stand in the file, so that they are found there."""
    return [Code(code.id, shown(code.text), code.kind, code.movable) for code in codes]


def restored(content: Content, source: Content) -> Content:
    """`content`, read with the codes of `as_shown`, with the codes as `source` has them."""
    own = {(code.id, shown(code.text)): code for code in source.codes}
    return Content.of(*(own.get((p.id, p.text), p) if isinstance(p, Code) else p for p in content.pieces))
