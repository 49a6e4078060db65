"""The state of a stand: its reports, what is wrong, and where it is shown."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.clock import US
from kiosk.commands.stand.parts import stand_of
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import DeviceState, MirrorStatus, ShownFrame
from kiosk.store.alarms.incidents import Fault
from kiosk.store.fleet.mirror_reports import MirrorCondition, MirrorHealth
from kiosk.store.fleet.problems import STAND_PROBLEMS, FleetProblem, StandHealth, stand_problems_of
from kiosk.store.fleet.terminal_watch import TerminalHealth
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.version import VERSION
from tests.kiosk.store.api.health.test_metrics import samples
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.payments.stands.stand_rigs import config_of, simulated_reader
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import START_US, ManualClock

WELL = MirrorStatus(VERSION, START_US, 60, ShownFrame(), DeviceState.UP, DeviceState.NONE, 9000)
REACHED = TerminalHealth(True, 1)


def ok(skew_us: int = 0, **changes: object) -> MirrorHealth:
    return MirrorHealth(MirrorCondition.OK, replace(WELL, **changes), 0, skew_us)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reader", "terminal", "problems"),
    [
        (ok(), REACHED, ()),
        (ok(), TerminalHealth(), ()),
        (ok(cards=DeviceState.STARTING), REACHED, ()),
        (ok(cards=DeviceState.DOWN), REACHED, (FleetProblem.CARDS_DOWN,)),
        (ok(free_mb=12), REACHED, (FleetProblem.STAND_DISK,)),
        (ok(version="0.9"), REACHED, (FleetProblem.STAND_VERSION,)),
        (ok(31 * US), REACHED, (FleetProblem.STAND_CLOCK,)),
        (ok(), TerminalHealth(False, 1), (FleetProblem.TERMINAL_AWAY,)),
        (MirrorHealth(MirrorCondition.LOST, WELL, 1), REACHED, (FleetProblem.STAND_LOST,)),
        (replace(ok(), starts=9, restarting=True), REACHED, (FleetProblem.STAND_RESTARTS,)),
        (MirrorHealth(MirrorCondition.STARTING), REACHED, ()),
        (MirrorHealth(MirrorCondition.UNPAIRED), REACHED, ()),
    ],
)
def test_what_is_wrong_at_a_stand(
    reader: MirrorHealth, terminal: TerminalHealth, problems: tuple[FleetProblem, ...]
) -> None:
    found = stand_problems_of(StandHealth("coat", "Coats", reader, "till", terminal), VERSION)
    assert found == problems
    assert set(found) <= set(STAND_PROBLEMS)


def test_a_stand_reports_like_a_mirror(
    stand: HttpClient, room: HttpClient, ines: HttpClient, store: Store, clock: ManualClock
) -> None:
    path, report = "/api/v1/stands/coat/status", replace(WELL, at_us=clock.now_us + 2 * US)
    assert stand.ask("PUT", path, report)[0] == 204
    assert room.ask("PUT", path, report)[0] == 403
    assert room.ask("PUT", "/api/v1/stands/1/status", report)[0] == 403, "it is of no stand"
    (shown,) = ines.ask("GET", "/api/v1/fleet")[1]["stands"]
    known = {"version": VERSION, "up_s": 60, "cards": "up", "free_mb": 9000, "skew_ms": 2000}
    assert shown["reader"] == {"condition": "ok", "age_ms": 0, "report": known, "starts": 0}
    assert (shown["stand"], shown["title"], shown["terminal"], shown["problems"]) == (
        "coat", "Coats", "till", [],
    )  # fmt: skip
    assert ines.ask("GET", "/api/v1/health")[1]["stands"] == {"coat": shown["reader"]}
    with closing(HttpClient(stand.url)) as local:
        found = samples(local.ask("GET", "/metrics")[1])
    name = ("stand", "coat")
    assert found["cheval_stand_condition", (("condition", "ok"), name)] == 1
    assert found["cheval_stand_problem", (("problem", "stand-lost"), name)] == 0
    assert found["cheval_stand_clock_skew_seconds", (name,)] == 2
    assert not any("coat" in dict(labels).values() for metric, labels in found if "room" in metric)
    clock.pass_s(60)
    assert Fault(FleetProblem.STAND_LOST, "coat") in store.faults()


def test_a_running_stand_reports_whether_its_reader_answers(
    url: str, settings: StoreSettings, store: Store
) -> None:
    def cards() -> DeviceState | None:
        parts.status.report()
        found = store.fleet.stand_reports.health()[RoomId("coat")]
        return None if found.status is None else found.status.cards

    with simulated_reader() as pads:
        parts = stand_of(config_of(url, settings, pads.uri()), pads.uri())
        parts.start()
        try:
            until(store, lambda: cards() is DeviceState.UP)
            pads.close()
            until(store, lambda: cards() is DeviceState.DOWN)
        finally:
            parts.close()
