"""An audit of the ledger in the background, while the store runs."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.supervised import start_job
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.audit import AuditResult, audit

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AuditProgress:
    """`result` is None while the audit runs, and if it failed (`failure`)."""

    running: bool
    done: int = 0
    total: int = 0
    result: AuditResult | None = None
    failure: str = ""


class AuditJob:
    """The last audit of a ledger; at most one runs at a time. Safe to use from any thread."""

    def __init__(self, ledger: SqlLedger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._now: AuditProgress | None = None

    @property
    def progress(self) -> AuditProgress | None:
        """The audit that runs or ran last; None if there was none since the start."""
        return self._now

    def start(self) -> AuditProgress:
        """Starts an audit, unless one runs."""
        with self._lock:
            if self._now is not None and self._now.running:
                return self._now
            before, self._now = self._now, AuditProgress(running=True)
            try:
                start_job("ledger-audit", self._run)
            except RuntimeError:
                self._now = before
                raise
            return AuditProgress(running=True)

    def _run(self) -> None:
        try:
            result = audit(self._ledger, self._progressed, alone=False)
        except (LedgerDamagedError, SQLAlchemyError) as error:
            self._now = AuditProgress(running=False, failure=str(error))
        except Exception as error:
            log.exception("the audit of the ledger failed")
            self._now = AuditProgress(running=False, failure=type(error).__name__)
        else:
            self._now = AuditProgress(running=False, done=result.entries, total=result.entries, result=result)

    def _progressed(self, done: int, total: int) -> None:
        self._now = AuditProgress(running=True, done=done, total=total)
