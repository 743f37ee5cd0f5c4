"""What a line says of how to look at claims, as a lens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from conflictdb.errors import UsageError

if TYPE_CHECKING:
    from conflictdb.domain.lens import Lens


def make_lens(
    policy: str,
    basis: str,
    as_of: str | None,
    undated: bool,
    parameters: Iterable[str] | None = None,
    **told: str | None,
) -> Lens:
    """Return the lens that the options ask for. Raises UsageError."""
    from conflictdb.looking import look

    for text in parameters or ():
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"--parameter {text!r} is no NAME=VALUE", "write it as --parameter k=3")
        told[name.strip()] = value
    return look(policy, basis=basis, as_of=as_of, undated=undated, told=told)
