"""Which links pass from a claim to the revision that corrects it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from conflictdb.domain.vocabulary import LinkKind
from conflictdb.store.write.known import Row

_AGREEING = (LinkKind.CORROBORATES, LinkKind.REPEATS)


def inherited_links(
    links: Iterable[Mapping[str, Any]], claims: Mapping[int, Row], new_id: int, old_id: int, same_figure: bool
) -> list[tuple[int, int, str, str | None]]:
    """Return (from, to, kind, note) of the links of `old_id` that hold of `new_id` too.

    Others' agreement passes only to the same figure. Supersession by date is worked out anew for every revision.
    """
    passed = []
    for link in links:
        kind, note = link["kind"], link["note"]
        if kind == LinkKind.CORRECTS or _is_by_date(link, claims):
            continue
        if link["from_claim_id"] == old_id:
            passed.append((new_id, int(link["to_claim_id"]), str(kind), note))
        elif link["to_claim_id"] == old_id and (same_figure or kind not in _AGREEING):
            passed.append((int(link["from_claim_id"]), new_id, str(kind), note))
    return passed


def _is_by_date(link: Mapping[str, Any], claims: Mapping[int, Row]) -> bool:
    return link["kind"] == LinkKind.SUPERSEDES and bool(claims[link["from_claim_id"]]["supersedes_by_date"])
