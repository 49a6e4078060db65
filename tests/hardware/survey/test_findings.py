"""Findings of single rooms: isolation, power advice, reference tags."""

from __future__ import annotations

from hardware.ports import TagRead
from hardware.rooms.site import Antenna, Site, parse_site
from hardware.survey.findings import Verdict, check_references, evaluate_room

SITE: Site = parse_site(
    "rooms: {a: {antennas: [1]}, b: {antennas: [2]}}\n"
    "references: {E1: {room: a, level_dbm: -50}, E2: {room: b, level_dbm: -50}}"
)


def reads(epc: str, port: int, signal: float, count: int = 100) -> list[tuple[Antenna, TagRead]]:
    return [(Antenna("", port), TagRead(epc, port, signal, n)) for n in range(count)]


def test_an_antenna_without_reads_is_named() -> None:
    finding = evaluate_room(SITE, "a", reads("E3", 2, -50.0), 0.0)
    assert finding.verdict is Verdict.FAILED
    assert "antenna 1 read the tags only 0 times" in finding.failures[0]


def test_power_is_raised_for_weak_reads_and_lowered_for_strong_ones() -> None:
    weak = evaluate_room(SITE, "a", reads("E3", 1, -70.0), 1.0)
    strong = evaluate_room(SITE, "a", reads("E3", 1, -45.0) + reads("E3", 2, -60.0), 1.0)
    right = evaluate_room(SITE, "a", reads("E3", 1, -58.0) + reads("E3", 2, -72.0), 1.0)
    assert (weak.power_change_db, strong.power_change_db, right.power_change_db) == (6.0, -6.0, 0.0)


def test_reference_tags_are_checked() -> None:
    assert check_references(SITE, reads("E1", 1, -52.0) + reads("E2", 2, -49.0)) == ()
    drifts = check_references(SITE, reads("E1", 1, -60.0) + reads("E2", 1, -50.0))
    assert [(drift.epc, drift.heard_dbm) for drift in drifts] == [("E1", -60.0), ("E2", None)]


def test_isolation_of_the_strongest_other_antenna() -> None:
    finding = evaluate_room(SITE, "a", reads("E3", 1, -50.0) + reads("E3", 2, -65.0), 1.0)
    assert finding.own is not None
    assert (finding.own.reads, finding.own.mean_dbm, finding.own.min_dbm) == (100, -50.0, -50.0)
    assert finding.strongest_other is not None
    assert finding.strongest_other.antenna == Antenna("", 2)
    assert not finding.at_least
    assert finding.isolation_db is not None
    assert 14.0 <= finding.isolation_db <= 17.0
    assert finding.min_signal_dbm == -62.0
    assert finding.verdict is Verdict.PASSED


def test_without_strength_nothing_is_computed_and_the_reason_is_named() -> None:
    unknown = [(a, read._replace(rssi_dbm=None)) for a, read in reads("E3", 1, -50.0)]
    finding = evaluate_room(SITE, "a", unknown + reads("E3", 2, -70.0), 1.0)
    assert (finding.own, finding.isolation_db, finding.min_signal_dbm) == (None, None, None)
    assert finding.power_change_db == 0.0
    (why,) = finding.failures
    assert why.startswith("antenna 1 sent no signal strength, so that isolation cannot be measured")
    assert "switch on PeakRSSI" in why
    nothing = evaluate_room(SITE, "a", [], 0.0)
    assert (nothing.own, nothing.isolation_db, nothing.min_signal_dbm) == (None, None, None)


def test_a_reference_tag_without_strength_is_there() -> None:
    unknown = [(a, read._replace(rssi_dbm=None)) for a, read in reads("E1", 1, -50.0)]
    assert [drift.epc for drift in check_references(SITE, unknown)] == ["E2"]


def test_rare_reads_of_another_antenna_give_a_lower_bound() -> None:
    finding = evaluate_room(SITE, "a", reads("E3", 1, -50.0) + reads("E3", 2, -65.0, count=2), 1.0)
    assert finding.at_least
    assert finding.isolation_db == 23.0


def test_a_bad_neighbour_test_fails() -> None:
    finding = evaluate_room(SITE, "a", reads("E3", 1, -50.0) + reads("E3", 2, -70.0), 0.9)
    assert finding.verdict is Verdict.FAILED
    assert finding.failures == ("neighbour test: only 90 % of the time in the right room",)
