"""Authentication of integrators: a token and its scopes."""

from __future__ import annotations

from typing import ClassVar

from fastapi import Request

from kiosk.store.api.access.callers import Caller, Callers
from kiosk.store.api.access.gates import require
from kiosk.store.api.auth import bearer
from kiosk.store.api.connections.protocol import accepted
from kiosk.store.errors import ForbiddenError, UnauthenticatedError
from kiosk.store.event_log.events import Scope
from kiosk.store.integrators.accounts import Integrator, Integrators


class IntegratorAuth:
    """Lets in integrators with one of some scopes; without any named, every integrator. What an integrator sees follows
    from its own scopes. Raises UnauthenticatedError (401), ForbiddenError (403), SQLAlchemyError."""

    callers: ClassVar[Callers] = frozenset({Caller.INTEGRATOR})

    def __init__(self, integrators: Integrators, *scopes: Scope) -> None:
        self._integrators, self.scopes = integrators, scopes or tuple(Scope)

    def __call__(self, request: Request) -> Integrator:
        token = bearer(request)
        found = self._integrators.of_token(token) if token else None
        if found is None:
            raise UnauthenticatedError("an integrator needs its token")
        accepted(request.scope, f"integrator/{found.name}")
        if found.scopes.isdisjoint(self.scopes):
            raise ForbiddenError("this token has none of the scopes that this needs")
        require(request, Caller.INTEGRATOR)
        return found
