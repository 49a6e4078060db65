"""The radio model keeps its own promises: one seed one play, walls that isolate, rooms that part tags."""

from __future__ import annotations

from statistics import mean

import pytest

from tests.hardware.radio_model.model import (
    Propagation,
    RadioModel,
    RoomRow,
    TagPosition,
    corridor_db,
    isolation_db,
    mean_dbm,
)
from tests.hardware.radio_model.visits import simulate, visits
from tests.hardware.radio_model.walk import site_of_row, walk

ROOMS = RoomRow(4)


def test_a_seed_determines_the_reads() -> None:
    def first(seed: int) -> list[object]:
        moments = simulate(RadioModel(ROOMS, Propagation(), seed), visits(ROOMS, 60.0, seed))
        return [read for moment, _ in zip(moments, range(300), strict=False) for read in moment.reads]

    assert first(1) == first(1)
    assert first(1) != first(2)


@pytest.mark.parametrize("wall_db", [20.0, 14.0])
def test_walls_add_to_the_isolation_of_distance_and_beam(wall_db: float) -> None:
    air = Propagation(wall_db=wall_db)
    assert isolation_db(ROOMS, air) - isolation_db(ROOMS, Propagation(wall_db=0.0)) == pytest.approx(wall_db)
    assert corridor_db(ROOMS, air) > 15.0


def test_signals_fall_with_distance_and_walls() -> None:
    air = Propagation()
    near = mean_dbm(ROOMS, air, (0.0, 0.6, 1.7), 0)
    assert near > mean_dbm(ROOMS, air, (0.4, 1.2, 0.5), 0)
    assert near > mean_dbm(ROOMS, air, (0.0, 0.6, 1.7), 1) + air.wall_db


def test_reads_of_a_step_are_within_it_and_in_order() -> None:
    model = RadioModel(ROOMS, Propagation(), 5)
    seen = [TagPosition(f"E{n}", (0.0, 0.6, 1.1)) for n in range(5)]
    reads = [read for _ in range(20) for read in model.step(seen, 1_000_000, 100_000)]
    assert len(reads) > 50
    for step in (model.step(seen, 2_000_000, 100_000) for _ in range(10)):
        assert [read.at_us for read in step] == sorted(read.at_us for read in step)
        assert all(2_000_000 <= read.at_us < 2_100_000 for read in step)


def test_many_tags_share_the_read_rate() -> None:
    air = Propagation(sensitivity_dbm=-200.0)
    seen = [TagPosition(f"E{n}", (0.0, 0.6, 1.1)) for n in range(400)]
    model = RadioModel(RoomRow(1), air, 5)
    reads = sum(len(model.step(seen, step * 100_000, 100_000)) for step in range(20))
    assert 0.7 * air.reader_rate < reads / 2.0 < 1.3 * air.reader_rate


def test_a_walk_visits_every_room_and_the_corridor() -> None:
    reads = walk(RadioModel(ROOMS, Propagation(), 3), 3, tags=1, seconds=10.0)
    assert {read.room for read in reads} == {*site_of_row(ROOMS).rooms, ""}
    own = [r.rssi_dbm or 0.0 for r in reads if r.room == f"room-{r.antenna.port}"]
    other = [r.rssi_dbm or 0.0 for r in reads if r.room and r.room != f"room-{r.antenna.port}"]
    assert mean(own) > mean(other) + 5.0
