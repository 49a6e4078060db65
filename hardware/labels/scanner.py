"""The drivers for label scanners: a device file that is opened, listened to, and opened again when it was unplugged."""

from __future__ import annotations

import fcntl
import os
import selectors
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from hardware.clock import now_us
from hardware.connection import WakeUp
from hardware.errors import ConnectionLostError, LabelError, UriError
from hardware.labels.label import read_label
from hardware.labels.scan_decoders import Lines, Strokes, Typed
from hardware.ports import LabelFact, LabelRefused, LabelScanned, ReaderDown, ReaderUp
from hardware.supervise import Backoff, run_supervised
from hardware.threaded_reader import ThreadedReader

# a scanner that was plugged in again is found within a second
_BACKOFF: Final = Backoff(first_s=0.2, cap_s=1.0)
_CHUNK: Final = 4096
# EVIOCGRAB of linux/input.h: the desktop does not see what the scanner types
_GRAB: Final = 0x40044590


class Scanner(ThreadedReader[LabelFact]):
    """A LabelReader over a device file. `prepare` sets the device up once it is open."""

    def __init__(
        self, name: str, path: str, prepare: Callable[[int], None], typed: Callable[[], Typed]
    ) -> None:
        super().__init__(name)
        self._path = path
        self._prepare = prepare
        self._typed = typed
        self._wake_up = WakeUp()

    def _wake(self) -> None:
        self._wake_up.wake()

    def _release(self) -> None:
        self._wake_up.close()

    def _run(self, post: Callable[[LabelFact], None]) -> None:
        run_supervised(
            self._name,
            lambda on_connected: self._listen(post, on_connected),
            up=lambda: post(ReaderUp(self._name, now_us())),
            down=lambda why: post(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=_BACKOFF,
        )

    def _listen(self, post: Callable[[LabelFact], None], on_connected: Callable[[], None]) -> None:
        with _opened(self._path) as device, selectors.DefaultSelector() as selector:
            self._prepare(device)
            selector.register(self._wake_up, selectors.EVENT_READ)
            selector.register(device, selectors.EVENT_READ)
            typed = self._typed()
            on_connected()
            while not self._stop.is_set():
                if not any(key.fileobj == device for key, _ in selector.select()):
                    continue
                chunk = os.read(device, _CHUNK)
                if not chunk:
                    raise ConnectionLostError("the scanner was unplugged")
                for text in typed.feed(chunk):
                    post(self._fact(text))

    def _fact(self, text: str) -> LabelFact:
        try:
            label = read_label(text)
        except LabelError as error:
            return LabelRefused(self._name, str(error), now_us())
        return LabelScanned(self._name, label.gtin, label.serial, now_us())


@contextmanager
def _opened(path: str) -> Iterator[int]:
    device = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield device
    finally:
        os.close(device)


def serial_scanner(name: str, path: str, baud: int = 9600) -> Scanner:
    """A scanner on a serial port, or on USB as one. Raises UriError for a speed that no port has."""
    speed = getattr(termios, f"B{baud}", None)
    if not isinstance(speed, int):
        raise UriError(f"baud={baud} is not a speed of serial ports")

    def prepare(device: int) -> None:
        if not os.isatty(device):
            return  # a pipe that stands in for a port
        tty.setraw(device)
        settings = termios.tcgetattr(device)
        settings[4] = settings[5] = speed
        termios.tcsetattr(device, termios.TCSANOW, settings)

    return Scanner(name, path, prepare, Lines)


def keyboard_scanner(name: str, path: str) -> Scanner:
    """A scanner that types, as a device under /dev/input; nobody else gets its key strokes."""

    def prepare(device: int) -> None:
        # refused by what is no input device, such as a pipe that stands in for one
        with suppress(OSError):
            fcntl.ioctl(device, _GRAB, 1)

    return Scanner(name, path, prepare, Strokes)
