"""What a terminal's driver and probe tell, as findings of `cheval doctor` and `cheval terminals`."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config.store import Terminal
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import (
    NoTerminalDriverError,
    PaymentTerminal,
    ProbeFinding,
    TerminalMode,
    TerminalProbe,
)

MAX_CLOCK_DIFFERENCE_S = 60.0
"""Beyond this a provider may refuse signed messages, and times on receipts are wrong."""
_REACH = "Check its power, its cable, its address, and what stands between it and this computer."
_PAIR = "Run `cheval terminals pair NAME` and follow what it says."
_CORRECT = "Correct this terminal in the configuration, or its key file; the guide to terminals has examples."


def place_of(terminal: Terminal) -> TerminalPlace:
    """Where a configured terminal is."""
    return TerminalPlace(terminal.uri, terminal.key_file, terminal.ca_file)


def look(terminal: Terminal, devices: dict[str, str] | None = None) -> Iterator[Finding]:
    """Tries a terminal without moving money; opens and closes its driver.

    `devices`: name by serial number of the terminals that were tried before; this one is added.
    """
    about = f"terminal {terminal.name}"
    try:
        driver = open_terminal(place_of(terminal))
    except NoTerminalDriverError as error:
        yield bad(about, str(error), _CORRECT)
        return
    try:
        probe = _probed(driver)
        yield from findings(about, driver, probe)
        yield from _same_device(terminal.name, probe, {} if devices is None else devices)
    finally:
        driver.close()


def _same_device(name: str, probe: TerminalProbe, devices: dict[str, str]) -> Iterator[Finding]:
    first = devices.setdefault(f"{probe.model} {probe.serial}".casefold(), name) if probe.serial else name
    if first != name:
        yield bad(
            f"terminal {name}",
            f"it is the same device as terminal {first} (serial number {probe.serial})",
            "Remove one of the two from the configuration, and name the other one in all rooms.",
        )


def findings(about: str, driver: PaymentTerminal, probe: TerminalProbe) -> Iterator[Finding]:
    """The findings of a probe; the first says whether the terminal can be used."""
    what = ", ".join(part for part in (driver.identity, probe.model, _serial(driver, probe)) if part)
    wrong = tuple(found for found in probe.findings if not found.good)
    if not probe.reachable:
        reason = wrong[0].what if wrong else "does not answer"
        yield bad(about, f"{driver.identity}: {reason}", (wrong[0].advice if wrong else "") or _REACH)
        wrong = wrong[1:]
    elif probe.paired is False and not wrong:
        yield bad(about, f"{what}: it does not take the keys of this store", _PAIR)
    elif probe.paired is not False:
        yield good(about, f"{what} answers{_mode(probe)}")
    for found in wrong:
        yield bad(about, found.what, found.advice or _REACH)
    yield from _details(about, probe)


def _details(about: str, probe: TerminalProbe) -> Iterator[Finding]:
    difference_s = probe.clock_difference_s
    if difference_s is not None and abs(difference_s) > MAX_CLOCK_DIFFERENCE_S:
        yield bad(
            about,
            f"its clock and this computer's differ by {abs(difference_s):.0f} s",
            "Synchronise this computer: timedatectl set-ntp true; then look at the terminal's own time.",
        )
    if probe.certificate:
        yield good(about, f"certificate: {probe.certificate}")
    if probe.reachable and probe.paired is not False and probe.mode is TerminalMode.TEST:
        yield note(about, "test mode: no real card is charged", "Use the live keys before the shop opens.")
    for found in probe.findings:
        if found.good:
            yield note(about, found.what, found.advice)


def _probed(driver: PaymentTerminal) -> TerminalProbe:
    try:
        return driver.probe()
    except Exception as error:  # noqa: BLE001 the border of a driver: the other terminals are tried as well
        what = f"the driver failed with {type(error).__name__}"
        return TerminalProbe(
            reachable=False, findings=(ProbeFinding(what, "Report this; its log has more."),)
        )


def _serial(driver: PaymentTerminal, probe: TerminalProbe) -> str:
    return "" if probe.serial in driver.identity else f"serial number {probe.serial}"


def _mode(probe: TerminalProbe) -> str:
    return " and charges real cards" if probe.mode is TerminalMode.LIVE else ""
