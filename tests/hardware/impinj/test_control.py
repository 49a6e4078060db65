"""Control of a simulated reader: the preset is written and started so that nothing is configured by hand."""

from __future__ import annotations

import pytest

from hardware.errors import ReaderRefusedError
from hardware.impinj.control import ReaderControl
from hardware.impinj.settings import OWN_PRESET
from hardware.network.connection import WakeUp
from hardware.ports import NoteKind
from tests.hardware.impinj.bench import START, STOP, WRITE, Start, address, changes


def test_an_idle_reader_gets_our_preset_and_is_started(start: Start, wake_up: WakeUp) -> None:
    sim = start(antennas=2)
    prepared = ReaderControl(address(sim, power_dbm=24.0), wake_up).prepare()
    assert changes(sim) == [WRITE, START]
    assert (sim.state.status, sim.state.active, prepared.notes) == ("running", OWN_PRESET, ())
    preset = sim.state.presets[OWN_PRESET]
    assert [config["antennaPort"] for config in preset["antennaConfigs"]] == [1, 2]
    assert preset["eventConfig"]["tagInventory"]["antennaPort"] == "enabled"
    assert prepared.status["serialNumber"] == "370-00-00-0001"


def test_a_reader_that_runs_our_preset_is_left_alone(start: Start, wake_up: WakeUp) -> None:
    sim = start()
    control = ReaderControl(address(sim), wake_up)
    control.prepare()
    sim.state.log.clear()
    control.prepare()
    assert changes(sim) == []


def test_other_settings_are_written_after_a_stop(start: Start, wake_up: WakeUp) -> None:
    sim = start()
    ReaderControl(address(sim), wake_up).prepare()
    sim.state.log.clear()
    notes = ReaderControl(address(sim, session=1), wake_up).prepare().notes
    assert changes(sim) == [STOP, WRITE, START]
    assert notes == ()


def test_an_inventory_of_another_program_is_stopped_and_that_is_said(start: Start, wake_up: WakeUp) -> None:
    sim = start()
    sim.running = True
    (note,) = ReaderControl(address(sim, power_dbm=40.0), wake_up).prepare().notes
    assert changes(sim) == [STOP, WRITE, START]
    assert note.kind is NoteKind.SETTING
    assert "instead of 40 dBm" in note.text
    assert "an inventory of another program, which was stopped" in note.text


def test_the_retailers_preset_is_started_and_nothing_is_written(start: Start, wake_up: WakeUp) -> None:
    sim = start()
    (note,) = ReaderControl(address(sim, preset="default"), wake_up).prepare().notes
    assert changes(sim) == ["POST /profiles/inventory/presets/default/start"]
    assert note.kind is NoteKind.SLOW_READS


def test_another_running_preset_is_said_and_not_stopped(start: Start, wake_up: WakeUp) -> None:
    sim = start()
    sim.running = True
    (note,) = ReaderControl(address(sim, preset="rooms"), wake_up).prepare().notes
    assert (changes(sim), note.kind) == ([], NoteKind.SETTING)
    assert "not the preset rooms" in note.text


@pytest.mark.parametrize(
    ("habits", "settings", "why"),
    [
        ({}, {"preset": "rooms"}, "no preset rooms"),
        ({"interface": "llrp"}, {}, "set to LLRP"),
        ({"authentication": "digest"}, {}, "digest"),
        ({}, {"password": "wrong"}, "user and password"),
        ({"refuses": {START.split()[1]: "region is not set"}}, {}, "HTTP 400, region is not set"),
        ({"refuses": {WRITE.split()[1]: "no more presets"}}, {}, "HTTP 400, no more presets"),
        ({"antennas": 2}, {"antennas": (3,)}, "antennas 1, 2, not antenna 3"),
    ],
)
def test_a_refusal_says_why(
    start: Start, wake_up: WakeUp, habits: dict[str, object], settings: dict[str, object], why: str
) -> None:
    with pytest.raises(ReaderRefusedError, match=why):
        ReaderControl(address(start(**habits), **settings), wake_up).prepare()


def test_after_closing_nothing_is_asked(start: Start, wake_up: WakeUp) -> None:
    sim = start()
    wake_up.wake()
    assert ReaderControl(address(sim), wake_up).status() == {}
    assert sim.state.log == []
