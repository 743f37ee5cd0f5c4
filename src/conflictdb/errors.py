"""The failures a user can meet: each owns its exit code, its HTTP status and its three lines of text."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program returns to the shell."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    DATABASE = 4
    PROBLEMS = 5
    INTERRUPTED = 130


EXIT_CODES: dict[ExitCode, str] = {
    ExitCode.OK: "Done.",
    ExitCode.FAILED: "Failed: nothing was changed. An import of which every event was refused ends so too, and `assert`"
    " where an expectation does not hold.",
    ExitCode.USAGE: "The command line or the query could not be understood.",
    ExitCode.NOT_FOUND: "No event, actor or other thing of that name; the nearest names are offered.",
    ExitCode.DATABASE: "The database is missing, or its schema is older or newer than the program's.",
    ExitCode.PROBLEMS: "Imported, but some events or rows were refused.",
    ExitCode.INTERRUPTED: "Interrupted from the keyboard; the database is as it was before.",
}


class ConflictDBError(Exception):
    """A failure with `what` happened (and where), and the lines of advice that say what to do next."""

    exit_code: ExitCode = ExitCode.FAILED
    http_status: int = 500

    def __init__(self, what: str, *advice: str) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        return "\n  ".join((self.what, *self.advice))


class UsageError(ConflictDBError):
    """An option, argument or combination of them that makes no sense."""

    exit_code = ExitCode.USAGE
    http_status = 400


class QueryError(UsageError):
    """A query that cannot be read: names the token, what was expected, and the known fields."""


class NotFoundError(ConflictDBError):
    """Nothing has that slug, name or number; `nearest` holds the names offered instead."""

    exit_code = ExitCode.NOT_FOUND
    http_status = 404

    def __init__(self, what: str, *advice: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(what, *advice)
        self.nearest = nearest


class DatabaseMissingError(ConflictDBError):
    """The database that was named does not exist, or holds no conflictdb tables."""

    exit_code = ExitCode.DATABASE
    http_status = 503


class SchemaVersionError(ConflictDBError):
    """The database's schema is older or newer than the one this program reads."""

    exit_code = ExitCode.DATABASE
    http_status = 503


class DatabaseError(ConflictDBError):
    """The engine failed: locked, read-only, full disk, damaged file, or a server that went away."""

    http_status = 503


class ImportFailedError(ConflictDBError):
    """A file could not be imported at all; the database is as it was before."""

    http_status = 422


class FormatError(ConflictDBError):
    """A file's format is not known, or more than one format fits."""

    exit_code = ExitCode.USAGE
    http_status = 415
