"""Checks tag readers by their drivers' own dialogue, and their antennas; shows the last check of reference tags."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hardware.drivers.probe import place_of, probe_tag_reader
from hardware.drivers.tag_reader import is_scanner, parse_tag_reader
from hardware.errors import UriError
from hardware.json_text import parse_json
from hardware.reader_probe import ProbeFailure, ProbeResult
from kiosk.commands.check.host_names import addresses_of
from kiosk.commands.doctor.devices import cards, scanner
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config import StoreConfig
from kiosk.config.references import room_antennas

_ADVICE: Final = {
    ProbeFailure.NAME: "Correct the name in the reader's address, or write its IP address.",
    ProbeFailure.UNREACHABLE: "Check its power, its cable and its address; try `ping` from this machine. If it answers"
    " ping, switch this interface on in the reader's settings.",
    ProbeFailure.CERTIFICATE: "Append ?ca=FILE with the certificate of its authority, or pin=sha256:... with its own"
    " fingerprint after you have compared it with the reader's.",
    ProbeFailure.PROTOCOL: "Check scheme and port of the address: another program may answer there, or the reader is"
    " set to another interface or version.",
    ProbeFailure.SILENT: "Check that scheme and port of the address are those of this interface; end other programs"
    " that use the reader, restart it, and try again.",
    ProbeFailure.LOGIN: "Correct the user in the address and the first line of its password_file; try them on the"
    " reader's own page.",
    ProbeFailure.BUSY: "A reader accepts one client: end the other program, such as a test page of the reader, another"
    " store or `cheval listen`.",
    ProbeFailure.REGION: "Set the country on the reader's own page; without it a reader does not transmit.",
    ProbeFailure.SETTING: "Correct the reader's address in the file.",
    ProbeFailure.REFUSED: "Look at the reader's own page and log; restart the reader if it goes on.",
    ProbeFailure.MISSING: "Connect it, or correct the reader's address in the file.",
    ProbeFailure.BROKEN: "Correct the path in the file, or record again: cheval listen ADDRESS > FILE.",
}


@dataclass(frozen=True, slots=True)
class ReaderUse:
    """How the store uses a reader.

    `rooms`: the rooms of each antenna port. `running`: whether a running store reads with it; None if no store with
    this reader runs.
    """

    rooms: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    running: bool | None = None


def uses(config: StoreConfig, radio: Mapping[str, bool]) -> dict[str, ReaderUse]:
    """The use of each reader. `radio`: the readers of the running store and whether they answer; empty if none runs."""
    rooms: dict[str, dict[int, tuple[str, ...]]] = {reader.name: {} for reader in config.readers}
    for antenna in room_antennas(config):
        ports = rooms.setdefault(antenna.reader, {})
        ports[antenna.port] = (*ports.get(antenna.port, ()), antenna.room)
    return {name: ReaderUse(ports, radio.get(name)) for name, ports in rooms.items()}


def look(name: str, uri: str, use: ReaderUse | None = None) -> Iterator[Finding]:
    """Findings for one reader. A reader that the running store reads with is left alone: it accepts one client."""
    about, use = f"reader {name}", use or ReaderUse()
    try:
        address = parse_tag_reader(uri)
    except UriError as error:
        yield bad(about, str(error), _ADVICE[ProbeFailure.SETTING])
        return
    if is_scanner(uri):
        yield scanner.look(about, uri)
    elif use.running:
        found = "the running store reads with it, so its antennas are not examined; stop the store for that"
        yield good(about, f"{place_of(address)}: {found}")
    elif address.scheme == "pcsc":
        yield cards.look(uri)[-1]
    else:
        if address.host:
            yield from of_addresses(about, address.host, addresses_of({address.host})[address.host])
        yield from of_probe(about, probe_tag_reader(uri), use)


def of_probe(about: str, result: ProbeResult, use: ReaderUse) -> Iterator[Finding]:
    """The findings of a probe, with the antennas that rooms use."""
    if result.failure is None:
        yield good(about, f"{result.place}: {_described(result)}")
        yield from _missing_antennas(about, result, use)
    else:
        why = f"{result.place}: {result.why}" if result.why else result.place
        if result.failure is ProbeFailure.BUSY and use.running is False:
            why += "; the running store waits for it too"
        yield bad(about, why, result.advice or _ADVICE[result.failure])
    # notes about a connection that failed at once would only distract from the reason
    if result.failure is None or result.identity:
        for text in result.notes:
            yield note(about, text)


def of_addresses(about: str, host: str, addresses: Collection[str]) -> Iterator[Finding]:
    """A note if a host name leads to several addresses, unless they are this computer's own."""
    if len(addresses) < 2 or all(
        ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in addresses
    ):
        return
    advice = "The driver tries them in turn. If they are not one device, write the reader's own IP address."
    yield note(about, f"{host} has {len(addresses)} addresses: {', '.join(sorted(addresses))}", advice)


def _described(result: ProbeResult) -> str:
    parts = [result.identity or "works", result.region]
    if result.antennas:
        parts.append(f"{len(result.antennas)} antenna port{'s' if len(result.antennas) > 1 else ''}")
    if result.connected is not None:
        parts.append(f"antennas connected: {', '.join(map(str, result.connected)) or 'none'}")
    if result.power_dbm is not None:
        parts.append("power {:g} to {:g} dBm".format(*result.power_dbm))
    return "; ".join(part for part in parts if part)


def _missing_antennas(about: str, result: ProbeResult, use: ReaderUse) -> Iterator[Finding]:
    """Antennas of rooms that the reader does not have, or at which it detects no antenna."""
    for port, rooms in sorted(use.rooms.items()):
        where = f"room{'s' if len(rooms) > 1 else ''} {', '.join(rooms)}"
        if result.antennas is not None and port not in result.antennas:
            found = f"it has no antenna {port}, which {where} should use; it has {len(result.antennas)}"
            yield bad(about, found, f"Correct the antennas of {where} in the file.")
        elif result.connected is not None and port not in result.connected:
            found = f"no antenna is detected at port {port}, which {where} should use"
            yield bad(about, found, "Check the antenna, its cable and the connectors at both ends.")


def references(file: Path, now_us: int) -> Iterator[Finding]:
    """Result of the store's last daily check of reference tags; none if there was no check yet."""
    try:
        last = parse_json(file.read_text("utf-8"))
        drifts = [(str(d["room"]), d["expected_dbm"], d["heard_dbm"]) for d in last["drifts"]]
        # files of older versions have no such key
        unmeasured = [str(room) for room in last.get("unmeasured", ())]
        hours = (now_us - int(last["checked_us"])) / 3.6e9
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield note("reference tags", f"{file} cannot be read", "The store replaces it at its next check.")
        return
    for room, expected, measured_dbm in drifts:
        found = "is not read any more" if measured_dbm is None else f"is read at {measured_dbm:.0f} dBm"
        yield bad(
            "reference tags",
            f"the tag in room {room} {found}; the survey measured {expected:.0f} dBm",
            "Check that room's antenna and cable, and whether the tag is still in place; then run `cheval survey`.",
        )
    for room in unmeasured:
        yield note(
            "reference tags",
            f"the tag in room {room} is read without signal strength, so a changed level is not noticed",
            "Switch on the signal strength (PeakRSSI) in the reader's reports.",
        )
    if not drifts and not unmeasured:
        yield good("reference tags", f"all tags were read as in the survey, {hours:.0f} hours ago")
