"""The releases of UCDP's datasets: which one a file is, and when each came out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

YEARLY = {
    "17.1": "2017-06", "18.1": "2018-06", "19.1": "2019-06", "20.1": "2020-06", "21.1": "2021-06",
    "22.1": "2022-06", "23.1": "2023-06", "24.1": "2024-06", "25.1": "2025-06", "26.1": "2026-06",
}  # fmt: skip
"""GED, and the actor list with it: a release a year, in June, of the years up to the one before."""

_FIRST_CANDIDATE, _FIRST_QUARTERLY, _LAST = 20, 24, 26


def _candidates() -> Iterator[tuple[str, str]]:
    """Yield the Candidate releases: 26.0.1 is January 2026, 26.01.26.03 January to March; out a month later.

    "Not more than a month's lag": Hegre, Croicu, Eck and Högbladh 2020; UCDP puts them out about the 20th.
    """
    for year in range(_FIRST_CANDIDATE, _LAST + 1):
        for month in range(1, 13):
            out = f"20{year}-{month + 1:02d}" if month < 12 else f"20{year + 1}-01"
            yield f"{year}.0.{month}", out
            if year >= _FIRST_QUARTERLY and month % 3 == 0:
                yield f"{year}.01.{year}.{month:02d}", out


GED_RELEASES = MappingProxyType({**YEARLY, **dict(_candidates())})
"""The EDTF month in which a release came out, as far as it is known."""

_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_IN_NAME = re.compile(
    r"(?:ged|event|actor|candidate)[a-z]*[-_ ]?v?[-_]?(\d{1,2}(?:[_.]\d{1,2}){1,3})(?!\d)", re.IGNORECASE
)
_RUN_TOGETHER = re.compile(r"(?:ged|actor)[-_]?(\d{1,2})(\d)(?!\d)", re.IGNORECASE)


def release_of(file_name: str, version_cell: str = "") -> str:
    """Return the release by a cell or else the file's name, GEDEvent_v26_0_1.csv or ged231.csv; "" if neither tells."""
    if _VERSION.fullmatch(version_cell.strip()):
        return version_cell.strip()
    if found := _IN_NAME.findall(file_name):
        return str(found[-1]).replace("_", ".")
    runs = _RUN_TOGETHER.findall(file_name)
    return ".".join(runs[-1]) if runs else ""


def is_candidate(release: str) -> bool:
    """Return whether a release is of the Candidate dataset: those have three numbers or four, 26.0.1."""
    return release.count(".") > 1
