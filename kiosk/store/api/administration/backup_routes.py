"""Routes of back-ups for commands of this computer: copies of database and ledger are taken.

Not for managers: the copies are not encrypted until the command has packed them.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends

from kiosk.store.api.auth import LocalAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.backup.snapshot_job import SnapshotJob, SnapshotProgress


class TakenAnswer(JsonObject):
    """The copies of one moment: number and hash of the ledger's last entry, the highest number of a receipt, and the
    numbers of ledgers that are in the database."""

    seq: int
    chain: str
    receipts: int
    ledgers: tuple[int, ...]


class SnapshotAnswer(JsonObject):
    """Copies for a back-up. `taken` is null while they are made, and if that failed."""

    running: bool
    done: int
    total: int
    taken: TakenAnswer | None
    failure: str


def backup_router(job: SnapshotJob, auth: LocalAuth) -> APIRouter:
    """The routes of back-ups."""
    router = APIRouter(
        prefix="/api/v1/backup", tags=["commands"], dependencies=[Depends(auth)], route_class=LimitedRoute
    )

    @router.post("/snapshot", summary="Copy database and ledger for a back-up", status_code=202)
    def start() -> SnapshotAnswer:
        """Starts to copy both, in the state of one moment, into the store's state folder (`cheval backup`)."""
        return _answer(job.start())

    @router.get("/snapshot", summary="The copies for a back-up")
    def progress() -> SnapshotAnswer | None:
        """How far they are; null if none were taken since the store started."""
        found = job.progress
        return _answer(found) if found is not None else None

    return router


def _answer(found: SnapshotProgress) -> SnapshotAnswer:
    taken = found.taken
    return SnapshotAnswer(
        running=found.running,
        done=found.done,
        total=found.total,
        taken=TakenAnswer(
            seq=taken.end.seq, chain=taken.end.chain, receipts=taken.end.receipts, ledgers=taken.ledgers
        )
        if taken is not None
        else None,
        failure=found.failure,
    )
