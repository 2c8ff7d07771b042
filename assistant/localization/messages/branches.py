"""An ICU message as units, one for each of its variants, and the message put together again.

What stands around a plural or select is taken into its branches, so that each variant is a whole sentence:
`You have {n, plural, one {# file} other {# files}}.` gives `You have # file.` and `You have # files.`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.messages.forms import Form, Plural
from assistant.localization.messages.icu import Argument, Branch, Choice, Message, Part, Pound, Text, escaped, parse
from assistant.localization.unit import Unit
from knowledge.domain.locale import Locale

MOST_VARIANTS = 64
"""A message of more variants is one unit, in which what is not words is codes."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format reads ICU: the locales; `zero_is_none`: `zero` is the number 0 (Flutter); `quotes`: whether
    apostrophes quote."""

    source: Locale
    target: Locale
    zero_is_none: bool = False
    quotes: bool = True


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A variant. `inside`: the choice whose branch it is written into."""

    path: str
    parts: tuple[Part, ...]
    inside: Choice | None
    plural: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Fork:
    """A choice with a variant, or a choice again, for each of its selectors in the target."""

    choice: Choice
    cases: tuple[tuple[Form, _Leaf | _Fork], ...]


class _TooTangled(Exception):
    """The message cannot be taken apart into whole sentences."""


class IcuMessage:
    """A message of a file. `unit` lends its id, place, context and note to the units of the variants."""

    def __init__(self, text: str, unit: Unit, dialect: Dialect) -> None:
        self.message = parse(text, quotes=dialect.quotes)
        self._dialect = dialect
        self._unit = unit
        self._variants = 0
        self._margins = "", ""
        self._tree = self._grown()
        self._sources = {self._id(unit.id, leaf): self._content(leaf) for leaf in _leaves(self._tree)}
        several = len(self._sources) > 1
        self.units: tuple[Unit, ...] = tuple(
            replace(
                unit,
                id=id_,
                source=source,
                note="; ".join(filter(None, (unit.note, leaf.note))),
                plural=leaf.plural,
                plural_of=unit.id if several else "",
            )
            for leaf, (id_, source) in zip(_leaves(self._tree), self._sources.items(), strict=True)
            if source.says_something
        )

    def written(self, targets: Mapping[str, Content]) -> str | None:
        """The message in the target language; None when it keeps its source: a variant has no target, or nothing
        differs. A message is never half translated: one variant that is held keeps them all in the source."""
        if not self.units or any(unit.id not in targets for unit in self.units):
            return None
        contents = {**self._sources, **{unit.id: targets[unit.id] for unit in self.units}}
        if all(str(contents[id_]) == str(source) for id_, source in self._sources.items()) and not self._reshaped:
            return None
        lead, tail = self._margins
        return lead + self._put(self._tree, contents) + tail

    @property
    def _reshaped(self) -> bool:
        """Whether the target has other forms than the source."""
        forks = [self._tree] if isinstance(self._tree, _Fork) else []
        while forks:
            fork = forks.pop()
            if any(f.selector != f.made_from for f, _ in fork.cases) or len(fork.cases) != len(fork.choice.branches):
                return True
            forks.extend(case for _, case in fork.cases if isinstance(case, _Fork))
        return False

    @staticmethod
    def _id(key: str, leaf: _Leaf) -> str:
        return f"{key}{leaf.path}"

    # --- apart ---

    def _grown(self) -> _Leaf | _Fork:
        parts = self.message.parts
        whole = _Leaf("", parts, None)
        if not self.message.choices:
            return whole
        try:
            tree = self._grow(tuple(part for part in parts if not _is_margin(part, parts)), whole, {})
            list(map(self._content, _leaves(tree)))
        except _TooTangled:
            return whole
        self._margins = _margin(parts[0]), _margin(parts[-1])
        return tree

    def _grow(self, parts: tuple[Part, ...], leaf: _Leaf, taken: Mapping[tuple[str, str], Form]) -> _Leaf | _Fork:
        choices = [part for part in parts if isinstance(part, Choice)]
        if not choices:
            self._variants += 1
            if self._variants > MOST_VARIANTS:
                raise _TooTangled
            return replace(leaf, parts=parts)
        # `#` with an offset can be written in its own plural only: that one goes innermost.
        choice = min(choices, key=lambda c: c.offset > 0)
        at = parts.index(choice)
        key = choice.name, choice.type
        if key in taken:
            branch = choice.branch(taken[key].made_from)
            if branch is None or leaf.inside is None or (choice.offset and choice.offset != leaf.inside.offset):
                raise _TooTangled
            return self._grow((*parts[:at], *branch.parts, *parts[at + 1 :]), leaf, taken)
        plural = self._plural(choice)
        cases: list[tuple[Form, _Leaf | _Fork]] = []
        for form in self._forms(choice, plural):
            branch = choice.branch(form.made_from)
            assert branch is not None
            below = replace(leaf, path=f"{leaf.path}#{choice.name}.{form.selector}", inside=choice)
            if choice.counts:
                category, note = plural.category(form.selector), plural.note(form.selector)
            else:
                category, note = leaf.plural, f"for {choice.name} = {form.selector}"
            below = replace(below, plural=category, note="; ".join(filter(None, (leaf.note, note))))
            inner = (*parts[:at], *branch.parts, *parts[at + 1 :])
            cases.append((form, self._grow(inner, below, {**taken, key: form})))
        return _Fork(choice, tuple(cases))

    def _plural(self, choice: Choice) -> Plural:
        here = self._dialect
        return Plural(here.source, here.target, choice.type == "selectordinal", choice.offset, here.zero_is_none)

    def _forms(self, choice: Choice, plural: Plural) -> Sequence[Form]:
        if not choice.counts:
            return [Form(selector, selector) for selector in choice.selectors]
        counting = [branch.selector for branch in choice.branches if _shows(branch.parts, choice.name)]
        return plural.forms(choice.selectors, counting)

    def _content(self, leaf: _Leaf) -> Content:
        """The words of a variant, its arguments as codes."""
        numbers = count(1)
        if self._tree_is_whole(leaf):
            return Content.of(*_whole(self.message, numbers))
        return Content.of(*(self._piece(part, leaf, numbers) for part in leaf.parts))

    def _tree_is_whole(self, leaf: _Leaf) -> bool:
        return leaf.inside is None and bool(self.message.choices)

    def _piece(self, part: Part, leaf: _Leaf, numbers: Iterator[int]) -> Piece:
        if isinstance(part, Text):
            if part.quoted and re.search(r"[{}]", part.value):
                # Braces that a reader sees: as words they would look like an argument.
                return Code(str(next(numbers)), self.message.raw(part), CodeKind.LITERAL)
            return part.value
        text = self.message.raw(part)
        if isinstance(part, Pound):
            text = _pound(part, leaf.inside)
        return Code(str(next(numbers)), text, CodeKind.PLACEHOLDER)

    # --- together ---

    def _put(self, tree: _Leaf | _Fork, contents: Mapping[str, Content]) -> str:
        if isinstance(tree, _Leaf):
            return self._worded(tree, contents[self._id(self._unit.id, tree)])
        text, choice = self.message.text, tree.choice
        first, last = choice.branches[0], choice.branches[-1]
        written = text[choice.start : first.opening]
        for form, case in tree.cases:
            branch = choice.branch(form.made_from)
            assert branch is not None
            written += self._before(branch, choice, first=case is tree.cases[0][1]) + form.selector
            written += text[branch.start + len(branch.selector) : branch.inner] + self._put(case, contents) + "}"
        return written + text[last.end : choice.end]

    def _before(self, branch: Branch, choice: Choice, *, first: bool) -> str:
        """The white space before a branch; a form that was added stands like the one it was made from."""
        if first or (branch is choice.branches[0] and len(choice.branches) > 1):
            branch = choice.branches[0] if first else choice.branches[1]
        return self.message.text[branch.opening : branch.start] or ("" if first else " ")

    def _worded(self, leaf: _Leaf, content: Content) -> str:
        """A variant's text as the message holds it: words quoted where they must be, its codes as they are."""
        own = {code.text for code in self._sources[self._id(self._unit.id, leaf)].codes}
        runs: list[tuple[str, bool]] = []
        for piece in content.pieces:
            raw = isinstance(piece, Code) and piece.text in own
            text = piece if isinstance(piece, str) else piece.text
            if runs and not raw and not runs[-1][1]:
                runs[-1] = (runs[-1][0] + text, False)
            else:
                runs.append((text, raw))
        if not self.message.valid or not runs:
            return str(content)
        following = [*(raw for _, raw in runs[1:]), leaf.inside is not None]
        return "".join(
            text if raw else self._quoted(text, leaf, code_follows)
            for (text, raw), code_follows in zip(runs, following, strict=True)
        )

    def _quoted(self, text: str, leaf: _Leaf, before_code: bool) -> str:
        in_plural = leaf.inside is not None and leaf.inside.counts
        in_plural |= self._tree_is_whole(leaf) and any(choice.counts for choice in self.message.choices)
        if self._dialect.quotes or re.search(r"[{}]", text):
            return escaped(text, in_plural=in_plural, before_code=before_code)
        return text if "'{" in self.message.text else unquoting(text, before_code=before_code)


def unquoting(text: str, *, before_code: bool = False) -> str:
    """Words for a reader that may or may not take apostrophes as quotes: an apostrophe before a brace becomes a
    typographic one, which says the same to people and nothing to programs."""
    return re.sub(r"'(?=[{}])" + (r"|'\Z" if before_code else ""), "’", text)


def _leaves(tree: _Leaf | _Fork) -> Iterator[_Leaf]:
    if isinstance(tree, _Leaf):
        yield tree
    else:
        for _, case in tree.cases:
            yield from _leaves(case)


def _is_margin(part: Part, parts: tuple[Part, ...]) -> bool:
    return bool(_margin(part)) and (part is parts[0] or part is parts[-1])


def _margin(part: Part) -> str:
    """The white space that a part is when it is nothing else."""
    return part.value if isinstance(part, Text) and not part.value.strip() else ""


def _shows(parts: tuple[Part, ...], name: str) -> bool:
    """Whether a branch shows the number of its plural."""
    return any(
        (isinstance(part, Pound | Argument) and part.name == name)
        or (isinstance(part, Choice) and all(_shows(branch.parts, name) for branch in part.branches))
        for part in parts
    )


def _pound(pound: Pound, inside: Choice | None) -> str:
    """`#`, or the number by its name where another choice stands between."""
    if inside and (inside.name, inside.type, inside.offset) == (pound.name, pound.type, pound.offset):
        return "#"
    if pound.offset:
        raise _TooTangled
    return f"{{{pound.name}, number}}"


def _whole(message: Message, numbers: Iterator[int]) -> Iterator[Piece]:
    """A message in one piece: its words, and everything else as codes in a fixed order."""
    words = sorted(_texts(message.parts), key=lambda text: text.start)
    at = 0
    for text in words:
        if text.start > at:
            yield Code(str(next(numbers)), message.text[at : text.start], CodeKind.PLACEHOLDER, movable=False)
        yield text.value
        at = text.end
    if at < len(message.text):
        yield Code(str(next(numbers)), message.text[at:], CodeKind.PLACEHOLDER, movable=False)


def _texts(parts: tuple[Part, ...]) -> Iterator[Text]:
    for part in parts:
        if isinstance(part, Text):
            if not (part.quoted and re.search(r"[{}]", part.value)):
                yield part
        elif isinstance(part, Choice):
            for branch in part.branches:
                yield from _texts(branch.parts)
