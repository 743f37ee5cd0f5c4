"""The schema's version: reading it in one SELECT, comparing it, and moving a database up or down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from conflictdb import resources
from conflictdb.config import Target
from conflictdb.errors import DatabaseMissingError, SchemaVersionError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0003"
"""The newest migration, so that reading needs no Alembic; a test holds it to the migrations."""


def read_version(connection: Connection) -> str | None:
    """Return the migration that the database stands at, or None where it holds no conflictdb tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def require_head(connection: Connection, target: Target) -> None:
    """Raise SchemaVersionError or DatabaseMissingError unless the database is at HEAD."""
    version = read_version(connection)
    option = f"--db {target} " if target.named else ""
    if version is None and not is_empty(connection):
        raise DatabaseMissingError(
            f"{target} holds the tables of another program",
            "name a database of conflictdb's own, e.g. --db mali.sqlite3",
        )
    if version is None:
        raise DatabaseMissingError(f"{target} holds no conflictdb tables", f"make them with: conflictdb {option}init")
    if version < HEAD:
        raise SchemaVersionError(
            f"{target} has schema {version}; this program reads {HEAD}", f"run: conflictdb {option}db upgrade"
        )
    if version > HEAD:
        raise SchemaVersionError(
            f"{target} has schema {version}, newer than this program's {HEAD}",
            "install a newer conflictdb: pip install --upgrade conflictdb",
        )


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to `revision` on `connection`, inside its transaction."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(_configuration(connection), revision)
    except CommandError as error:
        raise SchemaVersionError(
            f"no migration leads from its schema: {error}",
            "was it made by conflictdb, and not changed since?",
        ) from error


def downgrade(connection: Connection, revision: str) -> None:
    """Run the migrations down to `revision` ("base" removes every table)."""
    from alembic import command

    command.downgrade(_configuration(connection), revision)


def is_empty(connection: Connection) -> bool:
    """Return whether the database holds no tables at all (but PostGIS's own)."""
    return not set(inspect(connection).get_table_names()) - {"spatial_ref_sys"}


def _configuration(connection: Connection) -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(resources.migrations_path()).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration
