"""One simulated pad: places and removes its card, and exchanges commands with it."""

from __future__ import annotations

import threading
import time
from collections import deque

from hardware.sim.cards.card_file import NamedCard


class CardRemovedError(Exception):
    """There is no card, or another one than the connected one."""


class ReaderUnpluggedError(Exception):
    """The simulated reader was unplugged."""


class SimulatedSlot:
    """One pad; all methods are thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._plugged = True
        self._card: NamedCard | None = None
        self._serial = 0
        self._until: float | None = None
        self._signs: deque[str] = deque(maxlen=100)

    def lay(self, card: NamedCard, seconds: float | None = None) -> int:
        """Places a card for `seconds`, or until `lift`; replaces the card before. Returns the serial of this tap."""
        with self._changed:
            if not self._plugged:
                raise ReaderUnpluggedError
            card.card.reset()
            self._card = card
            self._signs.clear()
            self._serial += 1
            self._until = None if seconds is None else time.monotonic() + seconds
            self._changed.notify_all()
            return self._serial

    def lift(self) -> None:
        """Removes the card, if there is one."""
        with self._changed:
            self._card = None
            self._changed.notify_all()

    def show(self, sign: str) -> None:
        """A reader's lamp and buzzer: keeps the sign for `signs`."""
        with self._changed:
            self._signs.append(sign)
            self._changed.notify_all()

    def signs(self) -> list[str]:
        """The signs that were shown since the last card was laid, the newest last."""
        with self._changed:
            return list(self._signs)

    def wait_for_sign(self, seconds: float, *wanted: str) -> bool:
        """Whether one of these signs was shown since the last card was laid, or is shown within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: not set(wanted).isdisjoint(self._signs), seconds)

    def unplug(self) -> None:
        """Unplugs the simulated reader."""
        with self._changed:
            self._plugged = False
            self._card = None
            self._changed.notify_all()

    def plug(self) -> None:
        """Plugs the simulated reader in again."""
        with self._changed:
            self._plugged = True
            self._changed.notify_all()

    def card_name(self) -> str | None:
        """Name of the card on the pad, None if there is none."""
        with self._changed:
            self._expire()
            return None if self._card is None else self._card.name

    def changed(self, known: tuple[bool, int] | None, seconds: float) -> tuple[bool, int]:
        """(card present, serial), as soon as it differs from `known`, or after `seconds`."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                self._expire()
                now = (self._card is not None, self._serial)
                left = end - time.monotonic()
                if now != known or left <= 0:
                    return now
                self._changed.wait(left if self._until is None or self._card is None else self._wake_in(left))

    def connect(self) -> tuple[int, bytes]:
        """Resets the card; returns (serial, ATR). Raises CardRemovedError or ReaderUnpluggedError."""
        with self._changed:
            card = self._present_card()
            card.card.reset()
            return self._serial, card.card.atr

    def transmit(self, serial: int, command: bytes) -> bytes:
        """The response of the card with this serial. Raises CardRemovedError or ReaderUnpluggedError."""
        with self._changed:
            card = self._present_card()
            if serial != self._serial:
                raise CardRemovedError("the card was removed")
            answer = card.card.answer(command)
            if card.delay_s or answer is None:
                self._wait_for_response(serial, None if answer is None else card.delay_s)
        assert answer is not None
        return answer

    def _wait_for_response(self, serial: int, seconds: float | None) -> None:
        """Waits the card's response time, without end if it does not answer. Raises when the card is removed."""
        end = None if seconds is None else time.monotonic() + seconds
        while True:
            self._present_card()
            if serial != self._serial:
                raise CardRemovedError("the card was removed")
            left = 1.0 if end is None else end - time.monotonic()
            if left <= 0:
                return
            self._changed.wait(self._wake_in(left))

    def _wake_in(self, seconds: float) -> float:
        return seconds if self._until is None else max(0.0, min(seconds, self._until - time.monotonic()))

    def _present_card(self) -> NamedCard:
        if not self._plugged:
            raise ReaderUnpluggedError
        self._expire()
        if self._card is None:
            raise CardRemovedError("no card")
        return self._card

    def _expire(self) -> None:
        if not self._plugged:
            raise ReaderUnpluggedError
        if self._card is not None and self._until is not None and time.monotonic() >= self._until:
            self._card = None
            self._changed.notify_all()
