"""Probes an Impinj reader for `cheval doctor`: the driver's own dialogue until its inventory runs, and what it reports.

An idle reader is started with the driver's preset and stopped again; a running one is not disturbed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any, Final

from hardware.errors import (
    ConnectionLostError,
    HardwareError,
    ReaderRefusedError,
)
from hardware.impinj.control import API, ReaderAddress, ReaderControl, active_preset, is_reading, named
from hardware.impinj.hook_reader import HookSettings
from hardware.impinj.mqtt_reader import MqttSource, check_output
from hardware.impinj.preset import Capabilities, missing_in
from hardware.impinj.settings import OWN_PRESET
from hardware.network.connection import WakeUp
from hardware.network.host_names import host_and_port
from hardware.network.http.hook_listener import HookListener
from hardware.network.http.hook_requests import HookAccess
from hardware.network.mqtt.client import mqtt_client
from hardware.reader_probe import BROKER_ADVICE, ProbeFailure, ProbeResult, usual_failure
from hardware.supervision.supervise import error_reason

_ONLY_BROKER: Final = (
    "whether the reader publishes is seen only while the store runs; append reader=HOST to ask it"
)
_ONLY_PORT: Final = "whether the reader posts its events is seen while the store runs"
_FACTORY_PASSWORD: Final = "impinj"  # noqa: S105 known to everybody
# until a started inventory runs
_START_S: Final = 3.0
_PAUSE_S: Final = 0.1
_NOT_RUNNING: Final = "its inventory was started, but does not run; check its region and its antennas"


@dataclass(slots=True)
class _Found:
    """What was learned so far."""

    answered: bool = False
    identity: str = ""
    region: str = ""
    allowed: Capabilities = field(default_factory=Capabilities)
    notes: list[str] = field(default_factory=list)


def probe_reader(reader: ReaderAddress, source: MqttSource | None = None) -> ProbeResult:
    """Identity, antennas and failure of this reader. Raises nothing.

    With `source`, also whether the reader publishes there, unless that will be written.
    """
    found, wake_up = _Found(), WakeUp()
    failure, why = None, ""
    try:
        control = ReaderControl(reader, wake_up)
        _ask(control, reader, found)
        if source is not None and not source.configure:
            check_output(control.rest.request("GET", f"{API}/mqtt"), source.topic)
    except (HardwareError, OSError) as error:
        failure, why = _failure_of(error, answered=found.answered), error_reason(error)
    finally:
        wake_up.close()
    power = found.allowed.power_cdbm
    return ProbeResult(
        host_and_port(reader.host, reader.port),
        failure,
        why,
        identity=found.identity,
        region=found.region,
        antennas=found.allowed.antennas or None,
        power_dbm=None if power is None else (power[0] / 100, power[1] / 100),
        notes=tuple(found.notes),
    )


def probe_broker(source: MqttSource, reader: ReaderAddress | None) -> ProbeResult:
    """Whether the broker accepts us, and what the reader reports, if its address is known; raises nothing."""
    place = host_and_port(*source.broker)
    wake_up = WakeUp()
    try:
        with mqtt_client(source.broker, source.tls, wake_up, source.connection()):
            pass
    except (HardwareError, OSError) as error:
        # a broker refuses nothing but the login
        refused = ProbeFailure.LOGIN if isinstance(error, ReaderRefusedError) else None
        kind = usual_failure(error) or refused or _failure_of(error, answered=False)
        return ProbeResult(place, kind, f"broker: {error_reason(error)}", BROKER_ADVICE.get(kind, ""))
    finally:
        wake_up.close()
    if reader is not None:
        return probe_reader(reader, source)
    return ProbeResult(place, identity="broker works", notes=(_ONLY_BROKER,))


def probe_hook(hook: HookSettings, reader: ReaderAddress | None) -> ProbeResult:
    """Whether our port can be opened, and what the reader reports, if it is controlled; raises nothing."""
    place = host_and_port(*hook.listen)
    wake_up = WakeUp()
    try:
        HookListener(hook.listen, HookAccess("/"), wake_up, hook.tls).close()
    except ConnectionLostError as error:
        advice = (
            "End the program that uses this port (the running store does), or write another port in listen=."
        )
        return ProbeResult(place, ProbeFailure.BUSY, str(error), advice)
    finally:
        wake_up.close()
    if reader is not None:
        found = probe_reader(reader)
        return replace(found, notes=(*found.notes, _ONLY_PORT))
    return ProbeResult(place, identity="port can be opened", notes=(_ONLY_PORT,))


def _ask(control: ReaderControl, reader: ReaderAddress, found: _Found) -> None:
    status = control.status()
    found.answered = True
    system, image = (_shown(control, path) for path in ("/system", "/system/image"))
    words = [system.get("manufacturer"), system.get("productModel"), image.get("primaryFirmware")]
    found.identity = " ".join(word for word in words if isinstance(word, str))
    found.region = str(_shown(control, "/system/region").get("operatingRegion", ""))
    found.allowed = control.capabilities()
    name = reader.settings.preset
    if reader.settings.password == _FACTORY_PASSWORD:
        found.notes.append("it still has the factory password; change it on the reader's page")
    if name:
        found.notes += [note.text for note in missing_in(control.preset(name))]
    else:
        found.notes += [note.text for note in control.wanted_preset()[1]]
    active = active_preset(status)
    if not is_reading(status):
        _start(control)
    elif active != (name or OWN_PRESET):
        after = "the store will stop it" if not name else "stop it on the reader's page"
        found.notes.append(f"it is running {named(active)}; {after}")


def _start(control: ReaderControl) -> None:
    try:
        control.prepare()
        end = time.monotonic() + _START_S
        while not is_reading(control.status()):
            if time.monotonic() > end:
                raise ReaderRefusedError(_NOT_RUNNING, 409)
            time.sleep(_PAUSE_S)
    finally:
        control.change("POST", "/profiles/stop")


def _shown(control: ReaderControl, path: str) -> dict[str, Any]:
    """An answer that is only shown; {} if the reader does not give it."""
    answer = control.rest.send("GET", f"{API}{path}")
    try:
        return answer.json() if answer.ok else {}
    except ConnectionLostError:
        return {}


def _failure_of(error: Exception, *, answered: bool) -> ProbeFailure:
    if (usual := usual_failure(error)) is not None:
        return usual
    match error:
        case ReaderRefusedError(status=401 | 403):
            return ProbeFailure.LOGIN
        case ReaderRefusedError(status=404) if not answered:
            return ProbeFailure.PROTOCOL
        case ReaderRefusedError():
            return ProbeFailure.REFUSED
        case ConnectionLostError() if "HTTP" in str(error) or "JSON" in str(error) or "secure" in str(error):
            return ProbeFailure.PROTOCOL
        case _:
            return ProbeFailure.SILENT if answered else ProbeFailure.UNREACHABLE
