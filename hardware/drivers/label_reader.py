"""Opens the label scanner of a URI from the configuration.

serial:///dev/ttyACM0[?baud=9600&bits=8&parity=none&stop=1]    a scanner on a serial port or USB serial port
keyboard:///dev/input/by-id/...-event-kbd[?layout=us&caps=no]  a scanner that acts as a keyboard
both: [&prefix=...&suffix=...&separator=...&pause_ms=300]
"""

from __future__ import annotations

import termios
import time
from typing import TYPE_CHECKING, Final, Protocol

from hardware.drivers.uri.address import Address, Driver, Local, LocalKind, parse
from hardware.drivers.uri.choice import chosen
from hardware.drivers.uri.options import Option, choice, nearest, switch, text, whole_number
from hardware.ports import KnownArticles, LabelReader

if TYPE_CHECKING:
    from hardware.labels.keyboard_layouts import Layout
    from hardware.labels.scan_device import PortSettings
    from hardware.labels.scanner import TextSettings
    from hardware.labels.scans import Scan


class OpenLabel(Protocol):
    """Makes the reader of an address, with a name; `known` returns which articles the shop sells."""

    def __call__(self, address: Address, name: str, known: KnownArticles | None = None) -> LabelReader: ...


_RATES: Final = sorted(
    int(name[1:]) for name in dir(termios) if name[0] == "B" and name[1:].isdecimal() and name != "B0"
)

BAUD = choice("baud", {str(rate): rate for rate in _RATES}, 9600, "speed of the serial port; default: 9600")
BITS = choice("bits", {"7": 7, "8": 8}, 8, "data bits of the serial port; default: 8")
PARITY = choice(
    "parity",
    {"none": "NONE", "even": "EVEN", "odd": "ODD"},
    "NONE",
    "parity of the serial port; default: none",
)
STOP = choice("stop", {"1": 1, "2": 2}, 1, "stop bits of the serial port; default: 1")


def _layout(name: str) -> Layout:
    from hardware.labels.keyboard_layouts import ALIASES, LAYOUTS

    found = ALIASES.get(name.lower(), name.lower())
    if found not in LAYOUTS:
        raise ValueError(f"is none of {', '.join(LAYOUTS)}{nearest(name, LAYOUTS, list_all=False)}")
    return LAYOUTS[found]


LAYOUT: Final[Option[Layout | None]] = Option(
    "layout", _layout, None, "country of the keyboard that the scanner is set to; default: us"
)
CAPS = switch("caps", "whether the scanner types as if Caps Lock were on; default: no")
PREFIX = text("prefix", "characters before each text, which are removed")
SUFFIX = text("suffix", "characters after each text, before Enter or Tab, which are removed")
SEPARATOR = text(
    "separator",
    "what the scanner sends for a group separator, gs if the control character; default: not known",
)
PAUSE = whole_number("pause_ms", 20, 5000, "a text without Enter ends after this time; default: 300 ms", 300)
_PAUSE_S: Final = 0.5
_COMPLETED_S: Final = 5.0
_CONTROL: Final = {"gs": "\x1d"}
_OF_TEXT: Final = (PREFIX, SUFFIX, SEPARATOR, PAUSE)


def _text_settings(address: Address) -> TextSettings:
    from hardware.labels.scanner import TextSettings

    options = address.options
    separator = options[SEPARATOR]
    return TextSettings(
        options[PREFIX],
        options[SUFFIX],
        _CONTROL.get(separator.lower(), separator),
        (options[PAUSE] or 300) / 1000,
    )


def _port(address: Address) -> PortSettings:
    from hardware.labels.scan_device import Parity, PortSettings

    options = address.options
    return PortSettings(options[BAUD], options[BITS], Parity[options[PARITY]], options[STOP])


def _serial(address: Address, name: str, known: KnownArticles | None = None) -> LabelReader:
    from hardware.labels.scanner import serial_scanner

    return serial_scanner(name, address.path, _port(address), _text_settings(address), known)


def _keyboard(address: Address, name: str, known: KnownArticles | None = None) -> LabelReader:
    from hardware.labels.keyboard_layouts import US
    from hardware.labels.scanner import keyboard_scanner

    options = address.options
    return keyboard_scanner(
        name, address.path, options[LAYOUT] or US, _text_settings(address), known, caps=options[CAPS]
    )


def scan_once(uri: str, timeout_s: float) -> Scan | None:
    """The next text of a scanner that no other program uses, as it is sent; None if none comes in `timeout_s` seconds.

    Raises UriError, ConnectionLostError or OSError.
    """
    from hardware.labels.key_strokes import KeyStrokeDecoder
    from hardware.labels.scan_decoders import LineDecoder
    from hardware.labels.scan_device import ScanDevice, grab
    from hardware.network.connection import WakeUp

    address = parse(uri, chosen(uri, LABEL_DRIVERS, "a label scanner"))
    keyboard = address.scheme == KEYBOARD.scheme
    decoder = KeyStrokeDecoder() if keyboard else LineDecoder()
    wake_up, end = WakeUp(), time.monotonic() + timeout_s
    try:
        with ScanDevice(address.path, grab if keyboard else _port(address).apply, decoder, wake_up) as device:
            # a text that has begun at the end may be completed
            while time.monotonic() < end + (_COMPLETED_S if decoder.pending else 0):
                scans = device.read(_PAUSE_S, max(0.0, end - time.monotonic()))
                if scans:
                    return scans[0]
    finally:
        wake_up.close()
    return None


SERIAL: Final[Driver[OpenLabel]] = Driver(
    "serial", "serial:///dev/ttyACM0", "a label scanner on a serial port or USB serial port",
    Local(LocalKind.DEVICE), (BAUD, BITS, PARITY, STOP, *_OF_TEXT), _serial,
)  # fmt: skip
KEYBOARD: Final[Driver[OpenLabel]] = Driver(
    "keyboard", "keyboard:///dev/input/by-id/...-event-kbd", "a label scanner that acts as a keyboard",
    Local(LocalKind.DEVICE), (LAYOUT, CAPS, *_OF_TEXT), _keyboard,
)  # fmt: skip
LABEL_DRIVERS: Final[dict[str, Driver[OpenLabel]]] = {driver.scheme: driver for driver in (SERIAL, KEYBOARD)}


def open_label_reader(uri: str, name: str, known: KnownArticles | None = None) -> LabelReader:
    """The scanner of this URI, not yet started. Raises UriError with all mistakes."""
    driver = chosen(uri, LABEL_DRIVERS, "a label scanner")
    return driver.open(parse(uri, driver), name, known)
