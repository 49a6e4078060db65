"""Section `sales_out` of the store's configuration: where orders, refunds and stock movements are given to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from kiosk.config.alarms import WebHook
from kiosk.config.types import Key, Place, Section


class SalesFolder(Section):
    """A folder for files: JSON lines of each day, and the day's totals as CSV."""

    folder: Place
    """It must exist, and the store's user must be allowed to write to it."""


class SalesHook(WebHook):
    """A program that is called with each document: JSON by POST, signed with HMAC-SHA-256, in order. While a new key is
    introduced, `key_file` has a second line `former: VALUE`: documents are signed with both."""

    template: Place | None = None
    """JSON file that says how the body of each kind of document is written (guide: sales-out). Kinds that are not in it
    are not given. Default: every document as it is."""
    timeout_s: Annotated[int, Field(ge=1, le=60)] = 10
    """Seconds for which it may take to answer for one document."""


class SalesOut(Section):
    """Orders, refunds, exchanges and stock movements for the retailer's systems (guide: sales-out). Each destination
    begins with what happens after it was configured, and gets every document once, in order."""

    folders: dict[Key, SalesFolder] = Field(default_factory=dict, max_length=8)
    """Folders for files, by name."""
    web_hooks: dict[Key, SalesHook] = Field(default_factory=dict, max_length=8)
    """Programs that are called with each document, by name."""
    late_minutes: Annotated[int, Field(ge=1, le=10_080)] = 15
    """Minutes after which a document that a destination has not taken is an alarm (`sales-undelivered`)."""

    @property
    def destinations(self) -> Mapping[str, SalesFolder | SalesHook]:
        """All destinations by name."""
        return {**self.folders, **self.web_hooks}

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if both := sorted(self.folders.keys() & self.web_hooks.keys()):
            raise ValueError(f"`{both[0]}` is a folder and a web hook; give each its own name")
        places = [each.folder for each in self.folders.values()]
        if len(set(places)) < len(places):
            raise ValueError("two destinations have the same folder; give each its own")
        return self
