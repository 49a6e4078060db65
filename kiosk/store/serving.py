"""Serves a store: builds it as soon as its database answers, until it is told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Final

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from kiosk.config import StoreConfig
from kiosk.service_manager import READY, ProgressReport, ServiceManager
from kiosk.store.api.server import HttpServer
from kiosk.store.app import build_store
from kiosk.store.db.waits import is_busy
from kiosk.store.errors import StoreError
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings, settings_of

log = logging.getLogger(__name__)
CLOSE_TIMEOUT_S = 5
RETRY_S: Final = 2.0
"""Wait before the next try to start, while the database is away."""


def serve(
    config: StoreConfig, ready: Callable[[str], None], stop: Event, *, state: Path | None = None
) -> int:
    """Runs a store until `stop` is set; calls `ready` with its address once it answers requests.

    Returns 0 after `stop`, 1 if it could not start (the log says why). While its database is away it waits for it. Call
    it from the main thread; the caller handles signals. `state` overrides the state folder of the configuration.
    """
    try:
        store = _build_when_reached(settings_of(config, state), stop)
    except (StoreError, OperationalError, OSError) as error:
        log.error("the store cannot start: %s", error)
        return 1
    except SQLAlchemyError as error:
        # The database quotes values in these errors ("Failing row contains ..."), and they may be personal data.
        log.error("the store cannot start: database error %s", type(error).__name__)
        return 1
    if store is None:
        return 0
    if not store.resources.associates.all():
        log.info("nobody can sign in yet; the first manager: cheval staff add NAME --role manager")
    try:
        return run(store, ready, stop)
    finally:
        store.close()


def _build_when_reached(settings: StoreSettings, stop: Event) -> Store | None:
    """The built store; None if `stop` was set before its database answered. Raises as `build_store`."""
    waiting = False
    while True:
        try:
            store = build_store(settings)
        except OperationalError as error:
            if not (settings.database_url.startswith("postgresql") or is_busy(error)):
                raise
            if not waiting:
                log.error("the store waits for its database, and tries again every %g s: %s", RETRY_S, error)
            waiting = True
        else:
            if waiting:
                log.warning("the database answers; the store starts")
            return store
        if stop.wait(RETRY_S):
            return None


def run(store: Store, ready: Callable[[str], None], stop: Event) -> int:
    """Serves a built store until `stop` is set (returns 0) or its HTTP server ends by itself (returns 1)."""
    try:
        server = _server(store)
    except OSError as error:
        log.error("the store cannot listen on %s:%d: %s", store.settings.host, store.settings.port, error)
        return 1
    store.address.url = store.address.url or server.url
    store.open()
    server.open()
    try:
        if not server.wait_until_open():
            return 1
        log.info("the store listens on %s", server.url)
        _publish_access(store, server.url)
        ready(server.url)
        manager = ServiceManager.of_environment()
        manager.notify(READY)
        clock_works = ProgressReport(manager, lambda: store.clock_loop.heartbeat.count)
        while not stop.wait(1.0):
            clock_works.look()
            if server.closed:
                log.error("the store's server ended by itself")
                return 1
            if store.resources.hold.regained:
                log.error("another store used the database meanwhile; this one ends, to be started again")
                return 1
        return 0
    finally:
        store.local_access.withdraw()
        store.hub.close()
        server.close(CLOSE_TIMEOUT_S)


def _server(store: Store) -> HttpServer:
    settings, certificates = store.settings, store.certificates
    tls = certificates.context if certificates is not None else None
    return HttpServer(store.http, settings.host, settings.port, settings.limits, tls, store.proxies)


def _publish_access(store: Store, url: str) -> None:
    try:
        store.local_access.publish(url)
    except OSError as error:
        log.warning(
            "commands of this computer cannot reach the store: %s: %s", error.filename, error.strerror
        )
