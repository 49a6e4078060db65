"""Routes of integrators' access, for managers and for commands of this computer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import ConfigDict, Field

from kiosk.store.api.administration.staff_routes import By
from kiosk.store.api.auth import Administrator, AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.event_log.events import Scope
from kiosk.store.integrators.accounts import NAME_PATTERN, Integrators
from kiosk.store.integrators.streams import LogStreams
from kiosk.store.staff.staff_desk import COMMAND

Name = Annotated[str, Field(pattern=NAME_PATTERN)]


class IntegratorAnswer(JsonObject):
    """A program that may read events. `streams`: how many it has open."""

    name: str
    scopes: list[Scope]
    added_us: int
    added_by: str
    streams: int


class AddIntegratorBody(JsonObject):
    """A new integrator."""

    model_config = ConfigDict(extra="forbid")
    name: Name
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=len(Scope))]


class TokenAnswer(JsonObject):
    """The token, which is shown this once."""

    token: str = Field(repr=False)


def integrator_router(integrators: Integrators, streams: LogStreams, auth: AdministratorAuth) -> APIRouter:
    """The routes below /api/v1/integrators."""
    router = APIRouter(
        prefix="/api/v1/integrators",
        tags=["managers"],
        dependencies=[Depends(auth)],
        route_class=LimitedRoute,
    )

    @router.get("", summary="The integrators")
    def all_of_them() -> list[IntegratorAnswer]:
        """Programs of other systems that may read events, by name."""
        return [
            IntegratorAnswer(
                name=i.name, scopes=sorted(i.scopes, key=lambda s: s.value), added_us=i.added_us,
                added_by=i.added_by, streams=streams.count(i.name),
            )
            for i in integrators.all()
        ]  # fmt: skip

    @router.post("", summary="Add an integrator")
    def add(
        body: AddIntegratorBody, who: Annotated[Administrator, Depends(auth)], by: By = ""
    ) -> TokenAnswer:
        """The token is shown this once; the store keeps a hash. 409 for a name that is taken."""
        return TokenAnswer(token=integrators.add(body.name, body.scopes, _name(who, by)))

    @router.delete("/{name}", summary="Revoke an integrator", status_code=204, response_class=Response)
    def revoke(name: Annotated[str, Path(pattern=NAME_PATTERN)]) -> None:
        """Its token is not accepted any more, and all its streams end at once."""
        integrators.revoke(name)

    return router


def _name(who: Administrator, by: str) -> str:
    return f"{COMMAND}/{by}" if who.local else who.name
