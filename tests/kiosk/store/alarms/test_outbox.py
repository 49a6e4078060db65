"""The queue of alarms: over restarts, with retries, at least once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.clock import US
from kiosk.store.alarms.incidents import AlarmMessage, Fault, Incident, Turn
from kiosk.store.alarms.outbox import FILE, MAX_AGE_US, MAX_WAITING, AlarmOutbox, ChannelLostError
from kiosk.store.fleet.problems import Problem

FAULT = Fault(Problem.MIRROR_LOST, "1")
AT_US = 1_790_000_000 * US
MESSAGE = AlarmMessage("i1", Turn.BEGIN, (FAULT, Fault(Problem.STORE_DISK)), AT_US, AT_US)
OPEN = Incident("i1", AT_US, MESSAGE.faults, {FAULT})


class Receiver:
    """A channel that keeps what it takes, and refuses while it is away."""

    def __init__(self, name: str = "one") -> None:
        self.name, self.away, self.got, self.tries = name, False, list[AlarmMessage](), 0

    def send(self, message: AlarmMessage) -> None:
        self.tries += 1
        if self.away:
            raise ChannelLostError("away")
        self.got.append(message)


def test_a_message_waits_in_the_file_until_it_is_delivered(tmp_path: Path) -> None:
    one, two = Receiver(), Receiver("two")
    two.away = True
    outbox = AlarmOutbox(tmp_path / FILE, (one, two))
    outbox.add((MESSAGE,))
    outbox.save((OPEN,))
    outbox.deliver(AT_US)
    outbox.save((OPEN,))
    assert ((tmp_path / FILE).stat().st_mode & 0o777, one.got) == (0o600, [MESSAGE])
    two.away = False
    again = AlarmOutbox(tmp_path / FILE, (one, two))
    assert [(i.incident_id, i.told, i.open) for i in again.incidents] == [("i1", MESSAGE.faults, {FAULT})]
    again.deliver(AT_US + 30 * US)
    assert (one.got, two.got, again.waiting) == ([MESSAGE], [MESSAGE], [])


def test_tries_are_spread_and_end_after_a_day(tmp_path: Path) -> None:
    one = Receiver()
    one.away = True
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add((MESSAGE,))
    for second in range(0, 2 * 86_400, 5):
        outbox.deliver(AT_US + second * US)
    assert outbox.waiting == []
    assert 90 <= one.tries <= MAX_AGE_US // (900 * US) + 8


def test_a_clock_that_was_set_back_delays_nothing(tmp_path: Path) -> None:
    one = Receiver()
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add((MESSAGE,))
    outbox.deliver(AT_US - 10 * 86_400 * US)
    assert one.got == [MESSAGE]


def test_the_queue_is_limited_and_a_channel_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    one = Receiver()
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add([MESSAGE] * 100)
    assert len(outbox.waiting) == MAX_WAITING
    outbox.save(())
    assert AlarmOutbox(tmp_path / FILE, (Receiver("other"),)).waiting == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"format": 9}', b"\xff", b'{"format": 1, "incidents": [1]}']
)
def test_a_damaged_file_begins_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    outbox = AlarmOutbox(tmp_path / FILE, (Receiver(),))
    assert (outbox.incidents, outbox.waiting) == ((), [])
    outbox.add((MESSAGE,))
    outbox.save((OPEN,))
    assert len(AlarmOutbox(tmp_path / FILE, (Receiver(),)).waiting) == 1


def test_without_a_file_alarms_go_on(tmp_path: Path) -> None:
    one = Receiver()
    outbox = AlarmOutbox(tmp_path / "missing" / FILE, (one,))
    outbox.add((MESSAGE,))
    outbox.save((OPEN,))
    outbox.deliver(AT_US)
    assert one.got == [MESSAGE]
