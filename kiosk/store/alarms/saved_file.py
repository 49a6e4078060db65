"""The file of the alarms in the state folder, `alarms.json`: incidents that stand, and messages that wait."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hardware.regular_files import read_regular
from kiosk.store.alarms.incidents import AlarmMessage, Fault, Incident, Turn
from kiosk.store.fleet.problems import FleetProblem

log = logging.getLogger(__name__)
FILE: Final = "alarms.json"
FORMAT: Final = 1
MAX_BYTES: Final = 4 << 20
"""Nine receivers with 64 messages, each of 150 faults."""
MAX_NUMBER: Final = 2**53
"""Microseconds since 1970 until the year 2255."""
MAX_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message for one channel. `next_us`: when it is tried; microseconds since 1970."""

    message: AlarmMessage
    channel: str
    tries: int
    next_us: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What the file contains."""

    incidents: tuple[Incident, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    refused: tuple[str, ...] = ()
    """Channels that have refused their last message for good; without it in files of earlier versions."""


def written(saved: Saved) -> bytes:
    """The content of the file."""
    incidents = [
        {
            "id": i.incident_id,
            "began_us": i.began_us,
            "told": _pairs(i.told),
            "open": _pairs(sorted(i.open, key=str)),
        }
        for i in saved.incidents
    ]
    deliveries = [
        {
            "incident": d.message.incident, "turn": d.message.turn.value, "faults": _pairs(d.message.faults),
            "at_us": d.message.at_us, "began_us": d.message.began_us, "channel": d.channel, "tries": d.tries,
            "next_us": d.next_us,
        }
        for d in saved.deliveries
    ]  # fmt: skip
    return json.dumps(
        {"format": FORMAT, "incidents": incidents, "deliveries": deliveries, "refused": saved.refused}
    ).encode()


def read_saved(file: Path) -> Saved:
    """Nothing for a file that is not there; nothing, and one line in the log, for one that cannot be read."""
    try:
        tree = json.loads(read_regular(file, MAX_BYTES))
        if tree["format"] != FORMAT:
            raise ValueError("another format")
        return Saved(
            tuple(map(_incident, tree["incidents"])), tuple(map(_delivery, tree["deliveries"])),
            tuple(map(_text, tree.get("refused", ()))),
        )  # fmt: skip
    except FileNotFoundError:
        return Saved()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("%s cannot be read (%s); alarms begin anew", file, type(error).__name__)
        return Saved()


def _incident(found: Any) -> Incident:
    return Incident(
        _text(found["id"]), _number(found["began_us"]), _faults(found["told"]), set(_faults(found["open"]))
    )


def _delivery(found: Any) -> Delivery:
    message = AlarmMessage(
        _text(found["incident"]), Turn(found["turn"]), _faults(found["faults"]), _number(found["at_us"]),
        _number(found["began_us"]),
    )  # fmt: skip
    return Delivery(message, _text(found["channel"]), _number(found["tries"]), _number(found["next_us"]))


def _number(found: Any) -> int:
    """A time of a calendar, or a count: a message with another one could not be written."""
    if type(found) is not int or not 0 <= found <= MAX_NUMBER:
        raise ValueError("no number of this file")
    return found


def _text(found: Any) -> str:
    """Stands in the header of a message."""
    if not isinstance(found, str) or len(found) > MAX_TEXT or not found.isprintable():
        raise ValueError("no text of this file")
    return found


def _pairs(faults: Iterable[Fault]) -> list[list[str]]:
    return [[fault.problem.value, fault.room] for fault in faults]


def _faults(pairs: Any) -> tuple[Fault, ...]:
    return tuple(Fault(FleetProblem(problem), _text(room)) for problem, room in pairs)
