"""Errors of readers of events; they belong to the tree of `kiosk.store.errors`."""

from __future__ import annotations

from kiosk.store.errors import StoreError


class BadPositionError(StoreError):
    """The id after which events are wanted is none that this store writes."""

    status = 400
    title = "No id of an event"

    def __init__(self) -> None:
        super().__init__("the id of an event has the form STREAM.NUMBER, as the store sends it")


class EventsGoneError(StoreError):
    """Events after this id are deleted, or it is of an earlier stream: what came in between is not known any more."""

    status = 410
    title = "These events are gone"
    code = "events-gone"

    def __init__(self) -> None:
        super().__init__(
            "events after this id are not kept any more: take the present state from your own system, then go on with"
            " after=oldest"
        )


class TooManyStreamsError(StoreError):
    """One integrator has as many open streams as it may have."""

    status = 429
    title = "Too many streams"

    def __init__(self, streams: int) -> None:
        super().__init__(f"{streams} streams are open already; end one first")
