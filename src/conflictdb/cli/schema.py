"""`conflictdb schema`: the JSON Schema of native documents."""

from __future__ import annotations

import typer

from conflictdb.cli.output import write
from conflictdb.cli.plain_params import PlainCommand


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", cls=PlainCommand)(schema)


def schema() -> None:
    """Print the JSON Schema of native documents, for editors and checkers."""
    import json

    from conflictdb.importers.native.document import json_schema

    write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
