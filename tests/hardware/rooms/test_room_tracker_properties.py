"""Random reads, ticks and losses of readers: the changes are always consistent."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.ports import TagRead
from hardware.rooms.room_tracker import RoomChange, RoomTracker, TagArrived, TagCertaintyChanged, TagLeft
from hardware.rooms.site import parse_site

SITE = parse_site(
    "rooms: {one: {antennas: [a/1, a/2]}, two: {antennas: [a/2, b/1]}, three: {antennas: [b/2]}}"
)
READERS = st.sampled_from(["a", "b", "c"])
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("reads"),
            READERS,
            st.lists(
                st.tuples(
                    st.sampled_from(["E1", "E2", "E3"]),
                    st.none() | st.integers(-1, 4),
                    st.none() | st.floats(-110.0, 10.0),
                    st.integers(-2_000_000, 2_000_000),
                ),
                max_size=30,
            ),
        ),
        st.tuples(st.just("tick"), READERS, st.integers(-1_000_000, 20_000_000)),
        st.tuples(st.sampled_from(["down", "up"]), READERS, st.none()),
        st.tuples(st.just("stay"), st.sampled_from(["E1", "E2"]), st.sampled_from([("a", 1), ("b", 2)])),
    ),
    max_size=40,
)


def changes_of(tracker: RoomTracker, steps: list[tuple[str, str, object]]) -> list[RoomChange]:
    changes: list[RoomChange] = []
    at_us = 10_000_000
    for kind, name, what in steps:
        match kind, what:
            case "reads", list():
                reads = [TagRead(epc, antenna, rssi, at_us + late) for epc, antenna, rssi, late in what]
                changes += tracker.reads(name, reads)
            case "tick", int():
                at_us = max(at_us, at_us + what)
                changes += tracker.tick(at_us)
            case "stay", (str() as reader, int() as antenna):
                for _ in range(20):
                    at_us += 100_000
                    changes += tracker.reads(reader, [TagRead(name, antenna, -50.0, at_us)])
            case "down", _:
                tracker.reader_down(name)
            case _:
                tracker.reader_up(name)
    return changes


def faults(tracker: RoomTracker, changes: list[RoomChange]) -> list[str]:
    """Contradictions in a sequence of changes."""
    found: list[str] = []
    place: dict[str, str | None] = {}
    last_us = 0
    for change in changes:
        here = place.get(change.epc)
        match change:
            case TagArrived() if here is not None:
                found.append("arrives twice")
            case TagCertaintyChanged() | TagLeft() if here != change.room:
                found.append("leaves or changes in a room where it is not")
        if change.at_us < last_us:
            found.append("time decreases")
        if not isinstance(change, TagLeft) and not 0.0 <= change.confidence <= 1.0:
            found.append("not a probability")
        last_us = change.at_us
        place[change.epc] = None if isinstance(change, TagLeft) else change.room
    held = {here.epc: room for room in SITE.rooms for here in tracker.present(room)}
    if held != {epc: room for epc, room in place.items() if room is not None}:
        found.append("the present tags are not the sum of the changes")
    return found


@settings(max_examples=150)
@given(STEPS)
def test_changes_are_consistent(steps: list[tuple[str, str, object]]) -> None:
    tracker = RoomTracker(SITE)
    assert faults(tracker, changes_of(tracker, steps)) == []


def test_a_missing_change_is_found() -> None:
    """The planted fault: the first arrival is missing."""
    tracker = RoomTracker(SITE)
    changes = changes_of(
        tracker, [("stay", "E1", ("a", 1)), ("tick", "a", 20_000_000), ("stay", "E1", ("a", 1))]
    )
    assert [type(change) for change in changes if not isinstance(change, TagCertaintyChanged)] == [
        TagArrived,
        TagLeft,
        TagArrived,
    ]
    assert faults(tracker, changes) == []
    assert faults(tracker, changes[1:]) != []
