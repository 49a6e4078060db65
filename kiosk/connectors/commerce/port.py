"""The contract of all connectors: what the store reads from a system of the retailer, page by page.

Promises of every connector, tested in `tests/contracts/commerce`:

- Only errors of `errors` are raised, from the constructor `NoConnectorError` alone, which contacts nothing.
- `pages` gives what the system said, in its order, and never invents, drops or repairs a row. A row that cannot be used
  is refused later, by its number, with the reason.
- Each request has a limit of time and of size. Requests are repeated only where that is harmless.
- No redirect is followed and no address is connected to that the configuration does not allow (`network`).
- No key is in a text, a log or an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from kiosk.connectors.mapping.model import MappingFile

ListingName = Literal["catalogue", "stock"]


@dataclass(frozen=True, slots=True)
class SystemRow:
    """One entry of a list. `key` identifies it within the list. `records`: what it becomes, a record for each variant
    or location; values as in JSON, numbers with decimals as Decimal."""

    key: str
    records: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list. `total`: how many entries the whole list has, None if the system does not say it."""

    rows: tuple[SystemRow, ...]
    total: int | None = None


class Listing(Protocol):
    """A list of a system. `steady`: entries do not move between pages while others come and go (cursors), so that one
    reading is whole; else it is compared with another one. `mapping`: what a record means."""

    @property
    def name(self) -> ListingName: ...

    @property
    def steady(self) -> bool: ...

    @property
    def mapping(self) -> MappingFile: ...

    def pages(self) -> Iterator[Page]:
        """The list from its beginning. Raises CommerceError."""
        ...


class CommerceSystem(Protocol):
    """A system of the retailer. Used by one thread at a time; `cut` may come from any other."""

    @property
    def title(self) -> str:
        """What it is, for people."""
        ...

    @property
    def listings(self) -> Mapping[ListingName, Listing]:
        """What it gives, in the order in which it is read."""
        ...

    def cut(self) -> None:
        """Ends a request that is under way, and refuses all later ones."""
        ...

    def close(self) -> None:
        """Closes its connections."""
        ...
