"""Checks the topics of readers at one broker: with a topic in common, tags of one reader would appear in the rooms of
the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.drivers.impinj_options import HOSTNAME
from hardware.drivers.push_options import TOPIC
from hardware.drivers.zebra import EVENTS
from kiosk.commands.check.readers import ReaderEntry
from kiosk.config import Mistake, Read, StoreConfig


@dataclass(frozen=True, slots=True)
class _Subscription:
    """The topics of a reader. `below`: those below them as well; `own`: what other readers publish is left out."""

    topics: tuple[str, ...]
    below: bool
    own: bool

    @classmethod
    def of(cls, entry: ReaderEntry) -> _Subscription:
        options, known = entry.address.options, entry.driver.options
        is_impinj = HOSTNAME in known
        written = (entry.address.path or options[TOPIC], options[EVENTS] if EVENTS in known else "")
        return cls(tuple(filter(None, written)), is_impinj, is_impinj and bool(options[HOSTNAME]))

    def received_of(self, other: _Subscription) -> str:
        """A topic of the other reader whose messages are received too; empty if there is none."""
        found = (topic for topic in other.topics for ours in self.topics if self._has(ours, topic))
        return "" if self.own else next(found, "")

    def _has(self, ours: str, topic: str) -> bool:
        return topic == ours or (self.below and topic.startswith(f"{ours}/"))


def topic_mistakes(read: Read[StoreConfig], entries: tuple[ReaderEntry, ...]) -> Iterator[Mistake]:
    """Readers that receive what another reader publishes."""
    known: list[ReaderEntry] = []
    for entry in entries:
        if TOPIC not in entry.driver.options:
            continue
        for other in known:
            if _broker(entry) == _broker(other) and (what := _shared(entry, other)):
                advice = "each reader needs a topic of its own"
                yield read.mistake(("readers", entry.position, "uri"), f"{what}; {advice}")
        known.append(entry)


def _shared(entry: ReaderEntry, other: ReaderEntry) -> str:
    ours, theirs = _Subscription.of(entry), _Subscription.of(other)
    if topic := theirs.received_of(ours):
        return f"the topic of `{other.name}` contains {topic}"
    if topic := ours.received_of(theirs):
        return f"its topic contains {topic} of `{other.name}`"
    return ""


def _broker(entry: ReaderEntry) -> tuple[str, int]:
    return entry.address.host.lower().removesuffix("."), entry.address.port
