"""What the documentation says that the code knows better: tables and outputs, made from the code itself."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GENERATED = re.compile(r"(<!-- generated: (?P<name>[^\n]+?) -->\n)(?P<text>.*?)(<!-- end -->)", re.DOTALL)
CONSOLE = re.compile(r"```console\n(?P<text>.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(?P<text>.*?)```", re.DOTALL)
HOME = "/home/you/.local/share/conflictdb"
WRITTEN_ON = "2026-11-23"
"""What stands in the pages for the day of reading."""


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    header = list(header)
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def formats() -> str:
    """Return the table of output formats."""
    from conflictdb.render.formats import FORMATS

    return table(("`--format`", "what it is"), ((f"`{name}`", text) for name, text in FORMATS.items()))


def exit_codes() -> str:
    """Return the table of exit codes."""
    from conflictdb.errors import EXIT_CODES

    return table(("code", "what it means"), ((str(code.value), text) for code, text in EXIT_CODES.items()))


def policies() -> str:
    """Return the table of policies."""
    from conflictdb.policies import list_policies
    from conflictdb.render.policies import parameter_words, policy_row

    rows = (
        (f"`{each.policy}`", each.version, each.rule, " ".join(map(parameter_words, each.parameters)), each.reference)
        for each in map(policy_row, list_policies())
    )
    return table(("policy", "version", "rule", "what it can be told", "after"), rows)


def fields() -> str:
    """Return the table of the query grammar."""
    from conflictdb.domain.query_fields import FIELDS

    counts = [name for name, spec in FIELDS.items() if spec.kind == "count"]
    rows = [
        (f"`{spec.example}`", ("claim: " if spec.level == "claim" else "") + spec.doc)
        for name, spec in FIELDS.items()
        if name not in counts[1:]
    ]
    others = ", ".join(f"`{name}`" for name in counts[1:])
    return table(("example", "what it means"), rows) + f"\nLike `{counts[0]}` are read: {others}.\n"


def tables() -> str:
    """Return the tables with their columns."""
    from conflictdb.store.tables import metadata

    rows = ((f"`{each.name}`", ", ".join(each.columns.keys())) for each in metadata.sorted_tables)
    return table(("table", "columns"), sorted(rows))


def views() -> str:
    """Return the views with their columns, as the migrations make them."""
    import sqlite3
    import tempfile

    from conflictdb.select import VIEWS
    from conflictdb.setup import create_database

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "views.sqlite3"
        create_database(path, seed=False)
        connection = sqlite3.connect(path)
        names = {view: [row[1] for row in connection.execute(f"PRAGMA table_info({view})")] for view in VIEWS}
        connection.close()
    return table(("view", "columns"), ((f"`{view}`", ", ".join(columns)) for view, columns in names.items()))


def document() -> str:
    """Return the document format, model by model."""
    from conflictdb.importers.native import document as models
    from conflictdb.importers.native.figures import FigureSpec

    titles = {
        "The document": models.Header, "An event": models.Event, "A side": models.Side, "A combatant": models.Combatant,
        "A statement": models.Statement, "A figure": FigureSpec, "A commander": models.CommanderSpec,
        "An unnamed claimant": models.Unnamed, "A timeline entry": models.TimelineEntry, "A place": models.Place,
        "A source": models.Source, "An actor": models.Actor, "A person": models.Person, "A conflict": models.Conflict,
        "An alias": models.Alias, "A relation": models.Relation,
    }  # fmt: skip
    parts = []
    for title, model in titles.items():
        rows = [
            (
                f"`{name}`" + (" (needed)" if field.is_required() else ""),
                field.description or "",
                _words(field.annotation),
            )
            for name, field in model.model_fields.items()
        ]
        parts.append(
            f"## {title}\n\n{(model.__doc__ or '').strip()}\n\n{table(('field', 'what it is', 'values'), rows)}"
        )
    return "\n" + "\n".join(parts) + "\n"


def _words(annotation: Any) -> str:
    """Return the vocabulary of a field, where it has one."""
    from enum import Enum

    for each in _leaves(annotation):
        if isinstance(each, type) and issubclass(each, Enum):
            return ", ".join(str(word.value) for word in each)
    return ""


def _leaves(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (UnionType, list, tuple) or isinstance(annotation, UnionType):
        for each in get_args(annotation):
            yield from _leaves(each)
    else:
        yield annotation


def importers() -> str:
    """Return what every importer reads, with the columns that it declares."""
    from conflictdb.importers.contract import installed_importers

    parts = []
    for name, importer in installed_importers().items():
        about = getattr(importer, "about", "")
        columns = getattr(importer, "columns", ())
        rows = (
            (
                f"`{column.name}`" + (" (needed)" if column.required else ""),
                column.meaning,
                ", ".join(f"`{other}`" for other in column.also),
            )
            for column in columns
        )
        heading = f"## {name}\n\n{importer.title[:1].upper()}{importer.title[1:]}.\n"
        parts.append(heading + (f"\n{about}\n" if about else ""))
        if columns:
            parts[-1] += "\n" + table(("column", "what it is", "also called"), rows)
    return "\n" + "\n".join(parts)


def layouts() -> str:
    """Return the table of layouts that events are exported in."""
    from conflictdb.export.layouts import LAYOUTS

    return table(("`--to`", "what it is"), ((f"`{each.name}`", each.doc) for each in LAYOUTS.values()))


def columns() -> str:
    """Return the columns of a table of claims."""
    from conflictdb.export.columns import CLAIMS

    return table(("column", "type", "what it holds"), ((f"`{each.name}`", each.type, each.doc) for each in CLAIMS))


def file_block(name: str) -> str:
    """Return a file as a code block."""
    path = ROOT / name
    return f"```{path.suffix[1:]}\n{path.read_text(encoding='utf-8')}```\n"


SECTIONS: dict[str, Callable[[], str]] = {
    "formats": formats,
    "exit-codes": exit_codes,
    "policies": policies,
    "fields": fields,
    "tables": tables,
    "views": views,
    "document": document,
    "importers": importers,
    "layouts": layouts,
    "columns": columns,
}


def regenerate(text: str) -> str:
    """Return a page with its generated sections as the code has them now."""

    def section(match: re.Match[str]) -> str:
        name = match["name"]
        made = file_block(name.removeprefix("file ")) if name.startswith("file ") else SECTIONS[name]()
        return f"{match[1]}{made}{match[4]}"

    return GENERATED.sub(section, text)


def replay(text: str, run: Callable[[str], str]) -> str:
    """Return a page with the output of its console commands as it is now, each run in turn."""

    def block(match: re.Match[str]) -> str:
        commands = [line for line in match["text"].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{command}\n{run(command[2:])}" for command in commands) + "```"

    return CONSOLE.sub(block, text)


def shell(command: str, folder: Path, env: dict[str, str]) -> str:
    """Run a command as a reader would, and return what the terminal shows."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", timeout=120,
    )  # fmt: skip
    today = datetime.now(UTC).date().isoformat()
    shown = done.stdout.replace(env["CONFLICTDB_HOME"], HOME).replace(today, WRITTEN_ON)
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())
