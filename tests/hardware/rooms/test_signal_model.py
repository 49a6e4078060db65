"""Log-likelihood tables: bins of RSSI, assumed rows, rows learned from a walk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.rooms.signal_model import (
    ASSUMED_MIN_SIGNAL_DBM,
    MAX_ASSUMED,
    MIN_RSSI_DBM,
    RSSI_BINS,
    SmoothingSettings,
    assumed_table,
    learned_table,
    rssi_bin,
)
from hardware.rooms.site import Antenna, parse_site

SITE = parse_site("rooms: {one: {antennas: [1]}, two: {antennas: [2]}}")
OWN_DBM, OTHER_DBM = -50.0, -68.0


def counts(rssi_dbm: float) -> list[int]:
    bins = [0] * RSSI_BINS
    bins[rssi_bin(rssi_dbm)] = 100
    return bins


WALK = {
    ("one", Antenna("", 1)): counts(OWN_DBM),
    ("one", Antenna("", 2)): counts(OTHER_DBM),
    ("two", Antenna("", 1)): counts(OTHER_DBM),
    ("two", Antenna("", 2)): counts(OWN_DBM),
}


@pytest.mark.parametrize(
    ("rssi_dbm", "expected"),
    [
        (None, RSSI_BINS),
        (-90.0, 0),
        (-89.4, 1),
        (-50.0, 40),
        (-20.0, 70),
        (0.0, 70),
        (-500.0, 0),
        (float("nan"), 0),
    ],
)
def test_bins_of_one_decibel(rssi_dbm: float | None, expected: int) -> None:
    assert rssi_bin(rssi_dbm) == expected


def test_without_a_walk_a_read_is_evidence_for_its_antennas_room_or_for_outside() -> None:
    rows = assumed_table(SITE)[0]
    at_min_signal = rows[rssi_bin(ASSUMED_MIN_SIGNAL_DBM)]
    assert at_min_signal == (1.0, 0.0, 1.0)
    strong, weak = rows[rssi_bin(-45.0)], rows[rssi_bin(-80.0)]
    assert strong[0] > strong[2] > strong[1]
    assert weak[2] > weak[0] > weak[1]


def test_a_measured_floor_replaces_the_assumed_one() -> None:
    site = parse_site("rooms: {one: {antennas: [1], floor_dbm: -75}}")
    assert assumed_table(site)[0][rssi_bin(-75.0)] == (1.0, 1.0)


def test_a_walk_tells_rooms_apart_by_signal() -> None:
    rows = learned_table(SITE, WALK, "", SmoothingSettings())[0]
    strong, weak = rows[rssi_bin(OWN_DBM)], rows[rssi_bin(OTHER_DBM)]
    assert strong[0] > strong[1] + 1.0
    assert weak[1] > weak[0] + 1.0


def test_a_read_without_strength_is_neither_strong_nor_weak() -> None:
    rows = assumed_table(SITE)[0]
    unknown, weakest, strongest = rows[rssi_bin(None)], rows[0], rows[RSSI_BINS - 1]
    assert weakest[0] - weakest[2] < 0.0 < unknown[0] - unknown[2] < strongest[0] - strongest[2]
    assert unknown[0] > unknown[2] > unknown[1]


def test_a_walk_tells_how_often_an_antenna_reads_in_each_room() -> None:
    walk = WALK | {("two", Antenna("", 1)): [0] * RSSI_BINS}
    unknown = learned_table(SITE, walk, "", SmoothingSettings())[0][rssi_bin(None)]
    assert unknown[0] > unknown[2] > unknown[1]


def test_a_card_reader_is_as_certain_as_the_strongest_read() -> None:
    site = replace(SITE, contact_antennas=frozenset({Antenna("", 2)}))
    for table in (assumed_table(site), learned_table(site, {}, "", SmoothingSettings())):
        unknown = table[1][rssi_bin(None)]
        assert unknown[1] - unknown[2] == MAX_ASSUMED
        assert unknown[0] < unknown[2]


def test_an_unwalked_corridor_is_assumed_below_the_rooms_signal() -> None:
    smoothing = SmoothingSettings(outside_gap_db=20.0)
    rows = learned_table(SITE, WALK, "", smoothing)[0][:RSSI_BINS]
    outside = [row[2] for row in rows]
    peak_dbm = MIN_RSSI_DBM + outside.index(max(outside))
    assert peak_dbm == pytest.approx(OWN_DBM - 20.0, abs=1.0)


def test_a_walked_corridor_is_learned() -> None:
    walk = WALK | {("", Antenna("", n)): counts(-75.0) for n in (1, 2)}
    outside = [row[2] for row in learned_table(SITE, walk, "", SmoothingSettings())[0][:RSSI_BINS]]
    assert MIN_RSSI_DBM + outside.index(max(outside)) == -75


def test_the_weight_of_the_walk_blends_with_the_assumed_rows() -> None:
    walked = learned_table(SITE, WALK, "", SmoothingSettings())[0][rssi_bin(OWN_DBM)]
    half = learned_table(SITE, WALK, "", SmoothingSettings(walk_weight=0.5))[0][rssi_bin(OWN_DBM)]
    none = learned_table(SITE, WALK, "", SmoothingSettings(walk_weight=0.0))[0][rssi_bin(OWN_DBM)]
    assert half == pytest.approx([0.5 * (a + b) for a, b in zip(walked, none, strict=True)])
