"""The metadata that all tables share, and the few kinds of column and constraint that recur."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, String

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)


def identity() -> Column[int]:
    """Return our own integer primary key, `id`."""
    return Column("id", Integer, primary_key=True)


def refers(name: str, target: str, *, required: bool = False, index: bool = False) -> Column[int]:
    """Return a column `name` that holds the id of a row of the table `target`."""
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=not required, index=index)


def written_by_run() -> Column[int]:
    """Return the reference to the import run that wrote the row."""
    return refers("import_run_id", "import_run", required=True)


def withdrawal() -> tuple[Column[str], Column[int], CheckConstraint]:
    """Return the two columns that are set once, when a row is withdrawn: the UTC date and the run that did it."""
    return (
        Column("withdrawn_on", String(10)),
        refers("withdrawn_by_id", "import_run"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawal"),
    )


def one_of(column: str, words: Iterable[str]) -> str:
    """Return SQL that is true where `column` holds one of `words`: a chain of OR, which costs less than IN."""
    return "(" + " OR ".join(f"{column} = '{word}'" for word in words) + ")"


def vocabulary(column: str, words: Iterable[str], *, required: bool = True) -> CheckConstraint:
    """Return the CHECK that `column` holds one of `words`, or nothing where it is not required."""
    known = one_of(column, words)
    return CheckConstraint(known if required else f"{column} IS NULL OR {known}", name=f"{column}_known")
