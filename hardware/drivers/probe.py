"""Probes the tag reader of a URI: runs the driver's own dialogue once, for `cheval doctor`.

A driver with a dialogue of its own declares a `probe`; others are started, and the first answer counts.
"""

from __future__ import annotations

import queue
import time
from typing import Final

from hardware.drivers.tag_reader import OpenTag, driver_of
from hardware.drivers.uri.address import Address, Driver, Local, LocalKind, parse, without_password
from hardware.drivers.uri.named_files import file_mistakes
from hardware.errors import HardwareError, MissingDriverError, UriError
from hardware.network.host_names import host_and_port
from hardware.ports import RadioFact, ReaderDown, ReaderNote, ReaderUp
from hardware.reader_probe import PROBE_S, ProbeFailure, ProbeResult

_OF_LOCAL: Final = {
    LocalKind.DEVICE: ProbeFailure.MISSING,
    LocalKind.FILE: ProbeFailure.BROKEN,
    LocalKind.NAME: ProbeFailure.MISSING,
}


def probe_tag_reader(uri: str) -> ProbeResult:
    """What the driver of this URI finds out in at most `PROBE_S`. Raises nothing: a wrong URI is a failure too."""
    try:
        driver = driver_of(uri)
        address = parse(uri, driver)
    except UriError as error:
        return ProbeResult(without_password(uri), ProbeFailure.SETTING, str(error))
    if wrong := file_mistakes(address, driver):
        return ProbeResult(place_of(address), ProbeFailure.MISSING, "; ".join(wrong))
    if driver.probe is None:
        return first_answer(driver, address, PROBE_S)
    try:
        return driver.probe(address)
    except MissingDriverError as error:
        return ProbeResult(place_of(address), ProbeFailure.MISSING, str(error))
    except (HardwareError, OSError) as error:
        return ProbeResult(place_of(address), ProbeFailure.SETTING, str(error))


def place_of(address: Address) -> str:
    """Host and port, or the device, file or name."""
    return (
        host_and_port(address.host, address.port) if address.host else address.path or f"{address.scheme}://"
    )


def first_answer(driver: Driver[OpenTag], address: Address, seconds: float) -> ProbeResult:
    """Starts the reader and waits for its first answer: connected, or why not. Takes at most `seconds` and a close."""
    place = place_of(address)
    facts: queue.SimpleQueue[RadioFact] = queue.SimpleQueue()
    try:
        reader = driver.open(address, "probe")
    except MissingDriverError as error:
        return ProbeResult(place, ProbeFailure.MISSING, str(error))
    except HardwareError as error:
        return ProbeResult(place, ProbeFailure.SETTING, str(error))
    reader.start(facts.put)
    try:
        return _awaited(facts, driver, place, time.monotonic() + seconds)
    finally:
        reader.close()


def _awaited(
    facts: queue.SimpleQueue[RadioFact], driver: Driver[OpenTag], place: str, end: float
) -> ProbeResult:
    notes: list[str] = []
    while (left := end - time.monotonic()) > 0:
        try:
            fact = facts.get(timeout=left)
        except queue.Empty:
            break
        match fact:
            case ReaderUp():
                return ProbeResult(place, notes=tuple(notes))
            case ReaderDown(why=why):
                return ProbeResult(place, _failure_of(driver), why, notes=tuple(notes))
            case ReaderNote(text=text):
                notes.append(text)
            case _:
                pass
    return ProbeResult(place, ProbeFailure.SILENT, "it does not answer", notes=tuple(notes))


def _failure_of(driver: Driver[OpenTag]) -> ProbeFailure:
    place = driver.place
    return _OF_LOCAL[place.kind] if isinstance(place, Local) else ProbeFailure.UNREACHABLE
