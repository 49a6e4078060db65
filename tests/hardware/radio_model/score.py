"""Scores a room tracker against the true rooms of a simulation.

- A stay is a tag in a room for at least 5 s; its delay is the time from the door until it is shown in that room.
- Item-seconds: a shown tag is wrong if it is in another room, stray if it is in none and did not leave the shown room
  within the last 10 s (a departure may take that long).
- A departure is false if the tag is still in the room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hardware.rooms.room_tracker import RoomChange, RoomTracker, TagArrived, TagCertaintyChanged, TagLeft
from tests.hardware.radio_model.visits import STEP_US, SimulationStep

MIN_STAY_US = 5_000_000
GONE_US = 10_000_000
TICK_US = 200_000  # as the store ticks


@dataclass(slots=True)
class PresenceScore:
    """Sums over simulations; times in seconds, `item_s` the seconds that tags were in rooms."""

    stays: int = 0
    shown: int = 0
    late_s: list[float] = field(default_factory=list)
    plain_s: list[float] = field(default_factory=list)
    gone_s: list[float] = field(default_factory=list)
    item_s: float = 0.0
    wrong_s: float = 0.0
    stray_s: float = 0.0
    strays: int = 0
    sure_s: float = 0.0
    sure_wrong_s: float = 0.0
    false_leaves: int = 0
    never_gone: int = 0

    def add(self, other: PresenceScore) -> None:
        """Adds the sums of another simulation."""
        for name in (
            "stays",
            "shown",
            "item_s",
            "wrong_s",
            "stray_s",
            "strays",
            "sure_s",
            "sure_wrong_s",
            "false_leaves",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.never_gone += other.never_gone
        self.late_s += other.late_s
        self.plain_s += other.plain_s
        self.gone_s += other.gone_s

    @property
    def recall(self) -> float:
        """Share of stays that were shown in their room."""
        return self.shown / max(1, self.stays)

    @property
    def wrong_share(self) -> float:
        """Item-seconds shown in another room than the one the tag is in, by item-seconds in rooms."""
        return self.wrong_s / max(1e-9, self.item_s)

    @property
    def sure_right(self) -> float:
        """Share of the item-seconds shown as sure that were right, or left no more than 10 s ago."""
        return 1.0 - self.sure_wrong_s / max(1e-9, self.sure_s)

    @property
    def false_leaves_per_1000_min(self) -> float:
        """False leaves by 1,000 item-minutes."""
        return self.false_leaves / max(1e-9, self.item_s) * 60_000.0

    def line(self) -> str:
        """All figures in one line."""
        return (
            f"stays {self.stays}, item-minutes {self.item_s / 60:.0f}: recall {100 * self.recall:.2f} %, "
            f"shown after p50 {quantile(self.late_s, 0.5):.2f} s p95 {quantile(self.late_s, 0.95):.2f} s, "
            f"plainly after p50 {quantile(self.plain_s, 0.5):.2f} s p95 {quantile(self.plain_s, 0.95):.2f} s, "
            f"wrong room {100 * self.wrong_share:.3f} %, {self.strays} passers shown "
            f"({100 * self.stray_s / max(1e-9, self.item_s):.3f} %), gone after p50 {quantile(self.gone_s, 0.5):.1f} s "
            f"p95 {quantile(self.gone_s, 0.95):.1f} s, false leaves {self.false_leaves_per_1000_min:.2f} per 1,000 "
            f"item-minutes, sure {100 * self.sure_s / max(1e-9, self.item_s):.1f} % of the time and then right "
            f"{100 * self.sure_right:.2f} %"
        )


def quantile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies; 0 for none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


@dataclass(slots=True)
class _Tag:
    """The true state of a tag, and the shown one."""

    room: str | None = None
    since_us: int = 0
    last_room: str | None = None
    left_us: int = -GONE_US
    shown: str | None = None
    sure: bool = False
    seen_here: bool = True
    plain_here: bool = True


class PresenceScorer:
    """Compares the tracker's changes with the true rooms, step by step."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.score = PresenceScore()
        self._names = names
        self._tags: dict[str, _Tag] = {}

    def add(self, step: SimulationStep, changes: Iterable[RoomChange]) -> None:
        """A step of the simulation and the tracker's changes in it."""
        for epc, room in step.rooms.items():
            tag = self._tags.setdefault(epc, _Tag())
            self._truth(tag, None if room is None else self._names[room], step.at_us)
        for tag in [t for e, t in self._tags.items() if t.room is not None and e not in step.rooms]:
            self._truth(tag, None, step.at_us)
        for change in changes:
            self._change(self._tags.setdefault(change.epc, _Tag()), change)
        for tag in self._tags.values():
            self._time(tag, step.at_us)

    def finish(self) -> PresenceScore:
        """The score, with the tags that never left."""
        self.score.never_gone = sum(1 for t in self._tags.values() if t.shown is not None and t.room is None)
        return self.score

    def _truth(self, tag: _Tag, room: str | None, at_us: int) -> None:
        if room == tag.room:
            return
        if tag.room is not None:
            if at_us - tag.since_us >= MIN_STAY_US:
                self.score.stays += 1
                self.score.shown += tag.seen_here
            tag.last_room, tag.left_us = tag.room, at_us
        tag.room, tag.since_us, tag.seen_here, tag.plain_here = room, at_us, False, False
        self._first_sight(tag, at_us)

    def _first_sight(self, tag: _Tag, at_us: int) -> None:
        if tag.room is not None and tag.shown == tag.room and not tag.seen_here:
            tag.seen_here = True
            self.score.late_s.append((at_us - tag.since_us) / 1e6)
        if tag.room is not None and tag.shown == tag.room and tag.sure and not tag.plain_here:
            tag.plain_here = True
            self.score.plain_s.append((at_us - tag.since_us) / 1e6)

    def _change(self, tag: _Tag, change: RoomChange) -> None:
        match change:
            case TagArrived():
                tag.shown, tag.sure = change.room, change.sure
                self.score.strays += tag.room is None and tag.last_room is None
                self._first_sight(tag, change.at_us)
            case TagCertaintyChanged():
                tag.sure = change.sure
                self._first_sight(tag, change.at_us)
            case TagLeft():
                if change.room == tag.room:
                    self.score.false_leaves += 1
                elif change.room == tag.last_room:
                    self.score.gone_s.append((change.at_us - tag.left_us) / 1e6)
                tag.shown, tag.sure = None, False

    def _time(self, tag: _Tag, at_us: int) -> None:
        score, step_s = self.score, STEP_US / 1e6
        if tag.room is not None:
            score.item_s += step_s
        if tag.shown is None:
            return
        right = tag.shown == tag.room
        leaving = tag.room is None and tag.shown == tag.last_room and at_us - tag.left_us <= GONE_US
        wrong = not right and not leaving
        if tag.room is not None:
            score.wrong_s += step_s * wrong
        else:
            score.stray_s += step_s * wrong
        score.sure_s += step_s * tag.sure
        score.sure_wrong_s += step_s * (wrong and tag.sure)


def score_tracker(
    tracker: RoomTracker, steps: Iterable[SimulationStep], names: tuple[str, ...], reader: str = "sim"
) -> PresenceScore:
    """Runs the tracker over a simulation and scores its changes."""
    scorer, ticked_us = PresenceScorer(names), 0
    for step in steps:
        changes = tracker.reads(reader, step.reads)
        if step.at_us - ticked_us >= TICK_US:
            ticked_us = step.at_us
            changes += tracker.tick(step.at_us)
        scorer.add(step, changes)
    for extra in range(60):
        at_us = step.at_us + (extra + 1) * TICK_US
        scorer.add(SimulationStep(at_us, (), {}), tracker.tick(at_us))
    return scorer.finish()
