"""What every test stands on: isolation from the user, empty and seeded databases on both engines, and the program."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples every time: what fails in one run fails in all. `--hypothesis-profile=search` looks for new ones.
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("ci")

# What a user's shell may hold that changes what the program reads, or how it prints.
FOREIGN_VARIABLES = (
    "CONFLICTDB_URL",
    "CONFLICTDB_USER",
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR_FORCE",
    "PY_COLORS",
    "GITHUB_ACTIONS",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)


@pytest.fixture(autouse=True)
def isolated_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's data and settings out of the test; the folders do not exist until something makes them."""
    user = tmp_path_factory.getbasetemp() / f"user-{uuid.uuid4().hex[:12]}"
    monkeypatch.setenv("CONFLICTDB_HOME", str(user / "conflictdb"))
    for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(user / kind.lower()))
    for name in FOREIGN_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of sources and designs that may lie beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder `shared` beside the checkout")
    return folder


# --- databases -------------------------------------------------------------------------------------------------------


class Databases(Protocol):
    """One engine's databases: made blank, or as a copy of a template that is made once."""

    def blank(self, folder: Path) -> str: ...

    def copy(self, folder: Path, *, seed: bool) -> str: ...

    def drop(self, url: str) -> None: ...


@dataclass
class SqliteDatabases:
    """Files: a copy goes into the test's own folder."""

    templates: Path
    made: dict[bool, Path] = field(default_factory=dict)

    def blank(self, folder: Path) -> str:
        return str(folder / f"{uuid.uuid4().hex[:8]}.sqlite")

    def copy(self, folder: Path, *, seed: bool) -> str:
        if seed not in self.made:
            self.made[seed] = self._make_template(seed)
        target = self.blank(folder)
        shutil.copyfile(self.made[seed], target)
        return target

    def _make_template(self, seed: bool) -> Path:
        from conflictdb.setup import create_database

        template = self.templates / ("seeded.sqlite" if seed else "empty.sqlite")
        create_database(str(template), seed=seed)
        left_open = template.with_name(template.name + "-wal")
        assert not left_open.exists(), "create_database left the SQLite file open: its rows may be in the -wal file"
        return template

    def drop(self, url: str) -> None:
        """Do nothing: pytest removes a test's folder itself, and keeps those of a failed run to look at."""


@dataclass
class PostgresqlDatabases:
    """Databases of the server at `server_url`, named so that workers and runs do not meet."""

    server_url: str
    admin: Any  # a psycopg connection in autocommit: CREATE DATABASE refuses a transaction
    made: dict[bool, str] = field(default_factory=dict)
    prefix: str = field(default_factory=lambda: f"conflictdb_test_{uuid.uuid4().hex[:8]}")
    names: list[str] = field(default_factory=list)

    def blank(self, folder: Path) -> str:
        return self._url(self._create("template0"))

    def copy(self, folder: Path, *, seed: bool) -> str:
        if seed not in self.made:
            self.made[seed] = self._make_template(seed)
        return self._url(self._create(self.made[seed]))

    def drop(self, url: str) -> None:
        self._drop(urlsplit(url).path.removeprefix("/"))

    def drop_all(self) -> None:
        for name in list(self.names):
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self.names.remove(name)

    def _make_template(self, seed: bool) -> str:
        from conflictdb.setup import create_database

        template = self._create("template0")
        create_database(self._url(template), seed=seed)
        return template

    def _create(self, template: str) -> str:
        name = f"{self.prefix}_{uuid.uuid4().hex[:8]}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        self.names.append(name)
        return name

    def _url(self, name: str) -> str:
        return urlsplit(self.server_url)._replace(path=f"/{name}").geturl()

    def _execute(self, statement: str, *names: str) -> None:
        from psycopg import sql

        self.admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def postgresql_server_url() -> str:
    """Return the URL of a server on which databases may be made and dropped."""
    url = os.environ.get("CONFLICTDB_TEST_POSTGRESQL")
    if url:
        return url
    reason = (
        "no PostgreSQL reached: set CONFLICTDB_TEST_POSTGRESQL to a server's URL, "
        "or run the tests by `.ci/postgres COMMAND`, which starts one"
    )
    if os.environ.get("CONFLICTDB_REQUIRE_POSTGRESQL") == "1":
        pytest.fail(f"{reason} (CONFLICTDB_REQUIRE_POSTGRESQL=1 forbids skipping)")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server_url: str) -> Iterator[PostgresqlDatabases]:
    import psycopg

    with psycopg.connect(postgresql_server_url, autocommit=True) as admin:
        databases = PostgresqlDatabases(postgresql_server_url, admin)
        yield databases
        databases.drop_all()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Return which engine the test's databases are on: a test that asks for a database runs once for each."""
    return str(request.param)


@pytest.fixture
def databases(engine_name: str, request: pytest.FixtureRequest) -> Databases:
    # Asked for by name, so that a test on SQLite needs no server.
    made: Databases = request.getfixturevalue(f"{engine_name}_databases")
    return made


@pytest.fixture
def blank_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """Give a target without our tables: a path where no file is, or the URL of an empty database."""
    url = databases.blank(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """Give a database with our tables and no events."""
    url = databases.copy(tmp_path, seed=False)
    yield url
    databases.drop(url)


@pytest.fixture
def seeded_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """Give a database that holds the seed the program ships."""
    url = databases.copy(tmp_path, seed=True)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shipped_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a database with the seed that all tests share: for those that only read."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.copy(tmp_path_factory.mktemp("shipped"), seed=True)
    yield url
    databases.drop(url)


# --- the program -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """What a run of the program came to."""

    exit_code: int
    stdout: str
    stderr: str


def _command_line(args: tuple[object, ...], db: str | os.PathLike[str] | None) -> list[str]:
    return [*(("--db", os.fspath(db)) if db is not None else ()), *map(str, args)]


def _variables(columns: int | None, env: Mapping[str, str] | None) -> dict[str, str]:
    return {**({"COLUMNS": str(columns)} if columns is not None else {}), **(env or {})}


class Pipe(io.TextIOWrapper):
    """A text stream that, as a pipe does, has a `buffer`, keeps line endings and is no terminal."""

    def __init__(self, content: str = "") -> None:
        self.held = io.BytesIO(content.encode())
        super().__init__(self.held, encoding="utf-8", newline="", write_through=True)

    def written(self) -> str:
        self.flush()
        return self.held.getvalue().decode()


@pytest.fixture
def run() -> Callable[..., Result]:
    """Return run(*args, db=None, input=None, columns=100, env=None): the program, in this process."""

    def run(
        *args: object,
        db: str | os.PathLike[str] | None = None,
        input: str | None = None,
        columns: int | None = 100,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        from conflictdb.cli import main

        stdout, stderr = Pipe(), Pipe()
        with pytest.MonkeyPatch.context() as patch:
            for name, value in _variables(columns, env).items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", Pipe(input or ""))
            with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
                exit_code = main(_command_line(args, db))
        return Result(int(exit_code), stdout.written(), stderr.written())

    return run


@pytest.fixture
def run_process() -> Callable[..., Result]:
    """Return the same as `run`, in a process of its own (where start-up, signals and pipes are what is tested)."""

    def run_process(
        *args: object,
        db: str | os.PathLike[str] | None = None,
        input: str | None = None,
        columns: int | None = 100,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "conflictdb", *_command_line(args, db)],
            input=(input or "").encode(),
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **_variables(columns, env)},
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process
