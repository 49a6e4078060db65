"""Events in the form of EPCIS 2.0 (GS1 EPCIS 2.0.1, JSON/JSON-LD) with the words of CBV 2.0.

A piece with a serial is named by its GS1 Digital Link, one without by its article and the quantity 1. Pieces of
articles without a GTIN have no GS1 identifier: they are left out here, and are in the events of the store's own form.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.clock import US
from kiosk.store.event_log.events import EventKind, LoggedEvent
from kiosk.store.integrators.digital_link import DigitalLinks

CONTEXT: Final = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
_WORDS: Final = {
    EventKind.ARRIVED: ("arriving", "sellable_not_accessible"),
    EventKind.LEFT: ("departing", None),
    EventKind.SOLD: ("retail_selling", "retail_sold"),
    EventKind.RETURNED: ("accepting", "returned"),
}
"""Business step and disposition (CBV 2.0, sections 7.1 and 7.2). A piece in a fitting room can be sold, but not reached
by other shoppers; of one that leaves a room it is not known where it goes."""


def epcis_event(found: LoggedEvent, links: DigitalLinks, zone: ZoneInfo) -> dict[str, Any] | None:
    """The event as an ObjectEvent; None for a piece without a GS1 identifier."""
    event = found.event
    article, piece = links.of_article(event.piece), links.of_piece(event.piece)
    if article is None:
        return None
    step, disposition = _WORDS[event.kind]
    read_point = links.of_room(event.room) or links.of_shop()
    body: dict[str, Any] = {
        "type": "ObjectEvent",
        "eventID": f"urn:uuid:{UUID(found.event_id)}",
        "eventTime": _time(event.at_us),
        "eventTimeZoneOffset": _offset(event.at_us, zone),
        "action": "OBSERVE",
        "bizStep": step,
    }
    if piece is not None:
        body["epcList"] = [piece]
    else:
        body["quantityList"] = [{"epcClass": article, "quantity": 1}]
    if disposition is not None:
        body["disposition"] = disposition
    if read_point is not None:
        body["readPoint"] = {"id": read_point}
    if (shop := links.of_shop()) is not None:
        body["bizLocation"] = {"id": shop}
    return body


def epcis_document(
    found: Iterable[LoggedEvent], links: DigitalLinks, zone: ZoneInfo, made_us: int
) -> dict[str, Any]:
    """An EPCISDocument of the events that have a GS1 identifier. `made_us`: when it was made."""
    events = (epcis_event(each, links, zone) for each in found)
    return {
        "@context": [CONTEXT],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": _time(made_us),
        "epcisBody": {"eventList": [event for event in events if event is not None]},
    }


def _time(at_us: int) -> str:
    return f"{datetime.fromtimestamp(at_us // US, UTC):%Y-%m-%dT%H:%M:%S}.{at_us % US // 1000:03d}Z"


def _offset(at_us: int, zone: ZoneInfo) -> str:
    """The zone's offset at a time, as `+02:00`."""
    text = f"{datetime.fromtimestamp(at_us // US, zone):%z}"
    return f"{text[:3]}:{text[3:5]}"
