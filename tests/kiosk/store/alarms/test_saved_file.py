"""The file in which alarms wait: small, and begun anew where it is damaged."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from kiosk.store.alarms.incidents import Fault
from kiosk.store.alarms.outbox import (
    MAX_WAITING,
    AlarmOutbox,
)
from kiosk.store.alarms.saved_file import FILE, MAX_BYTES, MAX_NUMBER, Delivery, Saved, written
from kiosk.store.fleet.problems import FleetProblem
from tests.kiosk.store.alarms.receivers import AT_US, MESSAGE, OPEN, Receiver, incident


def test_the_file_stays_as_small_as_what_is_read_again(tmp_path: Path) -> None:
    """A shop of many rooms in which all fails at once, again and again, with receivers that are away."""
    many = tuple(
        Fault(FleetProblem.MIRROR_LOST, f"room {number} of the second floor") for number in range(400)
    )
    channels = [Receiver(f"away{n}") for n in range(9)]
    outbox = AlarmOutbox(tmp_path / FILE, channels)
    outbox.add([incident(number, many) for number in range(MAX_WAITING)])
    outbox.save((OPEN,))
    assert (tmp_path / FILE).stat().st_size <= MAX_BYTES
    again = AlarmOutbox(tmp_path / FILE, channels)
    assert ([i.incident_id for i in again.incidents], again.waiting) == (["i1"], outbox.waiting)
    assert again.waiting[-1].message == incident(MAX_WAITING - 1, many)


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


WAITING = Saved((OPEN,), (Delivery(MESSAGE, "one", 1, AT_US),))


@pytest.mark.parametrize(
    "value", [-1, MAX_NUMBER + 1, "1", 1.5, math.inf, math.nan, True, None, "i\nTo: b@c", "\ud800"]
)
@pytest.mark.parametrize(
    "where", ["at_us", "began_us", "tries", "next_us", "incident", "channel", "turn", "faults"]
)
def test_a_value_that_no_message_can_contain_begins_anew(tmp_path: Path, where: str, value: object) -> None:
    tree = json.loads(written(WAITING))
    tree["deliveries"][0][where] = value
    (tmp_path / FILE).write_text(json.dumps(tree))
    outbox = AlarmOutbox(tmp_path / FILE, (Receiver(),))
    assert (outbox.incidents, outbox.waiting) == ((), []) or (where, value) in NAMES


NAMES = (("incident", "1"), ("channel", "1"))
"""Texts as good as any; a channel of another name is forgotten."""


def test_a_file_of_the_version_before_has_no_refusals(tmp_path: Path) -> None:
    tree = json.loads(written(WAITING))
    del tree["refused"]
    (tmp_path / FILE).write_text(json.dumps(tree))
    outbox = AlarmOutbox(tmp_path / FILE, (Receiver(),))
    assert (outbox.incidents, outbox.waiting) == (WAITING.incidents, list(WAITING.deliveries))
    assert outbox.undeliverable == ()


def test_planted_the_file_without_a_change_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(written(WAITING))
    outbox = AlarmOutbox(tmp_path / FILE, (Receiver(),))
    assert (outbox.incidents, outbox.waiting) == (WAITING.incidents, list(WAITING.deliveries))


def test_without_a_file_alarms_go_on(tmp_path: Path) -> None:
    one = Receiver()
    outbox = AlarmOutbox(tmp_path / "missing" / FILE, (one,))
    outbox.add((MESSAGE,))
    outbox.save((OPEN,))
    outbox.deliver(AT_US)
    assert one.got == [MESSAGE]
