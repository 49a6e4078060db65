"""What is wrong in a room or with the store, as a closed list; alarms, metrics and the associates' page use it."""

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
class Problem(Enum):
    """Those of a room first, then those of the store."""

    MIRROR_LOST = "mirror-lost"
    MIRROR_FROZEN = "mirror-frozen"
    MIRROR_RESTARTS = "mirror-restarts"
    CARDS_DOWN = "cards-down"
    SCANNER_DOWN = "scanner-down"
    RADIO_LOST = "radio-lost"
    TERMINAL_AWAY = "terminal-away"
    MIRROR_DISK = "mirror-disk"
    MIRROR_CLOCK = "mirror-clock"
    MIRROR_VERSION = "mirror-version"
    STORE_FAILING = "store-failing"
    PAYMENTS_CLOSED = "payments-closed"
    STORE_DISK = "store-disk"
    STORE_CLOCK = "store-clock"
    FEED_LATE = "feed-late"
    LEARNING_LATE = "learning-late"
    BACKUP_OVERDUE = "backup-overdue"
    ALARMS_UNDELIVERABLE = "alarms-undeliverable"


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


def problems_of(room: RoomHealth, version: str) -> tuple[Problem, ...]:
    """What is wrong in a room, the worst first. `version`: that of the store."""
    found = [_CONDITIONS[room.mirror.condition]] if room.mirror.condition in _CONDITIONS else []
    if room.mirror.restarting:
        found.append(Problem.MIRROR_RESTARTS)
    if room.has_reader and not room.radio:
        found.append(Problem.RADIO_LOST)
    if room.terminal and room.terminal_health.reachable is False:
        found.append(Problem.TERMINAL_AWAY)
    if room.mirror.condition in (MirrorCondition.OK, MirrorCondition.FROZEN):
        found += _of_report(room.mirror, version)
    return tuple(found)


_CONDITIONS: Final = {
    MirrorCondition.LOST: Problem.MIRROR_LOST,
    MirrorCondition.FROZEN: Problem.MIRROR_FROZEN,
}


def _of_report(mirror: MirrorHealth, version: str) -> list[Problem]:
    status = mirror.status
    assert status is not None, "a mirror that is well or frozen has reported"
    wrong = {
        Problem.CARDS_DOWN: status.cards is DeviceState.DOWN,
        Problem.SCANNER_DOWN: status.scanner is DeviceState.DOWN,
        Problem.MIRROR_DISK: status.free_mb < MIRROR_MIN_FREE_MB,
        Problem.MIRROR_CLOCK: abs(mirror.skew_us) > MAX_SKEW_US,
        Problem.MIRROR_VERSION: status.version != version,
    }
    return [problem for problem, holds in wrong.items() if holds]
