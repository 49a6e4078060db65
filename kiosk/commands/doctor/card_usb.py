"""Card readers on USB as the kernel sees them: which are plugged in, and what keeps pcscd from them.

The kernel has a driver of its own for the chip in an ACR122U (pn533_usb). Where it is loaded it takes the reader before
pcscd can; the reader then looks as if it were not there.
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
"""DRIVER_OPTION_CCID_EXCHANGE_AUTHORIZED, in libccid's own words."""
_RELEASE: Final = (
    "Now: modprobe -r pn533_usb pn533. For good: write `blacklist pn533_usb` and `blacklist pn533` into"
    " /etc/modprobe.d/cheval-cards.conf. Then unplug the reader and plug it in again."
)


@dataclass(frozen=True, slots=True)
class Plugged:
    """A card reader on USB: vendor and product as four hex digits, its name, the kernel driver that holds it ("" for
    none), and whether it may fall asleep."""

    vendor: str
    product: str
    name: str
    driver: str
    sleeps: bool


def look(usb: Path = USB, drivers: Path = DRIVERS, options: Path = CCID_OPTIONS) -> Iterator[Finding]:
    """What each reader that is plugged in needs; nothing where none is."""
    found = sorted(plugged(usb), key=lambda reader: reader.name)
    if found and not list(drivers.glob("*ccid*")):
        yield bad("card driver", "libccid is not installed", "apt-get install libccid, then restart pcscd.")
    for reader in found:
        yield _held(reader)
        if reader.sleeps:
            yield note(
                f"{reader.name}", "may fall asleep, and wakes too late for a quick tap",
                "Install packaging/udev/70-cheval.rules, then plug it in again.",
            )  # fmt: skip
        if (reader.vendor, reader.product) == (_ACS, _ACR122U):
            yield _buzzer(options)


def plugged(usb: Path) -> Iterator[Plugged]:
    """The card readers among the kernel's USB devices."""
    for device in usb.glob("*") if usb.is_dir() else ():
        interfaces = [d for d in device.glob(f"{device.name}:*") if (d / "bInterfaceClass").is_file()]
        vendor = _text(device / "idVendor")
        classes = {_text(d / "bInterfaceClass") for d in interfaces}
        if _CARD_CLASS in classes or (vendor, _text(device / "idProduct")) == (_ACS, _ACR122U):
            held = (d / "driver" for d in interfaces)
            driver = next((link.resolve().name for link in held if link.is_symlink()), "")
            yield Plugged(
                vendor, _text(device / "idProduct"), _text(device / "product") or "card reader", driver,
                _text(device / "power" / "control") == "auto",
            )  # fmt: skip


def _held(reader: Plugged) -> Finding:
    about = f"{reader.name} on USB"
    # usbfs is how libccid, in pcscd, holds a reader.
    if reader.driver in ("", "usbfs"):
        return good(about, "plugged in")
    advice = _RELEASE if reader.driver.startswith("pn533") else f"Unload it: modprobe -r {reader.driver}."
    return bad(about, f"the kernel's driver {reader.driver} holds it, so pcscd cannot", advice)


def _buzzer(options: Path) -> Finding:
    allowed = re.search(r"<key>ifdDriverOptions</key>\s*<string>0x([0-9A-Fa-f]+)</string>", _text(options))
    if allowed and int(allowed[1], 16) & _ESCAPE:
        return good("its buzzer", "may be silenced: escape commands are allowed")
    return note(
        "its buzzer", "sounds at every card",
        "To silence it until it is unplugged: lay a card, then `echo FF 00 52 00 00 | scriptor` (package pcsc-tools);"
        f" without a card, first set ifdDriverOptions to 0x0001 in {options} and restart pcscd.",
    )  # fmt: skip


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
