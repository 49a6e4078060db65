"""The address of a printer: `escpos+tcp://HOST:PORT`, `escpos+file:///dev/usb/lp0`, `escpos+usb://VENDOR:PRODUCT`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from kiosk.connectors.printers.port import NoPrinterDriverError

SCHEMES: Final = ("escpos+tcp", "escpos+file", "escpos+usb")
DOTS: Final = {58: 384, 80: 576}
"""Dots in a line at 203 dots per inch, by the width of the paper in millimetres."""
_DOTS_OF_42: Final = 504
"""A printer of 80 mm that is set to 42 letters in a line has 512 dots; whole letters of 12 dots are used."""
_OPTIONS: Final = {
    "width": ("80", "58"), "columns": ("auto", "42"), "mode": ("auto", "image"), "status": ("yes", "no"),
    "cut": ("yes", "no"),
}  # fmt: skip
"""The options with their values, the default first."""


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """Where a printer is, and how it prints.

    `place`: host, path of the device, or `VENDOR:PRODUCT` (hexadecimal). `image`: print everything as a picture, also
    what the printer has letters for. `status`: the printer answers questions about its state. `dots`: in one line.
    """

    scheme: str
    place: str
    port: int
    dots: int
    image: bool
    status: bool
    cut: bool

    @property
    def columns(self) -> int:
        """Letters in a line, each 12 dots wide."""
        return self.dots // 12


def parse_printer(uri: str) -> PrinterAddress:
    """Reads an address. Raises NoPrinterDriverError, which says what to write."""
    try:
        parts = urlsplit(uri)
        port = parts.port if parts.scheme == "escpos+tcp" else None
        options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True) if parts.query else []
    except ValueError:
        raise NoPrinterDriverError("is no address of a printer; write escpos+tcp://HOST:9100") from None
    if parts.scheme not in SCHEMES:
        raise NoPrinterDriverError(
            f"no driver for {parts.scheme or uri[:40]}:// (known: {', '.join(SCHEMES)})"
        )
    if "@" in parts.netloc or parts.fragment:
        raise NoPrinterDriverError("no user name and no `#` belongs in the address of a printer")
    place = _place(parts.scheme, parts.netloc, parts.hostname or "", parts.path)
    values = _checked(options, parts.scheme)
    return PrinterAddress(
        parts.scheme, place, port or 9100, _dots(values), values["mode"] == "image",
        values["status"] == "yes", values["cut"] == "yes",
    )  # fmt: skip


def _dots(values: dict[str, str]) -> int:
    if values["columns"] == "auto":
        return DOTS[int(values["width"])]
    if values["width"] == "58":
        raise NoPrinterDriverError("42 columns are for paper of 80 mm; remove width=58 or columns=42")
    return _DOTS_OF_42


def _place(scheme: str, netloc: str, host: str, path: str) -> str:
    if scheme == "escpos+tcp":
        if not host or path not in ("", "/"):
            raise NoPrinterDriverError("write escpos+tcp://HOST:9100, and nothing after the port but options")
        return host
    if scheme == "escpos+file":
        if netloc or len(path) < 2:
            raise NoPrinterDriverError("write three slashes before the path: escpos+file:///dev/usb/lp0")
        return path
    if not re.fullmatch(r"[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}", netloc) or path not in ("", "/"):
        raise NoPrinterDriverError("write escpos+usb://VENDOR:PRODUCT as `lsusb` prints them, e.g. 04b8:0e15")
    return netloc.lower()


def _checked(options: list[tuple[str, str]], scheme: str) -> dict[str, str]:
    values = {name: allowed[0] for name, allowed in _OPTIONS.items()}
    if scheme != "escpos+tcp":
        values["status"] = "no"
    names = [name for name, _ in options]
    for name, value in options:
        allowed = _OPTIONS.get(name)
        if allowed is None:
            raise NoPrinterDriverError(f"there is no option {name} (known: {', '.join(_OPTIONS)})")
        if names.count(name) > 1:
            raise NoPrinterDriverError(f"{name} is given twice; write it once")
        if value not in allowed:
            raise NoPrinterDriverError(f"{name}={value} is none of {', '.join(allowed)}")
        if name == "status" and value == "yes" and scheme != "escpos+tcp":
            raise NoPrinterDriverError(
                "only a printer at escpos+tcp:// is asked for its state; remove status=yes"
            )
        values[name] = value
    return values
