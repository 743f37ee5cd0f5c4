"""The tables of words: whole, extended by a user's own file, and refused with a reason where that is no such file."""

from __future__ import annotations

from pathlib import Path

import pytest

from conflictdb.domain.vocabulary import Item, ItemFate, Metric, PersonFate, Qualifier
from conflictdb.importers.infobox import read_value
from conflictdb.importers.infobox.words import Role, WordsError, load_words

VALUES = {
    Role.METRIC: {each.value for each in Metric},
    Role.FATE: {each.value for each in ItemFate},
    Role.ITEM: {each.value for each in Item},
    Role.END: {each.value for each in PersonFate},
    Role.BEFORE: {each.value for each in Qualifier} | {"between"},
    Role.AFTER: {each.value for each in Qualifier},
}


def test_every_role_has_words_and_known_values() -> None:
    senses = [sense for meaning in load_words().phrases.values() for sense in meaning.items()]
    assert {role for role, _ in senses} == set(Role)
    assert not [(role, value) for role, value in senses if role in VALUES and value not in VALUES[role]]


@pytest.mark.parametrize("metric", [Metric.KILLED, Metric.WOUNDED, Metric.CAPTURED], ids=str)
@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "de", "pt", "ar", "fa"])
def test_languages(language: str, metric: Metric) -> None:
    import tomllib

    from conflictdb.importers.infobox import words

    shipped = tomllib.loads(Path(words.__file__).with_name("words.toml").read_text(encoding="utf-8"))
    for word in shipped["metric"][metric.value][language]:
        (figure,) = read_value(f"26 {word}")
        assert (figure.metric, figure.lower, figure.upper) == (metric, 26, 26), word


def test_own_words_are_added(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[metric.killed]\nnl = ["gesneuveld"]\n[item.vessel]\nnl = ["fluitschip"]\n', encoding="utf-8")
    killed, ship = read_value("12 gesneuveld, 1 fluitschip, 3 killed", words=load_words(own))[:2]
    assert (killed.metric, ship.item) == (Metric.KILLED, Item.VESSEL)
    assert read_value("12 gesneuveld")[0].metric is Metric.CASUALTIES


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("= 3", "is no TOML file"),
        ("[metrics]\n", "[metrics] is no role of words; known: after, "),
        ("metric = 3", "[metric] must be a table"),
        ('[metric.hurt]\nnl = ["gewond"]', "[metric.hurt]: known are captured, casualties, "),
        ('[metric]\nnl = ["gewond"]', "[metric] needs a value: [metric.captured], "),
        ("[unit]\nnl = 3", "unit.nl must be a list of words"),
        ('[number]\ntwee = ["twee"]', "[number] twee: what the words are worth is a whole number"),
    ],
    ids=["no TOML", "role", "no table", "value", "without a value", "no list", "number"],
)
def test_a_bad_file_is_refused(text: str, why: str, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(WordsError) as error:
        load_words(own)
    assert why in str(error.value)
