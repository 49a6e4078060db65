"""From an address in the configuration to a scanner of labels.

serial:///dev/ttyACM0[?baud=9600]              a scanner on a serial port, or on USB as one
keyboard:///dev/input/by-id/...-event-kbd      a scanner that types
"""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from hardware.errors import UriError
from hardware.ports import LabelReader

_WAYS = "serial:///dev/..., keyboard:///dev/input/..."


def open_label_reader(uri: str, name: str) -> LabelReader:
    """The scanner at this address, not yet started. Raises UriError."""
    from hardware.labels.scanner import keyboard_scanner, serial_scanner

    try:
        parts = urlsplit(uri)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        baud = int(options.pop("baud", "9600")) if parts.scheme == "serial" else 0
    except ValueError as error:
        raise UriError(f"{uri!r} is no address: {error}") from error
    path = unquote(parts.path)
    if parts.scheme not in ("serial", "keyboard"):
        raise UriError(f"no scanner at {uri!r}; there are {_WAYS}")
    if not path or parts.netloc or options:
        raise UriError(f"{uri!r} should be like one of {_WAYS}")
    return serial_scanner(name, path, baud) if parts.scheme == "serial" else keyboard_scanner(name, path)
