"""Rows in, text out: tables, plain text, JSON, CSV, Markdown, and the screens of one event or actor."""
