"""Read a large file in a process of its own, so that rows are made ready while others are written.

The child is this module run as a program: it writes batches to its standard output, each with its length before it.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from conflictdb.domain.coded import CodedEvent, CodedRow, DatasetRecord
from conflictdb.errors import ConflictDBError, ImportFailedError
from conflictdb.importers.contract import Extracted, extract, find_importer
from conflictdb.store.write.coded.prepared import Prepared, digest_of, prepare

FROM_BYTES = 8 << 20
"""Smaller files are read before a second process has begun."""
ROWS = 500
AHEAD = 12
"""How many batches of rows wait at most to be written."""
MOST_CASTS = 50_000
"""How many lots of fighters and conflict are numbered, so that they are looked up by a number."""
_LENGTH = 8

Read = Extracted | Prepared


def read_apart(name: str, path: Path) -> Iterator[Read]:
    """Stream what the importer `name` reads in a file, but the DatasetRecord, with the rows made ready.

    Raises what the importer raises, and ImportFailedError where the other process ends before its time.
    """
    command = [sys.executable, "-P", "-m", __name__, name, os.fspath(path)]
    # -P: a module of the folder that the user is in is none of ours.
    # In a group of its own: Ctrl-C is for this process, which ends the other.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, process_group=0)
    assert process.stdout is not None
    waiting: queue.Queue[bytes] = queue.Queue(AHEAD)
    reader = threading.Thread(target=_receive, args=(process.stdout, waiting), daemon=True)
    reader.start()
    try:
        while batch := waiting.get():
            found = pickle.loads(batch)
            if isinstance(found, Exception):
                raise found
            yield from found
        if process.wait() != 0:
            raise ImportFailedError(f"the reading of {path.name} broke off", "the database is as it was before")
    finally:
        process.kill()
        process.wait()
        while reader.is_alive():  # it may stand before a full queue
            with suppress(queue.Empty):
                waiting.get(timeout=0.01)
        process.stdout.close()


def _receive(stream: IO[bytes], waiting: queue.Queue[bytes]) -> None:
    """Hand on the whole batches of a stream, then an empty one."""
    while len(length := stream.read(_LENGTH)) == _LENGTH:
        size = int.from_bytes(length, "big")
        batch = stream.read(size)
        if len(batch) < size:
            break
        waiting.put(batch)
    waiting.put(b"")


def _send(found: list[Read] | ConflictDBError | OSError, stream: IO[bytes]) -> None:
    batch = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(batch).to_bytes(_LENGTH, "big"))
    stream.write(batch)
    stream.flush()


def _read(name: str, path: Path) -> Iterator[Read]:
    dataset: DatasetRecord | None = None
    casts: dict[tuple[object, object], int] = {}
    for record in extract(find_importer(path, name), path):
        if isinstance(record, DatasetRecord):
            dataset = record
            continue
        read = record.read() if isinstance(record, CodedRow) else record
        if isinstance(read, CodedEvent) and dataset is not None:
            row = prepare(read, digest_of(read.original), dataset)
            who = read.fighters, read.conflict
            yield row._replace(cast=casts.setdefault(who, len(casts) + 1)) if len(casts) < MOST_CASTS else row
        else:
            yield read


def main(name: str, path: Path, stream: IO[bytes]) -> None:
    """Read a file and write what was read in batches to `stream`."""
    batch: list[Read] = []
    try:
        for record in _read(name, path):
            batch.append(record)
            if len(batch) == ROWS:
                _send(batch, stream)
                batch.clear()
        _send(batch, stream)
    except (ConflictDBError, OSError) as error:
        _send(error, stream)


if __name__ == "__main__":
    # The pipe is broken where the process that reads from this one is gone.
    with suppress(BrokenPipeError), open(1, "wb", closefd=False) as output:
        main(sys.argv[1], Path(sys.argv[2]), output)
