"""Probe of a Zebra reader that pushes its events: its control over REST if there is one, then its messages."""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import Final

from hardware.errors import HardwareError, ReaderRefusedError
from hardware.reader_probe import BROKER_ADVICE, ProbeFailure, ProbeResult, usual_failure
from hardware.supervision.supervise import error_reason
from hardware.zebra.errors import WrongAccessError
from hardware.zebra.mqtt_reader import ZebraMqttReader
from hardware.zebra.probe import probe_reader
from hardware.zebra.pushed_reader import PushedReader

# seconds to wait for a message; without control nothing else shows that the reader works
_WAIT_S: Final = 10.0
_CONTROLLED_WAIT_S: Final = 2.0
# return codes of a broker for a wrong user or password (MQTT 3.1.1, table 3.1)
_LOGIN_CODES: Final = frozenset({4, 5})
_SILENT: Final = "nothing came from the reader within {:g} s"
_SILENT_ADVICE: Final = (
    "Hold a tag in front of an antenna and try again; check the endpoint, the topic and the interfaces mapped to it in "
    "the reader's console (IoT Connector)."
)
_ACCESS_ADVICE: Final = (
    "Correct hook_user= and the password in hook_password_file=, or the endpoint in the reader's console."
)


def probe_pushed(
    reader: PushedReader, place: str, wait_s: float = _WAIT_S, controlled_wait_s: float = _CONTROLLED_WAIT_S
) -> ProbeResult:
    """What is found out about a reader that is not started; closes it. Raises nothing. Times in seconds."""
    found = ProbeResult(place)
    of = reader.controlled
    if of is not None:
        found = probe_reader(*of.address, of.tls, of.settings, web_socket=False)
    try:
        if found.failure is None:
            found = _with_messages(reader, found, wait_s if of is None else controlled_wait_s)
    except (HardwareError, OSError) as error:
        return _failed(found, place, error, at_broker=isinstance(reader, ZebraMqttReader))
    finally:
        reader.close()
    return found


def _with_messages(reader: PushedReader, found: ProbeResult, wait_s: float) -> ProbeResult:
    if reader.wait_for_message(wait_s):
        return found
    said = _SILENT.format(wait_s)
    if reader.controlled is not None:
        # it may read no tag and send heartbeats more seldom
        return replace(
            found, notes=(*found.notes, f"{said}; {_SILENT_ADVICE[0].lower()}{_SILENT_ADVICE[1:]}")
        )
    return replace(found, failure=ProbeFailure.SILENT, why=said, advice=_SILENT_ADVICE)


def _failed(found: ProbeResult, place: str, error: Exception, *, at_broker: bool) -> ProbeResult:
    failure, why, advice = _failure_of(error), error_reason(error), ""
    if at_broker:
        why, advice = f"broker: {why}", BROKER_ADVICE.get(failure, "")
    elif isinstance(error, WrongAccessError):
        advice = _ACCESS_ADVICE
    return replace(found, place=place, failure=failure, why=why, advice=advice)


def _failure_of(error: Exception) -> ProbeFailure:
    if (usual := usual_failure(error)) is not None:
        return usual
    match error:
        case WrongAccessError():
            return ProbeFailure.LOGIN
        case ReaderRefusedError():
            return ProbeFailure.LOGIN if error.status in _LOGIN_CODES else ProbeFailure.REFUSED
        case _ if getattr(error.__cause__, "errno", None) == errno.EADDRINUSE:
            return ProbeFailure.BUSY
        case _:
            return ProbeFailure.UNREACHABLE
