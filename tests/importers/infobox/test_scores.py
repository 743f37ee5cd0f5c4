"""The reader reaches its goals: on our own values always, on the benchmark where it lies beside the checkout."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from conflictdb.importers.infobox.words import load_words
from conflictdb.parsing import predict

CASES = Path(__file__).with_name("cases")
GOALS = (0.95, 0.90, 0.80)
FIGURES, CLAIMANTS, SUBJECT = range(3)


def own_cases() -> list[Any]:
    """Give the values of our own, each with its claims."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['id']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def figure_of(claim: list[Any]) -> dict[str, Any]:
    metric, lower, upper, claimants, subject = [*claim, *([], None)[len(claim) - 3 :]]
    return {"metric": metric, "lower": lower, "upper": upper, "claimants": list(claimants), "subject": subject}


def claims_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    line = json.dumps({"id": case["id"], "field": case.get("field", "casualties1"), "raw": case["raw"]}).encode()
    (row,) = predict([line], "cases", load_words())
    assert isinstance(row, dict)
    compared = ("metric", "lower", "upper", "claimants", "subject")
    return [{name: claim[name] for name in compared} for claim in row["claims"]]


@pytest.mark.parametrize("case", own_cases())
def test_value(case: dict[str, Any]) -> None:
    assert claims_of(case) == [figure_of(claim) for claim in case["claims"]]


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_infobox", shared / "bench" / "score_infobox.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def predictions(shared: Path) -> dict[str, Any]:
    with (shared / "bench" / "infobox_dev.jsonl").open("rb") as lines:
        return {row["id"]: row["claims"] for row in predict(lines, "dev", load_words()) if isinstance(row, dict)}


@pytest.mark.parametrize("level", [FIGURES, CLAIMANTS, SUBJECT], ids=["figures", "claimants", "subject"])
@pytest.mark.parametrize("materiel", [False, True], ids=["people", "materiel"])
def test_benchmark(shared: Path, scorer: ModuleType, predictions: dict[str, Any], level: int, materiel: bool) -> None:
    hit = missed = spurious = 0
    for row in scorer.load(shared / "bench" / "infobox_dev.jsonl").values():
        both = [
            [claim for claim in claims if (claim["metric"] == "materiel") == materiel]
            for claims in (row["claims"], predictions[row["id"]])
        ]
        matched, lost, extra = scorer.compare(*both, level)
        hit, missed, spurious = hit + matched, missed + len(lost), spurious + len(extra)
    assert 2 * hit / (2 * hit + missed + spurious) >= GOALS[level]
