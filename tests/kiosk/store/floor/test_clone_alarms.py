"""Alarms for copied cards: merged per room, published to the associates, closed by one of them."""

from __future__ import annotations

import logging
from threading import RLock

import pytest

from hardware.pcsc.tap_assessment import CloneIndicator
from kiosk.core.domain.ids import RoomId
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.clone_alarms import CloneAlarms
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub

SIGN = next(iter(CloneIndicator))


@pytest.fixture
def hub() -> EventHub:
    opened = EventHub(RLock())
    opened.topic(FLOOR_TOPIC, lambda: {"is": "Floor"})
    return opened


def test_alarms_of_one_room_are_one_line_with_a_count(
    hub: EventHub, caplog: pytest.LogCaptureFixture
) -> None:
    alarms = CloneAlarms(hub, lambda: 7)
    page = hub.open(FLOOR_TOPIC, lambda: None)
    page.take()
    with caplog.at_level(logging.WARNING):
        for room in ("1", "2", "1"):
            alarms.add(RoomId(room), SIGN)
    assert [(a.room, a.times, a.at_us, a.sign) for a in alarms.unacknowledged()] == [
        ("1", 2, 7, SIGN.value),
        ("2", 1, 7, SIGN.value),
    ]
    assert alarms.count == len(caplog.records) == 3
    assert [m.split(b"\n")[0] for m in page.take()] == [b"event: CloneAlarm"] * 3


def test_an_acknowledged_alarm_is_closed_on_every_page_and_the_next_one_is_new(hub: EventHub) -> None:
    alarms = CloneAlarms(hub, lambda: 7)
    alarms.add(RoomId("1"), SIGN)
    (first,) = alarms.unacknowledged()
    page = hub.open(FLOOR_TOPIC, lambda: None)
    page.take()
    alarms.acknowledge(first.alarm_id, "a-ines")
    assert alarms.unacknowledged() == ()
    assert b"event: AlarmSeen" in page.take()[0]
    with pytest.raises(NotFoundError):
        alarms.acknowledge(first.alarm_id, "a-ines")
    alarms.add(RoomId("1"), SIGN)
    (second,) = alarms.unacknowledged()
    assert (second.times, second.alarm_id != first.alarm_id, alarms.count) == (1, True, 2)
