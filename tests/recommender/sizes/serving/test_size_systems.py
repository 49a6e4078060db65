"""Conversion of sizes between countries: the tables as they ship."""

from pathlib import Path

import pytest

from recommender.errors import TableError
from recommender.sizes.serving.body_chart import BodyChart
from recommender.sizes.serving.size_scale import size_position
from recommender.sizes.serving.size_systems import SizeSystems


@pytest.mark.parametrize(
    ("to", "size"),
    [("FR", "40"), ("IT", "44"), ("UK", "12"), ("US", "8"), ("JP", "13"), ("alpha", "S"), ("EU", "38")],
)
def test_a_womens_38_in_other_systems(systems: SizeSystems, to: str, size: str) -> None:
    assert systems.tables["women"].convert("38", "EU", to) == (size,)


def test_a_size_converts_back_to_itself(systems: SizeSystems) -> None:
    for ladder in systems.tables.values():
        for of in ladder.systems:
            for to in ladder.systems:
                for row in ladder.rows:
                    assert row[of] in {
                        back
                        for there in ladder.convert(row[of], of, to)
                        for back in ladder.convert(there, to, of)
                    }


def test_rows_ascend_in_every_system(systems: SizeSystems) -> None:
    for ladder in systems.tables.values():
        for system in ladder.systems:
            rungs = [size_position(row[system])[1] for row in ladder.rows]
            assert rungs == sorted(rungs), (ladder.name, system)


def test_a_letter_may_hold_two_sizes(systems: SizeSystems) -> None:
    assert systems.tables["women"].convert("m", "alpha", "EU") == ("40", "42")


def test_no_size_is_given_for_an_entry_missing_in_the_table(systems: SizeSystems) -> None:
    ladder = systems.tables["women"]
    assert ladder.convert("39", "EU", "US") == ()
    assert ladder.convert("38", "MOON", "US") == ()
    assert systems.tables["men"].convert("48", "EU", "JP") == ()


def test_every_table_names_its_source(systems: SizeSystems) -> None:
    assert all(ladder.source for ladder in systems.tables.values())
    assert "EN 13402" in systems.source


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"ladders": 1, "letters": {}}', '{"letters": {"source": 1}}', "\x00"]
)
def test_a_broken_table_is_one_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(content, encoding="utf-8")
    for reader in (SizeSystems, BodyChart):
        with pytest.raises(TableError, match=r"t\.json"):
            reader.read(path)
