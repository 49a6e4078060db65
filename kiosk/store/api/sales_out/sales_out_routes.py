"""Routes of sales documents, for managers and for commands of this computer: how destinations do, and decisions."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import ConfigDict, Field
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.api.administration.staff_routes import By
from kiosk.store.api.auth import Administrator, AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.sales_out.sales_out_answers import DestinationAnswer, destination_answer
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.errors import NotFoundError
from kiosk.store.sales_out.destinations import SalesDestinations
from kiosk.store.sales_out.state_rows import MAX_REASON, Decision
from kiosk.store.staff.staff_desk import COMMAND

DestinationName = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
DocumentId = Annotated[str, Field(min_length=1, max_length=1000)]


class RetryBody(JsonObject):
    """The document that is refused, as the person saw it."""

    model_config = ConfigDict(extra="forbid")
    document: DocumentId


class SkipBody(RetryBody):
    """Why it is skipped."""

    reason: Annotated[str, Field(min_length=1, max_length=MAX_REASON)]


class ReplayBody(JsonObject):
    """The first day of the shop whose documents are given again."""

    model_config = ConfigDict(extra="forbid")
    first: date
    dry_run: bool = False


class ReplayAnswer(JsonObject):
    """How many documents are given again, at most."""

    count: int


def sales_out_router(
    destinations: SalesDestinations, now_us: Callable[[], int], auth: AdministratorAuth
) -> APIRouter:
    """The routes below /api/v1/sales-out."""
    router = APIRouter(
        prefix="/api/v1/sales-out",
        tags=["managers"],
        dependencies=[Depends(auth)],
        route_class=LimitedRoute,
    )

    @router.get("", summary="Where sales are given to")
    def all_of_them() -> list[DestinationAnswer]:
        """The destinations of `sales_out`: how far they have come, what waits, and what persons decided."""
        return [
            destination_answer(report, _decisions(destinations, report.name), now_us())
            for report in destinations.reports()
        ]

    @router.post(
        "/{name}/retry", summary="Give a refused document once more", status_code=204, response_class=Response
    )
    def retry(
        name: DestinationName, body: RetryBody, who: Annotated[Administrator, Depends(auth)], by: By = ""
    ) -> None:
        """409 if that document is not refused any more."""
        destinations.retry(name, body.document, _name(who, by))

    @router.post("/{name}/skip", summary="Skip a refused document", status_code=204, response_class=Response)
    def skip(
        name: DestinationName, body: SkipBody, who: Annotated[Administrator, Depends(auth)], by: By = ""
    ) -> None:
        """The destination never gets it; the reason is kept. 409 if that document is not refused any more."""
        destinations.skip(name, body.document, body.reason, _name(who, by))

    @router.post("/{name}/replay", summary="Give documents from a day on again")
    def replay(
        name: DestinationName, body: ReplayBody, who: Annotated[Administrator, Depends(auth)], by: By = ""
    ) -> ReplayAnswer:
        """They have the ids and the bytes that they had: a destination leaves out those that it has."""
        count = destinations.replay(name, body.first, _name(who, by), dry_run=body.dry_run)
        return ReplayAnswer(count=count)

    return router


def _decisions(destinations: SalesDestinations, name: str) -> tuple[Decision, ...]:
    """None for a destination that cannot be used, and while the database does not answer."""
    try:
        return destinations.decisions(name)
    except (NotFoundError, SQLAlchemyError):
        return ()


def _name(who: Administrator, by: str) -> str:
    return f"{COMMAND}/{by}" if who.local else who.name
