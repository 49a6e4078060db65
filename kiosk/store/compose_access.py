"""Puts together who reaches the store, and how: certificates, paired devices, pairing, and the end of rights."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiosk.clock import monotonic_us
from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.access_watch import AccessWatch
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.privacy.ended_rights import EndedRights
from kiosk.store.service import Service
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import AssociateAccounts
from kiosk.store.staff.devices import DeviceTokens, migrate_tokens
from kiosk.store.staff.local_access import LocalAccess
from kiosk.store.staff.page_devices import IdleSessions, PageDevices
from kiosk.store.staff.pairing_desk import PairingDesk
from kiosk.store.tls.serving import ServingCertificates

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AccessServices:
    """`certificates` is None for plain HTTP."""

    certificates: ServingCertificates | None
    devices: DeviceTokens
    pairing: PairingDesk
    watch: AccessWatch
    page_devices: PageDevices
    idle: IdleSessions
    local: LocalAccess

    @property
    def root(self) -> str:
        """The shop's root (PEM); empty for plain HTTP."""
        return "" if self.certificates is None else self.certificates.root.pem

    def keep_certificates(self) -> None:
        """Renews certificates that are due."""
        if self.certificates is not None:
            self.certificates.keep()


def compose_access(
    settings: StoreSettings, hub: EventHub, associates: AssociateAccounts, service: Service, clock: Callable[[], int]
) -> AccessServices:  # fmt: skip
    """The services; nothing is started. Raises CertificateError, OSError."""
    if moved := migrate_tokens(settings.state):
        log.info(
            "tokens of %d mirrors are kept as hashes from now on; their files in clear are removed", moved
        )
    certificates = None
    if settings.tls is not None:
        certificates = ServingCertificates(settings.state, settings.host, settings.tls, clock)
    root = certificates.root.pem if certificates is not None else ""
    devices = DeviceTokens(settings.state)

    def end_visit(room: RoomId) -> None:
        with suppress(NotFoundError):
            visit = service.floor.room(room).visit
            if visit is not None:
                service.report_visit(room, ReportVisit(visit.ticket, began=False, at_us=clock()))

    def release_claims() -> None:
        claimed = any(r.associate_id for r in service.requests.open_requests.all())
        staff = associates.floor_ids() if claimed else frozenset()
        if claimed:
            with service.writer:
                service.requests.release_of(lambda who: who not in staff, clock())

    idle = IdleSessions(settings.timeouts.idle_us, monotonic_us)

    def alive(sessions: frozenset[str], now_us: int) -> frozenset[str]:
        return frozenset(s for s in associates.alive(sessions, now_us) if not idle.is_over(s))

    return AccessServices(
        certificates,
        devices,
        PairingDesk(settings.state, root, clock, EndedRights(settings.state, clock).device),
        AccessWatch(
            hub,
            devices,
            alive,
            end_visit,
            release_claims,
            service.floor.staff.session_ended,
            service.floor.staff.sessions,
        ),
        PageDevices(devices, only_paired=settings.only_paired_devices),
        idle,
        LocalAccess(settings.state, root),
    )
