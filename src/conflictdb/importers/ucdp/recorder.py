"""Who UCDP is, as the recorder of its datasets, and what its licence asks."""

from __future__ import annotations

from conflictdb.domain.records import ActorRecord, AliasRecord, SourceRecord
from conflictdb.domain.vocabulary import ActorKind

PROGRAM = "Uppsala Conflict Data Program"
LICENCE = "CC BY 4.0"
URL = "https://ucdp.uu.se/downloads/"

GED_CITATION = (
    "Sundberg, Ralph, and Erik Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace"
    " Research 50(4), 523-532; Davies, Shawn, Therése Pettersson and Magnus Öberg, Organized violence, Journal of Peace"
    " Research (the year's article)"
)
CANDIDATE_CITATION = (
    "Hegre, Håvard, Mihai Croicu, Kristine Eck and Stina Högbladh (2020), Introducing the UCDP Candidate Events"
    " Dataset, Research & Politics; " + GED_CITATION
)
ACTORS_CITATION = (
    "Davies, Shawn, Therése Pettersson and Magnus Öberg, Organized violence, Journal of Peace Research (the year's"
    " article); the UCDP Actor Dataset"
)


def make_recorder(source: str) -> ActorRecord:
    """Return UCDP as an actor that `source` (a slug) tells of."""
    return ActorRecord(
        name=PROGRAM,
        kind=ActorKind.RECORDER,
        description="Codes organized violence at Uppsala University. Its figures are estimates.",
        aliases=(AliasRecord("UCDP", "en", source),),
        source=source,
    )


def make_source(slug: str, title: str) -> SourceRecord:
    """Return a dataset of UCDP as a document: one for all of its releases."""
    return SourceRecord(slug=slug, title=title, publisher=PROGRAM, url=URL, language="en", licence=LICENCE)
