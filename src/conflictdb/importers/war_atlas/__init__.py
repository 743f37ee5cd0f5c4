"""The War Atlas: 3,010 battles since 1750 with the strength and the casualties of their sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from conflictdb.domain.coded import CodedEvent, DatasetRecord
from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.domain.records import ActorRecord, ConflictRecord, PersonRecord, Problem, Record, SourceRecord
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.importers.tabular.columns import Column
from conflictdb.importers.war_atlas.battles import BattleReader, war_ids
from conflictdb.importers.war_atlas.columns import BATTLES
from conflictdb.importers.war_atlas.figures import source_handle
from conflictdb.importers.war_atlas.folder import AtlasFolder, Row

RECORDER = "The War Atlas"
SITE = "https://thewaratlas.co"


class WarAtlasImporter:
    """Recognises and reads the folder of the War Atlas."""

    name = "war-atlas"
    version = "1"
    title = "the War Atlas, a folder of CSV files"
    about = (
        "3,010 battles since 1750, recorded by The War Atlas (thewaratlas.co) from Wikidata and the infoboxes of "
        "Wikipedias; CC BY 4.0, cited as its manifest says. Name the folder, a zip of it, or its battles.csv. A row of "
        "battles.csv becomes a battle; its rows in battle_forces.csv and battle_casualties.csv become combatants and "
        "the recorder's ranges of strength and of casualties, which are never deaths alone. Casualties of a side that "
        "is called otherwise than all that had forces, as where one table is filled in French, are kept as of unknown "
        "subject, with that name. The first day of a month or year is taken for the whole of it, unless the title has "
        "the day. Wars, factions and commanders are taken with their ids; nothing says who commanded where."
    )
    columns: tuple[Column, ...] = BATTLES

    def identify(self, path: Path) -> bool:
        """Return whether this is the folder, a zip of it, or one of its tables."""
        return AtlasFolder(path).looks_right()

    def extract(self, path: Path) -> Iterator[Record | DatasetRecord | CodedEvent | Problem]:
        """Stream the dataset, its wars, documents, factions and commanders, then its battles.

        Raises ImportFailedError where the tables are not together.
        """
        folder = AtlasFolder(path)
        folder.require()
        yield _dataset(folder)
        battles = yield from _kept(folder, "battles.csv")
        items = frozenset(row.cells["wikidata_qid"] for row in battles)
        wars = yield from _by_slug(folder, "wars.csv")
        yield from (ConflictRecord(war.cells["title"], None, war_ids(war, items)) for war in wars.values())
        forces = yield from _by_battle(folder, "battle_forces.csv", battles)
        casualties = yield from _by_battle(folder, "battle_casualties.csv", battles)
        sources = yield from _sources(folder, (forces, casualties))
        factions = yield from _by_slug(folder, "factions.csv")
        yield from _factions(factions, items)
        items |= {row.cells["wikidata_qid"] for row in (*factions.values(), *wars.values())}
        yield from _people(folder, factions, items)
        yield from BattleReader(folder, wars, sources).read(battles, forces, casualties)


def _dataset(folder: AtlasFolder) -> DatasetRecord:
    manifest = folder.manifest()
    licence = manifest.get("license")
    name = _text(licence if isinstance(licence, dict) else {}, "name") or "CC BY 4.0"
    release, title = _text(manifest, "version"), _text(manifest, "name") or "The War Atlas: open dataset"
    released_on = _day(release)
    page = _text(manifest, "dataset_page") or SITE
    return DatasetRecord(
        "war-atlas", title, ActorRecord(RECORDER, ActorKind.RECORDER),
        SourceRecord("war-atlas", title, RECORDER, url=page, published_on=released_on, licence=name),
        release, released_on, name, _text(manifest, "citation") or None, page,
        (*folder.names("battles.csv"), "forces", "casualties"), folder.describe(), {"2026-07-03": "2026-07-03"},
    )  # fmt: skip


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _day(release: str) -> str | None:
    """Return a release that is a day, as they all are, as EDTF."""
    try:
        return parse_edtf(release).text
    except EdtfError:
        return None


def _kept(folder: AtlasFolder, table: str) -> Generator[Problem, None, list[Row]]:
    """Yield the problems of a table; return its rows."""
    rows: list[Row] = []
    for row in folder.rows(table):
        if isinstance(row, Problem):
            yield row
        else:
            rows.append(row)
    return rows


def _by_slug(folder: AtlasFolder, table: str) -> Generator[Problem, None, dict[str, Row]]:
    """Yield the problems of a table; return its rows by slug, of which the first counts."""
    found: dict[str, Row] = {}
    for row in (yield from _kept(folder, table)):
        slug = row.cells["slug"]
        if not slug:
            yield folder.problem(table, row.line, "slug", "", "the slug is blank")
        elif slug in found:
            yield folder.problem(table, row.line, "slug", slug, f"line {found[slug].line} has this slug too")
        elif "name" in row.cells and not row.cells["name"]:
            yield folder.problem(table, row.line, "name", "", "the name is blank")
        else:
            found[slug] = row
    return found


def _by_battle(folder: AtlasFolder, table: str, battles: list[Row]) -> Generator[Problem, None, dict[str, list[Row]]]:
    """Yield the problems of a table of figures; return its rows by their battle."""
    known = {battle.cells["slug"] for battle in battles}
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in (yield from _kept(folder, table)):
        slug = row.cells["battle_slug"]
        if slug in known:
            found[slug].append(row)
        else:
            yield folder.problem(table, row.line, "battle_slug", slug, "battles.csv lacks this battle", slug)
    return found


def _sources(
    folder: AtlasFolder, tables: tuple[Mapping[str, list[Row]], ...]
) -> Generator[SourceRecord | Problem, None, list[str]]:
    """Yield the documents that a figure cites; return their slugs."""
    cited = {row.cells["source_slug"] for table in tables for rows in table.values() for row in rows}
    found: list[str] = []
    for row in (yield from _kept(folder, "sources.csv")):
        cells = row.cells
        if cells["slug"] in cited and cells["slug"] and cells["title"]:
            found.append(cells["slug"])
            kind = cells["source_type"].replace("_", " ") or None
            yield SourceRecord(source_handle(cells["slug"]), cells["title"], url=cells["url"] or None, note=kind)
    return found


def _factions(factions: Mapping[str, Row], battles: frozenset[str]) -> Iterator[ActorRecord]:
    for slug, row in factions.items():
        yield ActorRecord(row.cells["name"], ActorKind.UNKNOWN, native_ids=_ids("faction", slug, row, battles))


def _people(
    folder: AtlasFolder, factions: Mapping[str, Row], taken: frozenset[str]
) -> Iterator[PersonRecord | Problem]:
    """Yield the commanders. An item of Wikidata that is a battle's, war's or faction's is not a person's."""
    people = yield from _by_slug(folder, "commanders.csv")
    for slug, row in people.items():
        faction = factions.get(row.cells["primary_faction_slug"])
        years = "–".join((row.cells["birth_year"], row.cells["death_year"])).strip()
        parts = [faction.cells["name"] if faction else "", years if years != "–" else ""]
        description = "; ".join(filter(None, parts)) or None
        yield PersonRecord(row.cells["name"], description, native_ids=_ids("person", slug, row, taken))


def _ids(kind: str, slug: str, row: Row, taken: frozenset[str]) -> tuple[str, ...]:
    item = row.cells["wikidata_qid"]
    return (f"war-atlas-{kind}:{slug}", *([f"wikidata:{item}"] if item and item not in taken else ()))
