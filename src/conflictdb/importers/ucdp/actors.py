"""The UCDP actor list: a row an actor, with its other names and its lineage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from conflictdb.domain.coded import DatasetRecord
from conflictdb.domain.records import ActorRecord, AliasRecord, Problem, RelationRecord
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.errors import ConflictDBError
from conflictdb.importers.tabular.columns import Column, Layout, score
from conflictdb.importers.tabular.reader import Table, find_names, open_table
from conflictdb.importers.ucdp.fighters import find_country
from conflictdb.importers.ucdp.lineage import (
    GOVERNMENT,
    ROW_COLUMNS,
    ActorRow,
    Known,
    find_other_names,
    find_relations,
    know,
    read_cells,
)
from conflictdb.importers.ucdp.recorder import ACTORS_CITATION, LICENCE, URL, make_recorder, make_source
from conflictdb.importers.ucdp.releases import YEARLY, release_of

NAME = "ucdp-actors"
TITLE = "UCDP Actor Dataset"
SCHEME = "ucdp-actor:"

ORGANIZATIONS = {
    "1": "Formally organized group", "2": "Informally organized group", "3": "Group of a common identity or following",
    GOVERNMENT: "Government",
}  # fmt: skip

# From the codebook of the UCDP Actor Dataset, its list of variables. What is said to be "left" is not read.
COLUMNS = (
    Column("ActorId", "number of the actor, as side_a_new_id and side_b_new_id of GED", required=True),
    Column("NameData", "name in UCDP's datasets", required=True),
    Column("NameOrig", "first name, in short"),
    Column("NameOrigFull", "first name in full, in its own language"),
    Column("NameOrigFullEng", "first name in full, in English"),
    Column("NameChange", "1 where it changed its name; left, since NewName tells"),
    Column("NewName", "later names, in short"),
    Column("NewNameFullMotherTongue", "later names in full, in their own language"),
    Column("NewNameFullEng", "later names in full, in English"),
    Column("Org", "how it is organized", required=True, codes=ORGANIZATIONS),
    Column("ConflictId", "conflicts it fought in; left"),
    Column("DyadId", "dyads it fought in; tells old enemies from allies"),
    Column("PrimaryParty", "1 where it was ever a primary party; left"),
    Column("OSID", "its one-sided violence; left"),
    Column("OSCoalition", "1 where that was done in a coalition; left"),
    Column("OSCoalitionID", "number of the coalition; left"),
    Column("NSID", "non-state conflicts it fought in; tells old enemies from allies"),
    Column("NSCoalition", "1 where it fought in a coalition; left"),
    Column("NSCoalitionID", "number of the coalition; left"),
    Column("Splinter", "1 where it broke away from another; left, since ActorIdPrev tells"),
    Column("NamePrev", "name of that other; left"),
    Column("ActorIdPrev", "number of that other: splinter_of"),
    Column("SplitTemp", "1 where it broke away for a time; left, since ActorIdSplitTemp tells"),
    Column("NameSplitTemp", "name of that other; left"),
    Column("ActorIdSplitTemp", "number of that other: splinter_of"),
    Column("Alliance", "1 where it entered an alliance; left, since ActorIdAlliance tells"),
    Column("NameAlliance", "name of the alliance; left"),
    Column("ActorIdAlliance", "number of the alliance: part_of, or allied_with"),
    Column("JoinGroup", "1 where it joined another; left, since ActorIdGroup tells"),
    Column("GroupName", "name of that other; left"),
    Column("ActorIdGroup", "number of that other: part_of, or allied_with"),
    Column("Location", "countries where it was active: in the description"),
    Column("GWNOLoc", "their numbers by Gleditsch and Ward; left"),
    Column("Region", "their continents; left"),
    Column("Version", "the release"),
)
_KINDS = {code: ActorKind.STATE if code == GOVERNMENT else ActorKind.ARMED_GROUP for code in ORGANIZATIONS}
_BY_NAME = {column.name: column for column in COLUMNS}
_ENOUGH = 0.6
_SIGN = frozenset({"namedata", "nameorig", "org", "actoridprev", "actoridalliance", "actoridgroup"})


class ActorImporter:
    """Recognises and reads the actor list."""

    name = NAME
    version = "1"
    title = "UCDP actor list: other names, and lineage"
    about = (
        "Recorder: the Uppsala Conflict Data Program. Licence CC BY 4.0; cite Davies, Pettersson and Öberg, and the"
        " UCDP Actor Dataset. A row is an actor, found by its UCDP number alone: of one name there are several. Its"
        " other names become aliases. What it broke away from is splinter_of; what it joined, or what alliance it"
        " entered, is part_of, but allied_with where the two had been enemies, since the list gives no dates. How it is"
        " organized and where it was active stand in the description. Not read: numbers of its conflicts, coalitions"
        " for one conflict, and the codes of its countries and continents. The list is held in memory while it is read."
    )
    columns = COLUMNS

    def identify(self, path: Path) -> bool:
        """Return whether the table's header is that of the actor list."""
        try:
            names = find_names(path)
        except ConflictDBError:  # a zip of several files, of which the user must choose one
            return False
        return score(COLUMNS, names) >= _ENOUGH and len(_SIGN & {name.lower() for name in names}) > 1

    def extract(self, path: Path) -> Iterator[DatasetRecord | ActorRecord | Problem]:
        """Stream the dataset, then its actors. Raises ImportFailedError where the table cannot be read."""
        with open_table(path) as table:
            pick = Layout([_BY_NAME[name] for name in ROW_COLUMNS], table.names).pick()
            yield _describe(table, path)
            rows: dict[int, ActorRow] = {}
            for line, cells in table.rows():
                if why := table.bad_row(line, cells):
                    yield Problem(str(path), line, "", "", why)
                else:
                    rows[line] = read_cells(pick(cells))
            known = {row.number: know(row) for row in rows.values()}
            for line, row in rows.items():
                yield from _read_row(row, known, line, str(path))


def _describe(table: Table, path: Path) -> DatasetRecord:
    first = table.peek(1)
    cells = dict(zip((name.lower() for name in table.names), first[0], strict=False)) if first else {}
    release = release_of(path.name, cells.get("version", ""))
    return DatasetRecord(
        name=NAME,
        title=TITLE,
        recorder=make_recorder(NAME),
        source=make_source(NAME, TITLE),
        release=release,
        released_on=YEARLY.get(release),
        licence=LICENCE,
        citation=ACTORS_CITATION,
        url=URL,
        columns=tuple(name or f"column {number}" for number, name in enumerate(table.names, 1)),
        read_as=table.dialect_text,
        known_releases=YEARLY,
    )


def _read_row(row: ActorRow, known: Mapping[str, Known], line: int, path: str) -> Iterator[ActorRecord | Problem]:
    """Yield the actor, and a warning for each line of descent that leads nowhere."""
    native_id = SCHEME + row.number
    if not row.number.isdigit():
        why = "it is no number of an actor" if row.number else "it is blank, so the actor could not be found again"
        yield Problem(path, line, "ActorId", row.number, why)
        return
    if not row.name:
        yield Problem(path, line, "NameData", row.name, "the actor has no name", row.number)
        return
    relations = []
    for field, kind, other in find_relations(row, known):
        if other == row.number:
            yield Problem(path, line, field, other, "the actor is related to itself; not taken", row.number, True)
        elif other not in known:
            yield Problem(path, line, field, other, "no actor of the list has this number; not taken", row.number, True)
        else:
            relations.append(RelationRecord(kind, SCHEME + other, source=NAME))
    is_government = row.organization == GOVERNMENT
    yield ActorRecord(
        name=row.name,
        kind=_KINDS.get(row.organization, ActorKind.UNKNOWN),
        country=find_country(row.name) if is_government else None,
        description=_describe_actor(row),
        aliases=tuple(AliasRecord(name, language, NAME) for name, language in find_other_names(row)),
        relations=tuple(relations),
        native_ids=(native_id,),
        source=NAME,
    )


def _describe_actor(row: ActorRow) -> str | None:
    """Return how the actor is organized, and where it was active."""
    words = (ORGANIZATIONS.get(row.organization, ""), f"active in {row.location}" if row.location else "")
    return "; ".join(word for word in words if word) or None
