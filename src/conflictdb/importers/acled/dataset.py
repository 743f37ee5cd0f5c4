"""What ACLED is: its recorder, its terms and how to cite it."""

from __future__ import annotations

import re
from pathlib import Path

from conflictdb.domain.coded import DatasetRecord
from conflictdb.domain.records import ActorRecord, AliasRecord, SourceRecord
from conflictdb.domain.vocabulary import ActorKind

_NAME = "Armed Conflict Location & Event Data Project"
_URL = "https://acleddata.com"
_LICENCE = "ACLED's terms of use: the data may not be passed on; https://acleddata.com/terms-and-conditions"
_CITATION = (
    "Raleigh, C., Kishi, R., and Linke, A. (2023). Political instability patterns are obscured by conflict dataset "
    "scope conditions, sources, and coding choices. Humanities and Social Sciences Communications 10, 74."
)
_RELEASE = re.compile(r"acled.*?version[ _-]*([0-9]{1,2}(?:\.[0-9]+)?)(?![0-9])", re.IGNORECASE)


def describe_acled(path: Path, columns: tuple[str, ...], read_as: str) -> DatasetRecord:
    """Return the dataset that a file is of.

    Exports have no release, since rows are changed one by one; only the yearly files to 2018 name theirs.
    """
    release = _RELEASE.search(path.name)
    return DatasetRecord(
        "acled",
        _NAME,
        ActorRecord(
            _NAME,
            ActorKind.RECORDER,
            description="Codes political violence and protest. Its figures are estimates.",
            aliases=(AliasRecord("ACLED", "en", "acled"),),
            source="acled",
        ),
        SourceRecord("acled", _NAME, publisher="ACLED", url=_URL, language="en", licence=_LICENCE),
        release[1] if release else "",
        licence=_LICENCE,
        citation=_CITATION,
        url=_URL,
        columns=columns,
        read_as=read_as,
    )
