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
from kiosk.store.feed_imports import FeedImports
from kiosk.store.service import Service


class AcceptBody(JsonObject):
    """The yes to one loss. `by`: the user of a command of this computer; a manager is known by the session."""

    model_config = ConfigDict(extra="forbid")
    kind: Annotated[str, Field(max_length=32)]
    digest: Annotated[str, Field(max_length=64)]
    by: Annotated[str, Field(max_length=64)] = ""


class ImportBody(JsonObject):
    """What to import. `folder` (absolute) is only for commands of this computer; without it the configured feed."""

    model_config = ConfigDict(extra="forbid")
    folder: Annotated[str, Field(max_length=4096)] = ""
    dry_run: bool = False


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
        offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=MAX_MISTAKES)] = 100
    ) -> FeedMistakes:
        """By kind and line; without any value about a person."""
        found = feed.state().report.mistakes
        return FeedMistakes(total=len(found), mistakes=found[offset : offset + limit])


def _changed(router: APIRouter, feed: FeedImports, auth: AdministratorAuth) -> None:
    @router.post("/accept", summary="Accept what waits")
    def accept(body: AcceptBody, who: Annotated[Administrator, Depends(auth)]) -> FeedLoss:
        """Stores the yes with who gave it. It is carried out by the next import, which is started for a manager; 404 if
        exactly this does not wait any more."""
        held = feed.accept(
            body.kind, body.digest, f"command line, {body.by or 'unknown'}" if who.local else who.name
        )
        if not who.local:
            feed.start_soon()
        return loss_answer(held)

    @router.post("/import", summary="Import now", status_code=202)
    def begin(body: ImportBody, who: Annotated[Administrator, Depends(auth)]) -> FeedJob:
        """Starts an import; it goes on in the background. Refused (409, code `passing`) while another one runs."""
        if not body.folder:
            return job_answer(feed.start(dry_run=body.dry_run))
        if not who.local:
            raise ForbiddenError("only a command on the store's computer names a folder")
        folder = Path(body.folder)
        if not folder.is_absolute() or "\x00" in body.folder:
            raise RefusedError("write the folder's absolute path")
        return job_answer(feed.start(folder, dry_run=body.dry_run))

    @router.get("/import", summary="The import that was started last")
    def progress() -> FeedJob | None:
        """Its progress, and its result when it has ended; null if none was started since the store's start."""
        job = feed.job
        return job_answer(job) if job is not None else None
