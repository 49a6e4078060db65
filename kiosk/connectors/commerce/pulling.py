"""Reads a system and makes files of the feed of what it says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.connectors.commerce.errors import AnswerError
from kiosk.connectors.commerce.port import CommerceSystem, ListingName
from kiosk.connectors.commerce.reading import Progress, ReadList, read_listing
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.mapping import Conversion, Shop, convert

RAW = "raw"
"""Folder in the work folder with the records as the system gave them."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a system said. `lists`: how much of each list; `conversions`: what became of it."""

    lists: dict[ListingName, ReadList]
    conversions: dict[ListingName, Conversion]

    @property
    def entries(self) -> dict[ListingName, int]:
        """How many entries each list had."""
        return {name: read.entries for name, read in self.lists.items()}

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of the feed that were made."""
        return tuple(path for made in self.conversions.values() for path in made.paths)

    @property
    def refused(self) -> int:
        return sum(made.refused for made in self.conversions.values())

    def lines(self, kind: str) -> int:
        """Lines of a kind of the feed."""
        return sum(made.lines.get(kind, 0) for made in self.conversions.values())


def pull(
    system: CommerceSystem, work: Path, shop: Shop, progress: Progress, known: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> Pulled:  # fmt: skip
    """Reads the lists of a system into an empty folder. A row that is refused is a line with the reason.

    `known`: digests of the last good reading by list; `only`: lists to be read, by default all. Raises CommerceError,
    OSError, and what `progress` raises.
    """
    raw = work / RAW
    raw.mkdir()
    lists: dict[ListingName, ReadList] = {}
    conversions: dict[ListingName, Conversion] = {}
    for name, listing in system.listings.items():
        if only is not None and name not in only:
            continue
        file = raw / f"{name}.jsonl"
        lists[name] = read = read_listing(listing, file, progress, (known or {}).get(name, ""))
        try:
            conversions[name] = convert(
                file, listing.mapping, work, shop, _told(progress, name, read.entries)
            )
        except UnreadableError as error:
            raise AnswerError(f"{name}: it {error}") from None
    return Pulled(lists, conversions)


def _told(progress: Progress, name: ListingName, entries: int) -> Callable[[int, int], None]:
    return lambda _done, _whole: progress(name, entries, None)
