"""The queue of alarms: over restarts, with retries, at least once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.clock import US
from kiosk.store.alarms.incidents import AlarmMessage, Turn
from kiosk.store.alarms.outbox import (
    MAX_TRIES,
    MAX_WAITING,
    AlarmOutbox,
    ChannelLostError,
    ChannelRefusedError,
)
from kiosk.store.alarms.saved_file import FILE
from tests.kiosk.store.alarms.receivers import AT_US, END, FAULT, MESSAGE, OPEN, Receiver, incident


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
    last = 0
    for second in range(0, 2 * 86_400, 30):
        if outbox.waiting:
            last = second
        outbox.deliver(AT_US + second * US)
    assert (outbox.waiting, 23 <= last / 3600 <= 25) == ([], True)
    assert one.tries == MAX_TRIES


def rounds(outbox: AlarmOutbox) -> None:
    """A day."""
    for second in range(0, 86_400, 30):
        outbox.deliver(AT_US + second * US)


def test_a_message_that_is_refused_for_good_is_tried_once_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = Receiver(), Receiver("two")
    one.refuses = True
    outbox = AlarmOutbox(tmp_path / FILE, (one, two))
    outbox.add((MESSAGE,))
    rounds(outbox)
    outbox.add((END,))
    rounds(outbox)
    outbox.save(())
    assert (one.tries, one.got, two.got, outbox.waiting) == (2, [], [MESSAGE, END], [])
    assert [record.message for record in caplog.records if "refused for good" in record.message] == [
        "place of one is refused for good, alarms do not arrive there: 550"
    ]
    again = AlarmOutbox(tmp_path / FILE, (one, two))
    assert again.undeliverable == ("place of one",), "a restart does not forget it"
    assert AlarmOutbox(tmp_path / FILE, (two,)).undeliverable == (), "a receiver that is gone is forgotten"
    one.refuses = False
    again.add((MESSAGE,))
    again.deliver(AT_US)
    assert (one.got, again.undeliverable) == ([MESSAGE], ())


def test_planted_a_refusal_that_is_called_a_loss_is_tried_all_day(tmp_path: Path) -> None:
    class Lost(Receiver):
        def send(self, message: AlarmMessage) -> None:
            try:
                super().send(message)
            except ChannelRefusedError as error:
                raise ChannelLostError(str(error)) from None

    one = Lost()
    one.refuses = True
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add((MESSAGE,))
    rounds(outbox)
    assert one.tries > 90
    assert outbox.undeliverable == ()


def test_a_clock_that_was_set_back_delays_nothing(tmp_path: Path) -> None:
    one = Receiver()
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add((MESSAGE,))
    outbox.deliver(AT_US - 10 * 86_400 * US)
    assert one.got == [MESSAGE]


def test_a_clock_that_was_set_forward_gives_no_message_up(tmp_path: Path) -> None:
    one = Receiver()
    one.away = True
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add((replace(MESSAGE, at_us=0, began_us=0),))
    outbox.deliver(AT_US)
    one.away = False
    outbox.deliver(AT_US + 30 * US)
    assert len(one.got) == 1


def test_an_end_follows_its_begin_on_each_channel(tmp_path: Path) -> None:
    one, two = Receiver(), Receiver("two")
    outbox = AlarmOutbox(tmp_path / FILE, (one, two))
    outbox.add((MESSAGE,))
    for second in range(0, 300, 5):
        if second == 60:
            outbox.add((END,))
        one.away = second < 70
        outbox.deliver(AT_US + second * US)
    assert (one.got, two.got, outbox.waiting) == ([MESSAGE, END], [MESSAGE, END], [])


def test_planted_an_end_alone_waits_for_nothing(tmp_path: Path) -> None:
    one = Receiver()
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add((END, replace(MESSAGE, incident="i2")))
    outbox.deliver(AT_US)
    assert len(one.got) == 2


def test_a_channel_that_hangs_is_tried_once_a_round(tmp_path: Path) -> None:
    hanging, other = Receiver(), Receiver("other")
    hanging.away = True
    outbox = AlarmOutbox(tmp_path / FILE, (hanging, other))
    outbox.add([replace(MESSAGE, incident=f"i{n}") for n in range(5)])
    outbox.deliver(AT_US)
    assert (hanging.tries, len(other.got)) == (1, 5)
    hanging.away = False
    outbox.deliver(AT_US + 30 * US)
    assert [message.incident for message in hanging.got] == ["i0", "i1", "i2", "i3", "i4"]


class Unwritable(Receiver):
    """Cannot put the first message into words, whatever the reason."""

    def send(self, message: AlarmMessage) -> None:
        if message.incident == "i1":
            raise OverflowError
        super().send(message)


def test_a_message_that_cannot_be_written_stops_no_other(tmp_path: Path) -> None:
    one = Unwritable()
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add((MESSAGE, replace(MESSAGE, incident="i2")))
    for second in (0, 5):
        outbox.deliver(AT_US + second * US)
    assert [message.incident for message in one.got] == ["i2"]


def test_the_queue_is_limited_and_a_channel_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    one = Receiver()
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    outbox.add([MESSAGE] * 100)
    assert len(outbox.waiting) == MAX_WAITING
    outbox.save(())
    assert AlarmOutbox(tmp_path / FILE, (Receiver("other"),)).waiting == []


def test_a_receiver_that_is_away_costs_no_other_its_alarms(tmp_path: Path) -> None:
    """Nine receivers, eight away: the ninth is told of everything, and each keeps as much as if it were alone."""
    away = [Receiver(f"away{n}") for n in range(8)]
    for each in away:
        each.away = True
    here = Receiver("here")
    outbox = AlarmOutbox(tmp_path / FILE, (*away, here))
    told = [incident(number) for number in range(2 * MAX_WAITING)]
    for message in told:
        outbox.add((message,))
        outbox.deliver(message.at_us)
    assert here.got == told
    counts = {each.name: sum(d.channel == each.name for d in outbox.waiting) for each in away}
    assert counts == dict.fromkeys(counts, MAX_WAITING)


def test_what_has_ended_is_dropped_before_what_stands(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = Receiver()
    one.away = True
    outbox = AlarmOutbox(tmp_path / FILE, (one,))
    stands = incident(0)
    outbox.add((stands,))
    for number in range(1, MAX_WAITING):
        outbox.add((incident(number), replace(incident(number), turn=Turn.END)))
    one.away = False
    rounds(outbox)
    assert one.got[0] == stands
    assert (len(one.got), one.got[-1].turn) == (MAX_WAITING - 1, Turn.END)
    begun = [message.incident for message in one.got if message.turn is Turn.BEGIN]
    assert [m.incident for m in one.got if m.turn is Turn.END] == begun[1:], "no end without its begin"
    assert "place of one: more than 64 alarms wait" in caplog.text


def test_planted_one_queue_for_all_receivers_loses_the_alarms_of_one_that_is_there(tmp_path: Path) -> None:
    class Shared(AlarmOutbox):
        def add(self, messages: Iterable[AlarmMessage]) -> None:
            super().add(messages)
            del self.waiting[:-MAX_WAITING]

    away = [Receiver(f"away{n}") for n in range(8)]
    for each in away:
        each.away = True
    slow = Receiver("slow")
    slow.away = True
    outbox = Shared(tmp_path / FILE, (*away, slow))
    outbox.add([incident(number) for number in range(MAX_WAITING)])
    slow.away = False
    rounds(outbox)
    assert len(slow.got) < MAX_WAITING
