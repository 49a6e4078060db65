"""The operating mode that Cheval writes, and what is missing in a retailer's own."""

from __future__ import annotations

import copy

import pytest

from hardware.ports import NoteKind
from hardware.zebra.operating_mode import (
    Mode,
    is_same,
    our_mode,
    report_interval_s,
    shortcomings,
    weaker_modes,
)
from hardware.zebra.settings import RadioSettings

FULL = our_mode(RadioSettings(0, 24.5), (1, 3))
BOTH: Mode = {"type": "CUSTOM", "tagMetaData": ["RSSI", "ANTENNA"]}
SECOND = {"interval": {"unit": "seconds", "value": 1}}
MINUTE = {"interval": {"unit": "minutes", "value": 1}}
ALL = {NoteKind.ANTENNA, NoteKind.SIGNAL, NoteKind.SLOW_READS}


def test_our_mode_reports_every_read_with_antenna_and_strength() -> None:
    mode = FULL
    assert list(shortcomings(mode)) == []
    assert report_interval_s(mode) == 0
    assert mode["antennas"] == [1, 3]
    assert mode["transmitPower"] == 24.5
    assert mode["query"] == {"tagPopulation": 32, "sel": "ALL", "session": "S0", "target": "AB"}


def test_without_settings_antennas_and_power_are_the_readers_own() -> None:
    assert not {"antennas", "transmitPower"} & our_mode(RadioSettings()).keys()


def test_the_readers_own_form_of_the_same_mode_is_recognised() -> None:
    shown = {
        **FULL,
        "antennas": [3, 1],
        "transmitPower": [24.5, 24.5],
        "query": [FULL["query"], FULL["query"]],
        "delayBetweenAntennaCycles": {"type": "DISABLED", "duration": 0},
    }
    assert is_same(shown, FULL)


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("type", "SIMPLE"),
        ("antennas", [1]),
        ("antennas", [1, 2, 3]),
        ("antennas", None),
        ("transmitPower", [24.5, 30]),
        ("transmitPower", []),
        ("tagMetaData", ["ANTENNA"]),
        ("reportFilter", {"duration": 5, "type": "PER_ANTENNA"}),
        ("query", [{"session": "S1"}]),
        ("query", []),
        ("query", "S0"),
    ],
)
def test_another_mode_is_noticed(field: str, other: object) -> None:
    changed = copy.deepcopy(FULL)
    changed[field] = other
    assert not is_same(changed, FULL)


def test_after_a_refusal_power_then_session_are_left_out() -> None:
    tries = list(weaker_modes(FULL))
    assert [what for _, what in tries] == ["the transmit power", "the transmit power and the session"]
    assert "transmitPower" not in tries[0][0]
    assert "query" in tries[0][0]
    assert not {"transmitPower", "query"} & tries[1][0].keys()
    assert [what for _, what in weaker_modes(our_mode(RadioSettings()))] == ["the session"]


@pytest.mark.parametrize(
    ("mode", "kinds"),
    [
        ({}, ALL),
        ({"type": "SIMPLE"}, ALL),
        ({"type": "PORTAL"}, {NoteKind.SIGNAL, NoteKind.SLOW_READS}),
        ({"type": "INVENTORY"}, {NoteKind.SLOW_READS}),
        ({"type": "INVENTORY", "modeSpecificSettings": SECOND}, set()),
        ({"type": "INVENTORY", "modeSpecificSettings": MINUTE}, {NoteKind.SLOW_READS}),
        ({"type": "CUSTOM", "tagMetaData": ["RSSI", {"userDefined": "x"}]}, {NoteKind.ANTENNA}),
        ({**BOTH, "reportFilter": {"duration": 30}}, {NoteKind.SLOW_READS}),
        ({**BOTH, "radioStartConditions": {"type": "GPI"}}, {NoteKind.SETTING}),
        ({"type": 3, "tagMetaData": "x", "reportFilter": [], "query": 1}, ALL),
    ],
)
def test_what_a_retailers_mode_lacks(mode: Mode, kinds: set[NoteKind]) -> None:
    found = dict(shortcomings(mode))
    assert set(found) == kinds
    assert all(text and text[0].islower() for text in found.values())


def test_a_list_of_metadata_with_objects_is_searched() -> None:
    mode: Mode = {"type": "SIMPLE", "tagMetaData": [{"antennaNames": ["a"]}, "ANTENNA", "RSSI"]}
    assert [kind for kind, _ in shortcomings(mode)] == [NoteKind.SLOW_READS]
