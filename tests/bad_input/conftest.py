"""A document to spoil, and what shows that nothing of a spoilt one was kept."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tables = dict[str, list[tuple[Any, ...]]]
Write = Callable[..., Path]

DOCUMENT = """\
source: {id: art, title: Some article, publisher: Wikipedia}
claimant: Wikipedia
actors:
  - {name: Wikipedia, kind: recorder}
  - {name: Mali, kind: state, aliases: [Government of Mali]}
  - {name: Malian Army, kind: state_forces, part_of: Mali}
  - {name: JNIM, kind: armed_group}
slug: x-2019
name: Raid on X
type: battle
place: {name: X, country: Mali, latitude: 14.8, longitude: -5.2}
date: 2019-03-17
sides:
  - {combatants: Malian Army, role: defender, strength: ~100}
  - {combatants: JNIM, role: attacker, commander: Amadou Koufa}
claims:
  - {id: gov-18, claimant: Mali, stated_on: 2019-03-18, of: Malian Army, killed: 23, wounded: 17}
  - {id: gov-21, claimant: Mali, stated_on: 2019-03-21, of: Malian Army, killed: 26}
  - {id: jnim, claimant: JNIM, of: Malian Army, killed: 30}
timeline:
  - {when: 2019-03-17 16:00, text: Government regains control}
"""


@pytest.fixture
def document() -> str:
    """Return a document that is taken whole: an event of six claims."""
    return DOCUMENT


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return write(text, name="doc.yaml"): a file of the test's own."""

    def write(text: str | bytes, name: str = "doc.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def dump() -> Callable[[str], Tables]:
    """Return dump(url): every row of every table but the import runs, whose times and numbers differ by nature."""

    def dump(url: str) -> Tables:
        from sqlalchemy import select

        from conflictdb.config import find_target
        from conflictdb.store.engine import reading
        from conflictdb.store.tables import metadata, search_metadata

        with reading(find_target(url)) as connection:
            tables = [*metadata.sorted_tables, *search_metadata.sorted_tables]
            kept = [table for table in tables if table.name != "import_run"]
            return {
                table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
                for table in kept
            }

    return dump


@pytest.fixture
def count_runs() -> Callable[[str], int]:
    """Return count_runs(url): how many import runs a database remembers."""

    def count_runs(url: str) -> int:
        from sqlalchemy import func, select

        from conflictdb.config import find_target
        from conflictdb.store.engine import reading
        from conflictdb.store.tables import import_run

        with reading(find_target(url)) as connection:
            return int(connection.scalar(select(func.count()).select_from(import_run)) or 0)

    return count_runs


@pytest.fixture
def known_url(database_url: str, run: Callable[..., Any], write: Write) -> str:
    """Give a database that holds the document already."""
    assert run("import", write(DOCUMENT, "known.yaml"), db=database_url).exit_code == 0
    return database_url


@pytest.fixture
def unprivileged(run_process: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return run_process without the rights by which root reads and writes whatever it likes."""
    if os.geteuid() != 0:
        return run_process
    without = "-dac_override,-dac_read_search"
    drop = ["setpriv", f"--bounding-set={without}", f"--inh-caps={without}"]
    if shutil.which("setpriv") is None or subprocess.run([*drop, "true"], check=False).returncode != 0:
        pytest.skip("root may read all files, and setpriv cannot take that from it here")

    def run(*args: Any, **options: Any) -> Any:
        whole = subprocess.run
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subprocess, "run", lambda line, **rest: whole([*drop, *line], **rest))
            return run_process(*args, **options)

    return run
