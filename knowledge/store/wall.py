"""The wall between workspaces: a session is bound to one, and its statements see and write the rows of that one only.

Every mapped table with a column `workspace` stands behind it. The session adds `workspace = …` to selects (of rows,
columns and aggregates), to each side of a join, to subqueries, updates, deletes and `get`, whether the statement names
the workspace or not. What is left over (SQLAlchemy adds nothing to a table that it meets first in a ready-made join or
in an UPDATE … FROM) is refused before it runs. Raw SQL on the connection is outside; only the lexical indexes write it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import Engine, TextClause, event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql import visitors

from knowledge.store.schema import Base

ALL_WORKSPACES: Final = "*"
"""What a session is bound to that may look across workspaces (no workspace has this name)."""

_BOUND = "bound_to_a_workspace"  # the execution option of a statement that is looked at before it runs
_TOKEN = re.compile(r'"[^"]+"|\w+|[^\w\s]')
_CONDITION = re.compile(r'"?(\w+)"?\.workspace = [?%:$]')
_TABLES_FOLLOW = frozenset({"FROM", "JOIN", "UPDATE", "USING"})
_TABLES_END = frozenset("SELECT WHERE SET GROUP ORDER HAVING LIMIT OFFSET RETURNING VALUES UNION WINDOW FOR".split())


class WorkspaceSession(Session):
    """A session of one workspace. `info["workspace"]` is its name, None (no tenant's table), or `ALL_WORKSPACES`."""

    @property
    def workspace(self) -> str | None:
        found: str | None = self.info.get("workspace")
        return found

    @property
    def criteria(self) -> tuple[LoaderCriteriaOption, ...]:
        """What is added to every statement, once for each tenant's table."""
        assert self.workspace is not None
        return _criteria(self.workspace)


def watch(engine: Engine) -> None:
    """Look at each statement of a session before `engine` runs it; a table without its condition is a `TypeError`."""
    event.listen(engine, "before_cursor_execute", _look)


@event.listens_for(WorkspaceSession, "do_orm_execute")
def _bind_statement(state: ORMExecuteState) -> None:
    session = state.session
    assert isinstance(session, WorkspaceSession)
    if session.workspace == ALL_WORKSPACES:
        return
    _refuse_past_the_classes(state)
    if state.is_insert or isinstance(state.parameters, list):
        _check_rows(state, session.workspace)
        return
    state.update_execution_options(**{_BOUND: session.workspace is not None})
    if state.is_orm_statement and session.workspace is not None:
        state.statement = state.statement.options(*session.criteria)


@event.listens_for(WorkspaceSession, "before_flush")
def _check_flush(session: WorkspaceSession, *_: object) -> None:
    if session.workspace == ALL_WORKSPACES:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if type(row) in _tenants() and (session.workspace is None or row.workspace != session.workspace):
            raise TypeError(f"a {type(row).__name__} of '{row.workspace}' in a session of {_named(session.workspace)}")


def _check_rows(state: ORMExecuteState, workspace: str | None) -> None:
    """Rows given as dictionaries, to be inserted or updated by key: each must name the session's workspace."""
    mapper = state.bind_mapper
    if mapper is None or mapper.class_ not in _tenants():
        return
    given: Any = state.parameters
    rows: list[dict[str, Any]] = given if isinstance(given, list) else [given or {}]
    if workspace is None or any(row.get("workspace") != workspace for row in rows):
        raise TypeError(f"rows of {mapper.class_.__name__} in bulk, not all of {_named(workspace)}")


def _refuse_past_the_classes(state: ORMExecuteState) -> None:
    """SQL as text, or a statement on a table instead of its class: nothing can be added to it."""
    statement: Any = state.statement
    if isinstance(getattr(statement, "element", statement), TextClause):
        raise TypeError("SQL as text in a session; write it with the mapped classes, or run it on the connection")
    if not state.is_orm_statement:
        for part in visitors.iterate(statement):
            if part in _tables():
                raise TypeError(f"a statement on the table '{part}'; write it with the mapped class")


def _look(_connection: Any, _cursor: Any, _sql: str, _values: Any, context: Any, _many: bool) -> None:
    bound = context.execution_options.get(_BOUND)
    if bound is not None and context.compiled is not None:
        _look_at(context.compiled.string, bound)


@lru_cache(maxsize=2000)
def _look_at(sql: str, bound: bool) -> None:
    named = Counter(_tables_of(sql))
    if named and not bound:
        raise TypeError(
            "a query on the rows of a workspace in a session of none; use Repository.reading() or writing(), or, "
            "where all workspaces are meant, Database.across_workspaces()"
        )
    if open_ones := named - Counter(_CONDITION.findall(sql)):
        raise TypeError(
            f"a statement on '{', '.join(sorted(open_ones))}' that no workspace could be added to; write it with "
            f"select().join() and whole entities: {' '.join(sql.split())}"
        )


def _tables_of(sql: str) -> Iterator[str]:
    """The tenants' tables that `sql` reads or changes, by the names that it gives them."""
    names = {str(table) for table in _tables()}
    listing, outer = False, []
    tokens = [token.strip('"') for token in _TOKEN.findall(sql)] + [""] * 3
    before = ""
    for index, token in enumerate(tokens):
        if token == "(":
            outer.append(listing)
            listing = before in _TABLES_FOLLOW
        elif token == ")":
            listing = outer.pop() if outer else False
        elif token in _TABLES_FOLLOW:
            listing = True
        elif token in _TABLES_END:
            listing = False
        elif (
            listing and token in names and tokens[index + 1] != "." and before in (*_TABLES_FOLLOW, ",", "(", "LATERAL")
        ):
            yield tokens[index + 2] if tokens[index + 1] == "AS" else token
        before = token


@lru_cache(maxsize=200)
def _criteria(name: str) -> tuple[LoaderCriteriaOption, ...]:
    # A lambda, so that the condition speaks of the alias where a statement uses one. Making them takes longer than many
    # a statement: they are made once for a workspace.
    return tuple(
        with_loader_criteria(model, lambda cls: cls.workspace == name, include_aliases=True) for model in _tenants()
    )


@cache
def _tenants() -> frozenset[type[Any]]:
    return frozenset(mapper.class_ for mapper in Base.registry.mappers if "workspace" in mapper.columns)


@cache
def _tables() -> frozenset[Any]:
    return frozenset(model.__table__ for model in _tenants())


def _named(workspace: str | None) -> str:
    return f"'{workspace}'" if workspace else "no workspace"
