"""Every case file of every importer, against the records that stand beside it.

`cases/<importer>/<case>.<ext>` is read by the importer of that name, and compared with `<case>.expected.json`.
`CONFLICTDB_WRITE_GOLDEN=1` writes those files anew: read what it wrote, and keep it only if it is true.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from conflictdb.errors import ConflictDBError
from conflictdb.importers.contract import Importer, find_importer, installed_importers

CASES = Path(__file__).parent / "cases"
EXPECTED = ".expected.json"
MAPPING = ".toml"
"""What stands beside a table; a case may be a folder too."""
FILES = sorted(path for path in CASES.glob("*/*") if not path.name.endswith((EXPECTED, MAPPING)))
IDS = [f"{path.parent.name}/{path.name}" for path in FILES]
WRITE = os.environ.get("CONFLICTDB_WRITE_GOLDEN") == "1"
LEFT_OUT = {"known_releases"}
"""Fields that are the same for every file of an importer, and long."""


@pytest.fixture(scope="module")
def importers() -> dict[str, Importer]:
    return installed_importers()


def as_json(value: object) -> object:
    """Return a record as plain JSON, without the fields that say nothing."""
    if dataclasses.is_dataclass(value):
        return fields({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return fields(dict(zip(value._fields, value, strict=True)))
    if isinstance(value, Path):
        return value.name
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def fields(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: Path(str(value)).name if name == "path" else as_json(value)
        for name, value in values.items()
        if name not in LEFT_OUT and (value or (value == 0 and value is not False))
    }


def extracted(importer: Importer, path: Path) -> Iterator[dict[str, object]]:
    """Yield each record with the name of its class; a failure ends them."""
    try:
        for record in importer.extract(path):
            told = as_json(record)
            assert isinstance(told, dict)
            yield {"record": type(record).__name__, **told}
    except ConflictDBError as error:
        yield {"record": type(error).__name__, "what": error.what, "advice": list(error.advice)}


def written(records: list[dict[str, object]]) -> str:
    """Return JSON with a line for each field of each record, which is easy to read and to compare."""
    texts = [
        ",\n  ".join(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in record.items())
        for record in records
    ]
    return "[\n" + ",\n".join(f" {{{text}}}" for text in texts) + "\n]\n"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_case(path: Path, importers: dict[str, Importer]) -> None:
    records = list(extracted(importers[path.parent.name], path))
    expected = path.with_name(path.name.removesuffix(path.suffix) + EXPECTED)
    if WRITE:
        expected.write_text(written(records), encoding="utf-8")
    assert json.loads(json.dumps(records)) == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_only_its_own_importer_claims_it(path: Path, importers: dict[str, Importer]) -> None:
    if path.is_dir():  # which most importers refuse to look at
        assert find_importer(path).name == path.parent.name
    else:
        assert [name for name, importer in importers.items() if importer.identify(path)] == [path.parent.name]


def test_no_expected_file_is_left_over() -> None:
    known = {path.with_name(path.name.removesuffix(path.suffix) + EXPECTED) for path in FILES}
    assert sorted(set(CASES.glob(f"*/*{EXPECTED}")) - known) == []
