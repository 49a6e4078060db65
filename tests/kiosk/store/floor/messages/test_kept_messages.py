"""A message to a mirror that is away, and a store that is started again: it reaches the same visit, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.floor.messages.kept_messages import FILE, KEPT_US
from kiosk.store.lifecycle import Store
from tests.faults.visit_memory.search import found_in_files
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, ManualClock, gtin_of, sample_store, served, settings_in

ROOM: Final = RoomId("1")
SCARF: Final = gtin_of("A1", "NVY", "one")
TEXT: Final = "Zephyrine, the hem is ready"
SENT: Final = StaffMessage("m1", "Inès", TEXT)


def report(store: Store, ticket: str = "t1", *, began: bool = True, unattended: bool = False) -> None:
    at_us = store.clock()
    store.service.report_visit(ROOM, ReportVisit(Ticket(ticket), began, at_us, unattended=unattended))
    store.presence.messages.tick()


def shown(store: Store) -> StaffMessage | None:
    visit = store.service.floor.room(ROOM).visit
    return visit.message if visit is not None else None


def sent(folder: Path, clock: ManualClock, *steps: Callable[[Store], object]) -> None:
    """A run of the store in which a message is shown, and what comes after it."""
    with sample_store(settings_in(folder), clock) as store:
        report(store)
        state = store.service.floor.room(ROOM)
        assert state.visit is not None
        state.visit = replace(state.visit, message=SENT)
        store.presence.messages.tick()
        for step in steps:
            step(store)


def test_a_mirror_that_was_away_gets_it_from_a_store_that_was_started_again(tmp_path: Path) -> None:
    """Over HTTP, with a piece; the answer to the associate comes after it is kept. Its text is not on the disk."""
    settings, clock = settings_in(tmp_path), ManualClock()
    with sample_store(settings, clock) as store, served(store) as url, associate(url, "a-ines", PIN) as ines:
        report(store)
        visit = store.service.floor.room(ROOM).visit
        assert visit is not None
        body = {"key": "k1", "occupied_since_us": visit.began_us, "text": TEXT, "article": SCARF}
        assert ines.ask("POST", "/api/v1/messages/1", body)[0] == 204
        before = shown(store)
        assert (settings.state / FILE).stat().st_mode & 0o777 == 0o600
        assert found_in_files(settings.state, {"text": TEXT}) == {}
    with (
        sample_store(settings, clock) as store,
        served(store) as url,
        mirror(url, settings.state, "1") as glass,
        read_stream(glass, "/api/v1/rooms/1/stream") as stream,
    ):
        stream.named("Snapshot")
        report(store)
        told = stream.named("StaffMessageShown")
        assert (told["ticket"], told["message"]["text"]) == ("t1", TEXT)
        assert told["message"]["garment"]["article"] == SCARF
        assert shown(store) == before
        report(store, began=False)
        assert not (settings.state / FILE).exists()


@pytest.mark.parametrize(
    "comes",
    [
        pytest.param((("t2", False),), id="another visit"),
        pytest.param((("t1", True),), id="she has left"),
        pytest.param((("t1", True), ("t1", False)), id="somebody else in her visit"),
    ],
)
def test_nobody_else_gets_it(tmp_path: Path, comes: tuple[tuple[str, bool], ...]) -> None:
    """Reports of the mirror after the restart: visit, and whether nobody is there."""
    clock = ManualClock()
    sent(tmp_path, clock)
    with sample_store(settings_in(tmp_path), clock) as store:
        store.presence.messages.tick()
        assert (store.settings.state / FILE).exists(), "it waits for its mirror"
        for ticket, unattended in comes:
            report(store, ticket, unattended=unattended)
        assert shown(store) is None
        assert not (store.settings.state / FILE).exists()


def test_a_request_of_the_mirror_alone_does_not_bring_it_back(tmp_path: Path) -> None:
    """Until the mirror has said whether its shopper is still there."""
    clock = ManualClock()
    sent(tmp_path, clock)
    with sample_store(settings_in(tmp_path), clock) as store:
        with store.service.writer:
            store.service.visits.present(ROOM, Ticket("t1"))
        store.presence.messages.tick()
        assert shown(store) is None
        report(store)
        assert shown(store) == SENT


@pytest.mark.parametrize("planted", [False, True])
def test_it_goes_with_its_visit_before_the_restart(tmp_path: Path, planted: bool) -> None:
    """Planted: a visit whose end the store does not hear of."""
    clock = ManualClock()
    sent(tmp_path, clock, *([] if planted else [lambda store: report(store, began=False)]))
    with sample_store(settings_in(tmp_path), clock) as store:
        report(store)
        assert (shown(store) == SENT) is planted


def test_it_expires(tmp_path: Path) -> None:
    clock = ManualClock()
    sent(tmp_path, clock)
    clock.pass_s(KEPT_US / 1e6)
    with sample_store(settings_in(tmp_path), clock) as store:
        report(store)
        assert shown(store) is None
        assert not (store.settings.state / FILE).exists()


def test_it_waits_for_its_mirror_no_longer_than_that(tmp_path: Path) -> None:
    clock = ManualClock()
    sent(tmp_path, clock)
    with sample_store(settings_in(tmp_path), clock) as store:
        clock.pass_s(KEPT_US / 1e6)
        store.presence.messages.tick()
        assert not (store.settings.state / FILE).exists()
        report(store)
        assert shown(store) is None


@pytest.mark.parametrize("content", [b"", b"\0" * 40, None])
def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(
    tmp_path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    clock = ManualClock()
    sent(tmp_path, clock)
    file = settings_in(tmp_path).state / FILE
    file.write_bytes(file.read_bytes()[::-1] if content is None else content)
    with sample_store(settings_in(tmp_path), clock) as store:
        report(store)
        assert shown(store) is None
        assert not file.exists()
    assert "cannot be read" in caplog.text
    assert TEXT not in caplog.text
