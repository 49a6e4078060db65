"""`cheval doctor --scan`: shows a code, waits for its scan, and says how the scanner is set and what to write."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hardware.drivers.label_reader import scan_once
from hardware.errors import HardwareError
from hardware.labels.setup_code import TEXT, ScannerSetup, setup_of
from hardware.supervision.supervise import error_reason
from kiosk.commands.doctor.finding import Finding, bad, good, note

WAIT_S: Final = 60.0
_ABOUT: Final = "scanner"
_KINDS: Final = (".png", ".svg")
_QUIET_ZONE: Final = 4


def show() -> None:
    """Prints the code to the terminal."""
    import segno

    segno.make(TEXT, error="l", micro=False).terminal(out=sys.stdout, border=_QUIET_ZONE, compact=True)
    print(
        f"Scan this code within {WAIT_S:.0f} s. Too small? --scan-code FILE.png writes it as a picture.",
        flush=True,
    )


def write(file: Path) -> Finding:
    """Writes the code as a picture, to be printed or shown on a telephone."""
    import segno

    if file.suffix.lower() not in _KINDS:
        return bad("scan code", f"{file} is no picture", f"Write a file name with {' or '.join(_KINDS)}.")
    try:
        segno.make(TEXT, error="m", micro=False).save(str(file), scale=8, border=_QUIET_ZONE)
    except OSError as error:
        return bad("scan code", f"{file}: {error.strerror}", "Write the file into another folder.")
    return good("scan code", f"{file} is written; scan it while `cheval doctor --scan URI` waits")


def check(uri: str, wait_s: float = WAIT_S) -> Iterator[Finding]:
    """Waits for the scan of the code; findings about the scanner's settings."""
    try:
        scan = scan_once(uri, wait_s)
    except (HardwareError, OSError) as error:
        advice = "Correct the URI; if the mirror runs, stop it: systemctl stop cheval-mirror."
        yield bad(_ABOUT, error_reason(error), advice)
        return
    if scan is None:
        advice = "Check the cable. A keyboard scanner may have several devices in /dev/input/by-id; try the others."
        yield bad(_ABOUT, f"nothing was scanned in {wait_s:.0f} s", advice)
    elif scan.fault:
        yield bad(_ABOUT, scan.fault, "Set baud=, bits= and parity= in the URI as in the scanner.")
    elif (setup := setup_of(scan)) is None:
        yield bad(_ABOUT, "another text than the code was scanned", "Scan the code that this command shows.")
    else:
        yield from findings(uri, setup)


def findings(uri: str, setup: ScannerSetup) -> Iterator[Finding]:
    """What the settings of a scanner mean."""
    if setup.layout:
        yield good("keyboard layout", setup.layout + (", with Caps Lock" if setup.caps else ""))
    if setup.missing:
        advice = "Set the scanner's keyboard country to the one named here, or switch on its Alt mode."
        yield bad("characters", f"these do not arrive: {setup.missing}", advice)
        return
    if setup.case:
        advice = "Switch off the conversion of letters in the scanner; serials would become others."
        yield bad("letters", f"the scanner changes them to {setup.case} case", advice)
    yield _end(setup)
    yield _separator(setup)
    yield _identifier(setup)
    yield good("address", f"write {address(uri, setup)}")


def _end(setup: ScannerSetup) -> Finding:
    if setup.end:
        return good("end of a text", setup.end)
    advice = "Let the scanner send Enter as suffix; a pause in the middle of a slow scan would split it."
    return note("end of a text", "none; a pause ends it", advice)


def _separator(setup: ScannerSetup) -> Finding:
    if setup.separator:
        return good("group separator", "sent")
    advice = "Let the scanner send control characters (GS, 0x1D); without them some serials are not read."
    return note("group separator", "not sent", advice)


def _identifier(setup: ScannerSetup) -> Finding:
    if setup.aim:
        return good("AIM identifier", "sent")
    return note("AIM identifier", "not sent", "Switch it on; it distinguishes an EAN-8 from a UPC-E.")


def address(uri: str, setup: ScannerSetup) -> str:
    """The URI with the options for this scanner; those of the port stay."""
    base, _, query = uri.partition("?")
    names = ("layout", "caps", "prefix", "suffix", "separator")
    kept = [option for option in query.split("&") if option and option.partition("=")[0] not in names]
    options = "&".join([*kept, *filter(None, [setup.options])])
    return f"{base}?{options}" if options else base
