"""Opens the label scanner of a URI from the configuration.

serial:///dev/ttyACM0[?baud=9600]              a scanner on a serial port or USB serial port
keyboard:///dev/input/by-id/...-event-kbd      a scanner that acts as a keyboard
"""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from hardware.errors import UriError
from hardware.ports import LabelReader

_URI_FORMS = "serial:///dev/..., keyboard:///dev/input/..."


def open_label_reader(uri: str, name: str) -> LabelReader:
    """The scanner of this URI, not yet started. Raises UriError."""
    from hardware.labels.scanner import keyboard_scanner, serial_scanner

    try:
        parts = urlsplit(uri)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        baud = int(options.pop("baud", "9600")) if parts.scheme == "serial" else 0
    except ValueError as error:
        raise UriError(f"{uri!r} is not a URI: {error}") from error
    path = unquote(parts.path)
    if parts.scheme not in ("serial", "keyboard"):
        raise UriError(f"no driver for {uri!r}; there are {_URI_FORMS}")
    if not path or parts.netloc or options:
        raise UriError(f"{uri!r} should be like one of {_URI_FORMS}")
    return serial_scanner(name, path, baud) if parts.scheme == "serial" else keyboard_scanner(name, path)
