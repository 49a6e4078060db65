"""The preset that is written to a reader, from its own schema and default preset; and what a retailer's lacks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ReaderRefusedError
from hardware.impinj.preset import Capabilities, contains, missing_in, own_preset
from hardware.impinj.settings import ImpinjSettings
from hardware.ports import NoteKind
from hardware.sim.radio.impinj.state import ImpinjHabits, ImpinjState

READER = Capabilities((1, 2, 3, 4), (1000, 3000), (1002, 1110))
DEFAULT = {"antennaConfigs": [{"antennaPort": 1, "transmitPowerCdbm": 2700, "rfMode": 1110}]}


def configs(
    settings: ImpinjSettings, reader: Capabilities = READER, default: Any = DEFAULT
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = own_preset(settings, reader, default)[0]["antennaConfigs"]
    return found


def test_the_schema_tells_antennas_powers_and_modes() -> None:
    schema = ImpinjState(ImpinjHabits(antennas=2, power_cdbm=(1025, 3150), rf_modes=(7, 8)), 0).schema()
    assert Capabilities.of(schema) == Capabilities((1, 2), (1025, 3150), (7, 8))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(
                st.sampled_from(
                    ["antennaPort", "transmitPowerCdbm", "rfMode", "$ref", "enum", "maximum", "minimum"]
                ),
                inner,
                max_size=3,
            )
        ),
        max_leaves=12,
    ).filter(lambda value: isinstance(value, dict))
)
def test_no_schema_raises(schema: dict[str, Any]) -> None:
    Capabilities.of(schema)


def test_by_default_all_antennas_session_0_and_the_makers_power_and_mode() -> None:
    found = configs(ImpinjSettings())
    assert [config["antennaPort"] for config in found] == [1, 2, 3, 4]
    assert {config["transmitPowerCdbm"] for config in found} == {2700}
    assert {config["rfMode"] for config in found} == {1110}
    assert {(config["inventorySession"], config["inventorySearchMode"]) for config in found} == {
        (0, "dual-target")
    }


def test_the_settings_are_used() -> None:
    found = configs(ImpinjSettings(antennas=(3, 1), session=2, power_dbm=24.5, rf_mode=1002))
    assert [
        (c["antennaPort"], c["transmitPowerCdbm"], c["rfMode"], c["inventorySession"]) for c in found
    ] == [
        (3, 2450, 1002, 2),
        (1, 2450, 1002, 2),
    ]


@pytest.mark.parametrize(
    ("power_dbm", "used", "words"),
    [
        (40, 3000, "30.00 dBm is used instead of 40 dBm; this reader allows 10.00 to 30.00 dBm"),
        (5, 1000, "instead of 5"),
        (24.6, 2450, "24.50 dBm is used instead of 24.6 dBm"),
        (24.25, 2425, ""),
    ],
)
def test_a_power_that_the_reader_does_not_have_is_the_nearest_and_said(
    power_dbm: float, used: int, words: str
) -> None:
    preset, notes = own_preset(ImpinjSettings(power_dbm=power_dbm), READER, DEFAULT)
    assert {config["transmitPowerCdbm"] for config in preset["antennaConfigs"]} == {used}
    assert [note.kind for note in notes] == ([NoteKind.SETTING] if words else [])
    assert words in "".join(note.text for note in notes)


def test_a_reader_without_a_default_preset() -> None:
    found = configs(ImpinjSettings(), default={})
    assert {(c["transmitPowerCdbm"], c["rfMode"]) for c in found} == {(3000, 1002)}


@pytest.mark.parametrize(
    ("settings", "reader", "why"),
    [
        (ImpinjSettings(antennas=(2, 64)), READER, "has the antennas 1, 2, 3, 4, not antenna 64"),
        (ImpinjSettings(rf_mode=5), READER, "no RF mode 5 in its region; there is 1002, 1110"),
        (ImpinjSettings(power_dbm=20, rf_mode=1), Capabilities(), "append antennas="),
        (ImpinjSettings(antennas=(1,)), Capabilities(), "append power_dbm="),
        (ImpinjSettings(antennas=(1,), power_dbm=20), Capabilities(), "append rf_mode="),
    ],
)
def test_what_cannot_be_written_is_refused_with_advice(
    settings: ImpinjSettings, reader: Capabilities, why: str
) -> None:
    with pytest.raises(ReaderRefusedError, match=why):
        own_preset(settings, reader, {})


@given(
    st.integers(1, 8), st.sampled_from([(1000, 3000), (1025, 3150), (1500, 1500)]), st.floats(10, 36) | st.none(),
    st.integers(0, 3),
)  # fmt: skip
def test_every_preset_that_is_written_is_accepted(
    antennas: int, power_cdbm: tuple[int, int], power_dbm: float | None, session: int
) -> None:
    reader = ImpinjState(ImpinjHabits(antennas=antennas, power_cdbm=power_cdbm), 0)
    settings = ImpinjSettings(power_dbm=power_dbm, session=session)
    preset, _ = own_preset(settings, Capabilities.of(reader.schema()), reader.presets["default"])
    assert reader.store("cheval", preset) == 201
    assert contains(reader.presets["cheval"], preset)
    assert missing_in(preset) == []


def test_a_stored_preset_may_have_more_but_not_less() -> None:
    wanted = {"a": [{"b": 1}], "c": {"d": 2}}
    assert contains({"a": [{"b": 1, "x": 0}], "c": {"d": 2}, "y": 0}, wanted)
    for stored in ({"a": [], "c": {"d": 2}}, {"a": [{"b": 2}], "c": {"d": 2}}, {"a": [{"b": 1}]}, None):
        assert not contains(stored, wanted)


def tags(**fields: Any) -> dict[str, Any]:
    return {"eventConfig": {"tagInventory": fields}}


@pytest.mark.parametrize(
    ("preset", "kinds"),
    [
        ({}, []),
        ({"eventConfig": "?"}, []),
        (tags(antennaPort="enabled"), []),
        (tags(antennaPort="disabled"), [NoteKind.ANTENNA]),
        (tags(peakRssiCdbm="disabled", antennaPort="disabled"), [NoteKind.ANTENNA, NoteKind.SIGNAL]),
        (tags(epc="disabled", epcHex="enabled"), []),
        (tags(tagReporting={"reportingIntervalSeconds": 5}), [NoteKind.SLOW_READS]),
        (
            {"antennaConfigs": [{"inventorySession": 2, "inventorySearchMode": "single-target"}]},
            [NoteKind.SLOW_READS],
        ),
        ({"antennaConfigs": [{"inventorySession": 2, "inventorySearchMode": "dual-target"}]}, []),
        ({"antennaConfigs": [{"inventorySession": 0, "inventorySearchMode": "single-target"}]}, []),
    ],
)
def test_what_a_retailers_preset_lacks(preset: dict[str, Any], kinds: list[NoteKind]) -> None:
    assert [note.kind for note in missing_in(preset)] == kinds


def test_a_preset_without_epc_is_refused() -> None:
    with pytest.raises(ReaderRefusedError, match="reports no EPC"):
        missing_in(tags(epc="disabled"))
