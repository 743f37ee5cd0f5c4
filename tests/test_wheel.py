"""What is built is what runs: the wheel carries the migrations and the seed, and works far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MIGRATIONS = {f"conflictdb/_alembic/versions/{path.name}" for path in (ROOT / "alembic" / "versions").glob("*.py")}
CARRIED = {
    "conflictdb/__init__.py",
    "conflictdb/_alembic/env.py",
    "conflictdb/_alembic/script.py.mako",
    "conflictdb/_data/seed_dioura.json",
} | MIGRATIONS

pytestmark = pytest.mark.timeout(300)


def output(*command: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(target: Path, *options: str) -> Path:
    """Build the checkout into `target` without a network; return the wheel."""
    output(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, *options, ROOT, cwd=target)
    (wheel,) = target.glob("*.whl")
    return wheel


def files_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def install(wheel: Path, environment: Path) -> Path:
    """Install `wheel` into a new environment that borrows this one's dependencies; return its folder of programs."""
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    output(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel, cwd=environment)
    # Stands behind the environment's own folder; a .pth in the borrowed one, such as the checkout's, is not read.
    own = output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment).strip()
    (Path(own) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin"


def test_an_installed_wheel_runs_from_another_folder(tmp_path: Path) -> None:
    wheel = build(tmp_path, "--wheel")
    assert CARRIED - files_in(wheel) == set()
    assert MIGRATIONS

    programs = install(wheel, tmp_path / "environment")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env["CONFLICTDB_HOME"] = str(tmp_path / "home")
    where = output(programs / "python", "-c", "import conflictdb; print(conflictdb.__file__)", cwd=elsewhere, env=env)
    assert Path(where.strip()).is_relative_to(tmp_path / "environment")
    shown = output(programs / "conflictdb", "show", "dioura-2019", cwd=elsewhere, env=env)
    assert "Raid on Dioura (2019)" in shown
    assert list(elsewhere.iterdir()) == []


def test_the_sdist_builds_the_same_wheel(tmp_path: Path) -> None:
    # Without options, `build` makes the sdist, and the wheel from what the sdist holds.
    wheel = build(tmp_path)
    assert CARRIED - files_in(wheel) == set()
    (sdist,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"alembic/env.py", "data/seed_dioura.json", "tests/conftest.py", "README.md", "LICENSE"} <= held
