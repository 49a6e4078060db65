"""Incidents and messages that are not delivered yet, kept in the file of `saved_file`.

A file, not the database: that the database does not answer is one of the alarms. A message is in the file before it is
sent, and leaves it when the channel has taken it, so it is delivered at least once, after a restart too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from kiosk.clock import US
from kiosk.store.alarms.incidents import AlarmMessage, Incident, Turn
from kiosk.store.alarms.saved_file import MAX_BYTES, Delivery, Saved, read_saved, written
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
FIRST_RETRY_US: Final = 30 * US
MAX_RETRY_US: Final = 900 * US
MAX_TRIES: Final = 100
"""Some 24 hours. Tries are counted, since a clock that was set forward would make a message old at once."""
MAX_WAITING: Final = 64
"""Deliveries that are kept for each receiver; its oldest goes first. One that is away costs no other its alarms."""


class ChannelLostError(Exception):
    """Not delivered, or perhaps delivered; the text is the reason, without an address."""


class ChannelRefusedError(Exception):
    """The receiver refuses the message for good: it is not tried again. The text is the reason, without an address."""


class Channel(Protocol):
    """One way to tell one receiver. Used by one thread."""

    @property
    def name(self) -> str:
        """Unique; kept in the file. Contains no address of a person."""
        ...

    @property
    def place(self) -> str:
        """Its key in the configuration, for people."""
        ...

    def send(self, message: AlarmMessage) -> None:
        """Raises ChannelLostError, ChannelRefusedError."""
        ...


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
        self._refused = [name for name in saved.refused if name in self._channels]

    @property
    def undeliverable(self) -> tuple[str, ...]:
        """The places in the configuration of receivers that have refused their last message for good."""
        return tuple(self._channels[name].place for name in self._refused)

    def add(self, messages: Iterable[AlarmMessage]) -> None:
        """Puts messages into every channel's queue."""
        for message in messages:
            self.waiting += [Delivery(message, name, 0, message.at_us) for name in self._channels]
        for name, channel in self._channels.items():
            while sum(each.channel == name for each in self.waiting) > MAX_WAITING:
                self._drop_oldest(name)
                log.warning("%s: more than %d alarms wait, the oldest is dropped", channel.place, MAX_WAITING)

    def _drop_oldest(self, channel: str) -> None:
        """Drops the oldest incident that has ended, begin and end; without one the oldest message, with its end."""
        own = [each.message for each in self.waiting if each.channel == channel]
        begun = {message.incident for message in own if message.turn is Turn.BEGIN}
        over = next((m.incident for m in own if m.turn is Turn.END and m.incident in begun), None)
        drop = [m for m in own if m.incident == over] if over is not None else own[:1]
        for message in drop:
            del self.waiting[self._place(channel, message)]

    def _place(self, channel: str, message: AlarmMessage) -> int:
        return next(i for i, d in enumerate(self.waiting) if (d.channel, d.message) == (channel, message))

    def save(self, incidents: Iterable[Incident]) -> None:
        """Writes the file if something has changed. A failure is logged once, and tried again at the next call.

        The oldest messages go first where the file would be larger than what is read at the next start.
        """
        standing = tuple(incidents)
        content = self._content(standing)
        while len(content) > MAX_BYTES and self.waiting:
            log.warning("%s: too many alarms wait, the oldest are dropped", self._file)
            del self.waiting[: 1 + len(self.waiting) * (len(content) - MAX_BYTES) // len(content)]
            content = self._content(standing)
        if content == self._written:
            return
        try:
            write_secret(self._file, content)
        except OSError as error:
            self._note(f"{self._file}: {error.strerror}; alarms that wait would be lost by a restart")
            return
        self._written = content
        self._note("")

    def _content(self, incidents: tuple[Incident, ...]) -> bytes:
        return written(Saved(incidents, tuple(self.waiting), tuple(self._refused)))

    def deliver(self, now_us: int) -> None:
        """Tries what is due, in the order in which it began; a channel that fails is left alone until the next call.

        The end of an incident waits until its begin was delivered to that channel, or given up.
        """
        failed = set[str]()
        for delivery in tuple(self.waiting):
            if delivery.channel in failed or _is_early(delivery, now_us) or self._follows(delivery):
                continue
            place = self.waiting.index(delivery)
            if not (why := self._sent(delivery)):
                del self.waiting[place]
                continue
            failed.add(delivery.channel)
            if delivery.tries + 1 < MAX_TRIES:
                wait_us = min(FIRST_RETRY_US << min(delivery.tries, 16), MAX_RETRY_US)
                self.waiting[place] = replace(delivery, tries=delivery.tries + 1, next_us=now_us + wait_us)
            else:
                del self.waiting[place]
                log.warning("an alarm is given up after a day (%s): %s", delivery.channel, why)

    def _follows(self, delivery: Delivery) -> bool:
        """Whether it is an end whose begin still waits."""
        message = delivery.message
        return message.turn is Turn.END and any(
            each.channel == delivery.channel
            and each.message.turn is Turn.BEGIN
            and each.message.incident == message.incident
            for each in self.waiting
        )

    def _sent(self, delivery: Delivery) -> str:
        """Why it must be sent again; empty if it must not: it was taken, or refused for good."""
        channel = self._channels[delivery.channel]
        try:
            channel.send(delivery.message)
        except ChannelRefusedError as error:
            if delivery.channel not in self._refused:
                self._refused.append(delivery.channel)
                log.warning("%s is refused for good, alarms do not arrive there: %s", channel.place, error)
            return ""
        except ChannelLostError as error:
            why = str(error)
        except Exception as error:  # noqa: BLE001 the border of a delivery: one that cannot be written stops no other
            why = type(error).__name__
        else:
            if delivery.channel in self._refused:
                self._refused.remove(delivery.channel)
            return ""
        if delivery.tries == 0:
            log.warning("an alarm was not sent (%s), it is tried again: %s", delivery.channel, why)
        return why

    def _note(self, why: str) -> None:
        if why and why != self._failed:
            log.error("%s", why)
        self._failed = why


def _is_early(delivery: Delivery, now_us: int) -> bool:
    """Times after the longest wait are of a clock that was set back: due."""
    return now_us < delivery.next_us <= now_us + MAX_RETRY_US
