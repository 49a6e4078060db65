"""The file of the readers' state: written at a change and once a minute, read by `cheval doctor`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp
from kiosk.commands.doctor import State, reader_notes
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.reader_report import EVERY_US, ReaderReport, ReaderState
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.settings import ReaderSettings, RoomSettings
from tests.kiosk.store.radio.test_room_radio import RecordingSink

SECOND = 1_000_000
START_US = 1_800_000_000 * SECOND
ANTENNA_2 = ReaderNote("ceiling", NoteKind.ANTENNA, "antenna 2 is disconnected", START_US, antenna=2)


def states(*notes: ReaderNote, up: bool = True, why: str = "") -> tuple[ReaderState, ...]:
    return (ReaderState("ceiling", up, why, notes),)


def findings(file: Path, seconds: float = 1) -> list[tuple[State, str]]:
    return [
        (found.state, found.found)
        for found in reader_notes.of_store(file, START_US + round(seconds * SECOND))
    ]


def test_doctor_reads_what_the_store_knows(tmp_path: Path) -> None:
    file = tmp_path / "readers.json"
    report = ReaderReport(file)
    report.write(states(ANTENNA_2), START_US)
    assert findings(file) == [(State.NOTE, "antenna 2 is disconnected")]
    report.write(states(up=False, why="connection refused"), START_US + 2 * SECOND)
    assert findings(file) == [(State.BAD, "not connected: connection refused")]
    report.write(states(up=False), START_US + 4 * SECOND)
    assert findings(file) == [(State.BAD, "not connected: it has not answered yet")]
    report.write(states(), START_US + 6 * SECOND)
    assert findings(file) == [(State.GOOD, "connected, nothing to note")]


@pytest.mark.parametrize("kind", NoteKind)
def test_every_kind_of_note_has_its_advice(kind: NoteKind, tmp_path: Path) -> None:
    file = tmp_path / "readers.json"
    ReaderReport(file).write(states(ReaderNote("ceiling", kind, "x", START_US)), START_US)
    (found,) = reader_notes.of_store(file, START_US)
    assert found.advice.endswith(".")


def test_a_change_is_written_within_a_second_and_nothing_once_a_minute(tmp_path: Path) -> None:
    file = tmp_path / "readers.json"
    report = ReaderReport(file)
    written = []
    for quarter in range(4 * 130):
        now_us = START_US + quarter * SECOND // 4
        report.write(states(ANTENNA_2) if quarter >= 20 else states(), now_us)
        written.append(json.loads(file.read_text())["written_us"])
    times = sorted(set(written))
    assert len(times) == 2 + 125 * SECOND // EVERY_US
    assert START_US + 5 * SECOND in times


def test_the_file_of_a_store_that_does_not_run_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "readers.json"
    assert findings(file) == []
    report = ReaderReport(file)
    report.write(states(ANTENNA_2), START_US)
    assert findings(file, 3600) == []
    report.remove()
    assert not file.exists()
    report.remove()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"written_us": 1}', '{"written_us": 1, "readers": [{}]}', "\xff", "[" * 100_000]
)
def test_a_spoiled_file_is_a_note(text: str, tmp_path: Path) -> None:
    file = tmp_path / "readers.json"
    file.write_bytes(text.encode("latin-1"))
    assert [state for state, _ in findings(file)] == [State.NOTE]


def test_a_folder_that_is_gone_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    report = ReaderReport(tmp_path / "none" / "readers.json")
    for n in range(5):
        report.write(states(), START_US + n * EVERY_US)
    assert len(caplog.records) == 1


def test_the_store_writes_it_while_it_runs_and_removes_it_at_its_end(tmp_path: Path) -> None:
    file = tmp_path / "readers.json"
    settings = RadioSettings(
        readers=(ReaderSettings("ceiling", "sim://ceiling"),),
        rooms=(RoomSettings(RoomId("1"), "", ("1", "2")),),
        report_file=file,
    )
    radio = RoomRadio(settings, RecordingSink())
    radio.post(ReaderUp("ceiling", START_US))
    radio.post(ANTENNA_2)
    radio.tick(START_US)
    assert findings(file) == [(State.NOTE, "antenna 2 is disconnected")]
    radio.post(ReaderDown("ceiling", "the cable", START_US))
    radio.tick(START_US + 2 * SECOND)
    assert [state for state, _ in findings(file)] == [State.BAD, State.NOTE]
    assert list(tmp_path.iterdir()) == [file]
    radio.close()
    assert list(tmp_path.iterdir()) == []
