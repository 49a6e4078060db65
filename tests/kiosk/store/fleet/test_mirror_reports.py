"""What follows from the reports of the mirrors, and what is wrong in a room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.clock import US, Clocks
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import DeviceState, FrameFault, MirrorStatus, ShownFrame
from kiosk.store.fleet.mirror_reports import LOST_AFTER_US, MirrorCondition, MirrorHealth, MirrorReports
from kiosk.store.fleet.mirror_starts import MAX_COUNTED, MirrorStarts, StartLimit
from kiosk.store.fleet.problems import FleetProblem, RoomHealth, problems_of
from kiosk.store.fleet.terminal_watch import TerminalHealth
from tests.kiosk.store.sample_shop import START_US, ManualClock

ROOM = RoomId("1")
FRAME = ShownFrame(7, 900, "00c0ffee", 4000, "rest")
WELL = MirrorStatus("1.0", START_US, 60, FRAME, DeviceState.UP, DeviceState.NONE, 9000)


class Rig:
    def __init__(self, *, paired: bool = True, connected: bool = False) -> None:
        self.wall, self.steady = ManualClock(), ManualClock(0)
        self.connected = connected
        self.reports = MirrorReports(
            (ROOM,), lambda: {"1"} if paired else set(), lambda _: self.connected, Clocks(self.wall, self.steady)
        )  # fmt: skip

    def pass_s(self, seconds: float) -> None:
        self.wall.pass_s(seconds)
        self.steady.pass_s(seconds)

    @property
    def mirror(self) -> MirrorHealth:
        return self.reports.health()[ROOM]


def test_a_mirror_is_waited_for_then_well_then_lost_then_well() -> None:
    rig = Rig()
    assert rig.mirror.condition is MirrorCondition.STARTING
    rig.pass_s(LOST_AFTER_US / US)
    assert rig.mirror.condition is MirrorCondition.LOST
    rig.reports.report(ROOM, WELL)
    assert (rig.mirror.condition, rig.mirror.age_us) == (MirrorCondition.OK, 0)
    rig.pass_s(LOST_AFTER_US / US - 1)
    assert rig.mirror.condition is MirrorCondition.OK
    rig.pass_s(1)
    assert rig.mirror.condition is MirrorCondition.LOST
    rig.reports.report(ROOM, WELL)
    assert rig.mirror.condition is MirrorCondition.OK


def test_a_set_wall_clock_loses_no_mirror() -> None:
    rig = Rig()
    rig.reports.report(ROOM, WELL)
    rig.wall.pass_s(86_400)
    assert rig.mirror.condition is MirrorCondition.OK


def test_a_frozen_glass_an_earlier_mirror_and_a_room_without_one() -> None:
    rig = Rig()
    rig.reports.report(ROOM, replace(WELL, frame=replace(FRAME, fault=FrameFault.NO_FRAMES)))
    assert rig.mirror.condition is MirrorCondition.FROZEN
    earlier = Rig(connected=True)
    earlier.pass_s(LOST_AFTER_US / US)
    assert earlier.mirror.condition is MirrorCondition.EARLIER
    assert Rig(paired=False).mirror.condition is MirrorCondition.UNPAIRED


@pytest.mark.parametrize("skew_s", [0, 2, -40, 86_400])
def test_the_difference_of_the_clocks(skew_s: int) -> None:
    rig = Rig()
    rig.reports.report(ROOM, replace(WELL, at_us=rig.wall.now_us + skew_s * US))
    assert rig.mirror.skew_us == skew_s * US


def test_a_crash_loop_is_seen_until_the_starts_are_long_ago() -> None:
    rig = Rig()
    for start in range(5):
        assert not rig.mirror.restarting
        for _ in range(2):  # each process reports twice, then dies
            rig.reports.report(ROOM, replace(WELL, up_s=0, process=f"{start:08x}"))
        rig.pass_s(20)
    assert (rig.mirror.starts, rig.mirror.restarting, rig.mirror.condition) == (5, True, MirrorCondition.OK)
    rig.pass_s(300)
    assert (rig.mirror.condition, rig.mirror.restarting) == (MirrorCondition.LOST, True)
    assert problems_of(room(rig.mirror), "1.0") == (FleetProblem.MIRROR_LOST, FleetProblem.MIRROR_RESTARTS)
    rig.reports.report(ROOM, replace(WELL, up_s=320, process="00000004"))
    rig.pass_s(1800 - 400 + 10)
    assert (rig.mirror.starts, rig.mirror.restarting) == (4, False)
    assert Rig(paired=False).mirror.starts == 0


@pytest.mark.parametrize(
    ("processes", "up_s", "starts"),
    [
        ([], 0, 0),
        (["a"] * 9, 3, 1),
        (["a", "b"] * 9, 3, 2),  # two computers with the pairing of one room
        (["", "", ""], 3, 0),  # a mirror of an earlier version
        (["a", "b", "c", "d", "e"], 60, 0),  # all of them began before the time that is looked at
        ([str(number) for number in range(3 * MAX_COUNTED)], 1, MAX_COUNTED),
    ],
)
def test_each_process_is_one_start(processes: list[str], up_s: int, starts: int) -> None:
    counted = MirrorStarts(StartLimit(count=2, within_s=60))
    for process in processes:
        counted.report(process, up_s, 1000 * US)
    assert (counted.count(1000 * US), counted.too_many(1000 * US)) == (starts, starts > 2)


def test_a_room_that_is_not_configured_is_left_out() -> None:
    rig = Rig()
    rig.reports.report(RoomId("9"), WELL)
    assert set(rig.reports.health()) == {ROOM}


def room(mirror: MirrorHealth, **changes: object) -> RoomHealth:
    plain = RoomHealth("1", "Room 1", mirror, True, True, 0, "till", TerminalHealth(True, 1))
    return replace(plain, **changes)  # type: ignore[arg-type]


def mirror(**changes: object) -> MirrorHealth:
    status = replace(WELL, **{name: value for name, value in changes.items() if name != "skew_us"})  # type: ignore[arg-type]
    return MirrorHealth(MirrorCondition.OK, status, 0, int(str(changes.get("skew_us", 0))))


@pytest.mark.parametrize(
    ("found", "problems"),
    [
        (room(mirror()), ()),
        (room(mirror(cards=DeviceState.DOWN)), (FleetProblem.CARDS_DOWN,)),
        (room(mirror(cards=DeviceState.NONE)), ()),
        (room(mirror(scanner=DeviceState.DOWN)), (FleetProblem.SCANNER_DOWN,)),
        (room(mirror(free_mb=12)), (FleetProblem.MIRROR_DISK,)),
        (room(mirror(version="0.9")), (FleetProblem.MIRROR_VERSION,)),
        (room(mirror(skew_us=-31 * US)), (FleetProblem.MIRROR_CLOCK,)),
        (room(mirror(), radio=False), (FleetProblem.RADIO_LOST,)),
        (room(mirror(), radio=False, has_reader=False), ()),
        (room(mirror(), terminal_health=TerminalHealth(False, 1)), (FleetProblem.TERMINAL_AWAY,)),
        (room(mirror(), terminal_health=TerminalHealth()), ()),
        (room(MirrorHealth(MirrorCondition.LOST, WELL, 1)), (FleetProblem.MIRROR_LOST,)),
        (room(MirrorHealth(MirrorCondition.FROZEN, WELL, 1)), (FleetProblem.MIRROR_FROZEN,)),
        (
            room(MirrorHealth(MirrorCondition.OK, WELL, 1, 0, 9, restarting=True)),
            (FleetProblem.MIRROR_RESTARTS,),
        ),
        (room(MirrorHealth(MirrorCondition.UNPAIRED)), ()),
    ],
)
def test_what_is_wrong_in_a_room(found: RoomHealth, problems: tuple[FleetProblem, ...]) -> None:
    assert problems_of(found, "1.0") == problems
