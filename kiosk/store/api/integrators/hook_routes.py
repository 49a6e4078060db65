"""Routes of web hooks for events: how they do, dead letters, sending them again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import Field

from kiosk.store.api.auth import AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.event_log.events import EventKind
from kiosk.store.integrators.hooks.web_hooks import WebHooks

HookName = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]


class HookAnswer(JsonObject):
    """A web hook of the configuration."""

    name: str
    waiting: int
    """Published events, of all kinds, that it has not come to yet."""
    tries: int
    """Failed tries of the next event."""
    why: str
    """Why the last one failed; empty if none did."""
    missed: int
    """Events that were deleted before they could be sent."""
    gone: bool
    """It has answered 410: nothing is sent until its dead letters are sent again."""
    dead: int
    """Events that were given up."""


class DeadLetterAnswer(JsonObject):
    """An event that was given up."""

    event: str
    kind: EventKind
    body: str = Field(description="As it was sent.")
    why: str
    dead_us: int
    again: bool
    """To be sent again, as soon as the receiver takes something."""


class SentAgainAnswer(JsonObject):
    """How many dead letters are sent again."""

    count: int


def hook_router(hooks: WebHooks, auth: AdministratorAuth) -> APIRouter:
    """The routes below /api/v1/web-hooks."""
    router = APIRouter(
        prefix="/api/v1/web-hooks",
        tags=["managers"],
        dependencies=[Depends(auth)],
        route_class=LimitedRoute,
    )

    @router.get("", summary="The web hooks for events")
    def all_of_them() -> list[HookAnswer]:
        """Those of `events.web_hooks`, and how far they have come."""
        return [
            HookAnswer(
                name=h.state.name, waiting=h.waiting, tries=h.state.tries, why=h.state.why, missed=h.state.missed,
                gone=h.state.gone, dead=h.dead,
            )
            for h in hooks.all()
        ]  # fmt: skip

    @router.get("/{name}/dead-letters", summary="Events that a web hook did not take")
    def dead(name: HookName) -> list[DeadLetterAnswer]:
        """The oldest first; at most 1,000 are kept, for 30 days."""
        return [
            DeadLetterAnswer(
                event=d.event_id, kind=EventKind(d.kind), body=d.body, why=d.why, dead_us=d.dead_us, again=d.again
            )
            for d in hooks.dead(name)
        ]  # fmt: skip

    @router.post("/{name}/send-again", summary="Send the dead letters of a web hook again")
    def send_again(name: HookName) -> SentAgainAnswer:
        """They come after newer events, each with its `Cheval-Id`. One that had answered 410 is tried again."""
        return SentAgainAnswer(count=hooks.send_again(name))

    return router
