"""A system of which only the first page of each list is read: are address, keys and description right?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kiosk.connectors.commerce.port import CommerceSystem, Listing, ListingName, Page
from kiosk.connectors.mapping.model import MappingFile


@dataclass(frozen=True, slots=True)
class _FirstOf:
    whole: Listing

    @property
    def name(self) -> ListingName:
        return self.whole.name

    @property
    def steady(self) -> bool:
        return True

    @property
    def mapping(self) -> MappingFile:
        return self.whole.mapping

    def pages(self) -> Iterator[Page]:
        return (Page(page.rows) for page in islice(self.whole.pages(), 1))


@dataclass(frozen=True, slots=True)
class _FirstPages:
    whole: CommerceSystem

    @property
    def title(self) -> str:
        return self.whole.title

    @property
    def listings(self) -> Mapping[ListingName, Listing]:
        return {name: _FirstOf(listing) for name, listing in self.whole.listings.items()}

    def cut(self) -> None:
        self.whole.cut()

    def close(self) -> None:
        self.whole.close()


def first_page(system: CommerceSystem) -> CommerceSystem:
    """The same system, of which each list ends after its first page."""
    return _FirstPages(system)
