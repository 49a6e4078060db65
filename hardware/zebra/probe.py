"""Probe of a Zebra reader: runs the driver's dialogue once, until the reader would post reads, then closes it."""

from __future__ import annotations

import ssl
from contextlib import suppress
from dataclasses import replace
from typing import Final

from hardware.errors import (
    ConnectionLostError,
    HardwareError,
    ReaderRefusedError,
)
from hardware.json_fields import as_text
from hardware.network.connection import WakeUp, open_connection
from hardware.network.host_names import host_and_port
from hardware.printable_text import printable
from hardware.reader_probe import PROBE_S, ProbeFailure, ProbeResult, usual_failure
from hardware.supervision.supervise import error_reason
from hardware.threads.supervised import TimeLimit
from hardware.zebra.errors import EndpointError, LoginRefusedError, NoRegionError, WokenUp
from hardware.zebra.event_intake import EventIntake
from hardware.zebra.reader import WEB_SOCKET_PATH, wait_until_open
from hardware.zebra.reader_control import ReaderControl
from hardware.zebra.reader_setup import Region, read_region
from hardware.zebra.rest_client import ZebraRest
from hardware.zebra.settings import ZebraSettings
from hardware.zebra.web_socket import WebSocketClient

# seconds for each response, and for the whole dialogue
_ANSWER_S: Final = 3.0
_WITHIN_S: Final = PROBE_S - 2.0

_ENDPOINT_ADVICE: Final = (
    "Set its endpoint as radio.md says (Zebra with IoT Connector), or use llrp:// for this reader."
)


def probe_reader(
    host: str,
    port: int,
    tls: ssl.SSLContext | None,
    settings: ZebraSettings,
    *,
    web_socket: bool = True,
    within_s: float = _WITHIN_S,
) -> ProbeResult:
    """What the reader at this address reports in the driver's own dialogue, with the driver's own settings.

    Writes the operating mode and starts the inventory as the driver does, and stops it again if it did not run before.
    `web_socket`: reads come over the reader's WebSocket. Ends after `within_s` seconds. Raises nothing.
    """
    wake_up = WakeUp()
    dialogue = _Dialogue((host, port), tls, wake_up, replace(settings, answer_s=_ANSWER_S))
    end = TimeLimit("end of the probe", within_s, wake_up.wake)
    try:
        dialogue.run(web_socket)
    except WokenUp:
        return dialogue.result(
            ProbeFailure.SILENT, f"it does not read after {within_s:g} s: its answers are slow"
        )
    except (HardwareError, OSError) as error:
        found = dialogue.result(_failure_of(error, answered=dialogue.answered), error_reason(error))
        return replace(found, advice=_ENDPOINT_ADVICE) if isinstance(error, EndpointError) else found
    finally:
        end.cancel()
        wake_up.close()
    return dialogue.result(None, "")


class _Dialogue:
    """One run of the driver's dialogue and what was learned in it."""

    def __init__(
        self, address: tuple[str, int], tls: ssl.SSLContext | None, wake_up: WakeUp, settings: ZebraSettings
    ) -> None:
        self._address, self._tls, self._wake_up, self._settings = address, tls, wake_up, settings
        self._place = host_and_port(*address)
        self._control = ReaderControl(address, tls, wake_up, settings, EventIntake("probe"))
        self.answered = False
        self._identity = ""
        self._region: Region | None = None

    def run(self, web_socket: bool) -> None:
        control = self._control
        control.log_in()
        self.answered = True
        self._identity = _identity(control.rest)
        self._region = read_region(control.rest)
        control.prepare()
        try:
            if web_socket:
                self._open_web_socket()
            control.start(lambda: None)
        finally:
            if control.state.reads is False:
                # a reader that cannot be stopped is no finding: it reads, as with the driver
                with suppress(HardwareError, OSError, WokenUp):
                    control.rest.put("/cloud/stop", {})

    def _open_web_socket(self) -> None:
        with open_connection(self._address, self._wake_up, self._settings.connect_s, self._tls) as connection:
            if connection is not None:
                link = WebSocketClient(self._place, WEB_SOCKET_PATH, self._control.rest.authorisation)
                connection.send(link.request)
                wait_until_open(connection, link, self._wake_up, self._settings.answer_s)

    def result(self, failure: ProbeFailure | None, why: str) -> ProbeResult:
        state = self._control.state
        region = self._region
        least, most = (region.min_power_dbm, region.max_power_dbm) if region else (None, None)
        return ProbeResult(
            self._place,
            failure,
            why,
            identity=self._identity,
            region=region.name if region else "",
            antennas=state.ports or None,
            connected=tuple(sorted(port for port, there in state.connected.items() if there))
            if state.connected
            else None,
            power_dbm=None if least is None or most is None else (least, most),
            notes=tuple(text for _, text in self._control.notes),
        )


def _identity(rest: ZebraRest) -> str:
    """Maker, model and firmware; only the maker if this firmware does not report them."""
    try:
        reported = rest.get("/cloud/version")
    except ReaderRefusedError:
        return "Zebra"
    model, firmware = (printable(as_text(reported.get(key))) for key in ("model", "readerApplication"))
    return " ".join(filter(None, ("Zebra", model))) + (f", firmware {firmware}" if firmware else "")


def _failure_of(error: Exception, *, answered: bool) -> ProbeFailure:
    if (usual := usual_failure(error)) is not None:
        return usual
    match error:
        case LoginRefusedError():
            return ProbeFailure.LOGIN
        case NoRegionError():
            return ProbeFailure.REGION
        case ReaderRefusedError():
            return ProbeFailure.REFUSED if answered else ProbeFailure.PROTOCOL
        case ConnectionLostError() if "not a valid HTTP response" in str(error):
            return ProbeFailure.PROTOCOL
        case _:
            return ProbeFailure.SILENT if answered else ProbeFailure.UNREACHABLE
