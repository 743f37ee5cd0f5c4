"""What `conflictdb export` says of policies and days, and how it refuses what makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export_rows import rows_of

Run = Callable[..., Any]


def test_it_says_policy_day_and_what_is_left_out(seeded_url: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    result = run("export", path, "--to", "acled", "--policy", "ucdp", "--as-of", "2019-03-21", db=seeded_url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[:3] == [
        f"wrote 1 row of 1 event to {path}",
        "  1 was filled by conflictdb ucdp 1, as of 2019-03-21, basis claims",
        "  as of 2019-03-21; left out: 1 claim stated later, 21 undated claims, 2 entries of the timeline",
    ]
    (row,) = rows_of(path)
    assert row["notes"].startswith("killed 26 or more (conflictdb ucdp 1, as of 2019-03-21).")


def test_what_a_policy_is_told(seeded_url: str, run: Run, tmp_path: Path) -> None:
    for number, (told, named) in enumerate((
        (("--policy", "majority", "--tie", "lowest"), "majority 1, tie lowest"),
        (("--policy", "priority", "--prefer", "minusma,jnim"), "priority 1, prefer minusma,jnim"),
        (("--policy", "acled", "--several", "4"), "acled 1, several 4"),
        (("--policy", "corroborated", "--k", "1"), "corroborated 1, k 1"),
        (("--policy", "corroborated", "--parameter", "k=1"), "corroborated 1, k 1"),
    )):  # fmt: skip
        path = tmp_path / f"{number}.csv"
        assert run("export", path, "--to", "gtd", *told, db=seeded_url).exit_code == 0
        assert rows_of(path)[0]["addnotes"] == f"conflictdb {named}."


def test_before_any_claim(seeded_url: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    result = run("export", path, "--to", "geojson", "--as-of", "2019-03-16", db=seeded_url)
    assert result.exit_code == 0
    assert result.stderr.startswith(
        f"nothing found: wrote {path} without rows\n  as of 2019-03-16; left out: 6 claims stated later, 21 undated"
    )


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--policy", "ucpd"), 2, "error: no policy is called 'ucpd'\n  did you mean ucdp?\n"),
        (("--policy", "ucdp", "--k", "3"), 2, "error: the policy ucdp takes no --k\n"),
        (("--as-of", "yesterday"), 2, "error: --as-of 'yesterday' is no date:"),
        (("--undated",), 2, "error: --undated says what to do with undated claims as of a day\n"),
        (("--policy", "priority"), 2, "error: the policy priority needs --prefer\n"),
        (("--policy", "priority", "--prefer", "xyzzy"), 3, 'error: no actor and no kind of actors is "xyzzy"\n'),
    ],
    ids=["policy", "parameter", "date", "undated", "list", "name"],
)
def test_what_makes_no_sense(
    options: tuple[str, ...], code: int, said: str, seeded_url: str, run: Run, tmp_path: Path
) -> None:
    result = run("export", tmp_path / "x.csv", "--to", "hxl", *options, db=seeded_url)
    assert (result.exit_code, result.stderr[: len(said)]) == (code, said)
    assert list(tmp_path.glob("x.csv*")) == []
