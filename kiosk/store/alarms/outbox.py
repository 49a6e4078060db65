"""Incidents and messages that are not delivered yet, in a file of the state folder: `alarms.json`.

A file, not the database: that the database does not answer is one of the alarms. A message is in the file before it is
sent, and leaves it when the channel has taken it, so it is delivered at least once, after a restart too.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from hardware.regular_files import read_regular
from kiosk.clock import US
from kiosk.store.alarms.incidents import AlarmMessage, Fault, Incident, Turn
from kiosk.store.fleet.problems import Problem
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
FILE: Final = "alarms.json"
FORMAT: Final = 1
MAX_BYTES: Final = 1 << 20
FIRST_RETRY_US: Final = 30 * US
MAX_RETRY_US: Final = 900 * US
MAX_AGE_US: Final = 24 * 3600 * US
MAX_WAITING: Final = 64
"""Deliveries that are kept; the oldest goes first."""


class ChannelLostError(Exception):
    """Not delivered, or perhaps delivered; the text is the reason, without an address."""


class Channel(Protocol):
    """One way to tell one receiver. Used by one thread."""

    @property
    def name(self) -> str:
        """Unique; kept in the file. Contains no address of a person."""
        ...

    def send(self, message: AlarmMessage) -> None:
        """Raises ChannelLostError."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message for one channel. `next_us`: when it is tried; microseconds since 1970."""

    message: AlarmMessage
    channel: str
    tries: int
    next_us: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What the file contains."""

    incidents: tuple[Incident, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


class AlarmOutbox:
    """Used by one thread. Without a file that can be written it goes on in memory."""

    def __init__(self, file: Path, channels: Iterable[Channel]) -> None:
        self._file = file
        self._channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self._written = b""
        self._failed = ""
        saved = read_saved(file)
        self.incidents = saved.incidents
        """Those of the last run."""
        self.waiting = [each for each in saved.deliveries if each.channel in self._channels]

    def add(self, messages: Iterable[AlarmMessage]) -> None:
        """Puts messages into every channel's queue."""
        for message in messages:
            self.waiting += [Delivery(message, name, 0, message.at_us) for name in self._channels]
        del self.waiting[:-MAX_WAITING]

    def save(self, incidents: Iterable[Incident]) -> None:
        """Writes the file if something has changed. A failure is logged once, and tried again at the next call."""
        content = written(Saved(tuple(incidents), tuple(self.waiting)))
        if content == self._written:
            return
        try:
            write_secret(self._file, content)
        except OSError as error:
            self._note(f"{self._file}: {error.strerror}; alarms that wait would be lost by a restart")
            return
        self._written = content
        self._note("")

    def deliver(self, now_us: int) -> None:
        """Tries everything that is due, once. Times after the longest wait are of a clock that was set back: due."""
        for delivery in tuple(self.waiting):
            if now_us < delivery.next_us <= now_us + MAX_RETRY_US:
                continue
            self.waiting.remove(delivery)
            why = self._sent(delivery)
            if why and now_us - delivery.message.at_us < MAX_AGE_US:
                wait_us = min(FIRST_RETRY_US << min(delivery.tries, 16), MAX_RETRY_US)
                self.waiting.append(replace(delivery, tries=delivery.tries + 1, next_us=now_us + wait_us))
            elif why:
                log.warning("an alarm is given up after a day (%s): %s", delivery.channel, why)

    def _sent(self, delivery: Delivery) -> str:
        """Why it was not sent; empty if it was."""
        try:
            self._channels[delivery.channel].send(delivery.message)
        except ChannelLostError as error:
            if delivery.tries == 0:
                log.warning("an alarm was not sent (%s), it is tried again: %s", delivery.channel, error)
            return str(error)
        return ""

    def _note(self, why: str) -> None:
        if why and why != self._failed:
            log.error("%s", why)
        self._failed = why


def written(saved: Saved) -> bytes:
    """The content of the file."""
    incidents = [
        {
            "id": i.incident_id,
            "began_us": i.began_us,
            "told": _pairs(i.told),
            "open": _pairs(sorted(i.open, key=str)),
        }
        for i in saved.incidents
    ]
    deliveries = [
        {
            "incident": d.message.incident, "turn": d.message.turn.value, "faults": _pairs(d.message.faults),
            "at_us": d.message.at_us, "began_us": d.message.began_us, "channel": d.channel, "tries": d.tries,
            "next_us": d.next_us,
        }
        for d in saved.deliveries
    ]  # fmt: skip
    return json.dumps({"format": FORMAT, "incidents": incidents, "deliveries": deliveries}).encode()


def read_saved(file: Path) -> Saved:
    """Nothing for a file that is not there; nothing, and one line in the log, for one that cannot be read."""
    try:
        tree = json.loads(read_regular(file, MAX_BYTES))
        if tree["format"] != FORMAT:
            raise ValueError("another format")
        return Saved(
            tuple(
                Incident(str(i["id"]), int(i["began_us"]), _faults(i["told"]), set(_faults(i["open"])))
                for i in tree["incidents"]
            ),
            tuple(
                Delivery(
                    AlarmMessage(
                        str(d["incident"]), Turn(d["turn"]), _faults(d["faults"]), int(d["at_us"]), int(d["began_us"])
                    ),
                    str(d["channel"]), int(d["tries"]), int(d["next_us"]),
                )
                for d in tree["deliveries"]
            ),
        )  # fmt: skip
    except FileNotFoundError:
        return Saved()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("%s cannot be read (%s); alarms begin anew", file, type(error).__name__)
        return Saved()


def _pairs(faults: Iterable[Fault]) -> list[list[str]]:
    return [[fault.problem.value, fault.room] for fault in faults]


def _faults(pairs: Any) -> tuple[Fault, ...]:
    return tuple(Fault(Problem(problem), str(room)) for problem, room in pairs)
