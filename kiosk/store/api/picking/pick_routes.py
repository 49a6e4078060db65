"""The route of an associate's pick list."""

from contextlib import AbstractContextManager
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.floor.offers.first_asked import FirstAsked


class PickStop(JsonObject):
    """A place on her way, and the requests that she fetches or brings there."""

    fetch: bool
    """Goods are taken here; else the requests are brought."""
    zone: str
    """The zone of the floor plan."""
    requests: tuple[str, ...]


class PickListAnswer(JsonObject):
    """`stops`: in walking order. `take_along`: ids of waiting requests that are on her way, the one that keeps shoppers
    waiting least first; claimed like any other request."""

    stops: tuple[PickStop, ...]
    take_along: tuple[str, ...]


def pick_router(picks: FirstAsked, auth: AssociateAuth, writer: AbstractContextManager[Any]) -> APIRouter:
    """Without a floor plan the list is empty."""
    router = APIRouter(prefix="/api/v1", tags=["associates"], route_class=LimitedRoute)

    @router.get("/pick-list", summary="What an associate fetches and brings, in walking order")
    def pick_list(session: Annotated[AssociateSession, Depends(auth)]) -> PickListAnswer:
        """It changes with requests, and with the time: what she can take along ends when she has left the goods."""
        with writer:
            articles = picks.articles()
        picks.learn(articles)
        with writer:
            view = picks.view_of(session.associate.associate_id)
        stops = (PickStop(fetch=s.fetch, zone=s.spot.zone, requests=s.requests) for s in view.stops)
        return PickListAnswer(stops=tuple(stops), take_along=view.take_along)

    return router
