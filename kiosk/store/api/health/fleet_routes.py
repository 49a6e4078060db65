"""Rooms, stands and the store at a glance, for the associates' page."""

from collections.abc import Callable

from fastapi import APIRouter, Depends

from kiosk.store.api.auth import AssociateAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.health.fleet_answers import FleetRoom, FleetStand, fleet_stand, room_answer
from kiosk.store.api.health.health_answers import ConnectorAnswer, HealthAnswer
from kiosk.store.api.health.store_problems import store_problems
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.fleet.fleet import Fleet
from kiosk.store.fleet.problems import FleetProblem


class FleetStore(JsonObject):
    """The store. Times in microseconds since 1970, 0 for never; null where it is not configured.

    `learned_us`: when the looks model was last learned. `clock_step_s`: the last step of the clock since the start.
    """

    version: str
    disk_free_mb: int
    clock_step_s: int
    feed_read_us: int | None
    learned_us: int | None
    backup_us: int | None
    alarms_undeliverable: tuple[str, ...]
    """Keys of the configuration."""
    web_hooks_failing: tuple[str, ...]
    """Names of web hooks for events that do not deliver."""
    connectors: tuple[ConnectorAnswer, ...]
    """The systems from which the store reads."""
    problems: tuple[FleetProblem, ...]


class FleetAnswer(JsonObject):
    """`now_us`: the store's clock."""

    now_us: int
    store: FleetStore
    rooms: tuple[FleetRoom, ...]
    stands: tuple[FleetStand, ...]


def fleet_router(
    fleet: Fleet, health: Callable[[], HealthAnswer], now_us: Callable[[], int], auth: AssociateAuth
) -> APIRouter:
    """The route of the page's tab *Status*."""
    router = APIRouter(prefix="/api/v1", tags=["associates"], route_class=LimitedRoute)

    @router.get("/fleet", summary="The state of all rooms and stands", dependencies=[Depends(auth)])
    def show_fleet() -> FleetAnswer:
        """Mirror, readers and terminal of each room, reader and terminal of each stand, and the store: what they
        report, and what is wrong."""
        found = health()
        return FleetAnswer(
            now_us=now_us(),
            store=_store(found),
            rooms=tuple(room_answer(room, found.version) for room in fleet.rooms()),
            stands=tuple(fleet_stand(stand, found.version) for stand in fleet.stands()),
        )

    return router


def _store(health: HealthAnswer) -> FleetStore:
    return FleetStore(
        version=health.version,
        disk_free_mb=health.disk.free_mb,
        clock_step_s=health.clock.step_s,
        feed_read_us=None if health.feed is None else health.feed.read_us,
        learned_us=None if health.looks is None else health.looks.learned_at_us,
        backup_us=None if health.backup is None else health.backup.made_us,
        alarms_undeliverable=health.alarms_undeliverable,
        web_hooks_failing=tuple(hook.name for hook in health.web_hooks if hook.failing),
        connectors=health.connectors,
        problems=store_problems(health),
    )
