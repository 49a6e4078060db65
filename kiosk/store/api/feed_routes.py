"""Routes of the retailer's feed for managers and for commands of this computer: what waits, mistakes, imports."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import ConfigDict, Field

from kiosk.store.api.auth import Administrator, AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.feed_answers import (
    MAX_MISTAKES,
    FeedAnswer,
    FeedJob,
    FeedLoss,
    FeedMistakes,
    feed_answer,
    job_answer,
    loss_answer,
)
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.errors import ForbiddenError, RefusedError
from kiosk.store.feed_import import Yes
from kiosk.store.feed_imports import FeedImports
from kiosk.store.service import Service


class AcceptBody(JsonObject):
    """The yes to one loss."""

    model_config = ConfigDict(extra="forbid")
    kind: Annotated[str, Field(max_length=32)]
    digest: Annotated[str, Field(max_length=64)]


class ImportBody(JsonObject):
    """What to import. `folder` (absolute), `accept` and `by` are for commands of this computer."""

    model_config = ConfigDict(extra="forbid")
    folder: Annotated[str, Field(max_length=4096)] = ""
    """Empty: the configured feed."""
    dry_run: bool = False
    accept: Annotated[tuple[AcceptBody, ...], Field(max_length=64)] = ()
    """What is accepted before, so that this import carries it out: all of it, or nothing if a part does not wait any
    more; then `not_accepted` of the result says so."""
    by: Annotated[str, Field(max_length=64)] = ""
    """The user of the command; a manager is known by the session."""


def feed_router(service: Service, auth: AdministratorAuth) -> APIRouter:
    """The routes of the feed."""
    router = APIRouter(
        prefix="/api/v1/feed", tags=["managers"], dependencies=[Depends(auth)], route_class=LimitedRoute
    )
    _shown(router, service)
    _changed(router, service.feed, auth)
    return router


def _shown(router: APIRouter, service: Service) -> None:
    feed = service.feed

    @router.get("", summary="The state of the retailer's data")
    def state() -> FeedAnswer:
        """What waits for a yes, what was read last, and how old the stock is."""
        return feed_answer(feed.state(), feed.folder, service.now_us())

    @router.get("/mistakes", summary="Mistakes in the feed's files")
    def mistakes(
        offset: Annotated[int, Query(ge=0, lt=2**63)] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_MISTAKES)] = 100,
    ) -> FeedMistakes:
        """By kind and line; without any value about a person."""
        report = feed.state().report
        first = report.mistakes
        return FeedMistakes(
            total=report.mistake_count, shown=len(first), mistakes=first[offset : offset + limit]
        )


def _changed(router: APIRouter, feed: FeedImports, auth: AdministratorAuth) -> None:
    @router.post("/accept", summary="Accept what waits")
    def accept(body: AcceptBody, who: Annotated[Administrator, Depends(auth)]) -> FeedLoss:
        """Stores the yes with who gave it, and starts an import of the configured feed, which carries it out. 404 if
        exactly this does not wait any more."""
        held = feed.accept(body.kind, body.digest, _name(who, ""))
        feed.start_soon()
        return loss_answer(held)

    @router.post("/import", summary="Import now", status_code=202)
    def begin(body: ImportBody, who: Annotated[Administrator, Depends(auth)]) -> FeedJob:
        """Starts an import; it goes on in the background. Refused (409, code `passing`) while another one runs."""
        if body.folder and not who.local:
            raise ForbiddenError("only a command on the store's computer names a folder")
        folder = Path(body.folder) if body.folder else None
        if folder is not None and not folder.is_absolute():
            raise RefusedError("write the folder's absolute path")
        accepted = [Yes(yes.kind, yes.digest, _name(who, body.by)) for yes in body.accept]
        return job_answer(feed.start(folder, dry_run=body.dry_run, accepted=accepted))

    @router.get("/import", summary="An import that was started")
    def progress(number: Annotated[int | None, Query(ge=1, lt=2**63)] = None) -> FeedJob | None:
        """Its progress, and its result when it has ended; the last one without `number`. Null if it is not known."""
        job = feed.job(number)
        return job_answer(job) if job is not None else None


def _name(who: Administrator, user: str) -> str:
    """Who says yes, for the log and the database."""
    return f"command line, {user or 'unknown'}" if who.local else who.name
