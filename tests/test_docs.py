"""The documentation cannot lie: its commands are run, and what the code knows is generated from it.

To write the pages anew: CONFLICTDB_WRITE_DOCS=1 python -m pytest tests/test_docs.py
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

import docs_pages
from docs_pages import CONSOLE, GENERATED, PAGES, PYTHON, ROOT

WRITE = bool(os.environ.get("CONFLICTDB_WRITE_DOCS"))
LINKS = re.compile(r"\]\((?!https?:)([^)#]+)")


def environment(tmp_path: Path) -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONFLICTDB", "COV_", "PYTEST"))}
    return {
        **kept,
        "CONFLICTDB_HOME": str(tmp_path / "home"),
        "PATH": scripts + os.pathsep + os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_as_the_code_has_it(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    folder = tmp_path / "work"
    shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
    env = environment(tmp_path)
    if page.name != "README.md":  # its reader has just made the database; the others' readers have had it for long
        docs_pages.shell("conflictdb events", folder, env)
    if page.name == "policies.md" or page.name == "queries.md" or page.name == "model.md":
        shutil.rmtree(folder / "docs")
    fresh = docs_pages.replay(docs_pages.regenerate(text), lambda command: docs_pages.shell(command, folder, env))
    if WRITE:
        page.write_text(fresh, encoding="utf-8")
        return
    assert fresh == text


def test_readme_python_runs(tmp_path: Path) -> None:
    env = environment(tmp_path)
    for block in PYTHON.finditer((ROOT / "README.md").read_text(encoding="utf-8")):
        script = tmp_path / "example.py"
        script.write_text(block["text"], encoding="utf-8")
        shown = docs_pages.shell(f"{sys.executable} {script}", tmp_path, env)
        assert "Government of Mali 26 killed own_side" in shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINKS.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert missing == []


def test_every_command_is_documented() -> None:
    """A command that no page runs is a command that nobody finds."""
    from conflictdb.cli.commands import COMMANDS

    named = " ".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert {name for name in COMMANDS if f"conflictdb {name}" not in named and f"`{name}" not in named} == set()


def test_pages_are_checked_at_all() -> None:
    """The patterns find what they are to check."""
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert len(CONSOLE.findall(text)) > 10
    assert "Traceback" not in text
    assert {match["name"] for match in GENERATED.finditer(text)} >= set(docs_pages.SECTIONS)
