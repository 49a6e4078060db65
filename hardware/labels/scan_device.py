"""A scanner's device file: a serial port with its settings, or a keyboard device that no other program gets."""

from __future__ import annotations

import errno
import fcntl
import os
import selectors
import termios
import tty
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique
from types import TracebackType
from typing import Final, Self

from hardware.errors import ConnectionLostError, UriError
from hardware.labels.scans import Scan, ScanDecoder
from hardware.network.connection import WakeUp

# whole key events (24 bytes each), so that a device that is opened again is read from the start of an event
_CHUNK: Final = 24 * 170
# EVIOCGRAB of linux/input.h: the desktop does not get the scanner's key strokes
_GRAB: Final = 0x40044590


@unique
class Parity(Enum):
    """The parity bit of a serial port; the value is its flags in termios."""

    NONE = 0
    EVEN = termios.PARENB
    ODD = termios.PARENB | termios.PARODD


@dataclass(frozen=True, slots=True)
class PortSettings:
    """Settings of a serial port: bits per second, data bits (7 or 8), parity, stop bits (1 or 2).

    Raises UriError for a rate that serial ports do not have.
    """

    baud: int = 9600
    bits: int = 8
    parity: Parity = Parity.NONE
    stop: int = 1

    def __post_init__(self) -> None:
        if not isinstance(getattr(termios, f"B{self.baud}", None), int):
            raise UriError(f"baud={self.baud} is not a baud rate of serial ports")

    def apply(self, device: int) -> None:
        """Configures the open port; a pipe in place of a port is left as it is."""
        if not os.isatty(device):
            return
        tty.setraw(device, termios.TCSANOW)
        settings = termios.tcgetattr(device)
        speed = getattr(termios, f"B{self.baud}")
        settings[4] = settings[5] = speed
        cleared = termios.CSIZE | termios.PARENB | termios.PARODD | termios.CSTOPB | termios.CRTSCTS
        size = termios.CS7 if self.bits == 7 else termios.CS8
        stop = termios.CSTOPB if self.stop == 2 else 0
        settings[2] = (
            settings[2] & ~cleared | size | self.parity.value | stop | termios.CLOCAL | termios.CREAD
        )
        termios.tcsetattr(device, termios.TCSANOW, settings)


def grab(device: int) -> None:
    """Takes a keyboard device for this program. Raises OSError if another program has it."""
    try:
        fcntl.ioctl(device, _GRAB, 1)
    except OSError as error:
        # a file that is not an input device, such as a pipe in a test
        if error.errno not in (errno.ENOTTY, errno.EINVAL):
            raise


class ScanDevice:
    """An open device. `prepare` configures it; `wake_up` ends a wait."""

    def __init__(
        self, path: str, prepare: Callable[[int], None], decoder: ScanDecoder, wake_up: WakeUp
    ) -> None:
        self._path, self._prepare, self._decoder, self._wake_up = path, prepare, decoder, wake_up
        self._device = -1

    def __enter__(self) -> Self:
        self._device = os.open(self._path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            self._prepare(self._device)
        except BaseException:
            os.close(self._device)
            raise
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake_up, selectors.EVENT_READ)
        self._selector.register(self._device, selectors.EVENT_READ)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._selector.close()
        os.close(self._device)

    def begun(self) -> Scan | None:
        """The text that has begun, as it is now."""
        return self._decoder.begun()

    def read(self, pause_s: float, timeout_s: float | None = None) -> list[Scan]:
        """The next complete texts; empty after a wake-up, after `timeout_s`, or if none is complete yet.

        A text that has begun ends `pause_s` after its last byte. Raises ConnectionLostError or OSError.
        """
        pending = self._decoder.pending
        ready = self._selector.select(pause_s if pending else timeout_s)
        if not ready:
            return self._decoder.pause() if pending else []
        if not any(key.fileobj == self._device for key, _ in ready):
            return []
        try:
            chunk = os.read(self._device, _CHUNK)
        except BlockingIOError:
            # ready, but what made it so is gone, as after a hang-up that ended
            return []
        if not chunk:
            raise ConnectionLostError("the scanner was unplugged")
        return self._decoder.feed(chunk)
