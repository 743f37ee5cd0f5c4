"""A column that SQLite is not to look up in an index, because the condition lets nearly every row through.

SQLite, which does not know how many rows a value has, would read the table here and there. PostgreSQL knows, and gets
the bare column: anything else it would take for a rare value, and read the rest row by row.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

T = TypeVar("T")


class _Unindexed(FunctionElement[T]):
    inherit_cache = True

    def __init__(self, column: ColumnElement[T]) -> None:
        super().__init__(column)
        self.type = column.type


def unindexed(column: ColumnElement[T]) -> ColumnElement[T]:
    """Return the column as one that no index of SQLite answers for."""
    return _Unindexed(column)


@compiles(_Unindexed, "sqlite")
def _on_sqlite(element: _Unindexed[Any], compiler: SQLCompiler, **options: Any) -> str:
    (column,) = (compiler.process(part, **options) for part in element.clauses)
    return f"+{column}"


@compiles(_Unindexed, "postgresql")
def _on_postgresql(element: _Unindexed[Any], compiler: SQLCompiler, **options: Any) -> str:
    (column,) = (compiler.process(part, **options) for part in element.clauses)
    return column
