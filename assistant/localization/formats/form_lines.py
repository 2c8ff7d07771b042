"""Plural forms that stand in a file as statements of their own, `one = "…"` or `one: …`, in the forms of the target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.localization.content import Content
from assistant.localization.formats.catalogue import Message, PluralMessage
from assistant.localization.messages.forms import Form

Edit = tuple[int, int, str]
"""From, to, and what stands there then."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A key and its value by their places in the text; `text` is the value as a reader has it."""

    key: str
    text: str
    start: int
    key_end: int
    value: int
    end: int


@dataclass(frozen=True, slots=True)
class FormLines:
    """The statements of one mapping, in order; `inline` where commas separate them and not line breaks. `written`
    gives a text as a value in the style of a statement's."""

    source: str
    statements: Sequence[Statement]
    inline: bool
    written: Callable[[Statement, str], str]

    def edits(self, forms: Mapping[Form, str]) -> Iterator[Edit]:
        """What makes of the source's forms those of the target: values changed, forms left out, forms added before
        `other` in the manner of the one they are made from."""
        own = {statement.key: statement for statement in self.statements}
        kept = {form.selector for form in forms}
        added = ""
        rest = own["other"]
        for form, text in forms.items():
            old = own.get(form.selector)
            if old is None:
                added += self._added(own[form.made_from], form, text, rest)
            elif text != old.text:
                yield old.value, old.end, self.written(old, text)
        if added:
            yield rest.start, rest.start, added
        gone = [s for s in self.statements if s.key not in kept and _is_form(s.key)]
        yield from self._removed(gone) if self.inline else map(self._line, gone)

    def _added(self, model: Statement, form: Form, text: str, rest: Statement) -> str:
        head, _, tail = self.source[model.start : model.key_end].rpartition(form.made_from)
        value = self.written(model, text) if text != model.text else self.source[model.value : model.end]
        statement = head + form.selector + tail + self.source[model.key_end : model.value] + value
        if self.inline:
            return statement + ", "
        before = self.source[self._line_start(rest.start) : rest.start]
        return statement + self._line_break() + (before if before.isspace() or not before else " " * len(before))

    def _line(self, gone: Statement) -> Edit:
        """A statement with its whole line, or up to the next one where something else stands before it."""
        start = self._line_start(gone.start)
        if self.source[start : gone.start].strip():
            number = self.statements.index(gone)
            return gone.start, self.statements[number + 1].start, ""
        end = self.source.find("\n", gone.end)
        return start, len(self.source) if end < 0 else end + 1, ""

    def _removed(self, gone: Sequence[Statement]) -> Iterator[Edit]:
        """Statements with the comma before them; those at the beginning with the comma behind."""
        leading = True
        for number, statement in enumerate(self.statements):
            if statement not in gone:
                if leading and number:
                    yield self.statements[0].start, statement.start, ""
                leading = False
            elif not leading:
                yield self.statements[number - 1].end, statement.end, ""

    def _line_start(self, at: int) -> int:
        return self.source.rfind("\n", 0, at) + 1

    def _line_break(self) -> str:
        return "\r\n" if "\r\n" in self.source else "\n"


def edits_of(
    plain: Iterable[tuple[Statement, Message]],
    plurals: Iterable[tuple[FormLines, PluralMessage]],
    targets: Mapping[str, Content],
    written: Callable[[Statement, str], str],
) -> Iterator[Edit]:
    """What changes in a file of statements for these targets. `written` as in `FormLines`."""
    for statement, message in plain:
        text = message.written(targets)
        if text is not None:
            yield statement.value, statement.end, written(statement, text)
    for lines, plural in plurals:
        forms = plural.written(targets)
        if forms is not None:
            yield from lines.edits(forms)


def _is_form(key: str) -> bool:
    return key in ("zero", "one", "two", "few", "many", "other")
