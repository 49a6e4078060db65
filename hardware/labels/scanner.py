"""The drivers of label scanners: they read a device file, and open it again after it was unplugged."""

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
from hardware.labels.scan_decoders import KeyStrokeDecoder, LineDecoder, ScanDecoder
from hardware.ports import LabelFact, LabelRefused, LabelScanned, ReaderDown, ReaderUp
from hardware.supervise import Backoff, run_supervised
from hardware.threaded_reader import ThreadedReader

# a scanner that is plugged in again is found within a second
_BACKOFF: Final = Backoff(first_s=0.2, cap_s=1.0)
# whole key events (24 bytes each), so that a device that is opened again is read from the start of an event
_CHUNK: Final = 24 * 170
# EVIOCGRAB of linux/input.h: the desktop does not get the scanner's key strokes
_GRAB: Final = 0x40044590


class LabelScanner(ThreadedReader[LabelFact]):
    """A LabelReader over a device file. `prepare` configures the open device, `decoder` makes a new decoder."""

    def __init__(
        self, name: str, path: str, prepare: Callable[[int], None], decoder: Callable[[], ScanDecoder]
    ) -> None:
        super().__init__(name)
        self._path = path
        self._prepare = prepare
        self._decoder = decoder
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
            decoder = self._decoder()
            on_connected()
            while not self._stop.is_set():
                if not any(key.fileobj == device for key, _ in selector.select()):
                    continue
                chunk = os.read(device, _CHUNK)
                if not chunk:
                    raise ConnectionLostError("the scanner was unplugged")
                for text in decoder.feed(chunk):
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


def serial_scanner(name: str, path: str, baud: int = 9600) -> LabelScanner:
    """A scanner on a serial port or USB serial port. Raises UriError for an invalid baud rate."""
    speed = getattr(termios, f"B{baud}", None)
    if not isinstance(speed, int):
        raise UriError(f"baud={baud} is not a baud rate of serial ports")

    def prepare(device: int) -> None:
        if not os.isatty(device):
            return  # a pipe in place of a port
        tty.setraw(device)
        settings = termios.tcgetattr(device)
        settings[4] = settings[5] = speed
        termios.tcsetattr(device, termios.TCSANOW, settings)

    return LabelScanner(name, path, prepare, LineDecoder)


def keyboard_scanner(name: str, path: str) -> LabelScanner:
    """A scanner that acts as a keyboard, under /dev/input; no other program gets its key strokes."""

    def prepare(device: int) -> None:
        # refused by a file that is not an input device, such as a pipe in a test
        with suppress(OSError):
            fcntl.ioctl(device, _GRAB, 1)

    return LabelScanner(name, path, prepare, KeyStrokeDecoder)
