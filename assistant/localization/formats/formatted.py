"""Paragraphs of formatted runs as contents, and back: what stands between the words becomes codes.

The plainest formatting of a paragraph is its text; other formatting is a pair of codes with a text of our own
(`<r1>`…`</r1>`), a link or content control is `<a2>`…`</a2>`, what stands alone is `<tab3/>`, `<br4/>`, `<note5/>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from assistant.localization.content import Code, CodeKind, Content, Piece
from knowledge.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class Style:
    """How a run looks. `key` is its formatting without what no reader sees, `weight` how many properties that is,
    `font` the font of its Latin letters (None: it has no such letters, so any font is the same). `properties` is the
    element they come from, None where a run has none."""

    key: str
    weight: int = 0
    font: str | None = ""
    properties: Any = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one formatting; `blank` when it is white space that shows no line."""

    text: str
    style: Style
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """Something among the words that stands alone. `elements` gives what is put back for it; `literal` is its text
    where it is words that nobody translates."""

    label: str
    elements: Callable[[], list[Any]]
    kind: CodeKind = CodeKind.SINGLE
    movable: bool = True
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Words inside something: an element (`shell` gives it empty, and where its content goes), or two marks."""

    atoms: Sequence[Atom]
    shell: Callable[[], tuple[Any, Any]] | None = None
    before: Callable[[], list[Any]] = list
    after: Callable[[], list[Any]] = list
    label: str = "a"


Atom = Run | Inline | Wrapped
MakeRun = Callable[[Any, str], Any]
"""A new run of the properties (or None) with the text."""


class Formatted:
    """One paragraph: its content, and the elements for a target."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self._styles: dict[str, Style] = {}
        self._inlines: dict[str, Inline] = {}
        self._wraps: dict[str, Wrapped] = {}
        self._inner: dict[str, Style] = {}
        self._count = 0
        pieces, self._base = self._pieces(atoms, Style(""))
        self.content = Content.of(*pieces)

    def elements(self, target: Content, make_run: MakeRun) -> list[Any]:
        """What stands in the paragraph for `target`. Codes that are not the paragraph's own are left out.

        Raises `InputError` for a letter that XML cannot hold.
        """
        rebuilt = _Rebuilt(self._base)
        used: set[str] = set()
        for piece in target.pieces:
            if isinstance(piece, str):
                rebuilt.add([_made(make_run, rebuilt.style.properties, piece)])
            elif piece.id not in used:
                used.add(piece.id)
                self._put(piece, rebuilt)
        return rebuilt.top

    def _put(self, code: Code, rebuilt: _Rebuilt) -> None:
        if code.id in self._inlines:
            rebuilt.add(self._inlines[code.id].elements())
        elif code.id.startswith("/"):
            wrapped = self._wraps.get(code.id[1:])
            if rebuilt.leave(code.id[1:]) and wrapped is not None:
                rebuilt.add(wrapped.after())
        elif code.id in self._styles:
            rebuilt.enter(code.id, self._styles[code.id])
        elif code.id in self._wraps:
            wrapped = self._wraps[code.id]
            rebuilt.add(wrapped.before())
            outer, inner = wrapped.shell() if wrapped.shell else (None, None)
            rebuilt.add([outer] if outer is not None else [])
            rebuilt.enter(code.id, self._inner[code.id], inner)

    def _pieces(self, atoms: Sequence[Atom], outer: Style) -> tuple[list[Piece], Style]:
        level = _with_one_font(_with_blanks(atoms))
        base = min((atom.style for atom in level if isinstance(atom, Run)), key=lambda s: s.weight, default=outer)
        pieces: list[Piece] = []
        for style, group in groupby(level, key=lambda atom: atom.style if isinstance(atom, Run) else None):
            if style is None:
                for atom in group:
                    pieces += self._single(atom, base)
                continue
            text = "".join(atom.text for atom in group if isinstance(atom, Run))
            if style == base:
                pieces.append(text)
            else:
                number = self._number()
                self._styles[number] = style
                pieces += _paired(number, "r", [text])
        return pieces, base

    def _single(self, atom: Atom, base: Style) -> list[Piece]:
        number = self._number()
        if isinstance(atom, Inline):
            self._inlines[number] = atom
            return [Code(number, atom.literal or f"<{atom.label}{number}/>", atom.kind, atom.movable)]
        assert isinstance(atom, Wrapped)
        self._wraps[number] = atom
        inner, self._inner[number] = self._pieces(atom.atoms, base)
        return _paired(number, atom.label, inner)

    def _number(self) -> str:
        self._count += 1
        return str(self._count)


class _Rebuilt:
    """Where the next elements go, and in which formatting."""

    def __init__(self, base: Style) -> None:
        self.top: list[Any] = []
        self._open: list[tuple[str, Style, Any]] = [("", base, None)]

    @property
    def style(self) -> Style:
        return self._open[-1][1]

    def add(self, elements: Iterable[Any]) -> None:
        holder = self._open[-1][2]
        (self.top if holder is None else holder).extend(elements)

    def enter(self, id_: str, style: Style, holder: Any = None) -> None:
        self._open.append((id_, style, self._open[-1][2] if holder is None else holder))

    def leave(self, id_: str) -> bool:
        """Close it and whatever was opened in it; False when it is not open."""
        at = next((n for n, (open_id, _, _) in enumerate(self._open) if open_id == id_), 0)
        if at:
            del self._open[at:]
        return bool(at)


def described(element: Any) -> str:
    """An element of a run's properties as a text that is equal for equal ones."""
    name = str(element.tag).rpartition("}")[2]
    told = "".join(f' {key.rpartition("}")[2]}="{value}"' for key, value in sorted(element.items()))
    return f"<{name}{told}>" + "".join(described(child) for child in element) + f"</{name}>"


def _paired(number: str, label: str, inner: list[Piece]) -> list[Piece]:
    first = Code(number, f"<{label}{number}>", CodeKind.OPEN)
    return [first, *inner, Code(f"/{number}", f"</{label}{number}>", CodeKind.CLOSE)]


def _with_blanks(atoms: Sequence[Atom]) -> list[Atom]:
    """A blank run looks like the run before it, at the beginning like the one after."""
    found: list[Atom] = []
    for at, atom in enumerate(atoms):
        beside = found[-1] if found else next(iter(atoms[at + 1 :]), None)
        if isinstance(atom, Run) and atom.blank and isinstance(beside, Run) and not beside.blank:
            atom = Run(atom.text, beside.style)
        found.append(atom)
    return found


def _with_one_font(atoms: Sequence[Atom]) -> list[Atom]:
    """A run without Latin letters takes the style of the first run that looks the same and has some; runs of equal
    style share the properties of the first."""
    first: dict[tuple[str, str | None], Style] = {}
    for style in _styles(atoms):
        if style.font is not None:
            first.setdefault((style.key, style.font), style)
            first.setdefault((style.key, None), style)
    for style in _styles(atoms):
        first.setdefault((style.key, style.font), style)
    return [
        Run(atom.text, first[(atom.style.key, atom.style.font)], atom.blank) if isinstance(atom, Run) else atom
        for atom in atoms
    ]


def _styles(atoms: Sequence[Atom]) -> Iterator[Style]:
    return (atom.style for atom in atoms if isinstance(atom, Run))


def _made(make_run: MakeRun, properties: Any, text: str) -> Any:
    try:
        return make_run(properties, text)
    except ValueError as error:
        found = next((letter for letter in text if letter < " " or letter in "\ufffe\uffff"), "")
        raise InputError(f"the translation holds the letter U+{ord(found or ' '):04X}, which XML cannot; remove it: "
                         f"{text[:40]!r}") from error  # fmt: skip
