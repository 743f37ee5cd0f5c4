"""Text that tries to be markup, an escape, a formula or SQL is kept as it is, and shown as text in every format."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

HOSTILE = {
    "markup": "[/red][bold]x[/bold]",
    "escape": "\x1b[31mred\x1b]0;title\x07",
    "turned": "abc\u202egnp.exe",
    "control": "bell\x07 back\x08 del\x7f",
    "formula": "=1+1",
    "at": "@SUM(1+1)",
    "minus": "-2+3",
    "tab": "\t=cmd|' /C calc'!A0",
    "sql": "'; DROP TABLE event; --",
    "html": "<script>alert(1)</script>",
    "braces": "{name} %s %(x)s ${HOME} `id`",
    "wide": "日本語 🎌 e\u0301",
}
HARMFUL = {*map(chr, range(32)), "\x7f", "\u202e"} - {"\n"}


def _event(kind: str, text: str) -> dict[str, Any]:
    return {
        "slug": f"{kind}-2019",
        "name": text,
        "type": "battle",
        "subtype": text,
        "summary": text,
        "conflict": text,
        "place": {"name": text, "admin1": text, "country": text},
        "date": "2019-03-17",
        "sides": [{"combatants": [{"actor": text, "unit": text}], "commander": text}],
        "claims": [
            {"of": text, "wording": text, "note": text, "locator": text, "killed": {"figure": 3, "group": text}}
        ],
        "timeline": [{"when": "2019-03-17 16:00", "text": text}],
    }


@pytest.fixture
def hostile_url(database_url: str, run: Any, write: Any) -> str:
    """Give a database in which every text of every event is hostile."""
    texts = {kind: f"{text} zebra" if text[0] in "=@-\t" else f"zebra {text}" for kind, text in HOSTILE.items()}
    lines = []
    for kind, text in texts.items():
        head = {"source": {"id": kind, "title": text, "publisher": text}, "claimant": text}
        lines.append(json.dumps({**head, "actors": [{"name": text, "kind": "armed_group"}], **_event(kind, text)}))
    result = run("import", write("\n".join(lines), "doc.jsonl"), db=database_url)
    assert (result.exit_code, result.stderr.count("refused: ")) == (0, 0)
    assert not HARMFUL & set(result.stderr)
    shown = json.loads(run("events", "--format", "json", db=database_url).stdout)
    assert {row["slug"].removesuffix("-2019"): row["name"] for row in shown["rows"]} == {
        kind: text.strip() for kind, text in texts.items()
    }
    return database_url


@pytest.mark.parametrize("format", ["table", "plain", "json", "jsonl", "csv", "markdown"])
def test_hostile_text_is_shown_as_text(format: str, engine_name: str, hostile_url: str, run: Any) -> None:
    if engine_name == "postgresql" and format != "table":
        return  # what is read is written by the same code for both
    commands = [["events"], ["search", "zebra"], ["claims"], ["casualties"], ["actors"], ["sources"]]
    commands += [["show", f"{kind}-2019"] for kind in HOSTILE]
    for command in commands:
        result = run(*command, "--format", format, db=hostile_url)
        assert (result.exit_code, result.stderr) == (0, ""), command
        _assert_harmless(result.stdout, format)


def _assert_harmless(stdout: str, format: str) -> None:
    if format == "csv":  # in a file the text is whole, on a terminal it is made visible
        for row in csv.reader(io.StringIO(stdout)):
            assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row), row
        return
    assert not (HARMFUL - {"\t"} if format == "plain" else HARMFUL) & set(stdout)
    if format == "json":
        json.loads(stdout)
    elif format == "jsonl":
        for line in stdout.splitlines():
            json.loads(line)
    elif format == "markdown":
        assert "<script>" not in stdout


QUERIES = ("events", "search", "show", "casualties", "actors", "sql")


@pytest.mark.parametrize("command", QUERIES)
def test_hostile_text_in_a_query_harms_nothing(command: str, known_url: str, run: Any, dump: Any) -> None:
    before = dump(known_url)
    for hostile in HOSTILE.values():
        words = ["--", hostile] if command != "casualties" else [f'actor:"{hostile}"']
        result = run(command, *words, db=known_url)
        assert result.exit_code in (0, 1, 2, 3), words
        assert not HARMFUL & set(result.stdout + result.stderr), words
    assert dump(known_url) == before


def test_hostile_text_in_messages_is_made_visible(database_url: str, run: Any, write: Any, tmp_path: Any) -> None:
    text = "\x1b[31m[/red]\u202e"
    document = {"source": text, "slug": "x-2019", "name": text, "type": text, text: text}
    result = run("import", write(json.dumps(document), f"{text}.json".replace("/", "")), db=database_url)
    assert result.exit_code == 1
    assert not HARMFUL & set(result.stderr)
    assert "\\x1b[31m[/red]\\u202e" in result.stderr


@pytest.mark.parametrize("field", ["name", "summary", "subtype", "place", "conflict"])
def test_nul_is_refused_at_its_field(field: str, known_url: str, run: Any, write: Any, dump: Any) -> None:
    before = dump(known_url)
    result = run(
        "import", write(json.dumps({"slug": "x-2019", "source": "art", field: "a\0b"}), "doc.json"), db=known_url
    )
    why = "it holds the character NUL (U+0000), which no database keeps; leave it out"
    assert result.exit_code == 1
    assert f"  refused: line 1, x-2019, {field}: 'a\\x00b' {why}\n" in result.stderr
    assert dump(known_url) == before
