"""Runs the command line: python -m conflictdb."""

from conflictdb.cli import run

run()
