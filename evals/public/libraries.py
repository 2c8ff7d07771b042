"""Any folder of documents as a library, and briefs for it: nobody tuned to it, nobody wrote what is right.

The kind of an entry is guessed from the names of the folders it stands in, the locale likewise or from the text. The
briefs carry no expectations: only what needs no gold is scored (support, citations, yield, shape).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.workspace import Workspace
from evals.cases import Case
from knowledge.domain.errors import InputError
from knowledge.importing import ImportItem, ImportOptions, ImportReport
from knowledge.library import Library
from knowledge.reading import readable
from knowledge.records import Audience, Scope, State

STORIES = 3
"""Success stories per language."""

_KINDS = (
    ("case", ("case", "cases", "story", "stories", "customers", "案例")),
    ("press_kit", ("brand", "branding", "kit", "boilerplate", "品牌")),
    ("milestone", ("press", "news", "announcements", "milestones", "新闻", "里程碑")),
    ("product", ("product", "products", "产品")),
    ("position", ("messaging", "positioning", "positions", "观点")),
    ("document", ("persona", "personas")),
    ("competitor", ("competitor", "competitors", "competitive", "competition", "竞品")),
    ("technology", ("technology", "technologies", "技术")),
    ("company", ("company", "about", "公司")),
)
"""A kind, and the words in a folder's name that speak for it; the first that fits counts."""

_LOCALES = {
    "zh": "zh-CN", "zh-cn": "zh-CN", "cn": "zh-CN", "en": "en", "en-us": "en-US", "en-gb": "en-GB", "ja": "ja",
    "ko": "ko", "de": "de", "fr": "fr", "es": "es", "pt-br": "pt-BR", "pt": "pt-BR",
}  # fmt: skip
_LICENCE = re.compile(r"^(?:licen[cs]es?|copying|notice)$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"\b[A-Z][A-Za-z0-9]{2,}\b")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """What a brief needs to know of an entry."""

    id: str
    kind: str
    locale: str
    title: str
    audience: str = "public"

    @property
    def language(self) -> str:
        return self.locale.split("-", 1)[0]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Files that are imported alike."""

    paths: tuple[Path, ...]
    kind: str
    locale: str | None


def import_folder(workspace: Workspace, folder: Path) -> ImportReport:
    """Every readable document of a folder as an approved, public entry; licences are left out.

    Raises `InputError` when there is no such folder or nothing readable in it; a file that cannot be read is a line of
    the report.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder of a library")
    importer = workspace.library.importer()
    items: list[ImportItem] = []
    for shelf in _shelves(folder.resolve()):
        options = ImportOptions(
            kind=shelf.kind, locale=shelf.locale, audience=Audience.PUBLIC, state=State.APPROVED, by="eval"
        )
        items += importer.run(list(shelf.paths), options).items
    if not items:
        raise InputError(f"{folder}: no document that can be read; a library needs some")
    return ImportReport(tuple(items))


def entry_lines(library: Library) -> list[EntryLine]:
    """The approved entries of a library, by id, each with the widest audience that a text about it may have."""
    public = {entry.entry_id for entry in library.offered(Scope(audience=Audience.PUBLIC))}
    known = library.offered(Scope(audience=Audience.INTERNAL))
    lines = [EntryLine(e.entry_id, e.kind, e.locale, e.title, _circle(e.entry_id in public)) for e in known]
    return sorted(lines, key=lambda line: line.id)


def cases_for(entries: Sequence[EntryLine], source: str = "library") -> list[Case]:
    """Stories, a release, a brand house and a comparison in the language that most entries have; and once more in
    Chinese or English when the library speaks that, too. The same entries give the same cases."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    return [case for language in _languages(ordered) for case in _in_language(ordered, language, source)]


def kind_of(names: Sequence[str]) -> str:
    """The kind that folder names speak for, nearest folder first; `document` when none does."""
    for name in names:
        words = {word.casefold() for word in _WORDS.findall(name)}
        for kind, signs in _KINDS:
            if words.intersection(signs):
                return kind
    return "document"


def locale_of(names: Sequence[str]) -> str | None:
    """The locale that a folder is named after, nearest folder first."""
    return next((_LOCALES[name.casefold()] for name in names if name.casefold() in _LOCALES), None)


def _circle(public: bool) -> str:
    return str(Audience.PUBLIC if public else Audience.INTERNAL)


def _shelves(root: Path) -> Iterator[_Shelf]:
    """The folder in the largest parts whose files are alike: an entry's id then says where its file stands."""
    outer = [root.name, *([root.parent.name] if locale_of([root.name]) else [])]

    def names(folder: Path) -> list[str]:
        return [*reversed(folder.relative_to(root).parts), *outer]

    def below(folder: Path) -> Iterator[_Shelf]:
        files = [path for path in sorted(folder.rglob("*")) if _wanted(path, root)]
        alike = {(kind_of(names(path.parent)), locale_of(names(path.parent))) for path in files}
        whole = all(_wanted(path, root) for path in folder.rglob("*") if path.is_file() and readable(path))
        if len(alike) == 1 and whole:
            yield _Shelf((folder,), *alike.pop())
            return
        here = tuple(path for path in files if path.parent == folder)
        if here:
            yield _Shelf(here, kind_of(names(folder)), locale_of(names(folder)))
        for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
            yield from below(inner)

    yield from below(root)


def _wanted(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    hidden = any(part.startswith(".") for part in parts)
    licence = any(_LICENCE.match(part) for part in (*parts[:-1], path.stem))
    return path.is_file() and readable(path) and not hidden and not licence


def _languages(entries: Sequence[EntryLine]) -> list[str]:
    """The language of most entries, and the one of zh and en that comes next."""
    counts = Counter(entry.language for entry in entries)
    if not counts:
        return []
    ranked = sorted(counts, key=lambda language: (-counts[language], language))
    second = next((language for language in ranked[1:] if language in ("zh", "en")), None)
    return [ranked[0], *([second] if second else [])]


def _in_language(entries: Sequence[EntryLine], language: str, source: str) -> Iterator[Case]:
    own = [entry for entry in entries if entry.language == language]
    zh, locale = language == "zh", Counter(entry.locale for entry in own).most_common(1)[0][0]

    def case(name: str, why: str, template: str, inputs: dict[str, str], audience: str = "public") -> Case:
        ask = {"template": template, "inputs": inputs, "audience": audience}
        return Case(f"library-{name}-{language}", locale, why, ask, source=source)

    for entry in _spread([entry for entry in own if entry.kind == "case"], STORIES):
        why = "a case of a library that nobody tuned to"
        yield case(f"story-{entry.id}", why, "success_story", {"case": entry.id}, entry.audience)
    news = _newest([entry for entry in own if entry.kind == "milestone"])
    if news:
        day = _DAY.search(news.id)
        given = {
            "subject": news.title,
            "date": day.group() if day else "2026-12-01",
            "city": "上海" if zh else "London",
        }
        yield case("press", "the newest piece of news of the library", "press_release", given, news.audience)
    period = {"period": "2027 年" if zh else "2027"}
    yield case("house", "a message for the whole company from what there is", "brand_house", period)
    product = _product(own)
    if product and any(entry.kind == "competitor" for entry in own):
        given = {"product": product, "goal": "learn", "stage": "在售" if zh else "on sale"}
        yield case("rivals", "what the library says about others", "competitor_analysis", given, "internal")


def _product(entries: Sequence[EntryLine]) -> str:
    """The shortest title of a product entry; else the name in most titles that are not about others; else empty.

    A page about a product is called like it, one that compares says more. A file without a title of its own is called
    like the file, which says nothing of a product.
    """
    titles = [entry.title for entry in entries if entry.kind == "product" and "_" not in entry.title]
    if titles:
        return min(titles, key=len)
    own = (set(_NAME.findall(entry.title)) for entry in entries if entry.kind != "competitor")
    counts = Counter(name for names in own for name in names)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return ranked[0] if ranked and counts[ranked[0]] > 1 else ""


def _spread(entries: Sequence[EntryLine], most: int) -> list[EntryLine]:
    """At most `most` of them, evenly apart: chosen by place, not by content."""
    if len(entries) <= most:
        return list(entries)
    return [entries[(2 * place + 1) * len(entries) // (2 * most)] for place in range(most)]


def _newest(entries: Sequence[EntryLine]) -> EntryLine | None:
    """The entry whose id carries the latest year (and day), or the first when none carries any."""
    dated = [
        (found.group(), entry.id, entry)
        for entry in entries
        if (found := _DAY.search(entry.id) or _YEAR.search(entry.id))
    ]
    return max(dated)[2] if dated else next(iter(entries), None)
