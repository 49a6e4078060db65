"""Probe of an LLRP reader: runs the driver's dialogue once, until the reader would post reads, then closes it."""

from __future__ import annotations

import ssl
import time
from typing import Final

from hardware.connection import Connection, WakeUp, open_connection
from hardware.errors import (
    ConnectionLostError,
    HardwareError,
    HostNameError,
    LlrpFrameError,
    ReaderBusyError,
    ReaderRefusedError,
    ReaderVersionError,
)
from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.frames import Framer
from hardware.llrp.messages import Capabilities
from hardware.llrp.outputs import InventoryStarted, Noted, Output, SendBytes
from hardware.llrp.settings import LlrpSettings
from hardware.reader_probe import PROBE_S, ProbeFailure, ProbeResult
from hardware.supervise import error_reason

# how long the end of the connection may take
_CLOSE_S: Final = 0.5
# IANA enterprise numbers, with which LLRP names the maker
MAKERS: Final = {161: "Zebra", 25882: "Impinj"}


def probe_reader(
    host: str, port: int, settings: LlrpSettings | None = None, tls: ssl.SSLContext | None = None
) -> ProbeResult:
    """What the reader at this address tells in the driver's own dialogue, with the driver's own settings.

    Adds and starts the inventory as the driver does, then deletes it. Takes at most `PROBE_S`. Raises nothing.
    """
    place = f"{host}:{port}"
    dialogue = _Dialogue(settings or LlrpSettings())
    wake_up = WakeUp()
    try:
        with open_connection((host, port), wake_up, dialogue.settings.connect_s, tls) as connection:
            if connection is not None:
                dialogue.connected = True
                dialogue.run(connection)
    except (HardwareError, OSError, UnicodeError) as error:
        return dialogue.result(place, _failure_kind(error, dialogue), error_reason(error))
    finally:
        wake_up.close()
    return dialogue.result(place, None, "")


class _Dialogue:
    """One connection and what was learned on it."""

    def __init__(self, settings: LlrpSettings) -> None:
        self.settings = settings
        self.connected = False
        self.running = False
        self.capabilities: Capabilities | None = None
        self.notes: list[str] = []

    def run(self, connection: Connection) -> None:
        protocol, framer = ClientProtocol(self.settings, time.monotonic()), Framer()
        end = time.monotonic() + PROBE_S - _CLOSE_S
        try:
            while not self.running:
                now = time.monotonic()
                if now > end:
                    raise ConnectionLostError(f"not running after {PROBE_S:.0f} s")
                self._perform(protocol.tick(now), connection)
                chunk = connection.receive(min(protocol.deadline(), end) - now)
                for frame in framer.feed(chunk or b""):
                    self._perform(protocol.received(frame, time.monotonic()), connection)
        finally:
            self._close(protocol, connection)

    def _perform(self, outputs: list[Output], connection: Connection) -> None:
        for output in outputs:
            match output:
                case SendBytes(raw):
                    connection.send(raw)
                case InventoryStarted(capabilities):
                    self.running, self.capabilities = True, capabilities
                case Noted(_, text):
                    self.notes.append(text)
                case _:
                    pass

    def _close(self, protocol: ClientProtocol, connection: Connection) -> None:
        try:
            connection.send(protocol.closing_messages())
            connection.drain(_CLOSE_S)
        except OSError:
            self.notes.append("the reader closed the connection before it was asked to")

    def result(self, place: str, failure: ProbeFailure | None, why: str) -> ProbeResult:
        known = self.capabilities
        if known is None:
            return ProbeResult(place, failure, why, notes=tuple(self.notes))
        levels = [dbm for _, dbm in known.powers]
        return ProbeResult(
            place,
            failure,
            why,
            identity=describe_identity(known),
            antennas=tuple(range(1, known.antennas + 1)),
            power_dbm=(min(levels), max(levels)) if levels else None,
            notes=tuple(self.notes),
        )


def describe_identity(known: Capabilities) -> str:
    """Maker, model number and firmware; LLRP has no model names."""
    maker = MAKERS.get(known.manufacturer, f"maker {known.manufacturer}")
    return f"{maker}, model {known.model}, firmware {known.firmware}"


def _failure_kind(error: Exception, dialogue: _Dialogue) -> ProbeFailure:
    match error:
        case HostNameError():
            return ProbeFailure.NAME
        case ssl.SSLError():
            return ProbeFailure.CERTIFICATE
        case ReaderBusyError():
            return ProbeFailure.BUSY
        case LlrpFrameError() | ReaderVersionError():
            return ProbeFailure.PROTOCOL
        case ReaderRefusedError():
            # before the first message only the certificate can be refused
            return ProbeFailure.REFUSED if dialogue.connected else ProbeFailure.CERTIFICATE
        case _:
            return ProbeFailure.SILENT if dialogue.connected else ProbeFailure.UNREACHABLE
