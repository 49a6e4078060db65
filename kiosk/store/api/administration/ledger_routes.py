"""Routes of the payments' ledger for managers and for commands of this computer: its audit, its entries."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from kiosk.store.api.administration import books_routes
from kiosk.store.api.administration.ledger_answers import AuditAnswer, audit_answer
from kiosk.store.api.auth import AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.audit_job import AuditJob
from kiosk.store.payments.transactions.confirmation import Confirmations


def ledger_router(ledger: SqlLedger, confirmations: Confirmations, auth: AdministratorAuth) -> APIRouter:
    """The routes of the ledger."""
    job = AuditJob(ledger)
    router = APIRouter(
        prefix="/api/v1/ledger", tags=["managers"], dependencies=[Depends(auth)], route_class=LimitedRoute
    )

    @router.post("/audit", summary="Audit the ledger", status_code=202)
    def start() -> AuditAnswer:
        """Starts to check every entry in the background, unless that runs already."""
        return audit_answer(job.start())

    @router.get("/audit", summary="The audit of the ledger")
    def progress() -> AuditAnswer | None:
        """Its progress, and its result when it has ended; null if there was none since the store started."""
        found = job.progress
        return audit_answer(found) if found is not None else None

    books_routes.add(router, LedgerPages(ledger), confirmations)
    return router
