"""The reader's operating mode: what Cheval writes to it, and what a retailer's own mode lacks.

Fields and defaults: IoT Connector, schema "operatingMode" (PUT and GET /cloud/mode). The defaults there: each tag is
reported once (SIMPLE), every second or minute (INVENTORY), session 1, 27 dBm, no antenna or signal strength (SIMPLE).
Target AB reads tags in both states of their inventoried flag, so a tag that stays is read all the time in every session
(EPC Gen2, 6.3.2.2: the flag of session 0 does not fall back while the tag has power).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hardware.json_fields import as_number, as_object, as_text
from hardware.ports import NoteKind
from hardware.zebra.settings import RadioSettings

Mode = dict[str, object]
# what a mode reports if it has no tagMetaData
_DEFAULT_METADATA: Final[dict[str, tuple[str, ...]]] = {
    "INVENTORY": ("ANTENNA", "RSSI", "SEEN_COUNT"),
    "PORTAL": ("ANTENNA",),
    "CONVEYOR": ("ANTENNA",),
}
# seconds between reports of one tag, above which the decision about rooms is slow
_MAX_INTERVAL_S: Final = 2.0
_UNITS_S: Final = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}


def our_mode(radio: RadioSettings, antennas: tuple[int, ...] = ()) -> Mode:
    """The mode that Cheval writes: every read is reported, with antenna and signal strength. `antennas` empty: all."""
    mode: Mode = {
        "type": "CUSTOM",
        "tagMetaData": ["ANTENNA", "RSSI"],
        "reportFilter": {"duration": 0, "type": "PER_ANTENNA"},
        "query": {"tagPopulation": 32, "sel": "ALL", "session": f"S{radio.session}", "target": "AB"},
    }
    if antennas:
        mode["antennas"] = list(antennas)
    if radio.power_dbm is not None:
        mode["transmitPower"] = radio.power_dbm
    return mode


def weaker_modes(mode: Mode) -> Iterator[tuple[Mode, str]]:
    """Modes to try one after the other if the reader refuses `mode`, each with what is not set then."""
    refused = []
    for field, what in (("transmitPower", "the transmit power"), ("query", "the session")):
        if field in mode:
            mode = {key: value for key, value in mode.items() if key != field}
            refused.append(what)
            yield mode, " and ".join(refused)


def is_same(found: Mode, wanted: Mode) -> bool:
    """Whether the reader's mode has all that is wanted; it may show one value for each antenna as a list."""
    return all(_matches(found.get(key), value) for key, value in wanted.items())


def _matches(found: object, wanted: object) -> bool:
    if isinstance(wanted, dict):
        each = found if isinstance(found, list) else [found]
        return bool(each) and all(is_same(as_object(one), wanted) for one in each)
    if isinstance(wanted, list):
        return (
            isinstance(found, list) and all(value in found for value in wanted) and len(found) == len(wanted)
        )
    if isinstance(found, list):
        return bool(found) and all(value == wanted for value in found)
    return found == wanted


def shortcomings(mode: Mode) -> Iterator[tuple[NoteKind, str]]:
    """What a retailer's own mode lacks for the decision in which room a garment is, each with what to do."""
    reported = _metadata(mode)
    if "ANTENNA" not in reported:
        yield NoteKind.ANTENNA, "its operating mode reports no antenna: add ANTENNA to its tagMetaData"
    if "RSSI" not in reported:
        yield NoteKind.SIGNAL, "its operating mode reports no signal strength: add RSSI to its tagMetaData"
    interval = report_interval_s(mode)
    if interval is None:
        yield (
            NoteKind.SLOW_READS,
            "its operating mode reports each tag only once: set its reportFilter to 0 s",
        )
    elif interval > _MAX_INTERVAL_S:
        yield (
            NoteKind.SLOW_READS,
            f"its operating mode reports each tag every {interval:g} s: at most {_MAX_INTERVAL_S:g} s are needed",
        )
    if as_object(mode.get("radioStartConditions")).get("type"):
        yield NoteKind.SETTING, "its operating mode starts to read on a signal at its inputs only"


def report_interval_s(mode: Mode) -> float | None:
    """Seconds between two reports of a tag that stays; None if it is reported only once."""
    kind = as_text(mode.get("type")) or "SIMPLE"
    if kind == "INVENTORY":
        interval = as_object(as_object(mode.get("modeSpecificSettings")).get("interval"))
        value = as_number(interval.get("value"), 0, 1e9)
        # without an interval: every second (FX7500, FX9600), or every minute (FXR90)
        return 60.0 if value is None else value * _UNITS_S.get(as_text(interval.get("unit")), 1.0)
    duration = as_number(as_object(mode.get("reportFilter")).get("duration"), 0, 1e10)
    if duration is not None:
        return duration
    return 0.0 if kind == "CUSTOM" else None


def _metadata(mode: Mode) -> tuple[object, ...]:
    listed = mode.get("tagMetaData")
    if isinstance(listed, list) and listed:
        return tuple(listed)
    return _DEFAULT_METADATA.get(as_text(mode.get("type")), ())
