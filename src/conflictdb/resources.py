"""Where the migrations and the shipped seed lie: in a checkout beside `src`, in a wheel inside the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def migrations_path() -> Path:
    """Return the folder of the Alembic environment."""
    return _first(_PACKAGE / "_alembic", _CHECKOUT / "alembic")


def seed_path() -> Path:
    """Return the native document that a new database is filled with."""
    return _first(_PACKAGE / "_data" / "seed_dioura.json", _CHECKOUT / "data" / "seed_dioura.json")


def _first(*candidates: Path) -> Path:
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"the installation is incomplete: {candidates[0].name} is missing")
