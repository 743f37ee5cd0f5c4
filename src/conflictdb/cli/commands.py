"""The commands by name: a line of help for each, and the module that is loaded when one is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer

from conflictdb.cli.plain_params import PlainGroup

COMMANDS = {
    "show": ("show", "An event whole, on one screen."),
    "casualties": ("casualties", "Who claims which losses; estimates of them."),
    "compare": ("compare", "What each policy makes of an event."),
    "replay": ("replay", "How the toll moved, day by day."),
    "policies": ("policies", "The policies, with their rules."),
    "events": ("events", "The events that a query finds."),
    "claims": ("claims", "Claims of every kind."),
    "claimants": ("claimants", "What their claims say about claimants."),
    "contested": ("contested", "Events by how much their claims disagree."),
    "history": ("history", "Each value of an event, with its release."),
    "timeline": ("timeline", "What happened when, in one event."),
    "actors": ("actors", "Who fights and who claims."),
    "actor": ("actors", "One actor whole, by any of its names."),
    "people": ("people", "Commanders."),
    "sources": ("sources", "Documents."),
    "conflicts": ("conflicts", "Named armed conflicts."),
    "search": ("search", "Words in events, claims, names and documents."),
    "sql": ("sql", "A SELECT of your own, reading only."),
    "import": ("importing", "Take in documents and datasets."),
    "flag": ("flag", "Judge a claim unreasonable."),
    "unflag": ("flag", "Take that back."),
    "same": ("same", "Judge two events, actors or claims the same."),
    "different": ("same", "Judge two to be different."),
    "judgements": ("judgements", "What people judged; undo one."),
    "assert": ("asserting", "Check what a team expects of its data."),
    "export": ("export", "Events in the layouts of others."),
    "cite": ("cite", "How to cite an event or a dataset."),
    "imports": ("imports", "The import runs; undo one."),
    "map": ("map", "A mapping for a table of your own."),
    "new": ("new", "A document to fill in, or a known event as one."),
    "parse": ("parse", "Figures in an infobox value."),
    "schema": ("schema", "The JSON Schema of documents."),
    "init": ("init", "Make a database."),
    "db": ("database", "Look after the database."),
}


class _Commands(dict[str, Any]):
    """Every command's name, and the command once it was asked for."""

    def get(self, name: str, default: Any = None) -> Any:
        """Return the command, loading its module the first time."""
        if name not in self:
            return default
        if self[name] is None:
            home = typer.Typer(rich_markup_mode=None)
            import_module(f"conflictdb.cli.{COMMANDS[name][0]}").register(home)
            self[name] = typer.main.get_group(home).commands[name]
        return self[name]


class LazyGroup(PlainGroup):
    """The program's own group: it knows its commands by name, and loads one when it is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands = _Commands(dict.fromkeys(COMMANDS))

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of help."""
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands with their lines of help, loading none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])
