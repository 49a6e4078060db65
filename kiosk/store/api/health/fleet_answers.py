"""Rooms and stands with their mirrors, readers and terminals, as the API answers them.

Times in microseconds, ages in milliseconds."""

from kiosk.core.domain.status.mirror_status import DeviceState, FrameFault, MirrorStatus
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.fleet.mirror_reports import MirrorCondition, MirrorHealth
from kiosk.store.fleet.problems import FleetProblem, RoomHealth, StandHealth, problems_of, stand_problems_of
from kiosk.store.fleet.terminal_watch import TerminalHealth


class FrameAnswer(JsonObject):
    """The last frame that a mirror presented, as it was when the mirror reported it.

    `age_ms`: a mirror at rest presents one every 2 s. `picture`: checksum of what was on the glass `picture_age_ms`
    before, empty if it was not looked at yet. `page`: what should be there; `dark`: only a mirror.
    """

    count: int
    age_ms: int
    picture: str
    picture_age_ms: int
    page: str
    fault: FrameFault | None
    """`no-frames`: asked for and not presented; `same-picture`: the picture stays although the pages change."""


class MirrorReportAnswer(JsonObject):
    """What a mirror reported. `skew_ms`: its clock minus the store's. `free_mb`: on its disk, millions of bytes."""

    version: str
    up_s: int
    frame: FrameAnswer
    cards: DeviceState
    scanner: DeviceState
    free_mb: int
    skew_ms: int


class MirrorAnswer(JsonObject):
    """The mirror of a room. `age_ms`: of its last report; both are null before the first one.

    `starts`: starts of its program within `alarms.mirror_starts_minutes`, since the store runs.
    """

    condition: MirrorCondition
    age_ms: int | None
    report: MirrorReportAnswer | None
    starts: int


class StandReportAnswer(JsonObject):
    """What the computer of a stand reported. `skew_ms`: its clock minus the store's. `free_mb`: on its disk, millions
    of bytes."""

    version: str
    up_s: int
    cards: DeviceState
    free_mb: int
    skew_ms: int


class StandReaderAnswer(JsonObject):
    """The card reader of a stand. `age_ms`: of its last report; both are null before the first one. `starts`: as of a
    mirror."""

    condition: MirrorCondition
    age_ms: int | None
    report: StandReportAnswer | None
    starts: int


class TerminalAnswer(JsonObject):
    """A payment terminal. `reachable` is null and `asked_us` 0 before it was asked."""

    reachable: bool | None
    asked_us: int


class FleetRoom(JsonObject):
    """A fitting room. `radio` is null where no reader serves it; `notes`: how many notes of its readers stand;
    `terminal` is empty where none collects for it."""

    room: str
    title: str
    mirror: MirrorAnswer
    radio: bool | None
    notes: int
    terminal: str
    terminal_state: TerminalAnswer
    problems: tuple[FleetProblem, ...]


class FleetStand(JsonObject):
    """A stand. `terminal` is empty where none charges for it."""

    stand: str
    title: str
    reader: StandReaderAnswer
    terminal: str
    terminal_state: TerminalAnswer
    problems: tuple[FleetProblem, ...]


def mirror_answer(mirror: MirrorHealth) -> MirrorAnswer:
    report = None if mirror.status is None else _report_answer(mirror.status, mirror.skew_us)
    return MirrorAnswer(
        condition=mirror.condition, age_ms=_age_ms(mirror), report=report, starts=mirror.starts
    )


def stand_answer(reader: MirrorHealth) -> StandReaderAnswer:
    status, report = reader.status, None
    if status is not None:
        report = StandReportAnswer(
            version=status.version, up_s=status.up_s, cards=status.cards, free_mb=status.free_mb,
            skew_ms=round(reader.skew_us / 1000),
        )  # fmt: skip
    return StandReaderAnswer(
        condition=reader.condition, age_ms=_age_ms(reader), report=report, starts=reader.starts
    )


def terminal_answer(terminal: TerminalHealth) -> TerminalAnswer:
    return TerminalAnswer(reachable=terminal.reachable, asked_us=terminal.asked_us)


def room_answer(room: RoomHealth, version: str) -> FleetRoom:
    """`version`: that of the store."""
    return FleetRoom(
        room=room.room,
        title=room.title,
        mirror=mirror_answer(room.mirror),
        radio=room.radio if room.has_reader else None,
        notes=room.notes,
        terminal=room.terminal,
        terminal_state=terminal_answer(room.terminal_health),
        problems=problems_of(room, version),
    )


def fleet_stand(stand: StandHealth, version: str) -> FleetStand:
    """`version`: that of the store."""
    return FleetStand(
        stand=stand.stand,
        title=stand.title,
        reader=stand_answer(stand.reader),
        terminal=stand.terminal,
        terminal_state=terminal_answer(stand.terminal_health),
        problems=stand_problems_of(stand, version),
    )


def _age_ms(mirror: MirrorHealth) -> int | None:
    return None if mirror.age_us is None else mirror.age_us // 1000


def _report_answer(status: MirrorStatus, skew_us: int) -> MirrorReportAnswer:
    frame = status.frame
    return MirrorReportAnswer(
        version=status.version, up_s=status.up_s, cards=status.cards, scanner=status.scanner,
        free_mb=status.free_mb, skew_ms=round(skew_us / 1000),
        frame=FrameAnswer(
            count=frame.count, age_ms=frame.age_ms, picture=frame.picture,
            picture_age_ms=frame.picture_age_ms, page=frame.page, fault=frame.fault,
        ),
    )  # fmt: skip
