"""Section `put_aside` of the store's configuration: when a mirror offers to put a piece aside, and for how long."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.types import Section


class PutAside(Section):
    """Pieces that are put aside for a shopper, who fetches them with a code."""

    offer: Literal["never", "nobody", "always"] = "nobody"
    """When mirrors offer it. `nobody`: while no associate is there, or free, to bring a piece."""
    hours: Annotated[int, Field(ge=1, le=336)] | None = None
    """How many hours a piece stays put aside. Default: until the shop closes on the next day on which it is open."""
