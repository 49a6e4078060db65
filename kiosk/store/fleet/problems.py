"""What is wrong in a room, at a stand or with the store, as a closed list.

Alarms, metrics and the associates' page use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from kiosk.clock import US
from kiosk.core.domain.status.mirror_status import DeviceState
from kiosk.store.fleet.mirror_reports import MirrorCondition, MirrorHealth
from kiosk.store.fleet.terminal_watch import TerminalHealth

MIRROR_MIN_FREE_MB: Final = 200
MAX_SKEW_US: Final = 30 * US
"""A mirror's clock counts no money; its stamps and its TLS must fit, and those of a person who reads two logs."""


@unique
class FleetProblem(Enum):
    """Those of rooms and stands first, then those of the store."""

    MIRROR_LOST = "mirror-lost"
    MIRROR_FROZEN = "mirror-frozen"
    MIRROR_RESTARTS = "mirror-restarts"
    STAND_LOST = "stand-lost"
    STAND_RESTARTS = "stand-restarts"
    CARDS_DOWN = "cards-down"
    SCANNER_DOWN = "scanner-down"
    RADIO_LOST = "radio-lost"
    TERMINAL_AWAY = "terminal-away"
    MIRROR_DISK = "mirror-disk"
    STAND_DISK = "stand-disk"
    MIRROR_CLOCK = "mirror-clock"
    STAND_CLOCK = "stand-clock"
    MIRROR_VERSION = "mirror-version"
    STAND_VERSION = "stand-version"
    STORE_FAILING = "store-failing"
    PAYMENTS_CLOSED = "payments-closed"
    STORE_DISK = "store-disk"
    STORE_CLOCK = "store-clock"
    FEED_LATE = "feed-late"
    LEARNING_LATE = "learning-late"
    BACKUP_OVERDUE = "backup-overdue"
    ALARMS_UNDELIVERABLE = "alarms-undeliverable"
    EVENTS_UNDELIVERED = "events-undelivered"
    SALES_UNDELIVERED = "sales-undelivered"
    CONNECTOR_FAILING = "connector-failing"


@dataclass(frozen=True, slots=True)
class RoomHealth:
    """One fitting room. `terminal` is the name of the one that collects for it, empty for none."""

    room: str
    title: str
    mirror: MirrorHealth
    has_reader: bool
    radio: bool
    notes: int
    """How many notes of its readers stand."""
    terminal: str
    terminal_health: TerminalHealth


@dataclass(frozen=True, slots=True)
class StandHealth:
    """A card reader at one garment. `reader`: its computer, which reports like a mirror, without a glass.

    `terminal` is the name of the one whose service charges, empty for none.
    """

    stand: str
    title: str
    reader: MirrorHealth
    terminal: str
    terminal_health: TerminalHealth


def problems_of(room: RoomHealth, version: str) -> tuple[FleetProblem, ...]:
    """What is wrong in a room, the worst first. `version`: that of the store."""
    found = [_CONDITIONS[room.mirror.condition]] if room.mirror.condition in _CONDITIONS else []
    if room.mirror.restarting:
        found.append(FleetProblem.MIRROR_RESTARTS)
    if room.has_reader and not room.radio:
        found.append(FleetProblem.RADIO_LOST)
    if room.terminal and room.terminal_health.reachable is False:
        found.append(FleetProblem.TERMINAL_AWAY)
    if room.mirror.condition in (MirrorCondition.OK, MirrorCondition.FROZEN):
        found += _of_report(room.mirror, version, _OF_MIRROR)
    return tuple(found)


def stand_problems_of(stand: StandHealth, version: str) -> tuple[FleetProblem, ...]:
    """What is wrong at a stand, the worst first. `version`: that of the store."""
    found = [FleetProblem.STAND_LOST] if stand.reader.condition is MirrorCondition.LOST else []
    if stand.reader.restarting:
        found.append(FleetProblem.STAND_RESTARTS)
    if stand.terminal and stand.terminal_health.reachable is False:
        found.append(FleetProblem.TERMINAL_AWAY)
    if stand.reader.condition is MirrorCondition.OK:
        found += _of_report(stand.reader, version, _OF_STAND)
    return tuple(found)


def _is_of_stand(problem: FleetProblem) -> bool:
    return problem.value.startswith("stand-")


STAND_PROBLEMS: Final = (
    FleetProblem.CARDS_DOWN, FleetProblem.TERMINAL_AWAY, *filter(_is_of_stand, FleetProblem),
)  # fmt: skip
"""All that can be wrong at a stand."""
STORE_PROBLEMS: Final = (
    FleetProblem.STORE_FAILING, FleetProblem.PAYMENTS_CLOSED, FleetProblem.STORE_DISK,
    FleetProblem.STORE_CLOCK, FleetProblem.FEED_LATE, FleetProblem.LEARNING_LATE,
    FleetProblem.BACKUP_OVERDUE, FleetProblem.ALARMS_UNDELIVERABLE,
    FleetProblem.EVENTS_UNDELIVERED, FleetProblem.SALES_UNDELIVERED, FleetProblem.CONNECTOR_FAILING,
)  # fmt: skip
"""All that can be wrong with the store."""
ROOM_PROBLEMS: Final = tuple(p for p in FleetProblem if p not in STORE_PROBLEMS and not _is_of_stand(p))
"""All that can be wrong in a room."""

_CONDITIONS: Final = {
    MirrorCondition.LOST: FleetProblem.MIRROR_LOST,
    MirrorCondition.FROZEN: FleetProblem.MIRROR_FROZEN,
}


_OF_MIRROR: Final = (FleetProblem.MIRROR_DISK, FleetProblem.MIRROR_CLOCK, FleetProblem.MIRROR_VERSION)
_OF_STAND: Final = (FleetProblem.STAND_DISK, FleetProblem.STAND_CLOCK, FleetProblem.STAND_VERSION)


def _of_report(
    mirror: MirrorHealth, version: str, names: tuple[FleetProblem, FleetProblem, FleetProblem]
) -> list[FleetProblem]:
    """`names`: what disk, clock and version are called for this kind of computer."""
    status, (disk, clock, other_version) = mirror.status, names
    assert status is not None, "a mirror that is well or frozen has reported"
    wrong = {
        FleetProblem.CARDS_DOWN: status.cards is DeviceState.DOWN,
        FleetProblem.SCANNER_DOWN: status.scanner is DeviceState.DOWN,
        disk: status.free_mb < MIRROR_MIN_FREE_MB,
        clock: abs(mirror.skew_us) > MAX_SKEW_US,
        other_version: status.version != version,
    }
    return [problem for problem, holds in wrong.items() if holds]
