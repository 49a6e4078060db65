"""The services that the shop offers: which requests are taken, who answers them, and what is promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.floor.services import BUILT_IN, USUAL_SERVICES, AnsweredBy, AskedService, ServiceKind
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.texts import NO_TEXT
from kiosk.store.errors import RefusedError

_GARMENTS = frozenset({RequestKind.SIZE, RequestKind.PIECE})


class ServiceOffer:
    """The services of the configuration, by key."""

    def __init__(self, services: Iterable[ServiceKind] = USUAL_SERVICES) -> None:
        self._kinds = {kind.key: kind for kind in services}

    @property
    def promised(self) -> Mapping[str, int]:
        """Minutes by kind, where the shop promises some."""
        return {key: kind.minutes for key, kind in self._kinds.items() if kind.minutes}

    def taken(self, request: ServiceRequest) -> ServiceRequest:
        """A request of a mirror as the shop takes it: name and sign of a service are the shop's, not the mirror's.

        Raises RefusedError for a service that the shop does not offer.
        """
        if request.kind in _GARMENTS:
            return replace(request, service=None, second=_second(request))
        request, key = _without_garment(request), _key(request)
        kind = self._kinds.get(key)
        if kind is None:
            raise RefusedError(
                f"this shop does not offer the service `{key}`; it offers {', '.join(self._kinds)}"
            )
        if kind == BUILT_IN.get(key):
            return replace(request, service=None)
        return replace(request, name=kind.label, service=AskedService(kind.key, kind.icon, kind.brought))

    def answered_by(self, request: ServiceRequest) -> AnsweredBy:
        """Who is asked first, and who prepares it; associates for a kind that is not offered any more."""
        kind = self._kinds.get(request.kind_key)
        return kind.answered_by if kind is not None else AnsweredBy.ASSOCIATE


def _second(request: ServiceRequest) -> SecondSize | None:
    """Its second size; none of a paid piece that is changed for one size, and not the first size again."""
    second = request.second
    same = second is not None and second.article == request.article
    return None if request.instead_of is not None or same else second


def _without_garment(request: ServiceRequest) -> ServiceRequest:
    """A request for a service, which has no garment and no words of the mirror's."""
    return replace(
        request, article=None, name=NO_TEXT, size="", colour=NO_TEXT, picture="", lies="", instead_of=None, second=None
    )  # fmt: skip


def _key(request: ServiceRequest) -> str:
    """A service of the shop's own is named by its key alone."""
    own = request.service.key if request.service is not None else ""
    return own if request.kind is RequestKind.SERVICE and own not in BUILT_IN else request.kind.value
