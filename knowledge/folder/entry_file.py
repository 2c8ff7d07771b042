"""One entry version as a text file: YAML front matter in a fixed order, Markdown below. And read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any, NoReturn

from knowledge.days import as_day, as_moment
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import detect_language, parse_locale
from knowledge.domain.text import clean
from knowledge.folder.names import entry_path
from knowledge.folder.yaml_text import Verbatim, as_yaml, load_typed
from knowledge.reading import read_body, split
from knowledge.reading.document import Document
from knowledge.reading.yaml_tree import YamlRefused
from knowledge.records import KINDS, Audience, EntryVersion, State
from knowledge.store.repository import utc

KEYS = (
    "id", "title", "kind", "locale", "translates", "audience", "state", "version", "markets", "customer", "owner",
    "source", "review_due", "valid_until", "approved_by", "approved_at", "ended_at", "created_by", "created_at",
    "fields",
)  # fmt: skip
"""The front matter in its order; only what is set is written."""

LIFE = frozenset(
    ("state", "version", "source", "approved_by", "approved_at", "ended_at", "created_by", "created_at")
)  # fmt: skip
"""What the life of an entry sets and nobody writes by hand."""

_ALWAYS = ("id", "title", "kind", "locale", "audience", "state")
_DEFAULTS = EntryVersion("", 0, "", "", "", "", State.DRAFT, Audience.INTERNAL)
_FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOP_KEY = re.compile(r"""^(["']?)([\w-]+)\1:(?=\s|$)""", re.MULTILINE)
_LONGEST_ID = 200


def file_text(version: EntryVersion, *, without: frozenset[str] = frozenset()) -> str:
    """The version as a file's text. A source that is this file itself is not said again."""
    own = entry_path(version.entry_id, version.kind)
    front: dict[str, Any] = {}
    for key in KEYS:
        value = _said(version, key)
        is_set = value != own if key == "source" else key in _ALWAYS or value != getattr(_DEFAULTS, key)
        if is_set and key not in without:
            front[key] = value
    body = version.body or version.text
    return f"---\n{as_yaml(front)}---\n{body}" + ("" if body.endswith("\n") else "\n")


def _said(version: EntryVersion, key: str) -> Any:
    value = version.entry_id if key == "id" else getattr(version, key)
    if isinstance(value, datetime):
        return Verbatim(f"{utc(value).isoformat()}Z")
    if isinstance(value, State | Audience):
        return str(value)
    return value


@dataclass(frozen=True, slots=True)
class EntryFile:
    """A file read: the version it says, its document, and which keys its front matter has with a value."""

    version: EntryVersion
    document: Document
    keys: frozenset[str]


def read_entry(text: str, name: str, today: date) -> EntryFile:
    """The entry in `text`; `name` is the file's path in the folder. Raises `InputError` with the line."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _FRONT.match(text)
    if found is None:
        raise InputError("line 1: no front matter; begin with a line ---, then id: …, title: …, and a line --- again")
    front = _Front(found["front"], name, today)
    body = clean(text[found.end() :])
    try:
        document = read_body(name.removesuffix(".md"), body, below=found.group().count("\n"))
    except UnreadableFile as error:
        raise InputError(f"the text below the front matter {error.reason}; {error.remedy}") from None
    if all(block.kind == "heading" for block in document.blocks) and not split(document):
        raise InputError("the text below the front matter has headings only; write something below them")
    keys = frozenset(key for key, value in front.data.items() if value not in (None, ""))
    return EntryFile(front.version(document), document, keys)


class _Front:
    """Front matter, key by key. Everything wrong is said with its line."""

    def __init__(self, front: str, name: str, today: date) -> None:
        self.front, self.name, self.today = front, PurePosixPath(name), today
        try:
            # The empty line stands for the one with ---, so that lines are those of the file.
            data = load_typed(f"\n{front}")
        except YamlRefused as error:
            raise InputError(f"front matter: {error}; mend it") from None
        if not isinstance(data, Mapping):
            raise InputError("line 2: the front matter is no list of 'key: value' lines; mend it")
        self.data: dict[str, Any] = {key: _clean(value) for key, value in data.items()}
        self._refuse_unknown()

    def _refuse_unknown(self) -> None:
        seen: set[str] = set()
        for found in _TOP_KEY.finditer(self.front):
            if found[2] in seen:
                self.wrong(found[2], f"'{found[2]}' stands here twice; keep one of the lines", at=found.start())
            seen.add(found[2])
        for key in self.data:
            if key not in KEYS:
                near = get_close_matches(key, KEYS, 1)
                hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(KEYS)}"
                self.wrong(key, f"unknown key '{key[:60]}'; {hint}")

    def wrong(self, key: str, message: str, at: int | None = None) -> NoReturn:
        if at is None:
            found = next((found for found in _TOP_KEY.finditer(self.front) if found[2] == key), None)
            at = found.start() if found else -1
        place = f"line {self.front.count(chr(10), 0, at) + 2}: " if at >= 0 else ""
        raise InputError(f"{place}{message}")

    def version(self, document: Document) -> EntryVersion:
        text = "\n".join(block.text for block in document.blocks)
        entry_id = self._id()
        kind = self._kind()
        return EntryVersion(
            entry_id=entry_id,
            version=self._number(),
            kind=kind,
            locale=self._locale(text),
            title=self.text("title") or document.title,
            text=text,
            state=self._state(),
            audience=self._audience(),
            fields=self._fields(),
            markets=self._markets(),
            customer=self.optional("customer"),
            owner=self.text("owner"),
            translates=self.optional("translates"),
            source=self.text("source") if "source" in self.data else entry_path(entry_id, kind),
            review_due=self._day("review_due"),
            valid_until=self._day("valid_until"),
            approved_by=self.optional("approved_by"),
            approved_at=self._moment("approved_at"),
            ended_at=self._moment("ended_at"),
            created_by=self.text("created_by"),
            created_at=self._moment("created_at"),
            body=document.body,
        )

    def optional(self, key: str) -> str | None:
        """A text, or None where nothing is said."""
        value = self.data.get(key)
        if isinstance(value, Mapping | list | bool):
            self.wrong(key, f"{key} is no text; write one in quotes")
        return None if value is None else str(value)

    def text(self, key: str) -> str:
        return self.optional(key) or ""

    def _id(self) -> str:
        entry_id = self.text("id") or ("" if "~" in self.name.stem else self.name.stem)
        if not entry_id.strip() or "\n" in entry_id or len(entry_id) > _LONGEST_ID:
            self.wrong("id", f"the id is empty, has several lines or more than {_LONGEST_ID} characters; write another")
        return entry_id

    def _kind(self) -> str:
        folder = self.name.parent.name
        kind = self.text("kind") or (folder if folder in KINDS else "document")
        if kind not in KINDS:
            near = get_close_matches(kind, KINDS, 1)
            hint = f"did you mean {near[0]}?" if near else f"choose {', '.join(KINDS)}"
            self.wrong("kind", f"'{kind}' is no kind of entry; {hint}")
        return kind

    def _number(self) -> int:
        value = self.data.get("version")
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 10**6):
            self.wrong("version", f"version '{value}' is no number from 1 on")
        return value or 0

    def _locale(self, text: str) -> str:
        try:
            return parse_locale(self.text("locale") or detect_language(text) or "en").tag
        except InputError as error:
            self.wrong("locale", str(error))

    def _state(self) -> State:
        state = self.text("state") or "draft"
        if state == State.EXPIRED:
            self.wrong("state", "'expired' follows from valid_until; write approved and leave valid_until as it is")
        if state not in list(State):
            self.wrong("state", f"'{state}' is no state; choose draft, in_review, approved, retired")
        return State(state)

    def _audience(self) -> Audience:
        audience = self.text("audience") or "internal"
        if audience not in list(Audience):
            self.wrong("audience", f"'{audience}' is no audience; choose {', '.join(Audience)}")
        return Audience(audience)

    def _fields(self) -> dict[str, Any]:
        fields = self.data.get("fields")
        if fields is None:
            return {}
        if not isinstance(fields, Mapping):
            self.wrong("fields", "'fields' is no list of 'name: value' lines below it; write one a line")
        return dict(fields)

    def _markets(self) -> tuple[str, ...]:
        value = self.data.get("markets")
        if value is None:
            return ()
        items = value if isinstance(value, list) else [part.strip() for part in str(value).split(",")]
        if isinstance(value, Mapping) or any(isinstance(item, Mapping | list) for item in items):
            self.wrong("markets", "markets are a list such as [CN, EU]")
        # `NO` is Norway; a reader of YAML 1.1 wrote it so, ours leaves it a text.
        return tuple(str(item) for item in items if item not in (None, ""))

    def _day(self, key: str) -> date | None:
        value = self.data.get(key)
        try:
            return None if value is None else as_day(str(value), self.today, key)
        except (InputError, OverflowError) as error:
            self.wrong(key, str(error))

    def _moment(self, key: str) -> datetime | None:
        try:
            return as_moment(self.data.get(key), key)
        except InputError as error:
            self.wrong(key, str(error))


def _clean(value: Any) -> Any:
    """Front matter reaches prompts and pages: without what no reader sees, else as it is written."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(key): _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
