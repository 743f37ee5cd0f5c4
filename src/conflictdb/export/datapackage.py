"""A Frictionless Data Package (version 1) beside an export: licences, sources, and what the columns hold."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from conflictdb.domain.lens import Lens
from conflictdb.export.layouts import Layout
from conflictdb.export.numbers import named
from conflictdb.store.batch import among
from conflictdb.store.read.definitions import chunks
from conflictdb.store.tables import claim, dataset, import_run, source

_LICENCES = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC BY-SA 4.0": ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC BY-SA 3.0": ("CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
    "CC0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "Public domain": ("other-pd", ""),
}
"""What is written of a licence, and its name by the Open Definition."""


class About(NamedTuple):
    """What an export was asked for, how claims were looked at, and on which day (ISO 8601)."""

    query: str
    day: str
    lens: Lens


def describe(
    connection: Connection, place: Path, data: Path, path: Path, layout: Layout, sources: set[int], about: About
) -> None:
    """Write the package of `data`, which will be called `path`, to `place`."""
    documents = list(_documents(connection, sources))
    package = {
        "profile": "data-package",
        "name": _name(path.stem),
        "title": f"Conflict events: {about.query}" if about.query else "Conflict events",
        "description": _description(layout, about.lens),
        "created": f"{about.day}T00:00:00Z",
        "licenses": licences(each["licence"] for each in documents) or [_licence("")],
        "sources": [_source(each) for each in documents],
        "resources": [_resource(data, path, layout, as_of=about.lens.knowledge is not None)],
    }
    place.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _description(layout: Layout, lens: Lens) -> str:
    told = ["Exported with conflictdb. Figures are claims: who said what, in which document."]
    told += [f"Numbers of events are made of claims by {named(lens)}, basis {lens.basis}."] if layout.numbers else []
    if lens.knowledge is not None:
        undated = ", and what is undated" if lens.knowledge.undated else ""
        told.append(f"Only what had been stated by {lens.knowledge.text}{undated}, as it stood then.")
    return " ".join(told)


def licences(texts: Iterable[str | None]) -> list[dict[str, str]]:
    """Return the licences of all sources, each once."""
    return [_licence(text) for text in dict.fromkeys(text for text in texts if text)]


def _licence(text: str) -> dict[str, str]:
    if not text:
        return {"name": "other-closed", "title": "No licence is known of what this was made from"}
    name, address = _LICENCES.get(text.strip(), (_name(text), ""))
    return {"name": name, "title": text, **({"path": address} if address else {})}


def _documents(connection: Connection, ids: set[int]) -> Iterable[dict[str, Any]]:
    """Yield the documents, and before them the datasets whose imports brought claims that are in them."""
    seen: set[int] = set()
    for some in chunks(ids):
        brought = (
            select(dataset)
            .where(dataset.c.id.in_(
                select(import_run.c.dataset_id)
                .join(claim, claim.c.import_run_id == import_run.c.id)
                .where(among(claim.c.source_id))
            ))
            .order_by(dataset.c.id)
        )  # fmt: skip
        for row in connection.execute(brought, {"ids": some}).mappings():
            if row["id"] not in seen:
                seen.add(row["id"])
                title = " ".join(filter(None, (row["title"] or row["name"], row["release"])))
                yield {"title": title, "url": row["url"], "licence": row["licence"], "citation": row["citation"]}
        columns = (source.c.title, source.c.url, source.c.licence, source.c.note.label("citation"))
        statement = select(*columns).where(among(source.c.id)).order_by(source.c.id)
        for document in connection.execute(statement, {"ids": some}).mappings():
            yield {**document, "citation": None}


def _source(document: dict[str, Any]) -> dict[str, str]:
    fields = {"title": document["title"], "path": _address(document["url"]), "citation": document["citation"]}
    return {name: value for name, value in fields.items() if value}


def _address(url: str | None) -> str | None:
    """Return an address that a package may hold: of the web, not of a file of somebody's."""
    return url if url and re.match("https?://", url) else None


def _resource(data: Path, path: Path, layout: Layout, *, as_of: bool) -> dict[str, Any]:
    columns = layout.columns(as_of=as_of)
    fields = [
        {"name": column.name, "type": column.type, **({"description": column.doc} if column.doc else {})}
        for column in columns
    ]
    table: dict[str, Any] = {"profile": "tabular-data-resource", "schema": {"fields": fields, "missingValues": [""]}}
    dialect = {"dialect": {"commentChar": "#", "header": True}} if layout.name == "hxl" else {}
    return {
        "name": _name(path.stem),
        "path": path.name,
        "format": path.suffix.lstrip(".") or layout.name,
        "mediatype": layout.mediatype,
        "encoding": "utf-8",
        "bytes": data.stat().st_size,
        "hash": f"sha256:{_digest(data)}",
        **(table if columns else {"profile": "data-resource"}),
        **dialect,
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name(text: str) -> str:
    """Return a name as the specification asks for it: lower-case letters, digits and . _ - alone."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.") or "export"
