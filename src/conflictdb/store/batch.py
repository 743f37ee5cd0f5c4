"""The condition that a row is of a batch: all ids or keys go over as one value, at a fifth of the cost of one each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Integer, Select, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator


class _Values(TypeDecorator[Sequence[Any]]):
    """Several values as one: JSON on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Return the engine's own type."""
        element = Integer() if self.numbers else Text()
        return dialect.type_descriptor(ARRAY(element) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Any) -> Any:
        """Return the value that the engine takes."""
        values = list(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class _Among(FunctionElement[Any]):
    type = NullType()  # of a Boolean, SQLite would be asked whether it is 1, which no index answers
    inherit_cache = True


def among(column: ColumnElement[Any], name: str = "ids") -> ColumnElement[bool]:
    """Return the condition that `column` holds one of the numbers or texts that the statement is run with, as `name`.

    On SQLite, `IN (SELECT ...)` is a condition that an index answers.
    """
    return _Among(column, bindparam(name, type_=_Values(isinstance(column.type, Integer))))


def fetch(connection: Connection, statement: Select[Any], ids: Sequence[int | str]) -> list[Any]:
    """Return the rows of a statement about `among(...)` as the driver's own tuples.

    They are not made into SQLAlchemy's rows, which takes as long again as reading them; so their columns are texts and
    numbers, which no type has to convert.
    """
    result = connection.execute(statement, {"ids": ids})
    cursor: Any = result.cursor
    rows: list[Any] = cursor.fetchall()
    result.close()
    return rows


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY({values})"
