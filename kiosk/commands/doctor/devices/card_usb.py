"""USB card readers as the kernel sees them: which are connected, and what prevents pcscd from using them.

The kernel has its own driver for the chip in an ACR122U (pn533_usb). If it is loaded, it claims the reader first, and
pcscd does not see the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.commands.doctor.finding import Finding, bad, good, note

USB: Final = Path("/sys/bus/usb/devices")
DRIVERS: Final = Path("/usr/lib/pcsc/drivers")
CCID_OPTIONS: Final = Path("/etc/libccid_Info.plist")
_CARD_CLASS: Final = "0b"
"""USB class of card readers (CCID 1.1, 4.4)."""
_ACS: Final = "072f"
_ACR122U: Final = "2200"
_ESCAPE: Final = 1
"""libccid: DRIVER_OPTION_CCID_EXCHANGE_AUTHORIZED."""
_RELEASE: Final = (
    "Now: modprobe -r pn533_usb pn533. Permanently: write `blacklist pn533_usb` and `blacklist pn533` into"
    " /etc/modprobe.d/cheval-cards.conf. Then unplug the reader and plug it in again."
)


@dataclass(frozen=True, slots=True)
class UsbReader:
    """A USB card reader: vendor and product as four hex digits, name, the kernel driver that has claimed it (empty for
    none), and whether USB autosuspend is on."""

    vendor: str
    product: str
    name: str
    driver: str
    autosuspend: bool


def look(usb: Path = USB, drivers: Path = DRIVERS, options: Path = CCID_OPTIONS) -> Iterator[Finding]:
    """Findings for each connected reader; none if no reader is connected."""
    found = sorted(plugged(usb), key=lambda reader: reader.name)
    if found and not list(drivers.glob("*ccid*")):
        yield bad("card driver", "libccid is not installed", "apt-get install libccid, then restart pcscd.")
    for reader in found:
        yield _driver_finding(reader)
        if reader.autosuspend:
            yield note(
                f"{reader.name}", "USB autosuspend is on; the reader wakes too slowly for a short tap",
                "Install packaging/udev/70-cheval.rules, then plug it in again.",
            )  # fmt: skip
        if (reader.vendor, reader.product) == (_ACS, _ACR122U):
            yield _buzzer(options)


def plugged(usb: Path) -> Iterator[UsbReader]:
    """Card readers among the kernel's USB devices."""
    for device in usb.glob("*") if usb.is_dir() else ():
        interfaces = [d for d in device.glob(f"{device.name}:*") if (d / "bInterfaceClass").is_file()]
        vendor = _text(device / "idVendor")
        classes = {_text(d / "bInterfaceClass") for d in interfaces}
        if _CARD_CLASS in classes or (vendor, _text(device / "idProduct")) == (_ACS, _ACR122U):
            held = (d / "driver" for d in interfaces)
            driver = next((link.resolve().name for link in held if link.is_symlink()), "")
            yield UsbReader(
                vendor, _text(device / "idProduct"), _text(device / "product") or "card reader", driver,
                _text(device / "power" / "control") == "auto",
            )  # fmt: skip


def _driver_finding(reader: UsbReader) -> Finding:
    about = f"{reader.name} on USB"
    # pcscd's libccid uses a reader through usbfs
    if reader.driver in ("", "usbfs"):
        return good(about, "connected")
    advice = _RELEASE if reader.driver.startswith("pn533") else f"Unload it: modprobe -r {reader.driver}."
    return bad(about, f"the kernel driver {reader.driver} has claimed it, so pcscd cannot use it", advice)


def _buzzer(options: Path) -> Finding:
    allowed = re.search(r"<key>ifdDriverOptions</key>\s*<string>0x([0-9A-Fa-f]+)</string>", _text(options))
    if allowed and int(allowed[1], 16) & _ESCAPE:
        return good("buzzer", "can be switched off: escape commands are allowed")
    return note(
        "buzzer", "sounds at every card",
        "To switch it off until the reader is disconnected: put a card on the reader, then"
        " `echo FF 00 52 00 00 | scriptor` (package pcsc-tools);"
        f" without a card, first set ifdDriverOptions to 0x0001 in {options} and restart pcscd.",
    )  # fmt: skip


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
