"""The forms in which an event leaves the store: JSON, and a message of an event stream."""

from __future__ import annotations

import json

from kiosk.core.domain.ids import gtin_of, is_anonymous, serial_of, sku_of
from kiosk.store.event_log.events import LoggedEvent
from kiosk.store.event_log.positions import Position
from kiosk.store.integrators.digital_link import DigitalLinks

Json = dict[str, str | int | None]


def event_json(found: LoggedEvent, stream_id: str, links: DigitalLinks) -> Json:
    """The event as an object, described by `EventAnswer` of the API; what an event does not have is null."""
    event = found.event
    return {
        "id": str(Position(stream_id, found.seq)),
        "event": found.event_id,
        "kind": event.kind.value,
        "at_us": event.at_us,
        "piece": event.piece,
        "article": event.article,
        "gtin": gtin_of(event.article),
        "sku": sku_of(event.article),
        "serial": None if is_anonymous(event.piece) else serial_of(event.piece),
        "uri": links.of_piece(event.piece),
        "room": event.room or None,
    }


def event_message(found: LoggedEvent, stream_id: str, links: DigitalLinks) -> bytes:
    """The event as a message of an event stream (HTML Living Standard, section 9.2)."""
    body = json.dumps(event_json(found, stream_id, links), ensure_ascii=False, separators=(",", ":"))
    return f"id: {Position(stream_id, found.seq)}\nevent: {found.event.kind.value}\ndata: {body}\n\n".encode()


def beat_message(position: Position) -> bytes:
    """A comment that shows that the store is there, and moves the id of a reader on: nothing is lost before it."""
    return f": \nid: {position}\n\n".encode()
