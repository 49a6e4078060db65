"""Adds up the item events of one week: what was tried, kept, asked for, suggested and advised, by item and size.

Visits are counted, not touches: a garment that is carried out and in again was tried once. A piece was kept if it
was tried and bought in the same visit in that size. A suggestion was tried, or bought, if that happened after it in
the same visit, in any size. Size advice was followed if the advised size was tried in the same visit (the last
advice counts), and kept if it was bought. What comes back later is counted by itself: no visit is remembered for
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.store.insights.item_events import ItemEventKind

ItemSize = tuple[str, str]
"""Item and size; the size is empty where none is known, and for suggestions."""
Sums = dict[ItemSize, dict[str, int]]
_ALONE = {
    ItemEventKind.BOUGHT: "bought",
    ItemEventKind.RETURNED: "returned",
    ItemEventKind.ASKED: "asked",
    ItemEventKind.LACKING: "lacking",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One item event. `basket`: the random id of its visit; empty for none."""

    kind: ItemEventKind
    item: str
    size: str
    basket: str


@dataclass(slots=True)
class _Visit:
    """What happened to items in one visit, in order."""

    tried: set[ItemSize] = field(default_factory=set)
    bought: set[ItemSize] = field(default_factory=set)
    suggested: set[str] = field(default_factory=set)
    tried_after: set[str] = field(default_factory=set)
    bought_after: set[str] = field(default_factory=set)
    advised: dict[str, str] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        pair = event.item, event.size
        match event.kind:
            case ItemEventKind.TRIED:
                self.tried.add(pair)
                self.tried_after |= self.suggested & {event.item}
            case ItemEventKind.BOUGHT:
                self.bought.add(pair)
                self.bought_after |= self.suggested & {event.item}
            case ItemEventKind.SUGGESTED:
                self.suggested.add(event.item)
            case ItemEventKind.ADVISED:
                self.advised[event.item] = event.size
            case _:
                pass

    def sums(self) -> Mapping[str, set[ItemSize]]:
        """What is counted once for this visit, by name of the sum."""
        advised = set(self.advised.items())
        return {
            "tried": self.tried,
            "kept": self.tried & self.bought,
            "suggested": {(item, "") for item in self.suggested},
            "suggested_tried": {(item, "") for item in self.tried_after},
            "suggested_bought": {(item, "") for item in self.bought_after},
            "advised": advised,
            "advice_followed": advised & (self.tried | self.bought),
            "advice_kept": advised & self.bought,
        }


class WeekSums:
    """The sums of a week, added up event by event in the order in which they happened."""

    def __init__(self) -> None:
        self._sums: Sums = defaultdict(lambda: defaultdict(int))
        self._visits: dict[str, _Visit] = defaultdict(_Visit)
        self._alone = 0

    def add(self, event: Event) -> None:
        """Adds one event."""
        name = _ALONE.get(event.kind)
        if name:
            self._sums[event.item, event.size][name] += 1
        self._alone += 1
        self._visits[event.basket or f"none {self._alone}"].add(event)

    def total(self, step: Callable[[], None] = lambda: None) -> Sums:
        """The sums; no more events may be added. `step` is called after each visit."""
        while self._visits:
            _, visit = self._visits.popitem()
            for name, pairs in visit.sums().items():
                for pair in pairs:
                    self._sums[pair][name] += 1
            step()
        return self._sums


def week_sums(events: Iterable[Event]) -> Sums:
    """The sums of these events, in the order in which they happened."""
    added = WeekSums()
    for event in events:
        added.add(event)
    return added.total()
