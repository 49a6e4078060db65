"""State of a simulated Impinj reader: its presets and configuration, what is running, and the events that it makes.

It checks what is written to it as the API's documents say (Impinj IoT device interface, OpenAPI 1.5.0 and 1.7.0).
"""

from __future__ import annotations

import re
import threading
import time
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hardware.sim.radio.field import Tag, TagField

Json = dict[str, Any]
SERIAL_NUMBER: Final = "370-00-00-0001"
MIN_BUFFER: Final = 1000
"""Events that wait for MQTT or for a web hook, at least (eventBufferSize)."""
_PRESET_ID: Final = re.compile(r"[a-zA-Z0-9_.-]{1,128}")
_SEARCH_MODES: Final = (
    "single-target", "dual-target", "single-target-with-tagfocus", "single-target-b-to-a",
    "dual-target-with-b-to-a-select",
)  # fmt: skip
# fields of a tag event, and whether a preset that does not name them has them
_TAG_FIELDS: Final = {
    "epc": True, "epcHex": False, "tid": True, "tidHex": False, "antennaPort": True, "transmitPowerCdbm": True,
    "peakRssiCdbm": True, "frequency": True, "pc": False, "lastSeenTime": False, "phaseAngle": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImpinjHabits:
    """Properties of one simulated reader, and how it misbehaves.

    `clock_error_s`: its clock minus the right time. `omitted_fields` never stand in its events. `malformed_every`: each
    n-th event is cut off. `refuses`: the API's paths that it answers with an error, and the error's text. Without
    `webhooks` it has the API 1.5, without MQTT's messages for connecting and without web hooks.
    """

    antennas: int = 4
    power_cdbm: tuple[int, int] = (1000, 3000)
    rf_modes: tuple[int, ...] = (1002, 1003, 1110)
    hostname: str = "impinj-00-00-01"
    user: str = "root"
    password: str = "impinj"  # noqa: S105 the maker's own, known to everybody
    authentication: str = "basic"
    interface: str = "rest"
    region: str = "ETSI EN 302 208 v3.1.1"
    clock_error_s: float = 0.0
    omitted_fields: tuple[str, ...] = ()
    malformed_every: int = 0
    refuses: Mapping[str, str] | None = None
    webhooks: bool = True
    ignores_start: bool = False


class RefusedError(Exception):
    """A request that the reader refuses: HTTP status and the JSON of the error."""

    def __init__(self, status: int, message: str, place: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, **({"invalidPropertyId": place} if place else {})}


class ImpinjState:
    """Presets, configuration and inventory. `lock` guards it; `events` hands out what is read."""

    def __init__(self, habits: ImpinjHabits, seed: int) -> None:
        self.habits = habits
        self.lock = threading.Lock()
        self.field = TagField(seed)
        self.status = "idle"
        self.active = ""
        self.presets: dict[str, Json] = {"default": self._default_preset()}
        self.http_stream: Json = {"eventBufferSize": 0}
        self.mqtt: Json = {"active": False}
        self.webhook: Json = {"active": False}
        self.mqtt_connected = False
        self.webhook_status: Json = {"status": "disabled"}
        # events that wait for MQTT and for the web hook; those of streams are added while they are connected
        self.mqtt_events: deque[Json] = deque(maxlen=MIN_BUFFER)
        self.hook_events: deque[Json] = deque(maxlen=MIN_BUFFER)
        self.outputs: list[deque[Json]] = [self.mqtt_events, self.hook_events]
        self.history: deque[Json] = deque()
        self.log: list[str] = []
        self._count = 0

    def now(self) -> str:
        """The reader's clock."""
        return (datetime.now(UTC) + timedelta(seconds=self.habits.clock_error_s)).isoformat()

    def schema(self) -> Json:
        """The JSON schema of presets, with this reader's antennas, powers and RF modes."""
        habits = self.habits
        least, most = habits.power_cdbm
        properties = {
            "antennaPort": {"$ref": "#/definitions/AntennaPort"},
            "transmitPowerCdbm": {"type": "integer", "minimum": least, "maximum": most, "multipleOf": 25},
            "rfMode": {"type": "integer", "enum": list(habits.rf_modes)},
        }
        return {
            "definitions": {"AntennaPort": {"type": "integer", "minimum": 1, "maximum": habits.antennas}},
            "properties": {"antennaConfigs": {"type": "array", "items": {"properties": properties}}},
        }

    def store(self, name: str, preset: Json) -> int:
        """Creates (201) or replaces (204) a preset."""
        if not _PRESET_ID.fullmatch(name):
            raise RefusedError(400, "not a preset id", "#/presetId")
        if name.startswith(("default", "impinj")):
            raise RefusedError(403, "cannot create or replace a preset with this id")
        if name == self.active and self.status != "idle":
            raise RefusedError(409, "the preset is running")
        self._check(preset)
        status = 204 if name in self.presets else 201
        self.presets[name] = preset
        return status

    def start(self, name: str) -> None:
        if name not in self.presets:
            raise RefusedError(404, "no such preset")
        if self.status != "idle" and self.active != name:
            raise RefusedError(409, "another operation is running")
        self.active = name
        if not self.habits.ignores_start:
            self._set_status("running")

    def stop(self) -> None:
        self.active = ""
        self._set_status("idle")

    def report(self, event: Json) -> None:
        """Hands an event to every output; keeps it for a stream that is not connected yet."""
        self._count += 1
        stamped = {"timestamp": self.now(), **event}
        if self._events_config("common").get("hostname") == "enabled":
            stamped["hostname"] = self.habits.hostname
        for output in self.outputs:
            output.append(stamped)
        self.history.append(stamped)
        while len(self.history) > self.http_stream.get("eventBufferSize", 0):
            self.history.popleft()

    def inventory(self) -> None:
        """Reports the reads that are due."""
        if self.status != "running":
            self.field.read(time.monotonic(), 0)
            return
        configs = self.presets.get(self.active, self._default_preset())["antennaConfigs"]
        ports = frozenset(config["antennaPort"] for config in configs)
        for read in self.field.read(time.monotonic(), 0, ports):
            event = {
                "epc": urlsafe_b64encode(bytes.fromhex(read.epc)).decode().rstrip("="),
                "epcHex": read.epc,
                "antennaPort": read.antenna,
                "peakRssiCdbm": None if read.rssi_dbm is None else 100 * read.rssi_dbm,
                "frequency": 866_300,
                "lastSeenTime": self.now(),
            }
            self.report(
                {
                    "eventType": "tagInventory",
                    "tagInventoryEvent": {
                        name: value for name, value in event.items() if self._reported(name)
                    },
                }
            )

    def place(self, tag: Tag) -> None:
        with self.lock:
            self.field.place(tag, time.monotonic())

    def is_malformed(self, event: Json) -> bool:
        """Whether this event is sent cut off."""
        every = self.habits.malformed_every
        return bool(every) and sum(event["timestamp"].encode()) % every == 0

    def _reported(self, name: str) -> bool:
        usual = "enabled" if _TAG_FIELDS[name] else "disabled"
        wanted = self._events_config("tagInventory").get(name, usual) == "enabled"
        return wanted and name not in self.habits.omitted_fields

    def _events_config(self, part: str) -> Json:
        found = self.presets.get(self.active, {}).get("eventConfig", {}).get(part, {})
        return found if isinstance(found, dict) else {}

    def _set_status(self, status: str) -> None:
        if status != self.status:
            self.status = status
            self.report({"eventType": "inventoryStatus", "inventoryStatusEvent": {"status": status}})

    def _default_preset(self) -> Json:
        config = {
            "transmitPowerCdbm": self.habits.power_cdbm[1],
            "rfMode": self.habits.rf_modes[0],
            "inventorySession": 2,
            "inventorySearchMode": "single-target",
            "estimatedTagPopulation": 32,
        }
        ports = range(1, self.habits.antennas + 1)
        return {"antennaConfigs": [{"antennaPort": port, **config} for port in ports]}

    def _check(self, preset: Json) -> None:
        configs = preset.get("antennaConfigs")
        if not isinstance(configs, list) or not configs:
            raise RefusedError(400, "antennaConfigs is missing", "#/antennaConfigs")
        least, most = self.habits.power_cdbm
        for at, config in enumerate(configs):
            power = config.get("transmitPowerCdbm")
            allowed = {
                "antennaPort": config.get("antennaPort") in range(1, self.habits.antennas + 1),
                "transmitPowerCdbm": isinstance(power, int) and least <= power <= most and power % 25 == 0,
                "rfMode": config.get("rfMode") in self.habits.rf_modes,
                "inventorySession": config.get("inventorySession") in range(4),
                "inventorySearchMode": config.get("inventorySearchMode") in _SEARCH_MODES,
                "estimatedTagPopulation": config.get("estimatedTagPopulation") in range(1, 32_769),
            }
            for name, good in allowed.items():
                if not good:
                    raise RefusedError(400, f"{name} is not allowed", f"#/antennaConfigs/{at}/{name}")
        fields = preset.get("eventConfig", {}).get("tagInventory", {})
        for name, value in fields.items():
            known = name in _TAG_FIELDS and value in ("enabled", "disabled")
            if not known and name != "tagReporting":
                raise RefusedError(400, f"{name} is not allowed", f"#/eventConfig/tagInventory/{name}")
