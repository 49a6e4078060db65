"""The file of messages under faults: kills, a full disk, modes, clock steps, several restarts. With planted faults."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.floor.messages.kept_messages import FILE, KEPT_US
from kiosk.store.lifecycle import Store
from tests.faults.kills.running_store import CONTEXT
from tests.kiosk.store.floor.messages.test_kept_messages import ROOM, SENT, TEXT, report, sent, shown
from tests.kiosk.store.sample_shop import ManualClock, sample_store, settings_in

FRESH = FILE + ".new"


def say(store: Store, text: str, room: RoomId = ROOM) -> None:
    """Another message in a room with a visit."""
    state = store.service.floor.room(room)
    assert state.visit is not None
    state.visit = replace(state.visit, message=replace(SENT, message_id=text, text=text))
    store.presence.messages.tick()


def killed_at(folder: Path, step: int) -> None:
    """The child: a second message, killed before change number `step` of the file."""
    count = 0

    def changed(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in ("open", "os.rename", "os.remove", "os.chown") and FILE in str(arguments[0]):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    def second(store: Store) -> None:
        sys.addaudithook(changed)
        say(store, "second")
        os._exit(0)

    sent(folder, ManualClock(), second)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_kill_at_any_change_leaves_one_of_both_messages(tmp_path: Path, step: int) -> None:
    """Removing what is left over, opening, renaming; the fourth does not come."""
    child = CONTEXT.Process(target=killed_at, args=(tmp_path, step))
    child.start()
    child.join()
    assert child.exitcode == (-signal.SIGKILL if step < 4 else 0)
    with sample_store(settings_in(tmp_path), ManualClock()) as store:
        report(store)
        message = shown(store)
        assert message is not None
        assert message.text == (TEXT if step < 4 else "second")
        assert not (store.settings.state / FRESH).exists()


@pytest.mark.parametrize("mode", [0o644, 0o000])
def test_what_a_kill_left_over_is_written_anew_with_its_own_mode(tmp_path: Path, mode: int) -> None:
    state = settings_in(tmp_path).state
    clock = ManualClock()

    def leave(store: Store) -> None:
        (state / FRESH).write_bytes(b"half of it")
        (state / FRESH).chmod(mode)
        say(store, "second")

    sent(tmp_path, clock, leave)
    assert (state / FILE).stat().st_mode & 0o777 == 0o600
    assert not (state / FRESH).exists()


def test_a_disk_that_takes_nothing_is_told_once_and_keeps_nothing_that_is_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder stands where the file is to be written."""
    state, clock = settings_in(tmp_path).state, ManualClock()

    def fails(store: Store) -> None:
        (state / FRESH).mkdir()
        (state / FRESH / "full").touch()
        for _ in range(20):
            store.presence.messages.tick()
        assert (state / FILE).exists(), "what is shown stays in the file"
        for _ in range(20):
            say(store, "second")
        assert not (state / FILE).exists(), "the first message is over"
        assert TEXT not in caplog.text
        (state / FRESH / "full").unlink()
        (state / FRESH).rmdir()
        store.presence.messages.tick()

    sent(tmp_path, clock, fails)
    assert caplog.text.count("cannot be written") == 1
    with sample_store(settings_in(tmp_path), clock) as store:
        report(store)
        assert shown(store) == replace(SENT, message_id="second", text="second")


@pytest.mark.parametrize("planted", [False, True])
def test_further_restarts_make_it_wait_no_longer(tmp_path: Path, planted: bool) -> None:
    """Other rooms' messages are written meanwhile. Planted: its own visit runs in between."""
    clock = ManualClock()
    sent(tmp_path, clock)
    for number in range(2):
        clock.pass_s(KEPT_US / 2e6)
        with sample_store(settings_in(tmp_path), clock) as store:
            other = RoomId("2")
            store.service.report_visit(other, ReportVisit(Ticket(f"x{number}"), True, store.clock()))
            say(store, f"of another room {number}", other)
            if planted:
                report(store)
    with sample_store(settings_in(tmp_path), clock) as store:
        report(store)
        assert (shown(store) == SENT) is planted


def test_the_message_of_a_long_visit_outlives_a_short_restart(tmp_path: Path) -> None:
    clock = ManualClock()

    def long(store: Store) -> None:
        for _ in range(6):
            clock.pass_s(KEPT_US / 4e6)
            store.presence.messages.tick()

    sent(tmp_path, clock, long)
    with sample_store(settings_in(tmp_path), clock) as store:
        report(store)
        assert shown(store) == SENT


def test_a_clock_that_was_set_back_far_begins_anew(tmp_path: Path) -> None:
    clock = ManualClock()
    sent(tmp_path, clock)
    clock.pass_s(-2 * KEPT_US / 1e6)
    with sample_store(settings_in(tmp_path), clock) as store:
        report(store)
        assert shown(store) is None
        assert not (store.settings.state / FILE).exists()


def test_a_file_of_another_store_is_not_read(tmp_path: Path) -> None:
    clock = ManualClock()
    mine, other = (settings_in(tmp_path / name).state for name in ("mine", "other"))
    for name in ("mine", "other"):
        sent(tmp_path / name, clock)
    (mine / FILE).write_bytes((other / FILE).read_bytes())
    with sample_store(settings_in(tmp_path / "mine"), clock) as store:
        report(store)
        assert shown(store) is None
        assert not (mine / FILE).exists()
