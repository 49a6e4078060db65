"""Alarms, and channels that can be away or refuse, for the tests of the queue."""

from __future__ import annotations

from dataclasses import replace

from kiosk.clock import US
from kiosk.store.alarms.incidents import AlarmMessage, Fault, Incident, Turn
from kiosk.store.alarms.outbox import ChannelLostError, ChannelRefusedError
from kiosk.store.fleet.problems import FleetProblem

FAULT = Fault(FleetProblem.MIRROR_LOST, "1")
AT_US = 1_790_000_000 * US
MESSAGE = AlarmMessage("i1", Turn.BEGIN, (FAULT, Fault(FleetProblem.STORE_DISK)), AT_US, AT_US)
END = replace(MESSAGE, turn=Turn.END)
OPEN = Incident("i1", AT_US, MESSAGE.faults, {FAULT})


class Receiver:
    """A channel that keeps what it takes, loses messages while it is away, or refuses them for good."""

    def __init__(self, name: str = "one") -> None:
        self.name, self.away, self.got, self.tries = name, False, list[AlarmMessage](), 0
        self.place, self.refuses = f"place of {name}", False

    def send(self, message: AlarmMessage) -> None:
        self.tries += 1
        if self.away:
            raise ChannelLostError("away")
        if self.refuses:
            raise ChannelRefusedError("550")
        self.got.append(message)


def incident(number: int, faults: tuple[Fault, ...] = (FAULT,)) -> AlarmMessage:
    return AlarmMessage(f"n{number}", Turn.BEGIN, faults, AT_US + number, AT_US + number)
