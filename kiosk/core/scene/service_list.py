"""The services that a shopper can ask for, as cards in her language."""

from __future__ import annotations

from kiosk.core.domain.floor.service_icons import ICON_PATHS
from kiosk.core.domain.floor.services import BUILT_IN, ServiceKind
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.service_cards import ServiceCard


def service_cards(services: tuple[ServiceKind, ...], language: str) -> tuple[ServiceCard, ...]:
    """One card for each service, in the shop's order."""
    return tuple(
        ServiceCard(
            service.key,
            RequestKind(service.key) if service.key in BUILT_IN else RequestKind.SERVICE,
            service.label.in_language(language),
            service.hint.in_language(language),
            ICON_PATHS[service.icon],
            service.minutes,
        )
        for service in services
    )
