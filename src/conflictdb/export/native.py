"""Events as native documents: definitions first, then an event a line; importing them again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from conflictdb.errors import UsageError
from conflictdb.export.losses import Loss, counted
from conflictdb.export.task import PlainWriter, Task
from conflictdb.export.versions import count_versions
from conflictdb.rewrite import define, dump, write_events
from conflictdb.statements import NOT_NAMES, Fields, filled, is_name
from conflictdb.store.read import export as read
from conflictdb.store.read.definitions import Mentioned
from conflictdb.store.read.records import read_spoken

A_LINE = 500
"""Definitions that share a line."""
MOST_WHOLE = 1000
"""Events that one YAML or JSON document holds; such a document is read whole."""


class NativeWriter(PlainWriter):
    """Writes documents: lines of JSON, or one document in YAML or JSON where the file is called so."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.suffix = Path(task.name).suffix.lower()
        self.whole = self.suffix in (".yaml", ".yml", ".json")
        self.events: list[Fields] = []
        self.mentioned = Mentioned()
        if task.query or task.knowledge is not None:
            for ids in task.batches():
                self.mentioned.add(task.connection, ids, task.knowledge)
        else:
            self.mentioned.add_all(task.connection)
        self.mentioned.close(task.connection)
        self.spoken = read_spoken(task.connection, is_name, NOT_NAMES)
        if not self.whole:
            for section, entries in define(task.connection, self.mentioned):
                while some := list(islice(entries, A_LINE)):
                    self._write_line({"conflictdb": 1, section: some})

    def write(self, ids: Sequence[int]) -> None:
        """Write these events."""
        self._require_room(len(ids))
        lost = self._losses(ids)
        for event_id, (slug, fields, left_out) in zip(ids, self._documents(ids), strict=True):
            if self.whole:
                self.events.append(fields)
            else:
                self._write_line(fields)
            unsaid = [
                counted(left_out, "claims that a document has no field for", "claim that a document has no field for")
            ]
            self.task.losses.add(slug, lost.get(event_id, []) + (unsaid if left_out else []))
        self.task.tally.rows += len(ids)

    def end(self) -> None:
        """Write the one document, where there is one."""
        if self.whole:
            defined = {section: list(entries) for section, entries in define(self.task.connection, self.mentioned)}
            document: Fields = filled({"conflictdb": 1, **defined}) | {"events": self.events}
            text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
            self._write(text if self.suffix == ".json" else self._heading() + dump(document))

    def _documents(self, ids: Sequence[int]) -> Iterator[tuple[str, Fields, int]]:
        return write_events(self.task.connection, list(ids), self.spoken, knowledge=self.task.knowledge)

    def _heading(self) -> str:
        """Return the comment that says as of when a document is; JSON has no place for one."""
        knowledge = self.task.knowledge
        if knowledge is None:
            return ""
        return f"# As of {knowledge.text}{', and what is undated' if knowledge.undated else ''}.\n"

    def _require_room(self, more: int) -> None:
        if self.whole and len(self.events) + more > MOST_WHOLE:
            raise UsageError(
                f"a {self.suffix} file is read whole, and would hold more than {MOST_WHOLE:,} events",
                f"name it {Path(self.task.name).stem}.jsonl: an event a line",
            )

    def _losses(self, ids: Sequence[int]) -> dict[int, list[Loss]]:
        """Return what documents do not hold: the rows of datasets, and what claims and rows were before."""
        connection, knowledge = self.task.connection, self.task.knowledge
        versions = count_versions(connection, ids, knowledge)
        past = read.count(connection, "past", ids, knowledge)
        found: dict[int, list[Loss]] = {}
        for counts, many, one in (
            (versions, "original rows of datasets", "original row of a dataset"),
            (past, "corrected or withdrawn claims", "corrected or withdrawn claim"),
        ):
            for event_id, count in counts.items():
                found.setdefault(event_id, []).append(counted(count, many, one))
        return found

    def _write_line(self, value: Any) -> None:
        self._write(json.dumps(value, ensure_ascii=False) + "\n")

    def _write(self, text: str) -> None:
        self.task.stream.write(text.encode("utf-8", errors="backslashreplace"))
