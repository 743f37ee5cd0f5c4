"""What GTD is: its recorder, its licence, how to cite it, and its releases."""

from __future__ import annotations

import re
from pathlib import Path

from conflictdb.domain.coded import DatasetRecord
from conflictdb.domain.records import ActorRecord, AliasRecord, SourceRecord
from conflictdb.domain.vocabulary import ActorKind

_NAME = "Global Terrorism Database"
_PUBLISHER = "START, University of Maryland"
_URL = "https://www.start.umd.edu/gtd"
_LICENCE = (
    "GTD End User License Agreement: the data may not be passed on; https://www.start.umd.edu/gtd/end-user-agreement"
)
_CITATION = (
    "START (National Consortium for the Study of Terrorism and Responses to Terrorism). "
    "Global Terrorism Database [data file]. https://www.start.umd.edu/gtd"
)
_RELEASE = re.compile(r"(?<![0-9])(0[1-9]|1[0-2])([0-9]{2})dist", re.IGNORECASE)


def describe_gtd(path: Path, columns: tuple[str, ...], read_as: str) -> DatasetRecord:
    """Return the dataset that a file is of; `globalterrorismdb_0718dist.csv` names its release, July 2018."""
    match = _RELEASE.search(path.name)
    release = f"20{match[2]}-{match[1]}" if match else ""
    return DatasetRecord(
        "gtd",
        _NAME,
        ActorRecord(
            _NAME,
            ActorKind.RECORDER,
            description="Codes incidents of terrorism. Its figures are estimates.",
            aliases=(AliasRecord("GTD", "en", "gtd"),),
            source="gtd",
        ),
        SourceRecord("gtd", _NAME, publisher=_PUBLISHER, url=_URL, language="en", licence=_LICENCE),
        release,
        release or None,
        _LICENCE,
        _CITATION,
        _URL,
        columns,
        read_as,
    )
