"""The watches of the readers with antennas: silence where tags must be read, slow reads, tags of others,
antennas that no room uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from hardware.ports import RadioFact, ReaderNote
from hardware.rooms.site import Site
from hardware.watches.read_watch import ReadWatch, WatchSettings
from kiosk.store.radio.unused_antennas import UnusedAntennas

SILENT_S: Final = 60.0
"""A reader that reads nothing for so long although reference tags are in its rooms is noted. Without reference tags
silence is no fault: the rooms may be empty for days."""


class ReaderWatches:
    """A `ReadWatch` and the `UnusedAntennas` of each reader. `is_ours`: whether an EPC is the shop's garment."""

    def __init__(self, readers: Iterable[str], site: Site, is_ours: Callable[[str], bool] | None) -> None:
        expecting = {reader for tag in site.references.values() for reader in site.readers_of(tag.room)}

        def ours(epc: str) -> bool:
            return is_ours is None or epc in site.references or is_ours(epc)

        self._watches = {
            name: ReadWatch(name, WatchSettings(silent_s=SILENT_S if {name, ""} & expecting else None), ours)
            for name in readers
        }
        self._unused = {name: UnusedAntennas(name, site) for name in self._watches}

    def take(self, fact: RadioFact) -> None:
        """Takes a fact of any reader; those without antennas are not watched."""
        watch = self._watches.get(fact.reader)
        if watch is not None:
            watch.take(fact)
            self._unused[fact.reader].take(fact)

    def tick(self, now_us: int) -> Iterator[ReaderNote]:
        """Advances the time; the notes that begin and end."""
        for watch in self._watches.values():
            yield from watch.tick(now_us)
        for unused in self._unused.values():
            yield from unused.tick()
