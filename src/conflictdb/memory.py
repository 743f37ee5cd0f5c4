"""Memory while many rows go through: they hold no circles of objects, so there is little to look for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 200_000
"""How many objects are made before the next look; a command that reads makes fewer."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for circles of objects far less often: a batch of rows has none, and a command that reads ends before."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
