"""The state of store, rooms and stands in the text format of Prometheus. The one module that imports its library, when
asked.

Every label is bounded: rooms, stands, readers and terminals of the configuration, threads and problems of the code.
Nothing is about a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from hardware.threads.supervised import Condition
from kiosk.store.api.health.health_answers import HealthAnswer
from kiosk.store.api.health.store_problems import store_problems
from kiosk.store.fleet.mirror_reports import MirrorCondition, MirrorHealth
from kiosk.store.fleet.problems import (
    ROOM_PROBLEMS,
    STAND_PROBLEMS,
    STORE_PROBLEMS,
    RoomHealth,
    StandHealth,
    problems_of,
    stand_problems_of,
)

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_MB: Final = 1_000_000
_US: Final = 1e6
Samples = Mapping[tuple[str, ...], float]


def metrics_text(
    health: HealthAnswer, rooms: Iterable[RoomHealth], stands: Iterable[StandHealth] = ()
) -> bytes:
    """All metrics, in the text format 0.0.4."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import generate_latest
    from prometheus_client.registry import Collector

    known, known_stands = tuple(rooms), tuple(stands)

    class State(Collector):
        def collect(self) -> Iterator[GaugeMetricFamily]:
            yield from _of_store(health)
            yield from _of_rooms(known, health.version)
            yield from _of_stands(known_stands, health.version)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(State())
    return generate_latest(registry)


def _gauge(name: str, text: str, labels: tuple[str, ...], samples: Samples) -> GaugeMetricFamily:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(f"cheval_{name}", text, labels=labels)
    for values, number in samples.items():
        family.add_metric(values, number)
    return family


def _of_store(health: HealthAnswer) -> Iterator[GaugeMetricFamily]:
    wrong = store_problems(health)
    numbers = {
        "ok": ("1 if the store can do its work", float(health.ok)),
        "payments_open": ("Payments in progress", health.payments_open),
        "payments_parked": ("Payments that wait for a person", health.payments_parked),
        "payments_closed": ("1 if no new orders are taken", float(health.payments_closed)),
        "disk_free_bytes": ("Free space on the disk of the state directory", health.disk.free_mb * _MB),
        "clone_alarms": ("Copied cards that were shown since the start", health.clone_alarms),
        "clock_step_seconds": ("Last step of the computer's clock since the start", health.clock.step_s),
    }
    yield _gauge("store_info", "The running version", ("version",), {(health.version,): 1})
    for name, (text, number) in numbers.items():
        yield _gauge(name, text, (), {(): number})
    yield _gauge(
        "store_problem", "1 while this is wrong with the store", ("problem",),
        {(p.value,): float(p in wrong) for p in STORE_PROBLEMS},
    )  # fmt: skip
    yield _gauge(
        "thread_ok", "1 while a thread of the store does its work", ("thread",),
        {(name,): float(condition is Condition.OK) for name, condition in health.threads.items()},
    )  # fmt: skip
    readers: Samples = {(name,): float(up) for name, up in health.radio.items()}
    yield _gauge("reader_up", "1 while a tag reader answers", ("reader",), readers)
    asked: Samples = {
        (n,): float(t.reachable) for n, t in health.terminals.items() if t.reachable is not None
    }
    yield _gauge(
        "terminal_reachable", "1 if a payment terminal answered when asked last", ("terminal",), asked
    )
    ignored: Samples = {(why,): float(count) for why, count in health.tags_ignored.items()}
    yield _gauge("tags_ignored", "Tags that were ignored since the start", ("why",), ignored)
    yield _gauge(
        "sales_out_waiting", "Documents of sales that a destination has not taken", ("destination",),
        {(each.name,): each.waiting for each in health.sales_out},
    )  # fmt: skip
    yield from _ages(health)


def _ages(health: HealthAnswer) -> Iterator[GaugeMetricFamily]:
    """When something was last renewed, in seconds since 1970; left out where it never was."""
    times = {
        "feed_read": ("The retailer's data were read", health.feed.read_us if health.feed else 0),
        "stock_file": ("The stock file was written", health.feed.stock_file_us if health.feed else 0),
        "looks_learned": ("Suggestions were learned", health.looks.learned_at_us if health.looks else 0),
        "backup_made": ("A back-up was made and verified", health.backup.made_us if health.backup else 0),
    }
    for name, (text, at_us) in times.items():
        if at_us:
            yield _gauge(f"{name}_timestamp_seconds", text, (), {(): at_us / _US})


def _of_rooms(rooms: tuple[RoomHealth, ...], version: str) -> Iterator[GaugeMetricFamily]:
    yield _gauge(
        "room_problem", "1 while this is wrong in a room", ("room", "problem"),
        {(r.room, p.value): float(p in problems_of(r, version)) for r in rooms for p in ROOM_PROBLEMS},
    )  # fmt: skip
    yield from _of_computers("mirror", "room", {room.room: room.mirror for room in rooms})
    yield _gauge(
        "mirror_frame_age_seconds", "Age of the last frame that a mirror presented, when it reported it", ("room",),
        {(r.room,): r.mirror.status.frame.age_ms / 1000 for r in rooms if r.mirror.status is not None},
    )  # fmt: skip


def _of_stands(stands: tuple[StandHealth, ...], version: str) -> Iterator[GaugeMetricFamily]:
    yield _gauge(
        "stand_problem", "1 while this is wrong at a stand", ("stand", "problem"),
        {(s.stand, p.value): float(p in stand_problems_of(s, version)) for s in stands for p in STAND_PROBLEMS},
    )  # fmt: skip
    yield from _of_computers("stand", "stand", {stand.stand: stand.reader for stand in stands})


def _of_computers(kind: str, label: str, known: Mapping[str, MirrorHealth]) -> Iterator[GaugeMetricFamily]:
    """What mirrors and stands report alike."""
    yield _gauge(
        f"{kind}_condition", f"1 for the condition of a {kind}", (label, "condition"),
        {(name, c.value): float(found.condition is c) for name, found in known.items() for c in MirrorCondition},
    )  # fmt: skip
    ages: Samples = {(name,): found.age_us / _US for name, found in known.items() if found.age_us is not None}
    yield _gauge(f"{kind}_report_age_seconds", f"Age of the last report of a {kind}", (label,), ages)
    starts: Samples = {(name,): found.starts for name, found in known.items()}
    yield _gauge(
        f"{kind}_starts",
        f"Starts of a {kind}'s program within alarms.mirror_starts_minutes",
        (label,),
        starts,
    )
    reported = {
        name: (found.status, found.skew_us) for name, found in known.items() if found.status is not None
    }
    numbers: dict[str, tuple[str, dict[tuple[str, ...], float]]] = {
        "disk_free_bytes": (
            f"Free space on the disk of a {kind}",
            {(name,): status.free_mb * _MB for name, (status, _) in reported.items()},
        ),
        "up_seconds": (
            f"Since when a {kind} runs",
            {(name,): status.up_s for name, (status, _) in reported.items()},
        ),
        "clock_skew_seconds": (
            f"The clock of a {kind} minus the store's",
            {(name,): skew_us / _US for name, (_, skew_us) in reported.items()},
        ),
    }
    for name, (text, samples) in numbers.items():
        yield _gauge(f"{kind}_{name}", text, (label,), samples)
