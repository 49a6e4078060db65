"""Probe of an LLRP reader: runs the driver's dialogue once, until the reader would post reads, then closes it."""

from __future__ import annotations

import ssl
import time
from contextlib import suppress
from typing import Final

from hardware.errors import (
    ConnectionLostError,
    HardwareError,
    LlrpFrameError,
    ReaderRefusedError,
)
from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.description import describe_identity, describe_region
from hardware.llrp.encoding.frames import Framer
from hardware.llrp.outputs import AntennasReported, InventoryStarted, Noted, Output, SendBytes
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup.refusals import missing_region
from hardware.network.connection import Connection, WakeUp, open_connection
from hardware.network.host_names import host_and_port
from hardware.reader_probe import PROBE_S, ProbeFailure, ProbeResult, usual_failure
from hardware.supervision.supervise import error_reason

# how long the end of the connection may take
_CLOSE_S: Final = 0.5
# how long the probe waits for the state of the antennas, which not every reader reports
_ANTENNAS_S: Final = 1.0


def probe_reader(
    host: str, port: int, settings: LlrpSettings | None = None, tls: ssl.SSLContext | None = None
) -> ProbeResult:
    """What the reader at this address reports in the driver's own dialogue, with the driver's own settings.

    Adds and starts the inventory as the driver does, then deletes it. Takes at most `PROBE_S`. Raises nothing.
    """
    place = host_and_port(host, port)
    dialogue = _Dialogue(settings or LlrpSettings())
    wake_up = WakeUp()
    try:
        with open_connection((host, port), wake_up, dialogue.settings.connect_s, tls) as connection:
            if connection is not None:
                dialogue.connected = True
                dialogue.run(connection)
    except (HardwareError, OSError) as error:
        return dialogue.result(place, _failure_kind(error, dialogue), error_reason(error))
    finally:
        wake_up.close()
    if (why := missing_region(dialogue.protocol.capabilities)) is not None:
        return dialogue.result(place, ProbeFailure.REGION, why)
    return dialogue.result(place, None, "")


class _Dialogue:
    """One connection and what was learned on it."""

    def __init__(self, settings: LlrpSettings) -> None:
        self.settings = settings
        self.protocol = ClientProtocol(settings, time.monotonic())
        self.connected = False
        self._running = False
        self._antennas: tuple[tuple[int, bool], ...] | None = None
        self._notes: list[str] = []
        self._end = time.monotonic() + PROBE_S - _CLOSE_S

    def run(self, connection: Connection) -> None:
        protocol, framer = ClientProtocol(self.settings, time.monotonic()), Framer()
        self.protocol = protocol
        try:
            while not (self._running and self._antennas is not None):
                now = time.monotonic()
                if now >= self._end:
                    break
                self._perform(protocol.tick(now), connection)
                chunk = connection.receive(min(protocol.deadline(), self._end) - now)
                for frame in framer.feed(chunk or b""):
                    self._perform(protocol.received(frame, time.monotonic()), connection)
            if not self._running:
                raise ConnectionLostError(f"not running after {PROBE_S:.0f} s")
        finally:
            self._close(protocol, connection)

    def _perform(self, outputs: list[Output], connection: Connection) -> None:
        for output in outputs:
            match output:
                case SendBytes(raw):
                    connection.send(raw)
                case InventoryStarted():
                    self._running = True
                    self._end = min(self._end, time.monotonic() + _ANTENNAS_S)
                case AntennasReported(antennas):
                    self._antennas = antennas
                case Noted(_, text):
                    self._notes.append(text)
                case _:
                    pass

    def _close(self, protocol: ClientProtocol, connection: Connection) -> None:
        # the end of a connection that did not get to "running" is explained already, or does not matter
        with suppress(OSError):
            connection.send(protocol.closing_messages())
            connection.drain(_CLOSE_S)

    def result(self, place: str, failure: ProbeFailure | None, why: str) -> ProbeResult:
        known = self.protocol.capabilities
        notes = tuple(note for note in self._notes if note != why)
        if known is None:
            return ProbeResult(place, failure, why, notes=notes)
        levels = [dbm for _, dbm in known.powers]
        states = self._antennas
        return ProbeResult(
            place,
            failure,
            why,
            identity=describe_identity(known),
            region=describe_region(known),
            antennas=tuple(range(1, known.antennas + 1)) or None,
            connected=None if states is None else tuple(port for port, connected in states if connected),
            power_dbm=(min(levels), max(levels)) if levels else None,
            notes=notes,
        )


def _failure_kind(error: Exception, dialogue: _Dialogue) -> ProbeFailure:
    if (usual := usual_failure(error)) is not None:
        return usual
    match error:
        case LlrpFrameError():
            return ProbeFailure.PROTOCOL
        case ReaderRefusedError():
            return ProbeFailure.REGION if _lacks_region(str(error), dialogue) else ProbeFailure.REFUSED
        case _:
            return ProbeFailure.SILENT if dialogue.connected else ProbeFailure.UNREACHABLE


def _lacks_region(refusal: str, dialogue: _Dialogue) -> bool:
    """By its capabilities, or in the words of its refusal."""
    return missing_region(dialogue.protocol.capabilities) is not None or "region" in refusal.lower()
