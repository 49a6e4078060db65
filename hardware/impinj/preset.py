"""The inventory preset that the driver writes to an Impinj reader, and what is missing in a preset of the retailer's.

Pure. Source: Impinj IoT device interface, OpenAPI documents 1.5.0 and 1.7.0 (InventoryRequest and the objects in it);
the reader's own JSON schema of presets (`presets-schema`) gives its antennas, powers and RF modes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from hardware.errors import ReaderRefusedError, ReaderSettingError
from hardware.impinj.settings import ImpinjSettings
from hardware.json_fields import as_object
from hardware.ports import NoteKind

# steps of transmitPowerCdbm, in 1/100 dBm
_POWER_STEP_CDBM: Final = 25
# of a room; the reader adapts, this is where it begins
_TAG_POPULATION: Final = 32
# RF modes of the maker that choose the link by themselves, the one for many readers first
_RF_MODES: Final = (1002, 1000, 1110, 1210, 1004, 1003)
# deepest place of a property in the reader's schema
_MAX_DEPTH: Final = 12

Preset = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a reader allows in a preset; empty or None where its schema does not tell. Powers in 1/100 dBm."""

    antennas: tuple[int, ...] = ()
    power_cdbm: tuple[int, int] | None = None
    rf_modes: tuple[int, ...] = ()

    @classmethod
    def of(cls, schema: Preset) -> Capabilities:
        """From the reader's JSON schema of presets."""
        port, power, mode = (
            _property(schema, name) for name in ("antennaPort", "transmitPowerCdbm", "rfMode")
        )
        last = _whole(port.get("maximum"))
        ports = _wholes(port.get("enum")) or tuple(range(1, min(last, 256) + 1) if last else ())
        values = _wholes(power.get("enum"))
        least, most = _whole(power.get("minimum")), _whole(power.get("maximum"))
        if values:
            least, most = min(values), max(values)
        return cls(ports, (least, most) if least and most else None, _wholes(mode.get("enum")))


@dataclass(frozen=True, slots=True)
class PresetNote:
    """Something about a preset that a technician should know."""

    kind: NoteKind
    text: str


def own_preset(
    settings: ImpinjSettings, reader: Capabilities, default: Preset
) -> tuple[Preset, list[PresetNote]]:
    """The preset for these settings; `default` is the reader's own preset "default", {} if it has none.

    Raises ReaderSettingError for an antenna that the reader does not have, and if the reader does not tell its antennas
    or powers and the settings do not either.
    """
    notes: list[PresetNote] = []
    model = _antenna_configs(default)
    power = _power_cdbm(settings, reader, model, notes)
    antenna = {
        "transmitPowerCdbm": power,
        "rfMode": _rf_mode(settings, reader, model),
        "inventorySession": settings.session,
        "inventorySearchMode": "dual-target",
        "estimatedTagPopulation": _TAG_POPULATION,
    }
    switched_off = (
        "epc",
        "tid",
        "tidHex",
        "transmitPowerCdbm",
        "frequency",
        "pc",
        "lastSeenTime",
        "phaseAngle",
    )
    fields = {
        "epcHex": "enabled",
        "antennaPort": "enabled",
        "peakRssiCdbm": "enabled",
        **dict.fromkeys(switched_off, "disabled"),
    }
    preset = {
        "antennaConfigs": [{"antennaPort": port, **antenna} for port in _antennas(settings, reader, model)],
        "eventConfig": {
            "common": {"hostname": "enabled"},
            "tagInventory": {"tagReporting": {"reportingIntervalSeconds": 0}, **fields},
        },
    }
    return preset, notes


def contains(stored: object, wanted: object) -> bool:
    """Whether a stored preset has everything that is wanted; the reader may have added defaults."""
    if isinstance(wanted, dict):
        return isinstance(stored, dict) and all(
            contains(stored.get(key), value) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        return (
            isinstance(stored, list)
            and len(stored) == len(wanted)
            and all(contains(one, other) for one, other in zip(stored, wanted, strict=True))
        )
    return stored == wanted


def missing_in(preset: Preset) -> list[PresetNote]:
    """What the events of a retailer's preset lack. Raises ReaderRefusedError if they have no EPC."""
    events = preset.get("eventConfig")
    fields = as_object(as_object(events).get("tagInventory"))
    if fields.get("epc", "enabled") == "disabled" and fields.get("epcHex", "disabled") == "disabled":
        raise ReaderRefusedError("its preset reports no EPC; switch epcHex on in its eventConfig")
    notes = []
    if fields.get("antennaPort") == "disabled":
        notes.append(
            PresetNote(
                NoteKind.ANTENNA, "its preset reports no antenna; switch antennaPort on in its eventConfig"
            )
        )
    if fields.get("peakRssiCdbm") == "disabled":
        notes.append(
            PresetNote(
                NoteKind.SIGNAL,
                "its preset reports no signal strength; switch peakRssiCdbm on in its eventConfig",
            )
        )
    return notes + _slow(preset, fields)


def _slow(preset: Preset, fields: dict[str, Any]) -> list[PresetNote]:
    """Settings of a preset with which a tag is reported too seldom."""
    reporting = fields.get("tagReporting")
    interval_s = _whole(reporting.get("reportingIntervalSeconds")) if isinstance(reporting, dict) else None
    if interval_s:
        return [
            PresetNote(
                NoteKind.SLOW_READS,
                f"its preset reports a tag every {interval_s} s only; set reportingIntervalSeconds to 0",
            )
        ]
    configs = _antenna_configs(preset)
    if any(
        config.get("inventorySession") in (1, 2, 3)
        and str(config.get("inventorySearchMode", "")).startswith("single-target")
        for config in configs
    ):
        return [
            PresetNote(
                NoteKind.SLOW_READS,
                "its preset reads a tag once and then for seconds no more: use session 0 or dual-target",
            )
        ]
    return []


def _antennas(settings: ImpinjSettings, reader: Capabilities, model: list[Preset]) -> tuple[int, ...]:
    known = reader.antennas or tuple(port for config in model if (port := _whole(config.get("antennaPort"))))
    if not known and not settings.antennas:
        raise ReaderSettingError("it does not tell its antennas; append antennas= to the address")
    wrong = [port for port in settings.antennas if reader.antennas and port not in reader.antennas]
    if wrong:
        has = ", ".join(map(str, reader.antennas))
        raise ReaderSettingError(f"it has the antennas {has}, not antenna {', '.join(map(str, wrong))}")
    return settings.antennas or known


def _power_cdbm(
    settings: ImpinjSettings, reader: Capabilities, model: list[Preset], notes: list[PresetNote]
) -> int:
    """In 1/100 dBm, in the steps and limits of the reader."""
    if settings.power_dbm is not None:
        wanted = math.floor(100 * settings.power_dbm / _POWER_STEP_CDBM) * _POWER_STEP_CDBM
        least, most = reader.power_cdbm or (wanted, wanted)
        power = max(least, min(most, wanted))
        if power != round(100 * settings.power_dbm):
            text = f"power {power / 100:.2f} dBm is used instead of {settings.power_dbm:g} dBm"
            limits = (
                f"; this reader allows {least / 100:.2f} to {most / 100:.2f} dBm" if power != wanted else ""
            )
            notes.append(PresetNote(NoteKind.SETTING, text + limits))
        return power
    of_default = [number for config in model if (number := _whole(config.get("transmitPowerCdbm")))]
    if of_default:
        return max(of_default)
    if reader.power_cdbm is not None:
        return reader.power_cdbm[1]
    raise ReaderSettingError("it does not tell its transmit powers; append power_dbm= to the address")


def _rf_mode(settings: ImpinjSettings, reader: Capabilities, model: list[Preset]) -> int:
    if settings.rf_mode is not None:
        if reader.rf_modes and settings.rf_mode not in reader.rf_modes:
            allowed = ", ".join(map(str, reader.rf_modes))
            raise ReaderRefusedError(
                f"it has no RF mode {settings.rf_mode} in its region; there is {allowed}"
            )
        return settings.rf_mode
    of_default = [number for config in model if (number := _whole(config.get("rfMode"))) is not None]
    known = of_default or [mode for mode in _RF_MODES if mode in reader.rf_modes] or list(reader.rf_modes)
    if not known:
        raise ReaderSettingError("it does not tell its RF modes; append rf_mode= to the address")
    return known[0]


def _antenna_configs(preset: Preset) -> list[Preset]:
    configs = preset.get("antennaConfigs")
    return [config for config in configs if isinstance(config, dict)] if isinstance(configs, list) else []


def _property(schema: Preset, name: str) -> Preset:
    """The first schema of a property with this name; references inside the document are followed."""
    level: list[object] = [schema]
    for _ in range(_MAX_DEPTH):
        for node in level:
            found = node.get(name) if isinstance(node, dict) else None
            if isinstance(found, dict):
                return _resolved(schema, found)
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return {}


def _resolved(schema: Preset, node: Preset) -> Preset:
    reference = node.get("$ref")
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return node
    found: object = schema
    for part in reference[2:].split("/"):
        found = as_object(found).get(part)
    return as_object(found)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wholes(values: object) -> tuple[int, ...]:
    return tuple(v for v in values if _whole(v) is not None) if isinstance(values, list) else ()
