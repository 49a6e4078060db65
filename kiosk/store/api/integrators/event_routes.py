"""Routes of events for integrators: pages, a stream, and EPCIS documents."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import Field
from starlette.responses import JSONResponse

from kiosk.store.api.auth import bearer
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.integrators.auth import IntegratorAuth
from kiosk.store.api.streaming import COMMENT, EventStreamResponse, Stream
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.event_log.events import kinds_of
from kiosk.store.event_log.positions import PATTERN, Position
from kiosk.store.event_log.reading import MAX_PAGE, Page
from kiosk.store.integrators.accounts import Integrator
from kiosk.store.integrators.composing import EventServices
from kiosk.store.integrators.epcis import epcis_document
from kiosk.store.integrators.event_forms import event_json
from kiosk.store.integrators.streams import LogStream

After = Annotated[str, Query(max_length=40, pattern=f"^{PATTERN}$")]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE)]


class EventAnswer(JsonObject):
    """What happened to a piece. No person is in it."""

    id: str
    """Its place in the stream; to be sent back as `after` or `Last-Event-ID`."""
    event: str
    """Random and unique for ever: a repeated delivery has the same."""
    kind: Literal["piece.arrived", "piece.left", "piece.sold", "piece.returned"]
    at_us: int
    """Microseconds since 1970."""
    piece: str
    """Its article and serial; a serial that begins with `~` was made by the store."""
    article: str
    gtin: str | None
    sku: str | None
    """The shop's own SKU, where the article has no GTIN."""
    serial: str | None
    uri: str | None
    """GS1 Digital Link of the piece."""
    room: str | None


class EventsAnswer(JsonObject):
    """A page of events, the oldest first."""

    events: list[EventAnswer]
    next: str
    """The `after` of the next page."""
    more: bool
    """Whether there is more now."""


class EpcisResponse(JSONResponse):
    """An EPCISDocument."""

    media_type = "application/ld+json"


class EpcisObjectEvent(JsonObject):
    """An ObjectEvent of EPCIS 2.0."""

    type: Literal["ObjectEvent"]
    eventID: str  # noqa: N815 names of EPCIS
    eventTime: str  # noqa: N815
    eventTimeZoneOffset: str  # noqa: N815
    action: Literal["OBSERVE"]
    bizStep: str  # noqa: N815
    epcList: list[str] | None = None  # noqa: N815
    quantityList: list[dict[str, str | int]] | None = None  # noqa: N815
    disposition: str | None = None
    readPoint: dict[str, str] | None = None  # noqa: N815
    bizLocation: dict[str, str] | None = None  # noqa: N815


class EpcisBody(JsonObject):
    """The body of an EPCISDocument."""

    eventList: list[EpcisObjectEvent]  # noqa: N815 names of EPCIS


class EpcisDocument(JsonObject):
    """An EPCISDocument of EPCIS 2.0; what is absent of an event is left out."""

    context: list[str] = Field(alias="@context")
    type: Literal["EPCISDocument"]
    schemaVersion: Literal["2.0"]  # noqa: N815
    creationDate: str  # noqa: N815
    epcisBody: EpcisBody  # noqa: N815


def event_router(services: EventServices) -> APIRouter:
    """The routes below /api/v1/events."""
    router = APIRouter(prefix="/api/v1/events", tags=["integrators"], route_class=LimitedRoute)
    auth = IntegratorAuth(services.integrators)
    _pages(router, services, auth)
    _stream(router, services, auth)
    return router


def _pages(router: APIRouter, services: EventServices, auth: IntegratorAuth) -> None:
    def page(who: Integrator, after: str, limit: int) -> tuple[Position, Page]:
        position = services.feed.position(after)
        return position, services.feed.page(position, kinds_of(who.scopes), limit)

    @router.get("", summary="Events of pieces")
    def events(
        who: Annotated[Integrator, Depends(auth)], after: After = "", limit: Limit = 100
    ) -> EventsAnswer:
        """The events after an id, of the scopes of the token. `after=oldest` begins with the oldest that is kept;
        without `after` the page is empty, and its `next` is the newest place. 410 with the code `events-gone` where
        events after this id are not kept any more."""
        at, found = page(who, after, limit)
        answers = [
            EventAnswer.model_validate(event_json(e, at.stream_id, services.links)) for e in found.events
        ]
        return EventsAnswer(events=answers, next=str(Position(at.stream_id, found.seq)), more=found.more)

    @router.get(
        "/epcis", summary="Events as EPCIS 2.0", response_class=EpcisResponse, response_model=EpcisDocument
    )
    def epcis(who: Annotated[Integrator, Depends(auth)], after: After = "", limit: Limit = 100) -> Response:
        """The same events as an EPCISDocument (JSON-LD); those of pieces without a GS1 identifier are left out. The
        header `Cheval-Next` is the `after` of the next page, `Cheval-More` says whether there is more now. 410 as for
        `/api/v1/events`."""
        at, found = page(who, after, limit)
        answer = EpcisResponse(epcis_document(found.events, services.links, services.zone, services.now_us()))
        answer.headers["Cheval-Next"] = str(Position(at.stream_id, found.seq))
        answer.headers["Cheval-More"] = "true" if found.more else "false"
        return answer


def _stream(router: APIRouter, services: EventServices, auth: IntegratorAuth) -> None:
    @router.get(
        "/stream", summary="A stream of events", status_code=200, response_class=EventStreamResponse,
        responses={200: {"model": EventAnswer, "description": "Events; each message has one as its data"}},
    )  # fmt: skip
    def stream(
        request: Request,
        who: Annotated[Integrator, Depends(auth)],
        after: After = "",
        last_event_id: Annotated[str | None, Header(max_length=40)] = None,
    ) -> Response:
        """Server-sent events, named by their kind. After a break send the last `id` as `Last-Event-ID` (browsers do) or
        as `after`: the stream goes on behind it, and nothing is lost or doubled, also after a restart of the store.
        Without either it begins with what happens next. Every 2 s without an event a comment comes, with an `id`.
        410 as for `/api/v1/events`, 429 for more than eight streams of one token."""
        at = services.feed.position(last_event_id or after)
        services.feed.page(at, kinds_of(who.scopes), 1)
        token = bearer(request)

        def still_valid() -> None:
            """A token that was revoked while its stream was opened."""
            if services.integrators.of_token(token) is None:
                services.streams.end(who.name)

        services.streams.require_free(who)
        return EventStreamResponse(
            lambda wake: services.streams.open(who, at, kinds_of(who.scopes), wake),
            opened=still_valid,
            heartbeat=_beat,
        )


def _beat(stream: Stream) -> bytes:
    return stream.beat() if isinstance(stream, LogStream) else COMMENT
