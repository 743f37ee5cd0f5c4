"""The rows of one dataset in one import run: sorted by the batch into new, unchanged and told anew, and written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, select

from conflictdb.domain.coded import CodedEvent, CodedRow, DatasetRecord, Deletion, KnownElsewhere
from conflictdb.domain.records import Problem
from conflictdb.store.batch import among
from conflictdb.store.bulk import Bulk
from conflictdb.store.search import KINDS, EntryKind
from conflictdb.store.tables import event, search_text
from conflictdb.store.write.coded.added import COLUMNS, NewEvents
from conflictdb.store.write.coded.counts import Counts
from conflictdb.store.write.coded.described import Descriptions
from conflictdb.store.write.coded.figures import ClaimDrafts, read_stated
from conflictdb.store.write.coded.joined import join_known
from conflictdb.store.write.coded.lookups import (
    KnownRow,
    SeenRows,
    count_claims,
    known_rows,
    last_stated,
)
from conflictdb.store.write.coded.prepared import Prepared, digest_of, prepare, search_body
from conflictdb.store.write.coded.references import CodedReferences
from conflictdb.store.write.coded.releases import ReleasesOfRuns, day_of, put_dataset
from conflictdb.store.write.coded.revised import RevisedClaims, Revision
from conflictdb.store.write.coded.standing import StandingEvent
from conflictdb.store.write.coded.tracked import confirm_rows, find_rewritten, track_revisions
from conflictdb.store.write.coded.withdrawn import rows_gone, withdraw_claims, withdraw_rows
from conflictdb.store.write.context import RunContext
from conflictdb.store.write.event_text import index_event

BATCH = 2_000
Row = CodedRow | CodedEvent | Prepared


@dataclass(slots=True)
class Outcome:
    """What became of the rows so far."""

    counts: Counts = field(default_factory=Counts)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


class CodedWriter:
    """Writes the rows of one release of a dataset; `complete`, if the file is all of it."""

    def __init__(self, run: RunContext, dataset: DatasetRecord, path: str, complete: bool) -> None:
        self.run, self.dataset, self.path, self.complete = run, dataset, path, complete
        self.connection = run.connection
        self.outcome = Outcome()
        self.release = put_dataset(self.connection, run.run_id, dataset, complete)
        self.releases = ReleasesOfRuns(self.connection)
        self.bulk = Bulk(self.connection)
        self.seen = SeenRows()
        self.references = _refer(run, dataset, self.bulk)
        drafts = ClaimDrafts(self.references, read_stated(dataset.released_on))
        self.added = NewEvents(self.bulk, drafts, run.run_id, run.now, self.seen)
        self.revised = RevisedClaims(self.bulk, drafts, self.releases, run.run_id, run.now, self.outcome.counts)
        self.descriptions = Descriptions(run, self.references, path)
        self._newer_whole = self._find_newer_whole()
        self._pending: list[Row] = []
        self._deleted: list[Deletion] = []
        self._refused: dict[int, int] = {}
        """The lines of known rows in which something is wrong now: they are not gone, and may come once more."""

    @property
    def line(self) -> int | None:
        """Return the line of the last row that waits."""
        return _line(self._pending[-1]) if self._pending else None

    def add(self, record: Row | Deletion | KnownElsewhere) -> None:
        """Take one row."""
        if isinstance(record, Deletion):
            self._deleted.append(record)
        elif isinstance(record, KnownElsewhere):
            self._recognise(record)
        else:
            self._pending.append(record)
        if len(self._pending) >= BATCH or len(self._deleted) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait, and leave the tables to others."""
        rows, self._pending = self._pending, []
        new, revisions = self._sort(rows)
        self._add(new)
        self._revise(revisions)
        self._delete()
        self.bulk.pause()

    def finish(self) -> None:
        """Write what is left; where the file is the whole release, withdraw what it has no more."""
        self.flush()
        if self.complete:
            for row_id, line in self._refused.items():
                self.seen.add(row_id, line)
            gone = list(rows_gone(self.connection, self.dataset.name, self.seen, self.run.run_id, self.releases))
            self._withdraw(gone, self._day())

    def _sort(self, rows: list[Row]) -> tuple[list[Prepared], list[Revision]]:
        """Divide rows into new and told anew; those that are known word for word are only counted."""
        known = known_rows(self.connection, self.dataset.name, [_native_id(row) for row in rows])
        lines: dict[str, int] = {}
        new: list[Prepared] = []
        revisions: list[Revision] = []
        same: list[KnownRow] = []
        for row in rows:
            native_id, line = _native_id(row), _line(row)
            held = known.get(native_id)
            first = lines.get(native_id) or (self.seen.line_of(held.id) if held is not None else 0)
            if first:
                self._refuse_twice(native_id, line, first)
                continue
            digest = _digest(row)
            if held is not None and held.digest == digest and held.withdrawn_on is None:
                same.append(held)
            elif (prepared := self._prepare(row, digest)) is None:
                if held is not None:
                    self._refused[held.id] = line
                continue
            elif held is None:
                new.append(prepared)
            else:
                self._compare(prepared, held, revisions)
            lines[native_id] = line
            if held is not None:
                self.seen.add(held.id, line)
        rewritten = find_rewritten(self.connection, revisions)
        self._confirm([*same, *rewritten.values()])
        return new, [each for each in revisions if each.known is None or each.known.id not in rewritten]

    def _compare(self, row: Prepared, held: KnownRow, revisions: list[Revision]) -> None:
        if self._stays_withdrawn(row, held):
            self.outcome.counts.events["unchanged"] += 1
        else:
            revisions.append(Revision(row, held.event_id, held, self._is_late(row.event, held)))

    def _prepare(self, row: Row, digest: int) -> Prepared | None:
        """Read a row that is not known word for word; None, where there is something wrong with it."""
        if isinstance(row, CodedRow):
            read = row.read()
            if isinstance(read, Problem):
                self.outcome.problems.append(read)
                return None
            row = read
        if isinstance(row, CodedEvent):
            row = prepare(row, digest, self.dataset)
        for name, value, why in row.event.warnings:
            about = row.event.native_id
            self.outcome.warnings.append(Problem(self.path, row.event.line, name, value, why, about, warning=True))
        return row

    def _confirm(self, same: list[KnownRow]) -> None:
        """Count rows that are as they were; where this release is newer, set down that it has them so."""
        if not same:
            return
        self.outcome.counts.events["unchanged"] += len(same)
        self.outcome.counts.claims["unchanged"] += count_claims(self.connection, [row.event_id for row in same])
        newer = [row.id for row in same if self.releases.of(row.seen_run_id).is_older_than(self.release)]
        if newer:
            confirm_rows(self.connection, newer, self.run.run_id)

    def _add(self, new: list[Prepared]) -> None:
        """Add rows as new events, or to the events that are known by another of their native ids."""
        joined = join_known(self.connection, self.dataset.name, self.path, new)
        self.outcome.warnings += joined.warnings
        before = self.added.claims
        row_ids = self.added.add(joined.fresh)
        self.outcome.counts.events["added"] += len(joined.fresh)
        self.outcome.counts.claims["added"] += self.added.claims - before
        self._withdraw_unless_newest(row_ids)
        self._revise(joined.attached)

    def _revise(self, revisions: list[Revision]) -> None:
        if not revisions:
            return
        self.references.resolve(each.row for each in revisions)
        standing, changed = self.revised.write(revisions)
        row_ids = track_revisions(self.bulk, self.dataset, revisions, self.run.run_id)
        unseen = []
        for row_id, each in zip(row_ids, revisions, strict=True):
            self.seen.add(row_id, each.row.event.line)
            if each.known is None or each.known.seen_run_id is None:
                unseen.append(row_id)
        self.bulk.pause()
        for day, claim_ids in self.revised.withdrawn.items():
            withdraw_claims(self.connection, claim_ids, day, self.run.run_id)
        self.revised.withdrawn.clear()
        for each in revisions:
            before, coded = standing[each.event_id], each.row.event
            if not each.late and self.descriptions.differ(each.row, before):
                changed |= {each.event_id} if self.descriptions.write(coded, each.event_id) else set()
            self.outcome.counts.events["changed" if each.event_id in changed else "unchanged"] += 1
        self._index([(each.row, standing[each.event_id]) for each in revisions if not each.late])
        self._withdraw_unless_newest(unseen)

    def _index(self, rows: Iterable[tuple[Prepared, StandingEvent]]) -> None:
        """Find events by what their rows say now; by all that is said of them, where others speak of them too."""
        bodies: dict[int, str] = {}
        for row, before in rows:
            event_id = int(before.row["id"])
            if before.row["source_id"] != self.references.source_id or not before.is_told_by(self.references.source_id):
                index_event(self.connection, event_id)
            else:
                bodies[event_id * KINDS + EntryKind.EVENT] = search_body(row, before.row["slug"])
        self.connection.execute(delete(search_text).where(among(search_text.c.rowid)), {"ids": list(bodies)})
        self.bulk.insert(*COLUMNS["search_text"], bodies.items())

    def _delete(self) -> None:
        if not self._deleted:
            return
        deleted, self._deleted = self._deleted, []
        known = known_rows(self.connection, self.dataset.name, [each.native_id for each in deleted])
        stated = last_stated(self.connection, self.references.source_id, [row.event_id for row in known.values()])
        by_day: dict[str, list[int]] = {}
        for each in deleted:
            row = known.get(each.native_id)
            if row is None:
                why = "no such event is known here; should an older export bring it, import this list again"
                self.outcome.warnings.append(Problem(self.path, each.line, "id", each.native_id, why, "", warning=True))
            elif row.withdrawn_on is None and not (each.on and stated.get(row.event_id, "") > each.on):
                by_day.setdefault(each.on or self._day(), []).append(row.id)
            else:
                self.outcome.counts.events["unchanged"] += 1
        for day, row_ids in by_day.items():
            self._withdraw(row_ids, day)

    def _withdraw_unless_newest(self, row_ids: list[int]) -> None:
        """Withdraw rows that this release has first, where a newer one was read whole before and lacks them."""
        if self._newer_whole is not None:
            self._withdraw(row_ids, day_of(self.releases.of(self._newer_whole), self.run.now), self._newer_whole)

    def _withdraw(self, row_ids: list[int], on: str, by: int | None = None) -> None:
        rows, claims = withdraw_rows(self.connection, self.dataset.name, row_ids, on, by or self.run.run_id)
        self.outcome.counts.events["withdrawn"] += rows
        self.outcome.counts.claims["withdrawn"] += claims

    def _recognise(self, row: KnownElsewhere) -> None:
        if self.connection.scalar(select(event.c.id).where(event.c.slug == row.slug)) is not None:
            self.outcome.counts.events["unchanged"] += 1
            return
        why = "this row was exported from a conflictdb database, where it was computed; it is no event of this one"
        self.outcome.problems.append(Problem(self.path, row.line, "id", f"conflictdb:{row.slug}", why, row.slug))

    def _is_late(self, coded: CodedEvent, row: KnownRow) -> bool:
        """Return whether a newer version of the row was seen: by its own number, else by the release."""
        if coded.revision and row.revision:
            return coded.revision < row.revision
        return self.release.is_older_than(self.releases.of(row.seen_run_id))

    def _stays_withdrawn(self, row: Prepared, known: KnownRow) -> bool:
        """Return whether a row was withdrawn after it was stated so; if it has no day, only another row may be new."""
        if known.withdrawn_on is None:
            return False
        if self._is_late(row.event, known) or self._newer_whole is not None:
            return True
        if self.release.is_older_than(self.releases.of(known.withdrawn_by_id)):
            return True
        if row.event.stated_on is not None:
            return row.event.stated_on <= known.withdrawn_on
        return row.digest == known.digest and not self.releases.is_whole(known.withdrawn_by_id)

    def _find_newer_whole(self) -> int | None:
        """Return the run that read a newer release whole before, or None."""
        newest = self.releases.newest_complete(self.dataset.name, self.run.run_id)
        return newest if self.release.is_older_than(self.releases.of(newest)) else None

    def _day(self) -> str:
        """Return the day that this release takes something back on: its own, where that is known to the day."""
        return day_of(self.release, self.run.now)

    def _refuse_twice(self, native_id: str, line: int, first: int) -> None:
        why = f"this id comes twice in the file; the first is on line {first}"
        self.outcome.problems.append(Problem(self.path, line, "id", native_id, why, native_id))


def _native_id(row: Row) -> str:
    return row.event.native_id if isinstance(row, Prepared) else row.native_id


def _line(row: Row) -> int:
    return row.event.line if isinstance(row, Prepared) else row.line


def _digest(row: Row) -> int:
    return row.digest if isinstance(row, Prepared) else digest_of(row.original)


def _refer(run: RunContext, dataset: DatasetRecord, bulk: Bulk) -> CodedReferences:
    run.reference.put_source(dataset.source, coded=True)
    _, recorder = run.reference.put_coded_actor(dataset.recorder)
    return CodedReferences(run.reference, dataset, recorder, run.lookups.source(dataset.source.slug), bulk.pause)
