"""Routes for associates: notifications on this device while the page is not seen (Web Push)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field

from kiosk.config.types import Language
from kiosk.store.api.auth import AssociateAuth, AssociateSession
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.push.notifications import Notifications, Reach
from kiosk.store.push.subscriptions import Subscription


class PushAnswer(JsonObject):
    """Notifications on this device."""

    key: str
    """The store's public key (`applicationServerKey`, base64url); empty where the shop has no notifications."""
    subscribed: bool
    """Whether this session's device is notified."""
    reach: Reach
    """What became of the last notification for this device since the store's start."""


class SubscriptionBody(JsonObject):
    """A browser's subscription, as `PushSubscription.toJSON()` names its parts."""

    model_config = ConfigDict(extra="forbid")
    endpoint: Annotated[str, Field(min_length=1, max_length=1024, repr=False)]
    """`https://` at the push service of the browser's maker."""
    p256dh: Annotated[str, Field(min_length=1, max_length=128, repr=False)]
    auth: Annotated[str, Field(min_length=1, max_length=32, repr=False)]
    language: Language = "en"
    """In which a notification is written."""


def push_router(notifications: Notifications, auth: AssociateAuth) -> APIRouter:
    """The routes below /api/v1/push."""
    router = APIRouter(prefix="/api/v1/push", tags=["associates"], route_class=LimitedRoute)

    @router.get("", summary="Notifications on this device")
    def state(session: Annotated[AssociateSession, Depends(auth)], seen: bool | None = None) -> PushAnswer:
        """`seen`: whether the page is seen now. The page says so every 5 s while it is, and when it is left; for 15 s
        after it said so nothing is sent to this device, and then what still waits. It is no use of the page: a session
        ends all the same when nobody touches it."""
        if seen is not None:
            notifications.told_seen(session.name, seen=seen)
        found = notifications.state(session.name)
        return PushAnswer(key=found.key, subscribed=found.subscribed, reach=found.reach)

    @router.put("", summary="Switch notifications on", status_code=204, response_class=Response)
    def subscribe(body: SubscriptionBody, session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """This device is notified of requests, until the person signs out there. The first time it is notified at once.
        409 `push` where the shop has no notifications, and for an address that the store does not call."""
        address = notifications.address(body.endpoint, body.p256dh, body.auth)
        who = session.associate.associate_id
        notifications.subscribe(Subscription(address, who, session.name, session.device_mac, body.language))

    @router.delete("", summary="Switch notifications off", status_code=204, response_class=Response)
    def unsubscribe(session: Annotated[AssociateSession, Depends(auth)]) -> None:
        """This device is not notified any more."""
        notifications.book.end_session(session.name)

    return router
