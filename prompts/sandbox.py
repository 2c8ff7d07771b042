"""The Jinja2 of prompts, cut down to what a prompt needs: text, values, `if`, `for`, blocks.

Jinja2's own sandbox keeps templates away from Python; it does not keep them from burning the machine (`range`, doubling
a text forty times, a format of a billion columns). Here everything is refused that is not on a list: statements,
functions, filters, tests, arithmetic. What is left is counted while it runs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, nodes, pass_context
from jinja2.filters import FILTERS as _JINJA_FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as _JINJA_TESTS
from jinja2.visitor import NodeTransformer

MOST_CHARACTERS = 1_000_000
"""Of a rendered text, and of each text that is put together on the way."""
MOST_TURNS = 10_000
"""Turns of all loops of one rendering."""
MOST_FILTERED = 20_000_000
"""Characters and elements that all filters of one rendering are given together."""
MOST_NESTED = 60
"""Levels of the syntax tree."""

FILTERS = frozenset(
    "capitalize default first join last length lines lower map reject rejectattr reverse select selectattr sort title "
    "trim unique upper".split()
)
_OF_TEXT = ("capitalize", "lower", "title", "trim", "upper")
TESTS = frozenset("defined undefined none string number mapping sequence in eq ne lt le gt ge odd even".split())

_NODES: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Extends, nodes.Include, nodes.Block, nodes.For, nodes.If,
    nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Concat, nodes.Call,
)  # fmt: skip
_REMEDIES: Mapping[type[nodes.Node], str] = {
    nodes.BinExpr: "there is no arithmetic; to put texts together, write a ~ b",
    nodes.UnaryExpr: "there is no arithmetic",
    nodes.Assign: "'set' is not available; write the value where it is needed",
    nodes.AssignBlock: "'set' is not available; write the text where it is needed",
    nodes.With: "'with' is not available; write the value where it is needed",
    nodes.Macro: "macros are not available; put the text into a file of its own and include it",
    nodes.CallBlock: "macros are not available; put the text into a file of its own and include it",
    nodes.Import: "macros are not available; put the text into a file of its own and include it",
    nodes.FromImport: "macros are not available; put the text into a file of its own and include it",
    nodes.FilterBlock: "filter the values instead",
}


@dataclass(slots=True)
class _Spent:
    """What one rendering has used up."""

    turns: int = 0
    filtered: int = 0


_spent: ContextVar[_Spent | None] = ContextVar("spent", default=None)
"""None while a template is compiled: what is folded then stands in the file, and is small."""


class PromptEnvironment(ImmutableSandboxedEnvironment):
    """No attribute of Python objects beyond data, no undefined variable, no file but those of the loader, nothing that
    is not on the lists above. Raises `TemplateSyntaxError` with the line for what is not."""

    def __init__(self, loader: BaseLoader | None = None) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            finalize=_as_text,
        )
        self.globals.clear()
        ours = {"join": _join, "lines": _lines, **{name: _of_text(_JINJA_FILTERS[name]) for name in _OF_TEXT}}
        self.filters = {name: _charged({**_JINJA_FILTERS, **ours}[name]) for name in FILTERS}
        self.filters.update({"_together": _together, "_counted": _counted})
        self.tests = {name: _JINJA_TESTS[name] for name in TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
        except RecursionError:
            raise TemplateSyntaxError("is nested too deeply", 1, name, filename) from None
        _refuse(tree, name, filename)
        guarded: nodes.Template = _Guards().visit(tree)
        guarded.set_environment(self)
        return guarded


def rendered(pieces: Callable[[], Iterable[str]]) -> str:
    """The text that the pieces make. Raises `TemplateRuntimeError` for one that grows or runs too long."""
    token = _spent.set(_Spent())
    try:
        kept: list[str] = []
        room = MOST_CHARACTERS
        for piece in pieces():
            room -= len(piece)
            if room < 0:
                raise _too_long()
            kept.append(piece)
        return "".join(kept)
    finally:
        _spent.reset(token)


class _Guards(NodeTransformer):
    """Puts the counting filters where a text grows and where a loop turns."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "_counted", [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, "_together", [], [], None, None, lineno=node.lineno)


def _refuse(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    """Raises `TemplateSyntaxError` for the first node that is not on the lists."""
    waiting: deque[tuple[nodes.Node, int, nodes.Node | None]] = deque([(tree, 0, None)])
    while waiting:
        node, depth, block = waiting.popleft()
        wrong = "is nested too deeply" if depth > MOST_NESTED else _wrong(node, depth, block)
        if wrong:
            raise TemplateSyntaxError(wrong, node.lineno or 1, name, filename)
        inside = node if isinstance(node, (nodes.Block, nodes.For)) else block
        waiting.extend((child, depth + 1, inside) for child in node.iter_child_nodes())
        if isinstance(node, nodes.Block) and sum(map(_is_super, node.find_all(nodes.Call))) > 1:
            raise TemplateSyntaxError("'super()' stands twice in a block", node.lineno, name, filename)


def _wrong(node: nodes.Node, depth: int, inside: nodes.Node | None) -> str:
    """Why a node may not be there; empty when it may. `inside` is the nearest block or loop around it."""
    if not isinstance(node, _NODES):
        remedies = (remedy for kind, remedy in _REMEDIES.items() if isinstance(node, kind))
        return next(remedies, f"'{type(node).__name__.lower()}' is not available in prompts")
    if isinstance(node, nodes.Call):
        fits = _is_super(node) and isinstance(inside, nodes.Block)
        return "" if fits else "functions are not available; only 'super()', in a block and outside loops"
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"there is no filter '{node.name}'; there are {', '.join(sorted(FILTERS))}"
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f"there is no test '{node.name}'; there are {', '.join(sorted(TESTS))}"
    if isinstance(node, (nodes.Extends, nodes.Include)) and not _names_a_file(node.template):
        return "names its file by a value; write the name in quotes"
    if isinstance(node, nodes.Extends) and depth != 1:
        return "'extends' stands inside something else; put it at the top"
    if isinstance(node, nodes.For) and node.recursive:
        return "a loop may not call itself"
    if isinstance(node, nodes.For) and any(map(_makes_something, (node.iter, *node.iter.find_all(nodes.Expr)))):
        return "a loop goes over a list of the prompt's variables, nothing put together on the spot"
    if isinstance(node, nodes.Name) and node.name == "self":
        return "'self' is not available; use 'super()' for the text of the base prompt"
    return ""


def _is_super(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "super"


def _makes_something(node: nodes.Node) -> bool:
    """True for an expression that puts values together: bound by loop after loop, a text would double each time."""
    kinds = (nodes.Concat, nodes.List, nodes.Tuple, nodes.Dict)
    return isinstance(node, kinds) or (isinstance(node, nodes.Filter) and node.name == "join")


def _names_a_file(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


@pass_context
def _counted(_context: Any, values: Iterable[Any]) -> Iterator[Any]:
    spent = _spent.get() or _Spent()
    for value in values:
        spent.turns += 1
        if spent.turns > MOST_TURNS:
            raise TemplateRuntimeError(f"the loops turn more than {MOST_TURNS:,} times")
        yield value


@pass_context
def _together(_context: Any, parts: Iterable[Any]) -> str:
    return _joined([_as_text(part) for part in parts], "")


@pass_context
def _join(_context: Any, value: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
    """The texts with `d` between them."""
    parts = [part[attribute] if attribute else part for part in value]
    return _joined([_as_text(part) for part in parts], _as_text(d))


def _lines(value: Any) -> list[str]:
    """The lines of a text that say something, without the marks of headings."""
    lines = (line.strip().lstrip("# ") for line in _as_text(value).splitlines())
    return [line for line in lines if line]


def _as_text(value: Any) -> str:
    """A value as it is written. A list is not: its form in Python's words is for nobody, and may be huge."""
    if isinstance(value, (list, tuple, dict)):
        raise TemplateRuntimeError("a list cannot be written as text; use join, or a loop")
    return str(value)


def _charged(made: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, with the size of what it is given counted."""
    position = 1 if hasattr(made, "jinja_pass_arg") else 0

    @wraps(made)
    def charged(*given: Any, **named: Any) -> Any:
        spent, value = _spent.get(), given[position]
        if spent is not None and isinstance(value, Sized):
            spent.filtered += len(value)
            if spent.filtered > MOST_FILTERED:
                raise TemplateRuntimeError(f"the filters are given more than {MOST_FILTERED:,} characters")
        return made(*given, **named)

    return charged


def _of_text(made: Callable[..., Any]) -> Callable[..., Any]:
    return lambda value, *given, **named: made(_as_text(value), *given, **named)


def _joined(parts: list[str], between: str) -> str:
    if sum(map(len, parts)) + len(between) * len(parts) > MOST_CHARACTERS:
        raise _too_long()
    return between.join(parts)


def _too_long() -> TemplateRuntimeError:
    return TemplateRuntimeError(f"the text grows beyond {MOST_CHARACTERS:,} characters")
