"""The drivers of label scanners: they read a device file, and open it again after it was unplugged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardware.clock import now_us
from hardware.errors import LabelError
from hardware.labels.element_strings import SEPARATOR
from hardware.labels.key_strokes import KeyStrokeDecoder
from hardware.labels.keyboard_layouts import US, Layout
from hardware.labels.label import parse_label
from hardware.labels.layout_search import layouts_hint
from hardware.labels.own_codes import own_code
from hardware.labels.scan_decoders import LineDecoder
from hardware.labels.scan_device import PortSettings, ScanDevice, grab
from hardware.labels.scans import Scan, ScanDecoder, cleaned
from hardware.network.connection import WakeUp
from hardware.ports import (
    KnownArticles,
    LabelFact,
    LabelRefused,
    LabelScanned,
    ReaderDown,
    ReaderStillDown,
    ReaderUp,
)
from hardware.supervision.supervise import Backoff, run_supervised
from hardware.supervision.threaded_reader import ThreadedReader

log = logging.getLogger(__name__)
# a scanner that is plugged in again is found within a second
_BACKOFF: Final = Backoff(first_s=0.2, cap_s=1.0)
# a scanner that ends its texts with a key or character does so at once
_END_MISSING_S: Final = 2.0
# the beginning of a serial is another serial: a text without end that may go on is silent for longer
_SERIAL_PAUSE_S: Final = 1.5


@dataclass(frozen=True, slots=True)
class TextSettings:
    """How a scanner sends a text.

    `prefix` and `suffix` are characters around it, apart from Enter and Tab. `separator` is what it sends for a group
    separator; empty if it is not known whether it sends any. A text without end ends `pause_s` seconds after its last
    character, unless this scanner has ended another one with a key: keyboard scanners leave up to 0.1 s between keys.
    """

    prefix: str = ""
    suffix: str = ""
    separator: str = ""
    pause_s: float = 0.3


class LabelScanner(ThreadedReader[LabelFact]):
    """A LabelReader over a device file. `prepare` configures the open device, `decoder` makes a new decoder."""

    def __init__(
        self,
        name: str,
        path: str,
        prepare: Callable[[int], None],
        decoder: Callable[[], ScanDecoder],
        settings: TextSettings = TextSettings(),
        known: KnownArticles | None = None,
    ) -> None:
        super().__init__(name)
        self._path, self._prepare, self._decoder = path, prepare, decoder
        self._settings, self._known = settings, known
        self._wake_up = WakeUp()
        self._sends_separators = bool(settings.separator)
        self._sends_ends = False
        self._unclear_is_logged = False

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
            still=lambda why: post(ReaderStillDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=_BACKOFF,
        )

    def _listen(self, post: Callable[[LabelFact], None], on_connected: Callable[[], None]) -> None:
        with ScanDevice(self._path, self._prepare, self._decoder(), self._wake_up) as device:
            # another scanner may have been connected
            self._sends_separators, self._sends_ends = bool(self._settings.separator), False
            on_connected()
            while not self._stop.is_set():
                for scan in device.read(self._pause_s(device.begun())):
                    fact = self._fact(scan)
                    if fact is not None:
                        post(fact)

    def _pause_s(self, begun: Scan | None) -> float:
        """How long a text that has begun may be silent before it counts as complete."""
        if self._sends_ends:
            return _END_MISSING_S
        return (
            max(_SERIAL_PAUSE_S, self._settings.pause_s) if self._may_go_on(begun) else self._settings.pause_s
        )

    def _may_go_on(self, begun: Scan | None) -> bool:
        """Whether the text is a label whose serial more characters would change into another one."""
        if begun is None:
            return False
        try:
            reading = parse_label(cleaned(begun.text, self._settings.prefix, self._settings.suffix))
        except LabelError:
            return False
        return reading.unclear or reading.label.serial is not None

    def _fact(self, scan: Scan) -> LabelFact | None:
        fault = scan.fault or ("a text without its end" if self._sends_ends and not scan.end else "")
        self._sends_ends = self._sends_ends or bool(scan.end)
        if fault:
            return LabelRefused(self._name, fault, now_us())
        text = cleaned(scan.text, self._settings.prefix, self._settings.suffix)
        if not text:
            return None
        if self._settings.separator:
            text = text.replace(self._settings.separator, SEPARATOR)
        try:
            reading = parse_label(text, separators_sent=self._sends_separators, known=self._known)
        except LabelError as error:
            why = f"{error}{layouts_hint(scan, self._settings.prefix, self._settings.suffix)}"
            return LabelRefused(self._name, why, now_us(), own_code(text))
        # from the first separator on it is known that this scanner sends them
        self._sends_separators = self._sends_separators or (reading.separated and not reading.unclear)
        if reading.unclear and not self._unclear_is_logged:
            self._unclear_is_logged = True
            log.warning(
                "scanner %s: the serial of a label is not used, because it is not known whether the scanner sends group"
                " separators; `cheval doctor --scan` finds it out",
                self._name,
            )
        return LabelScanned(self._name, reading.label.gtin, reading.label.serial, now_us())


def serial_scanner(
    name: str,
    path: str,
    port: PortSettings = PortSettings(),  # noqa: B008 a frozen value
    settings: TextSettings = TextSettings(),
    known: KnownArticles | None = None,
) -> LabelScanner:
    """A scanner on a serial port or USB serial port."""
    return LabelScanner(name, path, port.apply, LineDecoder, settings, known)


def keyboard_scanner(
    name: str,
    path: str,
    layout: Layout = US,
    settings: TextSettings = TextSettings(),
    known: KnownArticles | None = None,
    *,
    caps: bool = False,
) -> LabelScanner:
    """A scanner that acts as a keyboard, under /dev/input; no other program gets its key strokes."""
    return LabelScanner(name, path, grab, lambda: KeyStrokeDecoder(layout, caps=caps), settings, known)
